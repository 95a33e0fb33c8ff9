"""Defects: made with a proposal or with special terms, found by the buyer, or met at delivery."""

from __future__ import annotations

from sim.portable import exp
from sim.rules.scale import power


def draft(quality: float, mean_defects: float, u: float) -> tuple[float, float]:
    """Draft a proposal: it has a Poisson number of latent defects with mean ``mean_defects / quality``; none found yet.

    ``mean_defects`` 1.25 (assumption, .6 to 2.0) with find probability .5 gives .6 revisions per proposal.
    """
    return _poisson(mean_defects / quality, u), 0.0


def arrange(
    defects: float, neglected: float, quality: float, mean_unmet: float, neglect_factor: float, u: float
) -> tuple[float]:
    """Arrange special terms of an order: each requirement forgotten is one more defect that reaches delivery.

    Their number is Poisson with mean ``mean_unmet / quality``, ``neglect_factor`` times that for an account that is
    neglected, of which nobody knows what it wants now. ``mean_unmet`` .2 (assumption, 0 to .5), ``neglect_factor`` 6
    (assumption, 1 to 12).
    """
    mean = mean_unmet / quality * (neglect_factor if neglected > 0.0 else 1.0)
    return (defects + _poisson(mean, u),)


def _poisson(mean: float, u: float) -> float:
    chance = exp(-mean)
    total, count = chance, 0.0
    while u > total and count < 50.0:
        count += 1.0
        chance *= mean / count
        total += chance
    return count


def finds_defects(defects: float, find: float, u: float) -> tuple[int, float]:
    """Tell whether the buyer finds defects: yes (0) or no (1); and how many, binomially with probability ``find`` each.

    ``find`` .5 (assumption, .3 to .8). What is not found reaches delivery.
    """
    chance = power(1.0 - find, defects)
    total, count = chance, 0.0
    while u > total and count < defects:
        chance *= (defects - count) / (count + 1.0) * find / (1.0 - find)
        count += 1.0
        total += chance
    return (0 if count > 0.0 else 1), count


def revise(defects: float, found: float) -> tuple[float, float]:
    """Remove the defects that were found."""
    return defects - found, 0.0


def delivers_right(defects: float, base_issue: float, per_defect: float, u: float) -> tuple[int]:
    """Delivered right (0) or with an issue (1).

    ``P(issue) = 1 - (1 - base_issue)(1 - per_defect)^defects``; ``base_issue`` .10 (APQC perfect order 90 %),
    ``per_defect`` .15 (assumption, 0 to .4).
    """
    right = (1.0 - base_issue) * power(1.0 - per_defect, defects)
    return (0,) if u < right else (1,)
