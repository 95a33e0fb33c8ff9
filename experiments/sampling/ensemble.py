"""Points of the assumptions: the same company, with every number that is assumed somewhere else in its range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.assumed.assumptions import Assumption, applied, applied_to_org, assumptions_of
from experiments.assumed.positions import sobol_positions
from experiments.composing.compose import Composed, composed_of
from experiments.composing.space import Space
from sim.scenario import Scenario
from sim.scenario.org import Org

BASE = -1
"""The point at which all assumptions have their defaults."""


@dataclass(frozen=True)
class Arm:
    """One of several companies that are compared at every point.

    Attributes
    ----------
    data : dict
        Its resolved config. A balanced design has the heads that it has at the base, and keeps them at every point: a
        company is staffed for what it believes.
    designs : mapping of str to dict
        The same of designs that are named in it as run-in, change or rival.
    """

    data: dict[str, Any]
    designs: Mapping[str, dict[str, Any]]


class Arms:
    """What is compared at every point.

    Parameters
    ----------
    arms : mapping of str to Composed
        By name.
    config_dir : str, optional
        A user's own configs.
    """

    def __init__(self, arms: Mapping[str, Composed], config_dir: str | None = None) -> None:
        self._config_dir = config_dir
        files = Space([], config_dir)
        self.arms = {name: _arm(c, files) for name, c in arms.items()}
        self.assumptions: list[Assumption] = assumptions_of(*(c.data for c in arms.values()), config_dir=config_dir)

    def scenario(self, arm: str, positions: Mapping[str, float]) -> Scenario:
        """Give an arm with assumptions at positions between 0, lowest, and 1, highest, by name."""
        one = self.arms[arm]
        return composed_of(
            applied(one.data, self.assumptions, positions),
            config_dir=self._config_dir,
            org_of=lambda name: applied_to_org(one.designs[name], self.assumptions, positions),
        ).scenario


class EnsemblePoints:
    """All arms at some points.

    Parameters
    ----------
    arms : Arms
        What is compared.
    cube : ndarray of float64, shape (points, assumptions)
        Positions; none for the base alone.
    """

    def __init__(self, arms: Arms, cube: NDArray[np.float64] | None) -> None:
        self._arms = arms
        names = [one.name for one in arms.assumptions]
        rows = [] if cube is None else cube.tolist()
        self._positions = {i: dict(zip(names, row, strict=True)) for i, row in enumerate(rows)} or {BASE: {}}

    def __len__(self) -> int:
        """Give the number of arms times that of points."""
        return len(self._positions) * len(self._arms.arms)

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give name and scenario of all arms, point by point."""
        for i, positions in self._positions.items():
            for arm in self._arms.arms:
                yield named(arm, i), self._arms.scenario(arm, positions)


def named(arm: str, point: int) -> str:
    """Give the name of an arm at a point."""
    return f"{arm} at the base" if point == BASE else f"{arm} at point {point}"


def positions(arms: Arms, points: int, seed: int) -> NDArray[np.float64]:
    """Spread points over all assumptions, shape (points, assumptions)."""
    if not arms.assumptions:
        return np.empty((points, 0))
    return sobol_positions(points, len(arms.assumptions), seed)


def _arm(c: Composed, files: Space) -> Arm:
    scenario = c.scenario
    changes = [change["design"] for change in c.data.get("changes") or []]
    rivals = c.data.get("rivals") or []
    rivals = [rivals] if isinstance(rivals, str) else rivals
    named_there = [
        *([(c.data["run_in"], scenario.run_in)] if scenario.run_in is not None else []),
        *zip(changes, (change.org for change in scenario.changes), strict=True),
        *zip(rivals, scenario.rivals, strict=True),
    ]
    designs = {name: _as_staffed(files.org(name), org) for name, org in named_there}
    return Arm({**c.data, "org": _as_staffed(c.data["org"], scenario.org)}, designs)


def _as_staffed(data: dict[str, Any], org: Org) -> dict[str, Any]:
    """Give a design's data with the heads and the marketing money that were found for it."""
    if data.get("staffing", "given") == "given":
        return data
    found = deepcopy(data)
    found |= {"staffing": "given", "marketing_usd_per_year": org.marketing_usd_per_year}
    for name, role in found["roles"].items():
        role["headcount"] = org.roles[name].headcount
    return found
