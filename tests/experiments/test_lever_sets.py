"""Levers: parts of an org design that can be pulled one by one, and in any set."""

import numpy as np
import pytest
import yaml

from experiments import compose
from experiments.complaint import Complaint
from experiments.composing.choices import choices
from experiments.composing.compose import composed
from experiments.composing.config_root import config_root
from experiments.composing.designs import composed_designs
from experiments.composing.lever_sets import LeverSets
from experiments.composing.resolved import by_hydra, resolved
from experiments.composing.space import Space

LEVERS = choices("lever")
STEPS = [name for name in choices("org") if name.startswith("step_")]


def listed(design):
    """Give the levers that a design's own file lists."""
    defaults = yaml.safe_load((config_root() / "org" / f"{design}.yaml").read_text())["defaults"]
    return next(part["/lever"] for part in defaults if isinstance(part, dict))


ALL = listed("persuasion_only")


def org_of(*overrides):
    return resolved(overrides)["org"]


def but_for_heads(org):
    """Give a design without what staffing decides, and without its name."""
    roles = {name: {k: v for k, v in role.items() if k != "headcount"} for name, role in org["roles"].items()}
    return {k: v for k, v in org.items() if k not in ("name", "marketing_usd_per_year")} | {"roles": roles}


def test_all_levers_together_make_persuasion_only_out_of_traditional():
    pulled = org_of("org=traditional", f"+lever=[{','.join(ALL)}]")
    assert but_for_heads(pulled) == but_for_heads(org_of("org=persuasion_only"))


@pytest.mark.slow
def test_also_in_heads_and_money_if_one_rule_gives_both():
    rule = "org.staffing=balanced"
    pulled = compose(["org=traditional", f"+lever=[{','.join(ALL)}]", "org.name=persuasion_only", rule])
    assert pulled == compose(["org=persuasion_only", rule])
    shipped = compose(["org=persuasion_only"]).org
    assert {n: r.headcount for n, r in pulled.org.roles.items()} == {n: r.headcount for n, r in shipped.roles.items()}
    assert pulled.org.marketing_usd_per_year == pytest.approx(shipped.marketing_usd_per_year, abs=1_000)


def test_the_order_of_the_levers_of_persuasion_only_does_not_matter():
    forwards, backwards = (org_of(f"+lever=[{','.join(names)}]") for names in (ALL, ALL[::-1]))
    assert forwards == backwards


@pytest.mark.parametrize("lever", LEVERS)
def test_each_lever_alone_changes_the_design_and_nothing_else(lever):
    before, after = resolved(["org=traditional"]), resolved(["org=traditional", f"+lever={lever}"])
    assert before.pop("org") != after.pop("org")
    assert before == after


@pytest.mark.parametrize("lever", ALL)
def test_each_lever_left_out_leaves_a_design_that_can_be_run(lever):
    rest = [name for name in ALL if name != lever]
    assert compose(["org=traditional", f"+lever=[{','.join(rest)}]"]).org.roles


def test_steps_pull_one_lever_at_a_time_in_the_listed_order():
    assert [listed(step)[0] for step in STEPS] == ALL[: len(STEPS)]
    for n in (1, len(STEPS)):
        pulled = org_of("org=traditional", f"+lever=[{','.join(ALL[:n])}]")
        shipped = org_of(f"org={STEPS[n - 1]}")
        # Rates go with the heads: what is at target is to be paid.
        shipped["roles"]["salesperson"]["commission"] = pulled["roles"]["salesperson"]["commission"]
        assert shipped == pulled | {"name": STEPS[n - 1], "staffing": "balanced"}


def assert_as_hydra_composes(space, overrides, levers, config_dir=None):
    words = [*overrides, f"+lever=[{','.join(levers)}]"]
    by_files, by_hydra = space.data_at({"lever": list(levers)}), resolved(words, config_dir=config_dir)
    assert by_files == by_hydra
    assert yaml.safe_dump(by_files, sort_keys=False) == yaml.safe_dump(by_hydra, sort_keys=False)  # in the same order


def some_sets(names, n, seed):
    """Draw sets of levers of all sizes, in any order."""
    chance = np.random.default_rng(seed)
    return [list(chance.permutation(names)[: chance.integers(0, len(names) + 1)]) for _ in range(n)]


def test_sets_of_levers_are_what_hydra_composes():
    overrides = ["org.who.write_quote=engineer", "+org.roles.coordinator.pay_usd=1", "~org.alike"]
    space = Space(overrides)
    for levers in (["engineers_propose", "shared_queue", "engineers_design"], ["engineers_design"], []):
        assert_as_hydra_composes(space, overrides, levers)


@pytest.mark.slow
@pytest.mark.parametrize("base", ["traditional", "traditional_tuned", "step_05_engineers_design", "self_service"])
def test_many_sets_of_levers_are_what_hydra_composes(base):
    space = Space([f"org={base}"])
    for levers in some_sets(LEVERS, 25, seed=2):
        assert_as_hydra_composes(space, [f"org={base}"], levers)


