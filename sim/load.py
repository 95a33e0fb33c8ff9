"""Offered load before a run: what the needs of a year ask of each role if nobody ever has to wait.

A sample of needs of every stream and segment walks its journey without a clock: the same rules, laws and marks as in
a run, no queues. Where the org design plans a wait (`planned_wait_h`), customers whose patience is shorter leave.
What is counted is the work itself, and beside it the hand-offs it brings; set-up depends on the order of tasks and is
left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from math import exp

from sim.binding import apply_rule
from sim.demand import CONTACT, draw_marks
from sim.draws import absorb, key_of, uniform, word_of
from sim.plan import CHOOSE, DO, START, WAIT, Plan, PlanActivity, PlanStep, PlanStream
from sim.reach import Reach
from sim.worktime import HOUR_MS, WEEK_MS, Calendar

SAMPLES = 1_500
"""Needs walked per stream and segment."""

MAX_STEPS = 10_000
_CANNOT = word_of("cannot")
_WEEKS = 52


@dataclass
class Load:
    """What a year asks of an organization.

    Attributes
    ----------
    work_h : dict
        Hours a year by (role, activity); roles and activities by name.
    handoff_h : dict
        Hours a year of hand-offs by role.
    own_h : dict
        Hours a year, by role, of background work that each of its people has besides; part of `work_h`.
    capacity_h : dict
        Hours a year that the people of a role are there.
    ends : dict
        Cases a year by (journey, outcome).
    needs : dict
        Needs a year by stream.
    """

    work_h: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    handoff_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    own_h: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    capacity_h: dict[str, float] = field(default_factory=dict)
    ends: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    needs: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def hours(self, role: str) -> float:
        """Hours a year of work offered to a role, without hand-offs."""
        return sum(h for (r, _), h in self.work_h.items() if r == role)


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
                if work.per_person:
                    self.found.own_h[role.name] += hours
        streams = [(s, plan.customers) for s in plan.streams]
        if plan.needs is not None:
            streams.append((plan.needs, plan.prospects))
        for stream, accounts in streams:
            for segment, count in enumerate(accounts):
                needs = count * stream.rate_per_week[segment] * _WEEKS * self._open_share(stream, segment)
                if stream is plan.needs:
                    if plan.recorded_ms is not None:
                        needs = plan.recorded_per_week * _WEEKS * count / max(1, sum(accounts))
                    self.found.needs["needs"] += needs
                    needs *= self.reach.share
                if needs > 0.0:
                    self.found.needs["inquiries" if stream is plan.needs else stream.name] += needs
                self._stream(stream, segment, needs / self.samples)
        return self.found

    def _open_share(self, stream: PlanStream, segment: int) -> float:
        """Give the share of accounts in which the needs of a stream arise at all, as at t=0."""
        if stream.practice < 0:
            return 1.0
        practice = self.plan.practices[stream.practice]
        return practice.eligible[segment] * (1.0 - practice.at_start[segment]) if practice.offered else 0.0

    def _stream(self, stream: PlanStream, segment: int, weight: float) -> None:
        if weight <= 0.0:
            return
        for n in range(self.samples):
            key = absorb(absorb(absorb(self.key, stream.word), segment), n)
            contact = self.reach.share * uniform(absorb(key, CONTACT)) if stream is self.plan.needs else 0.0
            registers = [0.0] * len(self.plan.registers)
            reference = self.reach.reference
            draw_marks(registers, stream.marks, key, segment, self.plan.luck, contact, reference)
            for mark in self.plan.account_marks:
                registers[mark.register] = 1.0 if uniform(absorb(key, mark.word)) < mark.chance[segment] else 0.0
            followed = self._followed(stream, key, segment)
            if stream.practice >= 0 and self.plan.goodwill >= 0:
                registers[self.plan.goodwill] += self.plan.practices[stream.practice].openness
            journey = next((j for p, j in stream.variants if p in followed), stream.journey)
            self._case(journey, key, segment, registers, weight, 0, followed)

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
    ) -> None:
        """Walk one case; what it starts is walked too, to a depth at which feedback has died out."""
        plan, walk = self.plan, _patience(self.plan, journey, key, segment)
        traits = self._traits(key, segment)
        step, last_role, shunned = plan.steps[plan.journeys[journey].first], -1, set[int]()
        for n in range(MAX_STEPS):
            if step.verb == DO:
                if walk.gone(step):
                    step = plan.steps[step.left if not walk.expired else plan.journeys[journey].window_to]
                    continue
                last_role = self._work(step, key, segment, registers, traits, weight, last_role, n, followed, shunned)
                step = plan.steps[step.next]
            elif step.verb == WAIT:
                walk.elapsed_ms += step.wait[segment].quantile(uniform(absorb(absorb(key, step.word), n)))
                step = plan.steps[step.next]
            elif step.verb == CHOOSE:
                step = plan.steps[self._branch(step, key, registers, traits, n, followed)]
            elif step.verb == START:
                if depth < 12:
                    child = absorb(absorb(key, step.word), n)
                    self._case(step.child, child, segment, list(registers), weight, depth + 1, followed)
                step = plan.steps[step.next]
            else:
                break
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
        followed: frozenset[int],
        shunned: set[int],
    ) -> int:
        plan = self.plan
        activity = plan.activities[step.activity]
        role = self._role(activity, key, segment, followed)
        if role in shunned:
            role = plan.roles[role].fallback
        self._count(role, step.activity, segment, weight)
        cannot = plan.roles[role].cannot
        if cannot and uniform(absorb(absorb(key, _CANNOT), activity.word)) < cannot[step.activity]:
            shunned.add(role)
            role = plan.roles[role].fallback
            self._count(role, step.activity, segment, weight)
            if last_role in (-1, role):
                taking = activity.briefing * plan.across_roles.taker_ms / HOUR_MS
                self.found.handoff_h[plan.roles[role].name] += weight * taking
        self._hand_over(last_role, role, activity, weight)
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

    def _count(self, role: int, index: int, segment: int, weight: float) -> None:
        """Count the hours of an activity, and of what the same person does right before."""
        plan = self.plan
        activity, name = plan.activities[index], plan.roles[role].name
        hours = activity.mean_ms[segment] / HOUR_MS / plan.roles[role].speed[index]
        self.found.work_h[name, activity.name] += hours * weight
        for step, share, roles in activity.lead_ins:
            if role in roles:
                lead = plan.activities[plan.steps[step].activity]
                self.found.work_h[name, lead.name] += share * lead.mean_ms[segment] / HOUR_MS * weight

    def _hand_over(self, giver: int, taker: int, activity: PlanActivity, weight: float) -> None:
        plan = self.plan
        if giver < 0 or plan.roles[taker].machine or plan.roles[giver].machine:
            return
        terms, share = plan.across_roles, activity.briefing
        if giver == taker:
            heads = max(1, plan.roles[taker].headcount)
            alone = activity.same_person or plan.roles[taker].books
            terms, share = plan.within_role, share * (0.0 if alone else 1.0 - 1.0 / heads)
        returned = share * (1.0 - terms.complete)
        self.found.handoff_h[plan.roles[taker].name] += weight * share * terms.taker_ms / HOUR_MS
        giving = share * terms.giver_ms + returned * plan.return_ms
        self.found.handoff_h[plan.roles[giver].name] += weight * giving / HOUR_MS

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
