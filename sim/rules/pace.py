"""How fast and how well a person works: by practice, by knowing the customer, by how much else is going on."""

from __future__ import annotations

from sim.portable import exp, log

_LN2 = 0.6931471805599453


def kept(amount: float, weeks: float, half_life_weeks: float) -> float:
    """Give what is left of repetitions, of a tie, of interest, of a proposition's lift, after some weeks.

    Parameters
    ----------
    amount : float
        At the beginning.
    weeks : float
        Since then.
    half_life_weeks : float
        Half of it is left then. Of repetitions `people.practice.half_life_weeks`, of ties
        `people.familiarity.half_life_weeks`, of the memory of load `people.turnover.half_life_weeks`, of what a
        proposition adds `market.propositions.half_life_weeks`, of interest kept up `market.nurture.half_life_weeks`.

    Formula
    -------
    amount x 2^(-weeks / half_life)

    Source
    ------
    Assumption in form and numbers: what the hands know 13 to 104 weeks, a tie 26 to 156, load 4 to 26, a proposition 13
    to 52, interest 13 to 104.
    """
    return amount * exp(-_LN2 * weeks / half_life_weeks)


def practiced(repetitions: float, reference: float, exponent: float) -> float:
    """Give the effort for one more piece, where somebody with the reference practice takes 1.

    Parameters
    ----------
    repetitions : float
        Pieces remembered (`kept`); everybody starts with the reference.
    reference : float
        Pieces remembered at which the effort is as given; `activity.ACTIVITY.practiced`. Without, practice makes no
        difference.
    exponent : float
        0 is off; `people.practice.exponent`.

    Formula
    -------
    ((n + 1) / (n0 + 1))^-b,  n repetitions, n0 reference, b exponent

    Source
    ------
    Power law of practice: Newell and Rosenbloom 1981. Exponent an assumption, 0 to .25; at .1 a doubling saves 7 %.
    """
    return exp(-exponent * log((repetitions + 1.0) / (reference + 1.0)))


def familiar(tie: float, half_tie: float) -> float:
    """Tell how well a person knows an account, 0 to 1.

    What follows for somebody who knows the account by f: effort x (1 - e f), defects x (1 - d f), skill at talking x
    (1 + s f), with e, d and s `people.familiarity.effort`, `people.familiarity.defects` and
    `people.familiarity.persuasion`.

    Parameters
    ----------
    tie : float
        Contacts with the customer present that are remembered (`kept`).
    half_tie : float
        Contacts at which half of all there is to know is known; `people.familiarity.half_tie`.

    Formula
    -------
    tie / (tie + half_tie)

    Source
    ------
    Assumption: half_tie 2 to 15; effort saved 0 to .30, defects avoided 0 to .40, pull 0 to .30.
    """
    return tie / (tie + half_tie)


def paid(variable_share: float, response: float) -> float:
    """Give the effort on a task that variable pay rewards, where one on fixed pay takes 1.

    Parameters
    ----------
    variable_share : float
        `org.roles.ROLE.variable_usd` over it and `org.roles.ROLE.pay_usd`, on activities of `org.roles.ROLE.paid_for`;
        elsewhere 0.
    response : float
        More intensity by unit of variable share, 0 is off; `people.incentive.effort`.

    Formula
    -------
    1 / (1 + k x variable share of pay)

    Source
    ------
    Incentives raise effort on what they pay: Lazear 2000, doi 10.1257/aer.90.5.1346; in sales at the cost of what they
    do not pay: Kishore, Rao, Narasimhan, John 2013. k an assumption, 0 to .4.
    """
    return 1.0 / (1.0 + response * variable_share)


def juggled(cases: float, per_case: float, cap: float) -> float:
    """Give the effort of somebody with other cases open, where one alone takes 1.

    Parameters
    ----------
    cases : float
        Unfinished cases that the person was the last to work on, this one included.
    per_case : float
        More effort by further case, 0 is off; `people.juggling.per_case`.
    cap : float
        Effort is multiplied by no more; `people.juggling.cap`.

    Formula
    -------
    min(cap, 1 + per_case x (cases - 1))

    Source
    ------
    More cases at a time lower output: Coviello, Ichino, Persico 2014, doi 10.1257/aer.104.2.609. Numbers an assumption:
    per_case 0 to .05, cap 1 to 2.
    """
    return min(cap, 1.0 + per_case * max(0.0, cases - 1.0))
