"""How an experience is scored, what it leaves behind, and what comes of that."""

from __future__ import annotations

from sim.portable import exp


def touchpoint(elapsed: float, expected: float, liking: float) -> float:
    """Score an experience between 0 and 1 by how long it took against what was expected, and by who it was with.

    Parameters
    ----------
    elapsed : float
        Time since the milestone's clock started, ms.
    expected : float
        What the customer thinks it should take, ms; `market.expectations.MILESTONE.hours`.
    liking : float
        l if the role's channel (`org.roles.ROLE.channel`) is the one the account prefers (`market.channels`), -l / 2 if
        not, 0 where nobody minds; l is `market.rules.satisfaction.channel_liking`.

    Formula
    -------
    1 / (1 + elapsed / expected) + liking, clipped to [0, 1]

    Source
    ------
    Expectancy disconfirmation: Oliver 1980, doi 10.2307/3150499; as expected is .5, at once is 1, late falls toward 0.
    The form is an assumption; liking 0 to .2.
    """
    speed = 1.0 / (1.0 + elapsed / expected) if expected > 0.0 else (1.0 if elapsed <= 0.0 else 0.0)
    return min(1.0, max(0.0, speed + liking))


def satisfied(satisfaction: float, score: float, weight: float, bad_factor: float) -> float:
    """Give satisfaction after a touchpoint; bad experiences weigh more than good ones.

    Parameters
    ----------
    satisfaction : float
        S before, 0 to 1.
    score : float
        x of the touchpoint, 0 to 1.
    weight : float
        w, importance of the milestone; `market.expectations.MILESTONE.weight`.
    bad_factor : float
        Times that a score below S weighs more; `market.rules.satisfaction.bad_factor`.

    Formula
    -------
    S + (1 - exp(-w x v)) x (x - S),  v = bad_factor if x < S else 1

    Source
    ------
    Recent and extreme experiences drive renewal: Bolton, Lemon, Bramlett 2006, doi 10.1287/mnsc.1060.0582. bad_factor
    an assumption, 1 to 4; weights .02 to .3.
    """
    v = bad_factor if score < satisfaction else 1.0
    return satisfaction + (1.0 - exp(-weight * v)) * (score - satisfaction)


def drifted(satisfaction: float, neutral: float, days: float, half_life_days: float) -> float:
    """Give satisfaction after some days without any experience: it drifts to neutral.

    Parameters
    ----------
    satisfaction : float
        Before, 0 to 1.
    neutral : float
        Where it drifts to, and starts; `market.rules.satisfaction.neutral`.
    days : float
        Since it was last looked at.
    half_life_days : float
        Half of the distance is gone then; `market.rules.satisfaction.half_life_days`.

    Formula
    -------
    neutral + (S - neutral) x 2^(-days / half_life)

    Source
    ------
    Assumption: half-life 90 to 360 days; neutral .5 by definition, where a customer gets what it expects.
    """
    return neutral + (satisfaction - neutral) * exp(-0.6931471805599453 * days / half_life_days)


def hazard_chance(per_year: float, effect: float, satisfaction: float, neutral: float) -> float:
    """Give the probability that something happens to a customer within one week.

    Parameters
    ----------
    per_year : float
        Hazard at neutral satisfaction, 1/year: of leaving `market.churn.per_account_per_year`, of telling others
        `market.referral.per_customer_per_year`, of a need `market.recurring.STREAM.per_account_per_year`.
    effect : float
        Log hazard by unit of satisfaction: `market.churn.satisfaction_effect`, `market.referral.satisfaction_effect`,
        `market.recurring.STREAM.satisfaction_effect`.
    satisfaction : float
        S now, 0 to 1.
    neutral : float
        `market.rules.satisfaction.neutral`.

    Formula
    -------
    1 - exp(-h / 52),  h = per_year x exp(effect x (S - neutral))

    Source
    ------
    Churn calibrated: with accounts that follow people who leave (`tie_share`) about 9 % a year, as B2B has: johnnygrow.
    Effects an assumption: of leaving -5 to 0, of telling others 0 to 5, of needs 0 to 3.
    """
    return 1.0 - exp(-per_year * exp(effect * (satisfaction - neutral)) / 52.0)
