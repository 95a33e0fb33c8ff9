"""Calling a rule with what its plan says it reads, and keeping what it writes."""

from __future__ import annotations

from collections.abc import Sequence

from sim.plan import ACCOUNT, CASE, PERSON, SKILL, PlanRule


def apply_rule(
    rule: PlanRule, registers: list[float], traits: Sequence[float], skill: float, quality: float, u: float
) -> int:
    """Call a rule and write its results into the case's registers.

    Parameters
    ----------
    rule : PlanRule
        The rule with its bindings.
    registers : list of float
        The case's; written in place.
    traits : sequence of float
        The account's, by `Plan.traits`; empty for throw-away accounts, which have none (0).
    skill, quality : float
        Of the person who did the work; 1 where nobody did.
    u : float
        The uniform of this decision; ignored by rules that draw nothing.

    Returns
    -------
    int
        Index of the branch taken; -1 for an effect.
    """
    arguments = _arguments(rule, registers, traits, skill, quality)
    if rule.draws:
        arguments.append(u)
    result = rule.function(*arguments)
    branch, written = (int(result[0]), result[1:]) if rule.branches else (-1, result)
    for register, number in zip(rule.writes, written, strict=True):
        registers[register] = float(number)
    return branch


def value_of(rule: PlanRule, registers: list[float], traits: Sequence[float]) -> float:
    """Give what an offer is worth by a rule that decides on one, in log-odds over staying as one is.

    Parameters
    ----------
    rule, registers, traits
        As `apply_rule`; nothing is written.
    """
    assert rule.value is not None
    return rule.value(*_arguments(rule, registers, traits, 1.0, 1.0))


def refusal_of(rule: PlanRule, registers: list[float], traits: Sequence[float], u: float) -> int:
    """Give the branch of a decision on an offer that is not taken; parameters as `apply_rule`, nothing is written."""
    assert rule.refused is not None
    return rule.refused(*_arguments(rule, registers, traits, 1.0, 1.0), u)[0]


def _arguments(
    rule: PlanRule, registers: list[float], traits: Sequence[float], skill: float, quality: float
) -> list[float]:
    arguments: list[float] = []
    for space, i in rule.reads:
        if space == CASE:
            arguments.append(registers[i])
        elif space == ACCOUNT:
            arguments.append(traits[i] if traits else 0.0)
        elif space == PERSON:
            arguments.append(skill if i == SKILL else quality)
        else:
            arguments.append(rule.params[i])
    return arguments
