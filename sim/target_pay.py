"""Whether commission by arithmetic comes to what variable pay is at target.

Designs are made equal in cost by variable pay at target, and pay what commission brings. A design whose rates do not
bring what it has at target fights with money that it never spends, or pays more than the others may.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from sim.load import Load
from sim.plan import Plan

TOLERANCE = 0.1
"""Share of the target by which commission by arithmetic may differ before a check warns (assumption, .05 to .2)."""


@dataclass(frozen=True)
class TargetPay:
    """What a role that earns commission is to get a year, both ways, without overhead.

    Attributes
    ----------
    role : str
        Its name.
    expected_usd : float
        Commission on the bookings that the load check expects, USD a year for all heads.
    target_usd : float
        Variable pay at target, USD a year for all heads.
    """

    role: str
    expected_usd: float
    target_usd: float

    @property
    def share(self) -> float:
        """Commission as a share of the target; infinite where there is none."""
        return self.expected_usd / self.target_usd if self.target_usd > 0.0 else inf

    @property
    def differs(self) -> bool:
        """Whether the two are further apart than `TOLERANCE`."""
        return abs(self.share - 1.0) > TOLERANCE


def target_pay(plan: Plan, load: Load) -> list[TargetPay]:
    """Set commission by arithmetic beside variable pay at target.

    Parameters
    ----------
    plan : Plan
        The design, staffed.
    load : Load
        Of the same plan.

    Returns
    -------
    list of TargetPay
        By role, of those that have people and earn commission. Where variable pay is no commission it is paid at
        target, so that there is nothing to compare.
    """
    return [
        TargetPay(role.name, load.commission_usd[role.name], role.headcount * role.variable_usd)
        for role in plan.roles
        if role.commission and role.headcount
    ]
