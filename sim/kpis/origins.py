"""How opportunities came about, and what it took to begin a conversation each way."""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import NDArray

from sim.cost import head_usd
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import of, take
from sim.kpis.spending import Spending
from sim.kpis.work import Works
from sim.plan import COLD, INBOUND, ORIGINS, PROPOSITION, Plan
from sim.trace import Block, Event
from sim.worktime import HOUR_MS, YEAR_MS

_RECORDED = "recorded"


class Origins:
    """Opportunities, conversations and new customers by origin, and the work and money of beginning conversations.

    A conversation is the first finished task of kind persuasion in an opportunity. Work of an origin is that which
    brings conversations about, whoever does it: for inquiries all of kind marketing but for propositions, for
    propositions their campaigns', for cold calls the calls; referrals take none. Its money is these hours at the cost
    of an hour of whoever worked them, and what was spent on marketing, which goes to inquiries and propositions by
    their campaigns' shares. Recorded needs are inquiries under a name of their own.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._plan = plan
        self._works = Works(plan)
        self._spending = Spending(plan)
        self._journey = plan.needs.journey if plan.needs is not None else -1
        steps = plan.steps
        kinds = [plan.activities[s.activity].kind if s.activity >= 0 else "" for s in steps]
        self._opens = np.array([s.journey == self._journey for s in steps] + [False])
        self._talks = np.array([kind == "persuasion" for kind in kinds] + [False])
        self._of_work = np.array([_origin_of(plan, s.activity) for s in steps] + [-1])
        self._origin: dict[int, int] = {}
        self._next = (-1, INBOUND)
        self._talked: set[int] = set()
        self._counts = np.zeros((3, len(ORIGINS)), dtype=np.int64)
        self._hour_usd = [_hour_usd(plan, r) for r in range(len(plan.roles))]
        self._hours_ms = np.zeros((len(ORIGINS), len(plan.roles)), dtype=np.int64)
        self._touches = self._referrals = 0
        self._ended = (-1, INBOUND)

    def add(self, block: Block) -> None:
        """Fold the next block."""
        if self._journey >= 0:
            self._add_cases(block)
        self._add_work(block)
        self._spending.add(block)
        calls, referrals = self._inside(block, Event.CALL), self._inside(block, Event.REFER)
        self._touches += int(calls.value.sum())
        self._referrals += len(referrals.value)

    def _inside(self, block: Block, event: Event) -> Block:
        rows = of(block, event)
        return take(rows, (rows.time_ms >= self._lo) & (rows.time_ms < self._hi))

    def _add_cases(self, block: Block) -> None:
        """Follow opportunities from their first row to their end, in the order of the rows."""
        events = (Event.NEED, Event.ORIGIN, Event.BEGIN, Event.FINISH, Event.WON, Event.END)
        rows = of(block, *events)
        relevant: NDArray[np.bool_] = (rows.event == Event.NEED) & (rows.value == 1.0)
        relevant |= (rows.event == Event.ORIGIN) | (rows.event == Event.WON)
        relevant |= (rows.event == Event.FINISH) & self._talks[rows.step] & (rows.case >= 0)
        relevant |= ((rows.event == Event.BEGIN) | (rows.event == Event.END)) & self._opens[rows.step]
        rows = take(rows, np.flatnonzero(relevant))
        columns = (rows.time_ms, rows.event, rows.case, rows.account, rows.value)
        for time, event, case, account, value in zip(*(c.tolist() for c in columns), strict=True):
            self._follow(time, event, case, account, value)

    def _follow(self, time: int, event: int, case: int, account: int, value: float) -> None:
        if event == Event.NEED:
            self._next = (account, INBOUND)
        elif event == Event.ORIGIN:
            self._next = (account, int(value))
        elif event == Event.BEGIN:
            # Right after the row of a need that reached the company, or of an origin, its case begins.
            if account == self._next[0] >= 0:
                self._origin[case] = self._next[1]
                self._count(0, time, self._origin[case])
            self._next = (-1, INBOUND)
        elif case in self._origin:
            origin = self._origin[case]
            if event == Event.FINISH and case not in self._talked:
                self._talked.add(case)
                self._count(1, time, origin)
            elif event == Event.END:
                # Its consequences come right after an end: being won is known only then.
                self._ended = (case, self._origin.pop(case))
                self._talked.discard(case)
        elif event == Event.WON and case == self._ended[0]:
            self._count(2, time, self._ended[1])

    def _count(self, what: int, time: int, origin: int) -> None:
        if self._lo <= time < self._hi:
            self._counts[what, origin] += 1

    def _add_work(self, block: Block) -> None:
        mine = (block.event == Event.ABSENT) | (self._of_work[block.step] >= 0)
        work = self._works.add(take(block, np.flatnonzero(mine)))
        np.add.at(self._hours_ms, (self._of_work[work.rows.step], work.rows.role), work.worked_ms)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        plan = self._plan
        years = (self._hi - self._lo) / YEAR_MS
        spent = self._spending.usd_per_year()
        found: dict[str, Measure] = {}
        for o, origin in enumerate(ORIGINS):
            name = _RECORDED if o == INBOUND and plan.recorded_ms is not None else origin
            begun, talked, won = (ratio(int(n), years) for n in self._counts[:, o])
            hours = int(self._hours_ms[o].sum()) / HOUR_MS / years
            by_role = zip(self._hours_ms[o].tolist(), self._hour_usd, strict=True)
            usd = sum(ms / HOUR_MS / years * rate for ms, rate in by_role if ms) + spent * _money_share(plan, o)
            mine = {
                "opportunities_per_year": Measure(begun, "1/year"),
                "conversations_per_year": Measure(talked, "1/year"),
                "new_customers_per_year": Measure(won, "1/year"),
                "hours_per_year": Measure(hours, "h/year"),
                "usd_per_year": Measure(usd, "USD/year"),
                "conversations_per_1000_h": Measure(ratio(1000.0 * talked, hours), "1"),
                "conversations_per_1000_usd": Measure(ratio(1000.0 * talked, usd), "1"),
                "new_customers_per_1000_h": Measure(ratio(1000.0 * won, hours), "1"),
                "new_customers_per_1000_usd": Measure(ratio(1000.0 * won, usd), "1"),
            }
            found |= {f"{name}.{key}": value for key, value in mine.items()}
        found["cold.touches_per_year"] = Measure(ratio(self._touches, years), "1/year")
        found["referral.referrals_per_year"] = Measure(ratio(self._referrals, years), "1/year")
        return {f"origin.{name}": value for name, value in found.items()}


def _origin_of(plan: Plan, activity: int) -> int:
    """Give the origin whose conversations an activity brings about; -1 for none."""
    if activity < 0:
        return -1
    outreach = plan.outreach
    if activity == outreach.calls:
        return COLD
    for campaign in outreach.campaigns:
        if campaign.activity == activity:
            return PROPOSITION if campaign.proposition_ms else INBOUND
    return INBOUND if plan.activities[activity].kind == "marketing" else -1


def _money_share(plan: Plan, origin: int) -> float:
    """Give the share of marketing money that is an origin's."""
    if origin == INBOUND:
        return plan.outreach.inquiry_share
    return 1.0 - plan.outreach.inquiry_share if origin == PROPOSITION else 0.0


def _hour_usd(plan: Plan, role: int) -> float:
    """Give what an hour present of a role costs; 0 for machines, whose cost is not by the hour; nan if never open."""
    r = plan.roles[role]
    hours = r.calendar.worked(0, YEAR_MS) / HOUR_MS * (1.0 - r.absence)
    if r.machine:
        return 0.0
    return head_usd(r) / hours if hours > 0.0 else nan
