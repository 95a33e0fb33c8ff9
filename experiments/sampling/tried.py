"""The designs that a search may try: from a choice of levers and numbers to a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
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
        data = self._data(choice.levers)
        values = {p: value for p, value in choice.values.items() if p in self._new or _there(data, p)}
        return {**self._with(choice.levers), **values}

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
            levers = [] if path in self._new else self._where[path]
            for position in (0.0, 1.0):
                self._look_at(levers, {path: factor.value(position)})

    @cached_property
    def _where(self) -> dict[str, list[str]]:
        """The lever, or none, with which a design has what is varied, by path; without those that no design has."""
        sets = [[], *([lever] for lever in self._asked.levers)]
        data = [self._data(levers) for levers in sets]
        found = {path: [i for i, of in enumerate(data) if _there(of, path)] for path in self._asked.vary}
        return {path: sets[at[0]] for path, at in found.items() if at}

    @cached_property
    def _new(self) -> set[str]:
        """Paths of what no design has yet and any may be given, as an option that is not set.

        Raises
        ------
        Complaint
            If there can be no such thing.
        """
        new = self._asked.vary.keys() - self._where.keys()
        wrong = {path: problem for path in new if (problem := misnamed(self._data([]), path)) is not None}
        if wrong:
            raise Complaint([Problem(f"optimize.vary.{path}", one.rule, one.value) for path, one in wrong.items()])
        return new

    def _look_at(self, levers: Sequence[str], values: dict[str, float | int]) -> None:
        try:
            self.at({**self._with(levers), **values})
        except Complaint as complaint:
            tried = [f"the lever {lever}" for lever in levers] + [f"{path}={value:g}" for path, value in values.items()]
            raise complaint.located(f"with {' and '.join(tried)}") from None

    def _with(self, levers: Sequence[str]) -> Setting:
        pulled = [*self._always, *(lever for lever in self._asked.levers if lever in levers)]
        return {"lever": pulled} if pulled else {}

    def _data(self, levers: Sequence[str]) -> dict[str, Any]:
        return self._space.data_at(self._with(levers))


def _there(data: dict[str, Any], path: str) -> bool:
    """Say whether a design has what a value is to be set of."""
    return misnamed(data, path) is None and isinstance(_at(data, path.rpartition(".")[0]), dict)


def _at(data: Any, path: str) -> Any:
    for part in path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data
