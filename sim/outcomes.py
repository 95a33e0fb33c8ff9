"""How a task stands and ends, and what becomes of a need; the same numbers in every engine."""

from __future__ import annotations

QUEUED, SERVING, OVER = range(3)
"""States of a task."""

DONE, LEFT, CUT, RETURNED, VOID, MISSED, CANNOT = range(7)
"""How a case's task came to an end: done, out of patience, past the window, kit incomplete, account gone, nobody came
to the appointment, or not at all because the machine can not do it."""

UNREACHED, REACHED, UNUSABLE = 0.0, 1.0, 2.0
"""Values of NEED rows."""

QUIT, DISMISSED, MOVED = range(3)
"""Values of DEPART rows."""
