"""How a buyer is convinced, and closes."""

from __future__ import annotations

from sim.rules.scale import logistic, logit, power


def talk(talks: float, pull: float, skill: float, appeal: float, delta: float, lift: float) -> tuple[float, float]:
    """Talk once more: pull grows by skill x appeal x (1 + lift) x delta^talks.

    ``appeal`` 1.65 (assumption, 1.0 to 2.3), ``delta`` .6 (assumption, .4 to .8): each talk helps less than
    the one before. ``lift`` is what the best proposition adds that marketing had in use when the case began, 0 without
    any (assumption, 0 to .5).
    """
    return talks + 1.0, pull + skill * (appeal * (1.0 + lift)) * power(delta, talks)


def conviction(luck: float, openness: float, goodwill: float, reputation: float, rival: float, pull: float) -> float:
    """Give by how much a buyer is convinced (>= 0) or not (< 0), in log-odds.

    ``openness + goodwill + reputation - rival + pull - logit(luck)``; goodwill is a mark of the need (0 for prospects),
    reputation what the company's name was worth when the case began (0 where names do not matter), luck the buyer's
    own, drawn once per need, so that more talks reach ever fewer of those left and some buyers cannot be convinced.
    """
    return openness + goodwill + reputation - rival + pull - logit(luck)


def convinced(
    luck: float,
    openness: float,
    goodwill: float,
    reputation: float,
    rival: float,
    pull: float,
    talks: float,
    max_talks: float,
) -> tuple[int]:
    """Tell whether the buyer is convinced (0), worth another talk (1), or not to be convinced (2).

    ``max_talks`` 6 (assumption, 4 to 8). With openness -2.55 and the defaults of `talk`: .80 convinced, 3.0
    talks on average.
    """
    if conviction(luck, openness, goodwill, reputation, rival, pull) >= 0.0:
        return (0,)
    return (1,) if talks < max_talks else (2,)


def still_convinced(
    luck: float, openness: float, goodwill: float, reputation: float, rival: float, pull: float
) -> tuple[int]:
    """Tell whether the buyer wants a closing conversation: yes (0) if convinced, no (1) otherwise."""
    return (0,) if conviction(luck, openness, goodwill, reputation, rival, pull) >= 0.0 else (1,)


def offer_value(
    luck: float,
    openness: float,
    goodwill: float,
    reputation: float,
    rival: float,
    pull: float,
    defects: float,
    intercept: float,
    slope: float,
    goodwill_weight: float,
    defect_penalty: float,
    incumbent_share: float,
    rival_share: float,
) -> float:
    """Give what an offer is worth to a buyer, in log-odds over staying as one is.

    ``intercept + slope x margin + goodwill_weight x goodwill - defect_penalty x defects``, margin by `conviction`.
    """
    margin = conviction(luck, openness, goodwill, reputation, rival, pull)
    return intercept + slope * margin + goodwill_weight * goodwill - defect_penalty * defects


def closes(
    luck: float,
    openness: float,
    goodwill: float,
    reputation: float,
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

    ``P(won) = logistic(offer_value)``; the rest is shared by ``incumbent_share`` and ``rival_share``. The intercept is
    calibrated so that of 100 qualified buyers answered in time about 22 are won (published win rates are 19 to 31 %);
    slope and penalty are assumptions (0 to 1 each).
    """
    value = offer_value(
        luck,
        openness,
        goodwill,
        reputation,
        rival,
        pull,
        defects,
        intercept,
        slope,
        goodwill_weight,
        defect_penalty,
        incumbent_share,
        rival_share,
    )
    won = logistic(value)
    if u < won:
        return (0,)
    return refused(incumbent_share, rival_share, (u - won) / (1.0 - won))


def refused(*arguments: float) -> tuple[int]:
    """Tell who keeps or gets a need whose offer is not taken, as the branches of `closes`.

    Takes the arguments of `closes`, of which it reads the last three: the shares, and a uniform.
    """
    incumbent_share, rival_share, rest = arguments[-3:]
    if rest < incumbent_share:
        return (1,)
    return (2,) if rest < incumbent_share + rival_share else (3,)
