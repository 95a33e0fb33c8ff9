"""The report of the ways into a change: cumulative cash, how far behind each falls, and when that is made good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.answers.transition import Ledgered, Way
from experiments.report.amount import amount_of
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.fan import Fan, Path, fan
from experiments.report.origin import footer

CAUTIONS = (
    "Each look is a run of its own up to that month, of the same customers with the same luck as all others.",
    "Chance only: what people do when their company changes is assumed, see docs/assumptions.md.",
)
SURE = "paired 95 % interval over replications"


def transition_document(found: Ledgered, provenance: Mapping[str, Any]) -> Document:
    """Make the report.

    Parameters
    ----------
    found : Ledgered
        The answer.
    provenance : mapping
        What is needed to repeat it.
    """
    a, origin = found.asked, footer(provenance)
    picture = fan(pictured(found), origin)
    return Document(
        title=f"From {a.before} to {a.after}",
        question=(
            f"{a.kpi}, added up from {a.since:g} months before the decision to {a.months:g} after it, where the change "
            f"is made {', '.join(way.name for way in found.ways[1:])} or never."
        ),
        summary=[_said(found, way) for way in found.ways[1:]],
        sections=[
            Section("The way into the change", drawings=[picture] if picture else []),
            Section("Against never changing", tables=[_against_never(found)]),
        ],
        provenance=provenance,
        footer=origin,
        cautions=CAUTIONS,
    )


def pictured(found: Ledgered) -> Fan:
    """Give the ways as a picture takes them."""
    paths = [Path(way.name, way.tenth("p10"), way.tenth("p50"), way.tenth("p90")) for way in found.ways]
    return Fan(found.months, paths, f"{found.asked.kpi}, added up", found.unit)


def _said(found: Ledgered, way: Way) -> Statement:
    amount = amount_of(found.unit, [x for one in way.less_never for x in (one.low, one.high)], difference=True)
    (month, behind), end = found.worst(way), way.less_never[-1]
    if behind.high < 0.0:
        said = f"Changing {way.name} is furthest behind never changing in month {month:g}, by {amount.told(behind)}"
        good = found.made_good(way)
        said += ", and that is not made good" if good is None else f", and makes that good in month {good.at:.0f}"
    else:
        said = f"Changing {way.name} is in no month told to be behind never changing"
    word = "ahead" if end.low > 0.0 else "behind" if end.high < 0.0 else ""
    said += f"; in month {found.asked.months:g} it is "
    said += f"{word} by {amount.told(end)} {amount.unit}." if word else "not told from it."
    return Statement(said, SURE)


def _against_never(found: Ledgered) -> Table:
    ends = [x for way in found.ways[1:] for one in way.less_never for x in (one.low, one.high)]
    amount = amount_of(found.unit, ends, difference=True)
    rows = [
        Row(f"{month:g}", [Cell(amount.told(way.less_never[i])) for way in found.ways[1:]])
        for i, month in enumerate(found.months)
    ]
    columns = ("month", *(way.name for way in found.ways[1:]))
    return Table(columns, rows, f"Added up less never changing, {amount.unit}", notes=(f"Each a {SURE}, for itself.",))
