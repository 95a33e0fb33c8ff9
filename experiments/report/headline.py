"""The few KPIs an executive committee reads first, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from experiments.report.comparison import Comparison

Kind = Literal["number", "share", "usd"]
"""How values are written: as they are, in percent, or in USD by thousands or millions where large."""


@dataclass(frozen=True)
class Headline:
    """One line of the headline table and one panel of the scorecard.

    Attributes
    ----------
    kpi : str
        Name in the tidy table; ``{role}`` stands for the selling role.
    label : str
        Words for it.
    unit : str
        What follows the label; for kind ``usd`` what follows "USD", for kind ``share`` what follows "%".
    kind : Kind
        How values are written.
    better : {"higher", "lower", ""}
        Which way is wanted by whoever pays for the company; empty where the argument is about just that.
    by_terms : bool
        Whether the design's own terms set it, whatever happens: an input and not a result.
    """

    kpi: str
    label: str
    unit: str
    kind: Kind = "number"
    better: Literal["higher", "lower", ""] = "higher"
    by_terms: bool = False


PRIMARY = "money.contribution_less_realized_opex_usd_per_year"
"""The outcome that counts most, decided on before any result."""
OPERATING_EXPENSE = "money.operating_expense_usd_per_year"

HEADLINES = (
    Headline("throughput.new_customers_per_week", "New customers", "per week"),
    Headline("throughput.revenue_usd_per_week", "Revenue", "per week", "usd"),
    Headline("throughput.orders_per_week", "Orders", "per week"),
    Headline("flow.opportunity.answer.median_h", "Time to first answer, median", "h", better="lower"),
    Headline("flow.opportunity.answer.reached_share", "Inquiries ever answered", "", "share"),
    Headline("flow.opportunity.proposal.median_h", "Time to proposal, median", "h", better="lower"),
    Headline("flow.opportunity.outcome.won.median_of_them_h", "Need to order, median", "h", better="lower"),
    Headline("flow.reorder.delivery.median_h", "Order to delivery, median", "h", better="lower"),
    Headline("flow.issue.resolution.median_h", "Issue to resolution, median", "h", better="lower"),
    Headline("satisfaction.index", "Satisfaction index", "0 to 1"),
    Headline("satisfaction.on_time_in_full", "On time in full", "", "share"),
    Headline("satisfaction.churn_per_account_year", "Churn", "per account-year", better="lower"),
    Headline("market_share.share_at_end", "Share of the market's customers at the end", "", "share"),
    Headline("market_share.accounts_lost_to_rivals_per_year", "Accounts lost to rivals", "per year", better="lower"),
    Headline("people.{role}.share.persuasion", "Paid hours in persuasion", "of {role}", "share", better=""),
    Headline(OPERATING_EXPENSE, "Operating expense", "per year", "usd", "lower", by_terms=True),
    Headline(PRIMARY, "Contribution less paid opex", "per year", "usd"),
    Headline("money.cost_per_new_customer_usd", "Cost per new customer", "", "usd", "lower"),
)
"""In the order shown. What a comparison does not have is left out."""

PERSUASION = ".share.persuasion"


def selling_role(comparison: Comparison) -> str:
    """Give the role named by the comparison, or the first that persuades in the reference; empty if none."""
    if comparison.selling_role:
        return comparison.selling_role
    for kpi in comparison.kpis:
        if kpi.startswith("people.") and kpi.endswith(PERSUASION):
            if comparison.estimate(comparison.reference, kpi).mean > 0.0:
                return kpi.removeprefix("people.").removesuffix(PERSUASION)
    return ""


def headlines(comparison: Comparison) -> list[Headline]:
    """Give the headline KPIs this comparison has, the selling role filled in.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    list of Headline
        In the order shown.
    """
    role = selling_role(comparison)
    known = set(comparison.kpis)
    filled = [
        Headline(
            line.kpi.replace("{role}", role),
            line.label,
            line.unit.replace("{role}", role.replace("_", " ")),
            line.kind,
            line.better,
            line.by_terms,
        )
        for line in HEADLINES
    ]
    return [line for line in filled if line.kpi in known]
