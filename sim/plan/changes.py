"""What one design says otherwise than the one before it in a run."""

from __future__ import annotations

from sim.plan.plan import Plan


def changed_roles(before: Plan, after: Plan) -> set[int]:
    """Give the roles whose work or pay a change concerns.

    Parameters
    ----------
    before, after : Plan
        Two designs of one run, with the same indices.
    """

    def work(plan: Plan, role: int) -> tuple[object, ...]:
        done = tuple(a for a, activity in enumerate(plan.activities) if any(role in roles for roles in activity.roles))
        terms = plan.roles[role]
        return done, terms.headcount, terms.pay_usd, terms.variable_usd, terms.books

    return {r for r in range(len(before.roles)) if work(before, r) != work(after, r)}
