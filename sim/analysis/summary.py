"""From one row per design, replication and KPI to means, intervals and paired differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import mean_interval
from sim.analysis.paired import paired_difference

TidyRow = tuple[str, int, str, float, str]
"""(design, replication, kpi, value, unit)."""

Summary = dict[str, Any]
"""``{"confidence", "designs": {NAME: {KPI: {...}}}, "paired": {"B - A": {KPI: {...}}}}``; see `summarize`."""


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
    return summary
