"""Where the time of a lead time goes: the stretch from a milestone's clock to the milestone, split by state."""

from __future__ import annotations

import numpy as np

from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import counts, of, sums, take
from sim.kpis.spells import STATES, Spell
from sim.kpis.stages import stages_of
from sim.plan import Plan
from sim.trace import Block, Event
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
        self._held: Spell | None = None

    def add(self, block: Block, spell: Spell) -> None:
        """Fold the next block, with the stretches of time that its rows end."""
        if not self._names:
            return
        staged = self._staged[spell.journey]
        held = Spell(*(column[..., staged] for column in spell))
        if self._held is not None:
            held = Spell(*(np.concatenate(pair, axis=-1) for pair in zip(self._held, held, strict=True)))
        order = np.argsort(held.case, kind="stable")
        held = Spell(*(column[..., order] for column in held))
        reached = of(block, Event.MILESTONE)
        reached = take(reached, (reached.since_ms >= self._lo) & (reached.since_ms < self._hi))
        if len(reached.step):
            self._add_reached(reached, held)
        ended = np.unique(block.case[block.event == Event.END])
        if len(ended):
            place = np.minimum(np.searchsorted(ended, held.case), len(ended) - 1)
            stay = ended[place] != held.case
            held = Spell(*(column[..., stay] for column in held))
        self._held = held

    def _add_reached(self, rows: Block, held: Spell) -> None:
        entry, size = self._entry_of[rows.step], len(self._names)
        self._reached += counts(entry, size)
        self._total_ms += sums(entry, rows.time_ms - rows.since_ms, size)
        first = np.searchsorted(held.case, rows.case, side="left")
        n = np.searchsorted(held.case, rows.case, side="right") - first
        # All pairs of a milestone and a stretch of its case.
        which = np.repeat(np.arange(len(entry)), n)
        place = np.arange(len(which)) + np.repeat(first - np.concatenate(([0], np.cumsum(n)[:-1])), n)
        # A clock starts between two stretches of its case, never within one.
        inside = (held.since_ms[place] >= rows.since_ms[which]) & (held.time_ms[place] <= rows.time_ms[which])
        which, place = which[inside], place[inside]
        for state in range(len(self._state_ms)):
            self._state_ms[state] += sums(entry[which], held.state_ms[state, place], size)

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
