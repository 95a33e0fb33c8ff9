"""From a scenario to its plan: names become indices, hours milliseconds, per-segment values rows."""

from __future__ import annotations

import math
from typing import TypeVar

from sim import plan as p
from sim.draws import word_of
from sim.laws import LAWS, Law, scaled
from sim.rules import BRANCHES, EFFECTS, PARAMETERS, Rule
from sim.scenario.checks import known_marks
from sim.scenario.hours import Hours, intervals_of
from sim.scenario.journey import Activity, Journey, Step
from sim.scenario.law_spec import LawSpec
from sim.scenario.market import Mark, Stream
from sim.scenario.org import Terms
from sim.scenario.part import EVERY, of_segment
from sim.scenario.scenario import Scenario
from sim.worktime import HOUR_MS, WEEK_MS, Calendar

T = TypeVar("T")

DISPATCH = {"first_come": p.FIRST_COME, "priority": p.PRIORITY, "earliest_due": p.EARLIEST_DUE}
DISPATCH["persuasion_first"] = p.PERSUASION_FIRST
THROW_AWAY = "throw_away"
"""Segment of the accounts of sources."""


def plan_of(scenario: Scenario) -> p.Plan:
    """Build the plan of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Checked (see `Scenario.read`).

    Returns
    -------
    Plan
        Depends on nothing but the scenario; never on a seed.
    """
    return _Planner(scenario).plan()


def _ms(hours: float) -> int:
    return math.floor(hours * HOUR_MS + 0.5)


def _calendar(hours: Hours) -> Calendar:
    intervals = intervals_of(hours)
    return Calendar.always() if intervals is None else Calendar.weekly(intervals)


