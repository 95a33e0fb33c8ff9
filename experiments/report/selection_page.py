"""The report of `orgsim select`: which candidate is selected, what may be claimed, and what was spent on each."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, nan
from typing import Any

from experiments.answers.direction import in_words
from experiments.answers.number import interval_text
from experiments.answers.selection import Candidate, Selection, percent
from experiments.report.behind import Rival, behind
from experiments.report.comparison import Estimate
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.origin import footer
from experiments.specs.select import Select

LUCK_ONLY = "Intervals and probabilities are about luck only: the assumptions behind the numbers are not varied."
KIM_NELSON = (
    "All candidates met the same customers with the same luck, replication by replication. The first replications of "
    "all give the variance of every paired difference; then whoever is behind another by more than luck can explain "
    "goes, and the others go on, one replication at a time (Kim and Nelson 2001, doi:10.1145/502109.502111). It rests "
    "on replications that are about normal."
)
ALLOCATION = (
    "All candidates met the same customers with the same luck, replication by replication. After the first "
    "replications of all, more go to those that are close to the leader for their spread, in proportion to (spread / "
    "distance) squared of the paired difference, and as many to the leader as to whoever has most: optimal computing "
    "budget allocation (Chen and others 2000, doi:10.1023/A:1008349927281) for shared luck."
)


def selection_document(
    found: Selection, spec: Select, larger: bool, unit: str, provenance: Mapping[str, Any]
) -> Document:
    """Make the report.

    Parameters
    ----------
    found : Selection
        The answer.
    spec : Select
        What was asked.
    larger : bool
        Whether larger is better.
    unit : str
        Of the measure.
    provenance : mapping
        With seed and replications.

    Returns
    -------
    Document
    """
    origin, n = footer(provenance), len(found.candidates)
    delta = nan if spec.delta is None else spec.delta
    picture = behind([_rival(one) for one in found.candidates], unit, origin, delta)
    table = Table(
        ["candidate", "fate", "replications", "mean (95 % interval)", "behind the selected one"],
        [_row(one) for one in found.candidates],
        f"{spec.kpi}, {unit}",
        notes=[
            "Means are of each candidate's own replications, each interval for itself. What is behind is paired, on "
            f"replications that both have, with bounds that hold for all at once ({percent(1.0 - spec.alpha)})."
        ],
    )
    rule = KIM_NELSON if spec.procedure == "kn" else ALLOCATION
    first, *others = found.claims
    promised = spec.procedure == "kn" and found.decided and found.reliable
    return Document(
        title=f"The best of {n} candidates: {found.selected}{'' if found.decided else ' leads, not decided'}",
        question=f"Which of {n} candidates is the best by {spec.kpi} ({in_words(larger)})?",
        summary=[
            Statement(first, "by the rule below" if promised else "not guaranteed"),
            *(Statement(claim, "by the rule below") for claim in others),
        ],
        sections=[
            Section("Candidates", drawings=[picture] if picture else [], tables=[table]),
            Section("The rule", [rule]),
        ],
        provenance=provenance,
        footer=origin,
        cautions=[LUCK_ONLY],
    )


def _rival(one: Candidate) -> Rival:
    found = one.behind
    return Rival(one.name, Estimate(found.mean, found.low, found.high, found.n), one.replications, one.may_be_best)


def _row(one: Candidate) -> Row:
    back = interval_text(one.behind, "+") if isfinite(one.behind.mean) else ""
    return Row(one.name, [Cell(one.told), Cell(f"{one.replications:,}"), Cell(interval_text(one.mean)), Cell(back)])
