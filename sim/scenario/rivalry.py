"""Several companies in one market: how the customers of t=0 are divided, and what holds a customer to its supplier."""

from __future__ import annotations

from pydantic import Field

from sim.scenario.part import NonNegative, Part, Share

MOST_RIVALS = 7


class Rivalry(Part):
    """What counts where several companies are simulated on the same accounts; without effect for a single one."""

    shares_at_start: list[Share] = Field(default=[], max_length=MOST_RIVALS + 1)
    """Each company's share of all customers of t=0, that of the design in question first; empty: equal shares. Which
    accounts these are is decided by their hash."""
    offer: str | None = None
    """The milestone that puts an offer into the account's hands; without, only who comes to the closing has one."""
    incumbent_advantage: NonNegative = 0.0
    """What keeps a customer with its supplier when another company's offer is decided on, in log-odds (0 to 2)."""
    satisfaction_effect: NonNegative = 0.0
    """Added to it, times satisfaction with the supplier over neutral (0 to 5)."""
