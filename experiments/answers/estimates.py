"""Estimates by point and measure: what is told of many points, as rows of a table."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from experiments.answers.cube import Cube
from experiments.sampling.settings import spelled
from sim.analysis.intervals import Interval

Estimates = dict[str, dict[str, Interval]]
"""By point and measure."""


def estimates_of(found: Cube, kpis: Sequence[str]) -> Estimates:
    """Give mean and interval of some measures at all points."""
    columns = {kpi: found.intervals(kpi) for kpi in kpis}
    return {point: {kpi: columns[kpi][i] for kpi in kpis} for i, point in enumerate(found.points)}


def write_estimates(
    folder: Path, estimates: Estimates, settings: Mapping[str, Mapping[str, Any]], units: Mapping[str, str]
) -> None:
    """Write estimates as ``points.csv`` and ``points.parquet``: a row for each point and measure.

    Parameters
    ----------
    folder : Path
        Of the answer.
    estimates : Estimates
        What is told.
    settings : mapping
        What is set at each point, by path; a column each.
    units : mapping of str to str
        By measure.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    paths = list(dict.fromkeys(path for setting in settings.values() for path in setting))
    rows = []
    for point, cells in estimates.items():
        setting = [spelled(settings[point][path]) if path in settings[point] else "" for path in paths]
        for kpi, found in cells.items():
            rows.append((point, *setting, kpi, *map(_number, (found.mean, found.low, found.high)), found.n, units[kpi]))
    names = ("point", *paths, "kpi", "mean", "low", "high", "n", "unit")
    with (folder / "points.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([names, *rows])
    types = [pa.string()] * (2 + len(paths)) + [pa.float64()] * 3 + [pa.int32(), pa.string()]
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, names=list(names)), folder / "points.parquet")


def _number(value: float) -> float | None:
    return value if isfinite(value) else None
