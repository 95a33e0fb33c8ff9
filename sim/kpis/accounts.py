"""Which segment accounts are of, as a table to index by a column of accounts."""

from __future__ import annotations

import numpy as np

from sim.kpis.rows import Ints
from sim.plan import Plan


def segment_of(plan: Plan) -> Ints:
    """Give the segment of each account; the last entry stands for no account and is the number of segments."""
    sizes = [c + p for c, p in zip(plan.customers, plan.prospects, strict=True)]
    return np.repeat(np.arange(len(sizes) + 1), [*sizes, 1])
