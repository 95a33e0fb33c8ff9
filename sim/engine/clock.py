"""Time in integer milliseconds and the order of what happens at one instant.

At one instant, in this order, and by hash of the case (or account, or person) within each class, never by the order
in which things were scheduled:

1. completions of work;
2. shift changes and the weekly grid;
3. arrivals, ended waits and the births of cases, each running its case forward until it blocks;
4. one dispatch round: roles in listed order, each role's rule picks the task, the longest idle person gets it, until
   no pair is left;
5. leaving: patience that ends and windows that pass.

Work of zero length completes at the same instant, that is, in class 1 of a new round; a person freed by class 5 or a
case moved on by it is dispatched at the same instant, after all of class 5. Who is due to leave at the instant at which
a person frees is served.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from simpy import Environment, Event, Process
from simpy.events import PENDING

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk

COMPLETION, SHIFT, ARRIVAL, LEAVE = (c << 60 for c in range(4))
"""Classes of an instant, as the upper bits of a heap key; the lower 60 bits are `rank` of an address."""


CHANGE, GRID, STAFF, SPENDING, OPENING = range(5)
"""Ranks within class 2 of what is nobody's in particular: a new design, customers who leave, people who leave and come,
money spent, openings; before all that has the rank of an address."""


def rank(key: int) -> int:
    """Give the place within a class: the upper 60 bits of a 64-bit address key."""
    return key >> 4


def _by_role(desk: Desk) -> int:
    return desk.place


class Clock(Environment):
    """A SimPy environment whose queue is ordered by (time, class and rank); it dispatches between classes 3 and 4.

    Attributes
    ----------
    now : int
        Milliseconds since t=0.
    unsettled : list of Desk
        Desks at which somebody entered the queue or came free since the last dispatch round.
    """

    def __init__(self) -> None:
        super().__init__(initial_time=0)
        self._now: int = 0
        self.unsettled: list[Desk] = []
        self.birth = 0
        self._serial = 0
        self.at_once = Gate(self)
        self.taken_away = Gate(self)
        self.taken_away._value = True

    def schedule(self, event: Event, priority: Any = 1, delay: Any = 0) -> None:
        """Queue an event of SimPy's own: the birth of a process, at `birth`, or its end, if somebody waits for it."""
        if event.callbacks or not event._ok:
            self._serial += 1
            heappush(self._queue, (self._now + delay, self.birth, self._serial, event))  # type: ignore[misc]

    def run_until(self, horizon_ms: int, between: Callable[[], None]) -> None:
        """Let everything happen that happens before the horizon.

        Parameters
        ----------
        horizon_ms : int
            The end, itself not included.
        between : callable
            Called now and then, between two happenings, to hand on what has piled up.
        """
        queue: Any = self._queue
        unsettled = self.unsettled
        beat = 0
        while True:
            if unsettled and (not queue or queue[0][0] > self._now or queue[0][1] >= LEAVE):
                if len(unsettled) > 1:
                    unsettled.sort(key=_by_role)
                desks = unsettled.copy()
                unsettled.clear()
                for desk in desks:
                    desk.settle()
                continue
            if not queue or queue[0][0] >= horizon_ms:
                break
            self._now, key, _, event = heappop(queue)
            if key >= LEAVE:
                self._let_leave(event)
                continue
            callbacks, event.callbacks = event.callbacks, None
            for callback in callbacks:
                callback(event)
            if not event._ok and not hasattr(event, "_defused"):
                raise event._value
            beat += 1
            if beat & 0xFFF == 0:
                between()
        self._now = horizon_ms

    def _let_leave(self, first: Event) -> None:
        """Let all leave who are due to at this instant; what they set free, or move on to, comes after all of them."""
        queue: Any = self._queue
        leaving: list[Any] = [first]
        while queue and queue[0][0] == self._now:
            leaving.append(heappop(queue)[3])
        for event in leaving:
            callbacks, event.callbacks = event.callbacks or [], None
            for callback in callbacks:
                callback(event)


class Life(Process):
    """A process that takes its first step at once: what starts it stands at its place in the instant already."""

    def __init__(self, clock: Clock, steps: Generator[simpy.Event, Any, None]) -> None:
        self.env = clock
        self.callbacks = []
        self._value = PENDING
        self._generator = steps
        self._resume(clock.at_once)


class Moment(Event):
    """An instant that a process waits for, or at which something is called."""

    def __init__(self, clock: Clock, time_ms: int, key: int, call: Callable[[Event], None] | None = None) -> None:
        self.env = clock
        self.callbacks = [] if call is None else [call]
        self._value = None
        self._ok = True
        clock._serial += 1
        heappush(clock._queue, (time_ms, key, clock._serial, self))  # type: ignore[misc]


class Gate(Event):
    """A hand-over: the one who waits here goes on at once when it opens; it can be used again."""

    def __init__(self, clock: Clock) -> None:
        self.env = clock
        self.callbacks = []
        self._ok = True
        self._value = None

    def open(self, value: Any) -> None:
        """Let the waiting process go on with `value`."""
        self._value = value
        self.callbacks.pop()(self)
