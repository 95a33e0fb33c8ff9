"""How a KPI's numbers are written: one scale and one number of decimals for all that stand side by side."""

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
LARGE_USD = ((1e6, "million "), (1e3, "thousand "))
"""Used from a hundred of them on."""


def decimals(values: Iterable[float], half_widths: Iterable[float], digits: int) -> int:
    """Give the decimals that numbers standing side by side need, at most 6.

    Parameters
    ----------
    values : iterable of float
        The numbers; the largest shows `digits` significant digits.
    half_widths : iterable of float
        Of their intervals; the narrowest still shows one, so that bounds do not look equal when they are not.
    digits : int
        Significant digits.

    Returns
    -------
    int
        From 0 to 6; what is not finite, and half-widths of zero, are left aside.
    """
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    if largest == 0.0:
        return 0
    # Below a ten-thousandth of the largest value a half-width is rounding, not knowledge.
    narrowest = min(
        (width for width in half_widths if isfinite(width) and width > 1e-4 * largest), default=largest
    )
    needed = max(digits - 1 - floor(log10(largest)), -floor(log10(narrowest)))
    return min(6, max(0, needed))


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
        Decimals of values and of differences.
    """

    factor: float = 1.0
    unit: str = ""
    difference_unit: str = ""
    places: int = 2
    difference_places: int = 2

    def number(self, value: float) -> str:
        """Write a value."""
        if not isfinite(value):
            return ABSENT
        return _plain(value * self.factor, self.places)

    def estimate(self, found: Estimate) -> str:
        """Write a mean with its interval, if it has one."""
        if not isfinite(found.low) or not isfinite(found.high):
            return self.number(found.mean)
        return f"{self.number(found.mean)} ({self.number(found.low)} to {self.number(found.high)})"

    def difference(self, found: Estimate) -> str:
        """Write a signed mean difference with its interval, if it has one."""
        if not isfinite(found.mean):
            return ABSENT
        mean, low, high = (
            _signed(value * self.factor, self.difference_places) if isfinite(value) else ""
            for value in (found.mean, found.low, found.high)
        )
        return f"{mean} ({low} to {high})" if low and high else mean


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
        factor, word = next(
            ((1 / size, word) for size, word in LARGE_USD if largest >= 100 * size), (1.0, "")
        )
        unit = difference_unit = f"{word}USD {line.unit}".rstrip()
    elif line.unit == "0 to 1":
        difference_unit = ""
    return Scale(
        factor,
        unit,
        difference_unit,
        decimals(
            (found.mean * factor for found in shown),
            (0.5 * (found.high - found.low) * factor for found in shown),
            DIGITS,
        ),
        decimals(
            (bound * factor for found in compared for bound in (found.mean, found.low, found.high)),
            (0.5 * (found.high - found.low) * factor for found in compared),
            DIFFERENCE_DIGITS,
        ),
    )
