"""A size in words and numbers, as people say it: "about 12, between 5 and 19"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Literal

from experiments.report.comparison import Estimate

Measure = Literal["count", "usd", "hours", "hundredths"]
"""A plain number; USD; hours, said in minutes, hours or days; a share, said in hundredths."""

MINUTES_BELOW_H = 1.0
DAYS_FROM_H = 72.0


@dataclass(frozen=True)
class Amount:
    """A size, or a signed number, with its bounds, rounded so that the bounds never look closer than they are.

    Attributes
    ----------
    about : str
        The mean, with its unit.
    low, high : str
        The bounds, with the unit; empty if there are none.
    """

    about: str
    low: str = ""
    high: str = ""

    @property
    def between(self) -> str:
        """Give the bounds as words; empty if there are none."""
        return f"between {self.low} and {self.high}" if self.low else ""


def size(found: Estimate, measure: Measure, factor: float = 1.0) -> Amount:
    """Say how large a difference is, whichever way it goes.

    Parameters
    ----------
    found : Estimate
        In the KPI's own unit; where it has bounds they lie on one side of zero.
    measure : Measure
        What it is a number of.
    factor : float
        Multiplies it before it is said.

    Returns
    -------
    Amount
        All its numbers positive, or 0.
    """
    mean = abs(found.mean)
    low, high = sorted((abs(found.low), abs(found.high)))
    return amount(Estimate(mean, low, high, found.n), measure, factor)


def amount(found: Estimate, measure: Measure, factor: float = 1.0) -> Amount:
    """Say how much something is.

    Parameters
    ----------
    found : Estimate
        In the KPI's own unit.
    measure : Measure
        What it is a number of.
    factor : float
        Multiplies it before it is said.

    Returns
    -------
    Amount
        The largest number shows two digits, the smallest bound at least one; bounds are rounded away from the mean.
    """
    numbers = [x * factor for x in (found.mean, found.low, found.high)]
    divisor, form = _unit(measure, [x for x in numbers if isfinite(x)])
    mean, low, high = (x / divisor for x in numbers)
    bounded = isfinite(low) and isfinite(high)
    step = _step([mean, low, high] if bounded else [mean])
    if not bounded:
        return Amount(form(_round(mean, step, round), step))
    return Amount(*(form(_round(x, step, way), step) for x, way in ((mean, round), (low, floor), (high, ceil))))


def _unit(measure: Measure, numbers: list[float]) -> tuple[float, Callable[[float, int], str]]:
    """Give the unit to say numbers in, and how a number in it is written with its step."""
    largest = max(map(abs, numbers), default=0.0)
    if measure == "usd":
        if largest >= 1e6:
            return 1e6, lambda x, step: f"{_sign(x)}${_text(abs(x), step)} million"
        return 1.0, lambda x, step: f"{_sign(x)}${_text(abs(x), step)}"
    if measure == "hours":
        if largest < MINUTES_BELOW_H:
            return 1 / 60, lambda x, step: f"{_text(x, step)} minutes"
        if largest >= DAYS_FROM_H:
            return 24.0, lambda x, step: f"{_text(x, step)} days"
        return 1.0, lambda x, step: f"{_text(x, step)} hours"
    return (0.01 if measure == "hundredths" else 1.0), _text


def _step(numbers: Iterable[float]) -> int:
    """Give the power of ten to round to: two digits of the largest number, at least one of the smallest."""
    sizes = [abs(x) for x in numbers if x != 0.0]
    if not sizes:
        return 0
    return min(floor(log10(max(sizes))) - 1, floor(log10(min(sizes))))


def _round(value: float, step: int, way: Callable[[float], int]) -> float:
    """Round to a multiple of a power of ten, up, down or to the nearest."""
    # What a division makes of a round number may lie a little to either side of it.
    return way(round(value / 10.0**step, 9)) * 10.0**step


def _text(value: float, step: int) -> str:
    text = f"{value:,.{max(0, -step)}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0.0 else text


def _sign(value: float) -> str:
    return "-" if value < 0.0 else ""
