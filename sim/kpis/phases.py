"""Which design holds when."""

from __future__ import annotations

from sim.plan import Plan


def phases_in(plan: Plan, lo_ms: int, hi_ms: int) -> list[tuple[int, int, Plan]]:
    """Give the designs that hold in [lo_ms, hi_ms), in their order, each with the part of it for which it does."""
    starts = [start for start, _ in plan.phases]
    ends = [*starts[1:], hi_ms]
    held = [(max(start, lo_ms), min(end, hi_ms), phase) for end, (start, phase) in zip(ends, plan.phases, strict=True)]
    return [(start, end, phase) for start, end, phase in held if start < end]
