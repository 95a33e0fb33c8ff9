"""Boxes of scenario discovery: circumstances under which something of interest happens, and how well they say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Factor:
    """One thing that was varied over the cases.

    Attributes
    ----------
    name, unit : str
        What it is.
    low, high : float
        Its range.
    values : sequence of float, shape (cases,)
        What it was in each case.
    """

    name: str
    unit: str
    low: float
    high: float
    values: Sequence[float]


@dataclass(frozen=True)
class Limit:
    """A factor restricted to a part of its range.

    Attributes
    ----------
    factor : str
        Name.
    low, high : float
        Both ends belong to the box; infinite where it is open.
    """

    factor: str
    low: float
    high: float


@dataclass(frozen=True)
class Box:
    """A part of the circumstances.

    Attributes
    ----------
    name : str
        As shown.
    limits : sequence of Limit
        At least one, of different factors.
    """

    name: str
    limits: Sequence[Limit]


@dataclass(frozen=True)
class Discovery:
    """Cases and the boxes that were found in them.

    Attributes
    ----------
    factors : sequence of Factor
        All that were varied.
    of_interest : sequence of bool, shape (cases,)
        Which cases are.
    interest : str
        What makes them so, in a few words.
    boxes : sequence of Box
        In the order found.

    Raises
    ------
    ValueError
        If numbers of cases differ, a range is empty, a limit names an unknown factor or holds nothing of its range,
        or a box has no limit or two of one factor.
    """

    factors: Sequence[Factor]
    of_interest: Sequence[bool]
    interest: str
    boxes: Sequence[Box]

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        known = {factor.name: factor for factor in self.factors}
        for factor in self.factors:
            if len(factor.values) != len(self.of_interest):
                raise ValueError(
                    f"{factor.name!r} must have {len(self.of_interest)} values, one per case, got {len(factor.values)}"
                )
            if not (isfinite(factor.low) and isfinite(factor.high) and factor.low < factor.high):
                raise ValueError(f"{factor.name!r} must have finite low < high, got {factor.low:g} and {factor.high:g}")
        for box in self.boxes:
            names = [limit.factor for limit in box.limits]
            if not names or len(set(names)) != len(names):
                raise ValueError(f"box {box.name!r} must limit different factors, at least one, got {names}")
            for limit in box.limits:
                if limit.factor not in known:
                    raise ValueError(f"box {box.name!r} must limit one of {list(known)}, got {limit.factor!r}")
                low, high = inside(known[limit.factor], limit)
                if not low <= high:
                    raise ValueError(
                        f"box {box.name!r} must keep some of the range of {limit.factor!r}, "
                        f"got {limit.low:g} to {limit.high:g}"
                    )


def inside(factor: Factor, limit: Limit | None) -> tuple[float, float]:
    """Give the part of a factor's range that a limit leaves; all of it without one."""
    return (factor.low, factor.high) if limit is None else (max(factor.low, limit.low), min(factor.high, limit.high))


def limit_of(box: Box, factor: Factor) -> Limit | None:
    """Give a box's limit on a factor."""
    return next((limit for limit in box.limits if limit.factor == factor.name), None)


def width(box: Box, factor: Factor) -> float:
    """Give the share of a factor's range that a box leaves."""
    low, high = inside(factor, limit_of(box, factor))
    return (high - low) / (factor.high - factor.low)


def counts(discovery: Discovery, box: Box) -> tuple[int, int, int]:
    """Count cases.

    Parameters
    ----------
    discovery : Discovery
        Of which cases.
    box : Box
        One box.

    Returns
    -------
    tuple of int
        Cases of interest in the box, cases in the box, cases of interest. The first over the third is coverage, the
        first over the second density.

    References
    ----------
    Bryant, B. P. and Lempert, R. J., "Thinking inside the box", Technological Forecasting and Social Change 77(1),
    2010, 34-49, doi:10.1016/j.techfore.2009.08.002.
    Friedman, J. H. and Fisher, N. I., "Bump hunting in high-dimensional data", Statistics and Computing 9, 1999,
    123-143, doi:10.1023/A:1008894516817.
    """
    limits = [(factor.values, limit) for factor in discovery.factors if (limit := limit_of(box, factor)) is not None]
    held = [all(limit.low <= values[k] <= limit.high for values, limit in limits)
            for k in range(len(discovery.of_interest))]  # fmt: skip
    hits = sum(h and bool(i) for h, i in zip(held, discovery.of_interest, strict=True))
    return hits, sum(held), sum(bool(i) for i in discovery.of_interest)


def most_restricted(discovery: Discovery) -> list[Factor]:
    """Give the two factors that the first box leaves least of; equal ones in order."""
    return sorted(discovery.factors, key=lambda factor: width(discovery.boxes[0], factor))[:2]
