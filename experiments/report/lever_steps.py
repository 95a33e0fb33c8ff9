"""Levers pulled one after another, laid out as the bars of a waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose, isfinite, nan

from experiments.report.comparison import Estimate
from experiments.report.whisker import UNKNOWN, check_estimate, finite, known

DWARFED = 3.0
"""From so many times the span of all steps on, the start is a line at zero: bars from zero would hide the steps."""
MISFIT = 1e-6
"""The steps add up to the total within this share of the largest of them."""


@dataclass(frozen=True)
class Lever:
    """One lever.

    Attributes
    ----------
    name : str
        As shown.
    change : Estimate
        Paired change against the design one lever before.
    shapley : Estimate
        Mean change over all orders.
    least, most : float
        Smallest and largest change over all orders.
    """

    name: str
    change: Estimate
    shapley: Estimate = UNKNOWN
    least: float = nan
    most: float = nan


@dataclass(frozen=True)
class Waterfall:
    """Levers in order, from one design to another.

    Attributes
    ----------
    start, end : str
        Names of the designs with no lever and with all.
    level : float
        The measure at the start.
    levers : sequence of Lever
        In order.
    total : Estimate
        Paired change from start to end.
    measure, unit : str
        What is measured.

    Raises
    ------
    ValueError
        If bounds are in the wrong order, or the changes are all defined and do not add up to the total.
    """

    start: str
    end: str
    level: float
    levers: Sequence[Lever]
    total: Estimate
    measure: str = "contribution less paid opex"
    unit: str = "USD a year"

    def __post_init__(self) -> None:
        """Refuse steps that lead elsewhere."""
        check_estimate("total", self.total)
        for lever in self.levers:
            check_estimate(f"change of {lever.name!r}", lever.change)
            check_estimate(f"shapley of {lever.name!r}", lever.shapley)
            if lever.least > lever.most:
                raise ValueError(f"{lever.name!r} must have least <= most, got {lever.least:g} and {lever.most:g}")
        changes = [lever.change.mean for lever in self.levers]
        largest = max((abs(change) for change in finite(*changes, self.total.mean)), default=0.0)
        if all(isfinite(change) for change in (*changes, self.total.mean)) and not isclose(
            sum(changes), self.total.mean, abs_tol=MISFIT * largest
        ):
            raise ValueError(f"changes must add up to the total {self.total.mean:g}, got {sum(changes):g}")


@dataclass(frozen=True)
class Bar:
    """One row of the left panel, in units of the measure; nan where not defined.

    Attributes
    ----------
    name : str
        Of the lever or design.
    begin, end : float
        Where the bar begins and ends.
    low, high : float
        Bounds of its end.
    change : Estimate
        What is written beside it.
    """

    name: str
    begin: float
    end: float
    low: float
    high: float
    change: Estimate


def from_zero(waterfall: Waterfall) -> bool:
    """Say whether the first and last bar show levels from zero; else all is change against the start."""
    if not isfinite(waterfall.level):
        return False
    ends = [0.0]
    for lever in waterfall.levers:
        ends.append(ends[-1] + (lever.change.mean if isfinite(lever.change.mean) else 0.0))
    ends += [*known(waterfall.total)]
    return abs(waterfall.level) <= DWARFED * (max(ends) - min(ends))


def steps_of(waterfall: Waterfall) -> list[Bar]:
    """Lay out the left panel.

    Parameters
    ----------
    waterfall : Waterfall
        What is drawn.

    Returns
    -------
    list of Bar
        The start, one per lever, the end. After a change that is not defined the next one begins where it began.
    """
    base = waterfall.level if from_zero(waterfall) else 0.0
    bars = [Bar(waterfall.start, 0.0, base, nan, nan, UNKNOWN)]
    at = base
    for lever in waterfall.levers:
        change = lever.change
        bars.append(Bar(lever.name, at, at + change.mean, at + change.low, at + change.high, change))
        at += change.mean if isfinite(change.mean) else 0.0
    total = waterfall.total
    bars.append(Bar(waterfall.end, 0.0, base + total.mean, base + total.low, base + total.high, total))
    return bars