OF_ALL_SORTS = {
    "mine": "# @package org\ndefaults: [/role: [account_manager], _self_]\nwho: {take_order: account_manager}\n",
    "first": "# @package org\ndefaults: [_self_, /role: [account_manager]]\nroles: {account_manager: {headcount: 9}}\n",
    "nested": "# @package org\ndefaults: [/lever: [salary], _self_]\nname: nested\n",
    "books_listed": "# @package org\nbooks: [engineer]\n",
    "books_mapped": "# @package org\nbooks: {planner: true}\n",
    "refers": "# @package org\nroles: {engineer: {headcount: '${org.roles.planner.headcount}'}}\n",
    "everywhere": "# @package _global_\nseed: 17\norg: {marketing_usd_per_year: 1}\n",
    "chooses": "# @package org\ndefaults: [override /people@_global_.people: steady, _self_]\nname: steady\n",
    "keyed": "# @package org\ndefaults: [/role: account_manager, _self_]\nname: keyed\n",
    "empty": "# @package org\n",
}


def test_ones_own_levers_of_all_sorts_are_what_hydra_composes(tmp_path):
    (tmp_path / "lever").mkdir()
    for name, text in OF_ALL_SORTS.items():
        (tmp_path / "lever" / f"{name}.yaml").write_text(text)
    space = Space(["org.marketing_usd_per_year=2"], str(tmp_path))
    for levers in (["mine", "first", "nested", "refers", "everywhere", "empty"], ["keyed", "chooses"]):
        assert_as_hydra_composes(space, ["org.marketing_usd_per_year=2"], levers, tmp_path)
    told = []
    for choosing in (LeverSets(str(tmp_path)), by_hydra):
        with pytest.raises(Complaint, match="Cannot merge") as complaint:
            resolved(["+lever=[books_mapped,books_listed]"], config_dir=tmp_path, choosing=choosing)
        told.append(str(complaint.value))
    assert told[0] == told[1]


def test_books_of_one_role_are_opened_and_closed_without_the_others():
    assert compose(["org=traditional"]).org.books == ["salesperson"]
    assert compose(["+lever=[account_managers]"]).org.books == ["salesperson", "account_manager"]
    assert compose(["+lever=[shared_queue,account_managers]"]).org.books == ["account_manager"]
    assert compose(["org.books=[engineer]"]).org.books == ["engineer"]


@pytest.fixture
def own(tmp_path):
    """Give a directory of one's own with a lever, and a design that lists it beside a shipped one."""
    for group in ("lever", "org"):
        (tmp_path / group).mkdir()
    (tmp_path / "lever" / "mine.yaml").write_text("# @package org\nwho: {write_proposal: engineer}\n")
    (tmp_path / "org" / "my_design.yaml").write_text(
        "defaults: [traditional, {/lever: [mine, coordinator]}, _self_]\nname: my_design\n"
    )
    return tmp_path


def test_ones_own_levers_stand_beside_the_shipped_ones(own):
    designed = compose(["org=my_design"], config_dir=own)
    pulled = compose(["+lever=[mine,coordinator]", "org.name=my_design"], config_dir=own)
    assert designed == pulled
    assert designed.org.who["write_proposal"].role == "engineer"
    assert designed.org.roles["coordinator"].headcount == 1
    assert set(composed_designs(["designs=[traditional,my_design]"], str(own))) == {"traditional", "my_design"}


def test_a_lever_that_is_not_there_is_told_with_the_nearest_that_is(own, complaints):
    told = complaints("check", "--config-dir", str(own), "+lever=[mine,coordinatr,salry]")
    assert told == [
        "lever: no such choice; did you mean 'coordinator'? (got 'coordinatr')",
        "lever: no such choice; did you mean 'salary'? (got 'salry')",
    ]
    assert complaints("check", "+lever=[salary,salary]") == ["lever: each once (got salary, salary)"]


@pytest.mark.parametrize("asked", ["org=my_design", "+lever=[mine]"])
def test_a_lever_without_its_first_line_is_told(own, complaints, asked):
    (own / "lever" / "mine.yaml").write_text("who: {write_proposal: engineer}\n")
    told = complaints("check", "--config-dir", str(own), asked)
    assert told == ["lever: every file of this group begins with the line '# @package org'"]


def test_an_experiment_may_name_its_designs():
    overrides = ["+experiment=small_firm", "org.staffing=given"]
    assert list(composed_designs(overrides, None)) == ["small_traditional", "small_persuasion_only"]
    assert list(composed_designs([*overrides, "designs=[growth_only]"], None)) == ["growth_only"]
    assert composed(overrides).scenario.market.name == "engineered_products_quarter"


def test_a_small_design_on_the_whole_market_is_told_where_it_belongs(complaints):
    (told,) = complaints("check", "org=small_traditional")
    assert told.startswith("org.budget_usd_per_year: the offered work alone costs 2,")
    assert "on this market; the design belongs to +experiment=small_firm (got 1,100,000)" in told
    (told,) = complaints("check", "org=traditional", "org.staffing=balanced", "org.budget_usd_per_year=1000000")
    assert "+experiment" not in told  # no experiment is made for it


def test_designs_named_by_nobody_are_refused():
    with pytest.raises(Complaint, match="designs: no such design"):
        composed_designs(["designs=[nobody]"], None)
