"""What happened in one replication: the rows, their meaning, their way to Arrow.

A row says that something ended or happened at ``time_ms`` and, in ``since_ms``, when that which it ends began. Carrying
both instants in one row lets nearly every measure be a sum over rows, without joining rows to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.plan import Plan

BLOCK_ROWS = 32_768
"""Rows are handed on in blocks of exactly this size, so that sums do not depend on who keeps the rows."""

Row = tuple[int, int, int, int, int, int, int, int, float]
"""(time_ms, event, case, account, step, role, person, since_ms, value); -1 where a column does not apply."""

AWAY, NOT_KEPT = 0.0, 1.0
"""Why an appointment was missed: its person was away that day, and the customer was told; or did not keep to it."""


class Event(IntEnum):
    """What a row says; ``since`` and ``value`` are the row's last two columns."""

    NEED = 0
    """A latent need arose. value: 0 it did not reach the company, 1 a case begins, 2 its account was not
    available."""
    BEGIN = 1
    """A case begins. since: the need's epoch. value: the order value at stake, USD."""
    START = 2
    """A person starts a task. since: entry into the queue. value: ms of work, set-up and hand-off
    included."""
    SETUP = 3
    """With a START. value: ms of set-up contained in the task."""
    HANDOFF = 4
    """With a START. value: ms the taker needs to take the case over, contained in the task."""
    FINISH = 5
    """A task is done. since: its START. value: as at START."""
    LEAVE = 6
    """A case left a queue, out of patience or past its window. since: entry into the queue."""
    BALK = 7
    """A case found the room full."""
    WAIT = 8
    """A wait of the customer ended. since: its start."""
    CHOOSE = 9
    """A branch was taken. value: its index in declared order."""
    MILESTONE = 10
    """First completion of an activity that carries a milestone. since: when its clock started. value:
    expectation, ms."""
    MISSED = 11
    """The case ended without that milestone. since: when its clock started. value: expectation, ms."""
    TOUCH = 12
    """A touchpoint. value: its score in [0, 1]."""
    STATE = 13
    """The account's satisfaction after an event. value: in [0, 1]."""
    BILL = 14
    """Revenue billed. value: USD."""
    BOOK = 15
    """An order booked. value: USD."""
    WON = 16
    """A prospect became a customer. since: the need's epoch. value: the first order, USD."""
    CHURN = 17
    """A customer left. since: start of being a customer. value: satisfaction."""
    END = 18
    """A case ended; its step names the outcome. since: the case's epoch."""
    ABSENT = 19
    """A person is absent on a day. since: start of the day. value: rostered ms lost."""
    CUSTOMER = 20
    """A customer at t=0. value: satisfaction."""
    OPEN_CASE = 21
    """Unfinished at the end. since: the case's epoch."""
    OPEN_TASK = 22
    """Unfinished at the end. Queued: person -1, since entry. In service: since START, value as at START."""
    OPEN_PERSON = 23
    """State of a person at the end. value: 1 busy, 0 idle."""
    OPEN_ACCOUNT = 24
    """A customer at the end. since: start of being a customer. value: satisfaction."""
    OPEN_MILESTONE = 25
    """A milestone an unfinished case has not reached. since: when its clock started. value: expectation,
    ms."""
    OPEN_WAIT = 26
    """A customer's wait unfinished at the end. since: its start."""
    RESERVE = 27
    """An appointment was made. since: when it was asked for. value: start of the slot, ms."""
    JOIN = 28
    """A person begins in a role. value: cost of filling the post, USD; 0 for who comes from another role."""
    DEPART = 29
    """A person is no longer in a role. since: JOIN, or 0. value: 0 quit, 1 the post is gone, 2 goes to another role."""
    STOP = 30
    """A task is taken from whoever leaves. since: its START. value: ms of work done on it."""
    TIED = 31
    """A person leaves to whom the account is tied. value: share of the account's ties."""
    FOLLOW = 32
    """The account leaves with the person; a CHURN row follows. since: start of being a customer. value: as at TIED."""
    MISSED_APPOINTMENT = 33
    """A slot began and the person did not come. since: its RESERVE. value: `AWAY` or `NOT_KEPT`."""
    RELEASE = 34
    """The case, or its person, left before an appointment began. since: its RESERVE. value: start of the slot, ms."""
    SPEND = 35
    """Campaign money spent in a week. since: its beginning. value: USD."""
    REFER = 36
    """A customer told a prospect. value: account number of the prospect."""
    ORIGIN = 37
    """An opportunity that is no inquiry begins in the next row. since: the need's epoch. value: 1 it answers a
    proposition, 2 it was referred, 3 a cold call found it."""
    CALL = 38
    """A person finished a block of cold calls. value: accounts touched."""
    PAY = 39
    """Commission was paid on a booking. value: USD."""
    PULL = 40
    """A customer was hurried, for a concession, so that a deal counts in this period. value: USD given away."""
    PUSH = 41
    """A customer who was ready was asked to wait for the next period. value: ms."""
    ADOPT = 42
    """An account adopted a practice. value: its index; -1 - index if it gave the practice up."""
    OUTAGE = 43
    """An outage of the machines of a role is over, or goes on at the end of the run. since: its beginning."""
    CANNOT = 44
    """A machine turned out not to be able to do its task; others will. since: entry into the queue."""
    LAPSE = 45
    """An expectation lapsed and the account is neglected. since: when its clock started. value: expectation, ms."""
    RIVAL = 46
    """Another company of the market, at t=0 and at the end. since: its number. value: customers it has."""
    OUTDONE = 47
    """A case learns that the account takes another company's offer for its need. value: number of that company."""
    LEFT_FOR = 48
    """A customer goes to another company; a CHURN row follows. since: start of being a customer. value: that company's
    number."""
    WON_FROM = 49
    """The account of the WON row before was another company's customer. value: that company's number."""


