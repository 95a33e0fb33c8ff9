"""All families together, on rows that an engine wrote."""

import math
from itertools import pairwise

import numpy as np
import pytest
from company import COMPANY
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import measure, simulate
from sim.analysis.pooled import first_at, share_of
from sim.kpis import Fold, Measure, measure_cohorts
from sim.kpis.sketch import cell_hours
from sim.kpis.spells import STATES
from sim.scenario import Scenario
from sim.trace import Block, Event

FAMILIES = (
    "channels",
    "demand",
    "throughput",
    "flow",
    "people",
    "satisfaction",
    "money",
    "origin",
    "pay",
)
RUN = {"weeks": 6.25, "warmup_weeks": 1.5}


def busy_company():
    """Give the small company with enough needs to keep it busy."""
    market = {
        **COMPANY["market"],
        "segments": {"big": {"prospects": 150}, "small": {"customers": 30, "prospects": 50}},
    }
    market["needs"] = {
        **market["needs"],
        "per_account_per_year": 20,
        "response": {**market["needs"]["response"], "base_per_week": 70, "max_per_week": 70},
    }
    roles = COMPANY["org"]["roles"]
    seller = {**roles["seller"], "headcount": 3, "absence_days_per_year": 35, "commission": {"sale": 0.1}}
    roles = {**roles, "seller": seller}
    org = {**COMPANY["org"], "roles": roles, "setup_h": {"persuasion": 0.25, "service": 0.25}}
    org["handoff"] = {"within_role": {"giver_h": 0.1, "taker_h": 0.2, "complete": 0.8}, "return_h": 0.5}
    inspected = {
        "ship": {"do": "ship"},
        "look": {"wait": {"exponential": {"mean": 12}}},
        "right": {
            "choose": {"yes": 0.7, "no": 0.3},
            "judges": {"milestone": "delivery", "right_if": "yes"},
            "to": {"yes": "done", "no": "ship"},
        },
        "done": {"end": "done", "bills": True},
    }
    journey = {**COMPANY["journey"], "order": {"steps": inspected}}
    return Scenario.read({**COMPANY, "market": market, "org": org, "journey": journey, "run": RUN})


@pytest.fixture(scope="module")
def scenario():
    return busy_company()


@pytest.fixture(scope="module")
def trace(scenario):
    return simulate(scenario, seed=3)


@pytest.fixture(scope="module")
def found(trace, scenario):
    return {name: m.value for name, m in measure(trace, scenario).items()}


def same(a, b, tolerance=0.0):
    return (math.isnan(a) and math.isnan(b)) or abs(a - b) <= tolerance * max(1.0, abs(a))


def test_keeping_no_rows_changes_no_bit(scenario, found):
    folded = measure(simulate(scenario, seed=3, trace=False), scenario)
    assert list(folded) == list(found)
    assert all(same(folded[name].value, value) for name, value in found.items())


def test_every_measure_is_a_number_with_a_unit(trace, scenario):
    for name, one in measure(trace, scenario).items():
        assert isinstance(one, Measure)
        assert type(one.value) is float, name
        assert one.unit
        assert name.partition(".")[0] in FAMILIES


@settings(deadline=None, max_examples=15)
@given(cuts=st.lists(st.floats(0, 1), max_size=12))
def test_where_blocks_are_cut_does_not_matter(trace, found, cuts):
    columns = [np.concatenate(column) for column in zip(*trace.blocks(), strict=True)]
    edges = [0, *sorted(round(c * len(columns[0])) for c in cuts), len(columns[0])]
    fold = Fold(trace.plan)
    for a, b in pairwise(edges):
        fold.add(Block(*(column[a:b] for column in columns)))
    for name, one in fold.result().items():
        assert same(one.value, found[name], 1e-12), name


def test_something_happened(found):
    assert found["throughput.sale.begins_per_week"] > 20
    assert found["throughput.sale.end.gone_share"] > 0
    assert found["people.seller.handoffs_per_year"] > 0
    assert found["people.seller.share.travel"] > 0
    assert 0 < found["satisfaction.on_time_in_full"] < found["satisfaction.on_time.delivery_share"]
    assert 0.6 < found["satisfaction.right_first_time.delivery_share"] < 0.8


