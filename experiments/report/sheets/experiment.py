"""How a question is asked: what is compared, how long, how often, on which machine, from which sources."""

from __future__ import annotations

from typing import Any

from experiments.answers.provenance import PACKAGES
from experiments.question import Question
from experiments.report.document import Table
from experiments.report.sheets.amounts import number, plural
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject

ASKED = (
    "claim",
    "sweep",
    "select",
    "sensitivity",
    "discover",
    "frontier",
    "decompose",
    "optimize",
    "precise",
    "transition",
)
"""Keys of a question that say how points are chosen, searched or judged."""


def aims(s: Subject) -> list[str]:
    """Say what is investigated."""
    first, *others = s.names
    found = [
        f"The design {first} is described and measured by itself."
        if not others
        else f"Scenarios are org designs: {first}, the reference, against {', '.join(others)}, on the same market."
    ]
    for key in ASKED:
        asked: Any = getattr(s.question, key)
        if asked is not None and asked != Question.model_fields[key].default:
            said = asked.model_dump(exclude_defaults=True, mode="json")
            found.append(f"The config also asks for orgsim {key}: {said}.")
    given = [word for word in s.overrides if not word.startswith(("out=", "quiet=", "dry="))]
    if given:
        found.append(f"Chosen or set by the command: {'; '.join(given)}.")
    if s.scenario.rivals:
        names = ", ".join(org.name for org in s.scenario.rivals)
        found.append(f"{plural(len(s.scenario.rivals), 'rival')} in the same market, each a whole company: {names}.")
    if s.scenario.changes:
        told = "; ".join(f"week {change.week:g}: {change.org.name}" for change in s.scenario.changes)
        found.append(f"The design changes during the run: {told}.")
    return found


def run_in(s: Subject) -> str:
    """Say who runs the company until the window begins."""
    weeks, before = s.scenario.run.warmup_weeks, s.scenario.run_in
    if not weeks:
        return "There is no warm-up: the window begins at t=0."
    who = (
        "under each design itself"
        if before is None
        else f"under {before.name}, from which every design then takes over"
    )
    return f"A warm-up of {plural(weeks, 'week')}, {who}, is simulated and not measured."


def length(s: Subject) -> str:
    """Say how long a replication lasts."""
    run = s.scenario.run
    whole = plural(run.warmup_weeks + run.weeks, "week")
    window = plural(run.weeks, "week")
    return f"A replication lasts {whole}: {plural(run.warmup_weeks, 'week')} of warm-up, then a window of {window}."


def estimation(s: Subject) -> str:
    """Say how many replications there are, and on which seed."""
    q = s.question
    n = plural(q.replications, "independent replication")
    few = " One replication has no interval." if q.replications == 1 else ""
    return f"{n}, numbered from 0, on seed {q.seed}; all designs share them.{few}"


def chance(s: Subject) -> str:
    """Say how random numbers are made."""
    return (
        f"Every uniform is a hash of its address: seed ({s.question.seed}), replication, who it is about, which "
        "decision, which occurrence (finalizer of SplitMix64, upper 52 bits). No generator has a state, so a "
        "decision added elsewhere changes nothing here, and all designs meet the same customers with the same luck. "
        "All laws are drawn by inversion of one uniform."
    )


def versions(s: Subject) -> Table:
    """Give the versions of what runs it."""
    names = [name for name in ("orgsim", "python", *PACKAGES) if name in s.origin]
    return tabled("Software", ["package", "version"], [[name, str(s.origin[name])] for name in names])


def machine(s: Subject) -> str:
    """Say where it was composed, and with how many workers it would run."""
    at, q = s.origin, s.question
    return (
        f"{at['platform']}, {plural(at['cpus'] or 1, 'processor')}, Python {at['python']}; "
        f"{plural(q.workers, 'worker')}, backend {q.backend}, engine {q.engine}. The answer depends on none of these; "
        "how long it takes, dry=true tells before a run."
    )


def sharing(s: Subject) -> Table:
    """Give what finds these sources and this config again."""
    names = ("orgsim", "commit", "checkout", "model", "config", "command")
    meaning = {
        "orgsim": "version",
        "commit": "commit of the sources",
        "checkout": "sources and configs since",
        "model": "hash of the simulator's sources",
        "config": "hash of the resolved config",
        "command": "command that wrote this sheet",
    }
    return tabled("To find it again", ["what", "value"], [[meaning[name], str(s.origin[name])] for name in names])


def assumed(s: Subject) -> Table:
    """Give what is assumed, each within its range."""
    rows = [
        [one.name, number(one.low), number(one.default), number(one.high), one.unit, str(len(one.numbers))]
        for one in s.numbers.assumptions
    ]
    heads = ["assumption", "lowest", "here", "highest", "unit", "numbers"]
    return tabled("Assumptions with a range", heads, rows, folded=True)


def changed(s: Subject) -> Table:
    """Give the numbers that are not as shipped."""
    rows = []
    for one in s.numbers.changed:
        path = f"{one.design}: {one.path}" if one.design and len(s.names) > 1 else one.path
        here, shipped = (("-" if x is None else number(x)) for x in (one.value, one.shipped))
        comment = f": {one.comment}" if one.comment and one.comment != one.origin else ""
        rows.append([path, here, shipped, one.unit, f"{one.origin}{comment}", one.range or "-"])
    heads = ["config path", "here", "shipped", "unit", "origin", "range"]
    return tabled("Numbers that are not as shipped", heads, rows)


def counted(s: Subject) -> str:
    """Say how many numbers there are, and of what origin."""
    n = s.numbers
    parts = ", ".join(f"{count} {origin}" for origin, count in sorted(n.origins.items(), key=lambda item: -item[1]))
    return (
        f"The config has {plural(sum(n.origins.values()), 'number')}: {n.sourced} sourced, {n.assumed} assumptions, "
        f"{n.by_command} set by the command, {n.not_stated} of which no comment says where they come from ({parts})."
    )