class _Planner:
    """Indices of names while the plan is put together."""

    def __init__(self, s: Scenario) -> None:
        self.s = s
        self.segments = [*s.market.segments] or [THROW_AWAY]
        self.activities = [*s.activity, "give_over", "complete_kit"]
        self.roles = [*s.org.roles]
        self.journeys = [*s.journey, "background"]
        self.laws = [*s.market.laws]
        self.traits = [*s.market.traits]
        for rule in (*BRANCHES.values(), *EFFECTS.values()):
            self.traits += [n for n in _named(rule, "account") if n not in self.traits]
        self.milestones = [*s.market.expectations]
        self.milestones += [
            a.milestone for a in s.activity.values() if a.milestone and a.milestone not in self.milestones
        ]
        self.rules: list[p.PlanRule] = []
        self.rule_index: dict[str, int] = {}
        chosen = {step.choose for j in s.journey.values() for step in j.steps.values() if isinstance(step.choose, str)}
        used = sorted((chosen & set(BRANCHES)) | {a.effect for a in s.activity.values() if a.effect})
        self.registers = sorted(known_marks(s))
        for name in used:
            rule = BRANCHES.get(name) or EFFECTS[name]
            for register in (*_named(rule, "case"), *rule.writes):
                if register not in self.registers:
                    self.registers.append(register)
        for name in used:
            self._bind(name, BRANCHES.get(name) or EFFECTS[name])
        self.step_index: dict[tuple[str, str], int] = {}
        for name, journey in s.journey.items():
            for step in [*journey.steps, "void"]:
                self.step_index[name, step] = len(self.step_index)
        self.steps: list[p.PlanStep] = []
        self.background_steps: dict[str, int] = {}

    def _bind(self, name: str, rule: Rule) -> None:
        group = {**PARAMETERS[name], **self.s.market.rules.get(name, {})}
        buyer = {**PARAMETERS["convinced"], **self.s.market.rules.get("convinced", {})}
        reads: list[tuple[int, int]] = []
        params: list[float] = []
        for read in rule.reads:
            space, _, item = read.partition(".")
            if space == "case":
                reads.append((p.CASE, self.registers.index(item)))
            elif space == "account":
                reads.append((p.ACCOUNT, self.traits.index(item)))
            elif space == "person":
                reads.append((p.PERSON, {"skill": p.SKILL, "quality": p.QUALITY}[item]))
            else:
                reads.append((p.PARAM, len(params)))
                params.append(buyer[item] if item == "rival" else group[item])
        writes = tuple(self.registers.index(w) for w in rule.writes)
        self.rule_index[name] = len(self.rules)
        self.rules.append(
            p.PlanRule(
                name,
                word_of(name),
                rule.function,
                tuple(reads),
                tuple(params),
                rule.draws,
                writes,
                len(rule.branches),
            )
        )

    def _by_segment(self, values: dict[str, T]) -> tuple[T, ...]:
        return tuple(values[EVERY] if g == THROW_AWAY else of_segment(values, g) for g in self.segments)

    def _laws_ms(self, values: dict[str, LawSpec]) -> tuple[Law, ...]:
        return tuple(scaled(spec.build(), HOUR_MS) for spec in self._by_segment(values))

    def _register(self, name: str | None) -> int:
        return self.registers.index(name) if name in self.registers else -1

    def plan(self) -> p.Plan:
        s, market, org = self.s, self.s.market, self.s.org
        for name, journey in s.journey.items():
            self._journey_steps(name, journey)
        self._background_journey()
        activities = [self._activity(n, a) for n, a in s.activity.items()]
        activities += [self._hand_work(n) for n in ("give_over", "complete_kit")]
        roles, persons = self._people()
        warmup, weeks = s.run.warmup_weeks, s.run.weeks
        lo, hi = math.floor(warmup * WEEK_MS + 0.5), math.floor((warmup + weeks) * WEEK_MS + 0.5)
        satisfaction = {**PARAMETERS["satisfaction"], **market.rules.get("satisfaction", {})}
        recorded = market.needs.recorded if market.needs else None
        epochs = tuple(recorded.epochs_ms or ()) if recorded else None
        return p.Plan(
            design=org.name,
            horizon_ms=hi,
            window_ms=(lo, hi),
            segments=tuple(self.segments),
            customers=tuple(g.customers for g in market.segments.values()) or (0,),
            prospects=tuple(g.prospects for g in market.segments.values()) or (0,),
            traits=tuple(self.traits),
            trait_laws=tuple(self._trait(n) for n in self.traits),
            trait_offsets=tuple(market.offsets.get(n, 0.0) for n in self.traits),
            channels=self._channels(),
            customer_hours=_calendar(market.customer_hours),
            week_profile=_week_profile(market.profile.weekdays, market.profile.hours),
            season=tuple(
                w * len(market.profile.season) / math.fsum(market.profile.season) for w in market.profile.season
            ),
            weekly_cv2=market.profile.weekly_cv2,
            registers=tuple(self.registers),
            steps=tuple(self.steps),
            journeys=tuple([self._journey(n, j) for n, j in s.journey.items()] + [self._background()]),
            activities=tuple(activities),
            roles=tuple(roles),
            persons=tuple(persons),
            rules=tuple(self.rules),
            named_laws=tuple(self._laws_ms(market.laws[n]) for n in self.laws),
            law_words=tuple(word_of(f"law {n}") for n in self.laws),
            milestones=tuple(self._expectation(n) for n in self.milestones),
            needs=self._needs(),
            needs_multiplier=(market.needs.rate if market.needs else 1.0) or 1.0,
            recorded_ms=epochs,
            recorded_by_day=bool(recorded and recorded.days_only),
            recorded_per_week=_per_week(epochs) if epochs else 0.0,
            response=self._response(),
            marketing_usd_per_year=org.marketing_usd_per_year,
            machines_usd_per_year=org.machines_usd_per_year,
            fixed_usd_per_year=sum(post.headcount * post.pay_usd for post in org.posts.values()) * org.overhead,
            streams=tuple(self._stream(n, st) for n, st in market.recurring.items()),
            sources=self._sources(),
            churn_per_year=self._by_segment(market.churn.per_account_per_year) if market.churn else (),
            churn_effect=market.churn.satisfaction_effect if market.churn else 0.0,
            satisfaction=(
                satisfaction["neutral"],
                satisfaction["half_life_days"],
                satisfaction["bad_factor"],
                satisfaction["channel_liking"],
            ),
            rest_ms=math.floor(market.rest_weeks * WEEK_MS + 0.5),
            contribution_margin=market.contribution_margin,
            across_roles=_terms(org.handoff.across_roles),
            within_role=_terms(org.handoff.within_role),
            return_ms=_ms(org.handoff.return_h),
            give_step=self.background_steps["give_over"],
            complete_step=self.background_steps["complete_kit"],
            technical=self._register("technical"),
            luck=self._register("luck"),
            value=self._register("value"),
            skill_sigma=org.skill_sigma,
        )

    # -- journeys
    # ------------------------------------------------------------------------------------------------------

    def _journey_steps(self, name: str, journey: Journey) -> None:
        names = list(journey.steps)
        for i, (step_name, step) in enumerate(journey.steps.items()):
            after = step.then or (names[i + 1] if i + 1 < len(names) else None)
            self.steps.append(self._step(name, step_name, step, after))
        self.steps.append(self._end_void(name))

    def _end_void(self, journey: str) -> p.PlanStep:
        index = self.step_index[journey, "void"]
        return p.PlanStep(index, self.journeys.index(journey), "void", word_of("void"), p.END)

    def _step(self, journey: str, name: str, step: Step, after: str | None) -> p.PlanStep:
        def target(to: str | None) -> int:
            return -1 if to is None else self.step_index[journey, to]

        rule, mark = -1, -1
        chances: tuple[float, ...] = ()
        if isinstance(step.choose, dict):
            chances = _cumulative(tuple(step.choose.values()))
            targets = tuple(target((step.to or {})[b]) for b in step.choose)
        elif step.choose in BRANCHES:
            rule = self.rule_index[step.choose]
            targets = tuple(target((step.to or {})[b]) for b in BRANCHES[step.choose].branches)
        elif step.choose is not None:
            mark = self.registers.index(step.choose)
            targets = tuple(target((step.to or {})[b]) for b in ("yes", "no"))
        else:
            targets = ()
        wait: tuple[Law, ...] = ()
        if isinstance(step.wait, str):
            wait = self._laws_ms(self.s.market.laws[step.wait])
        elif step.wait is not None:
            wait = self._laws_ms(step.wait)
        return p.PlanStep(
            index=self.step_index[journey, name],
            journey=self.journeys.index(journey),
            name=name,
            word=word_of(name),
            verb=("do", "wait", "choose", "start", "end").index(step.verb),
            activity=self.activities.index(step.do) if step.do else -1,
            next=target(after) if step.verb in ("do", "wait", "start") else -1,
            left=target(step.left),
            full=target(step.full),
            patience=self.laws.index(step.patience) if step.patience else -1,
            room=step.room if step.room is not None else -1,
            wait=wait,
            rule=rule,
            mark=mark,
            chances=chances,
            targets=targets,
            child=self.journeys.index(step.start.journey) if step.start else -1,
            child_wait=step.start.wait if step.start else False,
            customer=step.account == "becomes_customer",
            rests=step.account == "rests",
            books=step.books,
            bills=step.bills,
            asks=self.milestones.index(step.asks) if step.asks else -1,
        )

    def _background_journey(self) -> None:
        names = ["give_over", "complete_kit"]
        names += [b.activity for r in self.s.org.roles.values() for b in r.background.values()]
        names += [lead.do for lead_ins in self.s.org.before.values() for lead in lead_ins.values()]
        for name in dict.fromkeys(names):
            index = len(self.steps)
            self.background_steps[name] = index
            self.steps.append(
                p.PlanStep(
                    index,
                    len(self.journeys) - 1,
                    name,
                    word_of(name),
                    p.DO,
                    activity=self.activities.index(name),
                )
            )

    def _journey(self, name: str, journey: Journey) -> p.PlanJourney:
        steps = [s for s in self.steps if s.journey == self.journeys.index(name)]
        carried = [(self.milestones.index(m), s.index) for s in steps if (m := self._milestone(s))]
        reads = [p.CASE, self._register("luck")]
        lucky = any(list(r) == reads for s in steps if s.rule >= 0 for r in self.rules[s.rule].reads)
        return p.PlanJourney(
            name=name,
            word=word_of(name),
            first=self.step_index[name, next(iter(journey.steps))],
            void=self.step_index[name, "void"],
            window=self.laws.index(journey.window) if journey.window else -1,
            window_to=self.step_index[name, journey.window_to] if journey.window_to else -1,
            survives_churn=journey.survives_churn,
            milestones=tuple(carried),
            asked=frozenset(s.asks for s in steps if s.asks >= 0),
            needs_luck=lucky,
        )

    def _milestone(self, step: p.PlanStep) -> str | None:
        name = self.activities[step.activity] if step.activity >= 0 else ""
        return self.s.activity[name].milestone if name in self.s.activity else None

    def _background(self) -> p.PlanJourney:
        return p.PlanJourney("background", word_of("background"), -1, -1, -1, -1, True, (), frozenset(), False)

    # -- work and people
    # -----------------------------------------------------------------------------------------------

    def _activity(self, name: str, a: Activity) -> p.PlanActivity:
        who = self.s.org.who.get(name)
        roles: tuple[tuple[int, ...], ...] = ((),) * len(self.segments)
        shares: tuple[float, ...] = ()
        if who is not None and who.role is not None:
            roles = ((self.roles.index(who.role),),) * len(self.segments)
        elif who is not None and who.by_segment is not None:
            roles = tuple((self.roles.index(r),) for r in self._by_segment(who.by_segment))
        elif who is not None and who.shares is not None:
            roles = (tuple(self.roles.index(r) for r in who.shares),) * len(self.segments)
            shares = _cumulative(tuple(who.shares.values()))
        effort = self._laws_ms(a.effort_h)
        lead_ins = self.s.org.before.get(name, {}).values()
        return p.PlanActivity(
            name=name,
            kind=a.kind,
            word=word_of(f"effort {name}"),
            effort=effort,
            mean_ms=tuple(law.mean for law in effort),
            customer_present=a.customer_present,
            substantive=a.substantive,
            milestone=self.milestones.index(a.milestone) if a.milestone else -1,
            effect=self.rule_index[a.effect] if a.effect else -1,
            priority=a.priority,
            due_ms=-1 if a.due_h is None else _ms(a.due_h),
            planned_wait_ms=_ms(self.s.org.planned_wait_h.get(name, 0.0)),
            setup_ms=_ms(self.s.org.setup_h.get(a.kind, 0.0)),
            setup_group=self._group(a.kind),
            roles=roles,
            shares=shares,
            tells=bool(a.effect or a.milestone or a.substantive),
            briefing=a.briefing,
            same_person=name in self.s.org.same_person,
            lead_ins=tuple((self.background_steps[lead.do], lead.share) for lead in lead_ins),
        )

    def _group(self, kind: str) -> str:
        return next((name for name, kinds in self.s.org.alike.items() if kind in kinds), kind)

    def _hand_work(self, name: str) -> p.PlanActivity:
        hours = self.s.org.handoff.return_h if name == "complete_kit" else 0.0
        law = (LAWS["deterministic"](float(_ms(hours))),) * len(self.segments)
        nobody = ((),) * len(self.segments)
        return p.PlanActivity(
            name,
            "handoff",
            word_of(name),
            law,
            (law[0].mean,),
            False,
            False,
            -1,
            -1,
            0,
            -1,
            0,
            0,
            self._group("handoff"),
            nobody,
            (),
            False,
            1.0,
            False,
            (),
        )

    def _people(self) -> tuple[list[p.PlanRole], list[p.PlanPerson]]:
        roles: list[p.PlanRole] = []
        persons: list[p.PlanPerson] = []
        taken: dict[str, int] = {}
        for name, role in self.s.org.roles.items():
            pool = role.pool or role.id or name
            roles.append(
                p.PlanRole(
                    name=name,
                    word=word_of(f"role {role.id or name}"),
                    calendar=_calendar(role.hours),
                    machine=role.machine,
                    headcount=role.headcount,
                    first_person=len(persons),
                    absence=0.0 if role.machine else role.absence_days_per_year / 260.0,
                    channel=role.channel,
                    dispatch=DISPATCH[role.dispatch],
                    books=name in self.s.org.books,
                    speed=self._ability(role.speed),
                    quality=self._ability(role.quality),
                    background=tuple(
                        p.PlanBackground(
                            step=self.background_steps[b.activity],
                            word=word_of(f"background {job}"),
                            per_person=b.per == "person",
                            blocks=max(1, math.ceil(b.hours_per_week / b.block_h - 1e-9)) if b.hours_per_week else 0,
                            block_ms=_ms(b.hours_per_week / max(1, math.ceil(b.hours_per_week / b.block_h - 1e-9))),
                        )
                        for job, b in role.background.items()
                    ),
                    pay_usd=role.pay_usd,
                    variable_usd=role.variable_usd,
                    travel_usd=role.travel_usd,
                    overhead=self.s.org.overhead,
                )
            )
            for n in range(role.headcount):
                number = taken.get(pool, 0)
                taken[pool] = number + 1
                persons.append(p.PlanPerson(f"{name}/{n + 1}", len(roles) - 1, word_of(f"pool {pool}"), number))
        return roles, persons

    def _ability(self, given: dict[str, float]) -> tuple[float, ...]:
        kinds = {n: a.kind for n, a in self.s.activity.items()}
        return tuple(given.get(n, given.get(kinds.get(n, "handoff"), 1.0)) for n in self.activities)

    # -- the market
    # ----------------------------------------------------------------------------------------------------

    def _trait(self, name: str) -> tuple[Law, ...]:
        given = self.s.market.traits.get(name)
        if given is None:
            return (LAWS["deterministic"](0.0),) * len(self.segments)
        return tuple(spec.build() for spec in self._by_segment(given))

    def _channels(self) -> tuple[tuple[float, ...], ...]:
        given = self.s.market.channels
        if not given:
            return ((),) * len(self.segments)
        rows = [given.get(g) or given.get(EVERY) or {} for g in self.segments]
        return tuple(_cumulative(tuple(r.get(c, 0.0) for c in ("person", "remote", "self"))) if r else () for r in rows)

    def _marks(self, marks: dict[str, Mark]) -> tuple[p.PlanMark, ...]:
        return tuple(self._mark(name, mark) for name, mark in marks.items())

    def _mark(self, name: str, mark: Mark) -> p.PlanMark:
        laws: tuple[Law, ...] = ()
        if mark.law is not None:
            laws = tuple(spec.build() for spec in self._by_segment(mark.law))
        elif mark.yes is not None and mark.no is not None:
            laws = (mark.yes.build(), mark.no.build())
        return p.PlanMark(
            register=self.registers.index(name),
            word=word_of(f"mark {name}"),
            chance=self._by_segment(mark.chance) if mark.chance is not None else (),
            falls=mark.falls_with_contact,
            law=laws,
            by=self.registers.index(mark.by) if mark.by else -1,
        )

    def _expectation(self, name: str) -> p.PlanExpectation:
        e = self.s.market.expectations.get(name)
        if e is None:
            return p.PlanExpectation(name, -1, -1, -1, 0.0)
        yes = e.hours if e.hours is not None else e.yes_h
        no = e.hours if e.hours is not None else e.no_h
        business = e.clock == "business"
        return p.PlanExpectation(name, self._register(e.by), _ms(yes or 0.0), _ms(no or 0.0), e.weight, business)

    def _needs(self) -> p.PlanStream | None:
        n = self.s.market.needs
        if n is None:
            return None
        rate = tuple(r * n.rate / 52.0 for r in self._by_segment(n.per_account_per_year))
        journey = self.journeys.index(n.journey)
        return p.PlanStream("needs", word_of("needs"), journey, rate, "random", 0.0, 1.0, self._marks(n.marks))

    def _response(self) -> tuple[float, ...]:
        n = self.s.market.needs
        if n is None:
            return ()
        r = n.response
        return (
            r.base_per_week,
            r.max_per_week,
            r.half_effect_usd,
            r.shape,
            r.carry_over_half_life_weeks,
            r.reference_per_week,
        )

    def _stream(self, name: str, stream: Stream) -> p.PlanStream:
        return p.PlanStream(
            name=name,
            word=word_of(f"stream {name}"),
            journey=self.journeys.index(stream.journey),
            rate_per_week=tuple(r / 52.0 for r in self._by_segment(stream.per_account_per_year)),
            pattern=stream.pattern,
            satisfaction_effect=stream.satisfaction_effect,
            first_year_share=stream.first_year_share,
            marks=self._marks(stream.marks),
        )

    def _sources(self) -> tuple[p.PlanSource, ...]:
        return tuple(
            p.PlanSource(
                name=name,
                word=word_of(f"source {name}"),
                journey=self.journeys.index(source.journey),
                interarrival=scaled(source.interarrival_h.build(), HOUR_MS),
                first=scaled((source.first_h or source.interarrival_h).build(), HOUR_MS),
                count=source.count if source.count is not None else -1,
                marks=self._marks(source.marks),
            )
            for name, source in self.s.source.items()
        )


