"""Marketing as work: money is spent as far as the hours for it are worked, and propositions are made of them."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.order import SHIFT, SPENDING
from sim.rules import kept, spent_share
from sim.trace import Event
from sim.worktime import WEEK_MS, WEEKS_PER_YEAR

if TYPE_CHECKING:
    import simpy

    from sim.engine.person import Person
    from sim.engine.task import Task
    from sim.engine.world import World

_PROPOSITION = word_of("proposition")


class Marketing:
    """What has been worked on campaigns this week, and the best proposition in use.

    A week's money is spent at its end, by the hours finished in it; hours beyond those planned buy nothing. Before t=0
    all of it was spent.

    Attributes
    ----------
    done_ms : list of int
        Background work finished since Monday, by activity.
    toward_ms : list of int
        Of it and of earlier weeks, what has gone into a proposition not yet finished.
    made : int
        Propositions finished so far.
    best, best_since : float, int
        Lift of the best one when it was new, and when that was.
    """

    def __init__(self, world: World) -> None:
        activities = len(world.plan.activities)
        self.world = world
        self.done_ms = [0] * activities
        self.toward_ms = [0] * activities
        self.made = 0
        self.best, self.best_since = 0.0, 0
        self._plan, self._monday = world.plan, 0

    def weeks(self) -> Generator[simpy.Event, None, None]:
        """Spend a week's money, once a week."""
        world, week = self.world, 0
        while True:
            yield Moment(world.clock, week * WEEK_MS, SHIFT | SPENDING)
            self._spend(first=week == 0)
            week += 1

    def _spend(self, *, first: bool) -> None:
        world = self.world
        for_inquiries = world.plan.marketing_usd_per_year * world.plan.outreach.inquiry_share
        if self._plan.outreach.campaigns and not first:
            for_inquiries, in_all = self._rates()
            self._note(in_all)
        world.reach.spend_week(for_inquiries)
        self.done_ms = [0] * len(self.done_ms)
        self._plan, self._monday = world.plan, world.clock._now

    def _rates(self) -> tuple[float, float]:
        """Give what this week's work lets be spent on inquiries, and in all, in USD a year, as the week began."""
        outreach, usd = self._plan.outreach, self._plan.marketing_usd_per_year
        for_inquiries = in_all = usd * outreach.free_share
        for campaign in outreach.campaigns:
            rate = usd * campaign.share * spent_share(float(self.done_ms[campaign.activity]), campaign.planned_ms)
            in_all += rate
            for_inquiries += 0.0 if campaign.proposition_ms else rate
        return for_inquiries, in_all

    def _note(self, usd_per_year: float) -> None:
        self.world.record(Event.SPEND, since=self._monday, value=usd_per_year / WEEKS_PER_YEAR)

    def close(self) -> None:
        """Write down what has been spent in the week that the run ends in."""
        if self._plan.outreach.campaigns:
            self._note(self._rates()[1])

    def worked(self, task: Task, person: Person) -> None:
        """Count a finished block of background work, and let it have its effect."""
        activity, outreach = task.step.activity, self.world.plan.outreach
        self.done_ms[activity] += task.fixed_ms
        for campaign in outreach.campaigns:
            if campaign.activity == activity and campaign.proposition_ms:
                self._propose(activity, task.fixed_ms, campaign.proposition_ms)
        if activity == outreach.calls:
            self.world.calling.called(task.fixed_ms, person)

    def _propose(self, activity: int, worked_ms: int, each_ms: int) -> None:
        """Finish as many propositions as the hours make; the best is what it is worth now."""
        world, now = self.world, self.world.clock._now
        law = world.plan.outreach.propositions
        assert law is not None
        finished, self.toward_ms[activity] = divmod(self.toward_ms[activity] + worked_ms, each_ms)
        for _ in range(finished):
            self.made += 1
            lift = law.lift.quantile(uniform(absorb(absorb(world.key, _PROPOSITION), self.made)))
            if lift > self.lift():
                self.best, self.best_since = lift, now

    def lift(self) -> float:
        """Give what the best proposition in use adds to a talk now."""
        return self._worn(self.best)

    def answered(self) -> float:
        """Give the chance that a need not heard of otherwise answers the best proposition in use now."""
        law = self.world.plan.outreach.propositions
        return self._worn(law.reach) if law is not None and self.made else 0.0

    def _worn(self, amount: float) -> float:
        law = self.world.plan.outreach.propositions
        if law is None or amount == 0.0:
            return 0.0
        return kept(amount, (self.world.clock._now - self.best_since) / WEEK_MS, law.half_life_weeks)
