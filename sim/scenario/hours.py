"""Weekly opening hours as people write them: ``{mon-fri: 9-17}`` or ``always``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from sim.worktime import Calendar

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = "always"
_TIME = re.compile(r"^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$")


def intervals_of(hours: str | dict[str, str]) -> list[tuple[int, float, float]] | None:
    """Give opening hours as (day 0-6, start hour, end hour); None for always open.

    Parameters
    ----------
    hours : str or dict
        ``"always"``, or days (``mon`` or ``mon-fri``) mapped to ``"9-17"`` or ``"8:30-12, 13-17"``.

    Raises
    ------
    ValueError
        If a day or a time cannot be read, or an interval is empty.
    """
    if isinstance(hours, str):
        if hours == ALWAYS:
            return None
        raise ValueError(f"hours are 'always' or days with times such as {{mon-fri: 9-17}}; got {hours!r}")
    found = []
    for days, times in hours.items():
        for time in times.split(","):
            start, end = _times_of(time.strip())
            found += [(day, start, end) for day in _days_of(days)]
    if not found:
        raise ValueError("no opening hours at all")
    return sorted(found)


def calendar_of(hours: str | dict[str, str], closed_days: Iterable[int] = ()) -> Calendar:
    """Give the calendar of opening hours and holidays."""
    intervals = intervals_of(hours)
    if intervals is None:
        intervals = [(day, 0.0, 24.0) for day in range(7)]
    return Calendar.weekly(intervals, closed_days)


def _days_of(text: str) -> range:
    first, _, last = text.strip().partition("-")
    last = last or first
    if first not in DAYS or last not in DAYS or DAYS.index(last) < DAYS.index(first):
        raise ValueError(f"days are one of {', '.join(DAYS)} or a range such as mon-fri; got {text!r}")
    return range(DAYS.index(first), DAYS.index(last) + 1)


def _times_of(text: str) -> tuple[float, float]:
    match = _TIME.match(text)
    if not match:
        raise ValueError(f"times are written 9-17 or 8:30-12; got {text!r}")
    h0, m0, h1, m1 = (int(g or 0) for g in match.groups())
    start, end = h0 + m0 / 60, h1 + m1 / 60
    if not 0 <= start < end <= 24 or m0 > 59 or m1 > 59:
        raise ValueError(f"times must satisfy 0 <= start < end <= 24; got {text!r}")
    return start, end


def _readable(hours: str | dict[str, str]) -> str | dict[str, str]:
    intervals_of(hours)
    return hours


Hours = Annotated[
    str | dict[str, str],
    AfterValidator(_readable),
    WithJsonSchema(
        {"anyOf": [{"const": ALWAYS}, {"type": "object", "additionalProperties": {"type": "string"}}]},
    ),
]
"""``always``, or days mapped to times."""
