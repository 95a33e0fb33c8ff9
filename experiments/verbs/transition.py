"""`orgsim transition`: what the way from one design to another costs, begun now, later, or never."""

from __future__ import annotations

from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.provenance import provenance
from experiments.answers.transition import Ledgered, added_up, write_months
from experiments.complaint import Complaint
from experiments.composing.designs import about_one_design, designs_exist
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.report.amount import amount_of
from experiments.report.document import write_document
from experiments.report.transition_document import transition_document
from experiments.running.points import cube
from experiments.sampling.ways import NEVER, Ways
from experiments.specs.transition import Transition


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run all ways up to every month, print what each has brought, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every way. Overrides of ``org.*`` go into the design before.
    config_dir : str or None
        A user's own configs.
    """
    about_one_design(overrides)
    for word in overrides:
        if word.lstrip("+~").partition("=")[0] in ("org", "changes", "run.weeks"):
            raise Complaint.about(
                word.partition("=")[0], "is what ways differ in: transition.before, after, starts, months"
            )
    space = Space(overrides, config_dir)
    c = space.at({})
    q, asked = c.question, c.question.transition or Transition()
    designs_exist("transition", [asked.before, asked.after], config_dir)
    ways = Ways(space, asked)
    ways.look_ahead()
    measured_at("transition.kpi", [asked.kpi], {asked.before: ways.scenario(NEVER, ways.months[-1])})
    config = {**c.data, "transition": asked.model_dump()}
    origin = provenance("transition", overrides, config_dir, config, seed=q.seed, replications=q.replications)
    path = target(q.out, "transition", str(origin["config"]))
    with folder(path) as part:
        found = added_up(asked, ways, cube(ways, q, [asked.kpi], title="transition"))
        write_months(part / "months.csv", found)
        write_config(config, part, config_dir)
        write_json({"transition": found.plain(), "provenance": origin}, part / "summary.json")
        write_document(transition_document(found, origin), part)
    _tell(found)
    say(f"\nreport: {path / 'report.html'}")


def _tell(found: Ledgered) -> None:
    a = found.asked
    ends = [x for way in found.ways[1:] for one in way.less_never for x in (one.low, one.high)]
    amount = amount_of(found.unit, ends, difference=True)
    say(f"{a.kpi}, added up, {amount.unit}: {a.before} to {a.after}, less never changing")
    say(f"\n{'month':>8}{''.join(f'{way.name:>30}' for way in found.ways[1:])}")
    for i, month in enumerate(found.months):
        say(f"{month:>8g}{''.join(f'{amount.told(way.less_never[i]):>30}' for way in found.ways[1:])}")
    for way in found.ways[1:]:
        good = found.made_good(way)
        if good is not None:
            say(f"{way.name}: behind until month {good.at:.1f}")
    say("\nMeans over replications with paired 95 % intervals, each for itself: luck only, not the assumptions.")
