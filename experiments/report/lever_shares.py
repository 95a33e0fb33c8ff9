"""The report of a decomposition: what each lever brings, one after the other and over all orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from experiments.answers.decomposition import Decomposition
from experiments.report.amount import Amount, amount_of
from experiments.report.comparison import Estimate
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.lever_steps import Lever, Waterfall
from experiments.report.origin import footer
from experiments.report.waterfall import waterfall
from sim.analysis.intervals import Interval

STRONGEST = 10
"""Interactions shown at once; all of them are behind."""
AT_SAME_COST = ", each design at the same yearly cost"
"""What the picture says of designs with balanced staffing only."""
EACH_FOR_ITSELF = "95 % interval over paired replications, for itself"
CAUTIONS = (
    "Shares are of this whole: of these levers, on this design, on these customers. Another lever beside them, or one "
    "less, changes all of them.",
    "Least and most are the ends of many estimates: luck widens them, and they have no confidence of their own.",
    "The intervals are luck only: they say nothing about the assumptions behind the numbers.",
)


def shares_document(
    found: Decomposition, base: str, balanced: bool, subsets: int, provenance: Mapping[str, Any]
) -> Document:
    """Make the report of a decomposition.

    Parameters
    ----------
    found : Decomposition
        The answer.
    base : str
        Name of the design on which levers are pulled.
    balanced : bool
        Whether every set of levers has the heads that the budget pays for.
    subsets : int
        How many were run.
    provenance : mapping
        What is needed to repeat it.
    """
    amount = amount_of(
        found.unit,
        [x for one in found.levers for of in (one.step, one.share) for x in (of.mean, of.low, of.high)],
        difference=True,
    )
    drawing = waterfall(_waterfall(found, base), footer(provenance))
    if drawing is not None and not balanced:
        drawing = replace(drawing, caption=drawing.caption.replace(AT_SAME_COST, ""))
    over = "all orders" if found.orders is None else f"{found.orders} orders drawn at random, each with its reverse"
    cost = "the same budget pays for the heads of every set" if balanced else "heads are as given, and costs differ"
    sections = [Section("One after the other, and over all orders", drawings=[drawing] if drawing else [])]
    sections.append(Section("Steps and shares", tables=[_levers(found, amount)]))
    if found.interactions:
        sections.append(Section("Levers that need one another", [_synergy(found, amount)], tables=_together(found)))
    return Document(
        title=f"What each lever brings on {base}",
        question=(
            f"Of {len(found.levers)} levers that are pulled on {base}, how much of the change in {found.kpi} is due to "
            f"each? {subsets:,} sets of levers were run on the same customers; {cost}. Shares are means over {over}."
        ),
        summary=_summary(found, amount),
        sections=sections,
        provenance=provenance,
        footer=footer(provenance),
        cautions=[*CAUTIONS, *_left_out(found)],
    )


def _summary(found: Decomposition, amount: Amount) -> list[Statement]:
    said = [_one("All levers together change", found.whole, found, amount)]
    ranked = sorted(found.levers, key=lambda one: -abs(one.share.mean))
    told = [one for one in ranked if one.share.excludes_zero]
    for one in told:
        turns = one.least < 0.0 < one.most
        also = f" It ranges from {amount.signed(one.least)} to {amount.signed(one.most)} with what is pulled before"
        also += ", and so changes its sign." if turns else "."
        said.append(Statement(f"{one.lever}: {amount.told(one.share)} {amount.unit}.{also}", EACH_FOR_ITSELF))
    rest = [one.lever for one in ranked if one not in told]
    if rest:
        said.append(Statement(f"Not told from nothing: {', '.join(rest)}.", "their intervals include zero"))
    if found.synergy.excludes_zero:
        word = "more" if found.synergy.mean > 0.0 else "less"
        text = f"Together the levers bring {word} than the sum of what each brings alone: {amount.told(found.synergy)}."
        said.append(Statement(text, EACH_FOR_ITSELF))
    else:
        said.append(Statement(_synergy(found, amount), "the interval includes zero, or there is none"))
    return said


def _one(words: str, of: Interval, found: Decomposition, amount: Amount) -> Statement:
    if not isfinite(of.low):
        sure = "too few replications for an interval: nothing here can be told from chance"
    else:
        sure = EACH_FOR_ITSELF if of.excludes_zero else "not told from nothing: the interval includes zero"
    return Statement(f"{words} {found.kpi} by {amount.told(of)} {amount.unit}.", sure)


def _synergy(found: Decomposition, amount: Amount) -> str:
    return f"The whole less the sum of what each lever brings alone: {amount.told(found.synergy)} {amount.unit}."


def _levers(found: Decomposition, amount: Amount) -> Table:
    rows = [
        Row(
            one.lever,
            [
                Cell(amount.told(one.step)),
                Cell(amount.told(one.share)),
                Cell(amount.signed(one.alone)),
                Cell(amount.signed(one.least), _after(one.least_after)),
                Cell(amount.signed(one.most), _after(one.most_after)),
            ],
        )
        for one in found.levers
    ]
    whole = amount.told(found.whole)
    rows.append(Row("all", [Cell(whole), Cell(whole), Cell(""), Cell(""), Cell("")]))
    return Table(
        ("lever", "one after the other", "share", "alone", "least", "most"),
        rows,
        f"Change of {found.kpi}, {amount.unit}, with 95 % intervals",
        notes=(
            f"Without any lever: {amount.plain(found.level.mean)}. Steps and shares both add up to the whole; what "
            f"rounding leaves is {found.remainder:.1e} {found.unit}.",
        ),
    )


def _after(levers: tuple[str, ...] | None) -> str:
    if levers is None:
        return ""
    return f"after {', '.join(levers)}" if levers else "first of all"


def _together(found: Decomposition) -> list[Table]:
    amount = amount_of(
        found.unit, [x for _, _, one in found.interactions for x in (one.mean, one.low, one.high)], difference=True
    )
    rows = [Row(f"{a} with {b}", [Cell(amount.told(one))]) for a, b, one in found.interactions]
    columns, n = ("levers", "more together"), len(rows)
    note = (
        f"How much more one brings with the other than without, weighed over what else is pulled. Each interval stands "
        f"for itself: of {n} about {0.05 * n:.2g} would exclude zero by luck alone."
    )
    tables = [Table(columns, rows[:STRONGEST], f"Strongest interactions, {amount.unit}", notes=(note,))]
    if n > STRONGEST:
        tables.append(Table(columns, rows[STRONGEST:], "The other pairs", folded=True))
    return tables


def _left_out(found: Decomposition) -> list[str]:
    if not found.left_out:
        return []
    return [f"{found.left_out} replications are left out, in which the measure is not defined for every set of levers."]


def _waterfall(found: Decomposition, base: str) -> Waterfall:
    levers = [Lever(one.lever, _estimate(one.step), _estimate(one.share), one.least, one.most) for one in found.levers]
    return Waterfall(base, "all levers", found.level.mean, levers, _estimate(found.whole), found.kpi, found.unit)


def _estimate(of: Interval) -> Estimate:
    return Estimate(of.mean, of.low, of.high, of.n)
