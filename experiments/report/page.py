"""The report of a comparison: what it says, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from experiments.report.comparison import Comparison
from experiments.report.document import Document, Section, Table, write_document
from experiments.report.drawing import Drawing
from experiments.report.figures import figures
from experiments.report.finding import Adjust
from experiments.report.hours_table import hours_table
from experiments.report.line import Line, lines
from experiments.report.overview import demand, gains, headline_results
from experiments.report.summary import in_words
from experiments.report.tables_of_all import all_gains, all_kpis

SAME_CUSTOMERS = (
    "Within a replication every design met the same prospects with the same needs at the same moments; "
    "only the organization differed. What became of them is the design's doing."
)
ONE_DESIGN = "Made-up or recorded needs as configured; the same ones for any other design under this seed."
CHANCE_ONLY = "The intervals say how much chance is left in these numbers, not how well the model resembles a company."
NO_INTERVALS = "There are too few replications for intervals: nothing here can be told from chance."
PAIRED = (
    "The designs met the same customers with the same luck, so that chance cancels out of their difference. A "
    "variance ratio of 1 is no gain; at 0.25 the replications are worth four times as many independent ones. Their "
    "worth is given as that number."
)
OFFERED = (
    "All designs were offered the same needs. Whether a need reached the company as an inquiry, and whether its "
    "account was free for one, depends on the design. Counts of the whole run, warm-up included."
)


def write_report(comparison: Comparison, folder: Path, adjust: Adjust | None = None) -> list[Path]:
    """Write ``report.html`` and the pictures beside it.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    folder : Path
        Existing folder of this answer; receives ``report.html``, ``figures/*.svg`` and ``figures/*.png``.
    adjust : callable, optional
        Corrects p values for the number of differences looked at; see `experiments.report.finding.Adjust`.

    Returns
    -------
    list of Path
        The files, the page first.

    Raises
    ------
    FileExistsError
        If there is a page already; an answer is never overwritten.
    """
    return write_document(comparison_document(comparison, adjust), folder)


def comparison_document(
    comparison: Comparison, adjust: Adjust | None = None, drawings: Sequence[Drawing] | None = None
) -> Document:
    """Make the report of a comparison.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    adjust : callable, optional
        As in `write_report`.
    drawings : sequence of Drawing, optional
        Its pictures; by default all there are numbers for.

    Returns
    -------
    Document
        Summary, headline results, pictures, and everything behind them.
    """
    found = lines(comparison)
    return Document(
        title=comparison.title,
        question=comparison.compared or _compared(comparison),
        summary=in_words(comparison, adjust),
        sections=_sections(comparison, found, figures(comparison) if drawings is None else drawings),
        provenance=comparison.provenance,
        footer=comparison.footer,
        cautions=[*comparison.caveats, CHANCE_ONLY if _bounded(found) else NO_INTERVALS],
    )


def _bounded(found: Sequence[Line]) -> bool:
    return any(isfinite(estimate.low) for line in found for estimate in line.estimates.values())


def _compared(comparison: Comparison) -> str:
    count = len(comparison.designs)
    if count == 1:
        return f"One org design, {comparison.reference}, looked at by itself."
    names = ", ".join(comparison.designs[1:])
    return f"{count} org designs: {comparison.reference}, which is the reference, against {names}."


def _sections(comparison: Comparison, found: Sequence[Line], drawings: Sequence[Drawing]) -> list[Section]:
    several = len(comparison.designs) > 1
    sections = [_terms(comparison, several)]
    if found:
        sections.append(Section("Headline results", tables=[headline_results(comparison, found)]))
    for drawing in drawings:
        tables = [hours_table(comparison)] if drawing.name == "hours" else []
        sections.append(Section(drawing.title, drawings=[drawing], tables=tables))
    if several and found:
        sections.append(Section("Gain from common random numbers", [PAIRED], tables=[gains(comparison, found)]))
    if comparison.demand:
        sections.append(Section("Demand accounting", [OFFERED], tables=[demand(comparison)]))
    if comparison.kpis:
        tables: list[Table] = [all_kpis(comparison), *([all_gains(comparison)] if several else [])]
        sections.append(Section("All KPIs", tables=tables))
    return sections


def _terms(comparison: Comparison, several: bool) -> Section:
    """Say on which customers, and what was changed from the configuration files."""
    customers = comparison.customers or (SAME_CUSTOMERS if several else ONE_DESIGN)
    if comparison.overrides:
        return Section("On which customers", [customers, "Changed in every design:"], list(comparison.overrides))
    unchanged = "Changed in every design: nothing; every value is the one in the configuration files."
    return Section("On which customers", [customers, unchanged])
