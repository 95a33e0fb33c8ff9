"""What may not change a run does not change a bit of it."""

import copy
import hashlib
import math

from happenings import happenings, ran, records
from hypothesis import given
from small_companies import ROLES, companies, few

import sim.kpis
from sim import Scenario, measure, simulate
from sim.trace import Block


class Digest:
    """Stands in for the folding of rows into measures: a hash over all blocks, and where they were cut."""

    def __init__(self, plan):
        self._hash = hashlib.sha256()
        self._rows = []

    def add(self, block: Block) -> None:
        self._rows.append(len(block.time_ms))
        for column in block:
            self._hash.update(column.tobytes())

    def result(self):
        return self._rows, self._hash.hexdigest()

    def cohorts(self):
        return {}


def alike(a: dict, b: dict) -> bool:
    """Whether two dicts of measures have the same names and bits, undefined ones included."""

    def bits(measures):
        return {k: ("undefined" if math.isnan(m.value) else m.value, m.unit) for k, m in measures.items()}

    return list(a) == list(b) and bits(a) == bits(b)


@few
@given(companies(changing=True))
def test_keeping_the_rows_changes_no_measure(data):
    scenario = Scenario.read(data)
    kept = measure(simulate(scenario, trace=True), scenario)
    assert kept
    assert alike(kept, measure(simulate(scenario, trace=False), scenario))


def test_rows_are_folded_in_the_same_blocks_whether_or_not_they_are_kept(monkeypatch):
    data = {
        "journey": {"visit": {"steps": {"desk": {"do": "serve"}, "out": {"end": "served"}}}},
        "activity": {"serve": {"kind": "service", "effort_h": {"exponential": {"mean": 0.02}}}},
        "org": {"roles": {"server": {"headcount": 1, "hours": "always"}}, "who": {"serve": "server"}},
        "source": {"customers": {"journey": "visit", "interarrival_h": {"exponential": {"mean": 0.025}}}},
        "run": {"weeks": 3},
    }
    scenario = Scenario.read(data)
    monkeypatch.setattr(sim.kpis, "Fold", Digest)
    folded = simulate(scenario, trace=False).measures
    kept = Digest(None)
    for block in simulate(scenario, trace=True).blocks():
        kept.add(block)
    assert len(kept.result()[0]) > 2, "the run is too short to cut blocks"
    assert folded == kept.result()


@few
@given(companies())
def test_the_same_seed_gives_the_same_rows_and_another_seed_others(data):
    data["source"]["walk_in"]["interarrival_h"] = {"exponential": {"mean": 4.0}}
    data["source"]["walk_in"].pop("count", None)
    first, rows = ran(data, seed=5)
    assert rows == ran(data, seed=5)[1]
    assert rows != ran(data, seed=6)[1]
    assert rows != happenings(simulate(Scenario.read(data), seed=5, replication=1))
    assert first.plan.design == "small"


@few
@given(companies())
def test_renaming_the_design_changes_no_row(data):
    renamed = copy.deepcopy(data)
    renamed["org"]["name"] = "another"
    assert ran(data)[1] == ran(renamed)[1]


def exchanged(value, old: str, new: str):
    """Give plain data with a name exchanged, as key or as value."""
    if isinstance(value, dict):
        return {(new if k == old else k): exchanged(v, old, new) for k, v in value.items()}
    if isinstance(value, list):
        return [exchanged(v, old, new) for v in value]
    return new if value == old else value


@few
@given(companies())
def test_a_renamed_role_that_keeps_its_id_changes_nothing_but_the_name(data):
    renamed = exchanged(data["org"], "clerk", "front_desk")
    renamed["roles"]["front_desk"]["id"] = "clerk"
    trace, rows = ran(data)
    other, its_rows = ran({**data, "org": renamed})
    assert rows == its_rows
    assert [r.name for r in other.plan.roles] == [r.name.replace("clerk", "front_desk") for r in trace.plan.roles]


@few
@given(companies())
def test_what_nobody_uses_changes_no_record(data):
    more = copy.deepcopy(data)
    more["activity"] = {"idle_talk": {"kind": "service", "effort_h": {"exponential": {"mean": 1}}}, **more["activity"]}
    more["journey"]["never"] = {"steps": {"talk": {"do": "idle_talk"}, "done": {"end": "done"}}}
    more["org"]["roles"]["bystander"] = {"headcount": 2, "hours": {"mon-fri": "9-17"}, "absence_days_per_year": 40}
    more["org"]["who"]["idle_talk"] = "bystander"
    before = records(ran(data)[0])
    after = [r for r in records(ran(more)[0]) if r[6] != "bystander"]
    assert before == after


@few
@given(companies())
def test_a_role_listed_first_that_does_nothing_moves_no_record(data):
    more = copy.deepcopy(data)
    more["org"]["roles"] = {"bystander": {"headcount": 1, "hours": {"mon-fri": "8-12, 13-17"}}, **more["org"]["roles"]}
    assert sorted(records(ran(data)[0])) == sorted(r for r in records(ran(more)[0]) if r[6] != "bystander")


@few
@given(companies())
def test_a_lever_that_cannot_touch_a_journey_moves_none_of_its_records(data):
    """A second, self-contained business beside the first: whatever the first does, the second does not notice."""
    data["journey"]["second"] = {
        "steps": {
            "work": {"do": "second_work", "patience": "calm", "left": "gone"},
            "way": {"choose": {"again": 0.3, "out": 0.7}, "to": {"again": "work", "out": "out"}},
            "out": {"end": "out"},
            "gone": {"end": "gone"},
        }
    }
    data["activity"]["second_work"] = {"kind": "service", "effort_h": {"exponential": {"mean": 3}}}
    data["org"]["roles"]["second"] = {"headcount": 2, "absence_days_per_year": 40}
    data["org"]["who"]["second_work"] = "second"
    data["market"]["laws"]["calm"] = {"exponential": {"mean": 5}}
    data["source"]["others"] = {"journey": "second", "interarrival_h": {"exponential": {"mean": 4}}}
    base = [r for r in records(ran(data)[0]) if r[2] == "second"]
    assert base
    for lever in (hire, slow_down, close_early, hand_over, shut_the_first):
        other = copy.deepcopy(data)
        lever(other)
        assert base == [r for r in records(ran(other)[0]) if r[2] == "second"], lever.__name__


def hire(data):
    data["org"]["roles"]["clerk"]["headcount"] += 2


def slow_down(data):
    data["activity"]["greet"]["effort_h"] = 7.5


def close_early(data):
    data["org"]["roles"]["clerk"]["hours"] = {"mon": "9-10", "thu": "9-10"}


def hand_over(data):
    terms = {"giver_h": 0.5, "taker_h": 0.5, "complete": 0.2}
    data["org"]["handoff"] = {**data["org"].get("handoff", {}), "across_roles": terms}


def shut_the_first(data):
    data["source"]["walk_in"]["count"] = 1
    data["org"]["who"] |= {
        a: sorted(set(data["org"]["roles"]) & set(ROLES))[0] for a in ("greet", "pitch", "make", "fix")
    }
