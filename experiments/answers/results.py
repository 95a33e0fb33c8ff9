"""What replications say: measures in tidy rows, and the durations behind their quantiles."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.analysis.pooled import CohortRow

TidyRow = tuple[str, int, str, float, str]
"""(design, replication, kpi, value, unit)."""


@dataclass(frozen=True)
class Results:
    """All measures of some points.

    Attributes
    ----------
    rows : list of TidyRow
        Measures.
    cohorts : list of CohortRow
        Durations behind their quantiles, counted on a grid; see `sim.analysis.pooled`.
    """

    rows: list[TidyRow] = field(default_factory=list)
    cohorts: list[CohortRow] = field(default_factory=list)

    def values(self) -> dict[str, dict[str, list[float]]]:
        """Give the values of each measure by design and name, in the order of the rows."""
        found: dict[str, dict[str, list[float]]] = {}
        for design, _, kpi, value, _ in self.rows:
            found.setdefault(design, {}).setdefault(kpi, []).append(value)
        return found

    def means(self) -> dict[str, dict[str, float]]:
        """Give the mean of each measure over replications, by design and name."""
        return {
            design: {kpi: sum(found) / len(found) for kpi, found in values.items()}
            for design, values in self.values().items()
        }
