"""The circumstances an exploration goes through: what is varied, and the scenario of a design at any of the points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Protocol

from experiments.complaint import Complaint
from experiments.composing.space import Space
from experiments.sampling.heads import unheeded
from experiments.sampling.settings import spelled
from experiments.specs.factor import Factor
from experiments.specs.varied import Varied
from sim.scenario import Problem, Scenario

Positions = Mapping[str, float]
"""Where dimensions are, by name: 0 lowest, 1 highest. Those that are not named are as the config has them."""


@dataclass(frozen=True)
class Dimension:
    """One thing that is varied.

    Attributes
    ----------
    name : str
        Path of a number, or name of an assumption.
    unit : str
        Of its values; empty if not known.
    low, high : float
        Ends of its range.
    default : float
        What the config has; nan if that is not one number.
    whole : bool
        Whether it takes whole numbers only.
    """

    name: str
    unit: str
    low: float
    high: float
    default: float = nan
    whole: bool = False


class Worlds(Protocol):
    """All points of an exploration, as far as one can go in each dimension."""

    @property
    def dimensions(self) -> Sequence[Dimension]:
        """What is varied, at least one."""

    def value(self, name: str, position: float) -> float:
        """Give the value of a dimension at a position."""

    def scenario(self, design: str | None, at: Positions) -> Scenario:
        """Give the scenario of a design, by default the one in question, at a point; raises Complaint."""


class RangedWorlds:
    """Numbers of a config, each within its range.

    Parameters
    ----------
    space : Space
        What all points have in common.
    ranges : mapping of str to Factor
        By path.
    """

    def __init__(self, space: Space, ranges: Mapping[str, Factor]) -> None:
        self._space, self._ranges = space, dict(ranges)
        data = space.data_at({})
        self.dimensions = [
            Dimension(path, "", factor.low, factor.high, number_at(data, path), factor.integer)
            for path, factor in ranges.items()
        ]

    def value(self, name: str, position: float) -> float:
        """Give the value of a number at a position."""
        return self._ranges[name].value(position)

    def scenario(self, design: str | None, at: Positions) -> Scenario:
        """Give the scenario of a design at a point."""
        org = {} if design is None else {"org": design}
        return self._space.at({**org, **{path: self.value(path, position) for path, position in at.items()}}).scenario

    def look_ahead(self, designs: Iterable[str | None]) -> None:
        """Look at either end of every range, all else as it is, so that a mistake is told before anything is run.

        Raises
        ------
        Complaint
            With all problems; also if a range changes nothing in any design.
        """
        problems: list[Problem] = []
        for one in self.dimensions:
            differs = False
            for design in designs:
                try:
                    ends = [self.scenario(design, {one.name: position}) for position in (0.0, 1.0)]
                except Complaint as complaint:
                    problems += [p for p in complaint.problems if p not in problems]
                    differs = True
                else:
                    differs |= ends[0] != ends[1]
                    found = [unheeded(one.name, v, end) for v, end in zip((one.low, one.high), ends, strict=True)]
                    problems += [p for p in found if p is not None][:1]
            if not differs:
                problems.append(Problem(one.name, "changes nothing in what is run", f"{one.low:g} to {one.high:g}"))
        if problems:
            raise Complaint(problems)


class WorldPoints:
    """Scenarios of some designs at some points of an exploration, as the runner takes them.

    Parameters
    ----------
    worlds : Worlds
        What is varied.
    points : mapping of str to (str or None, Positions)
        Design and place, by the name of the point.
    """

    def __init__(self, worlds: Worlds, points: Mapping[str, tuple[str | None, Positions]]) -> None:
        self._worlds, self._points = worlds, dict(points)

    def __len__(self) -> int:
        """Give how many points there are."""
        return len(self._points)

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give name and scenario of each point; a Complaint says at which point."""
        for name, (design, at) in self._points.items():
            try:
                yield name, self._worlds.scenario(design, at)
            except Complaint as complaint:
                values = ", ".join(f"{k}={spelled(self._worlds.value(k, v))}" for k, v in list(at.items())[:MOST_TOLD])
                where = f"at the point {name}{': ' * bool(values)}{values}{', ...' * (len(at) > MOST_TOLD)}"
                raise complaint.located(where) from None


MOST_TOLD = 5
"""Values that are told of a point which cannot be used."""


def worlds_of(space: Space, varied: Varied, designs: Sequence[str | None], config_dir: str | None) -> Worlds:
    """Give the worlds that are asked for.

    Parameters
    ----------
    space : Space
        What all points have in common.
    varied : Varied
        What is asked.
    designs : sequence of (str or None)
        Which are run; None for the one in question.
    config_dir : str or None
        A user's own configs.

    Raises
    ------
    Complaint
        If a range cannot be used, or there is no such assumption.
    """
    if varied.ranges is not None:
        ranged = RangedWorlds(space, varied.ranges)
        ranged.look_ahead(designs)
        return ranged
    from experiments.sampling.assumed import AssumedWorlds

    return AssumedWorlds(space, varied.assumptions, designs, config_dir)


def number_at(data: object, path: str) -> float:
    """Give the number at a path of plain data; nan if there is none."""
    for key in path.split("."):
        data = data.get(key) if isinstance(data, dict) else None
    return float(data) if isinstance(data, int | float) and not isinstance(data, bool) else nan
