"""How much a role convinces is its own, beside the skill of its people."""

from math import exp

import pytest

from experiments import compose
from sim.load import offered_load
from sim.planning import plan_of
from sim.rules import EFFECTS

TALK = EFFECTS["talk"].function


def test_pull_grows_by_skill_and_quality():
    # Second talk: 1 + 1.2 x .5 x 1.65 x .6
    assert TALK(1.0, 1.0, 1.2, 0.5, 1.65, 0.6, 0.0) == pytest.approx((2.0, 1.594))


def test_a_role_that_convinces_less_wins_fewer_expansions():
    """Of customers who hear all six talks, as many are convinced as have less bad luck than openness and pull."""
    talks = 1.65 * (1 - 0.6**6) / (1 - 0.6)

    def convinced(quality):
        return 1 / (1 + exp(2.55 - 1.2 - quality * talks))

    scenario = compose(["org=persuasion_only"])
    plain = offered_load(plan_of(scenario)).ends
    worse = compose(["org=persuasion_only", "+org.roles.salesperson.quality.persuade_customer=0.5"])
    found = offered_load(plan_of(worse)).ends
    # The closing conversation follows by the same rule for both, and the less so the less convinced somebody is.
    share = found["expansion", "won"] / plain["expansion", "won"]
    assert share < convinced(0.5) / convinced(1.0)
    assert share == pytest.approx(convinced(0.5) / convinced(1.0), rel=0.15)
