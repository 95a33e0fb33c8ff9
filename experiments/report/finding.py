"""What may be said of one headline under one design, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Literal

from experiments.report.comparison import Comparison, Estimate
from experiments.report.line import Line, lines

Adjust = Callable[[Sequence[float]], Sequence[float]]
"""Takes the p values of all differences looked at and gives adjusted ones in the same order, as Holm's method does.

Holm, S., "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2), 1979,
65-70.
"""

Fate = Literal["decided", "undecided", "by terms", "drifts", "partly defined", "no interval", "not defined"]
"""What became of a difference that somebody looked at.

decided
    Its interval excludes zero, and its adjusted p value, if there is an adjustment, is below one less the confidence.
undecided
    It is tested, and not decided.
by terms
    The design's own terms set it: an input, not a result.
drifts
    Under one of the two designs it rests on a number without steady state: it depends on when one looks.
partly defined
    It is not defined in every replication, and those in which it is may be special.
no interval
    There are too few replications for one, or all differences are equal to the last digit.
not defined
    It is not defined under one of the two designs.
"""


@dataclass(frozen=True)
class Finding:
    """What may be said of one headline under one design against the reference.

    Attributes
    ----------
    line : Line
        The headline with its numbers.
    design : str
        Never the reference.
    fate : Fate
        Whether its difference is one.
    p : float
        Two-sided, of no difference, before any adjustment; nan where nothing is tested.
    """

    line: Line
    design: str
    fate: Fate
    p: float = nan

    @property
    def difference(self) -> Estimate:
        """To the reference, in the KPI's own unit."""
        return self.line.differences[self.design]

    @property
    def verdict(self) -> str:
        """Say "better", "worse" or "differs" if it is decided; else nothing."""
        return self.line.verdict(self.design) if self.fate == "decided" else ""


def findings(comparison: Comparison, adjust: Adjust | None = None) -> list[Finding]:
    """Judge every headline of every design against the reference.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    adjust : callable, optional
        Corrects for looking at many differences; it is given every difference that has a p value, drifting and partly
        defined ones as well, for somebody looked at them. Without it each interval stands for itself.

    Returns
    -------
    list of Finding
        Design by design, headlines in the order shown; empty for a single design.
    """
    found = lines(comparison)
    pairs = [(line, design) for design in comparison.designs[1:] for line in found]
    values = [_p(line, design, comparison.confidence) for line, design in pairs]
    tested = [i for i, p in enumerate(values) if isfinite(p)]
    adjusted = dict(zip(tested, adjust([values[i] for i in tested]), strict=True)) if adjust and tested else {}
    return [
        Finding(line, design, _fate(comparison, line, design, values[i], adjusted.get(i, 0.0)), values[i])
        for i, (line, design) in enumerate(pairs)
    ]


def _fate(comparison: Comparison, line: Line, design: str, p: float, adjusted: float) -> Fate:
    difference = line.differences[design]
    if not isfinite(difference.mean):
        return "not defined"
    if line.headline.by_terms:
        return "by terms"
    if {design, comparison.reference} & set(line.unsteady):
        return "drifts"
    asked = comparison.provenance.get("replications")
    if isinstance(asked, int) and difference.n < asked:
        return "partly defined"
    if not isfinite(p):
        return "no interval"
    return "decided" if difference.excludes_zero and adjusted < 1.0 - comparison.confidence else "undecided"


def _p(line: Line, design: str, confidence: float) -> float:
    """Give the p value that belongs to an interval of Student's t; nan if there is none, or nothing is tested."""
    difference = line.differences[design]
    half_width = 0.5 * (difference.high - difference.low)
    if line.headline.by_terms or difference.n < 2 or not isfinite(half_width):
        return nan
    # Differences that are all the same say nothing of chance, however few they are.
    if half_width <= 1e-9 * max(abs(difference.mean), abs(line.estimates[design].mean)):
        return nan
    from scipy.special import stdtr, stdtrit

    freedom = difference.n - 1
    error = half_width / stdtrit(freedom, 0.5 * (1.0 + confidence))
    return float(2.0 * stdtr(freedom, -abs(difference.mean) / error))
