"""The rows of some blocks that follow one another, sorted by event once for all measures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.cases import Cases
from sim.kpis.inside import Journeys
from sim.kpis.opening import Openings
from sim.kpis.queued import Queued, Queues
from sim.kpis.rows import Ints, Rows
from sim.kpis.work import Work, Works
from sim.plan import Plan
from sim.trace import BLOCK_ROWS, Block, Event

_TOGETHER = (
    (Event.START, Event.LEAVE, Event.OPEN_TASK, Event.STOP, Event.FINISH),
    (Event.MILESTONE, Event.MISSED, Event.OPEN_MILESTONE),
    (Event.CUSTOMER, Event.STATE, Event.OPEN_ACCOUNT),
    (Event.WAIT, Event.OPEN_WAIT),
    (Event.END, Event.OPEN_CASE),
    (Event.DEPART, Event.OPEN_PERSON),
)
"""Events that are asked for together stand side by side, so that their rows need not be copied."""
_ASIDE = Event.CHOOSE
"""Many rows, hardly ever asked for: they stand last, and are looked up in the order of time. Their cases have begun."""
_SORTED = list(
    dict.fromkeys(
        [*(event for events in _TOGETHER for event in events), *(e for e in Event if e is not _ASIDE), _ASIDE]
    )
)
_RANK = np.argsort(_SORTED)


class Reader:
    """Makes batches of blocks; remembers what several measures need to know of earlier ones.

    Parameters
    ----------
    plan : Plan
        What was run.

    Attributes
    ----------
    cases : Cases
        Numbers of cases.
    openings : Openings
        When roles are open.
    """

    def __init__(self, plan: Plan) -> None:
        self.window_ms = plan.window_ms
        self.cases = Cases()
        self.openings = Openings([role.calendar for role in plan.roles], plan.horizon_ms)
        self.journeys = Journeys(plan)
        self.works = Works(plan)
        self.queues = Queues(plan, self.openings)

    def read(self, blocks: Sequence[Block], places: Ints | None = None) -> Batch:
        """Give the rows of the next blocks; blocks must come in order."""
        return Batch(blocks, self, places)


class Batch(Rows):
    """The rows of some blocks, one event after another, those of each event in the order of time.

    Parameters
    ----------
    blocks : sequence of Block
        At least one; rows in the order of time.
        One that is longer than `BLOCK_ROWS` stands for several.
    reader : Reader
        Of the run.
    places : ndarray of int64, optional
        The places of the rows event by event, those of each event in the order of time, if they are known.

    Attributes
    ----------
    blocks : int
        How many.
    cases : Cases
        Numbers of its cases.
    openings : Openings
        When roles are open.
    """

    def __init__(self, blocks: Sequence[Block], reader: Reader, places: Ints | None = None) -> None:
        self._blocks = blocks
        self._reader = reader
        self._sizes = [size for block in blocks for size in _sizes(len(block.event))]
        self.blocks = len(self._sizes)
        event = self.in_time("event")
        sizes = np.bincount(event, minlength=len(_SORTED))
        if places is None:
            places = np.argsort(event, kind="stable")
        ends = np.cumsum(sizes)
        self.place, self._aside = (
            np.concatenate([places[ends[e] - sizes[e] : ends[e]] for e in events])
            for events in (_SORTED[:-1], _SORTED[-1:])
        )
        super().__init__(None, slice(0, len(event)))
        self._edges = np.concatenate(([0], np.cumsum(sizes[_SORTED]))).tolist()
        self._picked: dict[tuple[int, ...], Rows] = {}
        self.openings = reader.openings
        self.cases = reader.cases
        self.number = self.cases.read(self.case, self.of(Event.BEGIN).case)
        self.cases.end(self.of(Event.END), int(self.in_time("time_ms")[-1]))

    def __getattr__(self, name: str) -> Any:
        """Sort a column."""
        if name == "index":
            column = np.arange(len(self.place))
        elif name == "event":
            column = np.repeat(_SORTED[:-1], np.diff(self._edges[:-1]))
        else:
            column = self.in_time(name)[self.place]
        self.__dict__[name] = column
        return column

    def forget(self) -> None:
        """Let go of all rows picked; nothing can be asked of the batch any more."""
        self.__dict__.clear()

    def in_time(self, name: str) -> NDArray[Any]:
        """Give a column in the order of time, in which `place` tells the places of rows."""
        if name == "block":
            return np.repeat(np.arange(self.blocks), self._sizes)
        parts = [getattr(block, name) for block in self._blocks]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def of(self, *events: Event) -> Rows:
        """Give the rows of some events, one event after another; those of `CHOOSE` of themselves alone."""
        found = self._picked.get(events)
        if found is None:
            found = _Aside(self, self._aside) if events == (_ASIDE,) else Rows(self, self._places(events))
            self._picked[events] = found
        return found

    def now(self, event: Event) -> Rows:
        """Give those rows of an event that lie in the window."""
        key = (-1, event)
        found = self._picked.get(key)
        if found is None:
            found = self._picked[key] = self.of(event).between(*self._reader.window_ms)
        return found

    def merged(self, *parts: Rows) -> Rows:
        """Put rows of several events into the order of time."""
        index, place = (np.concatenate([getattr(part, name) for part in parts]) for name in ("index", "place"))
        return Rows(self, index[np.argsort(place, kind="stable")])

    def _places(self, events: tuple[Event, ...]) -> NDArray[Any] | slice:
        parts = [(self._edges[_RANK[e]], self._edges[_RANK[e] + 1]) for e in events]
        parts = [(a, b) for a, b in parts if a < b]
        if not parts:
            return slice(0, 0)
        if all(b == a for (_, b), (a, _) in pairwise(parts)):
            return slice(parts[0][0], parts[-1][1])
        return np.concatenate([np.arange(a, b) for a, b in parts])

    @cached_property
    def journeys(self) -> Journeys:
        """Whose time rows are part of."""
        self._reader.journeys.begin(self)
        return self._reader.journeys

    @cached_property
    def work(self) -> Work:
        """The tasks that were in somebody's hands."""
        return self._reader.works.add(self)

    def worked_ms(self, role: int, person: int, a: int, b: int) -> int:
        """Give the ms a person is at work in [a, b)."""
        return self._reader.works.between(role, person, a, b)

    @cached_property
    def queued(self) -> Queued:
        """The stretches of time in queues."""
        return self._reader.queues.add(self)


class _Aside(Rows):
    """Rows of a batch that are not among its sorted ones, by their places in the order of time."""

    def __init__(self, batch: Batch, place: Ints) -> None:
        super().__init__(batch, place)
        self.place = place

    def __getattr__(self, name: str) -> Any:
        """Pick a column."""
        if name == "number":
            column: Any = self._source.cases.numbers(self.case)
        elif name == "index":
            raise AttributeError(name)
        else:
            column = self._source.in_time(name)[self.place]
        self.__dict__[name] = column
        return column


def _sizes(rows: int) -> list[int]:
    """Give how many rows each of the blocks has that stand as one."""
    whole, rest = divmod(rows, BLOCK_ROWS)
    return [BLOCK_ROWS] * whole + [rest] * bool(rest)
