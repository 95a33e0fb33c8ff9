"""Indices of names, and values by segment, while a plan is put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from sim import plan as p
from sim.draws import word_of
from sim.laws import Law, scaled
from sim.rules import BRANCHES, EFFECTS, PARAMETERS, Rule
from sim.scenario.checks import known_marks
from sim.scenario.law_spec import LawSpec
from sim.scenario.org import Org
from sim.scenario.part import EVERY, of_segment
from sim.scenario.scenario import Scenario
from sim.worktime import HOUR_MS

T = TypeVar("T")

THROW_AWAY = "throw_away"
"""Segment of the accounts of sources, where a market has none."""

HAND_WORK = ("give_over", "complete_kit")
"""Activities that hand-offs make."""

TRAINING = "train_newcomer"
"""Activity of whoever shows a newcomer how things are done."""

BACKGROUND = "background"
"""Journey of work that belongs to no step of a journey."""


class Names:
    """What has which index; the steps and rules bound so far.

    Parameters
    ----------
    s : Scenario
        Checked.
    orgs : sequence of Org
        All designs of the run, of which that of `s` is one: they share the indices of roles, seats and steps.
    laws : dict of int to Law
        Laws in ms that the plans of the run have in common, by the identity of their description; filled as needed.
    """

    def __init__(self, s: Scenario, orgs: Sequence[Org], laws: dict[int, Law]) -> None:
        self.s = s
        self.orgs = orgs
        self._laws_ms = laws
        self.segments = [*s.market.segments] or [THROW_AWAY]
        self.activities = [*s.activity, *HAND_WORK, TRAINING]
        self.roles = list(dict.fromkeys(name for org in orgs for name in org.roles))
        self.journeys = [*s.journey, BACKGROUND]
        self.laws = [*s.market.laws]
        self.practices = [*s.market.practices]
        self.traits = [*s.market.traits]
        for rule in (*BRANCHES.values(), *EFFECTS.values()):
            self.traits += [n for n in named_in(rule, "account") if n not in self.traits]
        carried = [a.milestone for a in s.activity.values() if a.milestone]
        self.milestones = list(dict.fromkeys([*s.market.expectations, *carried]))
        self.rules: list[p.PlanRule] = []
        self.rule_index: dict[str, int] = {}
        chosen = {step.choose for j in s.journey.values() for step in j.steps.values() if isinstance(step.choose, str)}
        used = sorted((chosen & set(BRANCHES)) | {a.effect for a in s.activity.values() if a.effect})
        self.registers = sorted(known_marks(s))
        for name in used:
            rule = BRANCHES.get(name) or EFFECTS[name]
            for register in (*named_in(rule, "case"), *rule.writes):
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
                rule.value,
                rule.refused,
                rule.branches.index("rival") if rule.value is not None else -1,
            )
        )

    def by_segment(self, values: dict[str, T]) -> tuple[T, ...]:
        """Give one value for each segment."""
        return tuple(values[EVERY] if g == THROW_AWAY else of_segment(values, g) for g in self.segments)

    def laws_ms(self, values: dict[str, LawSpec]) -> tuple[Law, ...]:
        """Give one law in ms for each segment, from hours."""
        return tuple(self._law_ms(spec) for spec in self.by_segment(values))

    def _law_ms(self, spec: LawSpec) -> Law:
        law = self._laws_ms.get(id(spec))
        if law is None:
            law = self._laws_ms[id(spec)] = scaled(spec.build(), HOUR_MS)
        return law

    def register(self, name: str | None) -> int:
        """Give the register of a mark; -1 if there is none of this name."""
        return self.registers.index(name) if name in self.registers else -1


def named_in(rule: Rule, space: str) -> list[str]:
    """Give what a rule reads in one space."""
    return [r.partition(".")[2] for r in rule.reads if r.startswith(space + ".")]


def ms(hours: float) -> int:
    """Give hours as ms, rounded half up."""
    return math.floor(hours * HOUR_MS + 0.5)


def cumulative(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Give running sums, the last exactly 1, so that a uniform always falls inside."""
    sums = [math.fsum(shares[: i + 1]) for i in range(len(shares))]
    return (*sums[:-1], 1.0)
