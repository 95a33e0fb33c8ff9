"""What an ensemble of assumptions says of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.answers.cube import Cube
from experiments.sampling.ensemble import BASE, named
from experiments.specs.claim import Claim
from sim.analysis.drivers import Driver, ranked_drivers
from sim.analysis.ensemble import Verdict, verdict_of
from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.p_value import student_p


@dataclass(frozen=True)
class Tried:
    """A claim and what became of it.

    Attributes
    ----------
    name : str
        Of the claim.
    claim : Claim
        What is claimed.
    unit : str
        Of its contrast.
    verdict : Verdict
        Over the points of the ensemble.
    base : Interval
        The contrast where all assumptions have their defaults.
    p : float
        That the contrast at the base is not the minimum, two-sided, for this claim alone.
    drivers : list of (str, Driver)
        Assumptions that are told to move the contrast, strongest first.
    assumptions : int
        How many were varied.
    """

    name: str
    claim: Claim
    unit: str
    verdict: Verdict
    base: Interval
    p: float
    drivers: list[tuple[str, Driver]]
    assumptions: int

    @property
    def undefined(self) -> int:
        """At how many points the contrast is not defined: they do not exceed the least that matters."""
        return sum(not np.isfinite(one.mean) for one in self.verdict.differences)

    def plain(self, adjusted: float) -> dict[str, Any]:
        """Give it as plain data, with the p-value adjusted for all claims that were looked at."""
        v = self.verdict
        return {
            "verdict": v.verdict,
            "steady": v.steady,
            "share": v.share.plain(),
            "unsure_share": v.unsure_share,
            "undefined": self.undefined,
            "base": self.base.plain(),
            "p": _number(self.p),
            "adjusted_p": _number(adjusted),
            "minimum": self.claim.minimum,
            "unit": self.unit,
            "contrasts": [_number(one.mean) for one in v.differences],
            "assumptions": self.assumptions,
            "drivers": [
                {"assumption": name, "effect": _number(d.effect), "adjusted_p": _number(d.adjusted)}
                for name, d in self.drivers
            ],
        }


def tried(
    name: str, claim: Claim, at_base: Cube, over: Cube, positions: NDArray[np.float64], assumptions: Sequence[str]
) -> Tried:
    """Judge a claim.

    Parameters
    ----------
    name : str
        Of the claim.
    claim : Claim
        What is claimed.
    at_base, over : Cube
        Its measures at the base, and at the points of the ensemble, for all arms.
    positions : ndarray of float64, shape (points, assumptions)
        Where the points lie.
    assumptions : sequence of str
        Names of the columns.
    """
    base = _contrasts(claim, at_base, [BASE])[0]
    contrasts = _contrasts(claim, over, range(len(positions)))
    verdict = verdict_of(contrasts, claim.minimum)
    means = np.array([one.mean for one in verdict.differences])
    drivers = [(assumptions[d.factor], d) for d in ranked_drivers(positions, means) if d.told]
    unit = over.units[claim.measure]
    p = student_p(base, claim.minimum)
    return Tried(name, claim, unit, verdict, mean_interval(base), p, drivers, len(assumptions))


def _contrasts(claim: Claim, found: Cube, points: Sequence[int]) -> NDArray[np.float64]:
    """Give the contrast, shape (points, replications): large where the claim is right."""
    place = {name: i for i, name in enumerate(found.points)}
    total = np.zeros((len(points), found.replications))
    for term in claim.contrast:
        values = found.per_replication(claim.measure_of(term))
        total += term.times * values[[place[named(term.arm, point)] for point in points]]
    return total


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
