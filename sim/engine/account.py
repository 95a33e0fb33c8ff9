"""An account: a customer or prospect with its traits, its satisfaction and its open cases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.demand import need_key, regular_epochs
from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.engine.lapse import awaited
from sim.engine.leaving import make_void
from sim.engine.practices import Practices
from sim.marks import draw_account_marks, draw_traits
from sim.order import ARRIVAL, SHIFT, rank
from sim.plan import CHANNELS, PlanStep, PlanStream
from sim.rules import drifted, satisfied, touchpoint
from sim.trace import Event
from sim.worktime import DAY_MS, YEAR_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.case import Case
    from sim.engine.desk import Desk
    from sim.engine.person import Person
    from sim.engine.world import World

_CHANNEL, _FIRST_YEAR = word_of("channel"), word_of("first year")


class Account:
    """One account of the market.

    Attributes
    ----------
    customer_since : int or None
        None for a prospect.
    tenure : int
        Counts the times it became a customer; ends the streams of an earlier tenure.
    need : int
        Key of its need that is being worked on; -1 if there is none.
    open_need, open_since : int
        Key and epoch of the last need that the company did not hear of; -1 if none is left.
    met_at : int
        When it last had to do with the company without being its customer afterwards; -1 for never.
    referred_until : int
        Until when it remembers what a customer told it.
    called_week : int
        Week of the last cold call; -1 for none.
    practices : Practices or None
        What it has adopted; None where the market knows no practices.
    """

    def __init__(self, world: World, index: int, segment: int, number: int) -> None:
        self.world = world
        self.index = index
        self.segment = segment
        self.key = absorb(absorb(world.account_key, world.segment_words[segment]), number)
        self.rank = rank(self.key)
        self.customer_since: int | None = None
        self.tenure = 0
        self.need = -1
        self.rest_until = 0
        self.open_need = self.open_since = -1
        self.met_at = -1
        self.referred_until = 0
        self.called_week = -1
        self.satisfaction = world.plan.satisfaction[0]
        self.satisfied_at = 0
        self.cases: dict[int, Case] = {}
        self.practices = Practices(self) if world.plan.practices else None
        self._marks: list[tuple[int, float]] | None = None
        self._owners: dict[int, tuple[int, Person | None]] = {}
        self._found_by: dict[int, Person] = {}
        self._traits: list[float] | None = None
        self._channel = -2

    @property
    def traits(self) -> list[float]:
        """Numbers drawn once per account, by `Plan.traits`."""
        if self._traits is None:
            self._traits = draw_traits(self.world.plan, self.key, self.segment)
        return self._traits

    @property
    def marks(self) -> list[tuple[int, float]]:
        """What all its needs carry, drawn once per account: (register, 1 for yes or 0 for no)."""
        if self._marks is None:
            self._marks = draw_account_marks(self.world.plan, self.key, self.segment)
        return self._marks

    @property
    def channel(self) -> int:
        """The preferred channel, an index into `CHANNELS`; -1 if the account does not mind."""
        if self._channel == -2:
            shares = self.world.plan.channels[self.segment]
            self._channel = bisect_right(shares, uniform(absorb(self.key, _CHANNEL))) if shares else -1
        return self._channel

    def owner(self, desk: Desk) -> Person | None:
        """Give the person of a role who owns this account: the one whose hash with it is largest; None without people.

        Adding a person moves only the accounts that the new one owns; the accounts of a leaver go to the others.
        """
        roster, owner = self._owners.get(desk.index, (-1, None))
        if roster != desk.roster:
            found_by = self._found_by.get(desk.index)
            owner = (
                found_by
                if found_by in desk.people
                else max(desk.people, key=lambda p: (absorb(self.key, p.key), -p.index), default=None)
            )
            self._owners[desk.index] = (desk.roster, owner)
        return owner

    def assign(self, person: Person) -> None:
        """Let a person own this account while in the role, if the role owns accounts at all."""
        desk = person.desk
        if desk.role.books:
            self._found_by[desk.index] = person
            self._owners[desk.index] = (desk.roster, person)

    # -- being a customer

    def available(self) -> bool:
        """Whether a need of this account can become an opportunity."""
        return self.customer_since is None and self.need < 0 and self.world.clock._now >= self.rest_until

    def become_customer(self, since: int, *, from_start: bool = False) -> None:
        """Start being a customer: the recurring streams begin."""
        self.customer_since = since
        self.tenure += 1
        self.world.customers[self.index] = self
        if from_start and self.practices is not None:
            self.practices.begin_as_customer()
        for stream in self.world.plan.streams:
            if stream.pattern != "weekly_hazard" and stream.rate_per_week[self.segment] > 0.0:
                self.world.start(self._needs(stream, self.tenure, from_start), SHIFT | self.rank)
        if self.world.rivalry is not None:
            self.world.rivalry.joins(self)

    def churn(self) -> None:
        """Stop being a customer: what does not survive it is void, the account rests."""
        world, now = self.world, self.world.clock._now
        assert self.customer_since is not None
        world.record(Event.CHURN, account=self, since=self.customer_since, value=self.current_satisfaction())
        self.customer_since = None
        if world.rivalry is not None:
            world.rivalry.leaves(self)
        self.met_at = now
        self.rest_until = now + world.plan.rest_ms
        world.customers.pop(self.index)
        if self.practices is not None:
            self.practices.drop_all()
        for case in list(self.cases.values()):
            case.bereft = True
            if not case.journey.survives_churn:
                make_void(case)

    def _needs(self, stream: PlanStream, tenure: int, from_start: bool) -> Generator[simpy.Event, None, None]:
        """Let the latent needs of one recurring stream arise while this tenure lasts."""
        world, clock = self.world, self.world.clock
        key = absorb(self.key, stream.word)
        rate = stream.rate_per_week[self.segment]
        epochs = regular_epochs(key, rate) if stream.pattern == "regular" else world.intensity.epochs(key, rate)
        for k, epoch in epochs:
            if epoch < clock._now:
                continue
            if epoch >= world.plan.horizon_ms:
                return
            yield Moment(clock, epoch, ARRIVAL | rank(world.own(need_key(key, k))))
            if self.tenure != tenure or self.customer_since is None:
                return
            first_year = not from_start and epoch < self.customer_since + YEAR_MS
            if first_year and uniform(absorb(need_key(key, k), _FIRST_YEAR)) >= stream.first_year_share:
                continue
            self.begin(stream, need_key(key, k))

    def begin(self, stream: PlanStream, need: int) -> None:
        """Let a recurring need begin its case, in the journey that the account's practices call for."""
        journey, head_start = stream.journey, 0.0
        if self.practices is not None:
            journey = next((j for p, j in stream.variants if self.practices.follows(p)), journey)
            if stream.practice >= 0:
                asked = self.world.plan.journeys[journey]
                if not self.practices.may_adopt(stream.practice) or any(
                    c.journey is asked for c in self.cases.values()
                ):
                    return
                head_start = self.world.plan.practices[stream.practice].openness
        self.world.begin(journey, stream.marks, need, self, head_start=head_start)

    # -- satisfaction

    def current_satisfaction(self) -> float:
        """Satisfaction now, drifted toward neutral since the last touchpoint."""
        neutral, half_life, _, _ = self.world.plan.satisfaction
        now = self.world.clock._now
        self.satisfaction = drifted(self.satisfaction, neutral, (now - self.satisfied_at) / DAY_MS, half_life)
        self.satisfied_at = now
        return self.satisfaction

    def touched(
        self, case: Case, milestone: int, step: int, elapsed: int, expected: int, person: Person | None
    ) -> None:
        """Live through a touchpoint: its score moves satisfaction."""
        plan = self.world.plan
        liking = 0.0
        if person is not None and self.channel >= 0:
            liked = CHANNELS[self.channel] == person.role.channel
            liking = plan.satisfaction[3] if liked else -0.5 * plan.satisfaction[3]
        self.score(case, milestone, step, touchpoint(float(elapsed), float(expected), liking))

    def stood_up(self, case: Case) -> None:
        """Come to an appointment that nobody else keeps: what was expected of it scores zero at once."""
        found = awaited(case)
        if found is not None:
            self.score(case, found[0], found[1], 0.0)

    def neglected(self, so: bool) -> None:
        """Be neglected from now on, or no longer; rules read it as they read a trait."""
        if self.world.plan.neglected >= 0:
            self.traits[self.world.plan.neglected] = 1.0 if so else 0.0

    def score(self, case: Case, milestone: int, step: int, score: float) -> None:
        """Let the score of a touchpoint, 0 to 1, move satisfaction."""
        world = self.world
        weight = world.plan.milestones[milestone].weight
        before = self.current_satisfaction()
        self.satisfaction = satisfied(before, score, weight, world.plan.satisfaction[2])
        if world.pace is not None and score >= world.plan.satisfaction[0]:
            world.pace.pleased(self.index)
        world.record(Event.TOUCH, case=case, step=step, value=score)
        world.record(Event.STATE, case=case, step=step, value=self.satisfaction)

    # -- cases

    def case_ended(self, case: Case, step: PlanStep) -> None:
        """Take the consequences of an end."""
        world, now = self.world, self.world.clock._now
        self.cases.pop(case.key, None)
        if case.key == self.need:
            self.need = -1
            self.met_at = now
        if step.customer and self.customer_since is None:
            if world.rivalry is not None:
                world.rivalry.wins(case)
            world.record(Event.WON, case=case, step=step.index, since=case.epoch, value=case.value)
            self.become_customer(now)
        if self.practices is not None and self.customer_since is not None:
            if step.adopts >= 0:
                self.practices.adopt(step.adopts, case)
            if step.drops >= 0:
                self.practices.drop(step.drops, case)
        if step.rests:
            self.rest_until = now + world.plan.rest_ms
