"""Bonds of accounts to people and to the firm, and what a leaver takes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.person import Person
    from sim.engine.world import World

_FOLLOW = word_of("follow")


def bind_customers(world: World) -> None:
    """Tie the customers of t=0 to whoever owns them, and to the firm."""
    pace, people = world.pace, world.plan.people
    if pace is None:
        return
    for account in world.customers.values():
        pace.bind_firm(account.index, people.firm_tie_at_start)
        for desk in world.desks:
            owner = account.owner(desk) if desk.role.books else None
            if owner is not None:
                pace.bind(account.index, owner, people.owner_tie_at_start)


def take_along(world: World, person: Person) -> None:
    """Let accounts leave with a leaver, each with a chance in proportion to the share of its ties."""
    pace, follow = world.pace, world.plan.people.follow
    if pace is None:
        return
    if follow > 0.0:
        for account in sorted(world.customers.values(), key=lambda a: a.rank):
            share = pace.tie_share(account.index, person)
            if share <= 0.0:
                continue
            world.record(Event.TIED, account=account, person=person, value=share)
            if uniform(absorb(absorb(account.key, _FOLLOW), person.key)) < follow * share:
                since = account.customer_since
                assert since is not None
                world.record(Event.FOLLOW, account=account, person=person, since=since, value=share)
                account.churn()
    pace.forget(person)
