"""The load check works on arrays of cases: each must be drawn, decided and counted as if it were alone."""

from collections import defaultdict
from dataclasses import fields, replace

import numpy as np
import pytest

from experiments import compose
from sim import portable
from sim.binding import apply_rule
from sim.draws import absorb, key_of, uniform, word_of
from sim.laws import LAWS
from sim.load import Load, Offered, offered_load
from sim.load.cases import Cases
from sim.load.decisions import apply_to
from sim.load.drawn import drawn
from sim.load.happenings import Happenings
from sim.load.needs import Needs
from sim.load.portable_arrays import exp_array, log_array, normal_quantile_array
from sim.load.tally import Tally
from sim.load.walk import Walk
from sim.marks import CONTACT, draw_account_marks, draw_marks, draw_traits
from sim.plan import COLD, INBOUND, REFERRAL
from sim.planning import plan_of
from sim.reach import Reach
from sim.rules import BRANCHES, EFFECTS

RNG = np.random.default_rng(20_261)
UNIFORMS = np.concatenate(
    [RNG.random(5000), 10.0 ** RNG.uniform(-15, -1, 2000), 1 - 10.0 ** RNG.uniform(-15, -1, 2000), [0.075, 0.5, 0.925]]
)
# Machines that cannot do all, practices, appointments that somebody books, divided work, cases that start others.
RICH = ["org=traditional_portal", "+lever=[coordinator]", "org.staffing=given"]
FALLING = ["market.needs.marks.technical.falls_with_contact=0.2"]


@pytest.fixture(scope="module")
def plan():
    return plan_of(compose([*RICH, *FALLING]))


@pytest.mark.parametrize(
    ("twin", "scalar", "arguments"),
    [
        (log_array, portable.log, np.concatenate([UNIFORMS, 10.0 ** RNG.uniform(-300, 300, 3000)])),
        (exp_array, portable.exp, np.concatenate([RNG.uniform(-760, 720, 5000), RNG.normal(0, 2, 3000), [0.0, -0.0]])),
        (normal_quantile_array, portable.normal_quantile, UNIFORMS),
    ],
)
def test_twins_for_arrays_give_the_same_bits(twin, scalar, arguments):
    assert twin(arguments).tolist() == [scalar(x) for x in arguments.tolist()]


@pytest.mark.parametrize(
    "law",
    [
        LAWS["deterministic"](3.0),
        LAWS["exponential"](mean=2.0),
        LAWS["lognormal"](mean=2.0, cv=0.6),
        LAWS["gamma"](mean=2.0, cv=0.6),
        LAWS["mixture"]([(1.0, LAWS["exponential"](mean=2.0)), (2.0, LAWS["uniform"](1.0, 3.0))]),
    ],
    ids=lambda law: law.name,
)
def test_laws_are_drawn_at_once_as_one_by_one(law):
    assert drawn(law, UNIFORMS[:500]).tolist() == [law.quantile(u) for u in UNIFORMS[:500].tolist()]
    assert drawn(law, UNIFORMS[:0]).tolist() == []


def needs_of(plan, stream, size, segment=1):
    return Needs(plan, stream, segment, size, Reach(plan).reference)


@pytest.mark.parametrize("origin", [INBOUND, REFERRAL, COLD])
@pytest.mark.parametrize("share", [0.02, 0.33, 1.0])
def test_needs_of_prospects_are_drawn_as_one_by_one(plan, origin, share):
    reference, needs = Reach(plan).reference, needs_of(plan, plan.needs, 300)
    holding = needs.holding(share, origin)
    assert holding.shape == (2, 300)  # qualified and technical
    cases = needs.cases(np.arange(300), np.arange(300), origin, holding)
    for n in range(300):
        key = absorb(key_of(0, 0, word_of("load"), plan.needs.word, 1), n)
        u = uniform(absorb(key, CONTACT))
        contact = share * u if origin == INBOUND else share + (1.0 - share) * u
        registers = [0.0] * len(plan.registers)
        draw_marks(registers, plan.needs.marks, key, 1, plan.luck, contact, reference)
        for register, value in draw_account_marks(plan, key, 1):
            registers[register] = value
        assert cases.key[n] == key
        assert cases.registers[:, n].tolist() == registers
        assert cases.traits[:, n].tolist() == draw_traits(plan, key, 1)
        assert cases.follows[:, n].tolist() == [False]


