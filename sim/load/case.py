"""A case of the sample, on its walk through a journey."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.draws import absorb
from sim.load.patience import Patience
from sim.marks import draw_traits
from sim.plan import INBOUND, Plan, PlanStep


@dataclass
class SampleCase:
    """A case that stands for so many a year.

    Attributes
    ----------
    journey, segment : int
        By the plan's indices.
    key : int
        Address of everything drawn in this case.
    registers, traits : list of float
        Marks of the need and what work has changed; of the account, by `Plan.traits`.
    per_year : float
        Cases a year that it stands for.
    followed : frozenset of int
        Practices that its account follows.
    patience : Patience
        Of its customer.
    origin : int
        How the company heard of it.
    depth : int
        How many cases it descends from.
    last_role : int
        The role of people that worked on it last, -1 for none.
    hands, shunned : set of int
        Roles that had it in hand last after each piece of work; machines that could not do it.
    """

    journey: int
    key: int
    segment: int
    registers: list[float]
    traits: list[float]
    per_year: float
    followed: frozenset[int]
    patience: Patience
    origin: int = INBOUND
    depth: int = 0
    last_role: int = -1
    hands: set[int] = field(default_factory=set)
    shunned: set[int] = field(default_factory=set)

    def child(self, plan: Plan, step: PlanStep, visit: int) -> SampleCase:
        """Give the case that this one starts at a step."""
        key, journey = absorb(absorb(self.key, step.word), visit), step.child
        return SampleCase(
            journey,
            key,
            self.segment,
            list(self.registers),
            draw_traits(plan, key, self.segment),
            self.per_year,
            self.followed,
            Patience.of(plan, journey, key, self.segment),
            depth=self.depth + 1,
        )
