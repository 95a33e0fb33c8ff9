"""How a buyer is convinced, and closes."""

from __future__ import annotations

from sim.rules.scale import logistic, logit, power


def talk(
    talks: float, pull: float, skill: float, quality: float, appeal: float, delta: float, lift: float
) -> tuple[float, float]:
    """Talk once more: the pull toward buying grows, each time by less.

    Parameters
    ----------
    talks : float
        Talks before this one.
    pull : float
        What they have added so far, log-odds.
    skill : float
        Of whoever talks: lognormal between people with median 1 (`org.skill_sigma`), more with who knows the account
        (`people.familiarity.persuasion`) and with who was drawn by variable pay (`people.incentive.sorting`).
    quality : float
        Of the role: 1 but for one that hears no objections, such as a page (`org.roles.ROLE.quality`).
    appeal : float
        Log-odds that the first talk of average skill adds; `market.rules.talk.appeal`.
    delta : float
        What a talk adds, over what the one before added; `market.rules.talk.delta`.
    lift : float
        Share that the best proposition of marketing's in use when the case began makes a talk more appealing; 0 without
        any. Drawn by proposition from `market.propositions.lift`.

    Formula
    -------
    talks <- talks + 1
    pull  <- pull + skill x quality x appeal x (1 + lift) x delta^talks

    Source
    ------
    Assumption throughout: appeal 1.0 to 2.3, delta .4 to .8, mean lift 0 to .3. With `conviction` and openness -2.55 it
    gives 3.0 talks on average; an industrial sale takes about 4.3 calls.
    """
    return talks + 1.0, pull + skill * quality * (appeal * (1.0 + lift)) * power(delta, talks)


def conviction(luck: float, openness: float, goodwill: float, reputation: float, rival: float, pull: float) -> float:
    """Give by how much a buyer is convinced (>= 0) or not (< 0), in log-odds.

    Parameters
    ----------
    luck : float
        The buyer's own, uniform on (0, 1), drawn once per need: more talks reach ever fewer of those left, and some
        buyers cannot be convinced.
    openness : float
        Of the account, log-odds; `market.traits.openness` plus `market.offsets.openness`.
    goodwill : float
        Head start of the need, log-odds; a mark of its stream, 0 for prospects.
    reputation : float
        What the company's name was worth when the case began, log-odds; `market.reputation.conviction` by unit of
        reputation, 0 where names do not matter.
    rival : float
        What the competition takes away, log-odds; `market.rules.convinced.rival`.
    pull : float
        What talks have added, log-odds.

    Formula
    -------
    openness + goodwill + reputation - rival + pull - logit(luck)

    Source
    ------
    Assumption, a logistic threshold model: openness -3.5 to -1.5, goodwill of customers 0 to 2, weight of reputation 0
    to 2, rival 0 to 1.
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

    Parameters
    ----------
    luck, openness, goodwill, reputation, rival, pull : float
        As for `conviction`.
    talks : float
        Talks so far.
    max_talks : float
        After so many, nobody tries again; `market.rules.convinced.max_talks`.

    Formula
    -------
    yes    if conviction >= 0
    again  else if talks < max_talks
    no     otherwise

    Source
    ------
    Assumption: max_talks 4 to 8. With openness -2.55 and the defaults of `talk` .80 are convinced.
    """
    if conviction(luck, openness, goodwill, reputation, rival, pull) >= 0.0:
        return (0,)
    return (1,) if talks < max_talks else (2,)


def still_convinced(
    luck: float, openness: float, goodwill: float, reputation: float, rival: float, pull: float
) -> tuple[int]:
    """Tell whether the buyer wants a closing conversation: yes (0) if convinced, no (1) otherwise.

    Parameters
    ----------
    luck, openness, goodwill, reputation, rival, pull : float
        As for `conviction`.

    Formula
    -------
    yes  if conviction >= 0
    no   otherwise

    Source
    ------
    By definition, the same judgment as in `convinced`.
    """
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

    Parameters
    ----------
    luck, openness, goodwill, reputation, rival, pull : float
        As for `conviction`.
    defects, intercept, slope, goodwill_weight, defect_penalty, incumbent_share, rival_share : float
        As for `closes`; the last two are not read.

    Formula
    -------
    intercept + slope x conviction + goodwill_weight x goodwill - defect_penalty x defects

    Source
    ------
    As `closes`. Of several offers the one is taken whose value, and a Gumbel variate of the need and the company, is
    largest: the multinomial logit (McFadden 1974, in Zarembka, ed., Frontiers in Econometrics, 105-142).
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

    Parameters
    ----------
    luck, openness, goodwill, reputation, rival, pull : float
        As for `conviction`.
    defects : float
        Latent defects of the offer that nobody has found.
    intercept : float
        Log-odds of winning a buyer who is just convinced by a flawless offer; `market.rules.closes.intercept`.
    slope : float
        Log-odds by unit of conviction left over; `market.rules.closes.slope`.
    goodwill_weight : float
        Log-odds by unit of goodwill, beside what it does to conviction; `market.rules.closes.goodwill_weight`.
    defect_penalty : float
        Log-odds that each defect takes away; `market.rules.closes.defect_penalty`.
    incumbent_share : float
        Of those not won, who stay where they are; `market.rules.closes.incumbent_share`.
    rival_share : float
        Of those not won, who go to somebody else; `market.rules.closes.rival_share`.
    u : float
        The uniform of this visit.

    Formula
    -------
    P(won)       = logistic(offer_value)
    P(incumbent) = (1 - P(won)) x incumbent_share
    P(rival)     = (1 - P(won)) x rival_share
    P(none)      = the rest

    Source
    ------
    Intercept calibrated: of 100 qualified buyers answered in time about 22 are won (published win rates are 19 to 31
    %). goodwill_weight calibrated: of 100 expansions about 40 are won. Shares of what is not won after published
    outcomes of 25 incumbent, 20 rival, 33 no decision of 100. Assumption: slope 0 to 1, defect_penalty 0 to .6,
    goodwill_weight 0 to 1.
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
    """Tell who keeps or gets a need whose offer is not taken: the incumbent (1), a rival (2), nobody (3), as `closes`.

    Parameters
    ----------
    arguments : float
        Those of `closes`, of which it reads the last three: incumbent_share, rival_share, and a uniform of its own.

    Formula
    -------
    P(incumbent) = incumbent_share
    P(rival)     = rival_share
    P(none)      = the rest

    Source
    ------
    Shares calibrated, as for `closes`: published outcomes are 25 incumbent, 20 rival, 33 no decision of 100.
    """
    incumbent_share, rival_share, rest = arguments[-3:]
    if rest < incumbent_share:
        return (1,)
    return (2,) if rest < incumbent_share + rival_share else (3,)
