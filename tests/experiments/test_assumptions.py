"""Assumptions as factors: the same in all designs, and every config is as valid with them moved as without."""

from copy import deepcopy
from functools import lru_cache

import pytest

from experiments.assumed.assumptions import all_assumptions, applied, applied_to_org, assumptions_of
from experiments.assumed.numbers import defaults
from experiments.assumed.positions import sobol_positions
from experiments.assumed.world import LEFT_OUT, SUMS, TOGETHER
from experiments.complaint import Complaint
from experiments.composing.choices import choices
from experiments.composing.compose import SCENARIO_KEYS
from experiments.composing.config_root import config_root
from experiments.composing.phases import with_designs
from experiments.composing.resolved import resolved
from experiments.pages import assumptions as assumptions_page
from sim.planning import plan_of
from sim.scenario import Scenario

SHIPPED = defaults()
SMALL = "+experiment=small_firm"
QUICK = [["org=traditional"], ["org=persuasion_only"], ["org=self_service"], ["org=small_traditional", SMALL]]
DESIGNS = [
    *QUICK,
    ["org=traditional_tuned"],
    ["org=growth_only"],
    ["org=specialized_modern"],
    ["org=small_persuasion_only", SMALL],
]


@lru_cache
def config(*overrides):
    return resolved(overrides)


BASE = config("org=traditional")
OF_BASE = {one.name: one for one in assumptions_of(BASE)}


def at(data, path):
    for key in path.split("."):
        data = data[int(key) if isinstance(data, list) else key]
    return data


def moved(data, **positions):
    """Move assumptions of the base company, named with two underscores for a dot."""
    return applied(data, OF_BASE.values(), {name.replace("__", "."): where for name, where in positions.items()})


def read(data, factors, positions):
    """Read a scenario as composing does, with all the designs in it moved alike."""
    described = {k: v for k, v in applied(data, factors, positions).items() if k in SCENARIO_KEYS}
    described["run"] = {k: v for k, v in described["run"].items() if k != "replications"}

    def org(name):
        return applied_to_org(config(f"org={name}")["org"], factors, positions)

    found, problems = with_designs(described, choices("org"), org)
    assert problems == []
    return Scenario.read(found)


# -- what they are


def test_the_page_is_up_to_date():
    """`make docs` writes it anew."""
    page = (config_root().parent / "docs" / "assumptions.md").read_text(encoding="utf-8")
    assert page == assumptions_page.page(SHIPPED)


def test_every_pattern_is_of_something_shipped():
    """Quotas alone are nowhere switched on."""
    page = assumptions_page.page(SHIPPED)
    assert [form for form in LEFT_OUT if f"| `{form}` | 0 |" in page] == ["org.roles.*.quota.*"]
    names = {d.assumption for d in SHIPPED}
    assert set(TOGETHER.values()) <= names
    assert SUMS


def test_names_are_told_once_and_each_number_is_moved_by_one():
    found = all_assumptions(SHIPPED)
    names = [one.name for one in found]
    numbers = [(number.path, number.default) for one in found for number in one.numbers]
    assert len(set(names)) == len(names) > 100
    assert len(set(numbers)) == len(numbers) > 300


def test_values_and_factors_are_those_of_the_comments():
    margin, design = OF_BASE["market.contribution_margin"], OF_BASE["activity.effort_h.design"]
    assert (margin.kind, margin.low, margin.default, margin.high, margin.unit) == ("value", 0.25, 0.35, 0.45, "1")
    assert margin.paths == ("market.contribution_margin",)
    assert (design.kind, design.low, design.default, design.high, design.unit) == ("factor", 0.75, 1.0, 1.33, "times")
    assert "activity.design_concept.effort_h.lognormal.mean" in design.paths
    assert len(design.paths) == 5


def test_all_designs_together_contradict_nothing_and_have_the_same_ranges():
    orgs = [{"org": config(f"org={name}")["org"]} for name in ("persuasion_only", "self_service")]
    together = {one.name: one for one in assumptions_of(*orgs)}
    for org in orgs:
        for one in assumptions_of(org):
            assert (one.low, one.default, one.high) == (
                together[one.name].low,
                together[one.name].default,
                together[one.name].high,
            )
            assert set(one.paths) <= set(together[one.name].paths)


def test_designs_before_after_and_beside_count():
    alone = {"org": {}, "run_in": None, "changes": [], "rivals": []}
    assert assumptions_of(alone) == []
    for key, value in [
        ("run_in", "self_service"),
        ("rivals", ["self_service"]),
        ("rivals", "self_service"),
        ("changes", [{"week": 3, "design": "self_service"}]),
    ]:
        assert "org.roles.cannot" in {one.name for one in assumptions_of({**alone, key: value})}


