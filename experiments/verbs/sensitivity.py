"""`orgsim sensitivity`: which numbers or assumptions an outcome hangs on, by Morris' or Sobol's method."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.answers.estimates import write_estimates
from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.indices import Indices, indices_of
from experiments.answers.outcomes import outcomes
from experiments.answers.provenance import provenance
from experiments.answers.sensitivities import Sensitivities, strongest
from experiments.answers.swings import Swing, ends_of, swings_of
from experiments.complaint import Complaint
from experiments.composing.designs import about_one_design, about_several_designs, designs_exist
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.question import Question
from experiments.report.document import write_document
from experiments.report.sensitivity_document import sensitivity_document
from experiments.running.points import cube
from experiments.sampling.effects import effect_points
from experiments.sampling.placed import Placed, numbered_rows
from experiments.sampling.worlds import Worlds, worlds_of
from experiments.specs.sensitivity import Sensitivity
from sim.analysis.intervals import Interval

Designs = Sequence[str | None]


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run the points, print the indices, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every point.
    config_dir : str or None
        A user's own configs.
    """
    space = Space(overrides, config_dir)
    c = space.at({})
    q, asked = c.question, c.question.sensitivity or Sensitivity()
    designs = _designs(asked, q, overrides, config_dir)
    names = [design or c.scenario.org.name for design in designs]
    worlds = worlds_of(space, asked, designs, config_dir)
    measured_at(
        "sensitivity.kpis", asked.kpis, {n: worlds.scenario(d, {}) for n, d in zip(names, designs, strict=True)}
    )
    rows = effect_points(asked, len(worlds.dimensions))
    placed = Placed(worlds, designs, numbered_rows(worlds, rows))
    origin = provenance(
        "sensitivity", overrides, config_dir, c.data, seed=q.seed, replications=q.replications, points_seed=asked.seed
    )
    path = target(q.out, "sensitivity", str(origin["config"]))
    with folder(path) as part:
        found = cube(placed.points, q, asked.kpis, title="sensitivity")
        by_kpi = {kpi: outcomes(found, kpi, placed.names) for kpi in asked.kpis}
        factors = [one.name for one in worlds.dimensions]
        indices = {kpi: indices_of(asked, factors, rows, one.means, one.luck) for kpi, one in by_kpi.items()}
        base, swings = _swings(asked, q, worlds, designs, indices[asked.kpis[0]])
        answer = Sensitivities(asked, names, worlds.dimensions, by_kpi, indices, base, swings)
        estimates = {name: {kpi: one.found[i] for kpi, one in by_kpi.items()} for i, name in enumerate(placed.at)}
        write_estimates(part, estimates, placed.settings, found.units)
        write_config(c.data, part, config_dir)
        write_json({**answer.plain(), "provenance": origin}, part / "summary.json")
        write_document(sensitivity_document(answer, origin), part)
    for line in answer.lines():
        say(line)
    say(f"\nreport: {path / 'report.html'}")


def _designs(asked: Sensitivity, question: Question, overrides: list[str], config_dir: str | None) -> Designs:
    """Give the two designs whose difference is the outcome, or the one in question."""
    if not asked.difference:
        about_one_design(overrides)
        return [None]
    about_several_designs(overrides)
    if isinstance(asked.difference, list):
        about_one_design(overrides)
        path, designs = "sensitivity.difference", asked.difference
    else:
        path, designs = "designs", question.designs
        if len(designs) != 2:
            raise Complaint.about(path, "a difference is between two designs", ", ".join(designs))
    designs_exist(path, designs, config_dir)
    return list(designs)


def _swings(
    asked: Sensitivity, question: Question, worlds: Worlds, designs: Designs, indices: Indices
) -> tuple[Interval | None, list[Swing]]:
    """Set the strongest factors to either end, one at a time; only where two designs are compared."""
    chosen = [one.factor for one in strongest(indices, asked.tornado)]
    if len(designs) != 2 or not chosen:
        return None, []
    by_name = {one.name: one for one in worlds.dimensions}
    dimensions = [by_name[name] for name in chosen]
    placed = Placed(worlds, designs, ends_of(dimensions))
    found = cube(placed.points, question, asked.kpis, title="one at a time")
    return swings_of(dimensions, outcomes(found, asked.kpis[0], placed.names))
