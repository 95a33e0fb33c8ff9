"""What counts as a contact with the customer."""

from __future__ import annotations

import numpy as np

from sim.kpis.rows import Flags
from sim.plan import Plan

CONTACT_KINDS = ("service", "transaction")
"""Kinds of work that a customer notices as a contact even without being present."""


def contact_steps(plan: Plan) -> Flags:
    """Mark the steps whose work is a contact: with the customer present, or of the kinds `CONTACT_KINDS`."""
    return np.array([*(_is_contact(plan, s.activity) for s in plan.steps), False])


def _is_contact(plan: Plan, activity: int) -> bool:
    if activity < 0:
        return False
    found = plan.activities[activity]
    return found.customer_present or found.kind in CONTACT_KINDS
