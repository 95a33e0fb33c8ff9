"""What customers say of the company: referrals of one to one, and the name it has with everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.rules import hazard_chance
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.account import Account
    from sim.engine.world import World

_REFERRAL, _WHOM = word_of("referral"), word_of("whom")


def refer(world: World, customer: Account, satisfaction: float, week: int) -> None:
    """Let a customer tell a prospect, or not; whom belongs to the customer and the week, not to the design."""
    referral = world.plan.outreach.referral
    assert referral is not None
    key = absorb(absorb(customer.key, _REFERRAL), week)
    neutral = world.plan.satisfaction[0]
    chance = hazard_chance(referral.per_year[customer.segment], referral.satisfaction_effect, satisfaction, neutral)
    if uniform(key) >= chance:
        return
    prospect = world.prospects[absorb(key, _WHOM) % len(world.prospects)]
    prospect.referred_until = world.clock._now + referral.fresh_ms
    world.record(Event.REFER, account=customer, value=float(prospect.index))
