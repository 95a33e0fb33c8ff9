"""A user's own YAML files: whether they can be read, and, before anything expands them, whether that ever ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.complaint import Complaint

LARGEST = 200_000
"""Values a file may come to once its aliases are written out; the shipped files have a few hundred."""


def refuse_endless(config_dir: str | Path) -> None:
    """Refuse files whose aliases, written out, never end or become very large.

    Parameters
    ----------
    config_dir : path
        A directory of configs. What is no YAML at all is left for whoever reads it to tell.

    Raises
    ------
    Complaint
        With the first such file.
    """
    import yaml

    for file in sorted(Path(config_dir).rglob("*.yaml")):
        try:
            size = _written_out(yaml.compose(file.read_text(encoding="utf-8")), {}, set())
        except (yaml.YAMLError, OSError, UnicodeDecodeError):
            continue
        except RecursionError:
            raise Complaint.about(str(file), "is nested too deeply") from None
        if size is None:
            raise Complaint.about(str(file), "an alias refers to what it stands in")
        if size > LARGEST:
            rule = f"its aliases make it larger than {LARGEST:,} values"
            raise Complaint.about(str(file), rule, f"{size:,}" if size < 10**12 else "more than a million million")


def unreadable(config_dir: str | Path | None) -> str:
    """Give the first of a user's own files that is no text."""
    for file in sorted(Path(config_dir).rglob("*.yaml")) if config_dir else []:
        try:
            file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return str(file)
    return "config"


def _written_out(node: Any, sizes: dict[int, int], above: set[int]) -> int | None:
    """Give the number of values under a node, each alias counted where it stands; None if one stands in itself."""
    if node is None or isinstance(node.value, str):
        return 1
    if id(node) in above:
        return None
    if id(node) not in sizes:
        above.add(id(node))
        parts = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
        size = 1
        for part in parts:
            inner = _written_out(part, sizes, above)
            if inner is None:
                return None
            size += inner
        above.discard(id(node))
        sizes[id(node)] = size
    return sizes[id(node)]
