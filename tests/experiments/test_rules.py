"""The table of rules: complete, up to date, and every rule with its formula, its source and its numbers."""

import inspect
import re

import pytest

import sim.rules
from experiments.composing.config_root import config_root
from experiments.composing.schema_path import schemas_at, unset
from experiments.pages.rules import numbered, page, rules
from sim.rules import BRANCHES, EFFECTS

FOUND = rules()
CITED = re.compile(r"\b(19|20)\d\d\b|\bdoi\b|\bcalibrated\b|[Bb]y definition|: [A-Z]")
RANGE = re.compile(r"\bassumption\b.*-?[.\d]+ to -?[.\d]+", re.IGNORECASE)


def test_the_page_is_up_to_date():
    """`make docs` writes it anew."""
    assert (config_root().parent / "docs" / "rules.md").read_text(encoding="utf-8") == page(FOUND)


def test_every_public_function_of_the_rules_is_there():
    exported = {name for name in sim.rules.__all__ if inspect.isfunction(getattr(sim.rules, name))}
    assert {rule.name for rule in FOUND} == exported
    assert {rule.function.__name__ for rule in (*BRANCHES.values(), *EFFECTS.values())} <= exported


@pytest.mark.parametrize("rule", FOUND, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_computes_and_where_that_comes_from(rule):
    assert rule.text and rule.formula
    assert CITED.search(rule.source) or RANGE.search(rule.source), rule.source


@pytest.mark.parametrize("rule", FOUND, ids=lambda rule: rule.name)
def test_an_assumption_names_the_range_to_try(rule):
    if "assumption" in rule.source.lower():
        assert re.search(r"-?[.\d]+ to\s+-?[.\d]+", rule.source), rule.source


@pytest.mark.parametrize("rule", FOUND, ids=lambda rule: rule.name)
def test_a_rule_describes_each_of_its_arguments(rule):
    described = [name for argument in rule.arguments for name in argument.names.split(", ")]
    assert described == [*inspect.signature(getattr(sim.rules, rule.name)).parameters]
    assert all(argument.meaning for argument in rule.arguments)


def test_the_page_on_the_model_tells_where_each_rule_works():
    text = (config_root().parent / "docs" / "model.md").read_text(encoding="utf-8")
    working = {rule.name for rule in FOUND if rule.file != "sim/rules/scale.py"}
    assert sorted(name for name in working if f"(rules.md#{name})" not in text) == []


def test_config_paths_that_rules_name_exist():
    named = {path for rule in FOUND for _, path in rule.config_paths()}
    assert sorted(path for path in named if not schemas_at(path)) == []


def test_every_number_that_a_market_may_give_a_rule_is_described():
    named = {path for rule in FOUND for _, path in rule.config_paths()}
    assert sorted(numbered() - named) == []


@pytest.mark.parametrize(
    "path",
    [
        "people.practice.exponent",
        "org.roles.ROLE.pay_usd",
        "market.rules.talk.appeal",
        "market.expectations.MILESTONE.hours",
        "org.before.ACTIVITY.KEY.share",
        "org.who.ACTIVITY.by_practice",
        "journey.JOURNEY.steps.STEP.patience",
        "changes",
    ],
)
def test_paths_that_exist_are_found(path):
    assert schemas_at(path)


@pytest.mark.parametrize(
    "path",
    [
        "people.practice.exponents",
        "people.practise.exponent",
        "org.pay_usd",
        "market.rules.talk.charm",
        "market.rules.dance.appeal",
        "people.practice.exponent.more",
        "market.expectations.hours.MILESTONE",
    ],
)
def test_paths_that_do_not_exist_are_not_found(path):
    assert not schemas_at(path)


def test_values_without_any_config_are_known():
    assert unset("people.practice.half_life_weeks") == 26.0
    assert unset("market.rules.closes.intercept") == -1.0
    assert unset("market.needs.response.shape") is None
