"""What commission is paid for, and what people do for it."""

from __future__ import annotations

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.opening import open_before
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Floats, Ints, Rows, add_floats
from sim.kpis.spread import variation
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import DAY_MS, HOUR_MS, YEAR_MS


class Commission:
    """Commission paid in the window, by role.

    Parameters
    ----------
    plan : Plan
        What was run.

    Attributes
    ----------
    usd : ndarray of float64, shape (roles,)
        Paid in the window, without overhead.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self.usd = np.zeros(len(plan.roles))

    def add(self, batch: Batch) -> Rows:
        """Fold the next batch; give its payments of the window."""
        paid = batch.now(Event.PAY)
        add_floats(self.usd, paid, paid.role, paid.value)
        return paid

    def usd_per_year(self) -> Floats:
        """Give what was paid a year, by role."""
        years = (self._hi - self._lo) / YEAR_MS
        per_year: Floats = self.usd / years
        return per_year


class Pay:
    """Commission by role, on what, and what waited meanwhile; nothing of roles that earn none.

    Remembers, beside unfinished cases, the span of every transaction and every wait for persuasion of roles that earn
    commission: 24 bytes each.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._roles = [r for r, role in enumerate(plan.roles) if role.commission]
        self._commission = Commission(plan)
        kinds = [plan.activities[s.activity].kind if s.activity >= 0 else "" for s in plan.steps]
        self._persuades = np.array([*(kind == "persuasion" for kind in kinds), False])
        self._persuaded = np.empty(0, dtype=np.bool_)
        self._by_person = np.zeros(len(plan.persons))
        self._unpersuaded_usd = np.zeros(len(plan.roles))
        self._conflicts = {r: _Conflict(plan, r, self._persuades) for r in self._roles}

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._roles:
            return
        done = batch.of(Event.FINISH)
        done = done.where(self._persuades[done.step] & (done.case >= 0))
        self._persuaded = batch.cases.carried(self._persuaded, False)
        self._persuaded[done.number] = True
        paid = self._commission.add(batch)
        add_floats(self._by_person, paid, paid.person, paid.value)
        free = paid.where(~self._persuaded[paid.number])
        add_floats(self._unpersuaded_usd, free, free.role, free.value)
        for conflict in self._conflicts.values():
            conflict.add(batch)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        years = (self._plan.window_ms[1] - self._plan.window_ms[0]) / YEAR_MS
        paid = self._commission.usd_per_year()
        found = {}
        for r in self._roles:
            role, usd, free_usd = self._plan.roles[r], float(paid[r]), float(self._unpersuaded_usd[r]) / years
            people = [i for i, person in enumerate(self._plan.persons) if person.role == r]
            at = f"pay.{role.name}"
            found[f"{at}.commission_usd_per_year"] = Measure(usd, "USD/year")
            found[f"{at}.commission_of_target"] = Measure(ratio(usd, role.headcount * role.variable_usd), "share")
            found[f"{at}.spread"] = Measure(variation(self._by_person[people]), "1")
            found[f"{at}.unpersuaded_usd_per_year"] = Measure(free_usd, "USD/year")
            found[f"{at}.unpersuaded_share"] = Measure(ratio(free_usd, usd), "share")
            names = ("transactions", "transactions_while_persuasion_waits", "transactions_while_own_persuasion_waits")
            for name, ms in zip(names, self._conflicts[r].result(), strict=True):
                found[f"{at}.{name}_h_per_year"] = Measure(ms / HOUR_MS / years, "h/year")
        return found


