"""Both engines write the same rows, to the last bit, whatever the company."""

import pytest
from hypothesis import Phase, given, settings
from small_companies import companies, few, rivals

from experiments.answers.difference import first_difference
from experiments.composing.choices import choices
from experiments.composing.compose import composed
from sim import Scenario, measure, simulate
from sim.trace import Event

BOTH = ("simpy", "compiled")


def assert_twins(scenario, seed=1, replication=0):
    """Compare the traces of all companies; give those of SimPy."""
    traces = tuple(simulate(scenario, seed=seed, replication=replication, engine=engine) for engine in BOTH)
    for pair in zip(*((trace, *trace.rivals) for trace in traces), strict=True):
        difference = first_difference(BOTH, pair)
        if difference is not None:
            pytest.fail("\n".join((f"company {pair[0].company}", *difference.lines)), pytrace=False)
    return traces[0], *traces[0].rivals


def events(traces):
    return {int(event) for trace in traces for block in trace.blocks() for event in set(block.event.tolist())}


ALONE = {Event.START, Event.WAIT, Event.LEAVE, Event.CHOOSE, Event.MISSED, Event.ABSENT}
SEVERAL = {Event.RIVAL, Event.OUTDONE, Event.LEFT_FOR, Event.WON_FROM, Event.CHURN, Event.LEAVE}


@pytest.mark.parametrize(("drawn_from", "told"), [(companies, ALONE), (rivals, SEVERAL)], ids=["alone", "several"])
def test_random_small_companies_have_the_same_rows(drawn_from, told):
    ran, seen = 0, set()

    # A smaller company tells no more than the rows around the difference do, and takes minutes to find.
    @settings(few, phases=[Phase.generate])
    @given(drawn_from(changing=True))
    def check(data):
        nonlocal ran
        ran += 1
        seen.update(events(assert_twins(Scenario.read(data))))

    check()
    assert ran > 40
    assert told <= seen


@few
@given(companies() | rivals())
def test_folding_rows_while_they_come_gives_the_same_measures(data):
    scenario = Scenario.read(data)
    kept, folded = (
        simulate(scenario, engine=engine, trace=trace) for engine, trace in (("simpy", True), ("compiled", False))
    )
    for one, other in zip((kept, *kept.rivals), (folded, *folded.rivals), strict=True):
        assert repr(measure(one)) == repr(measure(other))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("market", ["engineered_products", "engineered_products_quarter"])
def test_shipped_designs_have_the_same_rows(market, seed):
    ran = 0
    for design in sorted(set(choices("org")) - {"textbook"}):
        if design.startswith("small_") != market.endswith("_quarter"):  # heads for another market
            continue
        scenario = composed([f"market={market}", f"org={design}", "run.weeks=26"]).scenario
        assert_twins(scenario, seed=seed)
        ran += 1
    assert ran >= 2


@pytest.mark.slow
@pytest.mark.parametrize("rivals", ["[traditional]", "[self_service,growth_only]"])
def test_shipped_designs_have_the_same_rows_beside_others(rivals):
    """With twice the customers, and what holds them, that the question of two fronts has."""
    question = ["+experiment=claims/c12_two_fronts", "org=traditional", f"rivals={rivals}", "run.weeks=26"]
    market = assert_twins(composed(question).scenario)
    assert SEVERAL - {Event.LEAVE} <= events(market)
