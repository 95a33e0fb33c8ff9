import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kpis.lead_time import LeadTimes, first_time, incidence, share_at
from sim.trace import Event
from sim.worktime import HOUR_MS


def enter(company, case, epoch, reached=None, ended=None):
    """Let a case enter, reach its answer, end without it, or stay open at hour 336."""
    two_hours = 2 * HOUR_MS
    if reached is not None:
        company.row(reached, Event.MILESTONE, "sale.ask", case, since=epoch, value=two_hours)
    elif ended is not None:
        for step in ("sale.ask", "sale.again"):
            company.row(ended, Event.MISSED, step, case, since=epoch, value=two_hours)
    else:
        for step in ("sale.ask", "sale.again"):
            company.row(336, Event.OPEN_MILESTONE, step, case, since=epoch, value=two_hours)


def test_all_entrants_are_in_the_denominator(company):
    enter(company, 1, 170, reached=170.5)
    enter(company, 2, 171, reached=174)
    enter(company, 3, 172, ended=182)
    enter(company, 4, 173, reached=273)
    enter(company, 5, 100, reached=101)
    found = company.measures(family=LeadTimes)
    path = "flow.sale.answer"
    assert found[f"{path}.entrants"] == 4
    assert found[f"{path}.reached_share"] == 0.75
    assert found[f"{path}.mean_h"] == pytest.approx((0.5 + 3 + 100) / 3)
    assert found[f"{path}.within_1h_share"] == pytest.approx(0.25)
    assert found[f"{path}.within_24h_share"] == pytest.approx(0.5)
    assert found[f"{path}.within_7d_share"] == pytest.approx(0.75)
    assert found[f"{path}.without.0.1h"] == 1.0
    assert found[f"{path}.without.3h"] == pytest.approx(0.5)
    assert found[f"{path}.median_h"] == 3.0
    assert math.isnan(found[f"{path}.p90_h"])


def test_who_is_still_open_leaves_the_risk_set_when_follow_up_ends(company):
    # At 4 h one of three is reached; one is open and known for 6 h; at 10 h the only one left is reached.
    enter(company, 1, 200, reached=204)
    enter(company, 2, 330)
    enter(company, 3, 210, reached=220)
    found = company.measures(family=LeadTimes)
    assert found["flow.sale.answer.without.4h"] == pytest.approx(2 / 3)
    assert found["flow.sale.answer.without.8h"] == pytest.approx(2 / 3)
    assert found["flow.sale.answer.without.12h"] == pytest.approx(0)
    assert found["flow.sale.answer.reached_share"] == pytest.approx(2 / 3)


def test_nothing_is_said_beyond_the_longest_follow_up(company):
    enter(company, 1, 330, reached=331)
    enter(company, 2, 326)
    found = company.measures(family=LeadTimes)
    assert found["flow.sale.answer.without.8h"] == pytest.approx(0.5)
    assert math.isnan(found["flow.sale.answer.without.12h"])


def test_the_ninetieth_percentile_needs_fifty_cases(company):
    for case in range(50):
        enter(company, case, 170, reached=171 + case)
    found = company.measures(family=LeadTimes)
    assert found["flow.sale.answer.p90_h"] == 45.0
    assert found["flow.sale.answer.median_h"] == 25.0
    assert math.isnan(found["flow.order.delivery.median_h"])
    assert math.isnan(found["flow.order.delivery.without.1h"])


cases = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2)), min_size=1, max_size=60)


@given(cases)
def test_incidence_is_a_share_that_never_falls(found):
    duration, kind = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    times, share, _ = incidence(duration, kind)
    assert np.all(np.diff(times) > 0)
    assert np.all(np.diff(share) >= 0)
    assert 0 <= share[0] and share[-1] <= 1 + 1e-12


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 1)), min_size=1, max_size=60), st.integers(0, 60))
def test_without_open_cases_it_is_the_plain_share(found, at):
    duration, kind = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    times, share, followed = incidence(duration, kind)
    plain = sum(d <= at and k == 0 for d, k in found) / len(found)
    assert share_at(times, share, followed, [at])[0] == pytest.approx(plain)
    reached = sorted(d for d, k in found if k == 0)
    place = math.ceil(len(found) / 2) - 1
    assert first_time(times, share, 0.5) == pytest.approx(
        reached[place] if place < len(reached) else math.nan, nan_ok=True
    )
