"""Every number in the configs, with its unit, where it comes from, and how far it may be from what it is.

All this is in the comments beside the numbers, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from experiments.assumed.comments import Comment, Commented, commented, keys_of
from experiments.assumed.ranges import Range, Stated, stated
from experiments.assumed.world import together, whole_of, why_left_out
from experiments.composing.config_root import config_root

GROUPS = ("market", "journey", "activity", "people", "org", "lever", "role", "run")
LEFT_OUT = ("none", "textbook")
"""Choices that describe no company."""

ORIGINS = {
    "assumption": r"\bassumptions?\b",
    "calibrated": r"\bcalibrated\b",
    "measured": r"\bmeasured on\b|\breal leads\b",
    "by definition": r"\bby definition\b",
    "published": r":\s*[A-Z]|\b[A-Za-z]+ (19|20)\d\d\b|\bS: ",
}
"""Word or form in a comment that says where a number comes from; the first that is there counts."""

UNITS = (
    (r"\.cv$|\.weight$", "1"),
    (r"(^|\.)market\.laws\.", "h"),
    (r"effort_h(\.|$)|\.setup_h\.|\.planned_wait_h\.|_h$|\.hours$", "h"),
    (r"\.value\.(law|yes|no)\.|_usd$|pay_usd$", "USD"),
    (r"_usd_per_year$", "USD/year"),
    (r"hours_per_week$", "h/week"),
    (r"_per_week$", "1/week"),
    (r"per_(account|customer)_per_year(\.|$)|quits_per_year$", "1/year"),
    (r"days_per_year$", "days/year"),
    (r"_weeks$|\.weeks$", "weeks"),
    (r"_days$", "days"),
    (r"(^|\.)headcount$", "heads"),
)
"""By the form of a path; the first that fits. Everything else is a pure number."""

PACKAGE = {"lever": "org", "role": "org"}
"""Groups whose files become part of another."""


@dataclass(frozen=True)
class Default:
    """A number of a config file.

    Attributes
    ----------
    file, path : str
        Such as ``org/traditional`` and ``roles.engineer.headcount``.
    value : str
        As written.
    unit : str
        Its unit; ``1`` for a pure number.
    origin : str or None
        One of `ORIGINS`; None if no comment says.
    comment : str
        The comment that says it.
    beside : str
        The comment on its own line, which may be another.
    range : Range or None
        How far it may be from its value; None if no comment says.
    reason : str
        Why it is not varied; empty if it is, or if nothing is said.
    ranged_by : str
        The comment that says how far, or why not.
    assumption : str
        Name under which it is varied; numbers of one name are varied together. Empty if it is not.
    """

    file: str
    path: str
    value: str
    unit: str
    origin: str | None
    comment: str
    beside: str
    range: Range | None = None
    reason: str = ""
    ranged_by: str = ""
    assumption: str = ""

    @property
    def config_path(self) -> str:
        """Where it stands in a config, such as ``org.roles.engineer.headcount``; places in lists are keys."""
        group = self.file.partition("/")[0]
        return ".".join([PACKAGE.get(group, group), *keys_of(self.path)])

    @property
    def low(self) -> float | None:
        """Lowest value to try, in its own unit."""
        return None if self.range is None else self.range.of(float(self.value))[0]

    @property
    def high(self) -> float | None:
        """Highest value to try, in its own unit."""
        return None if self.range is None else self.range.of(float(self.value))[1]


def defaults(root: Path | None = None) -> list[Default]:
    """Read every number of the configs.

    Parameters
    ----------
    root : path, optional
        A directory of the shape of `configs/`; by default this.

    Returns
    -------
    list of Default
        By group and file.
    """
    root = config_root() if root is None else root
    files = [f for group in GROUPS for f in sorted((root / group).rglob("*.yaml")) if f.stem not in LEFT_OUT]
    return [default for file in files for default in defaults_in(file, root)]


def defaults_in(file: Path, root: Path) -> Iterator[Default]:
    """Read every number of one file under such a directory.

    Raises
    ------
    OSError, UnicodeDecodeError, yaml.YAMLError
        If it cannot be read.
    """
    name = file.relative_to(root).with_suffix("").as_posix()
    group = name.partition("/")[0]
    found, said = [], []
    for number in commented(file.read_text(encoding="utf-8")):
        origin, comment = _origin(number.comments)
        unit = _unit(f"{group}.{number.path}")
        found.append(Default(name, number.path, number.value, unit, origin, comment, number.beside))
        said.append(_said(number, group))
    yield from _ranged(found, said)


def _origin(comments: list[Comment]) -> tuple[str | None, str]:
    """Give origin and comment of a number by the first that says one."""
    for text in (comment.text for comment in comments):
        for origin, form in ORIGINS.items():
            if re.search(form, text):
                return origin, text
    return None, ""


class Group(NamedTuple):
    """What numbers of a file that are scaled together have in common."""

    comment: str = ""
    place: str = ""
    held: tuple[str, ...] = ()
    """The keys that hold all that the comment stands for."""
    key: str = ""
    """Which of the keys below the comment names."""
    word: str = ""
    """The value by which it makes groups."""

    def name(self, paths: list[str]) -> str:
        """Name it: by the keys that the comment says, or by those that hold all the numbers."""
        keys = [*self.held, self.key] if self.key and self.key not in self.held else list(self.held)
        if not self.key:
            alike = takewhile(lambda at: len(set(at)) == 1, zip(*(path.split(".") for path in paths), strict=False))
            keys = [at[0] for at in alike]
        return ".".join([*keys, *([self.word] if self.word else [])])


def _said(number: Commented, group: str) -> tuple[Stated | None, Group]:
    """Give what the nearest comment says of a number's range, and with what it is scaled together."""
    keys = number.keys
    for comment in number.comments:
        found = stated(comment.text, keys[max(comment.held - 1, 0) :])
        if found is not None:
            held = (PACKAGE.get(group, group), *keys[: comment.held])
            return found, Group(comment.text, comment.place, held, found.key, number.words.get(found.by, ""))
    return None, Group()


def _ranged(found: list[Default], said: list[tuple[Stated | None, Group]]) -> Iterator[Default]:
    """Give the numbers of a file with what was said of their ranges, and the names under which they are varied."""
    alike: dict[Group, list[str]] = {}
    parts = set()
    for d, (one, group) in zip(found, said, strict=True):
        if one is not None and one.range is not None:
            alike.setdefault(group, []).append(d.config_path)
            parts.add(whole_of(d.config_path))
    for d, (one, group) in zip(found, said, strict=True):
        path, left_out = d.config_path, why_left_out(d.config_path)
        if one is None:
            rest = "the rest of what sums to 1" if whole_of(path) in parts - {""} else ""
            yield replace(d, reason=left_out or rest)
        elif one.range is None or left_out:
            yield replace(d, range=one.range, reason=left_out or one.reason, ranged_by=group.comment)
        else:
            name = together(path) or (group.name(alike[group]) if one.range.scales else path)
            yield replace(d, range=one.range, ranged_by=group.comment, assumption=name)


def _unit(path: str) -> str:
    return next((unit for form, unit in UNITS if re.search(form, path)), "1")