def test_marks_that_fall_with_contact_are_as_stated_where_nobody_is_reached(plan):
    needs = needs_of(plan, plan.needs, 500)
    stated = needs.holding(0.0, INBOUND)
    assert stated[0].mean() == pytest.approx(0.35, abs=4 * (0.35 * 0.65 / 500) ** 0.5)
    assert needs.holding(1e-6, INBOUND)[0].all()  # the first to come are those that qualify
    assert needs.holding(0.01, INBOUND)[0].sum() >= needs.holding(0.9, INBOUND)[0].sum()


def brought(plan, parts):
    """Give the load that cases bring which are walked together, each need once a year; by kind and key."""
    cases, happenings, load = Cases.joined(parts), Happenings(), Load()
    Walk(plan, happenings).walk(cases)
    for segment in range(len(plan.segments)):
        happenings.write(Tally(plan, load), segment, np.ones(cases.row.max() + 1))
    kinds = ("work_h", "handoff_h", "tasks", "case_h", "commission_usd", "ends")
    return {(kind, key): value for kind in kinds for key, value in getattr(load, kind).items()}, cases.elapsed_ms


def test_who_walks_with_others_meets_what_meets_who_walks_alone(plan):
    alone = []
    for stream in (plan.needs, *plan.streams):
        for segment in (0, 2):
            needs = needs_of(plan, stream, 12, segment)
            for origin in (INBOUND, COLD) if stream is plan.needs else (INBOUND,):
                holding = needs.holding(0.3, origin)
                for n in range(12):
                    row, one = np.array([len(alone)]), np.array([n])
                    alone.append(needs.cases(row, one, origin, holding[:, one]))
    together, elapsed_ms = brought(plan, alone)
    assert len(together) > 100
    expected = defaultdict(float)
    for n, case in enumerate(alone):
        case.row[:] = 0
        found, alone_ms = brought(plan, [case])
        assert alone_ms == [elapsed_ms[n]]
        for key, value in found.items():
            expected[key] += value
    assert together == pytest.approx(dict(expected), rel=1e-12)


RULES = [*BRANCHES, *EFFECTS]


@pytest.mark.parametrize("name", RULES)
def test_rules_decide_for_many_as_for_each(plan, name):
    rule = next((rule for rule in plan.rules if rule.name == name), None)
    if rule is None:
        pytest.skip("no shipped journey or activity names it")
    needs = needs_of(plan, plan.streams[0], 200)
    every = np.arange(200)
    cases, u = needs.cases(every, every, INBOUND, needs.holding(0.0, INBOUND)), RNG.random(200)
    cases.registers[:] = RNG.integers(0, 4, cases.registers.shape)
    cases.registers[plan.luck] = RNG.random(200)
    some, before = every[::3], cases.registers.copy()
    branches = apply_to(rule, cases, some, u[some], 0.7)
    for n in every:
        registers = before[:, n].tolist()
        if n in some:
            branch = apply_rule(rule, registers, cases.traits[:, n].tolist(), 1.0, 0.7, u[n])
            assert branches[n // 3] == branch
        assert cases.registers[:, n].tolist() == registers


@pytest.mark.parametrize("overrides", [[], FALLING, ["market.needs.marks.qualified.falls_with_contact=0"]])
def test_one_walk_serves_for_all_money_in_marketing(overrides):
    plan = plan_of(compose(["org=traditional", *overrides]))
    offered, kinds = Offered(plan, samples=40), [f.name for f in fields(Load)]
    for usd in (250_000.0, 0.0, 600_000.0, 90_000.0, 250_000.0):
        fresh = offered_load(replace(plan, marketing_usd_per_year=usd), samples=40)
        found = offered.load(usd)
        for kind in kinds:
            assert getattr(found, kind) == pytest.approx(getattr(fresh, kind), rel=1e-12), kind


def test_money_in_marketing_moves_nothing_else_in_a_plan():
    scenario = compose(["org=traditional"])
    org = scenario.org.model_copy(update={"marketing_usd_per_year": 7e5})
    assert plan_of(scenario.model_copy(update={"org": org})) == replace(plan_of(scenario), marketing_usd_per_year=7e5)


def test_a_load_and_its_copy_are_added_to_apart():
    load = Load()
    load.work_h["clerk", "serve"] = 1.0
    other = load.copy()
    other.work_h["clerk", "serve"] += 1.0
    other.ends["visit", "served"] += 1.0
    assert (load.work_h["clerk", "serve"], dict(load.ends)) == (1.0, {})
