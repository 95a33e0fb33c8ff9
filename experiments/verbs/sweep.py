"""`orgsim sweep`: many points of a space, on the same customers with the same luck."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.answers.estimates import Estimates, estimates_of, write_estimates
from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.provenance import provenance
from experiments.composing.asked import asked_of
from experiments.composing.space import Space
from experiments.report.amount import Amount, amount_of
from experiments.report.document import write_document
from experiments.report.sweep_found import sweep_document
from experiments.running.points import cube
from experiments.sampling.points import SpacePoints
from experiments.sampling.settings import named, settings
from experiments.specs.sweep import Sweep
from sim.analysis.intervals import Interval

EXAMPLE = "'sweep.grid={org: [traditional, persuasion_only], market.needs.rate: [0.8, 1.0, 1.2]}'"
MOST_TOLD = 40
"""Points whose estimates are printed; all are in the files."""


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run all points of a sweep, print a table of their measures, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every point.
    config_dir : str or None
        A user's own configs.
    """
    space = Space(overrides, config_dir)
    c = space.at({})
    sweep, q = asked_of(c, "sweep", Sweep, EXAMPLE), c.question
    points = {named(setting): setting for setting in settings(sweep)}
    origin = provenance("sweep", overrides, config_dir, c.data, seed=q.seed, replications=q.replications)
    path = target(q.out, "sweep", str(origin["config"]))
    with folder(path) as part:
        found = cube(SpacePoints(space, points), q, sweep.kpis, title="sweep")
        estimates = estimates_of(found, sweep.kpis)
        write_estimates(part, estimates, points, found.units)
        write_config(c.data, part, config_dir)
        told = {point: {kpi: one.plain() for kpi, one in cells.items()} for point, cells in estimates.items()}
        write_json(
            {"points": points, "estimates": told, "units": found.units, "provenance": origin}, part / "summary.json"
        )
        write_document(sweep_document(estimates, points, found.units, origin), part)
    _tell(estimates, sweep.kpis, found.units)
    say(f"\nreport: {path / 'report.html'}")


def _tell(estimates: Estimates, kpis: list[str], units: Mapping[str, str]) -> None:
    shown, columns = list(estimates)[:MOST_TOLD], []
    for i, kpi in enumerate(kpis, 1):
        found = [estimates[point][kpi] for point in shown]
        amount = amount_of(units[kpi], [x for one in found for x in (one.low, one.mean, one.high)])
        say(f"[{i}] {kpi}, {amount.unit}")
        columns.append([f"[{i}]", *(_level(one, amount) for one in found)])
    width, widths = max(map(len, shown)), [max(map(len, column)) for column in columns]
    say()
    for name, *cells in zip(["", *shown], *columns, strict=True):
        say(f"{name:{width}}{''.join(f'  {cell:>{w}}' for cell, w in zip(cells, widths, strict=True))}")
    if len(estimates) > len(shown):
        say(f"... and {len(estimates) - len(shown):,} points more, in points.csv")
    say("\nMean over replications with 95 % interval, each for itself: luck only, not the assumptions.")


def _level(found: Interval, amount: Amount) -> str:
    scaled = (x * amount.factor for x in (found.mean, found.low, found.high))
    return Interval(*scaled, found.n).text(",.4g")
