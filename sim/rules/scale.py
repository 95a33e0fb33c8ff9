"""Log-odds, and powers by counting."""

from __future__ import annotations

from sim.portable import exp, log


def logit(u: float) -> float:
    """Give the log-odds of a probability in (0, 1).

    Parameters
    ----------
    u : float
        In (0, 1), ends excluded.

    Formula
    -------
    log(u / (1 - u))

    Source
    ------
    By definition.
    """
    return log(u / (1.0 - u))


def logistic(x: float) -> float:
    """Give the probability whose log-odds are `x`.

    Parameters
    ----------
    x : float
        Log-odds.

    Formula
    -------
    1 / (1 + exp(-x));  0 at -700 and below

    Source
    ------
    By definition.
    """
    return 1.0 / (1.0 + exp(-x)) if x > -700.0 else 0.0


def power(base: float, times: float) -> float:
    """Give ``base`` multiplied ``times`` times; a loop, so that every engine rounds alike.

    Parameters
    ----------
    base : float
        Any number.
    times : float
        A whole number, 0 or more; what follows the point is cut off.

    Formula
    -------
    base^times

    Source
    ------
    By definition.
    """
    result = 1.0
    for _ in range(int(times)):
        result *= base
    return result
