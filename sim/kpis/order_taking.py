"""Who takes orders, and what that asks of the customer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.accounts import segment_of
from sim.kpis.batch import Batch
from sim.kpis.contacts import contact_steps
from sim.kpis.on_time import milestone_of
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Ints, Rows, counts, lookup, sums
from sim.plan import CHANNELS, Plan
from sim.trace import Event

CONFIRMATION = "confirmation"
"""The milestone at which an order has been taken: whoever reaches it has taken the order."""


class OrderTaking:
    """Orders confirmed in the window: by which channel, after how many contacts, by a machine or not.

    Contacts per order: the contacts by transactions of the order's case until it is confirmed, attempts at machines
    that could not do it included. Self-service share: of the orders, those that a machine confirmed; of adopters, the
    same among orders of accounts that had adopted a practice by then.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        names = [m.name for m in plan.milestones]
        mine = names.index(CONFIRMATION) if CONFIRMATION in names else -1
        milestones = milestone_of(plan)
        self._needed = mine >= 0
        self._confirms = np.asarray(milestones == mine) if self._needed else np.zeros(len(milestones), dtype=np.bool_)
        journeys = {s.journey for s, confirms in zip(plan.steps, self._confirms[:-1], strict=True) if confirms}
        self._inside = np.array([*(s.journey in journeys for s in plan.steps), False])
        transaction = [s.activity >= 0 and plan.activities[s.activity].kind == "transaction" for s in plan.steps]
        self._contact = contact_steps(plan) & np.array([*transaction, False]) & self._inside
        self._channel_of = lookup([CHANNELS.index(role.channel) for role in plan.roles])
        self._machine = np.array([role.machine for role in plan.roles])
        self._open = np.empty(0, dtype=np.int64)
        self._adopted = np.zeros(len(segment_of(plan)), dtype=np.int64)
        self._orders, self._contacts = (np.zeros(len(CHANNELS), dtype=np.int64) for _ in range(2))
        self._met = sorted({c for m, c in met(plan) if m == mine})
        self._by_machine = self._of_adopters = self._by_adopters = 0

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._needed:
            return
        contacts, confirmed = batch.of(Event.FINISH), batch.now(Event.MILESTONE)
        contacts = contacts.where(self._contact[contacts.step])
        confirmed = confirmed.where(self._confirms[confirmed.step])
        self._open = batch.cases.carried(self._open, 0)
        n = self._open[confirmed.number] + _earlier(contacts.number, contacts.place, confirmed.number, confirmed.place)
        self._open += counts(contacts.number, len(self._open))
        channel, size = self._channel_of[confirmed.role], len(CHANNELS)
        self._orders += counts(channel, size)
        self._contacts += sums(channel, n, size)
        machine, adopter = self._machine[confirmed.role], self._has_adopted(batch, confirmed)
        self._by_machine += int(np.count_nonzero(machine))
        self._of_adopters += int(np.count_nonzero(adopter))
        self._by_adopters += int(np.count_nonzero(machine & adopter))

    def _has_adopted(self, batch: Batch, rows: Rows) -> Flags:
        """Tell whether the account of each row has adopted a practice by then."""
        changes = batch.of(Event.ADOPT)
        adopted, dropped = changes.where(changes.value >= 0), changes.where(changes.value < 0)
        n = self._adopted[rows.account]
        for some, sign in ((adopted, 1), (dropped, -1)):
            n = n + sign * _earlier(some.account, some.place, rows.account, rows.place)
            self._adopted += sign * counts(some.account, len(self._adopted))
        return np.asarray(n > 0)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if not self._needed:
            return {}
        orders = int(self._orders.sum())
        found = {
            "channels.self_service_share": Measure(ratio(self._by_machine, orders), "share"),
            "channels.self_service_of_adopters_share": Measure(ratio(self._by_adopters, self._of_adopters), "share"),
        }
        for c in self._met:
            share = ratio(int(self._orders[c]), orders)
            found[f"channels.orders.{CHANNELS[c]}_share"] = Measure(share, "share")
            each = ratio(int(self._contacts[c]), int(self._orders[c]))
            found[f"satisfaction.contacts_per_order.{CHANNELS[c]}"] = Measure(each, "1")
        return found


def _earlier(whose: NDArray[Any], place: Ints, asked: NDArray[Any], by: Ints) -> Ints:
    """Count, for each of those asked for, the things of the same number that stand before a place; both in order."""
    if not len(whose) or not len(asked):
        return np.zeros(len(asked), dtype=np.int64)
    bits = int(max(place[-1], by[-1])).bit_length()
    things = np.sort((whose.astype(np.int64) << bits) + place)
    of, until = asked.astype(np.int64) << bits, (asked.astype(np.int64) << bits) + by
    return np.searchsorted(things, until) - np.searchsorted(things, of)


def met(plan: Plan) -> list[tuple[int, int]]:
    """Give the (milestone, channel) that may be, by the plan, whatever chance brings."""
    doers = [(a.milestone, r) for a in plan.activities if a.milestone >= 0 for r in a.doers]
    return sorted({(m, CHANNELS.index(plan.roles[r].channel)) for m, r in doers})
