"""`orgsim constraint`: which role limits a design, told by what one more person in each role brings."""

from __future__ import annotations

from math import isfinite
from typing import Any

from experiments.answers.answer import summary_of
from experiments.answers.folder import folder, say, target, write_config, write_json, write_results
from experiments.answers.provenance import provenance
from experiments.answers.results import Results
from experiments.complaint import Complaint
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import about_one_design
from experiments.running.points import run_points
from experiments.sampling.one_more import human_roles, with_one_more
from sim.analysis.bottleneck import OneMore, Outcome, constraint_of, one_more_each
from sim.analysis.intervals import Interval
from sim.cost import head_usd
from sim.planning import plan_of
from sim.scenario import Scenario
from sim.worktime import WEEKS_PER_YEAR

PROFIT = "money.contribution_less_opex_usd_per_year"
WON = "throughput.new_customers_per_week"
CAVEATS = (
    "One more person, everything else as it is: the gains of two persons do not add up.",
    "Intervals show luck only, each stands for itself, and the largest of several gains looks larger than it is.",
    "Every run starts with the market's customers at neutral satisfaction and with empty queues.",
)


def main(overrides: list[str], config_dir: str | None) -> None:
    """Add one person to each role in turn, print the table, write the folder.

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
    origin = provenance("constraint", overrides, config_dir, c.data, seed=q.seed, replications=q.replications)
    path = target(q.out, "constraint", str(origin["config"]))
    designs = {
        c.scenario.org.name: c.scenario,
        **{_label(r): with_one_more(c.scenario, r) for r in human_roles(c.scenario)},
    }
    if len(designs) == 1:
        raise Complaint.about("org.roles", "no role with people in it, so nobody to add")
    with folder(path) as part:
        results = run_points(designs, q, title="constraint")
        found = _answer(results, c.scenario)
        summary = summary_of(results, list(designs))
        answer = {"constraint": constraint_of(found), "one_more": [_entry(one) for one in found]}
        write_results(results, part)
        write_config(c.data, part, config_dir)
        write_json({**answer, **summary, "provenance": origin}, part / "summary.json")
        comparison = _comparison(results, summary, c, overrides, origin)
        _write_report(comparison, part)
    _tell(found, summary, c.scenario.org.name)
    say(f"\nreport: {path / 'report.html'}")


def _label(role: str) -> str:
    return f"one more {role}"


def _answer(results: Results, scenario: Scenario) -> list[OneMore]:
    values = results.values()

    def outcome(design: str) -> Outcome:
        return Outcome(values[design][PROFIT], [WEEKS_PER_YEAR * n for n in values[design][WON]])

    roles = human_roles(scenario)
    prices = {role.name: head_usd(role) for role in plan_of(scenario).roles}
    return one_more_each(outcome(scenario.org.name), {r: outcome(_label(r)) for r in roles}, prices)


def _entry(one: OneMore) -> dict[str, Any]:
    return {
        "role": one.role,
        "price_usd_per_year": one.price_usd_per_year,
        "before_price_usd_per_year": one.before_price.plain(),
        "after_price_usd_per_year": one.after_price.plain(),
        "new_customers_per_year": one.new_customers.plain(),
    }


def _tell(found: list[OneMore], summary: dict[str, Any], design: str) -> None:
    """Print what one more person brings, with utilization and queue as hints."""
    known = summary["designs"][design]
    heads = ("one more", "brings k$ a year", "price", "brings less price, k$", "new customers a year", "busy", "queue")
    width = 2 + max(len(name) for name in (heads[0], *(one.role for one in found)))
    say(f"{heads[0]:{width}}{heads[1]:>24}{heads[2]:>8}{heads[3]:>24}{heads[4]:>22}{heads[5]:>7}{heads[6]:>8}")
    for one in found:
        busy = known[f"people.{one.role}.utilization"]["mean"]
        queue = known[f"flow.queue.{one.role}.number"]["mean"]
        price, before, after = f"{one.price_usd_per_year / 1e3:,.0f}", _k(one.before_price), _k(one.after_price)
        won = one.new_customers.text("+.1f")
        hints = f"{'-' if busy is None else f'{busy:.0%}':>7}{'-' if queue is None else f'{queue:.1f}':>8}"
        say(f"{one.role:{width}}{before:>24}{price:>8}{after:>24}{won:>22}{hints}")
    limit = constraint_of(found)
    if not any(isfinite(one.before_price.low) for one in found):
        say("One replication: no intervals, so no gain can be told from chance.")
    elif limit is None:
        say("No gain can be told from zero: no role is known to limit the design.")
    else:
        say(
            f"The constraint: {limit}. Of the gains told from zero its is the largest; see the intervals of the others."
        )
    say("In thousands of USD a year, with 95 % intervals over paired replications. Busy and queue are hints only.")


def _k(found: Interval) -> str:
    return Interval(found.mean / 1e3, found.low / 1e3, found.high / 1e3, found.n).text("+,.0f")


def _comparison(
    results: Results, summary: dict[str, Any], c: Composed, overrides: list[str], origin: dict[str, Any]
) -> Any:
    from experiments.report.comparison import Comparison

    designs = list(summary["designs"])
    return Comparison(
        designs=designs,
        rows=results.rows,
        summary=summary,
        provenance=origin,
        overrides=[o for o in overrides if o.startswith("org.")],
        caveats=CAVEATS,
        title=f"What one more person brings: {c.scenario.org.name} on the market {c.scenario.market.name}",
        compared=f"The design {designs[0]}, and the same with one more person in one role at a time.",
    )


def _write_report(comparison: Any, part: Any) -> None:
    from experiments.report.page import write_report

    try:
        write_report(comparison, part)
    except OSError as error:
        raise Complaint.about("out", f"cannot be written: {error.strerror}") from None
