"""Addressed chance in the words of the compiler: the bits of `sim.draws`.

Keys are unsigned, and so is everything they meet: a signed operand would turn the whole expression into another type.
"""

from __future__ import annotations

import numpy as np

from sim import draws
from sim.compiled.jit import compiled

_STEP, _MULTIPLIER_1, _MULTIPLIER_2 = (np.uint64(n) for n in (draws.STEP, draws.MULTIPLIER_1, draws.MULTIPLIER_2))
_ONE, _FOUR, _TWELVE, _27, _30, _31 = (np.uint64(n) for n in (1, 4, 12, 27, 30, 31))
_TO_UNIT = draws.TO_UNIT


@compiled
def absorb(key, word):  # type: ignore[no-untyped-def]
    """Key of an address that is one word longer, as `sim.draws.absorb`; the word may be of any integer type."""
    z = np.uint64(key) + np.uint64(word) * _STEP
    z = (z ^ (z >> _30)) * _MULTIPLIER_1
    z = (z ^ (z >> _27)) * _MULTIPLIER_2
    return z ^ (z >> _31)


@compiled
def uniform(key):  # type: ignore[no-untyped-def]
    """Read a key as a number strictly between 0 and 1, as `sim.draws.uniform`."""
    return (np.float64(np.uint64(key) >> _TWELVE) + 0.5) * _TO_UNIT


@compiled
def rank(key):  # type: ignore[no-untyped-def]
    """Place within a class of an instant, as `sim.engine.clock.rank`."""
    return np.int64(np.uint64(key) >> _FOUR)


@compiled
def case_id(key):  # type: ignore[no-untyped-def]
    """Give the number of a case in the trace."""
    return np.int64(np.uint64(key) >> _ONE)


@compiled
def choice(key, n):  # type: ignore[no-untyped-def]
    """Read a key as one of n places."""
    return np.int64(np.uint64(key) % np.uint64(n))