def _named(rule: Rule, space: str) -> list[str]:
    return [r.partition(".")[2] for r in rule.reads if r.startswith(space + ".")]


def _cumulative(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Give running sums, the last exactly 1, so that a uniform always falls inside."""
    sums = [math.fsum(shares[: i + 1]) for i in range(len(shares))]
    return (*sums[:-1], 1.0)


def _terms(t: Terms) -> p.PlanTerms:
    technical = t.complete if t.complete_technical is None else t.complete_technical
    return p.PlanTerms(_ms(t.giver_h), _ms(t.taker_h), t.complete, technical)


def _week_profile(weekdays: list[float], hours: Hours) -> tuple[float, ...]:
    intervals = intervals_of(hours) or [(day, 0.0, 24.0) for day in range(7)]
    weights = []
    for day in range(7):
        todays = [(a, b) for d, a, b in intervals if d == day] or [(0.0, 24.0)]
        inside = [sum(max(0.0, min(b, h + 1) - max(a, h)) for a, b in todays) for h in range(24)]
        weights += [weekdays[day] * w / sum(inside) for w in inside]
    total = math.fsum(weights)
    return _cumulative(tuple(w / total for w in weights))


def _per_week(epochs_ms: tuple[int, ...]) -> float:
    """Rows a week over the span of the record."""
    span_weeks = (max(epochs_ms) - min(epochs_ms)) / WEEK_MS
    return len(epochs_ms) / max(span_weeks, 1.0 / 7.0)
