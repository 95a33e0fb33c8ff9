"""From one row per design, replication and KPI to means, intervals and paired differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.paired import paired_difference
from sim.analysis.pooled import CohortRow, Pooled, bootstrap_interval, cohorts_of
from sim.analysis.totals import Jackknife, OfTotals, difference, of_totals

TidyRow = tuple[str, int, str, float, str]
"""(design, replication, kpi, value, unit)."""

Summary = dict[str, Any]
"""``{"confidence", "designs": {NAME: {KPI: {...}}}, "paired": {"B - A": {KPI: {...}}}}``; see `summarize`."""


QUANTILES = {
    "median_h": (0.5, False),
    "p90_h": (0.9, False),
    "median_of_them_h": (0.5, True),
    "p90_of_them_h": (0.9, True),
}
"""Endings of KPIs that are quantiles of durations: which one, and whether only of those that come to it."""


class _Samples:
    """The rows by design and KPI, in order of first appearance."""

    def __init__(self, rows: Iterable[TidyRow]) -> None:
        self.values: dict[str, dict[str, dict[int, float]]] = {}
        self.units: dict[str, str] = {}
        for design, replication, kpi, value, unit in rows:
            known = self.units.setdefault(kpi, unit)
            if known != unit:
                raise ValueError(f"kpi {kpi!r} must have one unit, got {known!r} and {unit!r}")
            cell = self.values.setdefault(design, {}).setdefault(kpi, {})
            if replication in cell:
                raise ValueError(
                    f"kpi {kpi!r} of design {design!r} must have one value per replication, "
                    f"got a second one for replication {replication}"
                )
            cell[replication] = float(value)

    def vector(self, design: str, kpi: str, replications: Iterable[int]) -> NDArray[np.float64]:
        """Values of one KPI in the given replications."""
        cell = self.values[design][kpi]
        return np.array([cell[replication] for replication in replications], dtype=np.float64)

    def replications(self, design: str) -> list[int]:
        """All replications of a design, in ascending order."""
        return sorted({r for cell in self.values[design].values() for r in cell})

    def pairs(self, base: str, other: str, kpi: str) -> list[int]:
        """Replications that both designs have, in ascending order."""
        return sorted(self.values[base][kpi].keys() & self.values[other][kpi].keys())


def _number(value: float) -> float | None:
    """Return a number that JSON can carry: what is not finite becomes None."""
    return value if isfinite(value) else None


def summarize(
    rows: Iterable[TidyRow],
    *,
    designs: Sequence[str] | None = None,
    pairs: Sequence[tuple[str, str]] | None = None,
    confidence: float = 0.95,
    cohorts: Iterable[CohortRow] = (),
    totals: Mapping[str, OfTotals] | None = None,
) -> Summary:
    """Mean and interval of every KPI by design, and paired differences between designs.

    Parameters
    ----------
    rows : iterable of (design, replication, kpi, value, unit)
        Tidy results in any order; a nan value says "not defined in this replication".
    designs : sequence of str, optional
        Designs in the order of the answer; by default in order of first appearance.
    pairs : sequence of (other, base), optional
        Differences to form; by default every further design minus the first. Replications are matched by
        number, and those that only one of the two designs has are left out.
    cohorts : iterable of CohortRow
        Durations counted on a grid. Quantiles of a stage that has some, ``STAGE.median_h`` to
        ``STAGE.p90_of_them_h``, are those of all replications together, with a bootstrap over replications.
    totals : mapping of str to OfTotals, optional
        KPIs to be taken of totals over replications, with the jackknife, and not as means.
    confidence : float
        Of every interval, each for itself (no adjustment for their number), in (0, 1).

    Returns
    -------
    dict
        ``{"confidence": c, "designs": {NAME: {KPI: {mean, low, high, n, unit}}},
        "paired": {"B - A": {KPI: {mean, low, high, n, unit, t, correlation, variance_ratio}}}}``; ready for
        JSON, so that what is not defined is None.

    Raises
    ------
    ValueError
        If a design asked for has no rows, a (design, replication, kpi) comes twice, or a KPI has two units.

    References
    ----------
    See `mean_interval` and `paired_difference`.
    """
    samples = _Samples(rows)
    names = list(samples.values) if designs is None else list(designs)
    wanted = [(other, names[0]) for other in names[1:]] if pairs is None else list(pairs)
    for name in [*names, *(name for pair in wanted for name in pair)]:
        if name not in samples.values:
            raise ValueError(f"design {name!r} has no rows; there are rows for {sorted(samples.values)}")

    summary: Summary = {"confidence": confidence, "designs": {}, "paired": {}}
    for name in names:
        cells: dict[str, Any] = {}
        summary["designs"][name] = cells
        for kpi, cell in samples.values[name].items():
            interval = mean_interval(samples.vector(name, kpi, sorted(cell)), confidence)
            cells[kpi] = {
                "mean": _number(interval.mean),
                "low": _number(interval.low),
                "high": _number(interval.high),
                "n": interval.n,
                "unit": samples.units[kpi],
            }
    for other, base in wanted:
        cells = {}
        summary["paired"][f"{other} - {base}"] = cells
        for kpi in samples.values[other]:
            if kpi not in samples.values[base]:
                continue
            both = samples.pairs(base, other, kpi)
            found = paired_difference(samples.vector(base, kpi, both), samples.vector(other, kpi, both), confidence)
            cells[kpi] = {
                "mean": _number(found.interval.mean),
                "low": _number(found.interval.low),
                "high": _number(found.interval.high),
                "n": found.interval.n,
                "unit": samples.units[kpi],
                "t": _number(found.t),
                "correlation": _number(found.correlation),
                "variance_ratio": _number(found.variance_ratio),
            }
    _replace_totals(summary, samples, wanted, totals or {})
    _replace_quantiles(summary, samples, wanted, cohorts)
    return summary


def _replace(cell: dict[str, Any] | None, found: Interval) -> None:
    """Put another estimate in the place of a mean; a test statistic of the mean goes with it."""
    if cell is not None:
        numbers = {"mean": _number(found.mean), "low": _number(found.low), "high": _number(found.high), "n": found.n}
        cell |= numbers | ({"t": None} if "t" in cell else {})


def _replace_totals(
    summary: Summary, samples: _Samples, wanted: list[tuple[str, str]], totals: Mapping[str, OfTotals]
) -> None:
    confidence = summary["confidence"]

    def pooled(design: str, of: OfTotals, replications: list[int]) -> Jackknife:
        return of_totals([samples.vector(design, part, replications) for part in of.parts], of)

    for kpi, of in totals.items():
        for design, cells in summary["designs"].items():
            if kpi in cells and all(part in samples.values[design] for part in of.parts):
                _replace(cells[kpi], pooled(design, of, sorted(samples.values[design][kpi])).interval(confidence))
        for other, base in wanted:
            cell = summary["paired"][f"{other} - {base}"].get(kpi)
            if cell is not None and all(part in samples.values[d] for part in of.parts for d in (base, other)):
                both = samples.pairs(base, other, kpi)
                _replace(cell, difference(pooled(base, of, both), pooled(other, of, both), confidence))


def _replace_quantiles(
    summary: Summary, samples: _Samples, wanted: list[tuple[str, str]], rows: Iterable[CohortRow]
) -> None:
    confidence = summary["confidence"]
    replications = {design: samples.replications(design) for design in samples.values}
    cohorts = cohorts_of(rows, replications)
    for stage in dict.fromkeys(stage for _, stage in cohorts):
        pooled = {design: Pooled(cohorts[design, stage]) for design in replications}
        for ending, (p, of_them) in QUANTILES.items():
            kpi = f"{stage}.{ending}"
            found = {d: one.quantile(p, of_them) for d, one in pooled.items() if kpi in samples.values[d]}
            for design, (value, resamples) in found.items():
                n = pooled[design].replications
                cells = summary["designs"].get(design, {})
                _replace(cells.get(kpi), bootstrap_interval(value, resamples, n, confidence))
            for other, base in wanted:
                if other in found and base in found:
                    same = replications[base] == replications[other]
                    spread = found[other][1] - found[base][1] if same else np.full(1, np.nan)
                    value = found[other][0] - found[base][0]
                    interval = bootstrap_interval(value, spread, pooled[base].replications, confidence)
                    _replace(summary["paired"][f"{other} - {base}"].get(kpi), interval)
