"""Rules bound to the registers of a case and the traits of an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CASE, ACCOUNT, PERSON, PARAM = range(4)
"""Where a rule reads a number: the case's registers, the account's traits, the person, the rule's parameters."""

SKILL, QUALITY = range(2)
"""What a rule may read of a person."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A rule bound to registers: ``reads`` are (space, index); ``writes`` are case registers."""

    name: str
    word: int
    function: Callable[..., tuple[float, ...]]
    reads: tuple[tuple[int, int], ...]
    params: tuple[float, ...]
    draws: bool
    writes: tuple[int, ...]
    branches: int
    value: Callable[..., float] | None = None
    """As `sim.rules.Rule.value`."""
    refused: Callable[..., tuple[int]] | None = None
    """As `sim.rules.Rule.refused`."""
    rival: int = -1
    """The branch of what another company has won; -1 for none."""
