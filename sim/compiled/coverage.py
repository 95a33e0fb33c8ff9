"""What the compiled engine does not know yet; whoever asks for it gets the other engine, or is told."""

from __future__ import annotations

from sim.compiled.rules import CODES
from sim.plan import Plan


def uncovered(plan: Plan) -> list[str]:
    """Name what a plan has that the compiled engine does not know; empty if it can run it.

    Parameters
    ----------
    plan : Plan
        What is to be run.
    """
    designs = [design for _, design in plan.phases]
    periods = {r.quota.period_ms for design in designs for r in design.roles if r.quota is not None}
    found = {
        "rivals": bool(plan.rivals),
        "quotas whose period changes": len(designs) > 1 and len(periods) > 1,
        "rules": any(r.name not in CODES for r in plan.rules),
    }
    return [name for name, there in found.items() if there]
