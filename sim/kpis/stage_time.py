"""Where the time of a lead time goes: the stretch from a milestone's clock to the milestone, split by state."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.batch import Batch
from sim.kpis.cases import Cases, Numbers
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, Rows, counts, sums
from sim.kpis.spells import KINDS, STATES, Spell
from sim.kpis.stages import stages_of
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import HOUR_MS


class StageTimes:
    """Lead times of those who reached a milestone, split into touch, queue, off shift, customer and blocked.

    Of the entrants of `LeadTimes` that reached the milestone by the end of the run: hours per case between the
    start of the clock and the milestone, by state. What no row tells of that time is blocked: the case waited
    for another one. The five add up to the mean lead time exactly, before they are divided.

    Remembered are the stretches of time of the cases inside whose journey has milestones.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._names, self._entry_of = stages_of(plan)
        self._staged = np.array([bool(j.milestones) for j in plan.journeys])
        size = len(self._names)
        self._reached = np.zeros(size, dtype=np.int64)
        self._total_ms = np.zeros(size, dtype=np.int64)
        self._state_ms = np.zeros((4, size), dtype=np.int64)
        self._bits = plan.horizon_ms.bit_length()
        self._held: list[Spell | None] = [None] * len(KINDS)

    def add(self, batch: Batch, spells: tuple[Spell, ...]) -> None:
        """Fold the next batch, with the stretches of time that its rows end."""
        if not self._names:
            return
        reached = batch.of(Event.MILESTONE)
        reached = reached.where((reached.since_ms >= self._lo) & (reached.since_ms < self._hi))
        # In the order in which their cases' stretches stand, so that one is found near the other.
        reached = reached.take(batch.cases.order(reached.number))
        entry = self._entry_of[reached.step]
        self._reached += counts(entry, len(self._names))
        self._total_ms += sums(entry, reached.time_ms - reached.since_ms, len(self._names))
        for kind, spell in enumerate(spells):
            held = self._joined(batch.cases, kind, spell)
            if len(reached):
                self._add_reached(reached, entry, held, KINDS[kind])
            stay = np.flatnonzero(~batch.cases.ended[held.number])
            self._held[kind] = _at(held, stay)

    def _joined(self, cases: Cases, kind: int, spell: Spell) -> Spell:
        """Put the stretches of a batch to those that are held, each case's together in the order of time."""
        staged = np.flatnonzero(self._staged[spell.journey])
        spell = _at(spell, staged)
        held = self._held[kind]
        if held is not None:
            held = held._replace(number=cases.renumbered(held.number))
            before: tuple[NDArray[Any], ...] = held
            after: tuple[NDArray[Any], ...] = spell
            spell = Spell(*(np.concatenate(pair) for pair in zip(before, after, strict=True)))
        order = cases.order(spell.number)
        ends = self._instants(spell.number, spell.time_ms)[order]
        if (ends[1:] < ends[:-1]).any():
            order = order[np.argsort(ends, kind="stable")]
        return _at(spell, order)

    def _instants(self, number: Ints | Numbers, time_ms: Ints) -> Ints:
        """Give case and instant in one number, ascending by case and then by time."""
        return (number.astype(np.int64) << self._bits) + time_ms

    def _add_reached(self, rows: Rows, entry: Ints, held: Spell, states: tuple[int, int]) -> None:
        """Add what of the cases' stretches lies between a milestone's clock and the milestone.

        A clock starts between two stretches of its case, never within one: they are those that end after it.
        """
        ends = self._instants(held.number, held.time_ms)
        a = np.searchsorted(ends, self._instants(rows.number, rows.since_ms), side="right")
        b = np.searchsorted(ends, self._instants(rows.number, rows.time_ms), side="right")
        first, length = (
            sums(entry, (total := np.concatenate(([0], np.cumsum(ms))))[b] - total[a], len(self._names))
            for ms in (held.first_ms, held.length_ms)
        )
        self._state_ms[states[0]] += first
        self._state_ms[states[1]] += length - first

    def parts_ms(self, entry: int) -> dict[str, int]:
        """Give the ms in each state of all that reached a milestone; they add up to the sum of their lead times."""
        told = [int(ms) for ms in self._state_ms[:, entry]]
        return dict(zip(STATES, (*told, int(self._total_ms[entry]) - sum(told)), strict=True))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for i, name in enumerate(self._names):
            for state, ms in self.parts_ms(i).items():
                found[f"flow.{name}.split.{state}_h"] = Measure(ratio(ms / HOUR_MS, int(self._reached[i])), "h")
        return found


def _at(spell: Spell, places: NDArray[np.intp]) -> Spell:
    """Give the stretches at some places."""
    columns: tuple[NDArray[Any], ...] = spell
    return Spell(*(column[places] for column in columns))
