"""All families of measures over one pass of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sim.kpis.appointments import Appointments
from sim.kpis.batch import Batch, Reader
from sim.kpis.by_segment import BySegment
from sim.kpis.channels import Channels
from sim.kpis.demand import Demand
from sim.kpis.flow import Flow
from sim.kpis.market_share import MarketShare
from sim.kpis.money import Money
from sim.kpis.new_customers import NewCustomers
from sim.kpis.origins import Origins
from sim.kpis.pay import Pay
from sim.kpis.people import People
from sim.kpis.quantity import Measure
from sim.kpis.rows import Ints
from sim.kpis.satisfaction import Satisfaction
from sim.kpis.throughput import Throughput
from sim.kpis.turnover import Turnover
from sim.plan import Plan
from sim.trace import BLOCK_ROWS, Block


class Family(Protocol):
    """Measures that belong together, folded batch by batch."""

    def __init__(self, plan: Plan) -> None: ...

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        ...

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded so far."""
        ...


FAMILIES: tuple[type[Family], ...] = (
    Demand,
    Throughput,
    Flow,
    People,
    Satisfaction,
    BySegment,
    Channels,
    Money,
    Turnover,
    Appointments,
    NewCustomers,
    Origins,
    Pay,
    MarketShare,
)
BATCH_ROWS = 8 * BLOCK_ROWS
"""Rows folded at once: enough that a measure's own time counts, not that of calling it."""
_KEPT_BYTES = 1 << 24


class Fold:
    """Folds rows into measures, batch by batch.

    What is remembered grows with the number of unfinished cases, accounts, people, weeks and days of absence, by 8
    bytes for each finished case and milestone (their exact quantiles), and by 24 for each transaction and wait for
    persuasion of people on commission, not with the number of rows.

    Parameters
    ----------
    plan : Plan
        What is run; gives the window.
    families : sequence of type, optional
        What is measured; by default everything.
    batch_rows : int
        From how many rows on blocks are folded; changes no bit.
    """

    def __init__(
        self, plan: Plan, families: Sequence[type[Family]] = FAMILIES, *, batch_rows: int = BATCH_ROWS
    ) -> None:
        # The C library gives freed memory back and asks for it anew, page by page, unless something larger has been
        # freed before: two thirds of the time that columns take.
        np.empty(_KEPT_BYTES, dtype=np.uint8)
        self._reader = Reader(plan)
        self._batch_rows = batch_rows
        self._blocks: list[Block] = []
        self._rows = 0
        self.families = [family(plan) for family in families]

    def add(self, block: Block, places: Ints | None = None) -> None:
        """Fold the next block; blocks come in the order of the trace.

        Parameters
        ----------
        block : Block
            One, or several as one if the places of its rows are known; then it is read at once.
        places : ndarray of int64, optional
            The places of its rows event by event, those of each event in the order of time.
        """
        if places is not None:
            self._fold()
            self._read([block], places)
            return
        self._blocks.append(block)
        self._rows += len(block.event)
        if self._rows >= self._batch_rows:
            self._fold()

    def _fold(self) -> None:
        if self._rows:
            self._read(self._blocks, None)
        self._blocks, self._rows = [], 0

    def _read(self, blocks: Sequence[Block], places: Ints | None) -> None:
        batch = self._reader.read(blocks, places)
        for family in self.families:
            family.add(batch)
        # What was picked of a batch refers to it: without this, old batches would wait for the garbage collector.
        batch.forget()

    def result(self) -> dict[str, Measure]:
        """Give all measures, by dotted name."""
        self._fold()
        return {name: measure for family in self.families for name, measure in family.result().items()}

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketches of durations, shape (3, cells) each; see `sim.kpis.sketch`."""
        self._fold()
        found: dict[str, Ints] = {}
        for family in self.families:
            if isinstance(family, Flow):
                found |= family.cohorts()
        return found
