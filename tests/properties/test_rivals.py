"""Several companies on the same accounts: each conserves what one alone conserves, and they share what there is."""

import copy
from collections import Counter, defaultdict
from itertools import pairwise
from math import exp, sqrt

import pytest
from happenings import Happening, happenings
from hypothesis import given
from small_companies import few, fewer, many, rivals
from test_conservation import company_conserves
from test_identity import addresses
from test_same_bits import alike

from sim import Scenario, measure, simulate
from sim.companies import STAYING
from sim.draws import absorb, uniform, word_of
from sim.engine.rivalry import Rivalry
from sim.planning import plan_of
from sim.rules import logistic
from sim.trace import Event, Trace

Market = list[tuple[Trace, list[Happening]]]


def market_of(data: dict, seed: int = 1) -> Market:
    """Run a scenario; give each company's trace and rows."""
    trace = simulate(Scenario.read(data), seed=seed)
    return [(one, happenings(one)) for one in (trace, *trace.rivals)]


def nobody_is_customer_of_two(market: Market) -> None:
    times: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for _, rows in market:
        since: dict[int, int] = {}
        for row in rows:
            if row.event in (Event.CUSTOMER, Event.WON):
                since[row.account] = row.time
            elif row.event in (Event.CHURN, Event.OPEN_ACCOUNT):
                times[row.account].append((since.pop(row.account), row.time))
        assert not since
    for spells in times.values():
        spells.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(spells))


def no_need_is_won_twice(market: Market) -> None:
    """A need is told by its account and epoch; those found by calls later are left out."""
    won: Counter[tuple[int, int]] = Counter()
    for _, rows in market:
        heard = {(r.account, r.time) for r in rows if r.event is Event.NEED and r.value == 1}
        begun = {r.case: (r.account, r.time) for r in rows if r.event is Event.BEGIN}
        won.update(begun[r.case] for r in rows if r.event is Event.WON and begun[r.case] in heard)
    assert max(won.values(), default=0) <= 1


def who_comes_from_another_leaves_it(market: Market) -> None:
    came, left = Counter(), Counter()
    for company, (_, rows) in enumerate(market, start=1):
        came.update((r.time, r.account, int(r.value), company) for r in rows if r.event is Event.WON_FROM)
        left.update((r.time, r.account, company, int(r.value)) for r in rows if r.event is Event.LEFT_FOR)
    assert came == left


def customers_of_t0_are_divided(market: Market) -> None:
    plan = market[0][0].plan
    mine = [{r.account for r in rows if r.event is Event.CUSTOMER} for _, rows in market]
    assert sum(map(len, mine)) == len(set().union(*mine)) == sum(plan.customers)


def the_same_needs_arise(market: Market) -> None:
    needs = [[(r.time, r.account) for r in rows if r.event is Event.NEED] for _, rows in market]
    assert all(sorted(others) == sorted(needs[0]) for others in needs)


def shares(data: dict) -> Counter[Event]:
    """Check a market; give how often what happened."""
    market = market_of(data)
    for (trace, rows), org in zip(market, (data["org"], *data["rivals"]), strict=True):
        company_conserves(trace.plan, rows, [org])
    for rule in (
        nobody_is_customer_of_two,
        no_need_is_won_twice,
        who_comes_from_another_leaves_it,
        customers_of_t0_are_divided,
        the_same_needs_arise,
    ):
        rule(market)
    return Counter(row.event for _, rows in market for row in rows)


def test_companies_conserve_what_is_theirs_and_share_the_accounts():
    seen: Counter[Event] = Counter()

    @few
    @given(rivals())
    def check(data):
        seen.update(shares(data))

    check()
    # What is shared is not nothing: accounts change hands, needs are won and lost.
    assert min(seen[e] for e in (Event.LEFT_FOR, Event.WON_FROM, Event.OUTDONE, Event.WON, Event.CHURN)) >= 5


@pytest.mark.slow
@many
@given(rivals())
def test_many_companies_conserve_what_is_theirs_and_share_the_accounts(data):
    shares(data)


@fewer
@given(rivals())
def test_keeping_no_rows_changes_no_measure_of_any_company(data):
    scenario = Scenario.read(data)
    kept, folded = simulate(scenario), simulate(scenario, trace=False)
    for one, other in zip((kept, *kept.rivals), (folded, *folded.rivals), strict=True):
        assert alike(measure(one), measure(other))


@fewer
@given(rivals())
def test_a_renamed_rival_changes_nothing(data):
    renamed = copy.deepcopy(data)
    for i, org in enumerate(renamed["rivals"]):
        org["name"] = f"another {i}"
    assert [rows for _, rows in market_of(data)] == [rows for _, rows in market_of(renamed)]


@fewer
@given(rivals())
def test_a_rival_that_nobody_hears_of_changes_no_row(data):
    data["market"]["needs"]["response"]["base_per_week"] = 0
    data["market"]["rivalry"]["shares_at_start"] = [1.0] + [0.0] * len(data["rivals"])
    data["org"]["marketing_usd_per_year"] = 50_000
    for org in data["rivals"]:
        org["marketing_usd_per_year"] = 0
    alone = copy.deepcopy(data)
    alone["rivals"], alone["market"]["rivalry"] = [], {}
    ours = [row for row in market_of(data)[0][1] if row.event is not Event.RIVAL]
    assert ours == market_of(alone)[0][1]


