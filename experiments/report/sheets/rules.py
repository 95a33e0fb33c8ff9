"""The rules that a scenario uses, with their formulas, and their numbers in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experiments.composing.schema_path import unset
from experiments.pages.rules import Told
from experiments.pages.rules import rules as told
from experiments.report.document import Table
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject
from sim.rules import BRANCHES, EFFECTS

MOST = 6
"""Numbers of a rule that are told; where there are more, how many."""


def rules(s: Subject) -> tuple[Table, Table]:
    """Give the rules that journeys and activities name, and those that the engine calls on its own."""
    data = s.scenario.model_dump()
    named, called = [], []
    for rule in told():
        if rule.name in {**BRANCHES, **EFFECTS}:
            users = list(_users(s, rule.name))
            named += [[rule.name, ", ".join(users), _formula(rule), _numbers(rule, data)]] if users else []
        else:
            called.append([rule.name, rule.file, _formula(rule), _numbers(rule, data)])
    heads = ["formula", f"numbers under {s.names[0]}"]
    return (
        tabled("Rules that steps and activities name", ["rule", "named by", *heads], named),
        tabled("Rules that the engine calls", ["rule", "file", *heads], called, folded=True),
    )


def numbers_at(path: str, data: Any) -> list[tuple[str, float]]:
    """Give path and value of each number that a scenario has at a path; a key in capitals stands for any name.

    Parameters
    ----------
    path : str
        Such as ``org.roles.ROLE.quality``.
    data : dict
        The scenario, every default in it.
    """
    found = list(_at([], path.split("."), data))
    default = unset(path)
    if not found and isinstance(default, int | float) and not isinstance(default, bool) and "market.rules." in path:
        return [(path, float(default))]
    return found


def _at(before: list[str], keys: list[str], data: Any) -> Iterator[tuple[str, float]]:
    if isinstance(data, dict):
        keys_here = [keys[0]] if keys and not keys[0].isupper() else list(data)
        for key in keys_here:
            if key in data:
                yield from _at([*before, str(key)], keys[1:], data[key])
    elif isinstance(data, int | float) and not keys:
        yield ".".join(before), float(data)


def _users(s: Subject, name: str) -> Iterator[str]:
    yield from (f"activity {key}" for key, a in s.scenario.activity.items() if a.effect == name)
    for journey, one in s.scenario.journey.items():
        yield from (f"step {key} of {journey}" for key, step in one.steps.items() if step.choose == name)


def _formula(rule: Told) -> str:
    return "; ".join(" ".join(line.split()) for line in rule.formula.splitlines() if line.strip())


def _numbers(rule: Told, data: Any) -> str:
    said = []
    for path in dict.fromkeys(path for _, path in rule.config_paths()):
        found = numbers_at(path, data)
        if len(found) > MOST:
            said.append(f"{path}: {len(found)} numbers")
        else:
            said += [f"{at} {value:g}" for at, value in found]
    return "; ".join(said) or "-"
