"""A sample of needs, each with the marks, the account and the customer that its address gives it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.draws import absorb_array, key_of, uniforms, word_of
from sim.load.cases import Cases
from sim.load.drawn import Keys, Places, drawn, windows_ms
from sim.marks import CONTACT, LUCK
from sim.plan import COLD, INBOUND, Plan, PlanMark, PlanStream
from sim.portable import power

_AGE = word_of("age of an open need")
_NEAR = 1e-9


class Needs:
    """A sample of the needs of a stream in a segment, the same whenever it is walked.

    Parameters
    ----------
    plan : Plan
        Market and design.
    stream : PlanStream
        Of that plan.
    segment : int
        By the plan's indices.
    size : int
        Needs in the sample.
    reference : float
        Share of prospects' needs reached at which the chances of marks hold as stated.
    """

    def __init__(self, plan: Plan, stream: PlanStream, segment: int, size: int, reference: float) -> None:
        self.size = size
        self._plan = plan
        self._stream = stream
        self._segment = segment
        self._reference = reference
        self._key: Keys = absorb_array(key_of(0, 0, word_of("load"), stream.word, segment), np.arange(size))
        falls = [m for m in stream.marks if m.chance and m.falls > 0.0 and reference > 0.0 and stream is plan.needs]
        self._falling = {mark.register: self._u(mark.word) for mark in falls}
        self._place = self._u(CONTACT)
        self._follows = self._followed()
        self._journey = np.full(size, stream.journey)
        for practice, journey in reversed(stream.variants):
            self._journey[self._follows[practice]] = journey
        self._window_ms = np.empty(size)
        for journey in np.unique(self._journey).tolist():
            mine = self._journey == journey
            self._window_ms[mine] = windows_ms(plan, journey, self._key[mine], np.full(mine.sum(), segment))

    def cases(self, row: Places, some: Places, origin: int, holding: NDArray[np.bool_]) -> Cases:
        """Give the cases of some of the needs when the company hears of them.

        Parameters
        ----------
        row : ndarray of int, (m,)
            Their rows.
        some : ndarray of int, (m,)
            Their places in the sample.
        origin : int
            How the company hears of them.
        holding : ndarray of bool, (marks, m)
            As `holding` gives it.
        """
        plan = self._plan
        begins = np.array([j.first for j in plan.journeys])[self._journey[some]]
        cases = Cases.of(
            plan,
            begins=begins if origin == INBOUND else np.full(len(some), self.first(origin)),
            row=row,
            segment=np.full(len(some), self._segment),
            key=self._key[some],
            registers=self._registers(some, holding),
            follows=self._follows[:, some],
            window_ms=self._window_ms[some],
        )
        cases.timed[:] = self._stream is plan.needs
        if origin == COLD:
            # Found at any time of its window.
            open_ms = np.where(np.isfinite(cases.window_ms), cases.window_ms, 0.0)
            cases.elapsed_ms = open_ms * self._u(_AGE)[some]
        return cases

    def first(self, origin: int) -> int:
        """Give the step at which those begin that the company hears of in some way."""
        journey = self._plan.journeys[self._stream.journey]
        return journey.first if origin == INBOUND else journey.entries[origin][0]

    def likelihood(self, origin: int) -> NDArray[np.float64]:
        """Give how likely each need is to be met, over the mean: where calls find it, by how long its window is."""
        window = self._plan.journeys[self._stream.journey].window
        if origin != COLD or window < 0:
            return np.ones(self.size)
        return self._window_ms / self._plan.named_laws[window][self._segment].mean

    def holding(self, share: float, origin: int) -> NDArray[np.bool_]:
        """Tell which of the marks that fall with contact hold, (marks, needs), if a share of needs is reached.

        A need's place along the share of needs reached: below it what comes by itself, the rest above.
        """
        contact = share * self._place if origin == INBOUND else share + (1.0 - share) * self._place
        found = np.empty((len(self._falling), self.size), dtype=bool)
        marks = [mark for mark in self._stream.marks if mark.register in self._falling]
        for i, mark in enumerate(marks):
            found[i] = self._holds(mark, self._falling[mark.register], contact)
        return found

    def _holds(self, mark: PlanMark, u: NDArray[np.float64], contact: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell where a mark holds: as `sim.marks.draw_marks`."""
        stated = mark.chance[self._segment]
        if not contact.any():
            return u < stated
        chance = stated * ((1.0 - mark.falls) * (contact / self._reference) ** -mark.falls)
        holds = u < chance
        # The power of all platforms decides where numpy's, which may differ in the last bits, could be wrong.
        for n in np.flatnonzero(np.abs(u - chance) < _NEAR).tolist():
            exact = stated * ((1.0 - mark.falls) * power(float(contact[n]) / self._reference, -mark.falls))
            holds[n] = u[n] < exact
        return holds

    def _registers(self, some: Places, holding: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Draw the marks of needs and of their accounts, (registers, needs): as `sim.marks` does."""
        plan, stream, segment, key = self._plan, self._stream, self._segment, self._key[some]
        found = np.zeros((len(plan.registers), len(some)))
        if plan.luck >= 0:
            found[plan.luck] = uniforms(absorb_array(key, LUCK))
        known = dict(zip(self._falling, holding, strict=True))
        for mark in stream.marks:
            u = uniforms(absorb_array(key, mark.word))
            if mark.register in known:
                found[mark.register] = known[mark.register]
            elif mark.chance:
                found[mark.register] = u < mark.chance[segment]
            elif mark.by >= 0:
                yes = found[mark.by] > 0.0
                found[mark.register, yes] = drawn(mark.law[0], u[yes])
                found[mark.register, ~yes] = drawn(mark.law[1], u[~yes])
            else:
                found[mark.register] = drawn(mark.law[segment], u)
        for each in plan.account_marks:
            found[each.register] = uniforms(absorb_array(key, each.word)) < each.chance[segment]
        if stream.practice >= 0 and plan.goodwill >= 0:
            found[plan.goodwill] += plan.practices[stream.practice].openness
        return found

    def _followed(self) -> NDArray[np.bool_]:
        """Draw the practices offered that accounts follow, (practices, needs), as many as at t=0; prospects none."""
        practices, segment = self._plan.practices, self._segment
        found = np.zeros((len(practices), self.size), dtype=bool)
        for i, practice in enumerate(practices):
            if practice.offered and i != self._stream.practice and self._stream is not self._plan.needs:
                found[i] = self._u(practice.word) < practice.eligible[segment] * practice.at_start[segment]
        return found

    def _u(self, word: int) -> NDArray[np.float64]:
        """Give a uniform of each need."""
        return uniforms(absorb_array(self._key, word))
