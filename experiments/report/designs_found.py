"""The report of a search: what was found, estimated again on fresh seeds, and what of it may be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from experiments.answers.optimum import BASE, Finalist
from experiments.answers.trial import Trial
from experiments.report.amount import Amount, amount_of
from experiments.report.comparison import Estimate
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.drawing import Drawing
from experiments.report.origin import footer
from experiments.report.pareto import Candidate, Objective, Pareto, pareto
from experiments.sampling.settings import spelled
from experiments.specs.optimize import Optimize
from sim.analysis.intervals import Interval

PAIRED = "paired 95 % interval on fresh seeds, for itself"
CAUTIONS = (
    "What a search finds looks better in the search than it is: only what is said of fresh seeds counts.",
    "Something better may not have been tried; a search that ends proves nothing about the rest.",
    "The intervals are luck only: they say nothing about the assumptions behind the numbers, to which a search adapts.",
)


def found_document(
    found: Sequence[Finalist],
    best: Finalist | None,
    base: str,
    trials: Sequence[Trial],
    asked: Optimize,
    units: Mapping[str, str],
    provenance: Mapping[str, Any],
) -> Document:
    """Make the report of a search.

    Parameters
    ----------
    found : sequence of Finalist
        The base, then what was estimated again.
    best : Finalist or None
        What is recommended.
    base : str
        Name of the design from which the search began.
    trials : sequence of Trial
        All that was tried.
    asked : Optimize
        What was wanted.
    units : mapping of str to str
        By measure.
    provenance : mapping
        What is needed to repeat it, with ``fresh_seed``.
    """
    amounts = amounts_of(found, asked, units)
    origin = f"{footer(provenance)}  ·  again: seed {provenance['fresh_seed']}, {asked.final} replications"
    drawing = _picture(found, base, trials, asked, units, origin)
    wanted = ", ".join(f"{kpi} ({way}imized)" for kpi, way in asked.objectives.items())
    sections = [Section(drawing.title, drawings=[drawing])] if drawing else []
    sections.append(Section("On fresh seeds", tables=[_results(found, asked, amounts)]))
    sections.append(Section("The designs", tables=[_settings(found)]))
    return Document(
        title="Designs found by search",
        question=(
            f"Which staffing and levers serve {wanted} best? {len(trials):,} designs were tried on the same customers "
            f"with the same luck; {len(found) - 1} of them and the base were run again, {asked.final} times each, on "
            "customers that the search has not seen."
        ),
        summary=_summary(found, best, asked, amounts),
        sections=sections,
        provenance=provenance,
        footer=origin,
        cautions=CAUTIONS,
    )


def amounts_of(found: Sequence[Finalist], asked: Optimize, units: Mapping[str, str]) -> dict[str, Amount]:
    """Choose how differences to the base are written, by measure."""
    less = {kpi: [one.less_base[kpi] for one in found[1:]] for kpi in asked.kpis}
    numbers = {kpi: [x for one in ones for x in (one.mean, one.low, one.high)] for kpi, ones in less.items()}
    return {kpi: amount_of(units[kpi], numbers[kpi], difference=True) for kpi in asked.kpis}


def _summary(
    found: Sequence[Finalist], best: Finalist | None, asked: Optimize, amounts: Mapping[str, Amount]
) -> list[Statement]:
    others, first = found[1:], next(iter(asked.objectives))
    if best is None:
        kept = any(one.keeps for one in found)
        text = f"No design found is better than the base in {first}." if kept else "No design keeps the limits."
        said = [Statement(text, "by means on fresh seeds")]
    else:
        said = [_of_best(best, kpi, asked, amounts[kpi]) for kpi in asked.objectives]
        tied = [one.name for one in found if one.may_be_best and one is not best]
        if tied:
            text = f"Which is the best in {first} is not told: it may as well be {', '.join(tied)}."
            said.append(Statement(text, "selection of the best at 95 %, paired"))
    lost = [one.name for one in others if one.keeps and not one.leads]
    beyond = [one.name for one in others if not one.keeps]
    if lost:
        said.append(Statement(f"Dominated after all: {', '.join(lost)}.", "by means on fresh seeds"))
    if beyond:
        said.append(Statement(f"Beyond a limit after all: {', '.join(beyond)}.", "by means on fresh seeds"))
    gone = sum(_less_than_seen(one, first, asked) for one in others)
    if others:
        text = f"{gone} of {len(others)} designs are worse in {first} on fresh seeds than the search saw them."
        said.append(Statement(text, "other customers as well; counted, not tested"))
    return said


def _of_best(best: Finalist, kpi: str, asked: Optimize, amount: Amount) -> Statement:
    less = best.less_base[kpi]
    text = f"{best.name} differs from the base in {kpi} by {amount.told(less)} {amount.unit}."
    if not isfinite(less.low):
        return Statement(text, "no interval")
    if not less.excludes_zero:
        return Statement(text, f"not told from the base: {PAIRED}")
    better = (less.mean > 0.0) == (asked.objectives[kpi] == "max")
    return Statement(text, f"{'better' if better else 'worse'} than the base: {PAIRED}")


def _less_than_seen(one: Finalist, kpi: str, asked: Optimize) -> bool:
    assert one.trial is not None
    seen, fresh = one.trial.values[kpi], one.found[kpi].mean
    return fresh < seen if asked.objectives[kpi] == "max" else fresh > seen


def _results(found: Sequence[Finalist], asked: Optimize, amounts: Mapping[str, Amount]) -> Table:
    rows = []
    for one in found:
        cells = []
        for kpi in asked.kpis:
            level = amount_of("", [one.found[kpi].mean])
            text = f"{level.plain(one.found[kpi].mean)} {level.unit}".strip()
            cells.append(
                Cell(text if one.name == BASE else amounts[kpi].told(one.less_base[kpi]), _verdict(one, kpi, asked))
            )
        rows.append(Row(one.name, cells, ", ".join(one.notes)))
    columns = ("design", *(f"{kpi}, {amounts[kpi].unit}" for kpi in asked.kpis))
    note = "The base: its level. The others: less the base, paired, with 95 % intervals, each for itself."
    return Table(columns, rows, "Objectives and limits on fresh seeds", notes=(note,))


def _verdict(one: Finalist, kpi: str, asked: Optimize) -> str:
    less = one.less_base[kpi]
    if one.name == BASE or kpi not in asked.objectives or not less.excludes_zero:
        return ""
    return "better than the base" if (less.mean > 0.0) == (asked.objectives[kpi] == "max") else "worse than the base"


def _settings(found: Sequence[Finalist]) -> Table:
    settings = {one.name: one.trial.setting for one in found if one.trial is not None}
    paths = list(dict.fromkeys(path for setting in settings.values() for path in setting))
    rows = [
        Row(name, [Cell(spelled(setting[path]) if path in setting else "-") for path in paths])
        for name, setting in settings.items()
    ]
    return Table(("design", *paths), rows, "What was chosen", notes=("A dash: as the base has it, or not there.",))


def _picture(
    found: Sequence[Finalist],
    base: str,
    trials: Sequence[Trial],
    asked: Optimize,
    units: Mapping[str, str],
    origin: str,
) -> Drawing | None:
    if len(asked.objectives) < 2 or len(found) < 2:
        return None
    objectives = [
        Objective(kpi, units[kpi], "higher" if way == "max" else "lower") for kpi, way in asked.objectives.items()
    ]
    tried = [trial.objectives(asked) for trial in trials if not trial.obstacle]
    values = [[_estimate(one.found[kpi]) for kpi in asked.objectives] for one in found]
    kept = [Candidate(one.name, its) for one, its in zip(found[1:], values[1:], strict=True)]
    return pareto(Pareto(objectives, tried, kept, Candidate(base, values[0])), origin)


def _estimate(of: Interval) -> Estimate:
    return Estimate(of.mean, of.low, of.high, of.n)
