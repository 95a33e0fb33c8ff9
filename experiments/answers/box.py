"""A part of the circumstances, and how well it says where failures are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, inf, isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval
from sim.analysis.wilson import wilson_interval

Table = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Limit:
    """A factor that a box restricts.

    Attributes
    ----------
    column : int
        Which factor.
    low, high : float
        Both belong to the box; infinite where it is open.
    p : float
        Quasi-p-value, see `quasi_p`; the larger of those of its ends.
    again : float
        Share of the resamples in which a box restricts the factor too; nan if none was drawn.
    """

    column: int
    low: float = -inf
    high: float = inf
    p: float = nan
    again: float = nan

    def holds(self, table: Table) -> Flags:
        """Say which rows of a table, shape (points, factors), are inside."""
        values = table[:, self.column]
        return np.asarray((values >= self.low) & (values <= self.high))

    def words(self, name: str, form: str = ",.4g") -> str:
        """Say it as part of a sentence."""
        if not isfinite(self.low):
            return f"{name} is at most {self.high:{form}}"
        if not isfinite(self.high):
            return f"{name} is at least {self.low:{form}}"
        return f"{name} is between {self.low:{form}} and {self.high:{form}}"


@dataclass(frozen=True)
class Counted:
    """How many points are inside, and how many of them fail.

    Attributes
    ----------
    hits, held : int
        Failures inside, and all inside.
    failures, points : int
        Failures, and all, of the points that were looked at: those outside the boxes before.
    total : int
        Failures wherever they are.
    """

    hits: int
    held: int
    failures: int
    points: int
    total: int

    @property
    def coverage(self) -> Interval:
        """Share of all failures that is inside, with Wilson's bounds."""
        return wilson_interval(self.hits, self.total)

    @property
    def density(self) -> Interval:
        """Share of failures inside."""
        return wilson_interval(self.hits, self.held)

    @property
    def rate(self) -> Interval:
        """Share of failures among the points that were looked at."""
        return wilson_interval(self.failures, self.points)

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        numbers = {name: getattr(self, name) for name in ("hits", "held", "failures", "points", "total")}
        shares = {"coverage": self.coverage, "density": self.density, "rate": self.rate}
        return {**numbers, **{name: share.plain() for name, share in shares.items()}}


@dataclass(frozen=True)
class Box:
    """Limits that hold all at once; without any it holds everything."""

    limits: tuple[Limit, ...] = ()

    def holds(self, table: Table) -> Flags:
        """Say which rows of a table, shape (points, factors), are inside."""
        inside = np.ones(len(table), bool)
        for limit in self.limits:
            inside &= limit.holds(table)
        return inside

    def counted(self, table: Table, failed: Flags, total: int | None = None) -> Counted:
        """Count what is inside, among points that are outside the boxes before, where not all failures need be."""
        inside, failures = self.holds(table), int(failed.sum())
        return Counted(
            int((inside & failed).sum()), int(inside.sum()), failures, len(table), failures if total is None else total
        )

    def whole(self, columns: Sequence[int]) -> Box:
        """Give the box with the ends of some factors at whole numbers; it holds the same whole numbers."""
        return Box(
            tuple(
                replace(one, low=_up(one.low), high=-_up(-one.high)) if one.column in columns else one
                for one in self.limits
            )
        )

    def ends(self) -> list[tuple[int, str]]:
        """Give every end that is not open, as column and ``low`` or ``high``."""
        return [(one.column, end) for one in self.limits for end in ("low", "high") if isfinite(getattr(one, end))]

    def without(self, column: int, end: str) -> Box:
        """Give the box with one end open."""
        opened = [
            replace(one, **{end: -inf if end == "low" else inf}) if one.column == column else one for one in self.limits
        ]
        return Box(tuple(one for one in opened if isfinite(one.low) or isfinite(one.high)))

    def rule(self, names: Sequence[str]) -> str:
        """Say in words when a point is inside."""
        return " and ".join(limit.words(names[limit.column]) for limit in self.limits) or "always"


def _up(value: float) -> float:
    return float(ceil(value)) if isfinite(value) else value


def quasi_p(box: Box, column: int, end: str, table: Table, failed: Flags) -> float:
    """Give the chance of as many failures in a box, or more, if one of its ends did nothing.

    Parameters
    ----------
    box : Box
        It.
    column : int
        Factor of the end.
    end : str
        ``low`` or ``high``.
    table : ndarray of float64, shape (points, factors)
        Where the box was found.
    failed : ndarray of bool, shape (points,)
        Which points fail.

    Returns
    -------
    float
        By a one-sided binomial test against the density of the box with this end open. As the box was chosen among many
        for its density, it is smaller than a p-value would be.

    References
    ----------
    Bryant, B. P. and Lempert, R. J., "Thinking inside the box", Technological Forecasting and Social Change 77(1),
    2010, 34-49, doi:10.1016/j.techfore.2009.08.002.
    """
    from scipy.special import bdtrc

    inside, wider = box.holds(table), box.without(column, end).holds(table)
    hits, held = int((inside & failed).sum()), int(inside.sum())
    density = float((wider & failed).sum() / max(1, wider.sum()))
    return 1.0 if hits == 0 else float(bdtrc(hits - 1, held, density))
