"""When what a new customer brings has covered what it cost to win."""

from __future__ import annotations

from math import nan

from sim.kpis.rows import Floats


def payback_months(cost_usd: float, customers: Floats, contribution_usd: Floats) -> float:
    """Give the months until the cumulative contribution of a cohort covers its cost.

    Parameters
    ----------
    cost_usd : float
        Of winning one customer; nan gives nan.
    customers : ndarray of float64, shape (months,)
        Customers followed to the end of each month since they were won, those that left again included.
    contribution_usd : ndarray of float64, shape (months,)
        What these brought in that month.

    Returns
    -------
    float
        Months, by a straight line within the month; nan if the cost is not covered while anybody is followed.

    References
    ----------
    Lin, D. Y. et al., "Estimating medical costs from incomplete follow-up data", Biometrics 53(2), 1997, 419-434,
    doi:10.2307/2533947: each interval's mean over those followed through it, added up.
    """
    left = cost_usd
    for month, (n, usd) in enumerate(zip(customers.tolist(), contribution_usd.tolist(), strict=True)):
        if n <= 0.0:
            return nan
        mean = usd / n
        if left <= mean:
            return month + (left / mean if mean > 0.0 else 0.0)
        left -= mean
    return nan
