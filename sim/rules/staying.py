"""Whether people stay, how long newcomers take, and what a leaver takes along."""

from __future__ import annotations

from sim.portable import exp


def quit_chance(per_year: float, factor: float, overload: float, load: float, reference_load: float) -> float:
    """Probability of quitting within one week: ``1 - exp(-h / 52)``.

    The yearly hazard h is ``per_year x factor x exp(overload x (load - reference_load))``.
    ``per_year`` .27 for salespeople, .13 for others (HBR July 2017: up to 27 % a year, twice the labor force's).
    ``overload`` 0 (assumption, 0 to 4) raises it where the share of rostered hours worked exceeds the reference (.85).
    ``factor`` holds what else bears on it, such as a change of the design.
    """
    return 1.0 - exp(-per_year * factor * exp(overload * (load - reference_load)) / 52.0)


def ramped(weeks: float, length_weeks: float, start: float) -> float:
    """Give the effort of a newcomer, where the others' is 1: one over an output that rises evenly from ``start`` to 1.

    ``length_weeks`` is lognormal between people, median 21.7 weeks, sigma .65: 27 % need less than 3 months, 38 % 3 to
    6, 28 % 6 to 12, 7 % more (Bridge Group 2024). ``start`` .3 (assumption, .1 to .7).
    """
    if weeks >= length_weeks:
        return 1.0
    return 1.0 / (start + (1.0 - start) * weeks / length_weeks)


def tie_share(tie: float, ties: float, firm: float) -> float:
    """Give the share of an account's bonds that one person holds: its tie over all ties to people and to the firm.

    That an account leaves with a leaver has this share times ``follow`` for its chance (.6, assumption, .2 to 1). How
    much of a leaver's business is at risk comes out of it; 20 to 80 % is reported (Colletti-Fiss).
    """
    total = ties + firm
    return tie / total if total > 0.0 else 0.0
