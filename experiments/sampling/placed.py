"""Rows of positions as points of one design, or of two that are held against each other, with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.sampling.worlds import Positions, WorldPoints, Worlds


class Placed:
    """Points of an exploration.

    Parameters
    ----------
    worlds : Worlds
        What is varied.
    designs : sequence of (str or None)
        One, or two; None for the one in question.
    at : mapping of str to Positions
        By the name of the point.
    """

    def __init__(self, worlds: Worlds, designs: Sequence[str | None], at: Mapping[str, Positions]) -> None:
        self._worlds, self._designs, self.at = worlds, list(designs), dict(at)

    @property
    def points(self) -> WorldPoints:
        """What is run: all designs at a point one after another."""
        return WorldPoints(
            self._worlds, {_of(design, name): (design, at) for name, at in self.at.items() for design in self._designs}
        )

    @property
    def names(self) -> list[list[str]]:
        """Names of what is run by design, in the order of the points."""
        return [[_of(design, name) for name in self.at] for design in self._designs]

    @property
    def settings(self) -> dict[str, dict[str, float]]:
        """Values of what is varied, by the name of the point."""
        return {name: {k: self._worlds.value(k, v) for k, v in at.items()} for name, at in self.at.items()}


def numbered_rows(worlds: Worlds, rows: NDArray[np.float64], label: str = "point") -> dict[str, Positions]:
    """Give rows of positions, shape (points, dimensions), by names with numbers."""
    width = len(str(max(0, len(rows) - 1)))
    names = [one.name for one in worlds.dimensions]
    return {f"{label} {i:0{width}}": dict(zip(names, row, strict=True)) for i, row in enumerate(rows.tolist())}


def _of(design: str | None, point: str) -> str:
    return point if design is None else f"{design}: {point}"
