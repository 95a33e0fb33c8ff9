"""What can be chosen in the groups of a config, and whether a choice is among it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.complaint import Complaint
from experiments.composing.config_root import config_root
from sim.scenario import Problem
from sim.scenario.problems import nearest

GROUPS = ("market", "journey", "activity", "org", "people", "run")
OF_QUESTIONS = ("cluster",)
"""Groups that are about how a question is answered, not about a company: the same at all points."""
LISTED = ("lever", "role")
"""Groups of which several may be chosen, in turn: parts of an org design, each packaged into `org`."""

MOST_LISTED = 40
"""Choices told where a name is near none of them."""


def choices(group: str, config_dir: str | Path | None = None) -> list[str]:
    """Give the names that can be chosen in a group, own ones included."""
    roots = [config_root(), *([Path(config_dir)] if config_dir else [])]
    return sorted(
        {str(f.relative_to(r / group).with_suffix("")) for r in roots for f in (Path(r) / group).rglob("*.yaml")}
    )


def choice_exists(group: str, name: str, config_dir: str | Path | None) -> None:
    """Complain unless a name can be chosen in a group."""
    known = choices(group, config_dir)
    if name.removesuffix(".yaml") not in known:
        raise Complaint.about(group, f"no such choice{nearest(name, known, MOST_LISTED)}", repr(name))


def choices_exist(group: str, names: Any, config_dir: str | Path | None, at: str | None = None) -> None:
    """Complain unless all of several names can be chosen in a group, and each is chosen once.

    Parameters
    ----------
    group : str
        Of the choices.
    names : str or list of str
        What is chosen.
    config_dir : path, optional
        A user's own configs.
    at : str, optional
        Where a config has the names; by default the group.

    Raises
    ------
    Complaint
        With every name that is not there.
    """
    known, listed = choices(group, config_dir), names if isinstance(names, list) else [names]
    problems = [
        Problem(at or group, f"no such choice{nearest(str(n), known, MOST_LISTED)}", repr(n))
        for n in listed
        if n not in known
    ]
    if problems:
        raise Complaint(problems)
    if len(set(listed)) != len(listed):
        raise Complaint.about(at or group, "each once", ", ".join(listed))
