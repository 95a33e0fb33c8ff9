import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kpis.opening import Openings, open_before
from sim.kpis.rows import first_of_each, overlap, sums
from sim.kpis.samples import GroupedSamples, Samples
from sim.worktime import WEEK_MS, Calendar

OFFICE = Calendar.weekly([(day, a, b) for day in range(5) for a, b in ((8.5, 12), (13, 17))])
BAKERY = Calendar.weekly([(day, 0, 6) for day in range(7)])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-(1 << 40), 1 << 42)), max_size=50))
def test_sums_do_not_round(found):
    group = np.array([g for g, _ in found], dtype=np.int64)
    values = np.array([v for _, v in found], dtype=np.int64)
    exact = [sum(v for g, v in found if g == k) for k in range(4)]
    assert sums(group, values, 4).tolist() == exact


def test_sums_beyond_what_floats_can_count():
    values = np.array([2**53, 1, 1], dtype=np.int64)
    assert sums(np.zeros(3, dtype=np.int64), values, 1).tolist() == [2**53 + 2]


@given(st.lists(st.integers(0, 5 * WEEK_MS), min_size=1), st.sampled_from([OFFICE, BAKERY, Calendar.always()]))
def test_open_hours_are_those_of_the_calendar(instants, calendar):
    expected = [calendar.cumulative(t) for t in instants]
    assert open_before(calendar, np.array(instants, dtype=np.int64)).tolist() == expected


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3 * WEEK_MS), st.integers(0, 3 * WEEK_MS)), min_size=1),
)
def test_many_roles_at_once(found):
    calendars = [OFFICE, Calendar.always(), BAKERY]
    role, a, b = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    expected = [calendars[r].worked(x, max(x, y)) for r, x, y in found]
    assert Openings(calendars).worked(role, a, b).tolist() == expected


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_overlap_is_symmetric_and_never_negative(a, b, c, d):
    one = overlap(np.array([a]), np.array([b]), c, d)
    assert one[0] == max(0, len(set(range(a, b)) & set(range(c, d)))) if b >= a and d >= c else one[0] >= 0


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=300), st.floats(0.01, 1))
def test_samples_keep_all_and_give_a_quantile_of_them(values, p):
    samples = Samples()
    for low in range(0, len(values), 70):
        samples.extend(np.array(values[low : low + 70], dtype=np.int64))
    assert samples.values.tolist() == values
    found = samples.quantile(p)
    assert sum(v <= found for v in values) >= p * len(values) - 1e-6
    assert sum(v < found for v in values) < p * len(values)


def test_no_samples_have_no_quantile():
    assert Samples().quantile(0.5) != pytest.approx(0.0)
    assert np.isnan(Samples().quantile(0.5))


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3 * WEEK_MS), st.integers(0, 3 * WEEK_MS)), min_size=1),
    st.integers(0, 4 * WEEK_MS),
)
def test_a_table_of_open_hours_gives_the_same(found, until_ms):
    closed = Calendar(OFFICE.intervals, frozenset({1, 8}))
    role, a, b = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    expected = Openings([closed, Calendar.always(), BAKERY]).worked(role, a, b).tolist()
    assert Openings([closed, Calendar.always(), BAKERY], until_ms).worked(role, a, b).tolist() == expected


@given(st.lists(st.integers(0, 5), max_size=30))
def test_the_first_of_each_group(groups):
    expected = [i for i, g in enumerate(groups) if g not in groups[:i]]
    assert first_of_each(np.array(groups, dtype=np.int64), 6).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 10**12)), max_size=60), st.integers(1, 20))
def test_grouped_samples_are_told_apart(found, step):
    samples = GroupedSamples(3)
    for low in range(0, len(found), step):
        group, values = (np.array(c, dtype=np.int64) for c in zip(*found[low : low + step], strict=True))
        samples.extend(group, values)
    assert [part.tolist() for part in samples.apart()] == [[v for g, v in found if g == k] for k in range(3)]
