"""The door to the compiled engine: lay out the memory, run, hand on the rows, make room where it is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import memory as w
from sim.compiled.loop import MORE_ROOM
from sim.compiled.loop import run as run_on
from sim.compiled.lower import memory_of
from sim.compiled.store import FullError
from sim.compiled.turns import CirclesError, DescendsError
from sim.plan import Plan
from sim.run_error import RunError
from sim.trace import BLOCK_ROWS, Block, Trace

_EVENT = Block._fields.index("event")
_WORDS, _EVENTS, _ROWS = 1 << 20, 1 << 13, 4 * BLOCK_ROWS
"""Room to begin with; what is never touched costs nothing, and of rows it is for more than one block, which alone are
handed on. Where much lives there is room for more rows, since all that
lives is copied whenever the rows are handed on."""


def run(plans: Sequence[Plan], seed: int, replication: int, traces: Sequence[Trace]) -> None:
    """Run one replication into the traces of all companies of the market.

    Parameters
    ----------
    plans : sequence of Plan
        By company; such of which nothing is `uncovered`.
    seed, replication : int
        The address of all chance in this run.
    traces : sequence of Trace
        Where rows go, by company.

    Raises
    ------
    RunError
        If a case goes in circles, or cases start one another without end.
    """
    m = memory_of(plans, seed, replication, 0)
    state = _with_room(m, None, _WORDS, _EVENTS, max(len(plans) * _ROWS, len(m) // w.COLUMNS // 4))
    before = _Before(state)
    begins = True
    while True:
        try:
            if run_on(state.m, state.f, begins) != MORE_ROOM:
                break
        except FullError:
            m = before.restored()
            sizes = 2 * int(m[w.MOST_WORDS]), 2 * int(m[w.MOST_EVENTS]), 2 * int(m[w.MOST_ROWS])
            state = _with_room(m, state, *sizes)
        except CirclesError:
            raise RunError.circles(*_where(plans, state)) from None
        except DescendsError:
            raise RunError.descends(*_where(plans, state)) from None
        else:
            begins = False
            _hand_on(state, traces)
            state = _enlarged(state)
        before = before.taken_anew(state)
    _hand_on(state, traces)
    for company, trace in enumerate(traces):
        rows = _rows_of(state, company, len(traces))
        if len(rows[0]):
            trace.take(rows)
        trace.close()


def can_keep() -> bool:
    """Whether what is compiled here can be kept for other processes."""
    return run_on.can_keep()


def is_ready() -> bool:
    """Whether the engine can be loaded: compiled before, from these sources and on such a machine."""
    return run_on.is_ready()


def prepare() -> None:
    """Load the engine, or compile it if nobody has; says on stderr that it does, as that takes long."""
    run_on.prepare(np.zeros(1, np.int64), np.zeros(1), True)


class _Before:
    """A run as it was before it went on, so that an event which finds no room can be had again with more.

    Parameters
    ----------
    state : State
        What is to go on; all whole blocks of its rows have been handed on.
    """

    def __init__(self, state: w.State) -> None:
        self._m = np.zeros(0, np.int64)
        self.taken_anew(state)

    def taken_anew(self, state: w.State) -> _Before:
        """Take down what lives."""
        top = int(state.m[w.TOP])
        if len(self._m) < top:
            self._m = np.empty(top + top // 2, np.int64)
        self._m[:top] = state.m[:top]
        return self

    def restored(self) -> NDArray[np.int64]:
        """Give what was taken down."""
        return self._m[: int(self._m[w.TOP])].copy()


def _seen(m: NDArray[np.int64]) -> w.State:
    return w.State(m, m.view(np.float64))


def _enlarged(state: w.State) -> w.State:
    """Double what is nearly full."""
    m = state.m
    words, events, rows = int(m[w.MOST_WORDS]), int(m[w.MOST_EVENTS]), int(m[w.MOST_ROWS])
    short = 8 * m[w.TOP] > 7 * words, 8 * m[w.EVENTS] > 7 * events
    if not any(short):
        return state
    return _with_room(m, state, 2 * words if short[0] else words, 2 * events if short[1] else events, rows)


def _with_room(m: NDArray[np.int64], before: w.State | None, words: int, events: int, rows: int) -> w.State:
    """Lay out a larger memory: what lives, then a new calendar of events if it is to be larger, rows at the end."""
    top, calendar = int(m[w.TOP]), events * (w.EVENT_SIZE + w.LEAVING_SIZE)
    grows = events > m[w.MOST_EVENTS]
    words = max(words, 2 * top + (2 * calendar if grows else 0))
    found = np.zeros(words + rows * w.COLUMNS, np.int64)
    found[:top] = m[:top]
    found[w.MOST_WORDS], found[w.ROWS_AT], found[w.MOST_ROWS] = words, words, rows
    if grows:
        at, n = int(m[w.EVENTS_AT]), int(m[w.EVENTS]) * w.EVENT_SIZE
        found[top : top + n] = m[at : at + n]
        found[w.EVENTS_AT], found[w.LEAVING_AT], found[w.MOST_EVENTS] = top, top + events * w.EVENT_SIZE, events
        found[w.TOP] += calendar
    larger = _seen(found)
    if before is not None:
        for column, old in zip(_columns(larger), _columns(before), strict=True):
            column[: m[w.ROWS]] = old[: m[w.ROWS]]
    return larger


def _hand_on(state: w.State, traces: Sequence[Trace]) -> None:
    """Hand on as many whole blocks of each company as there are rows for; the others move up."""
    found = [_rows_of(state, company, len(traces)) for company in range(len(traces))]
    at = 0
    for company, (rows, trace) in enumerate(zip(found, traces, strict=True)):
        n = len(rows[0])
        whole = n - n % BLOCK_ROWS
        for low in range(0, whole, BLOCK_ROWS):
            trace.take([column[low : low + BLOCK_ROWS] for column in rows])
        rows[_EVENT] |= company << w.COMPANY_SHIFT
        for column, mine in zip(_columns(state), rows, strict=True):
            column[at : at + n - whole] = mine[whole:]
        at += n - whole
    state.m[w.ROWS] = at


def _rows_of(state: w.State, company: int, companies: int) -> list[NDArray[Any]]:
    """Give the rows of a company that have not been handed on."""
    rows = [column[: state.m[w.ROWS]] for column in _columns(state)]
    if companies == 1:
        return rows
    mine = rows[_EVENT] >> w.COMPANY_SHIFT == company
    rows = [column[mine] for column in rows]
    rows[_EVENT] &= w.KIND_MASK
    return rows


def _columns(state: w.State) -> list[NDArray[Any]]:
    """Give the columns of the trace in the memory."""
    at, most = int(state.m[w.ROWS_AT]), int(state.m[w.MOST_ROWS])
    whole = [state.m[at + i * most : at + (i + 1) * most] for i in range(w.COLUMNS - 1)]
    return [*whole, state.f[at + (w.COLUMNS - 1) * most : at + w.COLUMNS * most]]


def _where(plans: Sequence[Plan], state: w.State) -> tuple[str, str]:
    """Give the names of the journey and the step at which a run could not go on."""
    m = state.m
    plan = plans[int(m[w.COMPANY])]
    step = plan.steps[int(m[m[m[w.CIRCLING] + w.C_STEP] + w.S_INDEX])]
    return plan.journeys[step.journey].name, step.name
