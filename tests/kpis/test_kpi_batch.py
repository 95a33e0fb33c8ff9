import math

import numpy as np
import pytest
from test_kpi_fold import busy_company

from sim import simulate
from sim.kpis import Fold
from sim.kpis.batch import Reader
from sim.trace import Block, Event


@pytest.fixture(scope="module")
def trace():
    return simulate(busy_company(), seed=5)


@pytest.fixture(scope="module")
def blocks(trace):
    columns = [np.concatenate(column) for column in zip(*trace.blocks(), strict=True)]
    return [Block(*(column[a : a + 700] for column in columns)) for a in range(0, len(columns[0]), 700)]


def test_rows_of_an_event_are_those_of_the_blocks(trace, blocks):
    batch = Reader(trace.plan).read(blocks)
    for event in Event:
        rows = batch.of(event)
        for name in Block._fields:
            expected = np.concatenate([getattr(block, name)[block.event == event] for block in blocks])
            assert np.array_equal(getattr(rows, name), expected)
        assert np.array_equal(rows.block, rows.place // 700)


def test_rows_of_several_events(trace, blocks):
    batch = Reader(trace.plan).read(blocks)
    pairs = [(Event.START, Event.LEAVE), (Event.END, Event.BEGIN), (Event.OPEN_TASK, Event.STOP, Event.FINISH)]
    for events in pairs:
        assert batch.of(*events).event.tolist() == [e for event in events for e in [event] * len(batch.of(event))]
    merged = batch.merged(batch.of(Event.WAIT), batch.of(Event.BEGIN))
    event = np.concatenate([block.event for block in blocks])
    assert merged.place.tolist() == np.flatnonzero((event == Event.WAIT) | (event == Event.BEGIN)).tolist()
    assert np.array_equal(merged.event, event[merged.place])


def test_rows_of_the_window(trace, blocks):
    batch = Reader(trace.plan).read(blocks)
    lo, hi = trace.plan.window_ms
    for event in (Event.BEGIN, Event.START, Event.END):
        rows, now = batch.of(event), batch.now(event)
        inside = (rows.time_ms >= lo) & (rows.time_ms < hi)
        assert 0 < len(now) < len(rows)
        assert np.array_equal(now.case, rows.case[inside])
        assert np.array_equal(rows.where(inside).value, now.value)


@pytest.mark.parametrize("batch_rows", [1, 2000, 1 << 20])
def test_how_many_blocks_are_folded_at_once_changes_no_bit(trace, blocks, batch_rows):
    def folded(rows):
        fold = Fold(trace.plan, batch_rows=rows)
        for block in blocks:
            fold.add(block)
        return fold.result(), fold.cohorts()

    (expected, sketches), (found, found_sketches) = folded(1400), folded(batch_rows)
    assert list(found) == list(expected)
    for name, one in expected.items():
        value = found[name].value
        assert value == one.value or (math.isnan(value) and math.isnan(one.value)), name
    assert all(np.array_equal(found_sketches[name], sketch) for name, sketch in sketches.items())
