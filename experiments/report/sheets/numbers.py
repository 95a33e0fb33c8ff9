"""All numbers of a config: where each comes from, and which are not as shipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.assumed.assumptions import Assumption, assumptions_of
from experiments.assumed.numbers import GROUPS as FILES
from experiments.assumed.numbers import UNITS, Default, defaults, defaults_in
from experiments.assumed.paths import numbers_under
from experiments.composing.choices import GROUPS, LISTED, choices
from experiments.composing.compose import Composed
from experiments.composing.resolved import resolved
from experiments.question import Question

SHARED = ("market", "journey", "activity", "people", "source", "run")
"""Groups that all designs of a question have in common."""
NOT_STATED, BY_COMMAND = "not stated", "set by the command"
SOURCED = ("published", "measured", "calibrated", "by definition")
"""Origins that are no assumption."""

Place = tuple[str, str]
"""A design, or nothing for what all have in common, and a config path."""


@dataclass(frozen=True)
class Number:
    """A number of a config that is not as shipped.

    Attributes
    ----------
    design, path : str
        Where it stands; no design for what all have in common.
    value, shipped : float or None
        What it is here, and what it is without the command's values and a user's own files; None if it is not there.
    unit : str
    origin : str
        As the comment beside it says, `NOT_STATED` if none does, or `BY_COMMAND`.
    range, comment : str
        How far it may be from what it is, and who says so; may be empty.
    """

    design: str
    path: str
    value: float | None
    shipped: float | None
    unit: str
    origin: str
    range: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Numbers:
    """All numbers of a config.

    Attributes
    ----------
    origins : mapping of str to int
        How many there are of each origin.
    changed : sequence of Number
        Those that are not as shipped.
    sources : sequence of (str, int)
        What the comments say whose numbers are published, measured or calibrated, and how many they stand for.
    assumptions : sequence of Assumption
        What is assumed within a range.
    """

    origins: Mapping[str, int]
    changed: Sequence[Number]
    sources: Sequence[tuple[str, int]]
    assumptions: Sequence[Assumption]

    @property
    def sourced(self) -> int:
        """How many have a source, or are what their name says."""
        return sum(self.origins.get(origin, 0) for origin in SOURCED)

    @property
    def assumed(self) -> int:
        """How many are assumptions."""
        return self.origins.get("assumption", 0)

    @property
    def by_command(self) -> int:
        """How many the command gives another value than the files do."""
        return self.origins.get(BY_COMMAND, 0)

    @property
    def not_stated(self) -> int:
        """Of how many nothing is said."""
        return self.origins.get(NOT_STATED, 0)


def numbers_of(designs: Mapping[str, Composed], overrides: Sequence[str], config_dir: str | None) -> Numbers:
    """Read where the numbers of a question come from, out of the comments beside them.

    Parameters
    ----------
    designs : mapping of str to Composed
        By name.
    overrides : sequence of str
        Of the command: its choices say what is as shipped.
    config_dir : str or None
        A user's own configs, whose comments count too.
    """
    stated = {(d.config_path, float(d.value)): d for d in [*defaults(), *_own(config_dir)]}
    here = dict(_numbers({name: c.data for name, c in designs.items()}))
    # Without values and own files nothing can differ.
    shipped = config_dir is None and all(map(_chooses_or_asks, overrides))
    there = here if shipped else dict(_numbers({name: _shipped(name, overrides) for name in designs}))
    origins: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    differ = {place for place in {**here, **there} if here.get(place) != there.get(place)}
    given = {(path, here.get((design, path))) for design, path in differ if _is_given(path, overrides)}
    # A number that several designs have from one file is one number.
    for path, value in dict.fromkeys((path, value) for (_, path), value in here.items()):
        found = None if (path, value) in given else stated.get((path, value))
        origins[BY_COMMAND if (path, value) in given else _origin(found)] += 1
        if found is not None and found.origin in ("published", "measured", "calibrated"):
            sources[found.comment] += 1
    changed = [
        _number(place, here.get(place), there.get(place), stated, (place[1], here.get(place)) in given)
        for place in dict.fromkeys([*here, *there])
        if place in differ
    ]
    first, *more = (c.data for c in designs.values())
    return Numbers(origins, changed, sources.most_common(), assumptions_of(first, *more, config_dir=config_dir))


def unit_of(path: str) -> str:
    """Give the unit of the number at a config path."""
    return next((unit for form, unit in UNITS if re.search(form, path)), "1")


def _numbers(data: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[Place, float]]:
    first = next(iter(data.values()))
    for group in SHARED:
        for path, value in numbers_under(group, first.get(group)):
            yield ("", path), value
    for design, one in data.items():
        for path, value in numbers_under("org", one.get("org")):
            yield (design, path), value


def _shipped(design: str, overrides: Sequence[str]) -> dict[str, Any]:
    """Give the config of the same choices, as far as they are shipped, without any value."""
    words = [word for word in overrides if _chooses(word)]
    return resolved([*words, *([f"org={design}"] if design in choices("org") else [])])


def _chooses(word: str) -> bool:
    """Whether an override chooses something that is shipped, other than the design."""
    group, _, value = word.lstrip("+").partition("=")
    names = value.strip("[]").split(",")
    return group in {*GROUPS, *LISTED, "experiment"} - {"org"} and set(names) <= set(choices(group))


def _is_given(path: str, overrides: Sequence[str]) -> bool:
    """Whether a value on the command line sets, or takes away, what stands at a path."""
    keys = (word.partition("=")[0].lstrip("+~") for word in overrides)
    return any("." in key and f"{path}.".startswith(f"{key}.") for key in keys)


def _chooses_or_asks(word: str) -> bool:
    """Whether an override leaves the numbers of its choices as they are."""
    key = word.partition("=")[0].lstrip("+")
    return _chooses(word) or key == "org" or key in Question.model_fields


def _own(config_dir: str | None) -> Iterator[Default]:
    """Read the numbers of a user's own files; composing has complained of those that cannot be read."""
    import yaml

    root = Path(config_dir) if config_dir is not None else None
    for file in [] if root is None else [f for group in FILES for f in sorted((root / group).rglob("*.yaml"))]:
        try:
            yield from list(defaults_in(file, root))  # type: ignore[arg-type]
        except (yaml.YAMLError, OSError, UnicodeDecodeError):
            continue


def _origin(found: Default | None) -> str:
    return NOT_STATED if found is None or found.origin is None else found.origin


def _number(
    place: Place,
    value: float | None,
    shipped: float | None,
    stated: Mapping[tuple[str, float], Default],
    is_given: bool,
) -> Number:
    design, path = place
    found = None if value is None or is_given else stated.get((path, value))
    if found is None:
        return Number(design, path, value, shipped, unit_of(path), BY_COMMAND if is_given else NOT_STATED)
    told = "" if found.low is None else f"{found.low:,.6g} to {found.high:,.6g}"
    return Number(design, path, value, shipped, unit_of(path), _origin(found), told, found.comment)
