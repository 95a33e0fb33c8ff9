"""How an experience is scored, what it leaves behind, and what comes of that."""

from __future__ import annotations

from sim.portable import exp


def touchpoint(elapsed: float, expected: float, liking: float) -> float:
    """Score of a touchpoint in [0, 1]: 1 / (1 + elapsed / expected), plus the liking of the channel, clipped.

    Expectancy disconfirmation (Oliver 1980, doi 10.2307/3150499): as expected is .5, at once is 1, late
    falls toward 0. ``liking`` is a separate term that can be set to zero (assumption, 0 to .15).
    """
    speed = 1.0 / (1.0 + elapsed / expected) if expected > 0.0 else (1.0 if elapsed <= 0.0 else 0.0)
    return min(1.0, max(0.0, speed + liking))


def satisfied(satisfaction: float, score: float, weight: float, bad_factor: float) -> float:
    """Satisfaction after a touchpoint: S + (1 - exp(-w v))(x - S), v = ``bad_factor`` if x < S else 1.

    Bad experiences weigh twice as much as good ones (``bad_factor`` 2, assumption, 1 to 4; recent and extreme
    experiences drive renewal: Bolton, Lemon, Bramlett 2006, doi 10.1287/mnsc.1060.0582).
    """
    v = bad_factor if score < satisfaction else 1.0
    return satisfaction + (1.0 - exp(-weight * v)) * (score - satisfaction)


def drifted(satisfaction: float, neutral: float, days: float, half_life_days: float) -> float:
    """Satisfaction forgets: the distance to neutral halves every ``half_life_days`` (180, assumption, 60 to 365)."""
    return neutral + (satisfaction - neutral) * exp(-0.6931471805599453 * days / half_life_days)


def hazard_chance(per_year: float, effect: float, satisfaction: float, neutral: float) -> float:
    """Probability of an event within one week: 1 - exp(-h / 52) with h = per_year x exp(effect x (S - neutral))."""
    return 1.0 - exp(-per_year * exp(effect * (satisfaction - neutral)) / 52.0)
