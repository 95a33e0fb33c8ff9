"""Campaigns, calls, propositions and word of mouth."""

from __future__ import annotations

from dataclasses import dataclass

from sim.law import Law

ORIGINS = ("inbound", "proposition", "referral", "cold")
"""How a need comes to the company; their places are the values of ORIGIN rows."""

INBOUND, PROPOSITION, REFERRAL, COLD = range(4)


@dataclass(frozen=True, slots=True)
class PlanCampaign:
    """Money that is spent as far as the work is done."""

    name: str
    activity: int
    share: float
    """Of the marketing money."""
    proposition_ms: int
    """Work of one proposition; 0 if the campaign makes inquiries."""
    planned_ms: float
    """Work expected in a week in which the money is spent in full."""


@dataclass(frozen=True, slots=True)
class PlanPropositions:
    """How good propositions are and how they wear out."""

    lift: Law
    half_life_weeks: float
    reach: float


@dataclass(frozen=True, slots=True)
class PlanReferral:
    """Customers who tell others."""

    per_year: tuple[float, ...]
    """By segment."""
    satisfaction_effect: float
    fresh_ms: int
    reach: float


@dataclass(frozen=True, slots=True)
class PlanOutreach:
    """All ways in which a company makes itself heard beside money; by default none."""

    campaigns: tuple[PlanCampaign, ...] = ()
    calls: int = -1
    """Activity of cold calls; -1 for none."""
    touch_ms: int = 1
    success: float = 0.0
    push: float = 0.0
    propositions: PlanPropositions | None = None
    nurture_reach: float = 0.0
    """0 if nobody nurtures."""
    nurture_half_life_weeks: float = 1.0
    referral: PlanReferral | None = None
    reputation_conviction: float = 0.0
    reputation_reach: float = 0.0
    reputation_half_life_weeks: float = 0.0

    @property
    def inquiry_share(self) -> float:
        """Share of the marketing money that is to bring inquiries."""
        return 1.0 - sum(c.share for c in self.campaigns if c.proposition_ms)

    @property
    def free_share(self) -> float:
        """Share of the marketing money that is spent without work."""
        return max(0.0, 1.0 - sum(c.share for c in self.campaigns))

    @property
    def reputation(self) -> bool:
        """Whether the company's name makes a difference."""
        return self.reputation_conviction != 0.0 or self.reputation_reach != 0.0
