"""The share of prospects' needs that a company hears of, and what money and its name make of it."""

from __future__ import annotations

from sim.plan import Plan
from sim.rules import adbudg, carried_over, reputed


class Reach:
    """The share of prospects' needs that reach the company, moved once a week by money and what the market remembers.

    Attributes
    ----------
    share : float
        Probability that a need becomes an inquiry now.
    reference : float
        Reach at which the quality of inquiries is as stated.
    needs_per_week : float
        Of all prospects.
    reputation : float
        Smoothed mean satisfaction of customers over neutral; 0 at the start.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.needs_per_week = plan.recorded_per_week
        if plan.needs is not None and plan.recorded_ms is None:
            per_segment = zip(plan.prospects, plan.needs.rate_per_week, strict=True)
            self.needs_per_week = sum(n * rate for n, rate in per_segment) / plan.needs_multiplier
        self.stock_usd = plan.marketing_usd_per_year * plan.outreach.inquiry_share
        self.reputation = 0.0
        self.share = self._share()
        self.reference = 0.0
        if plan.response and self.needs_per_week > 0.0:
            self.reference = plan.response[5] / self.needs_per_week

    def _share(self) -> float:
        if not self._plan.response or self.needs_per_week <= 0.0:
            return 0.0
        base, top, half, shape = self._plan.response[:4]
        share = min(1.0, adbudg(self.stock_usd, base, top, half, shape) / self.needs_per_week)
        return reputed(share, self._plan.outreach.reputation_reach, self.reputation)

    def spend_week(self, usd_per_year: float) -> None:
        """Let a week pass in which money was spent at a yearly rate."""
        self.stock_usd = carried_over(self.stock_usd, usd_per_year, self._plan.response[4])
        self.share = self._share()

    def remember(self, over_neutral: float) -> None:
        """Let a week pass in which customers were, on average, so much more satisfied than neutral."""
        half_life = self._plan.outreach.reputation_half_life_weeks
        self.reputation = carried_over(self.reputation, over_neutral, half_life)
        self.share = self._share()
