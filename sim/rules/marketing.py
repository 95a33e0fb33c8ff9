"""What marketing, word of mouth and good name make of the needs of a market."""

from __future__ import annotations

from sim.portable import exp, log


def adbudg(spend_usd: float, base: float, top: float, half_effect_usd: float, shape: float) -> float:
    """Response to marketing money: base + (max - base) a^c / (d^c + a^c) (Little 1970, doi 10.1287/mnsc.16.8.B466)."""
    if spend_usd <= 0.0:
        return base
    a = exp(shape * log(spend_usd / half_effect_usd))
    return base + (top - base) * a / (1.0 + a)


def carried_over(stock: float, spend: float, half_life_weeks: float) -> float:
    """Adstock after one more week: what the market remembers, in money a year (Broadbent 1979).

    The same exponential smoothing makes a good name of weekly satisfaction.
    """
    keep = exp(-0.6931471805599453 / half_life_weeks) if half_life_weeks > 0.0 else 0.0
    return keep * stock + (1.0 - keep) * spend


def either(share: float, more: float) -> float:
    """Give the chance of at least one of two independent things: p + (1 - p) q, which saturates below 1."""
    return share + (1.0 - share) * more


def reputed(share: float, strength: float, reputation: float) -> float:
    """Move the share of needs reached by a good or bad name: ``1 - (1 - p)^exp(strength x reputation)``.

    A proportional hazard of hearing of the company, so that the share stays between 0 and 1; 0 for ``strength`` is off.
    ``strength`` .5 (assumption, 0 to 2), ``reputation`` in satisfaction over neutral, -1 to 1.
    """
    if strength == 0.0 or reputation == 0.0 or share >= 1.0:
        return share
    return 1.0 - exp(exp(strength * reputation) * log(1.0 - share))


def spent_share(done_ms: float, planned_ms: float) -> float:
    """Give the share of a week's campaign money that is spent: hours done over hours planned, at most 1."""
    return min(1.0, done_ms / planned_ms) if planned_ms > 0.0 else 0.0
