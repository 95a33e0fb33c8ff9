"""Parameters of rules: each has a default and bounds, and no rule fails inside them."""

import itertools

import pytest

from sim.rules import BOUNDS, BRANCHES, EFFECTS, PARAMETERS
from sim.rules.satisfaction import drifted

RULES = {**EFFECTS, **BRANCHES}


def test_every_parameter_has_bounds_that_hold_its_default():
    assert {rule: set(values) for rule, values in BOUNDS.items()} == {r: set(v) for r, v in PARAMETERS.items()}
    for rule, values in PARAMETERS.items():
        for name, value in values.items():
            low, high = BOUNDS[rule][name]
            assert low <= value <= high, (rule, name)


@pytest.mark.parametrize("name", RULES)
def test_no_rule_fails_at_the_corners_of_its_parameters(name):
    rule = RULES[name]
    parameters = [read.removeprefix("param.") for read in rule.reads if read.startswith("param.")]
    for corner in itertools.product(*(BOUNDS[name].get(p, (0.0,)) for p in parameters)):
        for other in (0.0, 1.0, 50.0):
            given = dict(zip(parameters, corner, strict=True))
            reads = {**given, "case.luck": 0.5, "person.quality": max(other, 1.0), "person.skill": max(other, 1.0)}
            values = [reads.get(read.removeprefix("param."), other) for read in rule.reads]
            for u in (1e-16, 0.5, 1.0 - 1e-16) if rule.draws else (None,):
                found = rule.function(*values, *(() if u is None else (u,)))
                assert all(number == number for number in found), (given, other, u)
                if rule.branches:
                    assert 0 <= found[0] < len(rule.branches)


def test_satisfaction_drifts_at_the_bounds_of_its_half_life():
    for half_life in BOUNDS["satisfaction"]["half_life_days"]:
        assert 0.5 <= drifted(0.5, 1.0, 10.0, half_life) <= 1.0
