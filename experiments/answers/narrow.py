"""How narrow intervals have become, measure by measure, and what it would take to have them as narrow as wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.answers.cube import Cube
from experiments.complaint import Complaint
from experiments.specs.precise import Precise, Width
from sim.analysis.replications import LOOK_AHEAD, Precision, Target, look_ahead_at, precision


@dataclass(frozen=True)
class Narrow:
    """One interval that is to be narrow.

    Attributes
    ----------
    of : str
        Name of the design, or ``B - A`` for a paired difference.
    kpi, unit : str
        The measure.
    wanted : Width
        As it was asked for.
    found : Precision
        How narrow it is.
    values : ndarray of float64, shape (replications,)
        On which it rests, in the order in which they were run.
    """

    of: str
    kpi: str
    unit: str
    wanted: Width
    found: Precision
    values: NDArray[np.float64]

    @property
    def needed(self) -> int | None:
        """Replications it takes in all by the spread so far, the look-ahead of the rule included."""
        n = self.found.needed
        return None if n is None else n + look_ahead_at(n)

    def verdict(self) -> str:
        """Say whether it is narrow enough, and at how many replications it was or may be."""
        if self.found.enough:
            return f"enough at {self.found.reached_at}"
        return "no estimate" if self.needed is None else f"would take {max(self.needed, self.found.interval.n + 1):,}"

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        p = self.found
        numbers = {"half_width": p.half_width, "target": p.allowed}
        return {
            "of": self.of,
            "kpi": self.kpi,
            "unit": self.unit,
            **p.interval.plain(),
            "n": p.interval.n,
            **{name: value if isfinite(value) else None for name, value in numbers.items()},
            "asked": self.wanted.model_dump(exclude_none=True),
            "enough": p.enough,
            "enough_at": p.reached_at,
            "needed": self.needed,
        }


def narrows(found: Cube, asked: Precise) -> list[Narrow]:
    """Judge all intervals of a question.

    Parameters
    ----------
    found : Cube
        What was run so far.
    asked : Precise
        How narrow they must be.

    Returns
    -------
    list of Narrow
        By measure; of every design, or of the differences of all designs to the first. Ratios are of totals, with the
        values that the jackknife gives each replication; quantiles are means of the quantiles of replications.

    Raises
    ------
    Complaint
        If a difference is to be narrow beside a mean of 0.
    """
    judged = []
    for kpi, width in asked.kpis.items():
        values, unit = found.per_replication(kpi), found.units[kpi]
        if not asked.differences:
            target = _target(width)
            judged += [
                Narrow(point, kpi, unit, width, precision(row, target), row)
                for point, row in zip(found.points, values, strict=True)
            ]
            continue
        first, *others = found.points
        target = _beside(width, kpi, found.at(first, kpi).value)
        judged += [
            Narrow(f"{point} - {first}", kpi, unit, width, precision(row - values[0], target), row - values[0])
            for point, row in zip(others, values[1:], strict=True)
        ]
    return judged


def more(judged: Sequence[Narrow], n: int, least: int) -> int:
    """Say how many replications to add.

    Half of what seems to be missing, as the spread of few replications is hardly known; no more than there are
    already, and no fewer than keep all workers busy or than the rule looks ahead.

    Parameters
    ----------
    judged : sequence of Narrow
        All intervals.
    n : int
        Replications so far.
    least : int
        No fewer.

    Returns
    -------
    int
        0 if all are narrow enough.
    """
    open_ = [one for one in judged if not one.found.enough]
    if not open_:
        return 0
    missing = max(n if one.needed is None else one.needed - n for one in open_)
    return max(least, LOOK_AHEAD, min(n, ceil(missing / 2)))


def _target(width: Width) -> Target:
    if width.relative is not None:
        return Target(width.relative)
    assert width.half_width is not None
    return Target(width.half_width, relative=False)


def _beside(width: Width, kpi: str, mean: float) -> Target:
    """Give the target of a difference: a share is one of the mean that it is a difference to."""
    if width.relative is None:
        return _target(width)
    if not (isfinite(mean) and mean != 0.0):
        rule = "the first design's mean is 0 or not defined, of which no share can be had; give {half_width: ...}"
        raise Complaint.about(f"precise.kpis.{kpi}", rule, f"{mean:g}")
    return Target(width.relative * abs(mean), relative=False)
