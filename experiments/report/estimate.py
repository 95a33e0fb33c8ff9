"""What statistics give, as pictures take it."""

from __future__ import annotations

from experiments.report.comparison import Estimate
from sim.analysis.intervals import Interval


def estimate(of: Interval) -> Estimate:
    """Give a mean with its bounds."""
    return Estimate(of.mean, of.low, of.high, of.n)
