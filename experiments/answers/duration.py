"""How long something takes, in words."""

from __future__ import annotations

MINUTE_S, HOUR_S = 60.0, 3600.0


def duration(seconds: float) -> str:
    """Write a time in the unit in which people say it."""
    if seconds < 2 * MINUTE_S:
        return f"{seconds:.2g} s"
    return f"{seconds / MINUTE_S:.0f} min" if seconds < 3 * HOUR_S else f"{seconds / HOUR_S:.1f} h"
