"""One headline KPI worked out for all designs: what the table, the page and the scorecard show alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.report.comparison import Comparison, Estimate
from experiments.report.headline import Headline, headlines
from experiments.report.quantity import Scale, scale_of

UNSTEADY = "†"
"""Stands at lead times of a stage whose number inside drifts."""


@dataclass(frozen=True)
class Line:
    """A headline with its numbers.

    Attributes
    ----------
    headline : Headline
        What is shown.
    scale : Scale
        How its numbers are written.
    estimates : dict of str to Estimate
        By design, in order.
    differences : dict of str to Estimate
        Paired differences to the reference, of every design but the reference.
    unsteady : sequence of str
        Designs under which it is a lead time of a stage without steady state.
    """

    headline: Headline
    scale: Scale
    estimates: dict[str, Estimate]
    differences: dict[str, Estimate]
    unsteady: Sequence[str] = ()

    @property
    def title(self) -> str:
        """Words alone, and a mark if it is a lead time without steady state."""
        return f"{self.headline.label} {UNSTEADY}" if self.unsteady else self.headline.label

    @property
    def label(self) -> str:
        """Words and unit, and a mark if it is a lead time without steady state."""
        words = f"{self.headline.label}, {self.scale.unit}" if self.scale.unit else self.headline.label
        return f"{words} {UNSTEADY}" if self.unsteady else words

    def verdict(self, design: str) -> str:
        """Say "better" or "worse" where the paired interval excludes zero; "differs" if neither is wanted."""
        found = self.differences.get(design, Estimate())
        if not found.excludes_zero:
            return ""
        if not self.headline.better:
            return "differs"
        return "better" if (found.mean > 0.0) == (self.headline.better == "higher") else "worse"


def lines(comparison: Comparison) -> list[Line]:
    """Work out the headline KPIs a comparison has.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    list of Line
        In the order shown.
    """
    found = []
    for headline in headlines(comparison):
        estimates = {design: comparison.estimate(design, headline.kpi) for design in comparison.designs}
        differences = {design: comparison.difference(design, headline.kpi) for design in comparison.designs[1:]}
        scale = scale_of(headline, estimates.values(), differences.values())
        found.append(Line(headline, scale, estimates, differences, comparison.unsteady(headline.kpi)))
    return found
