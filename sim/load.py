"""Offered load before a run: what the needs of a year ask of each role if nobody ever has to wait.

A sample of needs of every stream and segment walks its journey without a clock: the same rules, laws and marks as in
a run, no queues. Where the org design plans a wait (`planned_wait_h`), customers whose patience is shorter leave.
What is counted is the work itself, and beside it the hand-offs and the set-up it brings. Set-up depends on the order of
tasks; it is counted as if each person's tasks came in random order, so that a task of a kind that makes up the share p
of all follows another kind with probability 1 - p.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from sim.binding import apply_rule
from sim.demand import CONTACT, draw_marks
from sim.draws import absorb, key_of, uniform, word_of
from sim.plan import CHOOSE, DO, START, WAIT, Plan, PlanActivity, PlanStep, PlanStream
from sim.reach import Reach
from sim.worktime import HOUR_MS, WEEK_MS, Calendar

SAMPLES = 1_500
"""Needs walked per stream and segment."""

MAX_STEPS = 10_000
HANDOFFS = "(hand-offs)"
_WEEKS = 52


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
    ends : dict
        Cases a year by (journey, outcome).
    needs : dict
        Needs a year by stream; of those of prospects also how many begin a case (`inquiries`), and how many reach
        the company while their account is in another case or rests after one (`not available`).
    """

    work_h: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    handoff_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    setup_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    tasks: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    case_h: defaultdict[tuple[str, str, str], float] = field(default_factory=lambda: defaultdict(float))
    own_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    capacity_h: dict[str, float] = field(default_factory=dict)
    ends: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    needs: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

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
        self.reach = Reach(plan)
        self.key = key_of(0, 0, word_of("load"))
        self.away_ms = 0.0

    def load(self) -> Load:
        plan = self.plan
        for role in plan.roles:
            open_h = role.calendar.worked(0, _WEEKS * WEEK_MS) / HOUR_MS
            weeks = open_h / (Calendar(role.calendar.intervals).worked(0, WEEK_MS) / HOUR_MS)  # less what holidays take
            self.found.capacity_h[role.name] = open_h * role.headcount * (1.0 - role.absence)
            for work in role.background:
                there = role.headcount * (1.0 - role.absence) if work.per_person else 1.0
                hours = work.blocks * work.block_ms / HOUR_MS * there * weeks
                self.found.work_h[role.name, plan.steps[work.step].name] += hours
                self.found.tasks[role.name, plan.steps[work.step].name] += work.blocks * there * weeks
                if work.per_person:
                    self.found.own_h[role.name] += hours
        streams = [(s, plan.customers) for s in plan.streams]
        if plan.needs is not None:
            streams.append((plan.needs, plan.prospects))
        for stream, accounts in streams:
            for segment, count in enumerate(accounts):
                needs = count * stream.rate_per_week[segment] * _WEEKS
                if stream is plan.needs:
                    if plan.recorded_ms is not None:
                        needs = plan.recorded_per_week * _WEEKS * count / max(1, sum(accounts))
                    self.found.needs["needs"] += needs
                    reached = needs * self.reach.share
                    needs = reached * self._available(stream, segment, reached / max(1, count))
                    self.found.needs["not available"] += reached - needs
                self.found.needs["inquiries" if stream is plan.needs else stream.name] += needs
                self._stream(stream, segment, needs / self.samples)
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

    def _stream(self, stream: PlanStream, segment: int, weight: float) -> None:
        if weight <= 0.0:
            return
        for n in range(self.samples):
            key = absorb(absorb(absorb(self.key, stream.word), segment), n)
            contact = self.reach.share * uniform(absorb(key, CONTACT)) if stream is self.plan.needs else 0.0
            registers = [0.0] * len(self.plan.registers)
            reference = self.reach.reference
            draw_marks(registers, stream.marks, key, segment, self.plan.luck, contact, reference)
            self._case(stream.journey, key, segment, registers, weight, 0)

    def _traits(self, key: int, segment: int) -> list[float]:
        plan = self.plan
        return [
            laws[segment].quantile(uniform(absorb(key, word_of(f"trait {name}")))) + offset
            for name, laws, offset in zip(plan.traits, plan.trait_laws, plan.trait_offsets, strict=True)
        ]

    def _case(self, journey: int, key: int, segment: int, registers: list[float], weight: float, depth: int) -> None:
        """Walk one case; what it starts is walked too, to a depth at which feedback has died out."""
        plan, walk = self.plan, _patience(self.plan, journey, key, segment)
        traits = self._traits(key, segment)
        step, last_role = plan.steps[plan.journeys[journey].first], -1
        for n in range(MAX_STEPS):
            if step.verb == DO:
                if walk.gone(step):
                    step = plan.steps[step.left if not walk.expired else plan.journeys[journey].window_to]
                    continue
                last_role = self._work(step, key, segment, registers, traits, weight, last_role, n)
                step = plan.steps[step.next]
            elif step.verb == WAIT:
                walk.elapsed_ms += step.wait[segment].quantile(uniform(absorb(absorb(key, step.word), n)))
                step = plan.steps[step.next]
            elif step.verb == CHOOSE:
                step = plan.steps[self._branch(step, key, registers, traits, n)]
            elif step.verb == START:
                if depth < 12:
                    child = absorb(absorb(key, step.word), n)
                    self._case(step.child, child, segment, list(registers), weight, depth + 1)
                step = plan.steps[step.next]
            else:
                break
        if depth == 0:
            self.away_ms += weight * (walk.elapsed_ms + (plan.rest_ms if step.rests else 0))
        self.found.ends[plan.journeys[journey].name, step.name] += weight

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
    ) -> int:
        plan = self.plan
        activity = plan.activities[step.activity]
        roles = activity.roles[segment]
        role = roles[0]
        if activity.shares and len(roles) > 1:
            u = uniform(absorb(absorb(key, activity.word), 0))
            role = roles[bisect_right(activity.shares, u)]
        # Every role is given its share; the one drawn only says what follows, a hand-over or none.
        below = 0.0
        for each, upto in zip(roles, activity.shares or (1.0,), strict=True):
            self._count(each, step, activity, segment, weight * (min(upto, 1.0) - below))
            below = upto
        self._hand_over(last_role, role, activity, weight, plan.journeys[step.journey].name)
        if activity.effect >= 0:
            u = uniform(absorb(absorb(key, activity.word), n + 1))
            quality = plan.roles[role].quality[step.activity]
            apply_rule(plan.rules[activity.effect], registers, traits, 1.0, quality, u)
        return role

    def _count(self, role: int, step: PlanStep, activity: PlanActivity, segment: int, weight: float) -> None:
        """Count a task and what the same person does right before it."""
        plan, found = self.plan, self.found
        name, speed, journey = plan.roles[role].name, plan.roles[role].speed, plan.journeys[step.journey].name
        found.tasks[name, activity.name] += weight
        for index, share in ((step.index, 1.0), *activity.lead_ins):
            part = plan.activities[plan.steps[index].activity]
            hours = weight * share * part.mean_ms[segment] / HOUR_MS / speed[plan.steps[index].activity]
            found.work_h[name, part.name] += hours
            found.case_h[journey, name, part.name] += hours

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
            name = plan.roles[role].name
            self.found.handoff_h[name] += weight * ms / HOUR_MS
            self.found.case_h[journey, name, HANDOFFS] += weight * ms / HOUR_MS
        given, completed = (plan.steps[step].name for step in (plan.give_step, plan.complete_step))
        self.found.tasks[plan.roles[giver].name, given] += weight * share if terms.giver_ms else 0.0
        self.found.tasks[plan.roles[giver].name, completed] += weight * returned
        self.found.tasks[plan.roles[taker].name, activity.name] += weight * returned

    def _branch(self, step: PlanStep, key: int, registers: list[float], traits: list[float], n: int) -> int:
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
