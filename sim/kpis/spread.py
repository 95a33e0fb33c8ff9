"""How differently the people of a role fare."""

from __future__ import annotations

from math import nan, sqrt

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure
from sim.kpis.rows import Floats, Ints, add_floats, counts, sums
from sim.kpis.work import Work
from sim.plan import Plan
from sim.trace import Event


class Spread:
    """Spread of work and of bookings between the people of a role, in the window.

    It is the coefficient of variation (n - 1) of busy hours, and of USD
    booked by whoever closed. The excess spread takes off what chance alone gives equal people, each order being
    anybody's with equal probability: sqrt(max(0, variance - sum of squares / people)) / mean, which for numbers of
    orders is sqrt(max(0, variance - mean)) / mean.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        people = len(plan.persons)
        self._busy = np.zeros(people, dtype=np.int64)
        self._booked_usd = np.zeros(people)
        self._squared_usd = np.zeros(people)
        self._orders = np.zeros(people, dtype=np.int64)

    def add(self, batch: Batch, work: Work) -> None:
        """Fold the next batch, with the work in it."""
        people = len(self._busy)
        self._busy += sums(work.rows.person, work.worked_ms, people)
        booked = batch.now(Event.BOOK)
        if len(booked):
            booked = booked.where(booked.person >= 0)
            self._orders += counts(booked.person, people)
            add_floats(self._booked_usd, booked, booked.person, booked.value)
            add_floats(self._squared_usd, booked, booked.person, booked.value**2)

    def of_role(self, role: int) -> dict[str, Measure]:
        """Give the measures of a role."""
        mine = [i for i, person in enumerate(self._plan.persons) if person.role == role]
        orders, usd = self._orders[mine], self._booked_usd[mine]
        return {
            "spread.busy": Measure(variation(self._busy[mine]), "1"),
            "spread.bookings": Measure(variation(usd), "1"),
            "spread.bookings_excess": Measure(excess_variation(usd, float(self._squared_usd[mine].sum())), "1"),
            "spread.orders_excess": Measure(excess_variation(orders, float(orders.sum())), "1"),
        }


def variation(values: Ints | Floats) -> float:
    """Give the coefficient of variation (n - 1); nan for fewer than two values or a mean of zero."""
    if len(values) < 2 or not values.any():
        return nan
    return float(np.std(values, ddof=1) / np.mean(values))


def excess_variation(totals: Ints | Floats, squares: float) -> float:
    """Give the coefficient of variation (n - 1) in excess of what chance alone gives equal people.

    Parameters
    ----------
    totals : ndarray, shape (people,)
        What each person booked.
    squares : float
        Sum over all orders of their squared size.

    Returns
    -------
    float
        nan for fewer than two people or a total of zero.

    Notes
    -----
    If each of the orders x_k falls to any of n people with probability 1 / n, the expected variance (n - 1)
    between their totals is exactly sum(x_k^2) / n.
    """
    n = len(totals)
    if n < 2 or not totals.any():
        return nan
    return sqrt(max(0.0, float(np.var(totals, ddof=1)) - squares / n)) / float(np.mean(totals))
