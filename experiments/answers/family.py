"""Differences looked at together: which are told from zero when their number is allowed for."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.report.comparison import Comparison

METHOD = "Holm 1979"


@dataclass(frozen=True)
class Member:
    """One difference of the family.

    Attributes
    ----------
    design, kpi, label : str
        Of which design to the first, in which measure, and what people call that.
    p, adjusted : float
        Two-sided, for itself and for the family.
    alone : bool
        Whether its own interval excludes zero.
    told : bool
        Whether it is told from zero when all of the family are looked at.
    """

    design: str
    kpi: str
    label: str
    p: float
    adjusted: float
    alone: bool
    told: bool


@dataclass(frozen=True)
class Family:
    """The paired differences of all designs to the first in all headline measures that leave something to chance.

    Attributes
    ----------
    members : tuple of Member
        Design by design.
    confidence : float
        That none is told wrongly.
    """

    members: tuple[Member, ...]
    confidence: float

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "of": "paired differences of designs to the first x headline measures",
            "method": METHOD,
            "confidence": self.confidence,
            "size": len(self.members),
            "members": [
                {"design": m.design, "kpi": m.kpi, "p": m.p, "p_adjusted": m.adjusted, "told": m.told}
                for m in self.members
            ],
        }

    def lines(self) -> list[str]:
        """Say in a line or two what is left when the number of differences is allowed for."""
        if not self.members:
            return []
        told = [m for m in self.members if m.told]
        lost = [f"{m.label} of {m.design}" for m in self.members if m.alone and not m.told]
        designs, kpis = len({m.design for m in self.members}), len({m.kpi for m in self.members})
        of = (
            f"{len(self.members)} differences looked at ({_many(designs, 'design')}, {_many(kpis, 'headline measure')})"
        )
        said = [f"Holm: of {of} {len(told)} are told from zero all at once ({100 * self.confidence:g} %)."]
        if lost:
            said.append(f"Starred above and not told so: {'; '.join(lost)}.")
        return said


def family_of(comparison: Comparison) -> Family:
    """Adjust the p-values of a comparison for their number.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    Family
        Empty with a single design or a single replication. What a design's own terms set, and what does not differ
        between replications, is no test and not among the members.
    """
    from experiments.report.finding import findings
    from sim.analysis.holm import holm_adjusted

    tested = [one for one in findings(comparison) if isfinite(one.p)]
    adjusted = holm_adjusted([one.p for one in tested]).tolist()
    return Family(
        tuple(
            Member(
                one.design,
                one.line.headline.kpi,
                one.line.headline.label,
                one.p,
                of_all,
                one.difference.excludes_zero,
                of_all < 1.0 - comparison.confidence,
            )
            for one, of_all in zip(tested, adjusted, strict=True)
        ),
        comparison.confidence,
    )


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"
