"""`orgsim decompose`: what each lever brings of what they bring together, whatever the order."""

from __future__ import annotations

from experiments.answers.decomposition import Decomposition, decomposed
from experiments.answers.estimates import estimates_of, write_estimates
from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.provenance import provenance
from experiments.complaint import Complaint
from experiments.composing.choices import choices_exist
from experiments.composing.designs import about_one_design
from experiments.composing.lever_sets import pulled
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.report.amount import amount_of
from experiments.report.document import write_document
from experiments.report.lever_shares import shares_document
from experiments.running.points import cube
from experiments.sampling.subsets import SubsetPoints, orders_of, pulled_in, subsets_of
from experiments.specs.decompose import Decompose

MOST_TOLD = 5
"""Interactions that are printed; all are in the files."""


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run the subsets of levers, print what each brings, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every subset. Levers pulled there are pulled in all of them.
    config_dir : str or None
        A user's own configs.
    """
    about_one_design(overrides)
    space = Space(overrides, config_dir)
    q = space.at({}).question
    asked = q.decompose or Decompose()
    points = _points(space, asked, overrides, config_dir)
    base = space.at(points.setting(0))
    points.look_ahead()
    measured_at("decompose.kpi", [asked.kpi], {base.scenario.org.name: base.scenario})
    config = {**base.data, "decompose": asked.model_dump()}
    origin = provenance("decompose", overrides, config_dir, config, seed=q.seed, replications=q.replications)
    path = target(q.out, "decompose", str(origin["config"]))
    with folder(path) as part:
        orders = orders_of(asked)
        found = cube(points, q, [asked.kpi], title="decompose")
        values = dict(zip(points.subsets, found.per_replication(asked.kpi), strict=True))
        answer = decomposed(asked.levers, values, orders, asked.kpi, found.units[asked.kpi])
        switches = {points.name(s): {one: one in pulled_in(s, asked.levers) for one in asked.levers} for s in values}
        write_estimates(part, estimates_of(found, [asked.kpi]), switches, found.units)
        write_config(config, part, config_dir)
        told = {"base": base.scenario.org.name, "staffing": asked.staffing, "subsets": len(points), **answer.plain()}
        write_json({"decompose": told, "provenance": origin}, part / "summary.json")
        balanced = asked.staffing == "balanced"
        write_document(shares_document(answer, base.scenario.org.name, balanced, len(points), origin), part)
    _tell(answer, base.scenario.org.name, asked, len(points))
    say(f"\nreport: {path / 'report.html'}")


def _points(space: Space, asked: Decompose, overrides: list[str], config_dir: str | None) -> SubsetPoints:
    choices_exist("lever", asked.levers, config_dir, "decompose.levers")
    always = pulled(overrides)
    both = next((lever for lever in asked.levers if lever in always), None)
    if both is not None:
        raise Complaint.about("decompose.levers", "is pulled in every subset by the command itself", repr(both))
    common: dict[str, object] = {"org.staffing": asked.staffing}
    if asked.base is not None:
        choices_exist("org", [asked.base], config_dir, "decompose.base")
        common = {"org": asked.base, **common}
    return SubsetPoints(space, common, always, asked.levers, subsets_of(len(asked.levers), orders_of(asked)))


def _tell(found: Decomposition, base: str, asked: Decompose, subsets: int) -> None:
    amount = amount_of(found.unit, [x for one in found.levers for x in (one.step.low, one.step.high)], difference=True)
    cost = ", each set of levers with the heads that the budget pays for" if asked.staffing == "balanced" else ""
    say(f"{found.kpi}, {amount.unit}: levers pulled on {base}{cost}")
    width = max(len(one.lever) for one in found.levers)
    say(f"\n{'':{width}}{'one after the other':>28}{'share over orders':>28}{'least':>10}{'most':>10}")
    for one in found.levers:
        ends = f"{amount.signed(one.least):>10}{amount.signed(one.most):>10}"
        say(f"{one.lever:{width}}{amount.told(one.step):>28}{amount.told(one.share):>28}{ends}")
    say(f"{'all':{width}}{amount.told(found.whole):>28}{amount.told(found.whole):>28}")
    say(f"\nWithout levers {amount.plain(found.level.mean)}. Steps and shares both add up to the whole.")
    say(f"Beyond the sum of what each brings alone: {amount.told(found.synergy)}.")
    if found.interactions:
        told = sum(interval.excludes_zero for _, _, interval in found.interactions)
        say(f"Interactions, the strongest of {len(found.interactions)} pairs ({told} told from zero, each for itself):")
        for a, b, interval in found.interactions[:MOST_TOLD]:
            say(f"  {a} with {b}: {amount.told(interval)}")
    over = "all orders" if found.orders is None else f"{found.orders} orders drawn, which the intervals allow for"
    say(f"Shares are means over {over}; {subsets:,} sets of levers were run.")
    if found.left_out:
        say(f"{found.left_out} replications are left out: the measure is not defined in them for every set of levers.")
    say("95 % intervals over paired replications, each for itself: luck only, not the assumptions behind the numbers.")
