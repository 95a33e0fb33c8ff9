"""Log-odds, and powers by counting."""

from __future__ import annotations

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
