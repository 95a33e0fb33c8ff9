"""How opportunities came about, and what it took to begin a conversation each way."""

from __future__ import annotations

from math import nan

import numpy as np

from sim.cost import head_usd
from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, Rows, counts, first_of_each
from sim.kpis.spending import Spending
from sim.plan import COLD, INBOUND, ORIGINS, PROPOSITION, Plan
from sim.trace import Event
from sim.worktime import HOUR_MS, YEAR_MS

NONE = -1
"""Nothing is known of where a case comes from."""

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
        self._spending = Spending(plan)
        self._journey = plan.needs.journey if plan.needs is not None else -1
        steps = plan.steps
        kinds = [plan.activities[s.activity].kind if s.activity >= 0 else "" for s in steps]
        self._opens = np.array([s.journey == self._journey for s in steps] + [False])
        self._talks = np.array([kind == "persuasion" for kind in kinds] + [False])
        self._of_work = np.array([_origin_of(plan, s.activity) for s in steps] + [-1])
        self._next = (-1, INBOUND)
        self._origin = np.empty(0, dtype=np.int64)
        self._talked = np.empty(0, dtype=np.bool_)
        self._counts = np.zeros((3, len(ORIGINS)), dtype=np.int64)
        self._hour_usd = [_hour_usd(plan, r) for r in range(len(plan.roles))]
        self._worked_ms = np.zeros((len(plan.roles), len(plan.steps)), dtype=np.int64)
        self._touches = self._referrals = 0
        self._ended = (-1, NONE)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if self._journey >= 0:
            self._origin = batch.cases.carried(self._origin, NONE)
            self._talked = batch.cases.carried(self._talked, False)
            self._add_begun(batch)
            self._add_talked(batch)
            self._add_won(batch)
        self._worked_ms += batch.work.by_step_ms
        self._spending.add(batch)
        self._touches += int(batch.now(Event.CALL).value.sum())
        self._referrals += len(batch.now(Event.REFER))

    def _count(self, what: int, rows: Rows, origin: Ints) -> None:
        now = (rows.time_ms >= self._lo) & (rows.time_ms < self._hi)
        self._counts[what] += counts(origin[now], len(ORIGINS))

    def _add_begun(self, batch: Batch) -> None:
        """Add the cases that begin right after the row of a need that reached the company, or of an origin."""
        needs, begun = batch.of(Event.NEED), batch.of(Event.BEGIN)
        begun = begun.where(self._opens[begun.step])
        rows = batch.merged(needs.where(needs.value == 1.0), batch.of(Event.ORIGIN), begun)
        if not len(rows):
            return
        begins = rows.event == Event.BEGIN
        account = np.where(begins, -1, rows.account)
        origin = np.where(rows.event == Event.ORIGIN, rows.value, INBOUND).astype(np.int64)
        last, self._next = self._next, (int(account[-1]), int(origin[-1]))
        account, origin = (
            np.concatenate(([one], column[:-1])) for one, column in zip(last, (account, origin), strict=True)
        )
        known = begins & (account == rows.account) & (account >= 0)
        begun = rows.where(known)
        self._origin[begun.number] = origin[known]
        self._count(0, begun, origin[known])

    def _add_talked(self, batch: Batch) -> None:
        """Add the first talk of each."""
        rows = batch.of(Event.FINISH)
        rows = rows.where(self._talks[rows.step] & (rows.case >= 0))
        rows = rows.where((self._origin[rows.number] != NONE) & ~self._talked[rows.number])
        rows = rows.take(first_of_each(rows.number, len(batch.cases)))
        self._talked[rows.number] = True
        self._count(1, rows, self._origin[rows.number])

    def _add_won(self, batch: Batch) -> None:
        """Add those that are won: consequences come right after an end, so that being won is known only then."""
        ended, won = batch.of(Event.END), batch.of(Event.WON)
        ended = ended.where(self._opens[ended.step] & (self._origin[ended.number] != NONE))
        case = np.concatenate(([self._ended[0]], ended.case))
        origin = np.concatenate(([self._ended[1]], self._origin[ended.number]))
        last = np.searchsorted(ended.place, won.place)
        mine = (case[last] == won.case) & (origin[last] != NONE)
        self._count(2, won.where(mine), origin[last][mine])
        self._ended = int(case[-1]), int(origin[-1])

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        plan = self._plan
        years = (self._hi - self._lo) / YEAR_MS
        spent = self._spending.usd_per_year()
        found: dict[str, Measure] = {}
        for o, origin in enumerate(ORIGINS):
            name = _RECORDED if o == INBOUND and plan.recorded_ms is not None else origin
            begun, talked, won = (ratio(int(n), years) for n in self._counts[:, o])
            worked_ms = self._worked_ms[:, self._of_work[:-1] == o].sum(axis=1)
            hours = int(worked_ms.sum()) / HOUR_MS / years
            by_role = zip(worked_ms.tolist(), self._hour_usd, strict=True)
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
