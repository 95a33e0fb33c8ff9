"""`orgsim select`: the best of many designs or points of a sweep, on the same customers with the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from textwrap import fill
from typing import Any

from experiments.answers.direction import in_words, larger_is_better
from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.number import interval_text
from experiments.answers.provenance import provenance
from experiments.answers.selection import Candidate, Selection, percent
from experiments.complaint import Complaint
from experiments.composing.asked import asked_of
from experiments.composing.designs import composed_designs
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.question import Question
from experiments.report.document import write_document
from experiments.report.selection_page import selection_document
from experiments.running.candidates import Candidates
from experiments.running.lasting import lasting
from experiments.running.procedures import by_allocation, by_kim_nelson
from experiments.sampling.points import SpacePoints
from experiments.sampling.settings import named, settings
from experiments.specs.select import Select
from sim.scenario import Scenario

EXAMPLE = "select.delta=50000, with designs=[A,B,C] or with a sweep of candidates"
MOST_TOLD = 40
"""Candidates that are printed; all are in the folder."""
OF_TOTALS = "A ratio of totals elsewhere; candidates are judged by the mean of the ratios of replications."


@dataclass(frozen=True)
class _Asked:
    """Who the candidates are, and what is asked of them."""

    scenarios: Mapping[str, Scenario]
    question: Question
    spec: Select
    data: dict[str, Any]


def main(overrides: list[str], config_dir: str | None) -> None:
    """Select among candidates, print what may be said, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every candidate.
    config_dir : str or None
        A user's own configs.
    """
    asked = _asked(overrides, config_dir)
    q, spec = asked.question, asked.spec
    larger = larger_is_better(spec.kpi) if spec.larger is None else spec.larger
    origin = provenance("select", overrides, config_dir, asked.data, seed=q.seed)
    path = target(q.out, "select", str(origin["config"]))
    with folder(path) as part, lasting(q) as q:
        candidates = Candidates(asked.scenarios, q, spec.kpi, "select")
        if q.dry:
            candidates.run([spec.budget // len(candidates.names)] * len(candidates.names))
        procedure = by_kim_nelson if spec.procedure == "kn" else by_allocation
        found = procedure(candidates, spec, larger, q.workers)
        origin["replications"] = found.spent
        write_config(asked.data, part, config_dir)
        answer = {"kpi": spec.kpi, "unit": candidates.unit, "larger": larger, "procedure": spec.procedure}
        write_json({**answer, **found.plain(), "provenance": origin}, part / "summary.json")
        write_document(selection_document(found, spec, larger, candidates.unit, origin), part)
    _tell(found, spec, larger, candidates.unit)
    say(f"\nreport: {path / 'report.html'}")


def _asked(overrides: list[str], config_dir: str | None) -> _Asked:
    """Compose all candidates before any is run.

    Raises
    ------
    Complaint
        If there are fewer than two, the budget is not enough for their first replications, or the measure is none.
    """
    space = Space(overrides, config_dir)
    c = space.at({})
    spec, data = asked_of(c, "select", Select, EXAMPLE), c.data
    if c.question.sweep is not None:
        if any(o.lstrip("+").startswith("designs=") for o in overrides):
            rule = "candidates are either designs or points of a sweep; sweep.grid={org: [A, B]} has both"
            raise Complaint.about("designs", rule)
        points = {named(setting): setting for setting in settings(c.question.sweep)}
        made = SpacePoints(space, points)
        found = {name: made.scenario(name) for name in points}
    else:
        designs = composed_designs(overrides, config_dir)
        found = {name: one.scenario for name, one in designs.items()}
        orgs = {name: one.data["org"] for name, one in designs.items()}
        data = {**data, "designs": list(designs), "org": orgs}
    if len(found) < 2:
        raise Complaint.about("select", "there is one candidate, and nothing to select", next(iter(found)))
    if spec.budget < spec.first * len(found):
        rule = (
            f"not enough for the first {spec.first} replications of {len(found)} candidates, {spec.first * len(found)}"
        )
        raise Complaint.about("select.budget", rule, str(spec.budget))
    measured_at("select.kpi", [spec.kpi], found)
    return _Asked(found, c.question, spec, data)


def _tell(found: Selection, spec: Select, larger: bool, unit: str) -> None:
    from experiments.report.table import WIDTH
    from sim.kpis.totals import RATIOS

    say(f"{spec.kpi}, {unit}; {in_words(larger)}")
    shown = found.candidates[:MOST_TOLD]
    head = ("candidate", "", "runs", "mean", "behind the selected one")
    rows = [head, *((one.name, one.told, f"{one.replications:,}", *_numbers(one)) for one in shown)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    say()
    for row in rows:
        cells = [cell.ljust(w) if i < 2 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))]
        say("  ".join(cells).rstrip())
    if len(found.candidates) > len(shown):
        say(f"... and {len(found.candidates) - len(shown):,} more, in summary.json")
    say(f"\nselected: {found.selected}{'' if found.decided else ' (not decided)'}; {found.spent} replications in all")
    for claim in found.claims:
        say(fill(claim, WIDTH, initial_indent="  ", subsequent_indent="  "))
    if spec.kpi in RATIOS:
        say(f"  {OF_TOTALS}")
    say(
        f"\nMeans with 95 % intervals, each for itself; what is behind paired, with bounds that hold for all at once "
        f"({percent(1.0 - spec.alpha)}).\nLuck only: the assumptions behind the numbers are not varied."
    )


def _numbers(one: Candidate) -> tuple[str, str]:
    return interval_text(one.mean), interval_text(one.behind, "+") if isfinite(one.behind.mean) else ""
