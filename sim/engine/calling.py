"""Cold prospecting: calls touch one account after another, in an order that no design changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.demand import need_key
from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.engine.needs import take_up
from sim.order import ARRIVAL, rank
from sim.plan import COLD
from sim.trace import Event
from sim.worktime import WEEK_MS

if TYPE_CHECKING:
    from sim.engine.account import Account
    from sim.engine.person import Person
    from sim.engine.world import World

_TOUCH, _PUSH = word_of("cold touch"), word_of("pushed need")


class Calling:
    """The list of those to be called, and how far the company is in it.

    Who is no customer of the company at t=0 stands in the order of their hash. Those who are customers by now, in
    conversation with the company, resting, or called this week already are passed over, at no cost. A touch succeeds by
    the account's luck of the week, if a need of its own is open; calling makes no demand.

    Attributes
    ----------
    cursor : int
        Place of the next account.
    left_ms : int
        Work that did not make up a whole touch.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.order = sorted((a for a in world.accounts if a.customer_since is None), key=lambda account: account.rank)
        self.cursor = 0
        self.left_ms = 0

    def called(self, worked_ms: int, person: Person) -> None:
        """Make the touches that so much work is enough for."""
        touches, self.left_ms = divmod(self.left_ms + worked_ms, self.world.plan.outreach.touch_ms)
        week = self.world.clock._now // WEEK_MS
        made = 0
        for _ in range(touches):
            account = self._next(week)
            if account is None:
                break
            made += 1
            self._touch(account, week, person)
        self.world.record(Event.CALL, person=person, value=float(made))

    def _next(self, week: int) -> Account | None:
        for _ in range(len(self.order)):
            account = self.order[self.cursor]
            self.cursor = (self.cursor + 1) % len(self.order)
            if account.called_week != week and account.available():
                return account
        return None

    def _touch(self, account: Account, week: int, person: Person) -> None:
        outreach, clock = self.world.plan.outreach, self.world.clock
        account.called_week = week
        is_open = self._is_open(account)
        touch = absorb(absorb(self.world.own(account.key), _TOUCH), week)
        if uniform(touch) >= (outreach.success if is_open else outreach.push):
            return
        need, opened = account.open_need, account.open_since
        if not is_open:
            need, opened = need_key(absorb(account.key, _PUSH), week), clock._now

        def begin(_: object) -> None:
            if account.available():
                take_up(self.world, account, need, COLD, opened=opened, person=person)

        Moment(clock, clock._now, ARRIVAL | rank(self.world.own(need)), begin)

    def _is_open(self, account: Account) -> bool:
        """Whether the last need that the company did not hear of is still within its decision window."""
        rivalry = self.world.rivalry
        if account.open_need < 0 or (rivalry is not None and rivalry.is_won(account.open_need)):
            return False
        stream = self.world.plan.needs
        assert stream is not None
        length = self.world.window_ms(stream.journey, account.open_need, account.segment)
        return length < 0 or self.world.clock._now < account.open_since + length