def test_work_is_not_more_than_rostered(found):
    for role in ("seller", "robot", "all"):
        assert 0 <= found[f"people.{role}.utilization"] <= 1
        shares = [v for k, v in found.items() if k.startswith(f"people.{role}.share.")]
        assert sum(shares) == pytest.approx(1)
        assert min(shares) >= 0
        hours = [v for k, v in found.items() if k.startswith(f"people.{role}.hours_per_year.")]
        assert sum(hours) <= found[f"people.{role}.busy_h_per_year"] * (1 + 1e-12)


@pytest.mark.parametrize("journey", ["sale", "order"])
def test_the_time_of_cases_is_accounted_for(found, journey):
    parts = [found[f"flow.{journey}.split.{state}_h"] for state in STATES]
    begins_per_h = found[f"throughput.{journey}.begins_per_week"] / 168
    assert min(parts) >= 0
    assert sum(parts) * begins_per_h == pytest.approx(found[f"flow.work_in_process.{journey}"])
    assert found["flow.little_gap_ms"] == 0
    # A sale waits for its order, an order for nothing.
    assert (found[f"flow.{journey}.split.blocked_h"] > 0) == (journey == "sale")


def test_outcomes_add_up(found):
    for journey in ("sale", "order"):
        shares = [v for k, v in found.items() if k.startswith(f"throughput.{journey}.end.")]
        assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize("stage", ["sale.answer", "order.delivery"])
def test_the_parts_of_a_lead_time_add_up_to_it(found, stage):
    parts = [found[f"flow.{stage}.split.{state}_h"] for state in STATES]
    assert min(parts) >= 0
    assert sum(parts) == pytest.approx(found[f"flow.{stage}.mean_h"])
    assert found[f"flow.{stage}.split.queue_h"] + found[f"flow.{stage}.split.off_shift_h"] > 0


def test_outcomes_and_the_open_are_everybody_at_any_time(found):
    days = {name.rpartition(".")[2] for name in found if name.startswith("flow.sale.outcome.open.after.")}
    seen = 0
    for day in days:
        still = found[f"flow.sale.outcome.open.after.{day}"]
        if not math.isnan(still):
            shares = [found[f"flow.sale.outcome.{o}.within.{day}"] for o in ("won", "gone", "void")]
            assert sum(shares) + still == pytest.approx(1)
            seen += 1
    assert seen > 5


def test_every_need_is_accounted_for(found, trace):
    rows = [(int(e), int(s)) for block in trace.blocks() for e, s in zip(block.event, block.step, strict=True)]
    steps = trace.plan.steps
    sale = {s.index for s in steps if trace.plan.journeys[s.journey].name == "sale"}
    ended = sum(event == Event.END and step in sale for event, step in rows)
    still = sum(event == Event.OPEN_CASE and step in sale for event, step in rows)
    assert found["demand.inquiries"] == ended + still
    lost = found["demand.not_reached"] + found["demand.unusable"]
    assert found["demand.needs"] == lost + ended + still


def test_cohorts_are_the_cases_behind_the_quantiles(trace, scenario, found):
    _, kept = measure_cohorts(trace)
    _, folded = measure_cohorts(simulate(scenario, seed=3, trace=False))
    assert list(kept) == list(folded)
    assert all(np.array_equal(kept[name], folded[name]) for name in kept)
    sketch = kept["flow.sale.answer"]
    assert sketch.sum() == found["flow.sale.answer.entrants"]
    assert sketch[0].sum() / sketch.sum() == pytest.approx(found["flow.sale.answer.reached_share"])
    sketch = kept["flow.time_in_system.order"].astype(float)
    median = float(first_at(share_of(sketch), cell_hours(), 0.5, False))
    assert median == pytest.approx(found["flow.time_in_system.order.median_h"], rel=0.006)


def test_the_share_without_never_rises(found):
    curve = [v for k, v in found.items() if k.startswith("flow.sale.answer.without.") and not math.isnan(v)]
    assert len(curve) > 10
    assert all(a >= b for a, b in pairwise(curve))


def test_touch_time_of_cases_is_part_of_what_people_do(found):
    # What a giver does and administration is work of nobody's case.
    for_cases = sum(
        found[f"flow.{j}.split.touch_h"] * found[f"throughput.{j}.begins_per_week"] * 52 for j in ("sale", "order")
    )
    other = sum(found[f"people.all.hours_per_year.{a}"] for a in ("admin", "give_over"))
    busy = found["people.all.busy_h_per_year"] + found["people.robot.busy_h_per_year"]
    assert for_cases + other == pytest.approx(busy)
