"""Checks of a law's parameters; each error names the parameter, the rule and the value."""

from __future__ import annotations

import math
from itertools import pairwise


def finite(name: str, value: float) -> float:
    """Give the value back if it is a finite number."""
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, got {value:g}")
    return value


def above_0(name: str, value: float) -> float:
    """Give the value back if it is finite and above 0."""
    if not finite(name, value) > 0.0:
        raise ValueError(f"{name} must be above 0, got {value:g}")
    return value


def within(name: str, value: float, low: float, high: float) -> float:
    """Give the value back if it is finite and between two bounds, both allowed."""
    if not low <= finite(name, value) <= high:
        bounds = f"at least {low:g}" if high == math.inf else f"between {low:g} and {high:g}"
        raise ValueError(f"{name} must be {bounds}, got {value:g}")
    return value


def ordered(**values: float) -> None:
    """Refuse values that are not finite or not in ascending order as written; equal ones are allowed."""
    for name, value in values.items():
        finite(name, value)
    for (name, value), (next_name, next_value) in pairwise(values.items()):
        if value > next_value:
            raise ValueError(f"{name} must be at most {next_name}, got {name}={value:g}, {next_name}={next_value:g}")


def given_ones(**values: float | None) -> dict[str, float]:
    """Leave out what was not given."""
    return {name: value for name, value in values.items() if value is not None}


def one_of(law: str, given: dict[str, float], *sets: tuple[str, str]) -> None:
    """Refuse parameters that are not exactly one of the sets that describe the law."""
    if set(given) not in [set(names) for names in sets]:
        choices = " or ".join(f"({', '.join(names)})" for names in sets)
        raise ValueError(f"{law} must be given {choices}, got ({', '.join(given) or 'nothing'})")
