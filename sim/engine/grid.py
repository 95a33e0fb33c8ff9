"""The weekly grid: hazards of customers, one draw per account, event and week."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.demand import need_key
from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.engine.word_of_mouth import refer
from sim.order import ARRIVAL, GRID, SHIFT, rank
from sim.plan import PlanStream
from sim.rules import hazard_chance
from sim.worktime import WEEK_MS, WEEKS_PER_YEAR

if TYPE_CHECKING:
    import simpy

    from sim.engine.account import Account
    from sim.engine.world import World

_CHURN, _WHEN = word_of("churn"), word_of("when")


def weekly_grid(world: World) -> Generator[simpy.Event, None, None]:
    """At each Monday 00:00, first let customers leave, then let those who stay refer, and have needs.

    These are the needs that hang on satisfaction. What all who stay think on average makes the company's name.
    """
    clock, plan = world.clock, world.plan
    hazards = [s for s in plan.streams if s.pattern == "weekly_hazard"]
    neutral = plan.satisfaction[0]
    week = 0
    while week * WEEK_MS < plan.horizon_ms:
        yield Moment(clock, week * WEEK_MS, SHIFT | GRID)
        over_neutral = 0.0
        for account in sorted(world.customers.values(), key=lambda a: a.rank):
            satisfaction = account.current_satisfaction()
            if plan.churn_per_year:
                chance = hazard_chance(plan.churn_per_year[account.segment], plan.churn_effect, satisfaction, neutral)
                if uniform(absorb(absorb(account.key, _CHURN), week)) < chance:
                    account.churn()
                    continue
            over_neutral += satisfaction - neutral
            if plan.outreach.referral is not None:
                refer(world, account, satisfaction, week)
            for stream in hazards:
                rate = stream.rate_per_week[account.segment] * WEEKS_PER_YEAR
                chance = hazard_chance(rate, stream.satisfaction_effect, satisfaction, neutral)
                key = need_key(absorb(account.key, stream.word), week)
                if uniform(key) < chance:
                    world.start(_in_the_week(world, account, stream, key, week), SHIFT | account.rank)
        if plan.outreach.reputation and world.customers:
            world.reach.remember(over_neutral / len(world.customers))
        week += 1


def _in_the_week(
    world: World, account: Account, stream: PlanStream, key: int, week: int
) -> Generator[simpy.Event, None, None]:
    """Let the need arise within its week, at its own place along the profile."""
    tenure = account.tenure
    offset = world.intensity.within_week(uniform(absorb(key, _WHEN)))
    yield Moment(world.clock, week * WEEK_MS + offset, ARRIVAL | rank(world.own(key)))
    if account.customer_since is not None and account.tenure == tenure:
        account.begin(stream, key)
