"""Which engine runs: what is asked for, or what knows the scenario and is worth it."""

import pytest

from experiments.composing.compose import compose
from sim import compiled, simulate
from sim.choice import WORTH_COMPILING, WORTH_LOADING, Uncovered, cases_of, chosen
from sim.planning import plan_of
from sim.worktime import WEEK_MS


@pytest.fixture
def queue():
    """Give the plan of something that the compiled engine knows."""
    plan = plan_of(compose(["+experiment=textbook/mm4"]))
    assert compiled.uncovered(plan) == []
    return plan


@pytest.fixture
def unknown(queue, monkeypatch):
    """Give a plan that the compiled engine does not know."""
    monkeypatch.setattr(compiled, "uncovered", lambda plan: ["telepathy", "luck"])
    return queue


@pytest.mark.parametrize(
    ("cases", "ready", "engine"),
    [
        (WORTH_LOADING - 1, True, "simpy"),
        (WORTH_LOADING, True, "compiled"),
        (WORTH_LOADING, False, "simpy"),
        (WORTH_COMPILING - 1, False, "simpy"),
        (WORTH_COMPILING, False, "compiled"),
    ],
)
def test_auto_takes_what_is_sooner_done(queue, monkeypatch, cases, ready, engine):
    monkeypatch.setattr(compiled, "is_ready", lambda: ready)
    assert chosen("auto", [queue], cases).engine == engine


def test_what_is_asked_for_is_taken_whatever_it_is_worth(queue):
    assert chosen("compiled", [queue], 1).engine == "compiled"
    assert chosen("simpy", [queue], 1e9).engine == "simpy"


def test_auto_leaves_what_is_not_known_to_the_other_and_says_what(unknown):
    choice = chosen("auto", [unknown], 1e9)
    assert choice.engine == "simpy"
    assert "telepathy, luck" in choice.because
    assert chosen("auto", [unknown], 1).because == "little to do"


def test_asking_for_what_is_not_known_is_refused(unknown):
    with pytest.raises(ValueError, match=r"^engine: the compiled engine does not know yet: telepathy, luck; "):
        chosen("compiled", [unknown, unknown])
    with pytest.raises(Uncovered):
        simulate(compose(["+experiment=textbook/mm4"]), engine="compiled")


def test_an_unknown_engine_is_refused(queue):
    with pytest.raises(ValueError, match="engine: must be one of simpy, compiled, auto \\(got 'numba'\\)"):
        chosen("numba", [queue])


def test_cases_are_counted_from_sources_needs_and_background():
    queue = compose(["+experiment=textbook/mm4"])
    assert cases_of(plan_of(queue)) == pytest.approx(5.5 * 168 * 9, rel=0.01)
    short = queue.model_dump(exclude_defaults=True)
    for source in short["source"].values():
        source["count"] = 7
    assert cases_of(plan_of(type(queue).read(short))) == 7
    company = compose(["org=traditional", "run.weeks=26"])
    longer = compose(["org=traditional", "run.weeks=52"])
    weeks = [plan_of(one).horizon_ms for one in (company, longer)]
    assert cases_of(plan_of(longer)) / cases_of(plan_of(company)) == pytest.approx(weeks[1] / weeks[0])


def test_cases_of_all_companies_are_counted_with_their_share_of_the_customers():
    alone = plan_of(compose(["org=traditional", "run.weeks=26"]))
    both = [plan_of(one) for one in compose(["org=traditional", "rivals=[traditional]", "run.weeks=26"]).companies]
    weeks = alone.horizon_ms / WEEK_MS
    rates = [sum(stream.rate_per_week[g] for stream in alone.streams) for g in range(len(alone.segments))]
    divided = [rate - needs for rate, needs in zip(rates, alone.needs.rate_per_week, strict=True)]
    once = sum(rate * n for rate, n in zip(divided, alone.customers, strict=True)) * weeks
    assert sum(map(cases_of, both)) == pytest.approx(2 * cases_of(alone) - once)
