"""Tables of every KPI: long, folded, for whoever wants to look one up."""

from __future__ import annotations

from math import isfinite

from experiments.report.comparison import Comparison, Estimate
from experiments.report.document import Cell, Row, Table
from experiments.report.line import UNSTEADY
from experiments.report.meaning import meaning
from experiments.report.overview import digits, gain_cells, gain_heads
from experiments.report.quantity import ABSENT


def all_kpis(comparison: Comparison) -> Table:
    """Give every KPI of every design, with what it means, and its paired differences to the reference.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    Table
        Folded; a row per KPI.
    """
    differences = [f"{design} - {comparison.reference}" for design in comparison.designs[1:]]
    return Table(
        columns=["KPI", "unit", *comparison.designs, *differences],
        rows=[_row(comparison, kpi) for kpi in comparison.kpis],
        caption=f"{len(comparison.kpis):,} KPIs: mean ({100 * comparison.confidence:g} % interval, where there is one)",
        notes=["≠ 0: the interval of the difference excludes zero; of so many, some do by chance."]
        if differences
        else (),
        folded=True,
    )


def all_gains(comparison: Comparison) -> Table:
    """Give what meeting the same customers gained, for every KPI; folded."""
    columns, groups = gain_heads(comparison)
    rows = [Row(kpi, gain_cells(comparison, kpi)) for kpi in comparison.kpis]
    return Table(["KPI", *columns], rows, "Correlation and variance ratio of every KPI", groups, folded=True)


def _row(comparison: Comparison, kpi: str) -> Row:
    cells = [Cell(_spelled(comparison.estimate(design, kpi))) for design in comparison.designs]
    for design in comparison.designs[1:]:
        difference = comparison.difference(design, kpi)
        cells.append(Cell(_spelled(difference), "≠ 0" if difference.excludes_zero else ""))
    better, unsteady = meaning(kpi).better, comparison.unsteady(kpi)
    remarks = [
        comparison.definition(kpi).rstrip("."),
        f"{better} is better" if better else "",
        f"{UNSTEADY} no steady state in the window: {', '.join(unsteady)}" if unsteady else "",
    ]
    return Row(kpi, [Cell(comparison.unit(kpi)), *cells], ". ".join(text for text in remarks if text))


def _spelled(found: Estimate) -> str:
    """Write an estimate of any KPI, in its own unit."""
    if not isfinite(found.mean):
        return ABSENT
    if not (isfinite(found.low) and isfinite(found.high)):
        return digits(found.mean)
    return f"{digits(found.mean)} ({digits(found.low)} to {digits(found.high)})"
