"""A measured number and its unit."""

from __future__ import annotations

from math import nan
from typing import NamedTuple


class Measure(NamedTuple):
    """What one replication says of one KPI; nan where it is not defined (nothing to divide by, few cases)."""

    value: float
    unit: str


def ratio(part: float, whole: float) -> float:
    """Give ``part / whole``; nan if there is nothing to divide by."""
    return part / whole if whole else nan
