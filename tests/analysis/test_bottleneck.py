"""What one more person brings."""

import pytest

from sim.analysis.bottleneck import Outcome, constraint_of, one_more_each

BASE = Outcome([100.0, 200.0, 300.0], [10.0, 20.0, 30.0])


def test_ranks_roles_by_what_a_person_brings_before_the_price():
    grown = {
        "cheap": Outcome([109.0, 210.0, 311.0], [10.0, 20.0, 30.0]),
        "dear": Outcome([90.0, 189.0, 291.0], [11.0, 22.0, 33.0]),
    }
    found = one_more_each(BASE, grown, {"cheap": 5.0, "dear": 50.0})
    assert [one.role for one in found] == ["dear", "cheap"]
    dear, cheap = found
    assert (dear.before_price.mean, dear.after_price.mean) == pytest.approx((40.0, -10.0))
    assert (cheap.before_price.mean, cheap.after_price.mean) == pytest.approx((15.0, 10.0))
    assert dear.new_customers.mean == pytest.approx(2.0)
    assert dear.before_price.high - dear.before_price.low == pytest.approx(dear.after_price.high - dear.after_price.low)
    assert constraint_of(found) == "dear"


def test_a_gain_that_may_be_chance_is_no_constraint():
    found = one_more_each(BASE, {"role": Outcome([50.0, 200.0, 400.0], [0.0, 0.0, 0.0])}, {"role": 1.0})
    assert constraint_of(found) is None
    once = one_more_each(Outcome([1.0], [1.0]), {"role": Outcome([9.0], [1.0])}, {"role": 1.0})
    assert constraint_of(once) is None and once[0].before_price.mean == 9.0
