"""Whether people stay, how long newcomers take, and what a leaver takes along."""

from __future__ import annotations

from sim.portable import exp


def quit_chance(per_year: float, factor: float, overload: float, load: float, reference_load: float) -> float:
    """Give the probability that somebody quits within one week.

    Parameters
    ----------
    per_year : float
        Hazard of the role, 1/year; `org.roles.ROLE.quits_per_year`.
    factor : float
        What else bears on it: `people.turnover.rate`, x `leaving`, x `people.turnover.change` for
        `people.turnover.change_weeks` after a change of one's work, pay or colleagues.
    overload : float
        Log hazard by unit of load, 0 is off; `people.turnover.overload`.
    load : float
        Share of rostered hours worked of late, 0 to 1.
    reference_load : float
        Load at which the hazard is that of the role; `people.turnover.reference_load`.

    Formula
    -------
    1 - exp(-h / 52),  h = per_year x factor x exp(overload x (load - reference_load))

    Source
    ------
    Salespeople up to 27 % a year, twice the labor force's: HBR July 2017. Assumption: .15 to .35 for salespeople, .08
    to .2 for others, overload 0 to 4, reference .7 to .95, change 1 to 4 for 13 to 52 weeks.
    """
    return 1.0 - exp(-per_year * factor * exp(overload * (load - reference_load)) / 52.0)


def ramped(weeks: float, length_weeks: float, start: float) -> float:
    """Give the effort of a newcomer, where the others' is 1: one over an output that rises evenly.

    Parameters
    ----------
    weeks : float
        Since joining.
    length_weeks : float
        Until the person works like the others: lognormal between people with median
        `people.hiring.ramp_median_weeks` and, of its logarithm, standard deviation `people.hiring.ramp_sigma`.
    start : float
        Output on the first day; `people.hiring.ramp_start`.

    Formula
    -------
    1 / (start + (1 - start) x weeks / length) before length, 1 from then on

    Source
    ------
    27 % need less than 3 months, 38 % 3 to 6, 28 % 6 to 12, 7 % more: Bridge Group 2024. start an assumption, .1 to .7.
    """
    if weeks >= length_weeks:
        return 1.0
    return 1.0 / (start + (1.0 - start) * weeks / length_weeks)


def tie_share(tie: float, ties: float, firm: float) -> float:
    """Give the share of an account's bonds that one person holds.

    When that person leaves, the account leaves as well with `people.ties.follow` times this share for its chance.

    Parameters
    ----------
    tie : float
        Contacts with the person that the account remembers (`kept`); at t=0 with its owner
        `people.ties.owner_at_start`.
    ties : float
        The same with all people, this one included.
    firm : float
        Touchpoints with the firm at least as good as neutral that it remembers; `people.ties.firm_at_start` at t=0.

    Formula
    -------
    tie / (ties + firm);  0 if there are none

    Source
    ------
    Assumption: follow .1 to 1, contacts and touches at the start 2 to 15. How much of a leaver's business is at risk
    comes out of it; 20 to 80 % is reported (Colletti-Fiss).
    """
    total = ties + firm
    return tie / total if total > 0.0 else 0.0
