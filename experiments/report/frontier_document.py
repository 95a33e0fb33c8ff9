"""The report of a map over two numbers: where two designs break even, and which role limits one of them there."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from experiments.answers.frontier_map import CAVEAT, PROFIT, Frontiers
from experiments.answers.number import interval_text
from experiments.report.constraint_map import ConstraintMap, constraint_map
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.frontier_map import FrontierMap, frontier_map, signs_of
from experiments.report.grid import Axis
from experiments.report.origin import footer

CAUTIONS = (
    CAVEAT,
    "The map holds for the assumptions it was run with, and for the designs as they are in every cell.",
)


def frontier_document(answer: Frontiers, provenance: Mapping[str, Any]) -> Document:
    """Make the report.

    Parameters
    ----------
    answer : Frontiers
        The answer.
    provenance : mapping
        What is needed to repeat it.
    """
    a, origin, found = answer.asked, footer(provenance), pictured(answer)
    drawing = frontier_map(found, origin)
    sections = [
        Section(
            "Break-even", points=[*answer.break_even()], drawings=[drawing] if drawing else [], tables=[_cells(answer)]
        )
    ]
    limits = constrained(answer)
    if limits is not None:
        drawing = constraint_map(limits, origin)
        sections.append(Section("What limits", drawings=[drawing] if drawing else []))
    return Document(
        title=f"Where {a.design} breaks even with {a.against}",
        question=(
            f"{a.kpi} of {a.design} less {a.against} over {answer.x} and {answer.y}: "
            f"{len(answer.xs) * len(answer.ys)} cells, each with {provenance.get('replications')} paired replications "
            "of the same customers with the same luck."
        ),
        summary=[*_said(answer, found), *_limiting(limits)],
        sections=sections,
        provenance=provenance,
        footer=origin,
        cautions=CAUTIONS,
    )


def pictured(answer: Frontiers) -> FrontierMap:
    """Give the map as a picture takes it."""
    mean, low, high = (
        [[getattr(one, name) for one in row] for row in answer.difference] for name in ("mean", "low", "high")
    )
    a, x, y = answer.asked, Axis(answer.x, "", answer.xs), Axis(answer.y, "", answer.ys)
    return FrontierMap(x, y, mean, low, high, a.design, a.against, a.kpi, answer.unit, _base(answer))


def constrained(answer: Frontiers) -> ConstraintMap | None:
    """Give the map of what limits as a picture takes it; None if it was not asked for."""
    if answer.one_more is None:
        return None
    found = [[answer.limiting(i, j) for j in range(len(answer.xs))] for i in range(len(answer.ys))]
    roles = list(dict.fromkeys(one.role for row in answer.one_more for cell in row for one in cell))
    return ConstraintMap(
        Axis(answer.x, "", answer.xs),
        Axis(answer.y, "", answer.ys),
        sorted(roles),
        [["" if one is None else one.role for one in row] for row in found],
        [[float("nan") if one is None else one.after_price.mean for one in row] for row in found],
        answer.asked.design,
        PROFIT,
        base=_base(answer),
    )


def _base(answer: Frontiers) -> tuple[float, float] | None:
    return answer.base if all(map(isfinite, answer.base)) else None


def _said(answer: Frontiers, found: FrontierMap) -> list[Statement]:
    signs = [sign for row in signs_of(found) for sign in row]
    a, n = answer.asked, len(signs)
    rule = "the paired 95 % interval of the cell excludes zero, each for itself"
    said = [
        Statement(f"{a.design} has {word} than {a.against} in {signs.count(sign)} of {n} cells.", rule)
        for sign, word in (("+", "more"), ("-", "less"))
    ]
    if "?" in signs:
        text = (
            f"In {signs.count('?')} cells the difference is not told from zero; break-even lies somewhere among them."
        )
        said.append(Statement(text if len({*signs}) > 1 else f"{text[: text.index(';')]}.", "interval holds zero"))
    return said


def _limiting(found: ConstraintMap | None) -> list[Statement]:
    if found is None:
        return []
    cells = [role for row in found.limiting for role in row]
    named = [f"{role} in {cells.count(role)}" for role in found.roles if role in cells]
    if not named:
        return [Statement("In no cell is any role's one more person told to bring something.", "intervals hold zero")]
    text = f"Of {len(cells)} cells one more person brings most in: {', '.join(named)}; not told in {cells.count('')}."
    rule = (
        "the largest of the gains before the price whose interval lies above zero; the largest looks larger than it is"
    )
    return [Statement(text, rule)]


def _cells(answer: Frontiers) -> Table:
    rows = [
        Row(f"{y:g}", [Cell(interval_text(one, "+")) for one in row])
        for y, row in reversed(list(zip(answer.ys, answer.difference, strict=True)))
    ]
    columns = (f"{answer.y} \\ {answer.x}", *(f"{x:g}" for x in answer.xs))
    return Table(columns, rows, f"The difference, {answer.unit}", notes=("95 % intervals, each for itself.",))
