"""The report of `orgsim precise`: which intervals are narrow enough, and what the others would take."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from experiments.answers.narrow import Narrow
from experiments.answers.narrowed import LUCK_ONLY, Narrowed
from experiments.answers.number import interval_text, number_text
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.narrowing import Course, narrowing
from experiments.report.origin import footer
from experiments.report.quantity import ABSENT
from sim.analysis.replications import LOOK_AHEAD, half_widths

RULE = (
    "Replications are added until the half-width of every 95 % interval (Student t) is at most what was asked for, "
    f"and stays so for {LOOK_AHEAD} replications more, in proportion more beyond 100 (Hoad, Robinson and Davies 2010, "
    "doi:10.1057/jors.2009.121). Means of ratios are of totals; quantiles are means of the quantiles of replications."
)
STOPPED = (
    "Stopping when an interval happens to be narrow makes it hold the true mean somewhat less often than 95 % of the "
    "time; the replications it must stay narrow for make that small, not nothing."
)


def precision_document(found: Narrowed, provenance: Mapping[str, Any]) -> Document:
    """Make the report.

    Parameters
    ----------
    found : Narrowed
        The answer.
    provenance : mapping
        With seed and replications.

    Returns
    -------
    Document
    """
    origin = footer(provenance)
    several = len({one.of for one in found.intervals}) > 1
    picture = narrowing([_course(one, several) for one in found.intervals], origin)
    rows = [Row(f"{one.kpi}, {one.unit}", _cells(one), one.of) for one in found.intervals]
    table = Table(
        ["measure", "mean (95 % interval)", "half-width", "target", "replications"], rows, "Intervals and their targets"
    )
    return Document(
        title="Are the intervals narrow enough?",
        question=f"How many replications do {_measures(found)} need?",
        summary=[Statement(claim, "estimated from the spread so far") for claim in found.claims()],
        sections=[
            Section("Intervals", tables=[table]),
            *([Section(picture.title, drawings=[picture])] if picture else []),
            Section("The rule", [RULE]),
        ],
        provenance=provenance,
        footer=origin,
        cautions=[LUCK_ONLY, STOPPED],
    )


def _measures(found: Narrowed) -> str:
    names = list(dict.fromkeys(one.kpi for one in found.intervals))
    return ", ".join(names)


def _cells(one: Narrow) -> list[Cell]:
    p = one.found
    fate = "" if p.enough else "not yet"
    return [
        Cell(interval_text(p.interval)),
        Cell(_number(p.half_width)),
        Cell(_number(p.allowed)),
        Cell(one.verdict(), verdict=fate),
    ]


def _course(one: Narrow, several: bool) -> Course:
    means, widths = half_widths(one.values)
    name = f"{one.of}\n{one.kpi}" if several else one.kpi
    return Course(name, one.unit, means, widths, one.found.allowed, one.found.reached_at)


def _number(value: float) -> str:
    return number_text(value) if isfinite(value) else ABSENT
