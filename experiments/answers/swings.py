"""One factor at a time: what an outcome becomes when it is set to either end of its range, all else as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.answers.outcomes import Outcomes
from experiments.sampling.worlds import Dimension, Positions
from sim.analysis.intervals import Interval

AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Swing:
    """One factor.

    Attributes
    ----------
    of : Dimension
        Its range.
    at_low, at_high : Interval
        The outcome at its ends.
    """

    of: Dimension
    at_low: Interval
    at_high: Interval

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {"factor": self.of.name, "at_low": self.at_low.plain(), "at_high": self.at_high.plain()}


def ends_of(dimensions: Sequence[Dimension]) -> dict[str, Positions]:
    """Give the points: everything as it is, then each dimension at its low and its high end; by name."""
    found: dict[str, Positions] = {AS_IT_IS: {}}
    for one in dimensions:
        found |= {f"{one.name} low": {one.name: 0.0}, f"{one.name} high": {one.name: 1.0}}
    return found


def swings_of(dimensions: Sequence[Dimension], found: Outcomes) -> tuple[Interval, list[Swing]]:
    """Give the outcome as it is, and of each dimension what `ends_of` gave points for."""
    base, *ends = found.found
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return base, [Swing(one, low, high) for one, (low, high) in zip(dimensions, pairs, strict=True)]
