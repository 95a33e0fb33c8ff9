"""The report of a sweep: curves over the number that was swept, and every point in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from experiments.answers.estimates import Estimates
from experiments.answers.number import interval_text, number_text
from experiments.report.comparison import Estimate
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.drawing import Drawing
from experiments.report.origin import footer
from experiments.report.sweep_curves import Sweep, SweepLine, SweepPanel, sweep_curves
from experiments.sampling.settings import spelled

MOST_LINES = 7
"""More lines of one picture are not told apart."""
MOST_ROWS = 500
"""Points in the table of the page; all are in the files."""
CAUTIONS = (
    "The intervals are luck only, each for itself: they say nothing about the assumptions behind the numbers.",
    "All points met the same customers with the same luck, so that differences between points are less uncertain than "
    "their intervals suggest; a comparison pairs them.",
    "Of many points the best looks better than it is.",
)


def sweep_document(
    estimates: Estimates,
    settings: Mapping[str, Mapping[str, Any]],
    units: Mapping[str, str],
    provenance: Mapping[str, Any],
) -> Document:
    """Make the report.

    Parameters
    ----------
    estimates : Estimates
        By point and measure.
    settings : mapping
        What is set at each point, by path.
    units : mapping of str to str
        By measure.
    provenance : mapping
        Of the answer.
    """
    origin, kpis = footer(provenance), list(next(iter(estimates.values())))
    varied = list(dict.fromkeys(path for setting in settings.values() for path in setting))
    picture = _curves(estimates, settings, kpis, units, origin)
    n = provenance.get("replications", "")
    summary = [
        Statement(_extremes(estimates, kpi, units[kpi]), f"means of {n} replications, luck only") for kpi in kpis
    ]
    question = f"{len(estimates):,} points of {', '.join(varied)}, each on the same customers with the same luck."
    section = Section("What was found", (), (), [picture] if picture else [], [_table(estimates, kpis, units)])
    return Document("Sweep", question, summary, [section], provenance, origin, CAUTIONS)


def _extremes(estimates: Estimates, kpi: str, unit: str) -> str:
    known = {point: cells[kpi] for point, cells in estimates.items() if isfinite(cells[kpi].mean)}
    if not known:
        return f"{kpi}: defined at no point."
    low, high = (pick(known, key=lambda p: known[p].mean) for pick in (min, max))
    ends = f"from {interval_text(known[low])} at {low} to {interval_text(known[high])} at {high}"
    missing = len(estimates) - len(known)
    return f"{kpi}, {unit}: {ends}{f'; not defined at {missing} points' if missing else ''}."


def _table(estimates: Estimates, kpis: Sequence[str], units: Mapping[str, str]) -> Table:
    rows = []
    for point, cells in list(estimates.items())[:MOST_ROWS]:
        found = [cells[kpi] for kpi in kpis]
        rows.append(
            Row(
                point,
                [
                    Cell(
                        number_text(one.mean) if isfinite(one.mean) else "not defined",
                        f"{number_text(one.low)} to {number_text(one.high)}" if isfinite(one.low) else "",
                    )
                    for one in found
                ],
            )
        )
    notes = [] if len(estimates) <= MOST_ROWS else [f"The first {MOST_ROWS:,} of {len(estimates):,} points."]
    heads = ("point", *(f"{kpi}, {units[kpi]}" for kpi in kpis))
    return Table(heads, rows, "Mean over replications, with 95 % interval", notes=notes)


def _curves(
    estimates: Estimates,
    settings: Mapping[str, Mapping[str, Any]],
    kpis: Sequence[str],
    units: Mapping[str, str],
    origin: str,
) -> Drawing | None:
    """Draw measures over the number with most values, a line for each combination of the rest, unless they are many."""
    values: dict[str, list[Any]] = {}
    for setting in settings.values():
        for path, value in setting.items():
            if value not in values.setdefault(path, []):
                values[path].append(value)
    numbers = {path: found for path, found in values.items() if all(_is_number(v) for v in found) and len(found) > 1}
    x = max(numbers, key=lambda path: len(numbers[path]), default=max(values, key=lambda p: len(values[p]), default=""))
    lines: dict[str, dict[Any, str]] = {}
    for point, setting in settings.items():
        if x not in setting:
            return None
        rest = ", ".join(f"{k}={spelled(v)}" for k, v in setting.items() if k != x) or "as it is"
        lines.setdefault(rest, {})[_key(setting[x])] = point
    if len(lines) > MOST_LINES:
        return None
    axis = sorted(numbers[x]) if x in numbers else [spelled(v) for v in values[x]]
    panels = []
    for kpi in kpis:
        drawn = []
        for name, points in lines.items():
            found = [estimates[points[_key(v)]][kpi] if _key(v) in points else None for v in axis]
            drawn.append(
                SweepLine(name, [Estimate() if f is None else Estimate(f.mean, f.low, f.high, f.n) for f in found])
            )
        panels.append(SweepPanel(kpi, units[kpi], drawn))
    return sweep_curves(Sweep(x, "", axis, panels), origin, name="sweep")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _key(value: Any) -> Any:
    return value if _is_number(value) else spelled(value)
