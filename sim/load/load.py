"""What a year asks of an organization."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field, fields, replace

HANDOFFS = "(hand-offs)"
"""Stands among the activities of `Load.case_h` for what changing hands costs."""


@dataclass
class Load:
    """What a year asks of an organization.

    Attributes
    ----------
    work_h : dict
        Hours a year by (role, activity); roles and activities by name.
    handoff_h, setup_h : dict
        Hours a year of hand-offs, and of changing over between kinds of work, by role.
    tasks : dict
        Tasks a year by (role, activity); hand-off work among them.
    case_h : dict
        Hours a year of `work_h` that cases bring, by (journey, role, activity); hand-offs beside them under
        `HANDOFFS`.
    own_h : dict
        Hours a year, by role, of background work that each of its people has besides; part of `work_h`.
    capacity_h : dict
        Hours a year that the people of a role are there.
    commission_usd : dict
        Commission a year by role, of those that earn any.
    ends : dict
        Cases a year by (journey, outcome).
    needs : dict
        Needs a year by stream; of those of prospects, how many come as inquiries, are referred, are found by calls, and
        how many would reach the company while their account is in another case or rests after one (`not available`).
    referred_customers : float
        New customers that the referrals of one customer bring before it leaves, if there are inquiries to learn from.
    """

    work_h: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    handoff_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    setup_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    tasks: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    case_h: defaultdict[tuple[str, str, str], float] = field(default_factory=lambda: defaultdict(float))
    own_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    capacity_h: dict[str, float] = field(default_factory=dict)
    commission_usd: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    ends: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    needs: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    referred_customers: float = 0.0

    def copy(self) -> Load:
        """Give another load that says the same, and can be added to by itself."""
        return replace(self, **{f.name: copy(getattr(self, f.name)) for f in fields(self)})

    def hours(self, role: str) -> float:
        """Hours a year of work offered to a role, without hand-offs and set-up."""
        return sum(h for (r, _), h in self.work_h.items() if r == role)

    def all_hours(self, role: str) -> float:
        """Hours a year that a role is to be busy: work, hand-offs and set-up."""
        return self.hours(role) + self.handoff_h[role] + self.setup_h[role]
