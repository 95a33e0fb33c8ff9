"""Ranges as comments in the configs state them: a small grammar, read from the words beside a number.

A comment states how far the numbers that it stands for may be from their defaults in one of four ways:

=====================  =================================================================================
``LOW to HIGH``        in the number's own unit; each number that it stands for is varied by itself
``-X % to +Y %``       of the default; all numbers that it stands for are scaled together
``halves to doubles``  the same, from half to twice the default
``not varied: REASON`` none; the reason goes on to the next semicolon, closing bracket or end of the comment
=====================  =================================================================================

A number may have commas, and end in k or M (thousands, millions). Before the range stands what it is for: right after
the word *assumption*, *calibrated* or *varied*, or at the beginning of the comment, it is for every number of the
comment; right after a key, as in ``weight .02 to .3``, for the numbers under this key alone. After a range that scales,
``by KEY`` makes one group for each value that this key has in the mappings around the numbers, as in ``by kind``.
Anything else that looks like a range says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?<=\d)[kM]?"
_PERCENT = r"[-+]?\d+(?:\.\d+)?"
_RANGE = re.compile(
    rf"(?<![\w.$-])(?:(?P<low>{_NUMBER}) to (?P<high>{_NUMBER})(?![\w%]|\.\d| %)"
    rf"|(?P<less>{_PERCENT}) % to (?P<more>{_PERCENT}) %"
    r"|(?P<double>halves to doubles))(?: by (?P<by>\w+))?"
)
_NOT_VARIED = re.compile(r"\bnot varied: (?P<reason>[^;)]+)")
_FOR_ALL = re.compile(r"(?:^|\b(?:assumptions?|calibrated|varied)[,:;]? )$")
_KEY = re.compile(r"(\w+) $")
_TIMES = {"k": 1e3, "M": 1e6}
_DECADE = 10.0


@dataclass(frozen=True)
class Range:
    """How far numbers may be from their defaults.

    Attributes
    ----------
    low, high : float
        In the number's own unit, or times its default.
    scales : bool
        Whether it is times the default.
    """

    low: float
    high: float
    scales: bool = False

    def of(self, default: float) -> tuple[float, float]:
        """Give the lowest and the highest value of a number, in its own unit."""
        if not self.scales:
            return self.low, self.high
        first, second = self.low * default, self.high * default
        return min(first, second), max(first, second)

    @property
    def is_log(self) -> bool:
        """Whether equal steps are equal ratios: in ranges that scale, and in those wider than a decade."""
        return self.low > 0.0 and (self.scales or self.high > _DECADE * self.low)

    def at(self, position: float) -> float:
        """Give the value at a position: 0 lowest, 1 highest, between them linear, or in ratios where `is_log`.

        Raises
        ------
        ValueError
            If the position is not in [0, 1].
        """
        if not 0.0 <= position <= 1.0:
            raise ValueError(f"position must be from 0 to 1; got {position:g}")
        if position in (0.0, 1.0):
            return (self.low, self.high)[int(position)]
        if self.is_log:
            return exp((1.0 - position) * log(self.low) + position * log(self.high))
        return (1.0 - position) * self.low + position * self.high

    def __str__(self) -> str:
        """Give it as a comment would have it."""
        if not self.scales:
            return f"{self.low:,.10g} to {self.high:,.10g}"
        if (self.low, self.high) == (0.5, 2.0):
            return "halves to doubles"
        return f"{100.0 * (self.low - 1.0):+.10g} % to {100.0 * (self.high - 1.0):+.10g} %"


@dataclass(frozen=True)
class Stated:
    """What a comment says of some of its numbers.

    Attributes
    ----------
    key : str
        For the numbers under this key; empty for all.
    range : Range or None
        None if they are not varied.
    reason : str
        Why not.
    by : str
        A key whose values make groups; empty for one group.
    """

    key: str
    range: Range | None
    reason: str = ""
    by: str = ""


def stated(comment: str, keys: Sequence[str]) -> Stated | None:
    """Read what a comment says of one of its numbers.

    Parameters
    ----------
    comment : str
        Without its mark.
    keys : sequence of str
        The number's path, below what the comment stands at, outermost first.

    Returns
    -------
    Stated or None
        What it says of the innermost of these keys, else of all; None if it says nothing.
    """
    found: dict[str, Stated] = {}
    for match in sorted([*_RANGE.finditer(comment), *_NOT_VARIED.finditer(comment)], key=lambda m: m.start()):
        key = _subject(comment[: match.start()], keys, "reason" in match.groupdict())
        if key is not None:
            found.setdefault(key, _read(key, match))
    return next((found[key] for key in [*reversed(keys), ""] if key in found), None)


def _subject(before: str, keys: Sequence[str], is_reason: bool) -> str | None:
    """Give the key that stands right before a range, nothing if it is for all, None if it is for none of these."""
    key = _KEY.search(before)
    if _FOR_ALL.search(before) or (is_reason and key is None):
        return ""
    return key[1] if key is not None and key[1] in keys else None


def _read(key: str, match: re.Match[str]) -> Stated:
    given = match.groupdict()
    if "reason" in given:
        return Stated(key, None, given["reason"].strip().rstrip("."))
    if given["double"]:
        span = Range(0.5, 2.0, True)
    elif given["less"]:
        # Of the default, so that -25 % is three quarters to the last bit.
        span = Range((100.0 + float(given["less"])) / 100.0, (100.0 + float(given["more"])) / 100.0, True)
    else:
        span = Range(_number(given["low"]), _number(given["high"]))
    return Stated(key, span, by=given["by"] or "")


def _number(text: str) -> float:
    text = text.replace(",", "")
    return float(text[:-1]) * _TIMES[text[-1]] if text[-1] in _TIMES else float(text)
