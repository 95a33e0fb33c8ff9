"""Who takes orders, and what that asks of the customer."""

from __future__ import annotations

from collections import Counter

import numpy as np

from sim.kpis.contacts import contact_steps
from sim.kpis.on_time import milestone_of
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import lookup, of, take
from sim.plan import Plan
from sim.trace import Block, Event

CHANNELS = ("person", "remote", "self")
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
        self._machine = [role.machine for role in plan.roles]
        self._open: Counter[int] = Counter()
        self._adopted: Counter[int] = Counter()
        self._orders = [0] * len(CHANNELS)
        self._contacts = [0] * len(CHANNELS)
        self._met = sorted({c for m, c in met(plan) if m == mine})
        self._by_machine = self._of_adopters = self._by_adopters = 0

    def add(self, block: Block) -> None:
        """Fold the next block."""
        if not self._needed:
            return
        rows = of(block, Event.FINISH, Event.MILESTONE, Event.END, Event.ADOPT)
        event, step = rows.event, rows.step
        wanted = (event == Event.FINISH) & self._contact[step] | (event == Event.MILESTONE) & self._confirms[step]
        rows = take(rows, wanted | (event == Event.END) & self._inside[step] | (event == Event.ADOPT))
        columns = (rows.event, rows.case, rows.account, rows.role, rows.time_ms, rows.value)
        for kind, case, account, role, time, value in zip(*(c.tolist() for c in columns), strict=True):
            if kind == Event.FINISH:
                self._open[case] += 1
            elif kind == Event.MILESTONE:
                if self._lo <= time < self._hi:
                    self._confirm(self._open[case], account, role)
            elif kind == Event.END:
                self._open.pop(case, None)
            else:
                self._adopted[account] += 1 if value >= 0 else -1

    def _confirm(self, contacts: int, account: int, role: int) -> None:
        channel = int(self._channel_of[role])
        self._orders[channel] += 1
        self._contacts[channel] += contacts
        machine, adopter = self._machine[role], self._adopted[account] > 0
        self._by_machine += machine
        self._of_adopters += adopter
        self._by_adopters += machine and adopter

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if not self._needed:
            return {}
        found = {
            "channels.self_service_share": Measure(ratio(self._by_machine, sum(self._orders)), "share"),
            "channels.self_service_of_adopters_share": Measure(ratio(self._by_adopters, self._of_adopters), "share"),
        }
        for c in self._met:
            share = ratio(self._orders[c], sum(self._orders))
            found[f"channels.orders.{CHANNELS[c]}_share"] = Measure(share, "share")
            each = ratio(self._contacts[c], self._orders[c])
            found[f"satisfaction.contacts_per_order.{CHANNELS[c]}"] = Measure(each, "1")
        return found


def met(plan: Plan) -> list[tuple[int, int]]:
    """Give the (milestone, channel) that may be, by the plan, whatever chance brings."""
    doers = [(a.milestone, r) for a in plan.activities if a.milestone >= 0 for r in a.doers]
    return sorted({(m, CHANNELS.index(plan.roles[r].channel)) for m, r in doers})
