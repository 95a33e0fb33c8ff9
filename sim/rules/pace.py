"""How fast and how well a person works: by practice, by knowing the customer, by how much else is going on."""

from __future__ import annotations

from sim.portable import exp, log

_LN2 = 0.6931471805599453


def kept(amount: float, weeks: float, half_life_weeks: float) -> float:
    """Give what is left of repetitions, of a tie, of interest, after some weeks: half of it every ``half_life_weeks``.

    26 for what the hands know (assumption, 13 to 104), 52 for a tie (assumption, 26 to 156), 26 for what a proposition
    adds to a talk (assumption, 13 to 52), 52 for the interest that nurturing keeps up (assumption, 13 to 104).
    """
    return amount * exp(-_LN2 * weeks / half_life_weeks)


def practiced(repetitions: float, reference: float, exponent: float) -> float:
    """Give the effort for one more piece, where the reference takes 1: ``((n + 1) / (n0 + 1))^-b``.

    The power law of practice (Newell and Rosenbloom 1981), in remembered repetitions n. ``exponent`` b .1 (assumption,
    0 to .25; a doubling saves 7 %), ``reference`` n0 the repetitions at which the default effort holds.
    """
    return exp(-exponent * log((repetitions + 1.0) / (reference + 1.0)))


def familiar(tie: float, half_tie: float) -> float:
    """Tell how well a person knows an account, 0 to 1: ``tie / (tie + half_tie)``.

    ``tie`` counts remembered contacts; at ``half_tie`` of them (5, assumption, 2 to 15) half of all there is to know is
    known.
    """
    return tie / (tie + half_tie)


def paid(variable_share: float, response: float) -> float:
    """Give the effort on a paid task, one on fixed pay taking 1: ``1 / (1 + k x variable share of pay)``.

    ``response`` k 0 (assumption, 0 to .4): incentives raise effort on what they pay (Lazear 2000, doi
    10.1257/aer.90.5.1346), in sales at the cost of what they do not pay (Kishore, Rao, Narasimhan, John 2013).
    """
    return 1.0 / (1.0 + response * variable_share)


def juggled(cases: float, per_case: float, cap: float) -> float:
    """Give the effort of somebody with other cases open, one alone taking 1: ``min(cap, 1 + per_case x (cases - 1))``.

    More cases at a time lower output (Coviello, Ichino, Persico 2014, doi 10.1257/aer.104.2.609). Off by default;
    ``cap`` 1.5 (assumption).
    """
    return min(cap, 1.0 + per_case * max(0.0, cases - 1.0))
