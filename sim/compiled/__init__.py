"""The compiled engine: the same plan, the same rules, the same addresses and order, as an event loop of numba's.

See `docs/engines.md` for a picture of the loop and for what to do to add a rule or a verb. Whether it knows a plan, and
whether there is machine code of it, can be asked without loading the compiler, which takes most of a second.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.compiled.cache import LOOP, kept
from sim.compiled.coverage import uncovered

if TYPE_CHECKING:
    from sim.plan import Plan
    from sim.trace import Trace

__all__ = ["can_keep", "is_ready", "prepare", "run", "uncovered"]


def can_keep() -> bool:
    """Whether what is compiled here can be kept for other processes."""
    return kept(LOOP).can_save()


def is_ready() -> bool:
    """Whether the engine is loaded, or can be: compiled before, from these sources and on such a machine."""
    engine = sys.modules.get("sim.compiled.engine")
    return (engine is not None and engine.is_prepared()) or kept(LOOP).load() is not None


def prepare() -> None:
    """Load the engine, or compile it if nobody has; says on stderr that it does, as that takes long."""
    from sim.compiled.engine import prepare

    prepare()


def run(plans: Sequence[Plan], seed: int, replication: int, traces: Sequence[Trace]) -> None:
    """Run one replication; see `sim.compiled.engine.run`."""
    from sim.compiled.engine import run

    run(plans, seed, replication, traces)
