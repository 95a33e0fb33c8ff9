"""Which engine the replications of a command run on, said once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from experiments.complaint import Complaint
from experiments.running.ahead import give_up, has_begun
from experiments.running.pool import forks
from sim.choice import Choice, Uncovered, cases_of, chosen
from sim.planning import plan_of
from sim.scenario import Scenario

if TYPE_CHECKING:
    from experiments.question import Question


def engine_for(scenario: Scenario, question: Question, replications: int) -> Choice:
    """Choose the engine for many replications that are like one another, and make it ready.

    Parameters
    ----------
    scenario : Scenario
        One of those to be run.
    question : Question
        Which engine is asked for, and how many share the work: each has an engine of its own to load.
    replications : int
        Of all points.

    Raises
    ------
    Complaint
        If the compiled engine is asked for and does not know all that is to be run.
    """
    if question.engine == "simpy":
        return Choice("simpy", "asked for")
    plans = [plan_of(company) for company in scenario.companies]
    cases = sum(cases_of(plan) for plan in plans) * replications / question.workers
    try:
        choice = chosen(question.engine, plans, cases)
    except Uncovered as error:
        raise Complaint.about("engine", error.rule) from None
    if question.engine == "auto" and not question.quiet:
        print(f"engine: {choice.engine} ({choice.because})", file=sys.stderr)
    if choice.engine == "compiled":
        _prepare(question.workers)
    return choice


def _prepare(workers: int) -> None:
    """Load the engine where workers find it loaded; else compile what was never compiled, so that none has to wait."""
    from sim import compiled

    if has_begun():
        if compiled.is_ready():
            return
        give_up()
    if workers == 1 or forks() or (compiled.can_keep() and not compiled.is_ready()):
        compiled.prepare()
