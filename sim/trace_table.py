"""A trace as an Arrow table: the same rows, with names in place of indices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from sim.trace import Block, Event, Trace, block_of

if TYPE_CHECKING:
    from sim.plan import Plan


EVENT_NAMES = [event.name.lower() for event in Event]
"""By the number of the event."""


def table_of(trace: Trace) -> pa.Table:
    """Give the kept rows of a trace as a table.

    Parameters
    ----------
    trace : Trace
        A trace whose rows were kept.

    Returns
    -------
    pyarrow.Table
        Columns ``time_ms, event, company, journey, step, activity, case, account, role, person, since_ms,
        value``;
        null where a column does not apply. Text columns are dictionary encoded.
    """
    blocks = list(trace.blocks()) or [block_of([])]
    return pa.concat_tables([_batch(trace.plan, b, trace.company) for b in blocks])


def market_table_of(trace: Trace) -> pa.Table:
    """Give the kept rows of all companies of a market; parameters and columns as `table_of`."""
    return pa.concat_tables([table_of(one) for one in (trace, *trace.rivals)]).unify_dictionaries()


def _batch(plan: Plan, b: Block, company: int) -> pa.Table:
    steps = plan.steps
    journey_of = np.array([s.journey for s in steps] + [-1])
    activity_of = np.array([s.activity for s in steps] + [-1])
    step = b.step
    return pa.table(
        {
            "time_ms": pa.array(b.time_ms),
            "event": _names(b.event, EVENT_NAMES),
            "company": pa.array(np.full(len(step), company, dtype=np.int16)),
            "journey": _names(journey_of[step], [j.name for j in plan.journeys]),
            "step": _names(step, [s.name for s in steps]),
            "activity": _names(activity_of[step], [a.name for a in plan.activities]),
            "case": _numbers(b.case),
            "account": _numbers(b.account),
            "role": _names(b.role, [r.name for r in plan.roles]),
            "person": _names(b.person, [p.name for p in plan.persons]),
            "since_ms": _numbers(b.since_ms),
            "value": pa.array(b.value),
        }
    )


def _numbers(column: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(column, mask=column < 0)


def _names(index: np.ndarray[Any, Any], names: Sequence[str]) -> pa.Array:
    codes = pa.array(index.astype(np.int32), mask=index < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(list(names), type=pa.string()))
