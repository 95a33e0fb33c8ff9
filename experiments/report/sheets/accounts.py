"""Who the customers are: segments, what sets accounts apart, what needs carry, and what accounts may adopt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from experiments.report.document import Table
from experiments.report.sheets.amounts import by_segment, law, law_by_segment, listed, number
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject
from sim.scenario.market import Mark, Market


def in_brief(s: Subject) -> str:
    """Say in a sentence how many customers there are, or that there are none."""
    segments = s.scenario.market.segments.values()
    customers, prospects = sum(one.customers for one in segments), sum(one.prospects for one in segments)
    if customers + prospects:
        kinds = f"{len(segments)} segment{'' if len(segments) == 1 else 's'} ({listed(s.scenario.market.segments)})"
        return (
            f"The market {s.scenario.market.name} has {customers:,} customers and {prospects:,} prospects in {kinds}."
        )
    streams = listed(s.scenario.source)
    return f"There are no lasting accounts: throw-away customers come from the streams {streams}."


def segments(s: Subject) -> list[Table]:
    """Give the table of segments; none without accounts."""
    market = s.scenario.market
    if not market.segments:
        return []
    rows = [[name, f"{one.customers:,}", f"{one.prospects:,}"] for name, one in market.segments.items()]
    return [tabled("Accounts at t=0", ["segment", "customers", "prospects"], rows)]


def properties(s: Subject) -> list[Table]:
    """Give the table of what is drawn once for an account or a need, and stays."""
    rows = [*_of_accounts(s.scenario.market), *_of_needs(s)]
    return [tabled("What is drawn once and stays", ["of", "property", "law or chance"], rows)] if rows else []


def expectations(s: Subject) -> list[Table]:
    """Give the table of what customers expect, and of how long they wait."""
    market, found = s.scenario.market, []
    if market.laws:
        rows = [[name, law_by_segment(one)] for name, one in market.laws.items()]
        found.append(tabled("Named laws of time, hours: patience, windows, waits", ["name", "law"], rows))
    if market.expectations:
        rows = []
        for name, e in market.expectations.items():
            told = f"{e.yes_h:g} if {e.by}, else {e.no_h:g}" if e.by else f"{e.hours:g}"
            rows.append([name, told, e.clock, number(e.weight), "yes" if e.neglect else "no"])
        heads = ["milestone", "expected, h", "clock", "weight", "neglect if late"]
        found.append(tabled("When customers expect what", heads, rows))
    return found


def _of_accounts(market: Market) -> Iterator[list[str]]:
    for name, one in market.traits.items():
        offset = f", plus {market.offsets[name]:g}" if market.offsets.get(name) else ""
        yield ["account", name, f"{law_by_segment(one)}{offset}"]
    for name, chances in market.account_marks.items():
        yield ["account", name, f"yes with chance {by_segment(chances)}"]
    for segment, shares in market.channels.items():
        yield ["account", f"preferred channel, {segment}", by_segment(shares)]
    for name, practice in market.practices.items():
        at_start = by_segment(practice.customers_at_start)
        follows = f"eligible {by_segment(practice.eligible)}; of those follow it at t=0 {at_start}"
        yield ["account", f"practice {name}", follows]


def _of_needs(s: Subject) -> Iterator[list[str]]:
    market = s.scenario.market
    if market.needs is not None:
        yield from _marks("need of a prospect", market.needs.marks)
    for name, stream in market.recurring.items():
        yield from _marks(f"need: {name}", stream.marks)
    for name, source in s.scenario.source.items():
        yield from _marks(f"customer of {name}", source.marks)


def _marks(of: str, marks: Mapping[str, Mark]) -> Iterator[list[str]]:
    for name, mark in marks.items():
        if mark.chance is not None:
            falls = f", falling with contact by {mark.falls_with_contact:g}" if mark.falls_with_contact else ""
            yield [of, name, f"yes with chance {by_segment(mark.chance)}{falls}"]
        elif mark.law is not None:
            yield [of, name, law_by_segment(mark.law)]
        elif mark.yes is not None and mark.no is not None:
            yield [of, name, f"if {mark.by}: {law(mark.yes)}; else: {law(mark.no)}"]
