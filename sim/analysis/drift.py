"""Whether a series has a trend that its own fluctuation does not explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import mean_interval, student_quantile

MATERIAL = 0.1
"""A change over the window below this share of the level is not worth a mark: assumption, .05 to .25."""
SPREAD_FROM = 6
PREFIX = "flow.drift."


class Trend(NamedTuple):
    """A straight line through a series: its mean, its change from beginning to end, and the latter's error."""

    level: float
    change: float
    error: float


def trend(values: ArrayLike) -> Trend:
    """Fit a straight line; the error allows for autocorrelation.

    Parameters
    ----------
    values : array_like, shape (n,)
        Means over consecutive equal intervals.

    Returns
    -------
    Trend
        `change` is slope times n. All nan with fewer than 8 values. The error is that of Newey and West with
        Bartlett weights up to lag floor(4 (n / 100)^(2/9)), times n / (n - 2).

    References
    ----------
    Newey, W. K. and West, K. D., "A simple, positive semi-definite, heteroskedasticity and autocorrelation
    consistent covariance matrix", Econometrica 55(3), 1987, 703-708, doi:10.2307/1913610. The lag is the rule
    of their "Automatic lag selection in covariance matrix estimation", Review of Economic Studies 61(4), 1994,
    631-653, doi:10.2307/2297912.
    """
    y = np.asarray(values, dtype=np.float64)
    n = len(y)
    if n < 8:
        return Trend(nan, nan, nan)
    x = np.arange(n) - (n - 1) / 2
    slope = float(x @ y / (x @ x))
    score = x * (y - y.mean() - slope * x)
    variance = float(score @ score)
    lags = int(4 * (n / 100) ** (2 / 9))
    for lag in range(1, lags + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(score[lag:] @ score[:-lag])
    error = np.sqrt(max(0.0, variance) * n / (n - 2)) / float(x @ x)
    return Trend(float(y.mean()), slope * n, float(error) * n)


@dataclass(frozen=True)
class Drift:
    """How much a number inside changes over the window.

    Attributes
    ----------
    level : float
        Mean over time and replications.
    change, low, high : float
        Mean fitted change over the window and its bounds, in the unit of the level.
    drifts : bool
        Whether zero lies outside the bounds and the change is at least `MATERIAL` of the level.
    """

    level: float
    change: float
    low: float
    high: float
    drifts: bool


def drift(levels: ArrayLike, changes: ArrayLike, errors: ArrayLike, confidence: float = 0.99) -> Drift:
    """Judge the trends of several replications together.

    From `SPREAD_FROM` replications on their spread gives the error, whatever the autocorrelation within them; with
    fewer, whose spread says little, it is put together from the errors within.

    Parameters
    ----------
    levels, changes, errors : array_like, shape (replications,)
        Of `trend`; nan where it is not defined.
    confidence : float
        Of the bounds. Higher than elsewhere, as many stages are looked at.

    Returns
    -------
    Drift
        Not drifting where nothing is known.
    """
    level, change, error = (np.asarray(a, dtype=np.float64) for a in (levels, changes, errors))
    known = np.isfinite(change) & np.isfinite(error)
    level, change, error = level[known], change[known], error[known]
    n = len(change)
    if n == 0:
        return Drift(nan, nan, nan, nan, False)
    if n >= SPREAD_FROM:
        found = mean_interval(change, confidence)
        mean, low, high = found.mean, found.low, found.high
    else:
        mean = float(change.mean())
        # A line through weeks leaves many degrees of freedom; 30 stands for them.
        half = student_quantile(confidence, 30) * float(np.sqrt((error**2).sum())) / n
        low, high = mean - half, mean + half
    at = float(level.mean())
    drifts = (low > 0.0 or high < 0.0) and abs(mean) >= MATERIAL * at
    return Drift(at, mean, low, high, drifts)


def number_behind(kpi: str) -> str | None:
    """Give the name of the number inside on which a lead time rests, or None if the KPI is no lead time.

    Parameters
    ----------
    kpi : str
        Name of a KPI.

    Returns
    -------
    str or None
        ``stage.JOURNEY.MILESTONE`` for what is said of a milestone, ``journey.JOURNEY`` for time in system and
        the time to an outcome.
    """
    parts = kpi.split(".")
    if parts[0] != "flow" or len(parts) < 4 or parts[-1] in ("entrants", "number"):
        return None
    if parts[1] == "time_in_system":
        return f"journey.{parts[2]}"
    if parts[1] in ("drift", "wait", "queue"):
        return None
    if parts[2] == "outcome":
        return f"journey.{parts[1]}"
    return f"journey.{parts[1]}" if parts[2] == "split" else f"stage.{parts[1]}.{parts[2]}"


def drifts(rows: Iterable[tuple[str, int, str, float, str]]) -> dict[str, dict[str, dict[str, float | bool | None]]]:
    """Judge every series of tidy rows.

    Parameters
    ----------
    rows : iterable of (design, replication, kpi, value, unit)
        Read are ``flow.drift.NAME.level``, ``.change`` and ``.change_error``.

    Returns
    -------
    dict
        ``{DESIGN: {NAME: {level, change, low, high, drifts}}}``, ready for JSON.
    """
    series: dict[str, dict[str, dict[str, list[float]]]] = {}
    for design, _, kpi, value, _ in rows:
        if kpi.startswith(PREFIX):
            name, _, part = kpi.removeprefix(PREFIX).rpartition(".")
            series.setdefault(design, {}).setdefault(name, {}).setdefault(part, []).append(value)
    found: dict[str, dict[str, dict[str, float | bool | None]]] = {}
    for design, by_name in series.items():
        found[design] = {}
        for name, parts in by_name.items():
            one = drift(parts["level"], parts["change"], parts["change_error"])
            numbers = {"level": one.level, "change": one.change, "low": one.low, "high": one.high}
            cell: dict[str, float | bool | None] = {k: v if isfinite(v) else None for k, v in numbers.items()}
            found[design][name] = {**cell, "drifts": one.drifts}
    return found
