"""Defects: made with a proposal or with special terms, found by the buyer, or met at delivery."""

from __future__ import annotations

from sim.portable import exp
from sim.rules.scale import power


def draft(quality: float, mean_defects: float, u: float) -> tuple[float, float]:
    """Draft a proposal: it has latent defects, of which none is found yet.

    Parameters
    ----------
    quality : float
        Of whoever drafts: `org.roles.ROLE.quality`, more with who knows the account (`people.familiarity.defects`).
    mean_defects : float
        Mean number at quality 1; `market.rules.draft.mean_defects`.
    u : float
        The uniform of this visit.

    Formula
    -------
    defects <- Poisson(mean_defects / quality), by inversion of u, at most 50
    found   <- 0

    Source
    ------
    Assumption, .6 to 2.0. At 1.25 with find .5 it gives .6 revisions per proposal.
    """
    return _poisson(mean_defects / quality, u), 0.0


def arrange(
    defects: float, neglected: float, quality: float, mean_unmet: float, neglect_factor: float, u: float
) -> tuple[float]:
    """Arrange special terms of an order: each requirement forgotten is one more defect that reaches delivery.

    Parameters
    ----------
    defects : float
        Latent so far.
    neglected : float
        1 while the account is neglected, else 0: then nobody knows what it wants now.
    quality : float
        Of whoever arranges, as for `draft`.
    mean_unmet : float
        Requirements forgotten of an account that is looked after, on average; `market.rules.arrange.mean_unmet`.
    neglect_factor : float
        Times as many of a neglected one; `market.rules.arrange.neglect_factor`.
    u : float
        The uniform of this visit.

    Formula
    -------
    defects <- defects + Poisson(mean_unmet / quality x (neglect_factor if neglected else 1))

    Source
    ------
    Assumption: mean_unmet 0 to .5, neglect_factor 1 to 12.
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
    """Tell whether the buyer finds defects in an offer: yes (0) or no (1); and how many.

    What is not found reaches delivery.

    Parameters
    ----------
    defects : float
        Latent.
    find : float
        Chance that each is found; `market.rules.finds_defects.find`.
    u : float
        The uniform of this visit.

    Formula
    -------
    found <- Binomial(defects, find), by inversion of u
    yes if found > 0, else no

    Source
    ------
    Assumption, .3 to .8.
    """
    if find >= 1.0:
        return (0 if defects > 0.0 else 1), defects
    chance = power(1.0 - find, defects)
    total, count = chance, 0.0
    while u > total and count < defects:
        chance *= (defects - count) / (count + 1.0) * find / (1.0 - find)
        count += 1.0
        total += chance
    return (0 if count > 0.0 else 1), count


def revise(defects: float, found: float) -> tuple[float, float]:
    """Remove the defects that were found; a revision makes no new ones.

    Parameters
    ----------
    defects : float
        Latent.
    found : float
        Of them found.

    Formula
    -------
    defects <- defects - found
    found   <- 0

    Source
    ------
    Assumption without a number: 0 new defects by revision, of a range from 0 to 1 for each one removed.
    """
    return defects - found, 0.0


def delivers_right(defects: float, base_issue: float, per_defect: float, u: float) -> tuple[int]:
    """Delivered right (0) or with an issue (1).

    Parameters
    ----------
    defects : float
        Latent: of the offer, or of special terms.
    base_issue : float
        Chance of an issue without any; `market.rules.delivers_right.base_issue`.
    per_defect : float
        Chance that each defect makes one; `market.rules.delivers_right.per_defect`.
    u : float
        The uniform of this visit.

    Formula
    -------
    P(issue) = 1 - (1 - base_issue) x (1 - per_defect)^defects

    Source
    ------
    base_issue: perfect order 90 %, APQC. per_defect an assumption, .05 to .3.
    """
    right = (1.0 - base_issue) * power(1.0 - per_defect, defects)
    return (0,) if u < right else (1,)
