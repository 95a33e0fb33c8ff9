"""What the rows of a trace tell about the instant of one of them: who was open, who was busy, who waited."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.plan import Plan
from sim.trace import Block, Event
from sim.worktime import DAY_MS, HOUR_MS, WEEK_MS

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST = 12
"""People, tasks or rows of a case that are listed."""


def instant(ms: int) -> str:
    """Give an instant as week, day and time; weeks from 0."""
    week, rest = divmod(ms, WEEK_MS)
    day, rest = divmod(rest, DAY_MS)
    hour, rest = divmod(rest, HOUR_MS)
    minute, rest = divmod(rest, 60_000)
    return f"week {week} {DAYS[day]} {hour:02}:{minute:02}:{rest // 1000:02}.{rest % 1000:03}"


@dataclass(frozen=True)
class Surroundings:
    """One trace, seen from one of its rows.

    Attributes
    ----------
    plan : Plan
        What was run.
    rows : Block
        All rows.
    row : int
        The one in question; may be the number of rows, if there is none.
    """

    plan: Plan
    rows: Block
    row: int

    def worded(self, i: int) -> str:
        """Give a row in words."""
        b, plan = self.rows, self.plan
        event, case, account, step, role, person = (int(column[i]) for column in b[1:7])
        words = [f"#{i}", instant(int(b.time_ms[i])), Event(event).name.lower()]
        words += [f"case {case}"] if case >= 0 else []
        words += [f"account {account}"] if account >= 0 else []
        words += [self._step(step)] if step >= 0 else []
        words += [plan.persons[person].name] if person >= 0 else [plan.roles[role].name] if role >= 0 else []
        words += [f"since {instant(int(b.since_ms[i]))}"] if b.since_ms[i] >= 0 else []
        return "  ".join([*words, f"value {_exact(float(b.value[i]))}"])

    def _step(self, step: int) -> str:
        return f"{self.plan.journeys[self.plan.steps[step].journey].name}.{self.plan.steps[step].name}"

    def both(self, other: Surroundings) -> tuple[list[str], list[str]]:
        """Give the columns of the row in question as exact text, of this trace and another."""
        first, second = ([_exact(column[s.row].item()) for column in s.rows] for s in (self, other))
        return first, second

    def concerned(self) -> set[tuple[str, int]]:
        """Give the roles and cases that the row in question is about; roles that could do a step, if none is named."""
        if self.row >= len(self.rows.time_ms):
            return set()
        case, step, role = (int(column[self.row]) for column in (self.rows.case, self.rows.step, self.rows.role))
        activity = self.plan.steps[step].activity if step >= 0 else -1
        doing = self.plan.activities[activity].roles if role < 0 <= activity else ()
        roles = {role} if role >= 0 else {r for some in doing for r in some}
        return {("role", r) for r in roles} | ({("case", case)} if case >= 0 else set())

    def so_far(self, about: set[tuple[str, int]]) -> list[str]:
        """Tell what the rows before the one in question say: cases that are open, and who is busy with what."""
        began, ended = (int(np.count_nonzero(self.rows.event[: self.row] == e)) for e in (Event.BEGIN, Event.END))
        lines = [f"so far {began:,} cases began and {ended:,} ended: {began - ended:,} are open"]
        for kind, which in sorted(about):
            lines += self._case(which) if kind == "case" else self._people(which)
        return lines

    def _case(self, case: int) -> list[str]:
        found = np.flatnonzero(self.rows.case[: self.row] == case)[-MOST:]
        if not len(found):
            return [f"case {case} has no row before"]
        return [f"case {case} before:", *(f"    {self.worded(int(i))}" for i in found)]

    def _people(self, role: int) -> list[str]:
        b, plan = self.rows, self.plan
        moves = np.isin(b.event[: self.row], (Event.START, Event.FINISH, Event.STOP, Event.CANNOT))
        last = {int(b.person[i]): int(i) for i in np.flatnonzero(moves & (b.role[: self.row] == role))}
        seats = [i for i, person in enumerate(plan.persons) if person.role == role]
        busy = [i for i in seats if i in last and b.event[last[i]] == Event.START]
        today = (b.event[: self.row] == Event.ABSENT) & (b.since_ms[: self.row] // DAY_MS == self._now() // DAY_MS)
        away = [plan.persons[i].name for i in b.person[: self.row][today] if plan.persons[i].role == role]
        lines = [
            f"{plan.roles[role].name}: {len(busy)} of {len(seats)} busy; away today: {', '.join(away) or 'nobody'}"
        ]
        lines += [f"    {self.worded(last[i])}" for i in busy[:MOST]]
        return lines + ([f"    and {len(busy) - MOST} more"] if len(busy) > MOST else [])

    def _now(self) -> int:
        at = self.rows.time_ms[: self.row + 1]
        return int(at[-1]) if len(at) else 0

    def queues(self, about: set[tuple[str, int]]) -> list[str]:
        """Tell who waits in the queues of roles, as the rows that follow say: since when somebody waited."""
        b = self.rows
        after = np.arange(len(b.event)) >= self.row
        unserved = (b.event == Event.OPEN_TASK) & (b.person < 0)
        leaves = after & (np.isin(b.event, (Event.START, Event.LEAVE)) | unserved) & (b.since_ms <= self._now())
        lines = []
        for kind, role in sorted(about):
            if kind == "role":
                found = [int(i) for i in np.flatnonzero(leaves & (b.role == role))]
                first = sorted(found, key=lambda i: (int(b.since_ms[i]), i))[:MOST]
                waits = [f"case {b.case[i]} {self._step(int(b.step[i]))} since {instant(b.since_ms[i])}" for i in first]
                told = "; ".join(waits) + (f"; and {len(found) - MOST} more" if len(found) > MOST else "")
                lines.append(f"queue of {self.plan.roles[role].name}, as later rows tell: {told or 'nobody'}")
        return lines


def _exact(value: float) -> str:
    """Give a number so that no two are told alike, whichever of the undefined ones it is."""
    return repr(value) if value == value else f"nan {np.float64(value).view(np.int64).item():#x}"
