"""Where the rows of a run go while it goes on: to a second thread, which keeps or measures them meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace import Trace

Columns = list[NDArray[Any]]


class Outlet:
    """Hands on rows, each once, however often a run begins anew.

    The event loop needs no interpreter, so that one core can go on with it while another does the measures. Pieces are
    taken one after the other, in order: what comes of them does not depend on how many cores there are.

    Parameters
    ----------
    trace : Trace
        Takes the rows.
    """

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._given = self._passed = 0
        self._thread: ThreadPoolExecutor | None = None
        self._piece: Future[None] | None = None

    def __enter__(self) -> Outlet:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the thread, when it is through with its piece."""
        if self._thread is not None:
            self._thread.shutdown()

    def begin_anew(self) -> None:
        """Let pass what has been handed on, since it comes again."""
        self.wait()
        self._passed = 0

    def wait(self) -> None:
        """Wait until the piece handed on last is done with: only now may its memory be written to."""
        piece, self._piece = self._piece, None
        if piece is not None:
            piece.result()

    def take(self, columns: Columns, places: NDArray[np.int64] | None, *, last: bool) -> None:
        """Hand on the next piece, if there is any of it that has not been.

        Parameters
        ----------
        columns : list of ndarray
            As `Trace.take` has them.
        places : ndarray of int64 or None
            Of the rows event by event, if they are known.
        last : bool
            Whether the run is over, so that there is nothing to be done meanwhile.
        """
        self.wait()
        n = len(columns[0])
        known = min(n, self._given - self._passed)
        self._passed += n
        self._given = max(self._given, self._passed)
        if known == n:
            return
        if known:
            columns, places = [column[known:] for column in columns], None
        if last:
            self._trace.take(columns, places)
        else:
            self._piece = self._aside(lambda: self._trace.take(columns, places))

    def _aside(self, call: Callable[[], None]) -> Future[None]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="rows")
        return self._thread.submit(call)
