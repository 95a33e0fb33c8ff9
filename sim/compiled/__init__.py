"""The compiled engine: the same plan, the same rules, the same addresses and order, as an event loop of numba's.

See `docs/engines.md` for a picture of the loop and for what to do to add a rule or a verb.
"""

from __future__ import annotations

from sim.compiled.coverage import uncovered
from sim.compiled.engine import can_keep, is_ready, prepare, run

__all__ = ["can_keep", "is_ready", "prepare", "run", "uncovered"]
