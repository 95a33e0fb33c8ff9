"""What it costs, what it brings."""

from __future__ import annotations

from sim.cost import cost_by_kind_usd
from sim.kpis.batch import Batch
from sim.kpis.phases import phases_in
from sim.kpis.quantity import Measure, ratio
from sim.kpis.realized import Realized
from sim.kpis.rows import float_sum
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import YEAR_MS


class Money:
    """Yearly money; a year has 52 weeks.

    Operating expense is ex ante: what the design costs by its terms, whatever happens. (Pay + variable pay at
    target and its risk premium) x overhead of all heads and fixed posts, travel, machines, marketing. Realized
    operating expense is what came true of it, and what hiring cost (`sim.kpis.realized`). Contribution is the margin
    of what was billed in the window; what is booked and not yet billed is not in it. Cost per new customer is
    operating expense over the new customers of the same time, a ratio of totals; nan without any.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._billed_usd = 0.0
        self._won = 0
        self._realized = Realized(plan)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        self._realized.add(batch)
        billed = batch.now(Event.BILL)
        self._billed_usd = float_sum(self._billed_usd, billed, billed.value)
        self._won += len(batch.now(Event.WON))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        plan = self._plan
        years = (self._hi - self._lo) / YEAR_MS
        parts, came_true = _cost_in(plan, self._lo, self._hi), self._realized.usd_per_year()
        expense, realized = sum(parts.values()), sum(came_true.values())
        revenue = ratio(self._billed_usd, years)
        contribution = plan.contribution_margin * revenue
        won_per_year = ratio(self._won, years)
        a_year = "USD/year"
        found = {f"{name}_usd_per_year": Measure(usd, a_year) for name, usd in parts.items()}
        found["marketing_spent_usd_per_year"] = Measure(came_true["marketing"], a_year)
        found["operating_expense_usd_per_year"] = Measure(expense, a_year)
        found["revenue_usd_per_year"] = Measure(revenue, a_year)
        found["contribution_usd_per_year"] = Measure(contribution, a_year)
        found["contribution_less_opex_usd_per_year"] = Measure(contribution - expense, a_year)
        for kind in ("pay", "variable_pay"):
            found[f"{kind}_realized_usd_per_year"] = Measure(came_true[kind], a_year)
        found["hiring_usd_per_year"] = Measure(came_true["hiring"], a_year)
        found["operating_expense_realized_usd_per_year"] = Measure(realized, a_year)
        found["contribution_less_realized_opex_usd_per_year"] = Measure(contribution - realized, a_year)
        found["cost_per_new_customer_usd"] = Measure(ratio(expense, won_per_year), "USD")
        found["new_customers_per_million_usd"] = Measure(ratio(1e6 * won_per_year, expense), "1")
        return {f"money.{name}": measure for name, measure in found.items()}


def _cost_in(plan: Plan, lo: int, hi: int) -> dict[str, float]:
    """Give the yearly cost by kind, averaged over the designs that hold in a window."""
    held = [((end - start) / (hi - lo), cost_by_kind_usd(phase)) for start, end, phase in phases_in(plan, lo, hi)]
    return {kind: sum(share * cost[kind] for share, cost in held) for kind in held[0][1]}
