"""A rule as a plan binds it: a pure function, and by name what it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


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
    value : callable, optional
        For a decision on an offer: its value in log-odds over staying as one is, of the same arguments but the uniform.
        Its first branch is that the offer is taken, and that is what happens to an offer alone in hand with probability
        ``logistic(value)``; of several the buyer takes the best (`sim.engine.rivalry`). One branch is named ``rival``.
    refused : callable, optional
        With `value`: the branch if the offer is not taken, of all arguments, with a uniform of its own.
    """

    function: Callable[..., tuple[float, ...]]
    reads: tuple[str, ...]
    draws: bool = False
    writes: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    value: Callable[..., float] | None = None
    refused: Callable[..., tuple[int]] | None = None
