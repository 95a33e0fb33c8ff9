"""The parts of the benchmarks run on tiny sizes and say what was measured; nothing is timed here."""

import itertools
import math

import pytest

from bench import company, draw, loop, memory, orgsim_models, page, queue_depth, scaling, speed, workers
from bench.contestant import PEERS, PLAIN, peer_of
from bench.orgsim_models import Flow, NotAvailable
from bench.pairing import Pairing, take_turns
from bench.results import Results
from bench.scales import SCALES

MACHINE = {"processor": "some"}


def some_pairing():
    return Pairing((2.0, 2.0, 3.0), (1.0, 4.0, 1.0))


def test_ratios_are_of_one_round():
    assert some_pairing().ratios == [2.0, 0.5, 3.0]
    assert some_pairing().text == "2.00 (0.50 to 3.00)"


def test_everybody_takes_turns_and_begins_a_round():
    order = []
    calls = {name: lambda name=name: order.append(name) for name in "abc"}
    clock = itertools.count().__next__
    taken = take_turns(calls, rounds=3, clock=clock)
    assert "".join(order) == "abcbcacab"
    assert taken == {name: (1, 1, 1) for name in "abc"}


def test_no_round_is_refused():
    with pytest.raises(ValueError, match="rounds must be at least 1; got 0"):
        take_turns({}, rounds=0)


@pytest.mark.parametrize("model", ["a", "b"])
@pytest.mark.parametrize("name", PEERS)
def test_peer_runs_the_model(model, name):
    try:
        peer = peer_of(name, PEERS[name][0], model, 300, seed=1)
    except NotAvailable as error:
        assert str(error).startswith(name)
        pytest.skip(str(error))
    flow = peer.flow()
    assert flow.customers == 300
    # Wide: 300 customers say no more than that the hours are hours and that there are queues.
    assert 0.9 < flow.mean_h < 9


def test_cpp_agrees_with_theory():
    try:
        flow = peer_of("C++", PEERS["C++"][0], "a", 2_000_000, seed=1).flow()
    except NotAvailable as error:
        pytest.skip(str(error))
    assert flow.mean_h == pytest.approx(7.0898 / 3.6 + 1, rel=0.03)


def test_who_is_not_installed_is_named():
    with pytest.raises(NotAvailable, match=r"Nobody: No module named 'bench\.nobody_models'"):
        peer_of("Nobody", "bench.nobody_models", "a", 10, seed=1)


def test_speed_has_plain_first_and_names_who_is_missing(monkeypatch):
    monkeypatch.setitem(PEERS, "Nobody", ("bench.nobody_models", 1.0))
    speeds, missing = speed.measure_speed("a", customers=50, engines=["simpy"], rounds=2, peers=["Nobody"])
    assert [s.who for s in speeds] == [PLAIN, "orgsim, simpy"]
    assert [line.partition(":")[0] for line in missing] == ["Nobody"]
    assert speeds[0].pairing.ratios == [1.0, 1.0]
    assert len(speeds[1].pairing.subject_s) == 2
    assert all(math.isfinite(s.mean_h) for s in speeds)


def test_other_work_is_refused(monkeypatch):
    monkeypatch.setattr(orgsim_models, "flow_of", lambda trace: Flow(49, 1.0))
    with pytest.raises(RuntimeError, match="49 of 50 customers left"):
        speed.measure_speed("a", customers=50, engines=["simpy"], rounds=1, peers=[])


@pytest.mark.parametrize("of", SCALES)
def test_what_grows_gives_a_short_run_and_a_longer_one(of):
    size = 1 if of == "years" else 20
    short, long = SCALES[of](size, 50)
    assert short.run.weeks < long.run.weeks
    assert short.model_copy(update={"run": long.run}) == long


def test_company_is_a_year_that_starts_by_itself():
    scenario = company.company("traditional", weeks=3)
    assert (scenario.run.weeks, scenario.run.warmup_weeks, scenario.run_in) == (3, 0, None)


def test_peak_memory_is_that_of_the_process():
    assert memory.peak_bytes() > 2**20


def test_page_shows_what_was_measured(tmp_path):
    results = Results(
        MACHINE,
        3,
        speeds=tuple(speed.Speed(m, who, 50, some_pairing(), 2.5) for m in "ab" for who in (PLAIN, "orgsim, simpy")),
        missing=("Nobody: not installed",),
        companies=(company.Company("traditional", True, 1_000, True, some_pairing()),),
        depths=(queue_depth.Depth("plain SimPy", (1.0,), (40.0,)),),
        scalings=(scaling.Scaling("people", (10, 100), (5, 5), ((100.0,), (150.0,)), (0.1, 0.2)),),
        memories=(memory.Memory("company", "compiled", False, (1, 3), (2**20, 3 * 2**20)),),
        workers=(workers.Workers("threads", 4, (1.0,), (1.25,), (1.5625,)),),
    )
    markdown, svg = draw.write(results, tmp_path)
    text = markdown.read_text(encoding="utf-8")
    assert svg.read_bytes() and f"]({svg.name})" in text
    assert "| A: M/M/4 at load .9 | orgsim, simpy | 50 | 1 | 2.00 (0.50 to 3.00) | 2.50 |" in text
    assert "- Nobody: not installed" in text
    assert "| people | 100 at 10, 150 at 100 | 1.50 (1.50 to 1.50) | 0.100, 0.200 |" in text
    assert "| two threads of one process | 8 | 1.28 | 80 % (80 to 80) |" in text
    assert "do 1.60 times the work" in text


def test_empty_results_give_no_table():
    assert page.tables(Results(MACHINE, 1)) == ""


@pytest.mark.slow
def test_compiled_parts_run():
    scenario = orgsim_models.scenario_of("a", 50)
    loop.loop_of(scenario)()
    assert loop.rows_of(scenario) > 50
    found = scaling.measure_scaling("people", (10, 20), rounds=1, cases=20)
    assert (len(found.ns), len(found.ns[0])) == (2, 1)
    kept, folded = company.measure_company("traditional", rounds=1, weeks=2)
    assert kept.same and folded.same and kept.rows > 0
