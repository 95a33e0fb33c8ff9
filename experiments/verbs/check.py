"""`orgsim check`: validate, then say what each design will be asked to do, what it costs and what comes of it."""

from __future__ import annotations

from math import isfinite

from experiments.answers.both_ways import both_ways
from experiments.answers.folder import say
from experiments.complaint import Complaint
from experiments.composing.compose import Composed
from experiments.composing.designs import composed_designs
from experiments.running.points import run_points
from sim.cost import yearly_cost_usd
from sim.load import Load, offered_load
from sim.plan import Plan
from sim.planning import plan_of
from sim.run_error import RunError
from sim.staffing import Staffing
from sim.target_pay import TOLERANCE, TargetPay, target_pay

TOP_ACTIVITIES = 6


def main(overrides: list[str], config_dir: str | None) -> None:
    """Print load, cost and funnel by role and design; runs nothing unless `simulated` is asked for.

    Parameters
    ----------
    overrides : list of str
        As on the command line.
    config_dir : str or None
        A user's own configs.
    """
    chosen = [o.partition("=")[2] for o in overrides if o.startswith("org=")]
    if chosen and not chosen[-1]:
        raise Complaint.about("org", "must be the name of a design")
    if chosen:
        overrides = [o for o in overrides if not o.startswith(("org=", "designs="))] + [f"designs=[{chosen[-1]}]"]
    for name, c in composed_designs(overrides, config_dir).items():
        plan = plan_of(c.scenario)
        try:
            load = offered_load(plan)
        except RunError as error:
            raise Complaint.about(error.path, error.rule) from None
        _print(name, plan, load)
        if c.staffing is not None:
            _print_staffing(c.staffing)
        if c.question.simulated:
            _print_both_ways(name, plan, load, c)
        say()
    say(
        "Load is expected work over hours present, if nobody ever waits; then with hand-offs; then with set-up as well."
    )


def _print(name: str, plan: Plan, load: Load) -> None:
    cost = yearly_cost_usd(plan)
    say(f"{name}: {sum(cost.values()):,.0f} USD a year")
    head = f"{'role':20}{'heads':>6}{'hours present':>15}{'work':>9}{'load':>7}{'+hand-offs':>11}{'+set-up':>9}"
    head += f"{'USD a year':>13}"
    say(f"  {head}  most of it")
    for role in plan.roles:
        if role.headcount == 0:
            continue
        capacity, hours = load.capacity_h[role.name], load.hours(role.name)
        with_handoff, everything = hours + load.handoff_h[role.name], load.all_hours(role.name)
        share = f"{hours / capacity:7.0%}{with_handoff / capacity:11.0%}{everything / capacity:9.0%}"
        mine = sorted(((h, a) for (r, a), h in load.work_h.items() if r == role.name), reverse=True)[:TOP_ACTIVITIES]
        most = ", ".join(f"{a} {h:,.0f}" for h, a in mine if h >= 0.5)
        warn = "  OVERLOADED" if everything > capacity else ""
        line = f"{role.name:20}{role.headcount:6}{capacity:15,.0f}{hours:9,.0f}{share}{cost[role.name]:13,.0f}"
        say(f"  {line}  {most}{warn}")
    for pay in target_pay(plan, load):
        _print_pay(pay)
    for post in ("(fixed posts)", "(machines)", "(marketing)"):
        if cost[post]:
            say(f"  {post:20}{cost[post]:70,.0f}")
    _print_funnel(load)
    if load.referred_customers >= 1.0:
        told = f"{load.referred_customers:.2f} new customers"
        say(f"  WARNING referrals of one customer bring {told} before it leaves: growth without end (market.referral)")


def _print_pay(pay: TargetPay) -> None:
    """Print what commission is expected to come to beside what it is at target, and warn where they are far apart."""
    both = f"commission {pay.expected_usd:,.0f} USD a year by arithmetic; variable pay at target {pay.target_usd:,.0f}"
    share = f" ({pay.share:.0%})" if pay.target_usd > 0.0 else ""
    say(f"  {pay.role}: {both}{share}; no overhead")
    if pay.differs:
        told = f"further from target than {TOLERANCE:.0%}, and cost is counted at target"
        say(f"  WARNING {pay.role}: commission is {told} (org.roles.{pay.role}.commission)")


def _print_funnel(load: Load) -> None:
    if load.needs:
        say("  a year: " + ", ".join(f"{n:,.0f} {name}" for name, n in load.needs.items()))
    journeys: dict[str, dict[str, float]] = {}
    for (journey, end), cases in load.ends.items():
        journeys.setdefault(journey, {})[end] = cases
    for journey, ends in journeys.items():
        total = sum(ends.values())
        if total <= 0.0:
            continue
        shares = ", ".join(f"{end} {cases:,.1f} ({cases / total:.0%})" for end, cases in sorted(ends.items()))
        say(f"  {journey:20}{total:8,.0f} cases: {shares}")


def _print_staffing(staffing: Staffing) -> None:
    heads = ", ".join(f"{name} {n} for {staffing.offered[name]:.2f}" for name, n in staffing.heads.items())
    more = staffing.more_marketing_usd_per_year
    left = f"{abs(more):,.0f} USD a year {'less' if more < 0.0 else 'more'} for marketing than the design says"
    left += f", {staffing.unspent_usd_per_year:,.0f} not spent" if staffing.unspent_usd_per_year else ""
    say(f"  balanced staffing, beta {staffing.beta:.2f}: {heads}; {left}")


def _print_both_ways(name: str, plan: Plan, load: Load, c: Composed) -> None:
    """Run the design and print expected beside simulated hours."""
    kpis = run_points({name: c.scenario}, c.question, title=name).means()[name]
    say(f"  {'hours a year':20}{'':22}{'expected':>10}{'of these cases':>16}{'simulated':>11}{'differs':>9}")
    for h in both_ways(plan, load, kpis):
        off = f"{h.off:+9.1%}" if h.off is not None and isfinite(h.off) else ""
        done = f"{h.simulated_h:,.0f}" if isfinite(h.simulated_h) else "-"
        say(f"  {h.role:20}{h.activity:22}{h.expected_h:10,.0f}{h.of_cases_h:16,.0f}{done:>11}{off}")
