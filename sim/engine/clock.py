"""Time in integer milliseconds, and what waits for it; at one instant, everything has the order of `sim.order`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from simpy import Environment, Event, Process
from simpy.events import PENDING

from sim.order import LEAVE

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk


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
    consequences : deque of callable
        What follows for other companies from what happens, once that is over.
    """

    def __init__(self) -> None:
        super().__init__(initial_time=0)
        self._now: int = 0
        self.unsettled: list[Desk] = []
        self.consequences: deque[Callable[[], None]] = deque()
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
        unsettled, consequences = self.unsettled, self.consequences
        beat = 0
        while True:
            if unsettled and (not queue or queue[0][0] > self._now or queue[0][1] >= LEAVE):
                if len(unsettled) > 1:
                    unsettled.sort(key=_by_role)
                desks = unsettled.copy()
                unsettled.clear()
                for desk in desks:
                    desk.settle()
                    if consequences:
                        self._follow()
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
            if consequences:
                self._follow()
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
            if self.consequences:
                self._follow()

    def _follow(self) -> None:
        """Let consequences come about, in order, those of theirs included."""
        while self.consequences:
            self.consequences.popleft()()


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
