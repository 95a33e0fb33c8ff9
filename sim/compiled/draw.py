"""Drawing from a law in the memory."""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.quantiles import quantile


@compiled
def draw(m, f, laws, i, u):  # type: ignore[no-untyped-def]
    """Give the value of the i-th of some laws at a uniform."""
    law = laws + i * LAW_SIZE
    return quantile(m[law + L_KIND], f, m[law + L_AT], u)
