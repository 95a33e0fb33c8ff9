"""From a scenario to its plan: names become indices, hours milliseconds, per-segment values rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sim import plan as p
from sim.draws import word_of
from sim.laws import Law
from sim.planning.journeys import add_steps, journeys_of
from sim.planning.market import (
    account_mark_of,
    channels_of,
    expectation_of,
    needs_of,
    practice_of,
    response_of,
    rows_per_week,
    sources_of,
    stream_of,
    trait_of,
    week_profile_of,
)
from sim.planning.names import TRAINING, Names, ms
from sim.planning.outreach import outreach_of
from sim.planning.pay import ways_of
from sim.planning.people import activities_of, people_of, responses_of, terms_of
from sim.rules import PARAMETERS
from sim.scenario.hours import calendar_of
from sim.scenario.org import Org
from sim.scenario.scenario import Scenario
from sim.worktime import WEEK_MS


def plan_of(scenario: Scenario) -> p.Plan:
    """Build the plan of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Checked (see `Scenario.read`).

    Returns
    -------
    Plan
        Depends on nothing but the scenario; never on a seed. Replications of one scenario share one plan.
    """
    return _plan_of(_Described(scenario.model_dump_json(), scenario))


@dataclass(frozen=True)
class _Described:
    """A scenario, equal to any other that says the same."""

    said: str
    scenario: Scenario = field(compare=False)


@lru_cache(maxsize=16)
def _plan_of(described: _Described) -> p.Plan:
    scenario, laws = described.scenario, dict[int, Law]()
    orgs = [scenario.org, *([scenario.run_in] if scenario.run_in else []), *(c.org for c in scenario.changes)]
    plan = _plan(scenario, scenario.org, orgs, laws)
    start = plan.window_ms[0]
    earlier = () if scenario.run_in is None else ((0, _plan(scenario, scenario.run_in, orgs, laws)),)
    starts = [start + math.floor(c.week * WEEK_MS + 0.5) for c in scenario.changes]
    later = tuple((at, _plan(scenario, c.org, orgs, laws)) for at, c in zip(starts, scenario.changes, strict=True))
    return replace(plan, start_ms=start if earlier else 0, earlier=earlier, later=later)


def _plan(scenario: Scenario, org: Org, orgs: Sequence[Org], laws: dict[int, Law]) -> p.Plan:
    """Plan one of the designs of a run, with the indices that all of them share."""
    n = Names(scenario.model_copy(update={"org": org}), orgs, laws)
    add_steps(n)
    roles, persons = people_of(n)
    activities = activities_of(n)
    market = scenario.market
    warmup, weeks = scenario.run.warmup_weeks, scenario.run.weeks
    lo, hi = math.floor(warmup * WEEK_MS + 0.5), math.floor((warmup + weeks) * WEEK_MS + 0.5)
    satisfaction = {**PARAMETERS["satisfaction"], **market.rules.get("satisfaction", {})}
    recorded = market.needs.recorded if market.needs else None
    epochs = tuple(recorded.epochs_ms or ()) if recorded else None
    rivalry = market.rivalry
    start_share = 1.0 / (1 + len(scenario.rivals))
    if scenario.rivals and rivalry.shares_at_start:
        start_share = rivalry.shares_at_start[0]
    return p.Plan(
        design=org.name,
        horizon_ms=hi,
        window_ms=(lo, hi),
        segments=tuple(n.segments),
        customers=tuple(g.customers for g in market.segments.values()) or (0,),
        prospects=tuple(g.prospects for g in market.segments.values()) or (0,),
        traits=tuple(n.traits),
        trait_laws=tuple(trait_of(n, name) for name in n.traits),
        trait_offsets=tuple(market.offsets.get(name, 0.0) for name in n.traits),
        channels=channels_of(n),
        customer_hours=calendar_of(market.customer_hours),
        week_profile=week_profile_of(market.profile.weekdays, market.profile.hours),
        season=tuple(w * len(market.profile.season) / math.fsum(market.profile.season) for w in market.profile.season),
        weekly_cv2=market.profile.weekly_cv2,
        registers=tuple(n.registers),
        steps=tuple(n.steps),
        journeys=journeys_of(n),
        activities=activities,
        roles=tuple(replace(role, ways_ms=ways_of(n, role, r, activities)) for r, role in enumerate(roles)),
        persons=tuple(persons),
        rules=tuple(n.rules),
        named_laws=tuple(n.laws_ms(market.laws[name]) for name in n.laws),
        law_words=tuple(word_of(f"law {name}") for name in n.laws),
        milestones=tuple(expectation_of(n, name) for name in n.milestones),
        needs=needs_of(n),
        needs_multiplier=(market.needs.rate if market.needs else 1.0) or 1.0,
        recorded_ms=epochs,
        recorded_by_day=bool(recorded and recorded.days_only),
        recorded_per_week=rows_per_week(epochs) if epochs else 0.0,
        response=response_of(n),
        marketing_usd_per_year=org.marketing_usd_per_year,
        machines_usd_per_year=org.machines_usd_per_year,
        fixed_usd_per_year=sum(post.headcount * post.pay_usd for post in org.posts.values()) * org.overhead,
        streams=tuple(stream_of(n, name, stream) for name, stream in market.recurring.items()),
        sources=sources_of(n),
        churn_per_year=n.by_segment(market.churn.per_account_per_year) if market.churn else (),
        churn_effect=market.churn.satisfaction_effect if market.churn else 0.0,
        satisfaction=(
            satisfaction["neutral"],
            satisfaction["half_life_days"],
            satisfaction["bad_factor"],
            satisfaction["channel_liking"],
        ),
        rest_ms=math.floor(market.rest_weeks * WEEK_MS + 0.5),
        contribution_margin=market.contribution_margin,
        across_roles=terms_of(org.handoff.across_roles),
        within_role=terms_of(org.handoff.within_role),
        return_ms=ms(org.handoff.return_h),
        compliance=org.compliance,
        give_step=n.background_steps["give_over"],
        complete_step=n.background_steps["complete_kit"],
        train_step=n.background_steps[TRAINING],
        technical=n.register("technical"),
        luck=n.register("luck"),
        value=n.register("value"),
        lift=n.register("lift"),
        reputation=n.register("reputation"),
        skill_sigma=org.skill_sigma,
        people=responses_of(scenario.people),
        outreach=outreach_of(n, roles, n.steps),
        account_marks=tuple(account_mark_of(n, name, chance) for name, chance in market.account_marks.items()),
        practices=tuple(practice_of(n, name, practice) for name, practice in market.practices.items()),
        goodwill=n.register("goodwill"),
        neglected=n.traits.index("neglected") if "neglected" in n.traits else -1,
        rivals=len(scenario.rivals),
        start_share=start_share,
        offer=n.milestones.index(rivalry.offer) if scenario.rivals and rivalry.offer else -1,
        incumbent=(rivalry.incumbent_advantage, rivalry.satisfaction_effect) if scenario.rivals else (0.0, 0.0),
    )
