"""What work a customer needs: the steps of journeys, as tables and as diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from experiments.report.document import Table
from experiments.report.sheets.amounts import by_segment, law_by_segment, listed
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject
from sim.scenario.journey import Journey, Step


def overview(s: Subject) -> Table:
    """Give one line for each journey."""
    rows = []
    for name, journey in s.scenario.journey.items():
        steps = journey.steps.values()
        done = dict.fromkeys(step.do for step in steps if step.do)
        started = dict.fromkeys(step.start.journey for step in steps if step.start)
        ends = dict.fromkeys(step.end for step in steps if step.end)
        rows.append([name, listed(_callers(s, name)), listed(done), listed(started), listed(ends)])
    return tabled("Journeys", ["journey", "begun by", "activities", "starts", "ends as"], rows)


def steps(s: Subject) -> list[Table]:
    """Give a table of steps for each journey."""
    return [_steps(name, journey) for name, journey in s.scenario.journey.items()]


def diagrams(s: Subject) -> list[tuple[str, str]]:
    """Give captions and Mermaid sources: how journeys hang together, then each by its steps."""
    found = [("How journeys hang together", _together(s))]
    return found + [(f"Journey {name}", _flow(journey)) for name, journey in s.scenario.journey.items()]


def arrows(s: Subject) -> list[tuple[str, str]]:
    """Give what begins which journey: (``stream care``, ``journey account_care``), say."""
    return [(caller, f"journey {name}") for name in s.scenario.journey for caller in _callers(s, name)]


def nexts(journey: Journey) -> Iterator[tuple[str, str, str]]:
    """Give (step, condition, next step) for every way a case may go; the condition is empty where there is none."""
    names = list(journey.steps)
    for i, (name, step) in enumerate(journey.steps.items()):
        yield from ((name, branch, to) for branch, to in (step.to or {}).items())
        if step.verb in ("do", "wait", "start"):
            following = step.then or (names[i + 1] if i + 1 < len(names) else None)
            yield from [(name, "", following)] if following else []
        yield from [(name, f"patience {step.patience} over", step.left)] if step.left else []
        yield from [(name, f"room of {step.room} full", step.full)] if step.full else []


def _callers(s: Subject, journey: str) -> Iterator[str]:
    market = s.scenario.market
    if market.needs is not None and market.needs.journey == journey:
        yield "needs of prospects"
    streams = market.recurring.items()
    yield from (f"stream {n}" for n, one in streams if journey in (one.journey, *one.by_practice.values()))
    yield from (f"source {n}" for n, one in s.scenario.source.items() if one.journey == journey)
    yield from (
        f"journey {n}"
        for n, one in s.scenario.journey.items()
        if any(step.start is not None and step.start.journey == journey for step in one.steps.values())
    )


def _steps(name: str, journey: Journey) -> Table:
    ways: dict[str, list[str]] = {}
    for step, condition, to in nexts(journey):
        ways.setdefault(step, []).append(f"{condition}: {to}" if condition else to)
    rows = [[key, _said(step), "; ".join(ways.get(key, [])) or "-"] for key, step in journey.steps.items()]
    window = f"; window {journey.window}, then to {journey.window_to}" if journey.window else ""
    entry = "".join(f"; {origin} cases begin at {step}" for origin, step in journey.entry.items())
    stays = "; finished also after the account left" if journey.survives_churn else ""
    return tabled(f"Steps of {name}{window}{entry}{stays}", ["step", "what", "then"], rows)


def _said(step: Step) -> str:
    asks = f", starts the clock of {step.asks}" if step.asks else ""
    if step.do is not None:
        return f"do {step.do}{asks}"
    if step.wait is not None:
        waited = step.wait if isinstance(step.wait, str) else f"{law_by_segment(step.wait)} h"
        return f"wait {waited}{', movable' if step.movable else ''}{asks}"
    if step.choose is not None:
        by = step.choose if isinstance(step.choose, str) else f"by chance ({by_segment(step.choose)})"
        judged = f", judges {step.judges.milestone}: right if {step.judges.right_if}" if step.judges else ""
        return f"choose {by}{judged}{asks}"
    if step.start is not None:
        booked = ", books its value" if step.books else ""
        return f"start {step.start.journey}{' and wait for it' if step.start.wait else ''}{booked}"
    return f"end {step.end}"


def _together(s: Subject) -> str:
    lines, ids = ["flowchart LR"], {f"journey {name}": f"j{i}" for i, name in enumerate(s.scenario.journey)}
    lines += [f'    {key}["{_label(name)}"]' for name, key in ids.items()]
    sources = dict.fromkeys(caller for caller, _ in arrows(s) if caller not in ids)
    origin = {name: f"s{i}" for i, name in enumerate(sources)}
    lines += [f'    {key}(["{_label(name)}"])' for name, key in origin.items()]
    lines += [f"    {({**origin, **ids})[caller]} --> {ids[name]}" for caller, name in arrows(s)]
    return "\n".join(lines)


def _flow(journey: Journey) -> str:
    ids: Mapping[str, str] = {name: f"n{i}" for i, name in enumerate(journey.steps)}
    lines = ["flowchart TD"]
    for name, step in journey.steps.items():
        opening, closing = {"choose": ("{", "}"), "end": ("([", "])"), "wait": ("[/", "/]")}.get(step.verb, ("[", "]"))
        lines.append(f'    {ids[name]}{opening}"{_label(name)}"{closing}')
    for step, condition, to in nexts(journey):
        if to in ids:
            label = f'-- "{_label(condition)}" --> ' if condition else "--> "
            lines.append(f"    {ids[step]} {label}{ids[to]}")
    if journey.window_to in ids:
        lines.append(f'    window(("window over")) -.-> {ids[str(journey.window_to)]}')
    return "\n".join(lines)


def _label(name: str) -> str:
    """Give a name as a label of Mermaid's, in which a quotation mark would end it."""
    return " ".join(name.replace('"', "'").split())
