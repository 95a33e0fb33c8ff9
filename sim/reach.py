"""The share of prospects' needs that a company hears of, and what money makes of it."""

from __future__ import annotations

from sim.plan import Plan
from sim.rules import adbudg, carried_over


class Reach:
    """The share of prospects' needs that reach the company, moved once a week by money and what the market remembers.

    Attributes
    ----------
    share : float
        Probability that a need becomes an inquiry now.
    reference : float
        Reach at which the quality of inquiries is as stated.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._needs_per_week = plan.recorded_per_week
        if plan.needs is not None and plan.recorded_ms is None:
            per_segment = zip(plan.prospects, plan.needs.rate_per_week, strict=True)
            self._needs_per_week = sum(n * rate for n, rate in per_segment) / plan.needs_multiplier
        self.stock_usd = plan.marketing_usd_per_year
        self.share = self._share()
        self.reference = 0.0
        if plan.response and self._needs_per_week > 0.0:
            self.reference = plan.response[5] / self._needs_per_week

    def _share(self) -> float:
        if not self._plan.response or self._needs_per_week <= 0.0:
            return 0.0
        base, top, half, shape = self._plan.response[:4]
        return min(1.0, adbudg(self.stock_usd, base, top, half, shape) / self._needs_per_week)

    def spend_week(self, usd_per_year: float) -> None:
        """Let a week pass in which money was spent at a yearly rate."""
        self.stock_usd = carried_over(self.stock_usd, usd_per_year, self._plan.response[4])
        self.share = self._share()
