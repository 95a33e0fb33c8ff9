"""The decisions of customers and the effects of work: pure functions of numbers, each with formula, range and source.

A rule knows no clock, queue or object. What it reads and writes is declared beside it by name, so that a plan can
bind it to registers: ``case.*`` (marks of the need and what work has changed), ``account.*`` (traits), ``person.*``
(who did the work) and ``param.*`` (parameters of the rule, from the market). A rule that ``draws`` gets one uniform
as its last argument. Rules of `BRANCHES` return the branch index first; all others, and the rest, are new values of
the registers written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.portable import exp, log


def logit(u: float) -> float:
    """Give the log-odds of a probability in (0, 1)."""
    return log(u / (1.0 - u))


def logistic(x: float) -> float:
    """Give the probability whose log-odds are `x`."""
    return 1.0 / (1.0 + exp(-x)) if x > -700.0 else 0.0


def power(base: float, times: float) -> float:
    """Give ``base`` multiplied ``times`` times; a loop, so that every engine rounds alike."""
    result = 1.0
    for _ in range(int(times)):
        result *= base
    return result


def talk(talks: float, pull: float, skill: float, appeal: float, delta: float) -> tuple[float, float]:
    """Talk once more: pull grows by skill x appeal x delta^talks.

    ``appeal`` 1.65 (assumption, 1.0 to 2.3), ``delta`` .6 (assumption, .4 to .8): each talk helps less than
    the one before.
    """
    return talks + 1.0, pull + skill * appeal * power(delta, talks)


def conviction(luck: float, openness: float, goodwill: float, rival: float, pull: float) -> float:
    """Give by how much a buyer is convinced (>= 0) or not (< 0), in log-odds.

    ``openness + goodwill - rival + pull - logit(luck)``; goodwill is a mark of the need (0 for prospects),
    luck the
    buyer's own, drawn once per need, so that more talks reach ever fewer of those left and some buyers
    cannot be convinced.
    """
    return openness + goodwill - rival + pull - logit(luck)


def convinced(
    luck: float, openness: float, goodwill: float, rival: float, pull: float, talks: float, max_talks: float
) -> tuple[int]:
    """Tell whether the buyer is convinced (0), worth another talk (1), or not to be convinced (2).

    ``max_talks`` 6 (assumption, 4 to 8). With openness -2.55 and the defaults of `talk`: .80 convinced, 3.0
    talks on average.
    """
    if conviction(luck, openness, goodwill, rival, pull) >= 0.0:
        return (0,)
    return (1,) if talks < max_talks else (2,)


def still_convinced(luck: float, openness: float, goodwill: float, rival: float, pull: float) -> tuple[int]:
    """Tell whether the buyer wants a closing conversation: yes (0) if convinced, no (1) otherwise."""
    return (0,) if conviction(luck, openness, goodwill, rival, pull) >= 0.0 else (1,)


def closes(
    luck: float,
    openness: float,
    goodwill: float,
    rival: float,
    pull: float,
    defects: float,
    intercept: float,
    slope: float,
    goodwill_weight: float,
    defect_penalty: float,
    incumbent_share: float,
    rival_share: float,
    u: float,
) -> tuple[int]:
    """Won (0), lost to the incumbent (1), lost to a rival (2), or no decision (3).

    ``P(won) = logistic(intercept + slope x margin + goodwill_weight x goodwill - defect_penalty x defects)`` where
    margin is `conviction`; the rest is shared by ``incumbent_share`` and ``rival_share``. The intercept is calibrated
    so that of 100 qualified buyers answered in time about 22 are won (published win rates are 19 to 31 %); slope and
    penalty are assumptions (0 to 1 each).
    """
    margin = conviction(luck, openness, goodwill, rival, pull)
    won = logistic(intercept + slope * margin + goodwill_weight * goodwill - defect_penalty * defects)
    if u < won:
        return (0,)
    rest = (u - won) / (1.0 - won)
    if rest < incumbent_share:
        return (1,)
    return (2,) if rest < incumbent_share + rival_share else (3,)


def draft(quality: float, mean_defects: float, u: float) -> tuple[float, float]:
    """Draft a proposal: it has a Poisson number of latent defects with mean ``mean_defects / quality``; none found yet.

    ``mean_defects`` 1.25 (assumption, .6 to 2.0) with find probability .5 gives .6 revisions per proposal.
    """
    mean = mean_defects / quality
    chance = exp(-mean)
    total, count = chance, 0.0
    while u > total and count < 50.0:
        count += 1.0
        chance *= mean / count
        total += chance
    return count, 0.0


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

    ``P(issue) = 1 - (1 - base_issue)(1 - per_defect)^defects``; ``base_issue`` .10 (APQC perfect order 90
    %), ``per_defect`` .15
    (assumption, 0 to .4).
    """
    right = (1.0 - base_issue) * power(1.0 - per_defect, defects)
    return (0,) if u < right else (1,)


