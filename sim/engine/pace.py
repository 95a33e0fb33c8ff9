"""What makes people faster or slower: practice, knowing the account, being paid for it, other cases open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.rules import familiar, juggled, kept, paid, practiced, ramped, tie_share
from sim.worktime import WEEK_MS

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.clock import Clock
    from sim.engine.person import Person
    from sim.plan import PlanActivity, PlanPeople


class Remembered:
    """An amount that fades with time and grows when something is done.

    Parameters
    ----------
    amount : float
        At `at_ms`.
    at_ms : int
        When it was last written down.
    """

    __slots__ = ("amount", "at_ms")

    def __init__(self, amount: float, at_ms: int) -> None:
        self.amount = amount
        self.at_ms = at_ms

    def now(self, now_ms: int, half_life_weeks: float) -> float:
        """Give what is left of it."""
        return kept(self.amount, (now_ms - self.at_ms) / WEEK_MS, half_life_weeks)

    def add_one(self, now_ms: int, half_life_weeks: float) -> None:
        """Add one to what is left."""
        self.amount = self.now(now_ms, half_life_weeks) + 1.0
        self.at_ms = now_ms


class Pace:
    """How fast and well each person works, by what happened before in this run and what is paid for.

    Everybody joins with the reference practice in everything. Ties of accounts are to people and to the firm.

    Parameters
    ----------
    clock : Clock
        For the time.
    people : PlanPeople
        How much each mechanism does.
    """

    def __init__(self, clock: Clock, people: PlanPeople) -> None:
        self._clock = clock
        self._people = people
        self._practice: dict[tuple[Person, str], Remembered] = {}
        self._ties: dict[int, dict[Person, Remembered]] = {}
        self._firm: dict[int, Remembered] = {}

    def effort(self, person: Person, case: Case, activity: PlanActivity) -> float:
        """Give the factor by which effort differs from that of the law."""
        p, now = self._people, self._clock._now
        factor = 1.0
        if person.ramp_weeks > 0.0:
            factor *= ramped((now - person.joined_ms) / WEEK_MS, person.ramp_weeks, p.ramp_start)
        if p.practice_exponent > 0.0 and activity.practiced >= 0.0:
            done = self._done(person, activity).now(now, p.practice_half_life_weeks)
            factor *= practiced(done, activity.practiced, p.practice_exponent)
        if p.familiar_effort > 0.0:
            factor *= 1.0 - p.familiar_effort * self.familiarity(person, case)
        if p.incentive_effort > 0.0:
            factor *= paid(person.role.paid_share[case.step.activity], p.incentive_effort)
        if p.juggling_per_case > 0.0:
            cases = person.open_cases + (case.last_person is not person)
            factor *= juggled(float(cases), p.juggling_per_case, p.juggling_cap)
        return factor

    def _done(self, person: Person, activity: PlanActivity) -> Remembered:
        return self._practice.setdefault((person, activity.name), Remembered(activity.practiced, person.joined_ms))

    def skill(self, person: Person, case: Case) -> float:
        """Give the factor by which knowing the account helps to persuade."""
        return 1.0 + self._people.familiar_persuasion * self.familiarity(person, case)

    def quality(self, person: Person, case: Case) -> float:
        """Give the factor on quality that leaves out the defects which knowing the account avoids."""
        return 1.0 / (1.0 - self._people.familiar_defects * self.familiarity(person, case))

    def familiarity(self, person: Person, case: Case) -> float:
        """Give how well a person knows the account of a case, 0 to 1."""
        tie = self._ties.get(case.account_index, {}).get(person)
        if tie is None:
            return 0.0
        return familiar(tie.now(self._clock._now, self._people.tie_half_life_weeks), self._people.half_tie)

    def tie_share(self, account: int, person: Person) -> float:
        """Give the share that a person has in the ties of an account."""
        now, half_life = self._clock._now, self._people.tie_half_life_weeks
        ties = self._ties.get(account, {})
        if person not in ties:
            return 0.0
        total = sum(ties[p].now(now, half_life) for p in sorted(ties, key=lambda p: p.index))
        firm = self._firm[account].now(now, half_life) if account in self._firm else 0.0
        return tie_share(ties[person].now(now, half_life), total, firm)

    def bind(self, account: int, person: Person, contacts: float) -> None:
        """Tie an account to a person as by so many contacts."""
        if contacts > 0.0:
            self._ties.setdefault(account, {})[person] = Remembered(contacts, self._clock._now)

    def bind_firm(self, account: int, touches: float) -> None:
        """Tie an account to the firm as by so many good touches."""
        if touches > 0.0:
            self._firm[account] = Remembered(touches, self._clock._now)

    def pleased(self, account: int) -> None:
        """Remember a touchpoint at least as good as is thought of everybody."""
        now = self._clock._now
        self._firm.setdefault(account, Remembered(0.0, now)).add_one(now, self._people.tie_half_life_weeks)

    def forget(self, person: Person) -> None:
        """Forget the ties to a person who has left."""
        for ties in self._ties.values():
            ties.pop(person, None)

    def did(self, person: Person, case: Case, activity: PlanActivity) -> None:
        """Remember that a person has done one more piece, and met the customer if present."""
        p, now = self._people, self._clock._now
        if p.practice_exponent > 0.0 and activity.practiced >= 0.0:
            self._done(person, activity).add_one(now, p.practice_half_life_weeks)
        if activity.customer_present and case.account_index >= 0:
            tie = self._ties.setdefault(case.account_index, {}).setdefault(person, Remembered(0.0, now))
            tie.add_one(now, p.tie_half_life_weeks)