class _Conflict:
    """Work of one role on transactions, and persuasion that waits for it.

    Parameters
    ----------
    plan : Plan
        What was run.
    role : int
        Which role.
    persuades : ndarray of bool
        Steps of persuasion.
    """

    def __init__(self, plan: Plan, role: int, persuades: Flags) -> None:
        self._role = role
        self._window = plan.window_ms
        self._calendar = plan.roles[role].calendar
        self._books = plan.roles[role].books
        kinds = [plan.activities[s.activity].kind if s.activity >= 0 else "" for s in plan.steps]
        self._transacts = np.array([*(kind == "transaction" for kind in kinds), False])
        self._awaits = persuades | _right_before_persuasion(plan)
        self._work, self._waits = _Spans(), _Spans()
        self._absent: set[tuple[int, int]] = set()

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        away = self._mine(batch, Event.ABSENT)
        self._absent.update(zip(away.person.tolist(), (away.since_ms // DAY_MS).tolist(), strict=True))
        gone = self._mine(batch, Event.LEAVE, Event.OPEN_TASK)
        for waited in (self._mine(batch, Event.START), gone.where(gone.person < 0)):
            self._waits.add(waited.where(self._awaits[waited.step] & (waited.since_ms < waited.time_ms)))
        lo, hi = self._window
        done = self._mine(batch, Event.OPEN_TASK, Event.STOP, Event.FINISH)
        done = done.where(done.event != Event.STOP)
        mine = self._transacts[done.step] & (done.person >= 0) & (done.time_ms > lo) & (done.since_ms < hi)
        if self._books:
            mine &= done.account >= 0
        self._work.add(done.where(mine))

    def _mine(self, batch: Batch, *events: Event) -> Rows:
        rows = batch.of(*events)
        return rows.where(rows.role == self._role)

    def result(self) -> tuple[int, int, int]:
        """Give ms of transactions; of these while persuasion waits for anybody of the role, and for the same person."""
        since, time, person = self._work.columns()
        since, time = np.maximum(since, self._window[0]), np.minimum(time, self._window[1])
        wait_since, wait_until, waits_for = self._waits.columns()
        always = np.array([0]), np.array([self._window[1]])
        total = self._during(since, time, person, always)
        of_role = self._during(since, time, person, _union(wait_since, wait_until))
        of_person = 0
        for who in np.unique(person).tolist():
            work, waits = person == who, waits_for == who
            spans = _union(wait_since[waits], wait_until[waits])
            of_person += self._during(since[work], time[work], person[work], spans)
        return total, of_role, of_person

    def _during(self, since: Ints, time: Ints, person: Ints, spans: tuple[Ints, Ints]) -> int:
        """Give the ms that people are at work in [since, time) and in some spans that do not overlap."""
        starts, ends = spans
        if not len(starts):
            return 0
        opened = self._open_before(starts)
        before = np.concatenate(([0], np.cumsum(self._open_before(ends) - opened)))

        def until(t: Ints) -> Ints:
            i = np.searchsorted(starts, t, side="right") - 1
            inside = before[i] + self._open_before(np.minimum(t, ends[i])) - opened[i]
            found: Ints = np.where(i >= 0, inside, 0)
            return found

        total = int((until(time) - until(since)).sum())
        for n in np.flatnonzero(since // DAY_MS != time // DAY_MS).tolist():
            for day in range(int(since[n]) // DAY_MS, int(time[n]) // DAY_MS + 1):
                if (int(person[n]), day) in self._absent:
                    edges = np.clip(np.array([day, day + 1]) * DAY_MS, since[n], time[n])
                    total -= int(np.diff(until(edges))[0])
        return total

    def _open_before(self, t: Ints) -> Ints:
        return t if self._calendar.is_always else open_before(self._calendar, t)


class _Spans:
    """Spans of time of people, -1 for nobody, collected batch by batch."""

    def __init__(self) -> None:
        self._parts: list[tuple[Ints, Ints, Ints]] = []

    def add(self, rows: Rows) -> None:
        """Add what rows end."""
        if len(rows.step):
            self._parts.append((rows.since_ms, rows.time_ms, rows.person.astype(np.int64)))

    def columns(self) -> tuple[Ints, Ints, Ints]:
        """Give since, time and person of all of them, in row order."""
        if not self._parts:
            none = np.empty(0, dtype=np.int64)
            return none, none, none
        since, time, person = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        return since, time, person


def _right_before_persuasion(plan: Plan) -> Flags:
    """Tell which steps are done right before persuasion and before nothing else: the wait for it is theirs."""
    found = np.zeros(len(plan.steps) + 1, dtype=np.bool_)
    users: dict[int, set[bool]] = {}
    for activity in plan.activities:
        for step, _, _ in activity.lead_ins:
            users.setdefault(step, set()).add(activity.kind == "persuasion")
    found[[step for step, persuasion in users.items() if persuasion == {True}]] = True
    return found


def _union(since: Ints, until: Ints) -> tuple[Ints, Ints]:
    """Give the same spans without overlap, in order."""
    order = np.argsort(since, kind="stable")
    since, until = since[order], np.maximum.accumulate(until[order])
    if not len(since):
        return since, until
    first = np.concatenate(([True], since[1:] > until[:-1]))
    last = np.concatenate((first[1:], [True]))
    return since[first], until[last]
