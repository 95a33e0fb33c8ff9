"""Which of several designs may be the best by one measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.answers.cube import Cube, with_parts
from experiments.answers.direction import in_words, larger_is_better
from experiments.answers.results import Results
from experiments.specs.select import CONTRIBUTION
from sim.analysis.subset import Screened, screened

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Best:
    """Designs sorted into those that cannot be told from the best and those that can.

    Attributes
    ----------
    kpi : str
        The measure.
    larger : bool
        Whether larger is better.
    designs : tuple of str
        All of them.
    found : Screened
        By row of `designs`.
    """

    kpi: str
    larger: bool
    designs: tuple[str, ...]
    found: Screened

    @property
    def may_be(self) -> list[str]:
        """Names of those that cannot be told from the best, best mean first."""
        return [self.designs[i] for i in self.found.kept]

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        by = zip(self.designs, self.found.beaten_by, strict=True)
        return {
            "kpi": self.kpi,
            "larger_is_better": self.larger,
            "confidence": CONFIDENCE,
            "replications": self.found.n,
            "may_be_best": self.may_be,
            "beaten_by": {design: self.designs[i] for design, i in by if i >= 0},
        }

    def line(self) -> str:
        """Say it in a sentence."""
        what = f"{self.kpi} ({in_words(self.larger)})"
        if self.found.n < 2:
            return f"Best by {what}: nothing can be told from {self.found.n} complete replication(s)."
        kept, sure = self.may_be, f"({100 * CONFIDENCE:g} %)"
        if len(kept) == 1:
            return f"Best by {what}: {kept[0]}; every other design is told to be behind {sure}."
        if len(kept) == len(self.designs):
            return f"Best by {what}: {kept[0]} leads; none of the {len(kept)} designs is told from the best {sure}."
        return f"Best by {what}: may be {', '.join(kept)}; every other design is told to be behind one of them {sure}."


def best_of(results: Results, designs: Sequence[str], asked: str | None) -> Best | None:
    """Screen designs by one measure, on paired differences between all of them.

    Parameters
    ----------
    results : Results
        Of all replications.
    designs : sequence of str
        In the order of the answer.
    asked : str or None
        Name of the measure; None for contribution less operating expense.

    Returns
    -------
    Best or None
        None with fewer than two designs, or if nothing was asked for and there is no such measure. Ratios are of
        totals; quantiles are means of the quantiles of replications.
    """
    kpi, values = asked or CONTRIBUTION, results.values()
    if len(designs) < 2 or not all(kpi in values[design] for design in designs):
        return None
    n = max(len(values[design][kpi]) for design in designs)
    nothing = [float("nan")] * n
    needed = [
        part for part in with_parts([*values[designs[0]]]) if all(len(values[d].get(part, ())) == n for d in designs)
    ]
    table = {part: np.array([values[design].get(part, nothing) for design in designs]) for part in needed}
    larger = larger_is_better(kpi)
    return Best(
        kpi, larger, tuple(designs), screened(Cube(tuple(designs), table, {}).per_replication(kpi), CONFIDENCE, larger)
    )
