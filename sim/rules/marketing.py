"""What marketing money makes of the needs of a market."""

from __future__ import annotations

from sim.portable import exp, log


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
