"""`orgsim discover`: where a design fails, as boxes of circumstances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.answers.case_table import write_cases
from experiments.answers.discovery import cases_of, discovered
from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.outcomes import outcomes
from experiments.answers.provenance import provenance
from experiments.composing.asked import asked_of
from experiments.composing.designs import about_one_design, about_several_designs, designs_exist
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.report.discovery_document import discovery_document
from experiments.report.document import write_document
from experiments.running.points import cube
from experiments.sampling.placed import Placed, numbered_rows
from experiments.sampling.samples import latin_hypercube, sobol
from experiments.sampling.worlds import worlds_of
from experiments.specs.discover import Discover, Fails

EXAMPLE = (
    "'discover={ranges: {market.needs.rate: [0.7, 1.3]}, "
    "fails: {difference: money.contribution_less_opex_usd_per_year, design: persuasion_only, than: traditional_tuned, "
    "below: 0}}'"
)
OTHER_SEED = 2**31
"""Added to a seed for fresh points: no seed that can be asked for gives them."""


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run the points, print the boxes, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every point.
    config_dir : str or None
        A user's own configs.
    """
    space = Space(overrides, config_dir)
    c = space.at({})
    q, asked = c.question, asked_of(c, "discover", Discover, EXAMPLE)
    designs = _designs(asked.fails, overrides, config_dir)
    worlds = worlds_of(space, asked, designs, config_dir)
    measured_at(
        "discover.fails.difference" if asked.fails.kpi is None else "discover.fails.kpi",
        [asked.fails.measure],
        {design or c.scenario.org.name: worlds.scenario(design, {}) for design in designs},
    )
    draw = sobol if asked.sample == "sobol" else latin_hypercube
    size = len(worlds.dimensions)
    at: dict[str, Any] = numbered_rows(worlds, draw(asked.n, size, asked.seed))
    if asked.n_fresh:
        at |= numbered_rows(worlds, draw(asked.n_fresh, size, asked.seed + OTHER_SEED), "fresh")
    placed = Placed(worlds, designs, at)
    origin = provenance(
        "discover", overrides, config_dir, c.data, seed=q.seed, replications=q.replications, points_seed=asked.seed
    )
    path = target(q.out, "discover", str(origin["config"]))
    with folder(path) as part:
        settings = placed.settings
        table, names = np.array([[*values.values()] for values in settings.values()], np.float64), list(settings)
        found = outcomes(
            cube(placed.points, q, [asked.fails.measure], title="discover"), asked.fails.measure, placed.names
        )
        split = asked.n
        sets = [
            cases_of(asked.fails, names[s], table[s], found, s.start)
            for s in (slice(0, split), slice(split, len(names)))
        ]
        answer = discovered(asked, worlds.dimensions, *sets, found)
        write_cases(part, answer, settings)
        write_config(c.data, part, config_dir)
        write_json({**answer.plain(), "provenance": origin}, part / "summary.json")
        write_document(discovery_document(answer, origin), part)
    for line in answer.lines():
        say(line)
    say(f"\nreport: {path / 'report.html'}")


def _designs(fails: Fails, overrides: list[str], config_dir: str | None) -> Sequence[str | None]:
    """Give the design in question, or the two whose difference counts, the one it is held against first."""
    about_one_design(overrides)
    named = [name for name in (fails.than, fails.design) if name is not None]
    if not named:
        return [None]
    about_several_designs(overrides)
    designs_exist("discover.fails", named, config_dir)
    return list(named)
