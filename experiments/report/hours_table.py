"""Table: where the hours go, every part of every bar with its interval."""

from __future__ import annotations

from math import isfinite

from experiments.report.comparison import Comparison, Estimate
from experiments.report.document import Cell, Row, Table
from experiments.report.full_time import HOURS_OF_A_HEAD, full_time
from experiments.report.kind import place_of
from experiments.report.quantity import ABSENT

REMARK = f"paid hours a year over {HOURS_OF_A_HEAD:,.0f}"


def hours_table(comparison: Comparison) -> Table:
    """Give full-time equivalents by role, kind of activity and design.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    Table
        Folded; a row per role and kind, led by one for the whole role.
    """
    rows = []
    for role, found in full_time(comparison).items():
        name = role.replace("_", " ")
        by_design = {one.design: one for one in found}
        whole = [by_design[d].paid if d in by_design else Estimate() for d in comparison.designs]
        rows.append(Row(name, [Cell(_written(e)) for e in whole], f"all of it; {REMARK}"))
        for kind in sorted({kind for one in found for kind, _ in one.parts}, key=place_of):
            parts = [dict(by_design[d].parts).get(kind) if d in by_design else None for d in comparison.designs]
            rows.append(Row(f"{name}: {kind.label}", [Cell(_written(e or Estimate())) for e in parts]))
    return Table(
        columns=["role and kind of activity", *comparison.designs],
        rows=rows,
        caption=f"Full-time equivalents by kind of activity: mean ({100 * comparison.confidence:g} % interval)",
        folded=True,
    )


def _written(found: Estimate) -> str:
    if not isfinite(found.mean):
        return ABSENT
    mean, low, high = (f"{x:.2f}".replace("-0.00", "0.00") for x in (found.mean, found.low, found.high))
    return f"{mean} ({low} to {high})" if isfinite(found.low) else f"{mean}, no interval"