def test_an_address_means_one_thing_to_all_companies(monkeypatch):
    @fewer
    @given(rivals())
    def check(data):
        addresses(monkeypatch, Scenario.read(data))

    check()


# -- the law of decisions

DUEL = {
    "market": {
        "segments": {"all": {"customers": 40, "prospects": 160}},
        "needs": {
            "journey": "sale",
            "per_account_per_year": 6,
            "response": {
                "base_per_week": 8,
                "max_per_week": 20,
                "half_effect_usd": 1.0,
                "shape": 1.0,
                "carry_over_half_life_weeks": 0.0,
                "reference_per_week": 1.0,
            },
        },
        "rules": {"closes": {"intercept": 0.0, "slope": 0.0}},
        "rest_weeks": 2,
        "rivalry": {"offer": "offer"},
    },
    "journey": {
        "sale": {
            "steps": {
                "write": {"do": "write"},
                "think": {"wait": {"exponential": {"mean": 100.0}}},
                "closes": {
                    "choose": "closes",
                    "to": {"won": "won", "incumbent": "lost", "rival": "lost", "no_decision": "lost"},
                },
                "won": {"end": "won", "account": "becomes_customer"},
                "lost": {"end": "lost", "account": "rests"},
            }
        }
    },
    "activity": {"write": {"kind": "proposal", "effort_h": {"exponential": {"mean": 3.0}}, "milestone": "offer"}},
    "org": {"roles": {"clerk": {"headcount": 1, "hours": {"mon-fri": "9-17"}}}, "who": {"write": "clerk"}},
    "run": {"weeks": 26},
}


def mean_and_error(values: list[float]) -> tuple[float, float]:
    n = len(values)
    mean = sum(values) / n
    return mean, sqrt(sum((v - mean) ** 2 for v in values) / (n - 1) / n)


def test_identical_companies_come_to_equal_shares():
    scenario = Scenario.read({**DUEL, "rivals": [DUEL["org"]]})
    ahead, taken = [], []
    for replication in range(25):
        trace = simulate(scenario, seed=3, replication=replication, trace=False)
        ours, theirs = measure(trace), measure(trace.rivals[0])
        kpis = ("market_share.customers_at_end", "market_share.needs_lost_to_rivals_per_year")
        gap, lost = (ours[kpi].value - theirs[kpi].value for kpi in kpis)
        ahead.append(gap)
        taken.append(lost)
        assert ours["market_share.share_at_end"].value + theirs["market_share.share_at_end"].value == pytest.approx(1)
    for values in (ahead, taken):
        mean, error = mean_and_error(values)
        assert error > 0
        assert abs(mean) < 4 * error, (mean, error)


def test_who_serves_twice_as_many_wins_more_than_an_equal():
    """The duel can be won: with three clerks against one that has more to do than hours."""
    data = copy.deepcopy(DUEL)
    data["activity"]["write"]["effort_h"] = {"exponential": {"mean": 8.0}}
    strong = copy.deepcopy(data["org"])
    strong["roles"]["clerk"]["headcount"] = 3
    shares = []
    for replication in range(10):
        trace = simulate(Scenario.read({**data, "rivals": [strong]}), seed=3, replication=replication, trace=False)
        shares.append(measure(trace)["market_share.share_at_end"].value)
    mean, error = mean_and_error(shares)
    assert mean + 4 * error < 0.5


def test_several_offers_are_chosen_from_by_the_multinomial_logit():
    """Shares of the best of value + Gumbel are exp(value) over the sum of them (McFadden 1974), staying being 0."""
    values, n = (0.7, -0.2, 0.3), 20_000
    plan = plan_of(Scenario.read({**DUEL, "rivals": [DUEL["org"], DUEL["org"]]}))
    rivalry, step = Rivalry([plan] * 3), next(s for s in plan.steps if s.rule >= 0)
    chosen: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    for k in range(n):
        need = absorb(word_of("need of a test"), k)
        luck = {c: rivalry._gumbel(need, step, c) for c in (STAYING, 0, 1, 2)}
        worth = {c: v + luck[c] for c, v in enumerate(values)} | {STAYING: luck[STAYING]}
        chosen[max(worth, key=lambda c: worth[c])] += 1
        alone[1] += worth[1] > worth[STAYING]
        # The company in question decides as its rule does alone.
        assert (worth[0] > worth[STAYING]) == (uniform(absorb(absorb(need, step.word), 0)) < logistic(values[0]))
    total = 1 + sum(exp(v) for v in values)
    expected = {STAYING: 1 / total} | {c: exp(v) / total for c, v in enumerate(values)}
    for c, p in expected.items():
        assert abs(chosen[c] / n - p) < 4 * sqrt(p * (1 - p) / n), (c, chosen[c] / n, p)
    p = logistic(values[1])
    assert abs(alone[1] / n - p) < 4 * sqrt(p * (1 - p) / n)
