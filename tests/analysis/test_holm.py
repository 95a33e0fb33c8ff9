import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis import holm_adjusted, holm_family, mean_interval, student_p

P = st.floats(0.0, 1.0)


def test_four_by_hand():
    # Sorted .005 .01 .03 .04, times 4 3 2 1: .02 .03 .06 .04, and no smaller than the one before.
    assert holm_adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_what_is_not_defined_still_counts():
    found = holm_adjusted([0.01, math.nan, 0.02])
    assert found[[0, 2]] == pytest.approx([0.03, 0.04])
    assert math.isnan(found[1])


def test_bad_numbers_are_refused():
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        holm_adjusted([0.5, 1.5])
    with pytest.raises(ValueError, match="one-dimensional"):
        holm_adjusted([[0.5]])
    assert holm_adjusted([]).shape == (0,)


@given(st.lists(P, min_size=1, max_size=12))
def test_never_less_than_raw_nor_more_than_bonferroni_and_in_order(p):
    raw, adjusted = np.array(p), holm_adjusted(p)
    assert (adjusted >= raw).all() and (adjusted <= np.minimum(1.0, len(p) * raw + 1e-12)).all()
    assert (np.diff(adjusted[np.argsort(raw, kind="stable")]) >= 0.0).all()


@given(st.lists(P, min_size=1, max_size=8), st.floats(0.01, 0.2))
def test_tells_what_the_steps_tell(p, level):
    left, told = sorted(range(len(p)), key=lambda i: p[i]), set()
    while left and p[left[0]] * len(left) <= level:
        told.add(left.pop(0))
    assert {i for i, adjusted in enumerate(holm_adjusted(p)) if adjusted <= level} == told


def test_p_value_agrees_with_printed_t():
    # t = 3 / sqrt(7 / 3) = 1.9640 with 2 degrees of freedom: F(t) = 1/2 + t / (2 sqrt(2 + t^2)).
    t = 3 / math.sqrt(7 / 3)
    assert student_p([1.0, 2.0, 6.0]) == pytest.approx(1.0 - t / math.sqrt(2.0 + t * t))
    assert student_p([1.0, 2.0, 6.0], at=3.0) == pytest.approx(1.0)


def test_p_value_where_nothing_varies_or_little_is_known():
    assert student_p([2.0, 2.0]) == 0.0 and student_p([2.0, 2.0], at=2.0) == 1.0
    assert math.isnan(student_p([2.0])) and math.isnan(student_p([math.inf, 1.0]))
    assert student_p([1.0, math.nan, 2.0, 6.0]) == student_p([1.0, 2.0, 6.0])


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20), st.sampled_from([0.8, 0.95, 0.99]))
def test_p_value_and_interval_say_the_same(values, confidence):
    from scipy.stats import ttest_1samp

    p, interval = student_p(values), mean_interval(values, confidence)
    if np.ptp(values) > 1e-3 * max(map(abs, values)):
        assert p == pytest.approx(ttest_1samp(values, 0.0).pvalue, rel=1e-6, abs=1e-12)
        if abs(p - (1.0 - confidence)) > 1e-6:
            assert (p < 1.0 - confidence) == interval.excludes_zero


def test_a_family_is_judged_together():
    base = np.array([-1.0, 0.0, 1.0, 0.5, -0.5])
    table = np.array([base + 5.0, base + 1.0, base, np.full(5, math.nan)])
    found = holm_family(table)
    p = [student_p(row) for row in table]
    assert [one.p for one in found[:3]] == p[:3]
    assert found[0].adjusted == pytest.approx(4 * p[0]) and found[0].told
    assert not found[2].told and not found[3].told and math.isnan(found[3].adjusted)
    assert found[0].interval == mean_interval(table[0], 1.0 - 0.05 / 4)


@given(st.lists(st.lists(st.floats(-10.0, 10.0), min_size=5, max_size=5), min_size=1, max_size=6))
def test_what_an_interval_of_the_family_tells_holm_tells_too(rows):
    for one in holm_family(rows):
        if one.interval.excludes_zero and abs(one.interval.mean) > 1e-6:
            assert one.told or one.p * len(rows) == pytest.approx(0.05, rel=1e-6)


def test_false_alarms_of_a_family_are_as_rare_as_said():
    random = np.random.default_rng(8)
    trials, alarms, missed = 1200, 0, 0
    for _ in range(trials):
        # Eight differences that share replications and so go together; two of them are real.
        table = random.normal(size=(8, 12)) + random.normal(size=12)
        table[:2] += 3.0
        found = holm_family(table)
        alarms += any(one.told for one in found[2:])
        true = [3.0, 3.0, *[0.0] * 6]
        missed += any(not one.interval.low <= m <= one.interval.high for one, m in zip(found, true, strict=True))
    assert alarms / trials <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / trials)
    assert missed / trials <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / trials)
