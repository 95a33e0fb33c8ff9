"""How the numbers of one picture are written: one size word for all of them, and digits that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from experiments.report.comparison import Estimate
from experiments.report.quantity import ABSENT, decimals

SHARE = "share"
"""The unit whose values are written in percent, and whose differences in percentage points."""
SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
"""Used from ten of them on."""
DIGITS = 3


@dataclass(frozen=True)
class Amount:
    """How amounts are written.

    Attributes
    ----------
    factor : float
        Multiplies a value before it is written.
    unit : str
        The unit then.
    places : int
        Decimals.
    """

    factor: float = 1.0
    unit: str = ""
    places: int = 2

    def plain(self, value: float) -> str:
        """Write a value; a dash if it is not defined."""
        if not isfinite(value):
            return ABSENT
        text = f"{value * self.factor:,.{self.places}f}"
        # A negative number that rounds to nothing is nothing.
        return text.removeprefix("-") if float(text.replace(",", "")) == 0.0 else text

    def signed(self, value: float) -> str:
        """Write a difference, with its sign."""
        text = self.plain(value)
        return f"+{text}" if isfinite(value) and value > 0.0 and float(text.replace(",", "")) > 0.0 else text

    def told(self, found: Estimate) -> str:
        """Write a difference and, where there is one, its interval."""
        if not (isfinite(found.low) and isfinite(found.high)):
            return self.signed(found.mean)
        return f"{self.signed(found.mean)} ({self.signed(found.low)} to {self.signed(found.high)})"

    def tick(self, value: float, _position: float = 0.0) -> str:
        """Write a place on an axis."""
        return f"{value * self.factor:,.10g}"

    def label(self, words: str) -> str:
        """Give words and unit as the name of an axis."""
        return f"{words}, {self.unit}" if self.unit else words


def amount_of(unit: str, values: Iterable[float], difference: bool = False, digits: int = DIGITS) -> Amount:
    """Choose how the amounts of a picture are written.

    Parameters
    ----------
    unit : str
        Of the values; ``share`` is written in percent.
    values : iterable of float
        All that are shown.
    difference : bool
        Whether they are differences; those of shares are in points.
    digits : int
        Significant digits of the largest.

    Returns
    -------
    Amount
        The largest value is below ten thousand of what it is counted in.
    """
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    if unit == SHARE:
        return Amount(100.0, "points" if difference else "%", decimals(100.0 * largest, digits))
    size, word = next(((size, word) for size, word in SIZES if largest >= 10.0 * size), (1.0, ""))
    return Amount(1.0 / size, f"{word} {unit}".strip(), decimals(largest / size, digits))
