"""The assumptions of a config as factors of an ensemble: what they are, and a config with all of them moved at once.

An assumption is varied because a comment in the configs gives its range (`experiments.assumed.ranges`); nothing is
listed a second time. It counts for a config that has the number which the comment stands beside: one that somebody has
set to another value is held, since it was chosen. The name of an assumption and a position between 0 and 1 mean the
same in all designs, also in those before, after and beside the one in question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from pathlib import Path
from typing import Any, Literal, NamedTuple

from experiments.assumed.numbers import GROUPS, Default, defaults, defaults_in
from experiments.assumed.paths import number_at, numbers_under, set_number, value_at
from experiments.assumed.ranges import Range
from experiments.assumed.world import AT_LEAST, WHOLE, parts_of, whole_of
from experiments.complaint import Complaint
from experiments.composing.resolved import resolved
from experiments.composing.schema_path import schemas_at

Data = dict[str, Any]
VARIED = ("market", "journey", "activity", "people", "org")
"""Groups of a config whose numbers may be assumptions."""


class Number(NamedTuple):
    """A number that is moved.

    Attributes
    ----------
    path : str
        In a config.
    default : float
        What it must be there to be moved; other choices may have another at the same path.
    range : Range
        How far it may be from that.
    """

    path: str
    default: float
    range: Range

    def at(self, position: float) -> float:
        """Give its value at a position from 0, lowest, to 1, highest."""
        found = self.range.at(position)
        return self.default * found if self.range.scales else found


@dataclass(frozen=True)
class Assumption:
    """One factor of an ensemble.

    Attributes
    ----------
    name : str
        Such as ``market.contribution_margin`` or ``activity.effort_h.design``.
    unit : str
        Of `low`, `default` and `high`.
    comment : str
        The one that gives the range, or the first of several.
    numbers : tuple of Number
        What it moves, all to the same position. Where choices differ, a user's design and that of the run-in say, each
        number has the range beside it; the first, which the attributes below tell, is of the config in question.
    """

    name: str
    unit: str
    comment: str
    numbers: tuple[Number, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Config paths of its numbers."""
        return tuple(dict.fromkeys(number.path for number in self.numbers))

    @property
    def range(self) -> Range:
        """Of its position."""
        return self.numbers[0].range

    @property
    def kind(self) -> Literal["value", "factor"]:
        """``value`` if it sets its number, ``factor`` if it scales all its numbers together."""
        return "factor" if self.range.scales else "value"

    @property
    def low(self) -> float:
        """Lowest value, or what its numbers are multiplied by at the least."""
        return self.range.low

    @property
    def default(self) -> float:
        """Value, or factor, without an ensemble."""
        return 1.0 if self.range.scales else self.numbers[0].default

    @property
    def high(self) -> float:
        """Highest value, or what its numbers are multiplied by at the most."""
        return self.range.high

    def at(self, position: float) -> float:
        """Give the value, or factor, at a position: 0 lowest, 1 highest, between them as `Range.at` says."""
        return self.range.at(position)


def assumptions_of(data: Data, *more: Data, config_dir: str | Path | None = None) -> list[Assumption]:
    """Give the assumptions of one or several configs, such as the arms of a claim.

    Parameters
    ----------
    data, *more : dict
        Resolved configs (`experiments.composing.resolved`), plain and nested. Designs named as run-in, change or
        rival count.
    config_dir : path, optional
        A user's own configs; their comments give ranges too.

    Returns
    -------
    list of Assumption
        By name.

    Raises
    ------
    Complaint
        If a number is outside its range.
    """
    there = dict.fromkeys(number for one in (data, *more) for number in _numbers(one, config_dir))
    stated = {(d.config_path, float(d.value)): d for d in _stated(config_dir)}
    return _named([stated[number] for number in there if number in stated and stated[number].assumption])


def all_assumptions(found: Iterable[Default]) -> list[Assumption]:
    """Give the assumptions that some numbers of config files make, whether or not one config has them all.

    Raises
    ------
    Complaint
        As `assumptions_of`.
    """
    return _named(list({(d.config_path, float(d.value)): d for d in found if d.assumption}.values()))


