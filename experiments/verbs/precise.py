"""`orgsim precise`: replications until the intervals of several measures are narrow enough."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from math import isfinite
from typing import Any

from experiments.answers.cube import Cube
from experiments.answers.folder import folder, provenance, say, target, write_config, write_json
from experiments.answers.narrow import Narrow, more, narrows
from experiments.complaint import Complaint
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import composed_designs
from experiments.composing.measured import measured_at
from experiments.question import Question
from experiments.running.lasting import lasting
from experiments.running.points import cube, store_of
from experiments.running.rehearsal import duration
from sim.scenario import Scenario


def main(overrides: list[str], config_dir: str | None) -> None:
    """Add replications until all is narrow enough or may not go on, print the table, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; with ``designs=[...]`` about several designs, else about one.
    config_dir : str or None
        A user's own configs.
    """
    several = any(o.lstrip("+").startswith("designs=") for o in overrides)
    if several:
        composed_by_name = composed_designs(overrides, config_dir)
    else:
        c = composed(overrides, config_dir=config_dir)
        composed_by_name = {c.scenario.org.name: c}
    first = next(iter(composed_by_name.values()))
    q, asked, data = first.question, first.question.precise, _config(composed_by_name)
    if asked.differences and len(composed_by_name) < 2:
        raise Complaint.about("precise.differences", "there is one design; designs=[A,B] names several", "True")
    points = {name: c.scenario for name, c in composed_by_name.items()}
    measured_at("precise.kpis", asked.kpis, points)
    origin: dict[str, Any] = {**provenance(["precise", *overrides], data), "seed": q.seed}
    path = target(q.out, "precise", str(origin["config"]))
    with folder(path) as part, lasting(q) as q:
        found, judged = narrowed(points, q)
        origin["replications"] = found.replications
        seconds = _seconds(judged, found, q)
        write_config(data, part / "config.yaml")
        answer = {
            "replications": found.replications,
            "enough": all(one.found.enough for one in judged),
            "intervals": [one.plain() for one in judged],
            "seconds_to_go": seconds,
        }
        write_json({**answer, "provenance": origin}, part / "summary.json")
    _tell(judged, found, seconds, q)
    say(f"\nwritten: {path}")


def narrowed(points: Mapping[str, Scenario], question: Question) -> tuple[Cube, list[Narrow]]:
    """Run replications in batches until all intervals are narrow enough, or there are as many as there may be.

    Returns
    -------
    found : Cube
        Of all replications that were run.
    judged : list of Narrow
        What it says of every interval.
    """
    asked, quiet = question.precise, question.quiet
    n = asked.most if question.dry else asked.first
    while True:
        found = cube(points.items(), question, list(asked.kpis), title="precise", replications=n)
        judged = narrows(found, asked)
        if question.quiet and not quiet:
            narrow = sum(one.found.enough for one in judged)
            print(f"precise: {n} replications, {narrow} of {len(judged)} intervals narrow enough", file=sys.stderr)
        added = more(judged, n, question.workers)
        if not added or n >= asked.most:
            return found, judged
        n = min(asked.most, n + (added if asked.batch == "auto" else asked.batch))
        # What comes after the first comes in small pieces: one line tells of each.
        question = question.model_copy(update={"quiet": True})


def _config(designs: Mapping[str, Composed]) -> dict[str, Any]:
    """Give the resolved config: what is common once, and each design's own part."""
    common = next(iter(designs.values())).data
    if len(designs) == 1:
        return common
    return {**common, "designs": list(designs), "org": {name: c.data["org"] for name, c in designs.items()}}


def _missing(judged: list[Narrow], n: int) -> int | None:
    """Give how many replications more all of it seems to take; None if nothing can be said."""
    open_ = [one for one in judged if not one.found.enough]
    if any(one.needed is None for one in open_):
        return None
    return max((max(one.needed or 0, n + 1) - n for one in open_), default=0)


def _seconds(judged: list[Narrow], found: Cube, question: Question) -> float | None:
    """Give how long what is missing would take, by how long replications took."""
    missing = _missing(judged, found.replications)
    with store_of(question) as store:
        speed = store.speed()
    if not missing or speed is None:
        return None if missing is None or speed is None else 0.0
    workers = 1 if question.backend == "serial" else question.workers
    return missing * len(found.points) * speed[0] / workers


def _tell(judged: list[Narrow], found: Cube, seconds: float | None, question: Question) -> None:
    asked, n = question.precise, found.replications
    for kpi in asked.kpis:
        lines = [one for one in judged if one.kpi == kpi]
        width = max(len("paired difference"), *(len(one.of) for one in lines))
        head = "paired difference" if asked.differences else "design"
        say(f"{kpi}, {found.units[kpi]}")
        say(f"  {head:{width}}{'mean':>14}{'half-width':>14}{'target':>14}  replications")
        for one in lines:
            p = one.found
            numbers = "".join(f"{_number(x):>14}" for x in (p.interval.mean, p.half_width, p.allowed))
            say(f"  {one.of:{width}}{numbers}  {one.verdict()}")
    open_ = [one for one in judged if not one.found.enough]
    if not open_:
        reached = max(one.found.reached_at or 0 for one in judged)
        say(f"\nAll {len(judged)} intervals are narrow enough from {reached} replications on; {n} were run.")
    else:
        missing = _missing(judged, n)
        say(f"\n{len(open_)} of {len(judged)} intervals are not narrow enough after {n} replications.")
        if missing is None:
            say("For some of them nothing can be said of what it would take: see the table.")
        else:
            time = "" if seconds is None else f", about {duration(seconds)} more with {question.workers} worker(s)"
            say(f"It would take about {n + missing:,} in all{time}; precise.most={n + missing} allows it.")
    say("95 % intervals, each for itself: luck only, not the assumptions. Estimates from few replications are rough.")


def _number(value: float) -> str:
    return f"{value:,.4g}" if isfinite(value) else "-"
