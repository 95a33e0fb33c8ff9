"""`orgsim run`: one design, several replications."""

from __future__ import annotations

from experiments.answers.answer import summary_of
from experiments.answers.folder import folder, say, target, write_config, write_json, write_results
from experiments.answers.provenance import provenance
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import about_one_design
from experiments.running.points import run_points


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run the design of a config and write its measures; those of rivals are written beside them.

    Parameters
    ----------
    overrides : list of str
        As on the command line.
    config_dir : str or None
        A user's own configs.
    """
    about_one_design(overrides)
    c = composed(overrides, config_dir=config_dir)
    q = c.question
    origin = provenance("run", overrides, config_dir, c.data, seed=q.seed, replications=q.replications)
    path = target(q.out, "run", origin["config"])
    names = [c.scenario.org.name, *_rivals(c)]
    with folder(path) as part:
        points = {c.scenario.org.name: c.scenario}
        traces = part if q.trace else None
        results = run_points(points, q, title=c.scenario.org.name, rivals=names[1:], traces=traces)
        write_results(results, part)
        write_config(c.data, part, config_dir)
        summary = {**summary_of(results, names), "provenance": origin}
        write_json(summary, part / "summary.json")
    unsteady = set(summary["unsteady"][c.scenario.org.name])
    for name, item in summary["designs"][c.scenario.org.name].items():
        mark = " †" if name in unsteady else ""
        say(f"{name:60} {_interval(item)} {item['unit']}{mark}")
    for name, found in summary["drift"].get(c.scenario.org.name, {}).items():
        if found["drifts"]:
            change = found["change"] / found["level"]
            say(f"† no steady state: the number inside {name} changes by {change:+.0%} of its mean over the window")
    say(f"\nresults: {path}")


def _rivals(c: Composed) -> tuple[str, ...]:
    """Give the names under which rivals stand in the answer."""
    return tuple(f"rival {i + 1}: {org.name}" for i, org in enumerate(c.scenario.rivals))


def _interval(item: dict[str, float | None]) -> str:
    mean, low, high = item["mean"], item["low"], item["high"]
    if mean is None:
        return f"{'not defined':>34}"
    if low is None or high is None:
        return f"{mean:14.6g}{'':20}"
    return f"{mean:14.6g}  [{low:.6g}, {high:.6g}]".ljust(34)
