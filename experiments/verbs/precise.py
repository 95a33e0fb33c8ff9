"""`orgsim precise`: replications until the intervals of several measures are narrow enough."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.narrow import more, narrows
from experiments.answers.narrowed import LUCK_ONLY, Narrowed
from experiments.answers.number import number_text
from experiments.answers.provenance import provenance
from experiments.complaint import Complaint
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import composed_designs
from experiments.composing.measured import measured_at
from experiments.question import Question
from experiments.report.document import write_document
from experiments.report.precision_page import precision_document
from experiments.running.lasting import lasting
from experiments.running.points import cube, store_of
from experiments.specs.precise import Precise
from sim.scenario import Scenario


def main(overrides: list[str], config_dir: str | None) -> None:
    """Add replications until all is narrow enough or may not go on, print the table, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; about several designs if these, or an experiment, name ``designs``, else about one.
    config_dir : str or None
        A user's own configs.
    """
    composed_by_name = _designs(overrides, config_dir)
    first = next(iter(composed_by_name.values()))
    q, asked, data = first.question, first.question.precise, _config(composed_by_name)
    if asked.differences and len(composed_by_name) < 2:
        raise Complaint.about("precise.differences", "there is one design; designs=[A,B] names several", "True")
    points = {name: c.scenario for name, c in composed_by_name.items()}
    measured_at("precise.kpis", asked.kpis, points)
    origin = provenance("precise", overrides, config_dir, data, seed=q.seed)
    path = target(q.out, "precise", str(origin["config"]))
    with folder(path) as part, lasting(q) as q:
        found = narrowed(points, q)
        origin["replications"] = found.replications
        write_config(data, part, config_dir)
        write_json({**found.plain(), "provenance": origin}, part / "summary.json")
        write_document(precision_document(found, origin), part)
    _tell(found, asked)
    say(f"\nreport: {path / 'report.html'}")


def _designs(overrides: list[str], config_dir: str | None) -> dict[str, Composed]:
    """Give the designs that are named as such, by the command or by an experiment; else the one in question."""
    if any(o.lstrip("+").startswith("designs=") for o in overrides):
        return composed_designs(overrides, config_dir)
    c = composed(overrides, config_dir=config_dir)
    if c.question.designs != Question().designs and not any(o.startswith("org=") for o in overrides):
        return composed_designs(overrides, config_dir)
    return {c.scenario.org.name: c}


def narrowed(points: Mapping[str, Scenario], question: Question) -> Narrowed:
    """Run replications in batches until all intervals are narrow enough, or there are as many as there may be.

    Parameters
    ----------
    points : mapping of str to Scenario
        Designs by name, the first being the reference of differences.
    question : Question
        With a store.
    """
    asked, quiet, workers = question.precise, question.quiet, question.workers
    n = asked.most if question.dry else asked.first
    while True:
        found = cube(points.items(), question, list(asked.kpis), title="precise", replications=n)
        judged = narrows(found, asked)
        if question.quiet and not quiet:
            narrow = sum(one.found.enough for one in judged)
            print(f"precise: {n} replications, {narrow} of {len(judged)} intervals narrow enough", file=sys.stderr)
        added = more(judged, n, workers)
        if not added or n >= asked.most:
            return Narrowed(tuple(judged), n, _one_more_s(len(points), question), workers)
        n = min(asked.most, n + (added if asked.batch == "auto" else asked.batch))
        # What comes after the first comes in small pieces: one line tells of each.
        question = question.model_copy(update={"quiet": True})


def _one_more_s(points: int, question: Question) -> float | None:
    """Give how long a replication more of all points takes, by how long replications took."""
    with store_of(question) as store:
        speed = store.speed()
    return None if speed is None else points * speed[0] / (1 if question.backend == "serial" else question.workers)


def _config(designs: Mapping[str, Composed]) -> dict[str, Any]:
    """Give the resolved config: what is common once, and each design's own part."""
    common = next(iter(designs.values())).data
    if len(designs) == 1:
        return common
    return {**common, "designs": list(designs), "org": {name: c.data["org"] for name, c in designs.items()}}


def _tell(found: Narrowed, asked: Precise) -> None:
    for kpi in asked.kpis:
        lines = [one for one in found.intervals if one.kpi == kpi]
        head = "paired difference" if asked.differences else "design"
        width = max(len(head), *(len(one.of) for one in lines))
        say(f"{kpi}, {lines[0].unit}")
        say(f"  {head:{width}}{'mean':>14}{'half-width':>14}{'target':>14}  replications")
        for one in lines:
            p = one.found
            numbers = "".join(f"{number_text(x):>14}" for x in (p.interval.mean, p.half_width, p.allowed))
            say(f"  {one.of:{width}}{numbers}  {one.verdict()}")
    say()
    for claim in found.claims():
        say(claim)
    say(LUCK_ONLY)
