"""Numbers in plain nested data by their path: keys with dots between them, places in lists among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def numbers_under(path: str, value: Any) -> Iterator[tuple[str, float]]:
    """Give path and value of every number in what stands at a path."""
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers_under(f"{path}.{key}", below)
    elif _is_number(value):
        yield path, float(value)


def value_at(data: Any, path: str) -> Any:
    """Give what stands at a path; None if nothing does."""
    for key in path.split("."):
        if isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def number_at(data: Any, path: str) -> float | None:
    """Give the number at a path; None if there is none."""
    value = value_at(data, path)
    return value if _is_number(value) else None


def set_number(data: Any, path: str, value: float) -> None:
    """Put a number in the place of the one at a path."""
    above, _, last = path.rpartition(".")
    holder = value_at(data, above)
    holder[int(last) if isinstance(holder, list) else last] = value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
