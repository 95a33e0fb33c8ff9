"""The cells of a map over two numbers: two designs in each, and one of them with one more person in each role."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.complaint import Complaint
from experiments.composing.space import Space
from experiments.sampling.heads import unheeded
from experiments.sampling.one_more import human_roles, with_one_more
from experiments.sampling.settings import Setting, spelled
from experiments.sampling.worlds import number_at
from experiments.specs.frontier import Frontier
from sim.scenario import Scenario

OWN = "org."
"""Paths that begin so are about the design in question and not about the one it is held against."""
Cell = tuple[int, int]
"""Row and column: places of the values of y and of x."""


class Cells:
    """What is run for a map, as the runner takes it.

    Parameters
    ----------
    space : Space
        What all points have in common.
    asked : Frontier
        Numbers and designs.
    """

    def __init__(self, space: Space, asked: Frontier) -> None:
        self._space, self.asked = space, asked
        ((self.x, self.xs), (self.y, self.ys)) = next(iter(asked.x.items())), next(iter(asked.y.items()))
        self.cells: list[Cell] = [(i, j) for i in range(len(self.ys)) for j in range(len(self.xs))]
        self.roles = human_roles(self.scenario(asked.design, (0, 0)))
        """Roles that have people, to each of which one is added."""

    def __len__(self) -> int:
        """Give how many points there are."""
        return len(self.cells) * (2 + len(self.roles) * self.asked.constraint)

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give name and scenario of each, cell by cell."""
        for cell in self.cells:
            own = self.scenario(self.asked.design, cell)
            yield self.name(self.asked.against, cell), self.scenario(self.asked.against, cell)
            yield self.name(self.asked.design, cell), own
            for role in self.roles if self.asked.constraint else ():
                yield self.name(self.asked.design, cell, role), with_one_more(own, role)

    def setting(self, design: str, cell: Cell) -> Setting:
        """Give what is set for a design in a cell."""
        values = {self.y: _whole(self.ys[cell[0]]), self.x: _whole(self.xs[cell[1]])}
        mine = {k: v for k, v in values.items() if design == self.asked.design or not k.startswith(OWN)}
        return {"org": design, **mine}

    def scenario(self, design: str, cell: Cell) -> Scenario:
        """Give the scenario of a design in a cell."""
        try:
            return self._space.at(self.setting(design, cell)).scenario
        except Complaint as complaint:
            raise complaint.located(f"{design}, {self.words(cell)}") from None

    def name(self, design: str, cell: Cell, one_more: str = "") -> str:
        """Give the name of a point."""
        return f"{design}{f' with one more {one_more}' * bool(one_more)}, {self.words(cell)}"

    def words(self, cell: Cell) -> str:
        """Say where a cell is."""
        return f"{self.x}={spelled(self.xs[cell[1]])}, {self.y}={spelled(self.ys[cell[0]])}"

    def base(self) -> tuple[float, float]:
        """Give where the design is by itself, on x and on y; nan where the config has no number."""
        c = self._space.at({"org": self.asked.design})
        # Heads that are found by a rule are in the scenario, not in the config.
        heads = {f"org.roles.{name}.headcount": float(role.headcount) for name, role in c.scenario.org.roles.items()}
        return (heads.get(self.x, number_at(c.data, self.x)), heads.get(self.y, number_at(c.data, self.y)))

    def look_ahead(self) -> None:
        """Look at every value once, before anything is run.

        Raises
        ------
        Complaint
            If one cannot be used, or the values of an axis change nothing.
        """
        a = self.asked
        for path, values, cells in (
            (self.x, self.xs, [(0, j) for j in range(len(self.xs))]),
            (self.y, self.ys, [(i, 0) for i in range(len(self.ys))]),
        ):
            seen = [[self.scenario(design, cell) for cell in cells] for design in (a.design, a.against)]
            if len(cells) > 1 and all(scenario == row[0] for row in seen for scenario in row):
                raise Complaint.about(path, "changes nothing in what is run")
            found = (unheeded(path, value, own) for value, own in zip(values, seen[0], strict=True))
            problem = next(filter(None, found), None)
            if problem is not None:
                raise Complaint([problem])


def _whole(value: float) -> float | int:
    """Give whole numbers as such, for numbers of people; where a fraction may stand they do as well."""
    return int(value) if value == int(value) else value
