"""The interval for a share of independent trials."""

from __future__ import annotations

from math import nan, sqrt

from sim.analysis.intervals import Interval


def wilson_interval(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Give a share and its bounds by Wilson's score.

    Parameters
    ----------
    successes, n : int
        0 <= successes <= n.
    confidence : float
        In (0, 1).

    Returns
    -------
    Interval
        `mean` is the share. Bounds stay within 0 and 1 and are not empty where all or none succeed; nan if n is 0.

    Raises
    ------
    ValueError
        If the numbers are out of range.

    References
    ----------
    Wilson, E. B., "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22(158), 1927, 209-212, doi:10.1080/01621459.1927.10502953.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"successes must lie between 0 and n, got {successes!r} of {n!r}")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    if n == 0:
        return Interval(nan, nan, nan, 0)
    from scipy.special import ndtri

    z, share = float(ndtri(0.5 * (1.0 + confidence))), successes / n
    center = (share + z * z / (2 * n)) / (1.0 + z * z / n)
    half = z / (1.0 + z * z / n) * sqrt(share * (1.0 - share) / n + z * z / (4 * n * n))
    # At the ends the score gives 0 and 1 exactly; rounding must not.
    low = 0.0 if successes == 0 else center - half
    high = 1.0 if successes == n else center + half
    return Interval(share, low, high, n)
