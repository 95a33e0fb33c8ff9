"""Which role limits a system: what one more person in each of them brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import Interval
from sim.analysis.paired import paired_difference


@dataclass(frozen=True)
class OneMore:
    """What one more person in a role brings, by paired replications.

    Attributes
    ----------
    role : str
        Where the person is added.
    price_usd_per_year : float
        What the person costs by the design's terms.
    before_price, after_price : Interval
        Change of contribution less operating expense, USD a year, without and with that price.
    new_customers : Interval
        Change of new customers a year.
    """

    role: str
    price_usd_per_year: float
    before_price: Interval
    after_price: Interval
    new_customers: Interval


@dataclass(frozen=True)
class Outcome:
    """Two measures of one design, one value per replication.

    Attributes
    ----------
    profit_usd_per_year : array_like, shape (replications,)
        Contribution less operating expense.
    new_customers_per_year : array_like, shape (replications,)
        New customers.
    """

    profit_usd_per_year: ArrayLike
    new_customers_per_year: ArrayLike


def one_more_each(
    base: Outcome, grown: Mapping[str, Outcome], prices_usd_per_year: Mapping[str, float], confidence: float = 0.95
) -> list[OneMore]:
    """Compare a design with those that have one more person each.

    Parameters
    ----------
    base : Outcome
        The design.
    grown : mapping of str to Outcome
        By the role that has one more person; the same replications in the same order.
    prices_usd_per_year : mapping of str to float
        By role, the price that operating expense contains.
    confidence : float
        Of every interval, each for itself.

    Returns
    -------
    list of OneMore
        By what the person brings before the price, most first: the first role is the constraint, if its interval
        does not say that the others might be.
    """
    found = []
    for role, outcome in grown.items():
        price = prices_usd_per_year[role]
        after = paired_difference(base.profit_usd_per_year, outcome.profit_usd_per_year, confidence).interval
        before = Interval(after.mean + price, after.low + price, after.high + price, after.n)
        won = paired_difference(base.new_customers_per_year, outcome.new_customers_per_year, confidence).interval
        found.append(OneMore(role, price, before, after, won))
    return sorted(found, key=lambda one: -one.before_price.mean if np.isfinite(one.before_price.mean) else np.inf)


def constraint_of(found: Sequence[OneMore]) -> str | None:
    """Give the role where one more person brings most, or None if no role's interval lies above zero.

    Parameters
    ----------
    found : sequence of OneMore
        As `one_more_each` gives them.

    Returns
    -------
    str or None
        Of the roles whose gain before the price is told from zero, the one with the largest.
    """
    return next((one.role for one in found if one.before_price.low > 0.0), None)
