"""The report of the ways into a change: cumulative cash, how far behind each falls, and when that is made good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.answers.transition import Ledgered, Way, tenths
from experiments.report.amount import amount_of
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.fan import Fan, Path, fan
from experiments.report.origin import footer
from experiments.specs.transition import A_YEAR, CASH

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
    pictures = [fan(against_never(found), origin), fan(levels(found), origin, "fan_levels")]
    return Document(
        title=f"From {a.before} to {a.after}",
        question=(
            f"{a.kpi}, added up from {a.since:g} months before the decision to {a.months:g} after it, where the change "
            f"is made {', '.join(way.name for way in found.ways[1:])} or never."
        ),
        summary=[_said(found, way) for way in found.ways[1:]],
        sections=[
            Section("The way into the change", drawings=[one for one in pictures if one is not None]),
            Section("Against never changing", tables=[_against_never(found)]),
        ],
        provenance=provenance,
        footer=origin,
        cautions=CAUTIONS,
    )


def against_never(found: Ledgered) -> Fan:
    """Give the ways, less never changing in the same replication, as a picture takes them: levels hide a dip."""
    return Fan(
        found.months, [_path(way.name, way.gaps) for way in found.ways[1:]], f"{_short(found)}, less never", found.unit
    )


def levels(found: Ledgered) -> Fan:
    """Give what each way has brought as a picture takes it, never changing last: colors are as in the other picture."""
    ways = [*found.ways[1:], found.ways[0]]
    return Fan(found.months, [_path(way.name, way.sums) for way in ways], _short(found), found.unit)


def _path(name: str, values: NDArray[np.float64]) -> Path:
    return Path(name, **tenths(values))


def _short(found: Ledgered) -> str:
    kpi = found.asked.kpi
    return "cumulative cash" if kpi == CASH else f"cumulative {kpi.rpartition('.')[2].removesuffix(A_YEAR)}"


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
