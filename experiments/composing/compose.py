"""From a resolved config to a Scenario and the question asked of it, with all problems told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.complaint import Complaint
from experiments.composing.choices import choices
from experiments.composing.own_market import with_own_market
from experiments.composing.phases import run_in_told_once, with_designs
from experiments.composing.recorded import read_recorded
from experiments.composing.resolved import resolved
from experiments.question import Question
from sim.run_error import RunError
from sim.scenario import Problem, Scenario, ScenarioError
from sim.scenario.problems import nearest, problems_of, shown
from sim.staffing import Staffing, staffed, with_staffed_designs

SCENARIO_KEYS = ("market", "journey", "activity", "org", "run_in", "changes", "rivals", "people", "source", "run")


@dataclass(frozen=True)
class Composed:
    """A config with everything resolved.

    Attributes
    ----------
    data : dict
        Plain nested data; the resolved config.
    scenario : Scenario
        What is to be run, staffed.
    question : Question
        What is asked of it.
    staffing : Staffing or None
        How the headcounts came about, if the design leaves them to its budget.
    """

    data: dict[str, Any]
    scenario: Scenario
    question: Question
    staffing: Staffing | None = None


def compose(overrides: Sequence[str] = (), *, config_dir: str | Path | None = None) -> Scenario:
    """Give the scenario of a config.

    Parameters
    ----------
    overrides : sequence of str
        As on the command line: ``org=traditional``, ``run.weeks=26``, ``+experiment=textbook/mm1``.
    config_dir : path, optional
        A directory of the same shape as `configs/`, whose choices are added.

    Raises
    ------
    Complaint
        With every problem found.
    """
    return composed(overrides, config_dir=config_dir).scenario


def composed(overrides: Sequence[str] = (), *, config_dir: str | Path | None = None) -> Composed:
    """Give the resolved config with its scenario and its question; parameters and errors as `compose`."""
    return composed_of(resolved(overrides, config_dir=config_dir), overrides, config_dir=config_dir)


def composed_of(
    data: dict[str, Any],
    overrides: Sequence[str] = (),
    *,
    config_dir: str | Path | None = None,
    org_of: Callable[[str], dict[str, Any]] | None = None,
    designs: list[str] | None = None,
) -> Composed:
    """Give scenario and question of a config that is resolved.

    Parameters
    ----------
    data : dict
        Plain nested data; not changed.
    overrides : sequence of str
        From which it came, for what is said of mistakes.
    config_dir : path, optional
        A user's own configs.
    org_of : callable, optional
        Gives the data of a design by its name, for designs before, after and beside the one in question; by default
        as the files have it.
    designs : list of str, optional
        Names of all designs; by default looked for among the files.

    Raises
    ------
    Complaint
        With every problem found.
    """
    org = org_of or (lambda name: _org(name, config_dir))
    problems: list[Problem] = []
    known = (*SCENARIO_KEYS, *Question.model_fields)
    for key in data:
        if key == "experiment":
            problems.append(Problem(key, "its file must begin with the line '# @package _global_'", shown(data[key])))
        elif key not in known:
            problems.append(Problem(key, f"unknown name{nearest(key, known)}", shown(data[key])))
    asked = {k: v for k, v in data.items() if k in Question.model_fields}
    described = {k: v for k, v in data.items() if k in SCENARIO_KEYS}
    if isinstance(described.get("run"), dict):
        described["run"] = {k: v for k, v in described["run"].items() if k != "replications"}
    question, scenario, staffing = None, None, None
    try:
        question = Question.model_validate(asked)
    except ValueError as error:
        problems += problems_of(error, Question)  # type: ignore[arg-type]
    try:
        described = read_recorded(described)
    except Complaint as complaint:
        problems += complaint.problems
        needs = {k: v for k, v in described["market"]["needs"].items() if k != "recorded"}
        described["market"] = {**described["market"], "needs": needs}
    try:
        described, unnamed = with_designs(described, choices("org", config_dir) if designs is None else designs, org)
        problems += unnamed
        scenario = Scenario.read(described)
        staffing = staffed(scenario)
        if staffing is not None:
            scenario = staffing.scenario
        scenario = with_staffed_designs(scenario)
    except ScenarioError as error:
        problems += with_own_market(run_in_told_once(error.problems), data, overrides, config_dir)
    except RunError as error:
        problems.append(Problem(error.path, error.rule))
    if problems or question is None or scenario is None:
        raise Complaint(problems)
    return Composed(data, scenario, question, staffing)


def _org(name: str, config_dir: str | Path | None) -> dict[str, Any]:
    """Give the data of a design as its file has it, without what a command changes in the one in question."""
    return deepcopy(_shipped(name)) if config_dir is None else _in_file(name, config_dir)


@lru_cache(maxsize=8)
def _shipped(name: str) -> dict[str, Any]:
    """Give the data of a design from a file that does not change: nearly every config names the same run-in."""
    return _in_file(name, None)


def _in_file(name: str, config_dir: str | Path | None) -> dict[str, Any]:
    org = resolved([f"org={name}"], config_dir=config_dir)["org"]
    assert isinstance(org, dict)
    return org
