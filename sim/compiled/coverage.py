"""What the compiled engine does not know yet; whoever asks for it gets the other engine, or is told."""

from __future__ import annotations

from sim.compiled.codes import CODES
from sim.plan import Plan


def uncovered(plan: Plan) -> list[str]:
    """Name what a plan has that the compiled engine does not know; empty if it can run it.

    Parameters
    ----------
    plan : Plan
        What is to be run.
    """
    found = {"rules": any(r.name not in CODES for r in plan.rules)}
    return [name for name, there in found.items() if there]
