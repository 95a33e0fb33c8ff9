"""What replications can tell: intervals, paired differences and their summary.

Pure functions of arrays and tables; nothing here knows what was simulated or how.
"""

from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.paired import PairedDifference, paired_difference
from sim.analysis.summary import summarize

__all__ = ["Interval", "PairedDifference", "mean_interval", "paired_difference", "summarize"]
