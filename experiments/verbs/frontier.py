"""`orgsim frontier`: where two designs break even over two numbers, and which role limits one of them there."""

from __future__ import annotations

from experiments.answers.cell_table import write_cells
from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.frontier_map import PROFIT, WON, frontiers
from experiments.answers.provenance import provenance
from experiments.composing.asked import asked_of
from experiments.composing.designs import about_one_design, about_several_designs, designs_exist
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.report.document import write_document
from experiments.report.frontier_document import frontier_document
from experiments.running.points import cube
from experiments.sampling.cells import Cells
from experiments.specs.frontier import Frontier

EXAMPLE = (
    "'frontier={x: {market.needs.rate: [0.6, 0.8, 1.0, 1.2]}, y: {org.roles.salesperson.headcount: [3, 4, 5]}, "
    "design: persuasion_only}'"
)


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run both designs in every cell, print the map, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every point. Overrides of ``org.*`` go into both designs.
    config_dir : str or None
        A user's own configs.
    """
    about_one_design(overrides)
    about_several_designs(overrides)
    space = Space(overrides, config_dir)
    c = space.at({})
    q, asked = c.question, asked_of(c, "frontier", Frontier, EXAMPLE)
    designs_exist("frontier", [asked.design, asked.against], config_dir)
    cells = Cells(space, asked)
    cells.look_ahead()
    kpis = list(dict.fromkeys([asked.kpi, *((PROFIT, WON) if asked.constraint else ())]))
    measured_at("frontier.kpi", kpis, {name: cells.scenario(name, (0, 0)) for name in (asked.design, asked.against)})
    origin = provenance("frontier", overrides, config_dir, c.data, seed=q.seed, replications=q.replications)
    path = target(q.out, "frontier", str(origin["config"]))
    with folder(path) as part:
        answer = frontiers(cells, cube(cells, q, kpis, title="frontier"))
        write_cells(part, answer)
        write_config(c.data, part, config_dir)
        write_json({**answer.plain(), "provenance": origin}, part / "summary.json")
        write_document(frontier_document(answer, origin), part)
    for line in answer.lines():
        say(line)
    say(f"\nreport: {path / 'report.html'}")
