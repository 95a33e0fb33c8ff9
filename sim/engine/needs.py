"""The needs of prospects: how they arise, and how they come to the company."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.demand import need_key
from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.marks import CONTACT
from sim.order import ARRIVAL, rank
from sim.outcomes import REACHED, UNREACHED, UNUSABLE
from sim.plan import INBOUND, PROPOSITION, REFERRAL
from sim.rules import either, kept
from sim.trace import Event
from sim.worktime import DAY_MS, WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.account import Account
    from sim.engine.person import Person
    from sim.engine.world import World

_RECORDED, _ROW = word_of("recorded"), word_of("row")


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
        yield Moment(world.clock, epoch, ARRIVAL | rank(world.own(need)))
        meet(world, account, need)


def recorded_needs(world: World) -> Generator[simpy.Event, None, None]:
    """Let recorded needs arise: row j belongs to a fixed account by hash, whatever the design."""
    plan, stream = world.plan, world.plan.needs
    assert stream is not None
    assert plan.recorded_ms is not None
    key = absorb(world.market_key, _RECORDED)
    prospects = world.prospects
    taken: dict[int, int] = {}
    rows = []
    for j, epoch in enumerate(plan.recorded_ms):
        account = prospects[absorb(absorb(key, _ROW), j) % len(prospects)]
        k = taken[account.index] = taken.get(account.index, 0) + 1
        instant = world.intensity.within_day(epoch // DAY_MS, key, j) if plan.recorded_by_day else epoch
        need = need_key(absorb(account.key, stream.word), k)
        rows.append((instant, rank(world.own(need)), j, account, need))
    for instant, place, _, account, need in sorted(rows, key=lambda r: r[:3]):
        if instant >= plan.horizon_ms:
            return
        yield Moment(world.clock, instant, ARRIVAL | place)
        meet(world, account, need)


def meet(world: World, account: Account, need: int) -> None:
    """Let one need meet the company, or not."""
    stream = world.plan.needs
    assert stream is not None
    contact = _contact(world.own(need))
    step = world.plan.journeys[stream.journey].first
    origin = INBOUND if contact < world.reach.share else _origin(world, account, contact)
    if origin < 0:
        outcome = UNREACHED
        account.open_need, account.open_since = need, world.clock._now
    elif not account.available():
        outcome = UNUSABLE
    else:
        outcome = REACHED
    world.record(Event.NEED, account=account, step=step, value=outcome)
    if outcome == REACHED:
        take_up(world, account, need, origin)


def _contact(case: int) -> float:
    """Give the place, along the share of needs that are reached, of the need whose case would have this address."""
    return uniform(absorb(case, CONTACT))


def _origin(world: World, account: Account, contact: float) -> int:
    """Tell how a need comes to the company that money alone does not bring; -1 if it does not.

    Each way reaches a share of what those before it leave: nurtured accounts come of themselves, then answers to a
    proposition, then referrals; a need has one place on that line, whatever the design.
    """
    plan, now, share = world.plan, world.clock._now, world.reach.share
    outreach = plan.outreach
    if outreach.nurture_reach > 0.0 and account.met_at >= 0:
        weeks = (now - account.met_at) / WEEK_MS
        share = either(share, kept(outreach.nurture_reach, weeks, outreach.nurture_half_life_weeks))
        if contact < share:
            return INBOUND
    if outreach.propositions is not None:
        share = either(share, world.marketing.answered())
        if contact < share:
            return PROPOSITION
    if outreach.referral is not None and now < account.referred_until:
        share = either(share, outreach.referral.reach)
        if contact < share:
            return REFERRAL
    return -1


def take_up(
    world: World, account: Account, need: int, origin: int, *, opened: int = -1, person: Person | None = None
) -> None:
    """Make an opportunity of a need; called at the case's rank among arrivals.

    Parameters
    ----------
    world, account : World, Account
        Who meets whom.
    need : int
        Key of the need, of which that of the case is the company's own.
    origin : int
        How it came, an index into `sim.plan.ORIGINS`.
    opened : int
        The need's epoch, from which its decision window runs; -1 for now.
    person : Person or None
        Whoever called; owns the account from now on where the role owns books.
    """
    stream = world.plan.needs
    assert stream is not None
    account.need = world.own(need)
    account.open_need = -1
    opened = opened if opened >= 0 else world.clock._now
    if person is not None:
        account.assign(person)
    if origin != INBOUND:
        step = world.plan.journeys[stream.journey].first
        world.record(Event.ORIGIN, account=account, step=step, person=person, since=opened, value=float(origin))
    world.begin(
        stream.journey, stream.marks, need, account, contact=_contact(account.need), origin=origin, opened=opened
    )
