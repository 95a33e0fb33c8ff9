"""The report of a sensitivity analysis: what is told from luck, in pictures and tables, and what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from experiments.answers.indices import Index
from experiments.answers.sensitivities import Sensitivities, noise, number, remarks, share
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.drawing import Drawing
from experiments.report.estimate import estimate
from experiments.report.morris_scatter import MorrisEffect, morris_scatter
from experiments.report.origin import footer
from experiments.report.sobol_bars import SobolIndex, sobol_bars
from experiments.report.tornado import Assumption, Tornado, tornado, turn

SPOKEN_OF = 5
"""Factors that are named in the summary; all are in the tables."""
CAUTIONS = (
    "What matters here does so over the ranges that were given: a narrow range makes any factor look idle.",
    "Intervals of indices say how much other points might have said, with the same luck; they are not simultaneous.",
    "A factor that is not told from luck is not shown to be without effect.",
)
METHODS = {
    "morris": "Morris' method: trajectories of points, each step of which moves one factor.",
    "sobol": "Sobol's method: shares of the variance, from Saltelli's blocks of points.",
}


def sensitivity_document(answer: Sensitivities, provenance: Mapping[str, Any]) -> Document:
    """Make the report.

    Parameters
    ----------
    answer : Sensitivities
        The answer.
    provenance : mapping
        What is needed to repeat it.
    """
    origin = footer(provenance)
    sections = [_section(answer, i, kpi, origin) for i, kpi in enumerate(answer.outcomes)]
    swings = _swings(answer)
    if swings is not None:
        drawing = tornado(swings, origin)
        text = "The strongest factors of the first measure, each set to either end of its range, all else as it is."
        sections.append(Section("One at a time", [text], drawings=[drawing] if drawing else []))
    sections.append(Section("What was varied", tables=[_ranges(answer)]))
    return Document(
        title=f"What the outcome of {answer.subject} hangs on",
        question=(
            f"Which of {len(answer.dimensions)} factors {' and '.join(answer.outcomes)} of {answer.subject} hangs on. "
            f"{METHODS[answer.asked.method]} {answer.points:,} points, each with "
            f"{provenance.get('replications')} replications of the same customers with the same luck."
        ),
        summary=[*(one for kpi in answer.outcomes for one in _said(answer, kpi)), *_turned(swings)],
        sections=sections,
        provenance=provenance,
        footer=origin,
        cautions=CAUTIONS,
    )


def _said(answer: Sensitivities, kpi: str) -> list[Statement]:
    found = answer.indices[kpi]
    told = [one for one in found.found if found.told(one)]
    if not any(one.strength.n for one in found.found):
        return [Statement(f"{kpi}: {next(iter(remarks(answer, kpi)))}", "nothing to be said")]
    rule = "interval above what shuffled luck alone would give" if isfinite(found.floor) else "interval above zero"
    if not told:
        text = f"{kpi} is not shown to hang on any of the factors."
    else:
        names = ", ".join(_way(one) for one in told[:SPOKEN_OF])
        more = f", and {len(told) - SPOKEN_OF} more" if len(told) > SPOKEN_OF else ""
        left = len(found.found) - len(told)
        text = f"{kpi} hangs on {names}{more}{f'; {left} more are not told from luck' if left else ''}."
    return [Statement(text, rule), Statement(noise(answer.outcomes[kpi].luck), f"variances of {kpi}")]


def _way(one: Index) -> str:
    if not isfinite(one.direction):
        return one.factor
    return f"{one.factor} ({'more with more' if one.direction > 0.0 else 'less with more'} of it, on average)"


def _turned(swings: Tornado | None) -> list[Statement]:
    if swings is None:
        return []
    turned = [one.name for one in swings.assumptions if turn(one, swings.base.mean) == "◆"]
    if not turned:
        text = f"None of the {len(swings.assumptions)} factors moved one at a time turns the sign for sure."
    else:
        text = f"Moved to an end by itself, the sign of the difference turns with: {', '.join(turned)}."
    return [Statement(text, "the interval at that end excludes zero, for itself")]


def _section(answer: Sensitivities, number: int, kpi: str, origin: str) -> Section:
    found, unit = answer.indices[kpi], answer.outcomes[kpi].unit
    drawing: Drawing | None
    if answer.asked.method == "morris":
        effects = [
            MorrisEffect(one.factor, estimate(one.strength), one.spread) for one in found.found if one.strength.n
        ]
        drawing = morris_scatter(effects, kpi, unit, origin, name=f"morris_{number + 1}")
    else:
        shares = [
            SobolIndex(one.factor, estimate(one.alone), estimate(one.strength)) for one in found.found if one.strength.n
        ]
        drawing = sobol_bars(shares, kpi, origin, name=f"sobol_{number + 1}")
    return Section(kpi, [*remarks(answer, kpi)], drawings=[drawing] if drawing else [], tables=[_indices(answer, kpi)])


def _indices(answer: Sensitivities, kpi: str) -> Table:
    found, morris = answer.indices[kpi], answer.asked.method == "morris"
    rows = []
    for one in found.found:
        more = [answer.effect(kpi, one.direction), answer.effect(kpi, one.spread)] if morris else [share(one.alone)]
        verdict = "told from luck" if found.told(one) else ""
        rows.append(Row(one.factor, [Cell(answer.strength(kpi, one), verdict=verdict), *map(Cell, more)]))
    heads = ("mu* (95 %)", "mu", "sigma") if morris else ("total (95 %)", "first (95 %)")
    unit = f"{'thousand ' * (answer.times(kpi) != 1.0)}{answer.outcomes[kpi].unit}, over the whole range"
    what = f"Indices of {kpi}, {unit if morris else 'shares of the variance'}"
    return Table(("factor", *heads), rows, what, folded=len(rows) > 20)


def _ranges(answer: Sensitivities) -> Table:
    rows = [
        Row(
            one.name,
            [
                Cell(number(one.low, ",.4g")),
                Cell(number(one.default, ",.4g")),
                Cell(number(one.high, ",.4g")),
                Cell(one.unit),
            ],
        )
        for one in answer.dimensions
    ]
    return Table(("factor", "low", "as it is", "high", "unit"), rows, "Ranges", folded=len(rows) > 20)


def _swings(answer: Sensitivities) -> Tornado | None:
    if answer.base is None or not isfinite(answer.base.mean):
        return None
    kpi = answer.asked.kpis[0]
    bars = [
        Assumption(one.of.name, one.of.low, one.of.high, estimate(one.at_low), estimate(one.at_high))
        for one in answer.swings
    ]
    reference, design = answer.designs
    return Tornado(bars, estimate(answer.base), design, reference, kpi, answer.outcomes[kpi].unit)