# -- what they move


def test_without_positions_nothing_moves_and_what_is_given_is_not_changed():
    before = deepcopy(BASE)
    assert applied(BASE, OF_BASE.values(), {}) == BASE
    assert applied(BASE, OF_BASE.values(), {"no.such.name": 0.5}) == BASE
    assert applied(BASE, OF_BASE.values(), dict.fromkeys(OF_BASE, 0.9)) != BASE
    assert before == BASE


def test_a_value_is_set_and_nothing_else():
    found = moved(BASE, market__contribution_margin=0.75)
    assert at(found, "market.contribution_margin") == pytest.approx(0.4)
    found["market"]["contribution_margin"] = 0.35
    assert found == BASE


def test_a_factor_scales_all_its_numbers():
    found = moved(BASE, market__churn__per_account_per_year=1.0)["market"]["churn"]["per_account_per_year"]
    assert found == {"major": 0.06, "core": 0.1, "small": 0.14}


def test_designs_that_differ_are_scaled_alike():
    """Engineers of persuasion_only have three hours of administration where others have four; both take 40 % more."""
    name, path = "org.roles.administration.hours_per_week", "engineer.background.administration.hours_per_week"
    orgs = [config(f"org={design}")["org"] for design in ("traditional", "persuasion_only")]
    factors = assumptions_of(*({"org": org} for org in orgs))
    found = [at(applied_to_org(org, factors, {name: 1.0})["roles"], path) for org in orgs]
    assert found == pytest.approx([4 * 1.4, 3 * 1.4])


def test_the_middle_is_of_ratios_where_a_range_is_wide():
    assert at(moved(BASE, market__expectations__answer__hours=0.5), "market.expectations.answer.hours") == 4.0
    assert at(moved(BASE, org__setup_h=0.5), "org.setup_h.design") == 0.5


@pytest.mark.parametrize(
    ("name", "path", "position", "value"),
    [
        ("people.hiring.vacancy_weeks", "people.hiring.vacancy_weeks", 0.03, 4),
        ("market.rules.convinced.max_talks", "market.rules.convinced.max_talks", 0.7, 7),
    ],
)
def test_what_is_counted_is_whole(name, path, position, value):
    found = at(applied(BASE, OF_BASE.values(), {name: position}), path)
    assert (found, type(found)) == (value, int)


def test_parts_that_are_not_varied_give_way():
    """A tenth of buyers more want to serve themselves; the others keep their proportion."""
    found = moved(BASE, market__channels__self=1.0)["market"]["channels"]["major"]
    assert found["self"] == pytest.approx(0.26)
    assert (found["person"] / found["remote"], sum(found.values())) == pytest.approx((0.45 / 0.35, 1.0))
    steps = moved(BASE, journey__issue__steps__kind__choose__simple=1.0)["journey"]["issue"]["steps"]
    assert steps["kind"]["choose"] == pytest.approx({"simple": 0.9, "technical": 0.1})
    mixture = moved(BASE, market__laws__first_answer__mixture__0__weight=0.0)["market"]["laws"]["first_answer"]
    assert [part["weight"] for part in mixture["mixture"]] == pytest.approx([0.1, 0.9])


def test_a_hand_off_within_a_role_is_no_worse_than_across():
    names = ("org.handoff.within_role.complete", "org.handoff.across_roles.complete")
    handoff = applied(BASE, OF_BASE.values(), {names[0]: 0.0, names[1]: 1.0})["org"]["handoff"]
    assert (handoff["across_roles"]["complete"], handoff["within_role"]["complete"]) == (0.98, 0.98)


def test_what_somebody_has_set_is_held():
    given = resolved(["org=traditional", "people.ties.follow=0.9", "market.needs.rate=2"])
    names = {one.name for one in assumptions_of(given)}
    assert OF_BASE.keys() - names == {"people.ties.follow"}
    found = applied(given, OF_BASE.values(), dict.fromkeys(OF_BASE, 0.0))
    assert (at(found, "people.ties.follow"), at(found, "market.needs.rate")) == (0.9, 2)
    off = {one.name for one in assumptions_of(resolved(["org=traditional", "people=steady"]))}
    assert OF_BASE.keys() - off == {name for name in OF_BASE if name.startswith("people.")}


def test_quarters_of_a_market_are_scaled_as_the_whole():
    small = config("org=small_traditional", SMALL)
    one = next(a for a in assumptions_of(BASE, small) if a.name == "market.needs.response.half_effect_usd")
    found = applied(small, [one], {one.name: 1.0})
    assert at(found, "market.needs.response.half_effect_usd") == 300_000


