"""Where the rows of a run go while it goes on: to a second thread, which keeps or measures them meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled.memory import COMPANY_SHIFT, KIND_MASK
from sim.trace import BLOCK_ROWS, Block, Trace

Columns = list[NDArray[Any]]

_EVENT = Block._fields.index("event")


class Outlet:
    """Hands on rows, each once, however often a run begins anew.

    The event loop needs no interpreter, so that one core can go on with it while another does the measures. Pieces are
    taken one after the other, in order: what comes of them does not depend on how many cores there are.

    Parameters
    ----------
    traces : sequence of Trace
        Take the rows, by company.
    """

    def __init__(self, traces: Sequence[Trace]) -> None:
        self._traces = traces
        self._rest: list[Columns] = []
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

    @property
    def sorted(self) -> bool:
        """Whether it is of use to know where the rows of each event stand: for measures, of a single company."""
        return len(self._traces) == 1 and not self._traces[0].kept

    def begin_anew(self) -> None:
        """Let pass what has been handed on, since it comes again."""
        self._wait()
        self._passed = 0

    def take(self, columns: Columns, places: NDArray[np.int64] | None) -> None:
        """Hand on the next piece, of whole blocks.

        Its memory may be written to when the next piece has been handed on.

        Parameters
        ----------
        columns : list of ndarray
            As `Trace.take` has them; the company of a row is in the high bits of its event.
        places : ndarray of int64 or None
            Of the rows event by event, if they are known.
        """
        self._wait()
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="rows")
        self._piece = self._thread.submit(self._hand_on, *self._unknown(columns, places), last=False)

    def finish(self, columns: Columns, places: NDArray[np.int64] | None) -> None:
        """Hand on the last piece, of any length."""
        self._wait()
        self._hand_on(*self._unknown(columns, places), last=True)

    def _wait(self) -> None:
        piece, self._piece = self._piece, None
        if piece is not None:
            piece.result()

    def _unknown(self, columns: Columns, places: NDArray[np.int64] | None) -> tuple[Columns, NDArray[np.int64] | None]:
        """Give that of a piece which has not been handed on before."""
        n = len(columns[0])
        known = min(n, self._given - self._passed)
        self._passed += n
        self._given = max(self._given, self._passed)
        return ([column[known:] for column in columns], None) if known else (columns, places)

    def _hand_on(self, columns: Columns, places: NDArray[np.int64] | None, *, last: bool) -> None:
        if len(self._traces) > 1:
            self._share_out(columns, last=last)
        elif len(columns[0]):
            self._traces[0].take(columns, places)

    def _share_out(self, columns: Columns, *, last: bool) -> None:
        """Hand on to each company its rows, as far as they fill blocks."""
        whose = columns[_EVENT] >> COMPANY_SHIFT
        self._rest = self._rest or [[column[:0] for column in columns] for _ in self._traces]
        for company, trace in enumerate(self._traces):
            mine = whose == company
            rows = [np.concatenate((a, b[mine])) for a, b in zip(self._rest[company], columns, strict=True)]
            n = len(rows[0])
            whole = n if last else n - n % BLOCK_ROWS
            self._rest[company] = [column[whole:] for column in rows]
            if whole:
                rows[_EVENT] &= KIND_MASK
                trace.take([column[:whole] for column in rows])