def applied(data: Data, assumptions: Iterable[Assumption], positions: Mapping[str, float]) -> Data:
    """Give a config with assumptions moved from their defaults.

    Parameters
    ----------
    data : dict
        A resolved config; not changed. Numbers that are not at their defaults stay what they are.
    assumptions : iterable of Assumption
        As `assumptions_of` gives them.
    positions : mapping
        From 0, lowest, to 1, highest, by name. Assumptions without one stay at their defaults; other names are ignored.

    Returns
    -------
    dict
        Counted things are whole, parts of a sum give way to those that are moved, and what is at least as large as
        something else stays so (`experiments.assumed.world`).

    Raises
    ------
    ValueError
        If a position is not in [0, 1].
    Complaint
        If parts of a sum leave nothing for the rest.
    """
    moved: dict[str, float] = {}
    for one in assumptions:
        if one.name not in positions:
            continue
        for number in one.numbers:
            # Where it was moved already it could be at the default of another choice.
            if number_at(data, number.path) == number.default:
                moved[number.path] = number.at(positions[one.name])
    changed = deepcopy(data)
    for path, value in moved.items():
        set_number(changed, path, round(value) if _is_whole(path) else value)
    for whole in dict.fromkeys(filter(None, map(whole_of, moved))):
        _let_give_way(changed, data, whole, moved)
    for path, floor in AT_LEAST.items():
        least, value = number_at(changed, floor), number_at(changed, path)
        if {path, floor} & moved.keys() and least is not None and value is not None:
            set_number(changed, path, max(value, least))
    return changed


def applied_to_org(org: Data, assumptions: Iterable[Assumption], positions: Mapping[str, float]) -> Data:
    """Give a design with assumptions moved, such as one that is named as run-in, change or rival; as `applied`."""
    found = applied({"org": org}, assumptions, positions)["org"]
    assert isinstance(found, dict)
    return found


def _numbers(data: Data, config_dir: str | Path | None) -> Iterator[tuple[str, float]]:
    """Give path and value of every number of a config that may be an assumption."""
    for group in VARIED:
        yield from numbers_under(group, data.get(group))
    changes = data.get("changes") or []
    rivals = data.get("rivals") or []
    designs = [data.get("run_in"), *(change.get("design") for change in changes if isinstance(change, dict))]
    for name in dict.fromkeys([*designs, *([rivals] if isinstance(rivals, str) else rivals)]):
        if isinstance(name, str):
            yield from numbers_under("org", _shipped_org(name) if config_dir is None else _org(name, config_dir))


@lru_cache(maxsize=32)
def _shipped_org(name: str) -> Data:
    return _org(name, None)


def _org(name: str, config_dir: str | Path | None) -> Data:
    org = resolved([f"org={name}"], config_dir=config_dir)["org"]
    assert isinstance(org, dict)
    return org


@lru_cache(maxsize=1)
def _shipped() -> tuple[Default, ...]:
    return tuple(d for d in defaults() if d.assumption)


def _stated(config_dir: str | Path | None) -> Iterator[Default]:
    """Give all numbers of whose range something is said, those of a user's own files last."""
    import yaml

    yield from _shipped()
    if config_dir is None:
        return
    for file in (f for group in GROUPS for f in sorted((Path(config_dir) / group).rglob("*.yaml"))):
        try:
            yield from [d for d in defaults_in(file, Path(config_dir)) if d.ranged_by]
        except (yaml.YAMLError, OSError, UnicodeDecodeError):
            continue  # If the config needs it, composing has complained.


def _named(stated: list[Default]) -> list[Assumption]:
    """Make one assumption of all numbers with one name."""
    alike: dict[str, list[Default]] = {}
    for d in stated:
        alike.setdefault(d.assumption, []).append(d)
    found = []
    for name, numbers in sorted(alike.items()):
        first = numbers[0]
        unit = "times" if first.range is not None and first.range.scales else first.unit
        found.append(Assumption(name, unit, first.ranged_by, tuple(map(_moved, numbers))))
    return found


def _moved(d: Default) -> Number:
    assert d.range is not None
    default = float(d.value)
    low, high = d.range.of(default)
    if not low <= default <= high:
        raise Complaint.about(d.config_path, f"is outside its range, {d.range} in {d.file}", d.value)
    return Number(d.config_path, default, d.range)


def _is_whole(path: str) -> bool:
    return path in WHOLE or any(schema.get("type") == "integer" for schema in schemas_at(path))


def _let_give_way(changed: Data, data: Data, whole: str, moved: Mapping[str, float]) -> None:
    """Scale the parts of a whole that are not moved, so that the sum stays what it was."""
    parts = [f"{whole}.{part}" for part in parts_of(whole, value_at(data, whole))]
    rest = [path for path in parts if path not in moved]
    total, had = (fsum(number_at(data, path) or 0.0 for path in paths) for paths in (parts, rest))
    left = total - fsum(number_at(changed, path) or 0.0 for path in parts if path in moved)
    if left < 0.0 or had <= 0.0:
        rule = f"parts that are varied leave nothing for others, which have {had:g} of {total:g}"
        raise Complaint.about(whole, rule, f"{left:g}")
    for path in rest:
        set_number(changed, path, (number_at(data, path) or 0.0) * left / had)