# -- what a user gives


def own(tmp_path, group, text):
    (tmp_path / group).mkdir(exist_ok=True)
    (tmp_path / group / "mine.yaml").write_text(text)
    return tmp_path


def test_a_users_own_numbers_are_varied_by_their_own_comments(tmp_path):
    own(tmp_path, "org", "defaults: [traditional, _self_]\nname: mine\nskill_sigma: 0.5  # assumption, .4 to .7\n")
    own(tmp_path, "market", "{ no yaml")
    own(tmp_path, "people", "defaults: [responsive, _self_]\nties: {follow: 0.3}  # not varied: counted\n")
    data = resolved(["org=mine", "run_in=null"], config_dir=tmp_path)
    assert "org.skill_sigma" not in {one.name for one in assumptions_of(data)}
    found = {one.name: one for one in assumptions_of(data, config_dir=tmp_path)}
    assert (found["org.skill_sigma"].low, found["org.skill_sigma"].high) == (0.4, 0.7)
    assert OF_BASE.keys() - found.keys() == {"people.ties.follow"}


def test_a_users_design_and_that_of_the_run_in_are_moved_to_the_same_position(tmp_path):
    own(tmp_path, "org", "defaults: [traditional, _self_]\nname: mine\nskill_sigma: 0.5  # assumption, .4 to .7\n")
    data = resolved(["org=mine"], config_dir=tmp_path)
    factors = assumptions_of(data, config_dir=tmp_path)
    one = next(a for a in factors if a.name == "org.skill_sigma")
    assert (one.low, one.default, one.high) == (0.4, 0.5, 0.7)
    assert applied(data, factors, {one.name: 0.5})["org"]["skill_sigma"] == pytest.approx(0.55)
    assert applied_to_org(BASE["org"], factors, {one.name: 0.5})["skill_sigma"] == pytest.approx(0.3)


def test_a_number_outside_its_range_is_refused(tmp_path):
    own(tmp_path, "org", "defaults: [traditional, _self_]\nname: mine\nskill_sigma: 0.5  # assumption, .6 to .7\n")
    data = resolved(["org=mine", "run_in=null"], config_dir=tmp_path)
    with pytest.raises(Complaint) as refused:
        assumptions_of(data, config_dir=tmp_path)
    assert str(refused.value) == "org.skill_sigma: is outside its range, 0.6 to 0.7 in org/mine (got 0.5)"


def test_parts_that_leave_nothing_for_the_rest_are_refused(tmp_path):
    own(
        tmp_path,
        "market",
        "defaults: [engineered_products, _self_]\n"
        "channels: {core: {person: 0.2, remote: 0.6, self: 0.2}}  # assumption, remote .1 to .8, person .1 to .5\n",
    )
    data = resolved(["market=mine", "run_in=null"], config_dir=tmp_path)
    factors = assumptions_of(data, config_dir=tmp_path)
    names = ("market.channels.core.person", "market.channels.core.remote")
    assert sum(
        applied(data, factors, dict.fromkeys(names, 0.0))["market"]["channels"]["core"].values()
    ) == pytest.approx(1.0)
    with pytest.raises(Complaint) as refused:
        applied(data, factors, dict.fromkeys(names, 1.0))
    assert "market.channels.core: parts that are varied leave nothing for others" in str(refused.value)


@pytest.mark.parametrize("position", [-0.1, 1.1])
def test_there_is_nothing_beyond_a_range(position):
    with pytest.raises(ValueError, match="position must be from 0 to 1"):
        moved(BASE, market__contribution_margin=position)


# -- whether a config stays valid


@pytest.mark.parametrize("overrides", QUICK, ids=lambda o: o[0].partition("=")[2])
def test_designs_are_valid_at_random_positions_and_with_all_at_one_end(overrides):
    data = config(*overrides)
    factors = assumptions_of(data)
    names = [one.name for one in factors]
    for row in (*sobol_positions(64, len(names), seed=5)[:3], [0.0] * len(names), [1.0] * len(names)):
        read(data, factors, dict(zip(names, row, strict=True)))


@pytest.mark.slow
@pytest.mark.parametrize("overrides", DESIGNS, ids=lambda o: o[0].partition("=")[2])
def test_designs_are_valid_at_every_corner_and_point(overrides):
    data = config(*overrides)
    factors = assumptions_of(data)
    names = [one.name for one in factors]
    for name in names:
        for end in (0.0, 1.0):
            read(data, factors, {name: end})
    for row in sobol_positions(64, len(names), seed=6):
        plan_of(read(data, factors, dict(zip(names, row, strict=True))))
