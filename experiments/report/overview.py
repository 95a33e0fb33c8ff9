"""Tables of the headline results: their numbers, what pairing gained, and where the needs went."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from experiments.report.comparison import Comparison
from experiments.report.document import Cell, Row, Table
from experiments.report.line import UNSTEADY, Line
from experiments.report.quantity import ABSENT
from experiments.report.table import drifting, partly_defined

LONE = "no interval"
OPEN = "not decided"
DRIFTS = "drifts"
BY_TERMS = "set by terms"
POOLED = "Medians, other quantiles and ratios of totals are of all replications together."
EACH = (
    "Better, worse, differs: the interval of the paired difference excludes zero; not decided: it does not, which "
    "does not make the designs equal. Each interval stands for itself; with many KPIs some exclude zero by chance. "
    "Drifts: it depends on when one looks. Set by terms: an input."
)
ALONE = "One replication: there are no intervals, so no number here can be told from chance."


def headline_results(comparison: Comparison, found: Sequence[Line]) -> Table:
    """Give means with intervals, and below them the paired differences to the reference.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    found : sequence of Line
        Its headlines.

    Returns
    -------
    Table
        A row per headline, a column per design.
    """
    bounded = any(isfinite(estimate.low) for line in found for estimate in line.estimates.values())
    interval = f" ({100 * comparison.confidence:g} % interval)" if bounded else ""
    others = len(comparison.designs) > 1
    notes = [POOLED] if bounded else [ALONE]
    if others and bounded:
        notes.append(EACH)
    notes += [
        f"{line.headline.label} is not defined in every replication: {short}."
        for line, short in partly_defined(comparison, found)
    ]
    notes += [f"{UNSTEADY} {text}" for text in drifting(found)]
    return Table(
        columns=["KPI", *comparison.designs],
        rows=[_headline(comparison, line, bounded) for line in found],
        caption="Headline results by design",
        groups=[
            (
                f"mean{interval}" + (f"; below it the paired difference to {comparison.reference}" if others else ""),
                len(comparison.designs),
            )
        ],
        notes=notes,
    )


def _headline(comparison: Comparison, line: Line, bounded: bool) -> Row:
    cells = []
    for design, estimate in line.estimates.items():
        difference, text = line.differences.get(design), line.scale.estimate(estimate)
        if isfinite(estimate.mean) and not isfinite(estimate.low) and bounded:
            text = f"{text}, {LONE}"
        if difference is None or not difference.n:
            cells.append(Cell(text))
        else:
            verdict = _verdict(line, design, comparison.reference)
            cells.append(Cell(text, line.scale.difference(difference), verdict))
    better = f"{line.headline.better} is better" if line.headline.better else "neither way is better in itself"
    definition = comparison.definition(line.headline.kpi).rstrip(".")
    remark = f"{definition}; {better}." if definition else better
    return Row(line.label, cells, remark)


def _verdict(line: Line, design: str, reference: str) -> str:
    if line.headline.by_terms:
        return BY_TERMS
    if not isfinite(line.differences[design].low):
        return LONE
    if {design, reference} & set(line.unsteady):
        return DRIFTS
    return line.verdict(design) or OPEN


def gain_cells(comparison: Comparison, kpi: str) -> list[Cell]:
    """Give correlation, variance ratio, and how many independent replications the paired ones are worth."""
    cells = []
    for design in comparison.designs[1:]:
        pairing, n = comparison.pairing(design, kpi), comparison.difference(design, kpi).n
        # Where hardly any variance is left the worth would be a number without meaning.
        worth = f"{n / pairing.variance_ratio:,.0f}" if pairing.variance_ratio > 1e-3 else ABSENT
        cells += [Cell(_round(pairing.correlation, 2)), Cell(_round(pairing.variance_ratio, 3)), Cell(worth)]
    return cells


def gain_heads(comparison: Comparison) -> tuple[list[str], list[tuple[str, int]]]:
    """Give the heads of the columns of `gain_cells`, and of their groups."""
    others = comparison.designs[1:]
    groups = [(f"{design} against {comparison.reference}", 3) for design in others]
    return ["correlation", "variance ratio", "worth"] * len(others), groups


def gains(comparison: Comparison, found: Sequence[Line]) -> Table:
    """Give what meeting the same customers gained, for every headline."""
    columns, groups = gain_heads(comparison)
    rows = [Row(line.headline.label, gain_cells(comparison, line.headline.kpi)) for line in found]
    return Table(["KPI", *columns], rows, "Gain from common random numbers, by headline", groups)


def demand(comparison: Comparison) -> Table:
    """Give the demand accounting, as it came."""
    names = list(comparison.demand[0])
    rows = []
    for item in comparison.demand:
        first, *rest = (_written(item.get(name)) for name in names)
        rows.append(Row(first, [Cell(text) for text in rest]))
    columns = [name.replace("_", " ") for name in names]
    return Table(columns, rows, "Where the needs went, by design: means over replications, without intervals")


def _round(value: float, places: int) -> str:
    return f"{value:.{places}f}" if isfinite(value) else ABSENT


def digits(value: float) -> str:
    """Write four significant digits, or all before the point if there are more."""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _written(value: Any) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else digits(value)
