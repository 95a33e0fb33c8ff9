"""Rules called for many cases at once: the same functions, case by case, as `sim.binding` calls them for one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.load.cases import Cases
from sim.load.drawn import Places
from sim.plan import ACCOUNT, CASE, PERSON, SKILL, PlanRule


def apply_to(
    rule: PlanRule, cases: Cases, at: Places, u: NDArray[np.float64], quality: float = 1.0
) -> NDArray[np.intp]:
    """Call a rule for some of the cases and write its results into their registers.

    Parameters
    ----------
    rule : PlanRule
        The rule with its bindings.
    cases : Cases
        Written in place.
    at : ndarray of int, (m,)
        Those that the rule is called for.
    u : ndarray of float, (m,)
        The uniforms of this decision; ignored by rules that draw nothing.
    quality : float
        Of the role that did the work; 1 where nobody did. Skill is 1, as of an average person.

    Returns
    -------
    ndarray of int, (m,)
        Index of the branch taken; -1 for an effect.
    """
    arguments = [_argument(rule, space, i, cases, at, quality) for space, i in rule.reads]
    if rule.draws:
        arguments.append(u.tolist())
    # Where all calls are the same, as of a talk with people who had as many talks before, one answers for all.
    alike = all(values.count(values[0]) == len(values) for values in arguments)
    calls = [values[:1] for values in arguments] if alike else arguments
    results = np.array(list(zip(*map(rule.function, *calls), strict=True)))
    branches = results[0].astype(np.intp) if rule.branches else np.array([-1])
    for register, numbers in zip(rule.writes, results[1:] if rule.branches else results, strict=True):
        cases.registers[register, at] = numbers
    return np.broadcast_to(branches, len(at))


def _argument(rule: PlanRule, space: int, i: int, cases: Cases, at: Places, quality: float) -> list[float]:
    """Give an argument of all calls, in the order of the cases."""
    if space == CASE or space == ACCOUNT:
        values: list[float] = (cases.registers if space == CASE else cases.traits)[i, at].tolist()
        return values
    if space == PERSON:
        return [1.0 if i == SKILL else quality] * len(at)
    return [rule.params[i]] * len(at)
