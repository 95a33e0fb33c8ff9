"""Journeys as steps with targets by index."""

from __future__ import annotations

from sim import plan as p
from sim.draws import word_of
from sim.laws import Law
from sim.planning.names import BACKGROUND, HAND_WORK, TRAINING, Names, cumulative
from sim.rules import BRANCHES
from sim.scenario.journey import Journey, Step


def add_steps(n: Names) -> None:
    """Put all steps into the plan's one list: each journey's, its void end, then those of the background."""
    for name, journey in n.s.journey.items():
        _journey_steps(n, name, journey)
    _background_journey(n)


def journeys_of(n: Names) -> tuple[p.PlanJourney, ...]:
    """Give the journeys, the background last; needs the steps."""
    return (*(_journey(n, name, journey) for name, journey in n.s.journey.items()), _background())


def _journey_steps(n: Names, name: str, journey: Journey) -> None:
    names = list(journey.steps)
    for i, (step_name, step) in enumerate(journey.steps.items()):
        after = step.then or (names[i + 1] if i + 1 < len(names) else None)
        n.steps.append(_step(n, name, step_name, step, after))
    n.steps.append(_end_void(n, name))


def _end_void(n: Names, journey: str) -> p.PlanStep:
    index = n.step_index[journey, "void"]
    return p.PlanStep(index, n.journeys.index(journey), "void", word_of("void"), p.END)


def _step(n: Names, journey: str, name: str, step: Step, after: str | None) -> p.PlanStep:
    def target(to: str | None) -> int:
        return -1 if to is None else n.step_index[journey, to]

    rule, mark, practice = -1, -1, -1
    chances: tuple[float, ...] = ()
    branches: tuple[str, ...] = ()
    if isinstance(step.choose, dict):
        chances = cumulative(tuple(step.choose.values()))
        branches = tuple(step.choose)
    elif step.choose in BRANCHES:
        rule = n.rule_index[step.choose]
        branches = BRANCHES[step.choose].branches
    elif step.choose in n.practices:
        practice = n.practices.index(step.choose)
        branches = ("yes", "no")
    elif step.choose is not None:
        mark = n.registers.index(step.choose)
        branches = ("yes", "no")
    wait: tuple[Law, ...] = ()
    if isinstance(step.wait, str):
        wait = n.laws_ms(n.s.market.laws[step.wait])
    elif step.wait is not None:
        wait = n.laws_ms(step.wait)
    return p.PlanStep(
        index=n.step_index[journey, name],
        journey=n.journeys.index(journey),
        name=name,
        word=word_of(f"step {name}"),
        verb=("do", "wait", "choose", "start", "end").index(step.verb),
        activity=n.activities.index(step.do) if step.do else -1,
        next=target(after) if step.verb in ("do", "wait", "start") else -1,
        left=target(step.left),
        full=target(step.full),
        patience=n.laws.index(step.patience) if step.patience else -1,
        room=step.room if step.room is not None else -1,
        wait=wait,
        movable=step.movable,
        rule=rule,
        mark=mark,
        chances=chances,
        targets=tuple(target((step.to or {})[b]) for b in branches),
        child=n.journeys.index(step.start.journey) if step.start else -1,
        child_wait=step.start.wait if step.start else False,
        customer=step.account == "becomes_customer",
        rests=step.account == "rests",
        books=step.books,
        bills=step.bills,
        asks=n.milestones.index(step.asks) if step.asks else -1,
        judges=n.milestones.index(step.judges.milestone) if step.judges else -1,
        right=branches.index(step.judges.right_if) if step.judges else -1,
        practice=practice,
        adopts=n.practices.index(step.adopts) if step.adopts else -1,
        drops=n.practices.index(step.drops) if step.drops else -1,
    )


def _background_journey(n: Names) -> None:
    names = [*HAND_WORK, TRAINING]
    for org in n.orgs:
        names += [b.activity for r in org.roles.values() for b in r.background.values()]
        names += [lead.do for lead_ins in org.before.values() for lead in lead_ins.values()]
        names += [booked.booking for booked in org.appointments.values() if booked.booked_by is not None]
    for name in dict.fromkeys(names):
        index = len(n.steps)
        n.background_steps[name] = index
        n.steps.append(
            p.PlanStep(
                index,
                len(n.journeys) - 1,
                name,
                word_of(name),
                p.DO,
                activity=n.activities.index(name),
            )
        )


def _journey(n: Names, name: str, journey: Journey) -> p.PlanJourney:
    steps = [s for s in n.steps if s.journey == n.journeys.index(name)]
    carried = [(n.milestones.index(m), s.index) for s in steps if (m := _milestone(n, s))]
    return p.PlanJourney(
        name=name,
        word=word_of(name),
        first=n.step_index[name, next(iter(journey.steps))],
        void=n.step_index[name, "void"],
        window=n.laws.index(journey.window) if journey.window else -1,
        window_to=n.step_index[name, journey.window_to] if journey.window_to else -1,
        survives_churn=journey.survives_churn,
        milestones=tuple(carried),
        asked=frozenset(s.asks for s in steps if s.asks >= 0),
        entries=tuple(_entry(n, name, journey.entry.get(origin), carried) for origin in p.ORIGINS),  # type: ignore[call-overload]
        lapsing=_lapsing(n, carried),
        rival_to=_rival_to(n, name, steps),
    )


def _rival_to(n: Names, journey: str, steps: list[p.PlanStep]) -> int:
    """Give where a case ends that another company has won: where a decision on offers leads then, if that is an end.

    A journey that decides on no offer says nothing of it, so that its cases end as if the account had left.
    """
    if not n.s.rivals:
        return -1
    decisions = [s for s in steps if s.rule >= 0 and n.rules[s.rule].value is not None]
    targets = [n.steps[s.targets[n.rules[s.rule].rival]] for s in decisions]
    ends = [s.index for s in targets if s.verb == p.END and not s.customer]
    return ends[0] if ends else n.step_index[journey, "void"]


def _entry(n: Names, journey: str, step: str | None, carried: list[tuple[int, int]]) -> tuple[int, int]:
    """Give where cases of an origin begin, and which milestones no way from there leads to."""
    first = n.step_index[journey, step or next(iter(n.s.journey[journey].steps))]
    if not step:
        return first, 0
    reachable, found = {first}, [first]
    while found:
        at = n.steps[found.pop()]
        onward = {at.next, at.left, at.full, *at.targets} - reachable - {-1}
        reachable |= onward
        found += onward
    skipped = {m for m, _ in carried} - {m for m, at in carried if at in reachable}
    return first, sum(1 << m for m in skipped)


def _lapsing(n: Names, carried: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Give the milestones that are neglected when their time is up, each with the first step that carries it."""
    first = dict(reversed(carried))
    expectations = n.s.market.expectations
    names = {m: n.milestones[m] for m in first}
    return tuple((m, first[m]) for m in dict(carried) if names[m] in expectations and expectations[names[m]].neglect)


def _milestone(n: Names, step: p.PlanStep) -> str | None:
    name = n.activities[step.activity] if step.activity >= 0 else ""
    return n.s.activity[name].milestone if name in n.s.activity else None


def _background() -> p.PlanJourney:
    return p.PlanJourney(BACKGROUND, word_of(BACKGROUND), -1, -1, -1, -1, True, (), frozenset())
