"""A sample of needs, each with the marks, the account and the customer that its address gives it."""

from __future__ import annotations

from math import inf

from sim.draws import absorb, key_of, uniform, word_of
from sim.load.case import SampleCase
from sim.load.load import Load
from sim.load.patience import Patience
from sim.load.walk import Walk
from sim.marks import CONTACT, draw_account_marks, draw_marks, draw_traits
from sim.plan import COLD, INBOUND, Plan, PlanStream
from sim.reach import Reach

_AGE = word_of("age of an open need")


class Needs:
    """A sample of the needs of each stream and segment, the same whenever it is walked.

    Parameters
    ----------
    plan : Plan
        Market and design.
    reach : Reach
        Which needs of prospects come to the company by themselves.
    size : int
        Needs per stream and segment.
    """

    def __init__(self, plan: Plan, reach: Reach, size: int) -> None:
        self._plan = plan
        self._reach = reach
        self._size = size
        self._key = key_of(0, 0, word_of("load"))

    def walk(self, stream: PlanStream, segment: int, per_year: float, load: Load, origin: int = INBOUND) -> float:
        """Walk the sample for the needs of a year and add what they bring to a load.

        Returns
        -------
        float
            How long all of them together keep accounts from being had, ms a year.
        """
        away_ms, each = 0.0, per_year / self._size
        if each <= 0.0:
            return away_ms
        walk, sample = Walk(self._plan, load), absorb(absorb(self._key, stream.word), segment)
        for n in range(self._size):
            case = self._case(stream, segment, absorb(sample, n), each, origin)
            away_ms += case.per_year * walk.walk(case)
        return away_ms

    def _case(self, stream: PlanStream, segment: int, key: int, per_year: float, origin: int) -> SampleCase:
        """Give the case of a need when the company hears of it."""
        plan = self._plan
        registers = [0.0] * len(plan.registers)
        contact = self._contact(key, origin) if stream is plan.needs else 0.0
        draw_marks(registers, stream.marks, key, segment, plan.luck, contact, self._reach.reference)
        for register, value in draw_account_marks(plan, key, segment):
            registers[register] = value
        if stream.practice >= 0 and plan.goodwill >= 0:
            registers[plan.goodwill] += plan.practices[stream.practice].openness
        followed = self._followed(stream, key, segment)
        journey = next((j for p, j in stream.variants if p in followed), stream.journey)
        patience = Patience.of(plan, journey, key, segment)
        if origin == COLD and patience.window_ms < inf:
            # Found at any time of its window, and the longer the window the likelier.
            mean_ms = plan.named_laws[plan.journeys[stream.journey].window][segment].mean
            per_year *= patience.window_ms / mean_ms
            patience.elapsed_ms = patience.window_ms * uniform(absorb(key, _AGE))
        traits = draw_traits(plan, key, segment)
        return SampleCase(journey, key, segment, registers, traits, per_year, followed, patience, origin)

    def _contact(self, key: int, origin: int) -> float:
        """Draw the need's place along the share of needs reached: below it what comes by itself, the rest above."""
        u, share = uniform(absorb(key, CONTACT)), self._reach.share
        return share * u if origin == INBOUND else share + (1.0 - share) * u

    def _followed(self, stream: PlanStream, key: int, segment: int) -> frozenset[int]:
        """Draw the practices offered that the account of a need follows, as many as at t=0; prospects follow none."""
        if stream is self._plan.needs:
            return frozenset()
        offered = [(i, p) for i, p in enumerate(self._plan.practices) if p.offered and i != stream.practice]
        shares = [(i, p.word, p.eligible[segment] * p.at_start[segment]) for i, p in offered]
        return frozenset(i for i, word, share in shares if uniform(absorb(key, word)) < share)
