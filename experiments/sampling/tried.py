"""The designs that a search may try: from a choice of levers and numbers to a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.complaint import Complaint
from experiments.composing.compose import Composed
from experiments.composing.resolved import misnamed
from experiments.composing.space import Space
from experiments.sampling.search import Choice
from experiments.specs.optimize import Optimize
from sim.scenario import Problem

Setting = dict[str, Any]


class Designs:
    """Designs that differ from the one in question in levers and numbers.

    Parameters
    ----------
    space : Space
        What they have in common.
    asked : Optimize
        What may be changed.
    always : sequence of str
        Levers that the command pulls in all of them.
    """

    def __init__(self, space: Space, asked: Optimize, always: Sequence[str]) -> None:
        self._space, self._asked, self._always = space, asked, list(always)

    def setting(self, choice: Choice) -> Setting:
        """Give choices and values of a design; numbers of what it does not have are left out."""
        levers = self._with(choice.levers)
        there = self._data(choice.levers)
        values = {path: value for path, value in choice.values.items() if misnamed(there, path) is None}
        return {**levers, **values}

    def at(self, setting: Setting) -> Composed:
        """Give the config of a design; raises `Complaint` if it cannot be run."""
        return self._space.at(setting)

    def base(self) -> Composed:
        """Give the config of the design in question."""
        return self.at(self._with(()))

    def base_values(self) -> dict[str, float | int]:
        """Give the numbers that are varied as the design in question has them, where it does, once staffed."""
        org = {"org": self.base().scenario.org.model_dump()}
        found = {path: _at(org, path) for path in self._asked.vary}
        return {p: v for p, v in found.items() if isinstance(v, int | float) and not isinstance(v, bool)}

    def look_ahead(self) -> None:
        """Try both ends of every range and every lever by itself, so that mistakes are told before anything is run.

        Raises
        ------
        Complaint
            With what is wrong with the first that cannot be run.
        """
        base = self.base()
        for path in self._asked.vary:
            role = path.removeprefix("org.roles.").removesuffix(".headcount")
            if base.staffing is not None and path == f"org.roles.{role}.headcount" and role in base.staffing.heads:
                raise Complaint.about(f"optimize.vary.{path}", "is set by the budget: org.staffing is balanced")
        for lever in self._asked.levers:
            self._look_at([lever], {})
        for path, factor in self._asked.vary.items():
            levers = self._where(path)
            for position in (0.0, 1.0):
                self._look_at(levers, {path: factor.value(position)})

    def _where(self, path: str) -> list[str]:
        """Give a lever, or none, with which a design has what is varied."""
        for levers in ([], *([lever] for lever in self._asked.levers)):
            if misnamed(self._data(levers), path) is None:
                return levers
        problem = misnamed(self._data([]), path)
        assert problem is not None
        raise Complaint([Problem(f"optimize.vary.{path}", problem.rule, problem.value)])

    def _look_at(self, levers: Sequence[str], values: dict[str, float | int]) -> None:
        try:
            self.at({**self._with(levers), **values})
        except Complaint as complaint:
            tried = [f"the lever {lever}" for lever in levers] + [f"{path}={value:g}" for path, value in values.items()]
            at = f" (with {' and '.join(tried)})"
            raise Complaint([Problem(p.path, f"{p.rule}{at}", p.value) for p in complaint.problems]) from None

    def _with(self, levers: Sequence[str]) -> Setting:
        pulled = [*self._always, *(lever for lever in self._asked.levers if lever in levers)]
        return {"lever": pulled} if pulled else {}

    def _data(self, levers: Sequence[str]) -> dict[str, Any]:
        return self._space.data_at(self._with(levers))


def _at(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data
