"""The ledger of claims: shares with their intervals, and an axis that a few outliers do not set."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.report.ledger import Claim, ledger, reach, wilson


def test_wilson_interval_by_hand():
    # 8 of 10 at z = 1.959964: (.8 + .19207) / 1.38415 = .71674, half 1.41598 x sqrt(.016 + .0096037) = .22654.
    found = wilson(8, 10)
    assert (found.mean, found.n) == (80.0, 10)
    assert found.low == pytest.approx(49.02, abs=0.01) and found.high == pytest.approx(94.33, abs=0.01)
    # None of 10: 0 to z^2 / (n + z^2).
    assert wilson(0, 10).low == 0.0 and wilson(0, 10).high == pytest.approx(100 * 3.841459 / 13.841459, abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0.5, 0.999))
def test_a_share_lies_in_its_interval_and_both_sides_mirror(yes, no, confidence):
    found, mirrored = wilson(yes, yes + no, confidence), wilson(no, yes + no, confidence)
    if yes + no == 0:
        assert found.n == 0 and found.mean != found.mean
        return
    assert 0.0 <= found.low <= found.mean <= found.high <= 100.0
    assert found.low == pytest.approx(100.0 - mirrored.high, abs=1e-9)


@pytest.mark.parametrize("counts", [(-1, 3), (4, 3)])
def test_counts_out_of_range_are_refused(counts):
    with pytest.raises(ValueError, match=f"successes must lie in 0 to 3, got {counts[0]}"):
        wilson(*counts)


def test_confidence_out_of_range_is_refused():
    with pytest.raises(ValueError, match=r"confidence must lie in \(0, 1\), got 1.0"):
        wilson(1, 2, 1.0)


def test_undefined_effects_do_not_count_and_the_minimum_itself_does_not_exceed():
    claim = Claim("a", "depends", [0.5, 1.0, 1.5, nan, float("inf")], 1.0)
    assert claim.defined == [0.5, 1.0, 1.5] and claim.exceeding == 1


def test_a_few_outliers_do_not_set_the_axis():
    plain = Claim("a", "", [float(k) for k in range(-10, 11)], 1.0)
    low, high = reach([plain])
    assert low == pytest.approx(-10.8) and high == pytest.approx(10.8)
    low, high = reach([plain, Claim("b", "", [1e9], 1.0)])
    assert high < 25.0
    # Zero and every minimum are shown, whatever the effects.
    low, high = reach([Claim("a", "", [5.0], 9.0)])
    assert low < 0.0 and high > 9.0
    low, high = reach([Claim("a", "", [0.0], 0.0)])
    assert low < 0.0 < high


def test_dots_strips_and_verdicts_are_the_data(made, painted):
    claims = [Claim("C1", "supported", [2.0] * 9 + [0.0], 1.0), Claim("C2", "refuted", [-1.0, -2.0, 3.0, -4.0], 0.5)]
    left, right = painted(ledger, claims, made.FOOTER).axes
    drawn = [(list(line.get_xdata()), list(line.get_ydata())) for line in left.lines]
    assert ([90.0], [0]) in drawn and ([25.0], [1]) in drawn
    strips = [(list(line.get_xdata()), list(line.get_ydata())) for line in right.lines]
    assert ([-1.0, -2.0, 3.0, -4.0], [1] * 4) in strips
    assert ([2.0], [0]) in strips and ([-1.5], [1]) in strips  # medians
    assert [0.5, 0.5] in [xs for xs, ys in strips if len(set(ys)) == 2]  # the least that matters
    assert [label.get_text() for label in left.get_yticklabels()] == ["C1", "C2"]
    assert [label.get_text() for label in right.get_yticklabels()] == ["supported", "refuted"]
