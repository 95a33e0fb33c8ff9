"""One headline KPI worked out for all designs: what the table, the page and the scorecard show alike."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.report.comparison import Comparison, Estimate
from experiments.report.headline import Headline, headlines
from experiments.report.quantity import Scale, scale_of


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
    """

    headline: Headline
    scale: Scale
    estimates: dict[str, Estimate]
    differences: dict[str, Estimate]

    @property
    def label(self) -> str:
        """Words and unit."""
        return f"{self.headline.label}, {self.scale.unit}" if self.scale.unit else self.headline.label

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
        found.append(Line(headline, scale, estimates, differences))
    return found
