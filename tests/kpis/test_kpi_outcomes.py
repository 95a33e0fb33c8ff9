"""Outcomes of the entry cohort over time."""

import math

import pytest

from sim.kpis.outcomes import CURVE_D, Outcomes
from sim.trace import Event

LATE = {"weeks": 8, "warmup_weeks": 0}
HI = 8 * 168


def lives(company, found):
    """Write cases as (epoch, end, outcome); without an end they are open."""
    for case, (epoch, end, outcome) in enumerate(found):
        if end is None:
            company.row(HI, Event.OPEN_CASE, "sale.ask", case, since=epoch)
        else:
            company.row(end, Event.END, f"sale.{outcome}", case, since=epoch)


def test_all_followed_gives_plain_shares(make_company):
    company = make_company(**LATE)
    lives(company, [(0, 20, "gone"), (5, 41, "won"), (10, 200, "won"), (20, 800, "gone")])
    found = company.measures(family=Outcomes)
    path = "flow.sale.outcome"
    assert [found[f"{path}.won.within.{d}d"] for d in (1, 3, 7, 14, 45)] == pytest.approx([0, 0.25, 0.25, 0.5, 0.5])
    assert [found[f"{path}.gone.within.{d}d"] for d in (1, 3, 30, 45)] == pytest.approx([0.25, 0.25, 0.25, 0.5])
    assert found[f"{path}.open.after.1d"] == pytest.approx(0.75)
    assert found[f"{path}.open.after.45d"] == pytest.approx(0.0)
    assert found[f"{path}.won.mean_h"] == pytest.approx((36 + 190) / 2)
    assert found[f"{path}.won.median_of_them_h"] == 36
    assert math.isnan(found[f"{path}.won.p90_of_them_h"])


def test_open_cases_leave_the_risk_set_when_follow_up_ends(make_company):
    company = make_company(**LATE)
    # After 24 h one of four is won; one is open and known for 48 h; at 100 h one of the two left is gone, at 200 h won.
    lives(company, [(0, 24, "won"), (HI - 48, None, ""), (0, 100, "gone"), (0, 200, "won")])
    found = company.measures(family=Outcomes)
    path = "flow.sale.outcome"
    assert found[f"{path}.won.within.3d"] == pytest.approx(1 / 4)
    assert found[f"{path}.gone.within.7d"] == pytest.approx(3 / 4 * 1 / 2)
    assert found[f"{path}.won.within.14d"] == pytest.approx(1 / 4 + 3 / 8)
    assert found[f"{path}.won.median_of_them_h"] == 200


def test_outcomes_and_the_open_add_up_to_one(make_company):
    company = make_company(**LATE)
    lives(company, [(n * 7, (n * 7 + n * n) if n % 3 else None, "won" if n % 2 else "gone") for n in range(30)])
    found = company.measures((3, 11), family=Outcomes)
    for day in CURVE_D:
        parts = [v for k, v in found.items() if k.endswith(f".within.{day}d")]
        still = found[f"flow.sale.outcome.open.after.{day}d"]
        assert math.isnan(still) or sum(parts) + still == pytest.approx(1)


def test_journeys_with_one_outcome_have_none_of_this(company):
    assert not [name for name in company.measures(family=Outcomes) if name.startswith("flow.order")]
