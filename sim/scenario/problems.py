"""What is wrong with a scenario, all at once: each problem with its path, the rule and the value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sim.scenario.part import EVERY

MOST_LISTED = 12


@dataclass(frozen=True)
class Problem:
    """One thing that must be changed.

    Attributes
    ----------
    path : str
        Dotted path of the value, as an override would name it.
    rule : str
        What must hold there.
    value : str
        What was given, shortened; empty if nothing was.
    """

    path: str
    rule: str
    value: str = ""

    def __str__(self) -> str:
        """Give one line: path, rule, value."""
        got = f" (got {self.value})" if self.value else ""
        return f"{self.path}: {self.rule}{got}"


class ScenarioError(ValueError):
    """A scenario that cannot be run; carries every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


def shown(value: Any) -> str:
    """Give a value short enough for a message of one line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(name: str, known: Iterable[str], most: int = MOST_LISTED) -> str:
    """Give ' Did you mean ...?' with the nearest known name, or the known names, or nothing."""
    known = list(known)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; known: {', '.join(known)}" if 0 < len(known) <= most else ""


def unknown(path: str, name: str, what: str, known: Iterable[str]) -> Iterator[Problem]:
    """Give a problem if a name is not known.

    Parameters
    ----------
    path : str
        Where the name stands.
    name : str
        The name given.
    what : str
        What it should be the name of.
    known : iterable of str
        The names that there are.
    """
    known = list(known)
    if name not in known:
        yield Problem(path, f"no {what} of this name{nearest(name, known)}", shown(name))


def problems_of(error: ValidationError, model: type[Any]) -> list[Problem]:
    """Turn pydantic's errors into problems with paths a user can type.

    Parameters
    ----------
    error : ValidationError
        Raised when validating `model`.
    model : type
        The model, whose field names serve for the nearest valid name.
    """
    found = []
    for item in error.errors(include_url=False):
        loc = [str(p) for p in item["loc"] if not _is_tag(p)]
        path = ".".join(loc)
        rule = item["msg"].removeprefix("Value error, ")
        value = "" if item["type"] in ("missing", "value_error") else shown(item["input"])
        if item["type"] == "extra_forbidden":
            rule = "unknown name" + nearest(loc[-1], _fields_at(model, loc[:-1]))
        elif item["type"] == "missing":
            rule = "is needed and not given"
        elif item["type"] in ("dict_type", "model_type"):
            rule = "must be a mapping"
        problem = Problem(path, rule[0].lower() + rule[1:], value)
        if problem not in found:
            found.append(problem)
    return found


def _is_tag(part: int | str) -> bool:
    """Tell the names pydantic gives to the arms of a union from the user's keys."""
    return isinstance(part, str) and (part.endswith("]") or part in ("str", "float", "int", "bool"))


def _fields_at(model: type[Any], loc: list[str]) -> list[str]:
    """Find the field names of the model at a path, by walking the annotations."""
    here: Any = model
    for part in loc:
        fields = getattr(here, "model_fields", {})
        here = _inner(fields[part].annotation) if part in fields else here
    return list(getattr(here, "model_fields", {}))


def _inner(annotation: Any) -> Any:
    from pydantic import BaseModel

    queue = [annotation]
    while queue:
        item = queue.pop(0)
        if isinstance(item, type) and issubclass(item, BaseModel):
            return item
        queue += [a for a in getattr(item, "__args__", ()) if a is not type(None)]
    return annotation


def by_segment(segments: Iterable[str], at: str, values: Iterable[str]) -> Iterator[Problem]:
    """Find segments without a value, and values of no segment.

    Parameters
    ----------
    segments : iterable of str
        Those of the market.
    at : str
        Path of the values.
    values : iterable of str
        What values are given for: segments, or `EVERY` for all others.
    """
    segments, values = list(segments), list(values)
    for key in values:
        if key != EVERY:
            yield from unknown(f"{at}.{key}", key, "segment", segments)
    missing = [g for g in segments if g not in values and EVERY not in values]
    if missing:
        yield Problem(at, f"needs a value for {', '.join(missing)} (or '{EVERY}')", shown(values))
