"""Which of several candidates is selected, and what may be said of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval, mean_interval


@dataclass(frozen=True)
class Candidate:
    """What became of a candidate.

    Attributes
    ----------
    name : str
        Of the design or point.
    replications : int
        It had.
    mean : Interval
        Of its own replications, 95 %.
    behind : Interval
        By how much it is behind the selected one, above 0 if the selected one is better: paired, over the replications
        that both have; bounds hold for all candidates at once. Not defined for the selected one.
    fate : str
        ``selected``, ``still in``, ``out at N``, ``behind`` or ``not told``.
    beaten_by : str
        Name of the one it was behind when it went; empty if it did not.
    """

    name: str
    replications: int
    mean: Interval
    behind: Interval
    fate: str
    beaten_by: str = ""

    @property
    def told(self) -> str:
        """What became of it, and by whom."""
        return f"{self.fate}, behind {self.beaten_by}" if self.beaten_by else self.fate

    @property
    def may_be_best(self) -> bool:
        """Whether it is selected, or not told from the one that is."""
        return self.fate in ("selected", "still in", "not told")

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "name": self.name,
            "replications": self.replications,
            "mean": self.mean.plain(),
            "behind_selected": self.behind.plain(),
            "fate": self.fate,
            "beaten_by": self.beaten_by or None,
        }


@dataclass(frozen=True)
class Selection:
    """The outcome of a procedure.

    Attributes
    ----------
    candidates : tuple of Candidate
        The selected one first, then by how far they are behind.
    decided : bool
        Whether the procedure ended by itself; a procedure that spends a budget always does.
    claims : tuple of str
        What may be said, in sentences.
    reliable : bool
        Whether nothing was seen on which the procedure's promise would fail.
    """

    candidates: tuple[Candidate, ...]
    decided: bool
    claims: tuple[str, ...]
    reliable: bool = True

    @property
    def selected(self) -> str:
        """Name of the one that leads."""
        return self.candidates[0].name

    @property
    def left(self) -> list[str]:
        """Names of those that may be the best, the selected one first."""
        return [one.name for one in self.candidates if one.may_be_best]

    @property
    def spent(self) -> int:
        """Replications of all together."""
        return sum(one.replications for one in self.candidates)

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "selected": self.selected,
            "decided": self.decided,
            "reliable": self.reliable,
            "may_be_best": self.left,
            "replications": self.spent,
            "claims": list(self.claims),
            "candidates": [one.plain() for one in self.candidates],
        }


def behind(values: NDArray[np.float64], best: int, alpha: float, larger: bool) -> list[Interval]:
    """Give by how much each candidate is behind one of them, on the replications that both have.

    Parameters
    ----------
    values : ndarray of float64, shape (candidates, replications)
        Nan where a candidate was not run.
    best : int
        Row of the one they are compared to.
    alpha : float
        Chance that the lower bound of any of them lies above the truth.
    larger : bool
        Whether larger is better; differences are such that above 0 means behind.

    Returns
    -------
    list of Interval
        Student t at 1 - 2 alpha / (candidates - 1) each (Bonferroni): a lower bound above 0 tells one from the best
        while the best is lost with a probability of alpha at most, for numbers of replications that were fixed before.
    """
    signed = values if larger else -values
    confidence = 1.0 - 2.0 * alpha / (len(values) - 1)
    found = [mean_interval(signed[best] - row, confidence) for row in signed]
    return [Interval(float("nan"), float("nan"), float("nan"), 0) if i == best else one for i, one in enumerate(found)]


def percent(share: float) -> str:
    """Write a share in percent, with the digits that it has."""
    return f"{100.0 * share:.6g} %"
