"""How a KPI's numbers are written: one scale for all side by side, and as many digits as are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, isfinite, log10

from experiments.report.comparison import Estimate
from experiments.report.headline import Headline

ABSENT = "–"  # noqa: RUF001 (an en dash is what a missing number looks like in print)

DIGITS = 3
"""Significant digits of the largest mean in a line."""
DIFFERENCE_DIGITS = 2
"""Significant digits of the largest bound of a difference in a line."""
MOST_PLACES = 6
ROUNDING = 1e-4
"""A half-width below this share of its mean is written as if it were none."""
LARGE_USD = ((1e6, "million "), (1e3, "thousand "))
"""Used from a hundred of them on."""


def decimals(value: float, digits: int) -> int:
    """Give the decimals that show a number with so many significant digits; 0 for what is 0 or nan."""
    if value == 0.0 or not isfinite(value):
        return 0
    return min(MOST_PLACES, max(0, digits - 1 - floor(log10(abs(value)))))


def places_for(found: Estimate, factor: float, line_places: int) -> int:
    """Give the decimals of one estimate: its line's, or more where its interval would look like a point.

    Parameters
    ----------
    found : Estimate
        In the KPI's own unit.
    factor : float
        Multiplies it before it is written.
    line_places : int
        Decimals of the line.

    Returns
    -------
    int
        Enough for the half-width to show one digit, or without an interval for the mean to show two.
    """
    half_width = 0.5 * (found.high - found.low)
    if isfinite(half_width) and half_width > ROUNDING * abs(found.mean):
        return max(line_places, decimals(half_width * factor, 1))
    return max(line_places, decimals(found.mean * factor, 2))


@dataclass(frozen=True)
class Scale:
    """How the numbers of one KPI are written.

    Attributes
    ----------
    factor : float
        Multiplies a value before it is written.
    unit : str
        The unit then.
    difference_unit : str
        The unit of a difference, which is percentage points where the values are percentages.
    places, difference_places : int
        Least decimals of values and of differences.
    """

    factor: float = 1.0
    unit: str = ""
    difference_unit: str = ""
    places: int = 2
    difference_places: int = 2

    def estimate(self, found: Estimate) -> str:
        """Write a mean with its interval, if it has one."""
        if not isfinite(found.mean):
            return ABSENT
        places = places_for(found, self.factor, self.places)
        mean, low, high = (_plain(x * self.factor, places) for x in (found.mean, found.low, found.high))
        return f"{mean} ({low} to {high})" if isfinite(found.low) and isfinite(found.high) else mean

    def difference(self, found: Estimate) -> str:
        """Write a signed mean difference with its interval, if it has one."""
        if not isfinite(found.mean):
            return ABSENT
        places = places_for(found, self.factor, self.difference_places)
        mean, low, high = (_signed(x * self.factor, places) for x in (found.mean, found.low, found.high))
        return f"{mean} ({low} to {high})" if isfinite(found.low) and isfinite(found.high) else mean


def _plain(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    # A negative number that rounds to nothing is nothing.
    return text.removeprefix("-") if float(text.replace(",", "")) == 0.0 else text


def _signed(value: float, places: int) -> str:
    text = _plain(value, places)
    return text if text.startswith("-") or float(text.replace(",", "")) == 0.0 else f"+{text}"


def scale_of(line: Headline, estimates: Iterable[Estimate], differences: Iterable[Estimate]) -> Scale:
    """Choose the scale of one headline from all that is shown of it.

    Parameters
    ----------
    line : Headline
        What is shown.
    estimates, differences : iterable of Estimate
        All means and differences of the line, in the KPI's own unit.

    Returns
    -------
    Scale
        Such that the largest mean shows at least three significant digits, the largest difference two.
    """
    shown, compared = list(estimates), list(differences)
    factor, unit, difference_unit = 1.0, line.unit, line.unit
    if line.kind == "share":
        factor, unit, difference_unit = 100.0, f"% {line.unit}".rstrip(), "points"
    elif line.kind == "usd":
        largest = max((abs(found.mean) for found in shown if isfinite(found.mean)), default=0.0)
        factor, word = next(((1 / size, word) for size, word in LARGE_USD if largest >= 100 * size), (1.0, ""))
        unit = difference_unit = f"{word}USD {line.unit}".rstrip()
    elif line.unit == "0 to 1":
        difference_unit = ""
    means = (abs(found.mean * factor) for found in shown if isfinite(found.mean))
    bounds = (abs(x * factor) for found in compared for x in (found.mean, found.low, found.high) if isfinite(x))
    return Scale(
        factor,
        unit,
        difference_unit,
        decimals(max(means, default=0.0), DIGITS),
        decimals(max(bounds, default=0.0), DIFFERENCE_DIGITS),
    )
