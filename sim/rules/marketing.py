"""What marketing, word of mouth and good name make of the needs of a market."""

from __future__ import annotations

from sim.portable import exp, log


def adbudg(spend_usd: float, base: float, top: float, half_effect_usd: float, shape: float) -> float:
    """Give the inquiries a week that marketing money brings; concave or S-shaped, with a floor and a ceiling.

    Parameters
    ----------
    spend_usd : float
        Money that the market remembers (`carried_over`), USD a year; at t=0 what `org.marketing_usd_per_year` gives.
    base : float
        Inquiries a week without money; `market.needs.response.base_per_week`.
    top : float
        Inquiries a week with all the money in the world; `market.needs.response.max_per_week`.
    half_effect_usd : float
        USD a year at which half the range is reached; `market.needs.response.half_effect_usd`.
    shape : float
        Above 1 S-shaped; `market.needs.response.shape`.

    Formula
    -------
    base + (top - base) x a^shape / (half_effect^shape + a^shape),  a = spend

    Source
    ------
    Little 1970, doi 10.1287/mnsc.16.8.B466. The four numbers are an assumption: $250k a year gives 20.0 inquiries a
    week, $400k 26.6; half_effect_usd 300,000 to 1,200,000.
    """
    if spend_usd <= 0.0:
        return base
    a = exp(shape * log(spend_usd / half_effect_usd))
    return base + (top - base) * a / (1.0 + a)


def carried_over(stock: float, spend: float, half_life_weeks: float) -> float:
    """Give what is remembered after one more week: exponential smoothing of money, or of satisfaction.

    Parameters
    ----------
    stock : float
        Remembered so far: USD a year, or satisfaction over neutral.
    spend : float
        This week's, in the same unit.
    half_life_weeks : float
        Half of the old is gone then; 0 for no memory. Of money `market.needs.response.carry_over_half_life_weeks`, of
        the company's name `market.reputation.half_life_weeks`.

    Formula
    -------
    k x stock + (1 - k) x spend,  k = 2^(-1 / half_life)

    Source
    ------
    Adstock: Broadbent 1979. Half-lives are an assumption: of money 2 to 12 weeks, of the name 4 to 52.
    """
    keep = exp(-0.6931471805599453 / half_life_weeks) if half_life_weeks > 0.0 else 0.0
    return keep * stock + (1.0 - keep) * spend


def either(share: float, more: float) -> float:
    """Give the chance of at least one of two independent things, which stays below 1.

    Parameters
    ----------
    share : float
        Chance of the first, or share reached so far.
    more : float
        Chance of the second: `market.nurture.reach` or `market.propositions.reach`, worn, or `market.referral.reach`.

    Formula
    -------
    p + (1 - p) x q

    Source
    ------
    By definition of independence. The reaches are an assumption: nurture 0 to .5, propositions 0 to .1, referral 0 to
    1.
    """
    return share + (1.0 - share) * more


def reputed(share: float, strength: float, reputation: float) -> float:
    """Move the share of needs reached by a good or bad name, as a proportional hazard of hearing of the company.

    Parameters
    ----------
    share : float
        Share of needs that money alone reaches.
    strength : float
        0 is off; `market.reputation.reach`.
    reputation : float
        Smoothed mean satisfaction of customers over neutral, -.5 to .5.

    Formula
    -------
    1 - (1 - p)^exp(strength x reputation)

    Source
    ------
    Form after Cox 1972 (proportional hazards), so that the share stays between 0 and 1; strength an assumption, 0 to 2.
    """
    if strength == 0.0 or reputation == 0.0 or share >= 1.0:
        return share
    return 1.0 - exp(exp(strength * reputation) * log(1.0 - share))


def spent_share(done_ms: float, planned_ms: float) -> float:
    """Give the share of a week's campaign money that is spent.

    Parameters
    ----------
    done_ms : float
        Work on the campaign finished in the week, ms.
    planned_ms : float
        Work planned a week, ms: hours of the role's background work (`org.roles.ROLE.background`), less mean absence.

    Formula
    -------
    min(1, done / planned);  0 without planned work

    Source
    ------
    Assumption: money waits for work in proportion, and hours beyond those planned buy nothing. Its range is 0 to 1: a
    design without `org.campaigns` spends all of it, whatever people do.
    """
    return min(1.0, done_ms / planned_ms) if planned_ms > 0.0 else 0.0
