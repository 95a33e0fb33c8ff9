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
from sim.compiled.outlet import Outlet
from sim.compiled.store import FullError
from sim.compiled.turns import CirclesError, DescendsError
from sim.plan import Plan
from sim.run_error import RunError
from sim.trace import BLOCK_ROWS, Trace

_WORDS, _EVENTS, _ROWS = 1 << 20, 1 << 13, 5 * BLOCK_ROWS
"""Room to begin with; what is never touched costs nothing. The loop stops with seven eighths of the rows full: enough
for the measures to be taken of many at once."""


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
    words, events, rows = _WORDS, _EVENTS, len(plans) * _ROWS
    with Outlet(traces) as outlet:
        while True:
            m = memory_of(plans, seed, replication)
            m[w.SORTED] = outlet.sorted
            # Every customer has a row at the beginning, and perhaps a need that day.
            accounts = int(m[w.N_ACCOUNTS]) * len(plans)
            state = _with_room(m, None, words, max(events, accounts // 16), max(rows, accounts))
            try:
                _run_through(state, outlet)
                break
            except FullError:
                words, events, rows = (2 * int(state.m[most]) for most in (w.MOST_WORDS, w.MOST_EVENTS, w.MOST_ROWS))
                outlet.begin_anew()
            except CirclesError:
                raise RunError.circles(*_where(plans, state)) from None
            except DescendsError:
                raise RunError.descends(*_where(plans, state)) from None
    for trace in traces:
        trace.close()


def is_prepared() -> bool:
    """Whether this process has the machine code."""
    return run_on.is_prepared()


def prepare() -> None:
    """Load the engine, or compile it if nobody has; says on stderr that it does, as that takes long."""
    run_on.prepare(np.zeros(1, np.int64), np.zeros(1), True)


def _run_through(state: w.State, outlet: Outlet) -> None:
    """Run to the end, with more room wherever some is nearly full."""
    begins = True
    while run_on(state.m, state.f, begins) == MORE_ROOM:
        begins = False
        _hand_on(state, outlet)
        state = _enlarged(state)
    n = int(state.m[w.ROWS])
    outlet.finish([column[:n] for column in _columns(state)], _places(state, n))


def _seen(m: NDArray[np.int64]) -> w.State:
    return w.State(m, m.view(np.float64))


def _enlarged(state: w.State) -> w.State:
    """Double what is nearly full, and make the room that is wanted."""
    m = state.m
    pairs = (w.TOP, w.MOST_WORDS), (w.EVENTS, w.MOST_EVENTS), (w.ROWS, w.MOST_ROWS)
    words, events, rows = (int(m[most]) * (2 if 8 * m[used] > 7 * m[most] else 1) for used, most in pairs)
    events, rows = max(events, int(m[w.WANTED_EVENTS])), max(rows, int(m[w.WANTED_ROWS]) + BLOCK_ROWS)
    grows = (words, events, rows) != tuple(m[most] for _, most in pairs)
    return _with_room(m, state, words, events, rows) if grows else state


def _with_room(m: NDArray[np.int64], before: w.State | None, words: int, events: int, rows: int) -> w.State:
    """Lay out a larger memory: what lives, then a new calendar of events if it is to be larger, rows at the end.

    There is room for rows twice, so that some can be read while others are written. After the columns of the rows comes
    a tenth, of their places event by event.
    """
    top, calendar = int(m[w.TOP]), events * (w.EVENT_SIZE + w.LEAVING_SIZE)
    grows = events > m[w.MOST_EVENTS]
    words = max(words, 2 * top + (2 * calendar if grows else 0))
    found = np.zeros(words + 2 * rows * (w.COLUMNS + 1), np.int64)
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


def _hand_on(state: w.State, outlet: Outlet) -> None:
    """Hand on as many whole blocks as there are rows for, and go on with the other room for rows."""
    m, columns = state.m, _columns(state)
    n = int(m[w.ROWS])
    whole = n - n % BLOCK_ROWS
    if not whole:
        return
    places = _places(state, whole)
    outlet.take([column[:whole] for column in columns], places)
    first, size = int(m[w.MOST_WORDS]), int(m[w.MOST_ROWS]) * (w.COLUMNS + 1)
    m[w.ROWS_AT] = first + (size if m[w.ROWS_AT] == first else 0)
    for column, before in zip(_columns(state), columns, strict=True):
        column[: n - whole] = before[whole:n]
    m[w.ROWS] = n - whole


def _places(state: w.State, n: int) -> NDArray[np.int64] | None:
    """Give the places of the first rows, event by event, if they were asked for."""
    m = state.m
    at = int(m[w.ROWS_AT]) + w.COLUMNS * int(m[w.MOST_ROWS])
    return m[at : at + n] if m[w.SORTED] else None


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
