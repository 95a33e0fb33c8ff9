"""Offered load before a run: what the needs of a year ask of each role if nobody ever has to wait.

A sample of needs of every stream and segment walks its journey without a clock: the same rules, laws and marks as in
a run, no queues. Where the org design plans a wait (`planned_wait_h`), customers whose patience is shorter leave.
What is counted is the work itself, and beside it the hand-offs and the set-up it brings. Set-up depends on the order of
tasks; it is counted as if each person's tasks came in random order, so that a task of a kind that makes up the share p
of all follows another kind with probability 1 - p. Money is thought to be spent in full, the company's name to be
neutral, and neither propositions nor nurturing to do anything; referrals are those of the customers of t=0 at neutral
satisfaction; cold calls touch all prospects alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from math import exp, inf

from sim.binding import apply_rule
from sim.demand import CONTACT, draw_marks
from sim.draws import absorb, key_of, uniform, word_of
from sim.plan import CHOOSE, COLD, DO, INBOUND, REFERRAL, START, WAIT, Plan, PlanActivity, PlanStep, PlanStream
from sim.reach import Reach
from sim.worktime import HOUR_MS, WEEK_MS, Calendar

SAMPLES = 1_500
"""Needs walked per stream and segment."""

MAX_STEPS = 10_000
HANDOFFS = "(hand-offs)"
_CANNOT = word_of("cannot")
_WEEKS = 52
_AGE = word_of("age of an open need")


@dataclass
class Load:
    """What a year asks of an organization.

    Attributes
    ----------
    work_h : dict
        Hours a year by (role, activity); roles and activities by name.
    handoff_h, setup_h : dict
        Hours a year of hand-offs, and of changing over between kinds of work, by role.
    tasks : dict
        Tasks a year by (role, activity); hand-off work among them.
    case_h : dict
        Hours a year of `work_h` that cases bring, by (journey, role, activity); hand-offs beside them under
        `HANDOFFS`.
    own_h : dict
        Hours a year, by role, of background work that each of its people has besides; part of `work_h`.
    capacity_h : dict
        Hours a year that the people of a role are there.
    commission_usd : dict
        Commission a year by role, of those that earn any.
    ends : dict
        Cases a year by (journey, outcome).
    needs : dict
        Needs a year by stream; of those of prospects, how many come as inquiries, are referred, are found by calls, and
        how many would reach the company while their account is in another case or rests after one (`not available`).
    referred_customers : float
        New customers that the referrals of one customer bring before it leaves, if there are inquiries to learn from.
    """

    work_h: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    handoff_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    setup_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    tasks: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    case_h: defaultdict[tuple[str, str, str], float] = field(default_factory=lambda: defaultdict(float))
    own_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    capacity_h: dict[str, float] = field(default_factory=dict)
    commission_usd: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    ends: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    needs: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    referred_customers: float = 0.0

    def hours(self, role: str) -> float:
        """Hours a year of work offered to a role, without hand-offs and set-up."""
        return sum(h for (r, _), h in self.work_h.items() if r == role)

    def all_hours(self, role: str) -> float:
        """Hours a year that a role is to be busy: work, hand-offs and set-up."""
        return self.hours(role) + self.handoff_h[role] + self.setup_h[role]


def offered_load(plan: Plan, samples: int = SAMPLES) -> Load:
    """Compute the offered load of a plan.

    Parameters
    ----------
    plan : Plan
        Market and design.
    samples : int
        Needs walked per stream and segment; the standard error of a branch share p is sqrt(p (1 - p) /
        samples).

    Returns
    -------
    Load
        Expected hours, capacities and outcomes of a year of 52 weeks.
    """
    return _Walk(plan, samples).load()


class _Walk:
    def __init__(self, plan: Plan, samples: int) -> None:
        self.plan = plan
        self.samples = samples
        self.found = Load()
        self.away_ms = 0.0
        self.reach = Reach(plan)
        self.key = key_of(0, 0, word_of("load"))

    def load(self) -> Load:
        plan = self.plan
        for role in plan.roles:
            open_h = role.calendar.worked(0, _WEEKS * WEEK_MS) / HOUR_MS
            weeks = open_h / (Calendar(role.calendar.intervals).worked(0, WEEK_MS) / HOUR_MS)  # less what holidays take
            works = exp(-role.outage_ms / role.outage_every_ms) if role.outage_every_ms > 0.0 else 1.0
            self.found.capacity_h[role.name] = open_h * role.headcount * (1.0 - role.absence) * works
            for work in role.background:
                there = role.headcount * (1.0 - role.absence) if work.per_person else 1.0
                hours = work.blocks * work.block_ms / HOUR_MS * there * weeks
                self.found.work_h[role.name, plan.steps[work.step].name] += hours
                self.found.tasks[role.name, plan.steps[work.step].name] += work.blocks * there * weeks
                if work.per_person:
                    self.found.own_h[role.name] += hours
        for stream in plan.streams:
            for segment, count in enumerate(plan.customers_at_start):
                needs = count * stream.rate_per_week[segment] * _WEEKS * self._open_share(stream, segment)
                if needs > 0.0:
                    self.found.needs[stream.name] += needs
                self._stream(stream, segment, needs / self.samples)
        if plan.needs is not None:
            self._prospects(plan.needs)
        self._change_over()
        return self.found

    def _change_over(self) -> None:
        """Count set-up, each role's tasks taken in random order."""
        activities = {activity.name: activity for activity in self.plan.activities}
        for role in self.plan.roles:
            tasks = [(activities[a], n) for (r, a), n in self.found.tasks.items() if r == role.name and n > 0.0]
            if role.machine or not tasks:
                continue
            groups: defaultdict[str, float] = defaultdict(float)
            for activity, n in tasks:
                groups[activity.setup_group] += n
            everything = sum(groups.values())
            self.found.setup_h[role.name] = sum(
                n * activity.setup_ms / HOUR_MS * (1.0 - groups[activity.setup_group] / everything)
                for activity, n in tasks
            )

    def _available(self, stream: PlanStream, segment: int, per_year: float) -> float:
        """Give the share of time that a prospect is open to the company, in the long run.

        Between being reached, open prospects wait 1 / rate on average; then they are taken up for the customer's own
        time of a case, and for the rest after it (renewal-reward; Ross 2019, Introduction to Probability Models, 12th
        ed., sec. 7.4).
        """
        found, self.found, self.away_ms = self.found, Load(), 0.0
        self._stream(stream, segment, 1.0 / self.samples)
        self.found = found
        return 1.0 / (1.0 + per_year / _WEEKS * self.away_ms / WEEK_MS)

    def _open_share(self, stream: PlanStream, segment: int) -> float:
        """Give the share of accounts in which the needs of a stream arise at all, as at t=0."""
        if stream.practice < 0:
            return 1.0
        practice = self.plan.practices[stream.practice]
        return practice.eligible[segment] * (1.0 - practice.at_start[segment]) if practice.offered else 0.0

    def _prospects(self, stream: PlanStream) -> None:
        """Walk what comes to the company of the needs of prospects, by origin."""
        plan, found, share = self.plan, self.found, self.reach.share
        arising: list[float] = []
        for segment, count in enumerate(plan.open_at_start):
            needs = count * stream.rate_per_week[segment] * _WEEKS
            if plan.recorded_ms is not None:
                needs = plan.recorded_per_week * _WEEKS * plan.prospects[segment] / max(1, sum(plan.prospects))
            found.needs["needs"] += needs
            reached = needs * share
            met = reached * self._available(stream, segment, reached / max(1, count))
            found.needs["not available"] += reached - met
            found.needs["inquiries"] += met
            self._stream(stream, segment, met / self.samples)
            arising.append(needs)
        inquiries, won = found.needs["inquiries"], self._won(stream.journey)
        for segment, needs in enumerate(arising):
            referred = needs * (1.0 - share) * self._referred()
            cold = self._touched(stream, segment)
            for origin, met, name in ((REFERRAL, referred, "referred"), (COLD, cold, "found by calls")):
                if met > 0.0:
                    found.needs[name] += met
                    self._stream(stream, segment, met / self.samples, origin)
        if plan.outreach.referral is not None and inquiries > 0.0:
            found.referred_customers = self._referred_customers() * won / inquiries

    def _won(self, journey: int) -> float:
        """Give the new customers a year of the cases walked so far."""
        name = self.plan.journeys[journey].name
        ends = [s.name for s in self.plan.steps if s.journey == journey and s.customer]
        return sum(self.found.ends[name, end] for end in ends)

    def _referred(self) -> float:
        """Give the chance that a need which money does not bring is that of a prospect who was referred, and comes."""
        referral = self.plan.outreach.referral
        if referral is None:
            return 0.0
        a_year = sum(n * rate for n, rate in zip(self.plan.customers_at_start, referral.per_year, strict=True))
        fresh = a_year / _WEEKS * referral.fresh_ms / WEEK_MS / max(1, sum(self.plan.prospects))
        return referral.reach * (1.0 - exp(-fresh))

    def _referred_customers(self) -> float:
        """Give the needs that the referrals of one customer bring, the mean over customers, before it leaves."""
        plan, referral, stream = self.plan, self.plan.outreach.referral, self.plan.needs
        assert referral is not None
        assert stream is not None
        run_years = plan.horizon_ms / WEEK_MS / _WEEKS
        leaving = plan.churn_per_year or (0.0,) * len(plan.customers)
        years = [min(1.0 / h, run_years) if h > 0.0 else run_years for h in leaving]
        referrals = sum(n * r * y for n, r, y in zip(plan.customers_at_start, referral.per_year, years, strict=True))
        each = referrals / max(1, sum(plan.customers_at_start))
        needs_a_week = sum(n * r for n, r in zip(plan.prospects, stream.rate_per_week, strict=True))
        one = needs_a_week / max(1, sum(plan.prospects)) * referral.fresh_ms / WEEK_MS
        return each * one * (1.0 - self.reach.share) * referral.reach

    def _touched(self, stream: PlanStream, segment: int) -> float:
        """Give the opportunities a year that cold calls find: an open need is one not heard of and not yet over."""
        plan, outreach = self.plan, self.plan.outreach
        if outreach.calls < 0:
            return 0.0
        hours = sum(h for (_, a), h in self.found.work_h.items() if a == plan.activities[outreach.calls].name)
        touches = hours * HOUR_MS / outreach.touch_ms * plan.prospects[segment] / max(1, sum(plan.prospects))
        window, waiting = plan.journeys[stream.journey].window, 1.0
        if window >= 0:
            weeks = plan.named_laws[window][segment].mean / WEEK_MS
            waiting = 1.0 - exp(-stream.rate_per_week[segment] * (1.0 - self.reach.share) * weeks)
        return touches * (waiting * outreach.success + (1.0 - waiting) * outreach.push)

    def _stream(self, stream: PlanStream, segment: int, weight: float, origin: int = INBOUND) -> None:
        if weight <= 0.0:
            return
        share = self.reach.share
        for n in range(self.samples):
            key = absorb(absorb(absorb(self.key, stream.word), segment), n)
            u = uniform(absorb(key, CONTACT))
            contact = (
                (share * u if origin == INBOUND else share + (1.0 - share) * u) if stream is self.plan.needs else 0.0
            )
            registers = [0.0] * len(self.plan.registers)
            reference = self.reach.reference
            draw_marks(registers, stream.marks, key, segment, self.plan.luck, contact, reference)
            for mark in self.plan.account_marks:
                registers[mark.register] = 1.0 if uniform(absorb(key, mark.word)) < mark.chance[segment] else 0.0
            followed = self._followed(stream, key, segment)
            if stream.practice >= 0 and self.plan.goodwill >= 0:
                registers[self.plan.goodwill] += self.plan.practices[stream.practice].openness
            journey = next((j for p, j in stream.variants if p in followed), stream.journey)
            walk, often = _patience(self.plan, journey, key, segment), 1.0
            if origin == COLD and walk.window_ms < inf:
                # Found at any time of its window, and the longer the window the likelier.
                often = walk.window_ms / self.plan.named_laws[self.plan.journeys[stream.journey].window][segment].mean
                walk.elapsed_ms = walk.window_ms * uniform(absorb(key, _AGE))
            self._case(journey, key, segment, registers, weight * often, 0, followed, walk, origin)

    def _followed(self, stream: PlanStream, key: int, segment: int) -> frozenset[int]:
        """Draw the practices offered that the account of a need follows, as many as at t=0; prospects follow none."""
        if stream is self.plan.needs:
            return frozenset()
        offered = [(i, p) for i, p in enumerate(self.plan.practices) if p.offered and i != stream.practice]
        shares = [(i, p.word, p.eligible[segment] * p.at_start[segment]) for i, p in offered]
        return frozenset(i for i, word, share in shares if uniform(absorb(key, word)) < share)

    def _traits(self, key: int, segment: int) -> list[float]:
        plan = self.plan
        return [
            laws[segment].quantile(uniform(absorb(key, word_of(f"trait {name}")))) + offset
            for name, laws, offset in zip(plan.traits, plan.trait_laws, plan.trait_offsets, strict=True)
        ]

    def _case(
        self,
        journey: int,
        key: int,
        segment: int,
        registers: list[float],
        weight: float,
        depth: int,
        followed: frozenset[int],
        walk: _Patience | None = None,
        origin: int = INBOUND,
    ) -> None:
        """Walk one case; what it starts is walked too, to a depth at which feedback has died out."""
        plan, walk = self.plan, walk or _patience(self.plan, journey, key, segment)
        traits = self._traits(key, segment)
        first = plan.journeys[journey].first if origin == INBOUND else plan.journeys[journey].entries[origin][0]
        step, last_role = plan.steps[first], -1
        hands: set[int] = set()
        shunned: set[int] = set()
        for n in range(MAX_STEPS):
            if step.verb == DO:
                if walk.gone(step):
                    step = plan.steps[step.left if not walk.expired else plan.journeys[journey].window_to]
                    continue
                last_role = self._work(step, key, segment, registers, traits, weight, last_role, n, followed, shunned)
                hands.add(last_role)
                step = plan.steps[step.next]
            elif step.verb == WAIT:
                walk.elapsed_ms += step.wait[segment].quantile(uniform(absorb(absorb(key, step.word), n)))
                step = plan.steps[step.next]
            elif step.verb == CHOOSE:
                step = plan.steps[self._branch(step, key, registers, traits, n, followed)]
            elif step.verb == START:
                if step.books:
                    self._pay(journey, registers, weight, hands)
                if depth < 12:
                    child = absorb(absorb(key, step.word), n)
                    self._case(step.child, child, segment, list(registers), weight, depth + 1, followed)
                step = plan.steps[step.next]
            else:
                if step.books:
                    self._pay(journey, registers, weight, hands)
                break
        if depth == 0:
            self.away_ms += weight * (walk.elapsed_ms + (plan.rest_ms if step.rests else 0))
        self.found.ends[plan.journeys[journey].name, step.name] += weight

    def _pay(self, journey: int, registers: list[float], weight: float, hands: set[int]) -> None:
        """Pay the roles that earn on a booking: owners always, others if they had a hand in it."""
        value = registers[self.plan.value] if self.plan.value >= 0 else 0.0
        for r, role in enumerate(self.plan.roles):
            if role.commission and role.headcount and (role.books or r in hands):
                self.found.commission_usd[role.name] += role.commission[journey] * value * weight

    def _work(
        self,
        step: PlanStep,
        key: int,
        segment: int,
        registers: list[float],
        traits: list[float],
        weight: float,
        last_role: int,
        n: int,
        followed: frozenset[int],
        shunned: set[int],
    ) -> int:
        plan = self.plan
        activity = plan.activities[step.activity]
        role = self._role(activity, key, segment, followed)
        if role in shunned:
            role = plan.roles[role].fallback
            self._count(role, step, activity, segment, weight)
        else:
            for each, share in self._sharing(role, activity, segment, followed):
                self._count(each, step, activity, segment, weight * share)
        cannot = plan.roles[role].cannot
        if cannot and uniform(absorb(absorb(key, _CANNOT), activity.word)) < cannot[step.activity]:
            shunned.add(role)
            role = plan.roles[role].fallback
            self._count(role, step, activity, segment, weight)
            if last_role in (-1, role):
                taking = activity.briefing * plan.across_roles.taker_ms / HOUR_MS
                self._hand(role, taking, weight, plan.journeys[step.journey].name)
        if activity.booking >= 0:
            self._book(role, step, activity, segment, weight)
        self._hand_over(last_role, role, activity, weight, plan.journeys[step.journey].name)
        if activity.effect >= 0:
            u = uniform(absorb(absorb(key, activity.word), n + 1))
            quality = plan.roles[role].quality[step.activity]
            apply_rule(plan.rules[activity.effect], registers, traits, 1.0, quality, u)
        return role if not plan.roles[role].machine else last_role

    def _role(self, activity: PlanActivity, key: int, segment: int, followed: frozenset[int]) -> int:
        """Give the role by a practice of the account, by segment, or by a draw."""
        for practice, role in activity.by_practice:
            if practice in followed:
                return role
        roles = activity.roles[segment]
        if activity.shares and len(roles) > 1:
            u = uniform(absorb(absorb(key, activity.word), 0))
            return roles[bisect_right(activity.shares, u)]
        return roles[0]

    def _sharing(
        self, drawn: int, activity: PlanActivity, segment: int, followed: frozenset[int]
    ) -> list[tuple[int, float]]:
        """Give each role its share of an activity: the one drawn only says what follows, a hand-over or none."""
        roles = activity.roles[segment]
        if not activity.shares or any(practice in followed for practice, _ in activity.by_practice):
            return [(drawn, 1.0)]
        below = (0.0, *activity.shares)
        return [(each, upto - low) for each, low, upto in zip(roles, below, activity.shares, strict=False)]

    def _count(self, role: int, step: PlanStep, activity: PlanActivity, segment: int, weight: float) -> None:
        """Count a task and what the same person does right before it."""
        plan, found = self.plan, self.found
        name, speed, journey = plan.roles[role].name, plan.roles[role].speed, plan.journeys[step.journey].name
        found.tasks[name, activity.name] += weight
        before = [(index, share) for index, share, roles in activity.lead_ins if role in roles]
        for index, share in ((step.index, 1.0), *before):
            part = plan.activities[plan.steps[index].activity]
            hours = weight * share * part.mean_ms[segment] / HOUR_MS / speed[plan.steps[index].activity]
            found.work_h[name, part.name] += hours
            found.case_h[journey, name, part.name] += hours

    def _book(self, role: int, step: PlanStep, activity: PlanActivity, segment: int, weight: float) -> None:
        """Add the booking of an appointment, and of a new one for each that is missed."""
        plan, booking = self.plan, self.plan.steps[activity.booking]
        booker = role if activity.booked_by < 0 else activity.booked_by
        times = 1.0 / (plan.compliance * (1.0 - plan.roles[role].absence))
        name, work = plan.roles[booker].name, plan.activities[booking.activity]
        hours = weight * times * work.mean_ms[segment] / HOUR_MS / plan.roles[booker].speed[booking.activity]
        self.found.tasks[name, work.name] += weight * times
        self.found.work_h[name, work.name] += hours
        self.found.case_h[plan.journeys[step.journey].name, name, work.name] += hours

    def _hand(self, role: int, hours: float, weight: float, journey: str) -> None:
        """Count hours of changing hands."""
        name = self.plan.roles[role].name
        self.found.handoff_h[name] += weight * hours
        self.found.case_h[journey, name, HANDOFFS] += weight * hours

    def _hand_over(self, giver: int, taker: int, activity: PlanActivity, weight: float, journey: str) -> None:
        plan = self.plan
        if giver < 0 or plan.roles[taker].machine or plan.roles[giver].machine:
            return
        terms, share = plan.across_roles, activity.briefing
        if giver == taker:
            heads = max(1, plan.roles[taker].headcount)
            alone = activity.same_person or plan.roles[taker].books
            terms, share = plan.within_role, share * (0.0 if alone else 1.0 - 1.0 / heads)
        returned = share * (1.0 - terms.complete)
        giving = share * terms.giver_ms + returned * plan.return_ms
        for role, ms in ((taker, share * terms.taker_ms), (giver, giving)):
            self._hand(role, ms / HOUR_MS, weight, journey)
        given, completed = (plan.steps[step].name for step in (plan.give_step, plan.complete_step))
        self.found.tasks[plan.roles[giver].name, given] += weight * share if terms.giver_ms else 0.0
        self.found.tasks[plan.roles[giver].name, completed] += weight * returned
        self.found.tasks[plan.roles[taker].name, activity.name] += weight * returned

    def _branch(
        self,
        step: PlanStep,
        key: int,
        registers: list[float],
        traits: list[float],
        n: int,
        followed: frozenset[int],
    ) -> int:
        if step.practice >= 0:
            return step.targets[0 if step.practice in followed else 1]
        if step.mark >= 0:
            return step.targets[0 if registers[step.mark] > 0.0 else 1]
        u = uniform(absorb(absorb(key, step.word), n))
        if step.chances:
            return step.targets[bisect_right(step.chances, u)]
        return step.targets[apply_rule(self.plan.rules[step.rule], registers, traits, 1.0, 1.0, u)]


@dataclass
class _Patience:
    """A walking customer's patience and window."""

    plan: Plan
    key: int
    segment: int
    window_ms: float
    elapsed_ms: float = 0.0

    @property
    def expired(self) -> bool:
        return self.elapsed_ms > self.window_ms

    def gone(self, step: PlanStep) -> bool:
        """Whether the customer leaves before this step is done."""
        activity = self.plan.activities[step.activity]
        if self.expired and activity.customer_present:
            return True
        if step.patience < 0 or activity.planned_wait_ms <= 0:
            return False
        law = self.plan.named_laws[step.patience][self.segment]
        u = uniform(absorb(self.key, self.plan.law_words[step.patience]))
        return law.quantile(u) < activity.planned_wait_ms


def _patience(plan: Plan, journey: int, key: int, segment: int) -> _Patience:
    """Give the patience of a case that walks a journey."""
    window = plan.journeys[journey].window
    if window < 0:
        return _Patience(plan, key, segment, float("inf"))
    u = uniform(absorb(key, plan.law_words[window]))
    return _Patience(plan, key, segment, plan.named_laws[window][segment].quantile(u))
