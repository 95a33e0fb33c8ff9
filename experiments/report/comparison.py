"""The answer of a comparison as plain data, which every table, picture and page reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import nan
from typing import Any

from experiments.report.meaning import meaning

TidyRow = tuple[str, int, str, float, str]
"""(design, replication, kpi, value, unit)."""

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Estimate:
    """A mean with its bounds, in the KPI's own unit; nan where it is not defined.

    Attributes
    ----------
    mean, low, high : float
        Mean over replications and the bounds of its interval.
    n : int
        Replications in which the KPI is defined.
    """

    mean: float = nan
    low: float = nan
    high: float = nan
    n: int = 0

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside the bounds; False while they are not defined."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Pairing:
    """What shared customers did for one KPI of a design against the reference; nan where not defined."""

    correlation: float = nan
    variance_ratio: float = nan


@dataclass(frozen=True)
class Comparison:
    """Designs that met the same customers, what came of it, and what may be said about it.

    Attributes
    ----------
    designs : sequence of str
        Names in the order that fixes color and column; the first is the reference.
    rows : sequence of TidyRow, or a pyarrow table with these columns
        One value per design, replication and KPI.
    summary : mapping
        ``{"designs": {NAME: {KPI: {mean, low, high, n, unit}}},
        "paired": {"B - A": {KPI: {mean, low, high, n, correlation, variance_ratio}}}}``; None where a number
        is not defined. May carry ``"confidence"`` (else .95) and ``"unsteady"``: ``{NAME: [KPI, ...]}``, the lead
        times without steady state.
    provenance : mapping
        Shown whole. ``config`` (hash), ``seed``, ``replications`` and ``orgsim`` (version) also go into the
        footer of every picture; ``command`` repeats the answer.
    demand : sequence of mapping
        Demand accounting, one mapping per design with equal keys in the order of the columns; the first is
        ``design``.
    overrides : sequence of str
        What was changed in every design.
    caveats : sequence of str
        What may not be concluded, in sentences.
    title : str
        The question.
    compared, customers : str
        A sentence or two on what was compared, and on which customers; plain defaults are made if empty.
    definitions : mapping of str to str
        Meaning of KPIs by name; a name of a family (``flow.opportunity``) serves all below it that have none.
    selling_role : str
        The role whose share of persuasion is a headline; if empty, the first role that persuades in the
        reference.

    Raises
    ------
    ValueError
        If there is no design, or a design comes twice.
    """

    designs: Sequence[str]
    rows: Any
    summary: Mapping[str, Any]
    provenance: Mapping[str, Any] = field(default_factory=dict)
    demand: Sequence[Mapping[str, Any]] = ()
    overrides: Sequence[str] = ()
    caveats: Sequence[str] = ()
    title: str = "Org designs compared on the same customers"
    compared: str = ""
    customers: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    selling_role: str = ""

    def __post_init__(self) -> None:
        """Refuse what no column or color could be given to."""
        if not self.designs:
            raise ValueError("designs must name at least one design, got none")
        if len(set(self.designs)) != len(self.designs):
            raise ValueError(f"designs must differ, got {list(self.designs)}")

    @property
    def reference(self) -> str:
        """The design all others are compared to."""
        return self.designs[0]

    @property
    def confidence(self) -> float:
        """Of every interval."""
        return float(self.summary.get("confidence", 0.95))

    @cached_property
    def kpis(self) -> list[str]:
        """Names of all KPIs that any design has, in order of first appearance."""
        cells = self.summary.get("designs", {})
        return list(dict.fromkeys(kpi for design in self.designs for kpi in cells.get(design, {})))

    @cached_property
    def _samples(self) -> dict[tuple[str, str], dict[int, float]]:
        samples: dict[tuple[str, str], dict[int, float]] = {}
        for design, replication, kpi, value, _unit in _tuples(self.rows):
            samples.setdefault((design, kpi), {})[replication] = nan if value is None else float(value)
        return samples

    def series(self, design: str, kpi: str) -> Mapping[int, float]:
        """Give the values of one KPI by replication, nan where it is not defined."""
        return self._samples.get((design, kpi), {})

    def values(self, design: str, kpi: str) -> list[float]:
        """Give the defined values of one KPI, one per replication."""
        return [value for value in self.series(design, kpi).values() if value == value]

    def unit(self, kpi: str) -> str:
        """Give the unit of a KPI; empty if no design has it."""
        for cells in self.summary.get("designs", {}).values():
            if kpi in cells:
                return str(cells[kpi].get("unit", ""))
        return ""

    def estimate(self, design: str, kpi: str) -> Estimate:
        """Give the mean and interval of a KPI under a design."""
        return _estimate(self.summary.get("designs", {}).get(design, {}).get(kpi))

    def difference(self, design: str, kpi: str) -> Estimate:
        """Give the paired difference of a design to the reference."""
        return _estimate(self._pair(design, kpi))

    def pairing(self, design: str, kpi: str) -> Pairing:
        """Give correlation and variance ratio of a design with the reference."""
        cell = self._pair(design, kpi) or {}
        return Pairing(_float(cell.get("correlation")), _float(cell.get("variance_ratio")))

    def definition(self, kpi: str) -> str:
        """Give the meaning of a KPI: its own, that of the nearest family it belongs to, or else the general one."""
        name = kpi
        while name:
            if name in self.definitions:
                return self.definitions[name]
            name = name.rpartition(".")[0]
        return meaning(kpi).text

    def unsteady(self, kpi: str) -> list[str]:
        """Give the designs under which a KPI is a lead time without steady state in the window."""
        unsteady: Mapping[str, Sequence[str]] = self.summary.get("unsteady", {})
        return [design for design in self.designs if kpi in unsteady.get(design, ())]

    def origin(self, key: str) -> str:
        """Give an item of the provenance as text."""
        return str(self.provenance.get(key, NOT_RECORDED))

    @property
    def footer(self) -> str:
        """One line that tells any picture's origin."""
        replications = self.origin("replications")
        parts = [
            f"config {self.origin('config')[:12]}",
            f"seed {self.origin('seed')}",
            f"{replications} replication{'' if replications == '1' else 's'}",
            f"orgsim {self.origin('orgsim')}",
        ]
        return "  ·  ".join(parts)

    def _pair(self, design: str, kpi: str) -> Mapping[str, Any] | None:
        pairs: Mapping[str, Mapping[str, Any]] = self.summary.get("paired", {})
        return pairs.get(f"{design} - {self.reference}", {}).get(kpi)


def _float(value: float | None) -> float:
    return nan if value is None else float(value)


def _estimate(cell: Mapping[str, Any] | None) -> Estimate:
    if cell is None:
        return Estimate()
    mean, low, high = (_float(cell.get(name)) for name in ("mean", "low", "high"))
    return Estimate(mean, low, high, int(cell.get("n", 0)))


def _tuples(rows: Any) -> Iterator[TidyRow]:
    if hasattr(rows, "to_pydict"):
        columns = rows.to_pydict()
        names = ("design", "replication", "kpi", "value", "unit")
        return zip(*(columns[name] for name in names), strict=True)
    return iter(rows)