class Block(NamedTuple):
    """Up to `BLOCK_ROWS` consecutive rows as equally long columns."""

    time_ms: NDArray[np.int64]
    event: NDArray[np.int16]
    case: NDArray[np.int64]
    account: NDArray[np.int32]
    step: NDArray[np.int32]
    role: NDArray[np.int16]
    person: NDArray[np.int32]
    since_ms: NDArray[np.int64]
    value: NDArray[np.float64]


_DTYPES = (np.int64, np.int16, np.int64, np.int32, np.int32, np.int16, np.int32, np.int64, np.float64)


def block_of(rows: list[Row]) -> Block:
    """Turn rows into columns.

    Parameters
    ----------
    rows : list of tuple
        Rows in the order they happened.

    Returns
    -------
    Block
        Columns of length ``len(rows)``.
    """
    columns = zip(*rows, strict=True) if rows else ([] for _ in _DTYPES)
    return Block(*(np.array(c, dtype=t) for c, t in zip(columns, _DTYPES, strict=True)))


class Trace:
    """The rows of one replication, or only what was folded from them.

    Parameters
    ----------
    plan : Plan
        The plan that was run; gives the names behind the indices.
    keep : bool
        Whether rows are kept. Without, memory does not grow with the length of the run.
    fold : callable, optional
        Called with every full `Block` in order, and with the last, shorter one; also with several that follow one
        another as one, to be read before it returns, and the places of their rows event by event.
    company : int
        Whose rows these are: 1 for the company in question, rivals from 2 on.

    Attributes
    ----------
    rows : list
        Rows not yet handed on; the engine appends here and calls `spill` when it is long enough.
    measures, cohorts : Any
        What folding gave, set by `simulate` when the rows were folded while running; else None.
    rivals : list of Trace
        Of the other companies in the market, in the order of `Scenario.rivals`; of the company in question only.
    """

    def __init__(
        self, plan: Plan, *, keep: bool = True, fold: Callable[..., None] | None = None, company: int = 1
    ) -> None:
        self.plan = plan
        self.kept = keep
        self.rows: list[Row] = []
        self.company = company
        self.rivals: list[Trace] = []
        self.measures: Any = None
        self.cohorts: Any = None
        self._fold = fold
        self._blocks: list[Block] = []

    def spill(self) -> None:
        """Hand on as many whole blocks as the rows hold."""
        rows = self.rows
        whole = len(rows) - len(rows) % BLOCK_ROWS
        for low in range(0, whole, BLOCK_ROWS):
            self._hand_on(block_of(rows[low : low + BLOCK_ROWS]))
        del rows[:whole]

    def take(self, columns: Sequence[NDArray[Any]], places: NDArray[np.int64] | None = None) -> None:
        """Take in rows as columns.

        Parameters
        ----------
        columns : sequence of ndarray
            In the order of `Block`; of whole blocks, unless no row follows. Copied, if the rows are kept or their
            places are not known.
        places : ndarray of int64, optional
            The places of the rows event by event, those of each event in the order of time.
        """
        if places is not None and not self.kept:
            if self._fold is not None:
                self._fold(Block(*columns), places)
            return
        whole = [np.array(c, dtype=t) for c, t in zip(columns, _DTYPES, strict=True)]
        for low in range(0, len(whole[0]), BLOCK_ROWS):
            self._hand_on(Block(*(column[low : low + BLOCK_ROWS] for column in whole)))

    def close(self) -> None:
        """Hand on what is left; no row may follow."""
        self.spill()
        if self.rows:
            self._hand_on(block_of(self.rows))
            self.rows.clear()

    def _hand_on(self, block: Block) -> None:
        if self.kept:
            self._blocks.append(block)
        if self._fold is not None:
            self._fold(block)

    def blocks(self) -> Iterator[Block]:
        """Yield the kept blocks in order.

        Raises
        ------
        ValueError
            If the rows were not kept.
        """
        if not self.kept:
            raise ValueError("trace: the rows were not kept (simulate(..., trace=False)); only measures exist")
        yield from self._blocks

    @property
    def table(self) -> pa.Table:
        """The rows as an Arrow table with names in place of indices (see `docs/trace.md` for the columns)."""
        from sim.trace_table import table_of

        return table_of(self)

    @property
    def market_table(self) -> pa.Table:
        """The rows of all companies of the market, one company after another; the column ``company`` says whose."""
        from sim.trace_table import market_table_of

        return market_table_of(self)
