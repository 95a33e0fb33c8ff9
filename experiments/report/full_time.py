"""The paid hours of a role as full-time equivalents, by kind of activity."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.report.comparison import Comparison, Estimate
from experiments.report.derived import derived
from experiments.report.kind import Kind, kind_of, place_of

SHARE = ".share."
ROSTERED = ".rostered_h_per_year"
BUSY = ".busy_h_per_year"
THERE = ".heads_there"
HOURS_OF_A_HEAD = 1800.0
"""Paid hours a year of one person, after absences: a full-time equivalent."""


@dataclass(frozen=True)
class FullTime:
    """The full-time equivalents of a role under a design.

    Attributes
    ----------
    role, design : str
        Whose they are.
    parts : tuple of (Kind, Estimate)
        By kind of activity, idle included, in the order they are stacked; those nobody has a share of are left out.
    paid, worked : Estimate
        All of them, and those worked on tasks.
    """

    role: str
    design: str
    parts: tuple[tuple[Kind, Estimate], ...]
    paid: Estimate
    worked: Estimate

    def share(self, name: str) -> float:
        """Give the share of a kind of activity in what is paid; 0 if there is none of it."""
        return next((found.mean / self.paid.mean for kind, found in self.parts if kind.name == name), 0.0)


def full_time(comparison: Comparison) -> dict[str, list[FullTime]]:
    """Give the full-time equivalents of all roles of people that have paid hours.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    dict of str to list of FullTime
        By role in order of first appearance; for each the designs that have it, in order.
    """
    found = {}
    for role in _roles(comparison):
        kinds = _kinds(comparison, role)
        of_role = [_of(comparison, role, design, kinds) for design in comparison.designs]
        there = [one for one in of_role if one.paid.mean > 0.0]
        if there:
            found[role] = there
    return found


def _roles(comparison: Comparison) -> list[str]:
    """Give the roles of people: nobody is counted as being there in a role of machines."""
    names = [kpi.removeprefix("people.").removesuffix(ROSTERED) for kpi in comparison.kpis if kpi.endswith(ROSTERED)]
    known = set(comparison.kpis)
    return [name for name in names if f"people.{name}{THERE}" in known]


def _kinds(comparison: Comparison, role: str) -> list[Kind]:
    start = f"people.{role}{SHARE}"
    names = [kpi.removeprefix(start) for kpi in comparison.kpis if kpi.startswith(start)]
    return sorted((kind_of(name) for name in names), key=place_of)


def _of(comparison: Comparison, role: str, design: str, kinds: list[Kind]) -> FullTime:
    hours = f"people.{role}{ROSTERED}"
    parts = []
    for kind in kinds:
        kpis = [f"people.{role}{SHARE}{kind.name}", hours]
        found = derived(comparison, design, kpis, lambda share, paid_h: share * paid_h / HOURS_OF_A_HEAD)
        if found.mean > 0.0:
            parts.append((kind, found))
    return FullTime(
        role,
        design,
        tuple(parts),
        derived(comparison, design, [hours], lambda paid_h: paid_h / HOURS_OF_A_HEAD),
        derived(comparison, design, [f"people.{role}{BUSY}"], lambda busy_h: busy_h / HOURS_OF_A_HEAD),
    )
