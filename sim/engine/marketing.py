"""Marketing: what money makes of the needs of prospects."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.demand import CONTACT, need_key
from sim.draws import absorb, uniform, word_of
from sim.engine.clock import ARRIVAL, SHIFT, SPENDING, Moment, rank
from sim.trace import Event
from sim.worktime import DAY_MS, WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.account import Account
    from sim.engine.world import World

_RECORDED, _ROW = word_of("recorded"), word_of("row")
UNREACHED, REACHED, UNUSABLE = 0.0, 1.0, 2.0
"""Values of NEED rows."""


def campaigns(world: World) -> Generator[simpy.Event, None, None]:
    """Spend a week's money, once a week."""
    week = 0
    while True:
        yield Moment(world.clock, week * WEEK_MS, SHIFT | SPENDING)
        world.reach.spend_week(world.plan.marketing_usd_per_year)
        week += 1


def prospect_needs(world: World, account: Account) -> Generator[simpy.Event, None, None]:
    """Let the latent needs of one account arise, and see whether the company hears of them."""
    stream = world.plan.needs
    assert stream is not None
    rate = stream.rate_per_week[account.segment]
    if rate <= 0.0:
        return
    key = absorb(account.key, stream.word)
    for k, epoch in world.intensity.epochs(key, rate):
        if epoch >= world.plan.horizon_ms:
            return
        need = need_key(key, k)
        yield Moment(world.clock, epoch, ARRIVAL | rank(need))
        meet(world, account, need)


def recorded_needs(world: World) -> Generator[simpy.Event, None, None]:
    """Let recorded needs arise: row j belongs to a fixed account by hash, whatever the design."""
    plan, stream = world.plan, world.plan.needs
    assert stream is not None
    assert plan.recorded_ms is not None
    key = absorb(world.key, _RECORDED)
    prospects = [a for a in world.accounts if a.customer_since is None]
    taken: dict[int, int] = {}
    rows = []
    for j, epoch in enumerate(plan.recorded_ms):
        account = prospects[absorb(absorb(key, _ROW), j) % len(prospects)]
        k = taken[account.index] = taken.get(account.index, 0) + 1
        instant = world.intensity.within_day(epoch // DAY_MS, key, j) if plan.recorded_by_day else epoch
        need = need_key(absorb(account.key, stream.word), k)
        rows.append((instant, rank(need), j, account, need))
    for instant, place, _, account, need in sorted(rows, key=lambda r: r[:3]):
        if instant >= plan.horizon_ms:
            return
        yield Moment(world.clock, instant, ARRIVAL | place)
        meet(world, account, need)


def meet(world: World, account: Account, need: int) -> None:
    """Let one need meet the company, or not."""
    stream = world.plan.needs
    assert stream is not None
    contact = uniform(absorb(need, CONTACT))
    step = world.plan.journeys[stream.journey].first
    if contact >= world.reach.share:
        outcome = UNREACHED
    elif not account.available():
        outcome = UNUSABLE
    else:
        outcome = REACHED
    world.record(Event.NEED, account=account, step=step, value=outcome)
    if outcome == REACHED:
        account.need = need
        world.begin(stream.journey, stream.marks, need, account, contact=contact)
