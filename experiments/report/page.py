"""One self-contained HTML page: opens offline, asks nothing of any network, prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from experiments.report.comparison import Comparison, Estimate
from experiments.report.drawing import Drawing
from experiments.report.figures import figures
from experiments.report.inline import inline_svg
from experiments.report.line import UNSTEADY, Line, lines
from experiments.report.quantity import ABSENT
from experiments.report.table import drifting, partly_defined

TEMPLATE = "page.html.j2"


@dataclass(frozen=True)
class Cell:
    """One cell of a table: what it says, below it a remark, below that a verdict, which also has a color."""

    text: str
    remark: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table: its label, what explains it, and its cells."""

    label: str
    remark: str
    cells: Sequence[Cell]


def write_report(comparison: Comparison, folder: Path) -> list[Path]:
    """Write ``report.html`` and the pictures beside it.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    folder : Path
        Existing folder of this answer; receives ``report.html``, ``figures/*.svg`` and ``figures/*.png``.

    Returns
    -------
    list of Path
        The files, the page first.

    Raises
    ------
    FileExistsError
        If there is a page already; an answer is never overwritten.
    """
    drawings = figures(comparison)
    page = folder / "report.html"
    with page.open("x", encoding="utf-8", newline="\n") as file:
        file.write(render_page(comparison, drawings))
    paths = [page]
    if drawings:
        pictures = folder / "figures"
        pictures.mkdir(exist_ok=True)
        for drawing in drawings:
            paths += drawing.write(pictures)
    return paths


def render_page(comparison: Comparison, drawings: Sequence[Drawing]) -> str:
    """Render the page.

    Parameters
    ----------
    comparison : Comparison
        The answer; all text in it is escaped.
    drawings : sequence of Drawing
        Pictures, put inline in this order.

    Returns
    -------
    str
        HTML; equal input gives equal text.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((files(__package__) / TEMPLATE).read_text(encoding="utf-8"))
    found = lines(comparison)
    several = any(isfinite(e.low) for line in found for e in line.estimates.values())
    return template.render(
        c=comparison,
        others=list(comparison.designs[1:]),
        compared=comparison.compared or _compared(comparison),
        customers=comparison.customers or _customers(comparison),
        percent=f"{100 * comparison.confidence:g} %",
        intervals=several,
        headline=[_headline_row(line) for line in found],
        partly=[(line.headline.label, short) for line, short in partly_defined(comparison, found)],
        # The one place where text is taken as it is: matplotlib's own output, whose labels are outlines.
        unsteady=drifting(found),
        mark=UNSTEADY,
        pictures=[(d, Markup(inline_svg(d.svg, d.name))) for d in drawings],
        gains=[_gain_row(comparison, line.headline.label, line.headline.kpi) for line in found],
        every_gain=[_gain_row(comparison, kpi, kpi) for kpi in comparison.kpis],
        demand_columns=list(comparison.demand[0]) if comparison.demand else [],
        demand=[[_text(value) for value in item.values()] for item in comparison.demand],
        everything=[_kpi_row(comparison, kpi) for kpi in comparison.kpis],
    )


def _compared(comparison: Comparison) -> str:
    count = len(comparison.designs)
    if count == 1:
        return f"One org design, {comparison.reference}, looked at by itself."
    names = ", ".join(comparison.designs[1:])
    return f"{count} org designs: {comparison.reference}, which is the reference, against {names}."


def _customers(comparison: Comparison) -> str:
    if len(comparison.designs) == 1:
        return "Made-up or recorded needs as configured; the same ones for any other design under this seed."
    return (
        "Within a replication every design met the same prospects with the same needs at the same moments; "
        "only the organization differed. What became of them is the design's doing."
    )


def _headline_row(line: Line) -> Row:
    cells = []
    for design, estimate in line.estimates.items():
        difference, verdict = line.differences.get(design), line.verdict(design)
        remark = ""
        if difference is not None and difference.n:
            remark = line.scale.difference(difference)
        cells.append(Cell(line.scale.estimate(estimate), remark, verdict))
    better = f"{line.headline.better} is better" if line.headline.better else "neither way is better in itself"
    return Row(line.label, better, cells)


def _gain_row(comparison: Comparison, label: str, kpi: str) -> Row:
    """Give correlation, variance ratio, and how many independent replications the paired ones are worth."""
    cells = []
    for design in comparison.designs[1:]:
        pairing, n = comparison.pairing(design, kpi), comparison.difference(design, kpi).n
        # Where hardly any variance is left the worth would be a number without meaning.
        worth = f"{n / pairing.variance_ratio:,.0f}" if pairing.variance_ratio > 1e-3 else ABSENT
        cells += [Cell(_round(pairing.correlation, 2)), Cell(_round(pairing.variance_ratio, 3)), Cell(worth)]
    return Row(label, "", cells)


def _kpi_row(comparison: Comparison, kpi: str) -> Row:
    cells = [Cell(_spelled(comparison.estimate(design, kpi))) for design in comparison.designs]
    for design in comparison.designs[1:]:
        difference = comparison.difference(design, kpi)
        cells.append(Cell(_spelled(difference), "≠ 0" if difference.excludes_zero else ""))
    unsteady = comparison.unsteady(kpi)
    remark = f"{UNSTEADY} no steady state in the window: {', '.join(unsteady)}" if unsteady else ""
    remark = ". ".join(text for text in (comparison.definition(kpi).rstrip("."), remark) if text)
    return Row(kpi, remark if unsteady else comparison.definition(kpi), [Cell(comparison.unit(kpi)), *cells])


def _spelled(found: Estimate) -> str:
    """Write an estimate of any KPI, in its own unit."""
    if not isfinite(found.mean):
        return ABSENT
    if not (isfinite(found.low) and isfinite(found.high)):
        return _digits(found.mean)
    return f"{_digits(found.mean)} ({_digits(found.low)} to {_digits(found.high)})"


def _digits(value: float) -> str:
    """Write four significant digits, or all before the point if there are more."""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _round(value: float, places: int) -> str:
    return f"{value:.{places}f}" if isfinite(value) else ABSENT


def _text(value: Any) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else _digits(value)
