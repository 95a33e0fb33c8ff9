"""How long a customer without a clock goes along: the decision window, and patience where a wait is planned."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from sim.draws import absorb, uniform
from sim.plan import Plan, PlanStep


@dataclass
class Patience:
    """A walking customer's patience and window.

    Attributes
    ----------
    key : int
        Address of the case.
    window_ms, elapsed_ms : float
        The decision window, `inf` if there is none, and how much of it is over.
    """

    plan: Plan
    key: int
    segment: int
    window_ms: float = inf
    elapsed_ms: float = 0.0

    @classmethod
    def of(cls, plan: Plan, journey: int, key: int, segment: int) -> Patience:
        """Draw the patience of a case that walks a journey."""
        window = plan.journeys[journey].window
        return cls(plan, key, segment, inf if window < 0 else _drawn_ms(plan, window, key, segment))

    @property
    def expired(self) -> bool:
        """Whether the decision window has passed."""
        return self.elapsed_ms > self.window_ms

    def gone(self, step: PlanStep) -> bool:
        """Whether the customer leaves before this step is done."""
        activity = self.plan.activities[step.activity]
        if self.expired and activity.customer_present:
            return True
        if step.patience < 0 or activity.planned_wait_ms <= 0:
            return False
        return _drawn_ms(self.plan, step.patience, self.key, self.segment) < activity.planned_wait_ms


def _drawn_ms(plan: Plan, law: int, key: int, segment: int) -> float:
    """Draw from a named law of the market, ms."""
    return plan.named_laws[law][segment].quantile(uniform(absorb(key, plan.law_words[law])))
