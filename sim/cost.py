"""What a design costs a year by its terms, before it runs."""

from __future__ import annotations

from sim.plan import Plan, PlanRole


def head_usd(role: PlanRole) -> float:
    """Give the yearly cost of one head: pay, variable pay at target and its premium, all with overhead; and travel."""
    return (role.pay_usd + role.variable_usd + role.premium_usd) * role.overhead + role.travel_usd


def cost_by_kind_usd(plan: Plan) -> dict[str, float]:
    """Give the yearly cost of a design by kind: pay, variable pay at target, its premium, fixed posts, and the rest.

    What roles of machines cost counts among the machines.
    """
    machines = sum(r.headcount * r.pay_usd * r.overhead for r in plan.roles if r.machine)
    return {
        "pay": sum(r.headcount * r.pay_usd * r.overhead for r in plan.roles if not r.machine),
        "variable_pay": sum(r.headcount * r.variable_usd * r.overhead for r in plan.roles),
        "risk_premium": sum(r.headcount * r.premium_usd * r.overhead for r in plan.roles),
        "fixed_posts": plan.fixed_usd_per_year,
        "travel": sum(r.headcount * r.travel_usd for r in plan.roles),
        "machines": plan.machines_usd_per_year + machines,
        "marketing": plan.marketing_usd_per_year,
    }


def yearly_cost_usd(plan: Plan) -> dict[str, float]:
    """Give the yearly cost of a design, by role and kind of cost.

    Parameters
    ----------
    plan : Plan
        The design.

    Returns
    -------
    dict
        USD a year by role; then fixed posts, machines, marketing.
    """
    found = {role.name: role.headcount * head_usd(role) for role in plan.roles}
    found["(fixed posts)"] = plan.fixed_usd_per_year
    found["(machines)"] = plan.machines_usd_per_year
    found["(marketing)"] = plan.marketing_usd_per_year
    return found
