"""Worlds over which the assumptions of a model are varied, the same in all designs."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from experiments.assumed.assumptions import Assumption
from experiments.complaint import Complaint
from experiments.composing.space import Space
from experiments.sampling.ensemble import Arms
from experiments.sampling.worlds import Dimension, Positions
from sim.scenario import Problem, Scenario
from sim.scenario.problems import nearest

IN_QUESTION = "the design in question"


class AssumedWorlds:
    """Assumptions of the configs of some designs.

    A balanced design keeps the heads that it has where all assumptions are at their defaults, see
    `experiments.sampling.ensemble.Arms`.

    Parameters
    ----------
    space : Space
        What all points have in common.
    patterns : sequence of str or None
        Names, with stars; None for all.
    designs : sequence of (str or None)
        Whose assumptions count.
    config_dir : str or None
        A user's own configs.

    Raises
    ------
    Complaint
        If a pattern fits no assumption, or there is none.
    """

    def __init__(
        self, space: Space, patterns: Sequence[str] | None, designs: Sequence[str | None], config_dir: str | None
    ) -> None:
        arms = {d or IN_QUESTION: space.at({} if d is None else {"org": d}) for d in designs}
        self._arms = Arms(arms, config_dir)
        self._assumptions = {one.name: one for one in chosen(self._arms.assumptions, patterns)}
        self.dimensions = [
            Dimension(one.name, one.unit, one.low, one.high, one.default) for one in self._assumptions.values()
        ]

    def value(self, name: str, position: float) -> float:
        """Give the value of an assumption, or what it scales its numbers by, at a position."""
        return self._assumptions[name].at(position)

    def scenario(self, design: str | None, at: Positions) -> Scenario:
        """Give the scenario of a design at a point; the designs before, after and beside it are moved likewise."""
        return self._arms.scenario(design or IN_QUESTION, at)


def chosen(known: Sequence[Assumption], patterns: Sequence[str] | None) -> list[Assumption]:
    """Give the assumptions that some patterns fit, in the order in which they are known.

    Raises
    ------
    Complaint
        If a pattern fits none, or there is none at all.
    """
    if not known:
        raise Complaint.about("assumptions", "this config makes none that has a range; give ranges")
    names = [one.name for one in known]
    wanted = ["*"] if patterns is None else patterns
    problems = [
        Problem("assumptions", f"no such assumption in this config{nearest(pattern, names)}", repr(pattern))
        for pattern in wanted
        if not any(fnmatchcase(name, pattern) for name in names)
    ]
    if problems:
        raise Complaint(problems)
    return [one for one in known if any(fnmatchcase(one.name, pattern) for pattern in wanted)]
