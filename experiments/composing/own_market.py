"""Designs that are sized for the market of an experiment: told where their budget is too small for another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.composing.choices import choices
from experiments.composing.config_root import config_root
from sim.scenario import Problem


def with_own_market(
    problems: Sequence[Problem], data: dict[str, Any], overrides: Sequence[str], config_dir: str | Path | None
) -> list[Problem]:
    """Add to a budget that is too small the experiments that put the design in question on a market of its own.

    Parameters
    ----------
    problems : sequence of Problem
        As found.
    data : dict
        The resolved config.
    overrides : sequence of str
        As on the command line; nothing is added where they name an experiment already.
    config_dir : path or None
        A user's own configs.
    """
    small = [p for p in problems if p.path == "org.budget_usd_per_year"]
    if not small or any(o.startswith("+experiment=") for o in overrides):
        return list(problems)
    meant = " or ".join(f"+experiment={name}" for name in _experiments_on(data["org"].get("name"), config_dir))
    hint = f" on this market; the design belongs to {meant}"
    return [Problem(p.path, p.rule + hint, p.value) if meant and p in small else p for p in problems]


def _experiments_on(design: str | None, config_dir: str | Path | None) -> list[str]:
    """Give the experiments that list a design among theirs and choose a market."""
    import yaml

    found = []
    roots = [config_root(), *([Path(config_dir)] if config_dir else [])]
    for name in choices("experiment", config_dir):
        for file in (root / "experiment" / f"{name}.yaml" for root in roots):
            asked = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else None
            if not isinstance(asked, dict) or not isinstance(asked.get("designs"), list):
                continue
            market = any(isinstance(d, dict) and "override /market" in d for d in asked.get("defaults", []))
            if market and design in asked["designs"]:
                found.append(name)
    return found
