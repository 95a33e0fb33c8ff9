"""The report of claims that were held against all assumptions at once: the ledger, and what each claim hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, nan
from typing import Any

import numpy as np

from experiments.answers.number import number_text
from experiments.answers.verdicts import Tried
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.ledger import Claim, ledger
from experiments.report.origin import footer
from sim.analysis.ensemble import LEAST_POINTS, REFUTED, SUPPORTED

WORDS = {SUPPORTED: "supported", REFUTED: "refuted"}
DEPENDS = "depends on the assumptions"
CAUTIONS = (
    "A share of points says how far a claim hangs on the assumptions, not how probable it is: all points of the ranges "
    "weigh alike.",
    "What the model leaves out is left out at every point.",
    "Designs are staffed as they are at the base, also where the assumptions are others.",
)
RULE = (
    "A claim is supported if its contrast exceeds the least that matters, fixed beforehand, at 80 % of the points or "
    "more, refuted if at 20 % or less; between them it depends on the assumptions."
)


def claims_document(
    found: Mapping[str, Tried], adjusted: Mapping[str, float], provenance: Mapping[str, Any], title: str
) -> Document:
    """Make the report.

    Parameters
    ----------
    found : mapping of str to Tried
        By the name of the claim.
    adjusted : mapping of str to float
        p-values at the base, adjusted for the number of claims.
    provenance : mapping
        Of the answer.
    title : str
        What was asked.
    """
    origin = footer(provenance)
    picture = ledger([_standardized(name, one) for name, one in found.items()], origin)
    sections = [
        Section("The ledger", (RULE,), (), [picture] if picture else [], [_table(found, adjusted)]),
        Section("What each claim hangs on", (DRIVERS,), [_drivers(name, one) for name, one in found.items()]),
    ]
    question = (
        f"{'A claim' if len(found) == 1 else f'{len(found)} claims'}, each at many points at which all assumptions "
        "take other values within their ranges, the same for all companies that are compared."
    )
    return Document(title, question, _summary(found), sections, provenance, origin, CAUTIONS)


DRIVERS = (
    "Assumptions that are told to move the contrast, strongest first; + where more of it makes the claim hold, with "
    "the standardized effect. What is not told is not shown to be without effect."
)


def _summary(found: Mapping[str, Tried]) -> list[Statement]:
    groups: dict[str, list[str]] = {}
    for name, one in found.items():
        groups.setdefault(one.verdict.verdict, []).append(name)
    points = {len(one.verdict.differences) for one in found.values()}
    sure = f"by the points of the ensemble, {' or '.join(map(str, sorted(points)))} of them"
    said = [
        Statement(f"{WORDS.get(verdict, DEPENDS).capitalize()}: {', '.join(names)}.", sure)
        for verdict, names in groups.items()
    ]
    loose = [name for name, one in found.items() if not one.verdict.steady]
    if loose:
        why = "at enough points the interval of the contrast holds the least that matters"
        said.append(Statement(f"More replications could change the verdict on {', '.join(loose)}.", why))
    if min(points) < LEAST_POINTS:
        said.append(Statement("A trial run, not to be quoted.", f"fewer than {LEAST_POINTS} points"))
    return said


def _table(found: Mapping[str, Tried], adjusted: Mapping[str, float]) -> Table:
    rows = []
    for name, one in found.items():
        v, base = one.verdict, one.base
        share = Cell(f"{v.share.mean:.1%}", f"{v.share.low:.0%} to {v.share.high:.0%}")
        unsure = Cell(f"{v.unsure_share:.0%}", f"not defined at {one.undefined}" if one.undefined else "")
        cells = [
            Cell(WORDS.get(v.verdict, DEPENDS), "" if v.steady else "not steady"),
            share,
            unsure,
            Cell(number_text(base.mean) if isfinite(base.mean) else "not defined", _bounds(base.low, base.high)),
            Cell(number_text(one.claim.minimum), one.unit),
            Cell(f"{adjusted[name]:.2g}" if isfinite(adjusted[name]) else "not defined"),
        ]
        rows.append(Row(name, cells, one.claim.says))
    heads = ("claim", "verdict", "share of points", "unsure", "contrast at the base", "least that matters", "p, Holm")
    notes = (
        "Share of points at which the contrast exceeds the least that matters, with its Wilson interval.",
        "Unsure: share of points whose own 95 % interval holds the least that matters, or is not defined; a point at "
        "which the contrast is not defined does not exceed, and a claim is refuted only if it were so had it exceeded.",
        "p: that the contrast where all assumptions have their defaults is the least that matters, two-sided, adjusted "
        "for the number of claims (Holm).",
    )
    return Table(heads, rows, "Verdicts", notes=notes)


def _bounds(low: float, high: float) -> str:
    return f"{number_text(low)} to {number_text(high)}" if isfinite(low) and isfinite(high) else ""


def _drivers(name: str, one: Tried) -> str:
    told = [f"{'+' if d.effect > 0 else '-'}{assumption} ({abs(d.effect):.2f})" for assumption, d in one.drivers]
    return f"{name}: {', '.join(told) if told else 'none is told apart'}"


def _standardized(name: str, one: Tried) -> Claim:
    """Give a claim with its contrasts in units of their spread, so that claims share an axis."""
    means = np.array([found.mean for found in one.verdict.differences])
    known = means[np.isfinite(means)]
    scale = float(np.sqrt(np.mean(np.square(known - one.claim.minimum)))) if len(known) else nan
    scale = scale if isfinite(scale) and scale > 0.0 else 1.0
    word = WORDS.get(one.verdict.verdict, "depends")
    return Claim(name, word, (means / scale).tolist(), one.claim.minimum / scale)
