"""The file of a claim, read without composing the company that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments.composing.config_root import config_root

GROUP = "experiment/claims"


def claim_file(name: str, config_dir: str | Path | None = None) -> dict[str, Any]:
    """Give what the file of a claim says, a user's own before a shipped one; nothing if it is no mapping."""
    import yaml

    for root in (*([Path(config_dir)] if config_dir else []), config_root()):
        file = root / GROUP / f"{name}.yaml"
        if file.is_file():
            try:
                found = yaml.safe_load(file.read_text(encoding="utf-8"))
            except (yaml.YAMLError, OSError, UnicodeDecodeError):
                found = None
            return found if isinstance(found, dict) else {}
    return {}


def beside(file: dict[str, Any]) -> list[str]:
    """Give what a claim's file says beside the claim, all its arms have it, as overrides."""
    chosen = [
        f"{group.removeprefix('override').strip().lstrip('/')}={choice}"
        for default in file.get("defaults", [])
        if isinstance(default, dict)
        for group, choice in default.items()
    ]
    return [*chosen, *_leaves("", {key: value for key, value in file.items() if key not in ("claim", "defaults")})]


def _leaves(at: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(f"{at}.{key}" if at else str(key), inner)
    else:
        yield f"{at}={value}"