def touchpoint(elapsed: float, expected: float, liking: float) -> float:
    """Score of a touchpoint in [0, 1]: 1 / (1 + elapsed / expected), plus the liking of the channel, clipped.

    Expectancy disconfirmation (Oliver 1980, doi 10.2307/3150499): as expected is .5, at once is 1, late
    falls toward 0.
    ``liking`` is a separate term that can be set to zero (assumption, 0 to .15).
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


def adbudg(spend_usd: float, base: float, top: float, half_effect_usd: float, shape: float) -> float:
    """Response to marketing money: base + (max - base) a^c / (d^c + a^c) (Little 1970, doi 10.1287/mnsc.16.8.B466)."""
    if spend_usd <= 0.0:
        return base
    a = exp(shape * log(spend_usd / half_effect_usd))
    return base + (top - base) * a / (1.0 + a)


def carried_over(stock: float, spend: float, half_life_weeks: float) -> float:
    """Adstock after one more week: what the market remembers, in money a year (Broadbent 1979)."""
    keep = exp(-0.6931471805599453 / half_life_weeks) if half_life_weeks > 0.0 else 0.0
    return keep * stock + (1.0 - keep) * spend


@dataclass(frozen=True)
class Rule:
    """A rule as a plan binds it.

    Attributes
    ----------
    function : callable
        Scalars in the order of `reads`, then a uniform if `draws`; returns a tuple.
    reads : tuple of str
        ``space.name`` of each argument.
    draws : bool
        Whether it takes a uniform.
    writes : tuple of str
        Case registers that take the returned values (after the branch, if there are branches).
    branches : tuple of str
        Names of the branches, in the order of their index; empty for an effect.
    """

    function: Callable[..., tuple[float, ...]]
    reads: tuple[str, ...]
    draws: bool = False
    writes: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()


_BUYER = ("case.luck", "account.openness", "case.goodwill", "param.rival", "case.pull")

EFFECTS: dict[str, Rule] = {
    "talk": Rule(
        talk,
        ("case.talks", "case.pull", "person.skill", "param.appeal", "param.delta"),
        writes=("talks", "pull"),
    ),
    "draft": Rule(draft, ("person.quality", "param.mean_defects"), draws=True, writes=("defects", "found")),
    "revise": Rule(revise, ("case.defects", "case.found"), writes=("defects", "found")),
}
"""Rules that activities may name as their effect."""

BRANCHES: dict[str, Rule] = {
    "convinced": Rule(convinced, (*_BUYER, "case.talks", "param.max_talks"), branches=("yes", "again", "no")),
    "still_convinced": Rule(still_convinced, _BUYER, branches=("yes", "no")),
    "closes": Rule(
        closes,
        (
            *_BUYER,
            "case.defects",
            "param.intercept",
            "param.slope",
            "param.goodwill_weight",
            "param.defect_penalty",
            "param.incumbent_share",
            "param.rival_share",
        ),
        draws=True,
        branches=("won", "incumbent", "rival", "no_decision"),
    ),
    "finds_defects": Rule(
        finds_defects, ("case.defects", "param.find"), draws=True, writes=("found",), branches=("yes", "no")
    ),
    "delivers_right": Rule(
        delivers_right,
        ("case.defects", "param.base_issue", "param.per_defect"),
        draws=True,
        branches=("right", "issue"),
    ),
}
"""Rules that a choose may name."""

PARAMETERS: dict[str, dict[str, float]] = {
    "talk": {"appeal": 1.65, "delta": 0.6},
    "convinced": {"rival": 0.0, "max_talks": 6.0},
    "closes": {
        "intercept": -1.0,
        "slope": 0.25,
        "goodwill_weight": 0.0,
        "defect_penalty": 0.2,
        "incumbent_share": 0.4,
        "rival_share": 0.32,
    },
    "still_convinced": {},
    "draft": {"mean_defects": 1.25},
    "finds_defects": {"find": 0.5},
    "revise": {},
    "delivers_right": {"base_issue": 0.10, "per_defect": 0.15},
    "satisfaction": {"neutral": 0.5, "half_life_days": 180.0, "bad_factor": 2.0, "channel_liking": 0.05},
}
"""Default parameters by rule; every one an assumption unless its rule's docstring names a source."""
