"""The table of defaults: every number in the shipped configs with its unit and where it comes from.

`python -m experiments.pages.defaults` writes it to `docs/defaults.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    (r"(^|\.)market\.laws\.", "h"),
    (r"\.cv$|\.weight$", "1"),
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

PAGE = """# Defaults

Every number in `configs/`, with its unit and where it comes from. Written by `make docs`; a test fails if it is out of
date or if a number has no origin.

A number's origin is what the comment says that stands, first of these, on its own line; on the lines right above; on
the line of, or right above, the nearest key that holds it; at the head of its file. *assumption*: no published source;
the range to try is in the text. *published*, *measured*: with the source. *calibrated*: set so that something published
comes out. *by definition*: what the name says.
"""


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
        The comment on its own line, which may be another and hold the range.
    """

    file: str
    path: str
    value: str
    unit: str
    origin: str | None
    comment: str
    beside: str


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
    return [default for file in files for default in _of_file(file, root)]


def _of_file(file: Path, root: Path) -> Iterator[Default]:
    import yaml

    text = file.read_text(encoding="utf-8")
    lines, name = text.splitlines(), str(file.relative_to(root).with_suffix(""))
    group = name.partition("/")[0]
    for path, node, above in _numbers(yaml.compose(text), "", ()):
        origin, comment = _origin(lines, [node.start_mark.line, *above[::-1]])
        beside = _beside(lines[node.start_mark.line])
        yield Default(name, path, node.value, _unit(f"{group}.{path}"), origin, comment, beside)


def _numbers(node: Any, path: str, above: tuple[int, ...]) -> Iterator[tuple[str, Any, tuple[int, ...]]]:
    """Give the numbers under a node with their paths and the lines of the keys that hold them."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value != "defaults":
                at = f"{path}.{key.value}" if path else key.value
                yield from _numbers(value, at, (*above, key.start_mark.line))
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield from _numbers(value, f"{path}[{i}]", above)
    elif node is not None and node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
        yield path, node, above


def _origin(lines: list[str], at: list[int]) -> tuple[str | None, str]:
    """Give origin and comment for a number, by its line and those of the keys that hold it, nearest first."""
    told = [comment for line in at for comment in (_beside(lines[line]), _right_above(lines, line))]
    for comment in [*told, _head(lines)]:
        for origin, form in ORIGINS.items():
            if comment and re.search(form, comment):
                return origin, comment
    return None, ""


def _beside(line: str) -> str:
    _, _, comment = line.partition(" #")
    return comment.strip()


def _right_above(lines: list[str], at: int) -> str:
    first = at
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return _joined(lines[first:at]) if first > 0 else ""


def _head(lines: list[str]) -> str:
    last = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return _joined(lines[:last])


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip().lstrip("# ") for line in lines if "@package" not in line)


def _unit(path: str) -> str:
    return next((unit for form, unit in UNITS if re.search(form, path)), "1")


def page(found: list[Default]) -> str:
    """Give the page that lists them."""
    told, file = [PAGE], ""
    for d in found:
        if d.file != file:
            file = d.file
            told.append(f"\n## {file}\n\n| path | value | unit | origin | comment |\n|---|---|---|---|---|\n")
        comment = d.comment.replace("|", "\\|")
        told.append(f"| `{d.path}` | {d.value} | {d.unit} | {d.origin or '?'} | {comment} |\n")
    return "".join(told)


def main() -> None:
    """Write the page."""
    (config_root().parent / "docs" / "defaults.md").write_text(page(defaults()), encoding="utf-8")


if __name__ == "__main__":
    main()
