"""All pictures of a comparison."""

from __future__ import annotations

from experiments.report.comparison import Comparison
from experiments.report.drawing import Drawing
from experiments.report.funnel import funnel
from experiments.report.hours import hours
from experiments.report.lead_time import lead_time
from experiments.report.people import people
from experiments.report.scorecard import scorecard

PICTURES = (scorecard, hours, lead_time, funnel, people)
"""In the order shown; each gives None if the comparison lacks what it draws."""


def figures(comparison: Comparison) -> list[Drawing]:
    """Draw every picture the comparison has the numbers for.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    list of Drawing
        In the order shown.
    """
    return [drawing for picture in PICTURES if (drawing := picture(comparison)) is not None]
