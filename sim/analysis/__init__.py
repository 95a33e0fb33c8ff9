"""What replications can tell: intervals, paired differences and their summary.

Pure functions of arrays and tables; nothing here knows what was simulated or how.
"""

from sim.analysis.drift import drifts
from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.paired import PairedDifference, paired_difference
from sim.analysis.summary import summarize
from sim.analysis.totals import OfTotals, ratio_of

__all__ = [
    "Interval",
    "OfTotals",
    "PairedDifference",
    "drifts",
    "mean_interval",
    "paired_difference",
    "ratio_of",
    "summarize",
]
