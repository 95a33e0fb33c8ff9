"""The report of a discovery: where a design fails, and whether that holds on points the boxes were not made of."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from experiments.answers.discovery import Discovery, Told, checked, counted, summary
from experiments.report import discovery as pictured
from experiments.report.boxes import boxes
from experiments.report.document import Cell, Document, Row, Section, Statement, Table
from experiments.report.origin import footer

CAUTIONS = (
    "A box describes the points that were run, spread evenly over the ranges; it says nothing of how likely they are.",
    "A box is no cause: it is where failures are, in factors that were varied.",
    "Density and coverage where the box was found are flattering; those on fresh points are not.",
    "Quasi-p-values are smaller than p-values would be, since the box was chosen for its density.",
)
OF_ALL = "The picture counts all cases in each box; the text counts, in a second one, those outside the first."


def discovery_document(answer: Discovery, provenance: Mapping[str, Any]) -> Document:
    """Make the report.

    Parameters
    ----------
    answer : Discovery
        The answer.
    provenance : mapping
        What is needed to repeat it.
    """
    origin = footer(provenance)
    drawing = boxes(_pictured(answer), origin)
    sections = [Section(drawing.title, [OF_ALL] * (len(answer.boxes) > 1), drawings=[drawing])] if drawing else []
    sections += [
        Section(
            f"Box {number}",
            [_rule(answer, told, number), counted(told.found), checked(told)],
            tables=[_limits(answer, told)],
        )
        for number, told in enumerate(answer.boxes, 1)
    ]
    rows = [
        Row(one.name, [Cell(f"{one.low:,.4g}"), Cell(f"{one.high:,.4g}"), Cell(one.unit)]) for one in answer.dimensions
    ]
    ranges = Table(("factor", "low", "high", "unit"), rows, "Ranges", folded=len(rows) > 20)
    sections.append(Section("What was varied", tables=[ranges]))
    statements = [Statement(summary(answer), "by the mean at each point, with Wilson's bounds for the share")]
    statements += [
        Statement(_rule(answer, told, number), checked(told)) for number, told in enumerate(answer.boxes, 1)
    ] or [Statement(answer.nothing(), "as asked: density and least coverage")]
    return Document(
        title="Where it fails",
        question=(
            f"Under which circumstances it is so that {answer.asked.fails.words()} ({answer.outcomes.unit}): "
            f"{len(answer.found.failed):,} points of {len(answer.dimensions)} factors to look in and "
            f"{len(answer.fresh.failed):,} fresh ones to check on, each with {provenance.get('replications')} "
            "replications."
        ),
        summary=statements,
        sections=sections,
        provenance=provenance,
        footer=origin,
        cautions=CAUTIONS,
    )


def _rule(answer: Discovery, told: Told, number: int) -> str:
    outside = "" if number == 1 else ", outside the boxes before"
    return f"{answer.asked.fails.words()} mostly where {told.box.rule(answer.names)}{outside}."


def _limits(answer: Discovery, told: Told) -> Table:
    rows = []
    for one in told.box.limits:
        of = answer.dimensions[one.column]
        ends = (one.low if isfinite(one.low) else of.low, one.high if isfinite(one.high) else of.high)
        again = f"{one.again:.0%}" if isfinite(one.again) else "-"
        texts = ("{:,.4g} to {:,.4g}".format(*ends), f"{of.low:,.4g} to {of.high:,.4g}", f"{one.p:.2g}", again)
        rows.append(Row(of.name, [Cell(text) for text in texts]))
    heads = ("factor", "inside", "whole range", "quasi-p", "in resamples")
    note = "In resamples: the share of boxes found in half of the points that restrict the factor, too."
    return Table(heads, rows, "What the box restricts", notes=(note,))


def _pictured(answer: Discovery) -> pictured.Discovery:
    table = answer.found.table
    factors = [
        pictured.Factor(one.name, one.unit, one.low, one.high, table[:, i].tolist())
        for i, one in enumerate(answer.dimensions)
    ]
    drawn = [
        pictured.Box(
            f"box {number}",
            [pictured.Limit(answer.names[one.column], one.low, one.high) for one in told.box.limits],
        )
        for number, told in enumerate(answer.boxes, 1)
    ]
    return pictured.Discovery(factors, answer.found.failed.tolist(), answer.asked.fails.words(), drawn)
