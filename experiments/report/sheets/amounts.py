"""Numbers, laws and opening hours of a scenario in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.scenario.law_spec import LawSpec
from sim.scenario.part import EVERY


def number(value: float) -> str:
    """Give a number as briefly as it can be told exactly enough."""
    return f"{value:,.6g}"


def law(spec: LawSpec) -> str:
    """Give a law by its name and parameters, as its config has them."""
    if spec.deterministic is not None:
        return number(spec.deterministic)
    if spec.mixture is not None:
        return " or ".join(f"{number(part.weight)} x {law(part.law)}" for part in spec.mixture)
    (name,) = spec.named()
    given = getattr(spec, name).model_dump(exclude_none=True)
    return f"{name} ({', '.join(f'{key} {_value(value)}' for key, value in given.items())})"


def law_by_segment(specs: Mapping[str, LawSpec]) -> str:
    """Give one law, or one for each segment."""
    return _by_segment({key: law(spec) for key, spec in specs.items()})


def by_segment(values: Mapping[str, float]) -> str:
    """Give one number, or one for each segment."""
    return _by_segment({key: number(value) for key, value in values.items()})


def hours(opening: str | dict[str, str]) -> str:
    """Give opening hours."""
    return opening if isinstance(opening, str) else "; ".join(f"{days} {times}" for days, times in opening.items())


def plural(n: float, one: str, several: str | None = None) -> str:
    """Give a number with what it counts; more than one end in s unless said."""
    return f"{number(n)} {one if n == 1 else several or f'{one}s'}"


def listed(names: Any) -> str:
    """Give names with commas; a dash for none."""
    return ", ".join(map(str, names)) or "-"


def _value(value: Any) -> str:
    return f"[{', '.join(map(number, value))}]" if isinstance(value, list) else number(value)


def _by_segment(told: Mapping[str, str]) -> str:
    if set(told) == {EVERY}:
        return told[EVERY]
    return "; ".join(f"{'others' if key == EVERY else key}: {text}" for key, text in told.items())
