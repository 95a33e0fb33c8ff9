"""Which measures are functions of totals, and are to be made of those of all replications together."""

from __future__ import annotations

from collections.abc import Collection

from sim.analysis.totals import OfTotals, ratio_of
from sim.kpis.payback import payback_months
from sim.kpis.rows import Floats
from sim.worktime import WEEKS_PER_YEAR

WON = "throughput.new_customers_per_week"

RATIOS = {
    "money.cost_per_new_customer_usd": ratio_of("money.operating_expense_usd_per_year", WON, 1 / WEEKS_PER_YEAR),
    "money.new_customers_per_million_usd": ratio_of(WON, "money.operating_expense_usd_per_year", 1e6 * WEEKS_PER_YEAR),
    "money.acquisition_cost_per_new_customer_usd": ratio_of("money.acquisition_usd_per_year", WON, 1 / WEEKS_PER_YEAR),
    "people.all.new_customers_per_1000_h": ratio_of(WON, "people.all.rostered_h_per_year", 1e3 * WEEKS_PER_YEAR),
    "throughput.wins_per_1000_needs": ratio_of(WON, "throughput.needs_per_week", 1e3),
}
"""Ratios of totals; all windows of one question are equally long."""


def totals(kpis: Collection[str]) -> dict[str, OfTotals]:
    """Give the measures that are functions of totals.

    Parameters
    ----------
    kpis : collection of str
        Names of all measures there are; months of follow-up among them depend on the window.

    Returns
    -------
    dict of str to OfTotals
        By name of the measure.
    """
    months = sorted(kpi.rpartition(".")[2] for kpi in kpis if kpi.startswith("money.cohort.customers."))
    if not months:
        return RATIOS
    n = len(months)
    customers = tuple(f"money.cohort.customers.{m}" for m in months)
    contribution = tuple(f"money.cohort.contribution_usd.{m}" for m in months)

    def payback(means: Floats) -> float:
        each = RATIOS["money.acquisition_cost_per_new_customer_usd"].value(means[:2])
        return payback_months(each, means[2 : 2 + n], means[2 + n :])

    parts = ("money.acquisition_usd_per_year", WON, *customers, *contribution)
    return {**RATIOS, "money.payback_months": OfTotals(parts, payback)}
