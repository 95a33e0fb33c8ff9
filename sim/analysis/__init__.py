"""What replications can tell: intervals, paired differences, and what several points say together.

Pure functions of arrays and tables; nothing here knows what was simulated or how. Of many points the values have the
shape (points, replications): column r is the same replication, with the same customers and the same luck, at every
point, so that differences are paired. Nan says that a measure is not defined there.
"""

from sim.analysis.bootstrap import resampling_interval
from sim.analysis.crossing import Crossing, crossings, crossings_by_row
from sim.analysis.drift import drifts
from sim.analysis.drivers import Driver, ranked_drivers
from sim.analysis.ensemble import Verdict, verdict_of
from sim.analysis.holm import FamilyMember, holm_adjusted, holm_family
from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.mser import Truncation, truncation
from sim.analysis.p_value import student_p
from sim.analysis.paired import PairedDifference, paired_difference, paired_differences
from sim.analysis.quantile_interval import QuantileInterval, least_values, quantile_interval
from sim.analysis.replications import Precision, Target, needed, precision, precisions
from sim.analysis.shapley import Share, Shares, shapley_shares
from sim.analysis.shapley_orders import (
    SampledShare,
    SampledShares,
    antithetic_orders,
    sampled_shares,
    subsets_needed,
)
from sim.analysis.skewed_interval import skewed_mean_interval
from sim.analysis.subset import Screened, screened
from sim.analysis.summary import summarize
from sim.analysis.totals import OfTotals, ratio_of
from sim.analysis.welch import moving_average
from sim.analysis.wilson import wilson_interval

__all__ = [
    "Crossing",
    "Driver",
    "FamilyMember",
    "Interval",
    "OfTotals",
    "PairedDifference",
    "Precision",
    "QuantileInterval",
    "SampledShare",
    "SampledShares",
    "Screened",
    "Share",
    "Shares",
    "Target",
    "Truncation",
    "Verdict",
    "antithetic_orders",
    "crossings",
    "crossings_by_row",
    "drifts",
    "holm_adjusted",
    "holm_family",
    "least_values",
    "mean_interval",
    "moving_average",
    "needed",
    "paired_difference",
    "paired_differences",
    "precision",
    "precisions",
    "quantile_interval",
    "ranked_drivers",
    "ratio_of",
    "resampling_interval",
    "sampled_shares",
    "screened",
    "shapley_shares",
    "skewed_mean_interval",
    "student_p",
    "subsets_needed",
    "summarize",
    "truncation",
    "verdict_of",
    "wilson_interval",
]
