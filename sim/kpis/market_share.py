"""A company among others: whose customers accounts are, and what is won from others and lost to them."""

from __future__ import annotations

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import WEEK_MS

YEAR_MS = 52 * WEEK_MS


class MarketShare:
    """Customers of this company among those of all companies of the market; nothing where there are no others.

    Customers and shares are those of t=0 and of the end of the run, of accounts that are customers of some company.
    Accounts lost to rivals are customers that another company won, accounts won from rivals the reverse; needs lost to
    rivals are cases that learned in the window that the account takes another company's offer. Sales lost to companies
    that are not simulated are outcomes of the journey as everywhere, and not among them.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._mine = [0, 0]
        self._theirs = [0, 0]
        self._counts = dict.fromkeys((Event.LEFT_FOR, Event.WON_FROM, Event.OUTDONE), 0)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._plan.rivals:
            return
        for end, event in enumerate((Event.CUSTOMER, Event.OPEN_ACCOUNT)):
            self._mine[end] += len(batch.of(event))
        rivals = batch.of(Event.RIVAL)
        at_end = rivals.time_ms >= self._plan.horizon_ms
        self._theirs[0] += int(rivals.value[~at_end].sum())
        self._theirs[1] += int(rivals.value[at_end].sum())
        for event in self._counts:
            self._counts[event] += len(batch.now(event))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if not self._plan.rivals:
            return {}
        years = (self._hi - self._lo) / YEAR_MS
        shares = [ratio(mine, mine + theirs) for mine, theirs in zip(self._mine, self._theirs, strict=True)]
        return {
            "market_share.customers_at_start": Measure(float(self._mine[0]), "customers"),
            "market_share.customers_at_end": Measure(float(self._mine[1]), "customers"),
            "market_share.share_at_start": Measure(shares[0], "share"),
            "market_share.share_at_end": Measure(shares[1], "share"),
            "market_share.accounts_lost_to_rivals_per_year": Measure(self._counts[Event.LEFT_FOR] / years, "1/year"),
            "market_share.accounts_won_from_rivals_per_year": Measure(self._counts[Event.WON_FROM] / years, "1/year"),
            "market_share.needs_lost_to_rivals_per_year": Measure(self._counts[Event.OUTDONE] / years, "1/year"),
        }
