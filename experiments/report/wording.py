"""How the headline KPIs are said in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from experiments.report.comparison import Estimate
from experiments.report.headline import PERSUASION, PRIMARY
from experiments.report.line import Line
from experiments.report.size import Amount, Measure, amount, size

WEEKS_PER_YEAR = 52.0
PLACE = "{}"
MEASURES: dict[str, Measure] = {"usd": "usd", "share": "hundredths"}
"""By kind of headline; a count where it is neither."""


@dataclass(frozen=True)
class Wording:
    """Predicates about a design; ``{}`` stands for an amount.

    Attributes
    ----------
    more, less : str
        How much more or less than under the reference.
    level : str
        How much by itself.
    measure : Measure
        What the amount is a number of.
    factor : float
        Multiplies the KPI before it is said.
    """

    more: str
    less: str
    level: str
    measure: Measure = "count"
    factor: float = 1.0


def _slower(what: str, level: str) -> Wording:
    return Wording(f"{what} {{}} later", f"{what} {{}} sooner", level, "hours")


def _of_100(what: str, more: str, less: str) -> Wording:
    return Wording(f"{more} {{}} more {what}", f"{less} {{}} fewer {what}", f"{more} {{}} {what}", "hundredths")


WORDINGS = {
    "throughput.new_customers_per_week": Wording(
        "wins {} more new customers a year",
        "wins {} fewer new customers a year",
        "wins {} new customers a year",
        factor=WEEKS_PER_YEAR,
    ),
    "throughput.revenue_usd_per_week": Wording(
        "bills {} more a year", "bills {} less a year", "bills {} a year", "usd", WEEKS_PER_YEAR
    ),
    "throughput.orders_per_week": Wording(
        "books {} more orders a year", "books {} fewer orders a year", "books {} orders a year", factor=WEEKS_PER_YEAR
    ),
    "flow.opportunity.answer.median_h": _slower(
        "has answered half of the inquiries", "has answered half of the inquiries within {}"
    ),
    "flow.opportunity.answer.reached_share": _of_100("of 100 inquiries", "answers", "answers"),
    "flow.opportunity.proposal.median_h": _slower(
        "has half of the proposals out", "has half of the proposals out within {} of being asked"
    ),
    "flow.opportunity.outcome.won.median_of_them_h": _slower(
        "has half of its new customers won", "has half of its new customers won within {} of the need"
    ),
    "flow.reorder.delivery.median_h": _slower("has delivered half of the orders", "delivers half of the orders in {}"),
    "flow.issue.resolution.median_h": _slower("has solved half of the issues", "solves half of the issues within {}"),
    "satisfaction.index": Wording(
        "has customers {} points of 100 more satisfied",
        "has customers {} points of 100 less satisfied",
        "has customers satisfied to {} points of 100",
        "hundredths",
    ),
    "satisfaction.on_time_in_full": _of_100("of 100 orders due on time and in full", "delivers", "delivers"),
    "satisfaction.churn_per_account_year": _of_100("of 100 customers a year", "loses", "loses"),
    "market_share.share_at_end": _of_100("of 100 customers in the market at the end", "has", "has"),
    "market_share.accounts_lost_to_rivals_per_year": Wording(
        "loses {} more customers a year to rivals",
        "loses {} fewer customers a year to rivals",
        "loses {} customers a year to rivals",
    ),
    "money.operating_expense_usd_per_year": Wording(
        "costs {} more a year", "costs {} less a year", "costs {} a year", "usd"
    ),
    PRIMARY: Wording("earns {} more a year", "earns {} less a year", "earns {} a year", "usd"),
    "money.cost_per_new_customer_usd": Wording(
        "spends {} more per new customer", "spends {} less per new customer", "spends {} per new customer", "usd"
    ),
}
"""By name of the KPI. To earn means contribution less operating expense as it came true."""

HOURS_OF = _of_100("of 100 paid hours of the role that sells on persuasion", "spends", "spends")


def wording(line: Line) -> Wording:
    """Give how a headline is said; one that has no words of its own is said by its label."""
    kpi = line.headline.kpi
    if kpi in WORDINGS:
        return WORDINGS[kpi]
    if kpi.startswith("people.") and kpi.endswith(PERSUASION):
        return HOURS_OF
    label, unit = line.headline.label, f" {line.headline.unit}".rstrip()
    measure = MEASURES.get(line.headline.kind, "count")
    hundredths = " of 100" if measure == "hundredths" else ""
    return Wording(
        f"has {{}}{hundredths} more{unit} of: {label}",
        f"has {{}}{hundredths} less{unit} of: {label}",
        f"has {{}}{hundredths}{unit} of: {label}",
        measure,
    )


def said_difference(line: Line, found: Estimate) -> str:
    """Say a difference with its size and bounds, which lie on one side of zero.

    Returns
    -------
    str
        As in "wins about 12 more new customers a year, between 5 and 19".
    """
    words = wording(line)
    return _filled(words.more if found.mean > 0.0 else words.less, size(found, words.measure, words.factor))


def said_level(line: Line, found: Estimate) -> str:
    """Say a mean with its bounds, if it has any."""
    words = wording(line)
    return _filled(words.level, amount(found, words.measure, words.factor))


def said_range(line: Line, found: Estimate) -> str:
    """Say how far a difference that is not decided may go either way.

    Returns
    -------
    str
        As in "anything from earns $1.1 million less a year to earns $0.72 million more a year"; empty without bounds.
    """
    if not (isfinite(found.low) and isfinite(found.high)):
        return ""
    words = wording(line)
    said = amount(found, words.measure, words.factor)
    low, high = (said.low.removeprefix("-"), said.high.removeprefix("-"))
    one, other = (words.more if x > 0.0 else words.less for x in (found.low, found.high))
    return f"anything from “{one.replace(PLACE, low)}” to “{other.replace(PLACE, high)}”"


def _filled(words: str, said: Amount) -> str:
    text = words.replace(PLACE, f"about {said.about}")
    return f"{text}, {said.between}" if said.between else text
