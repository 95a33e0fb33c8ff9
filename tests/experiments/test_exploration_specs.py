"""What sensitivity, discover and frontier may be asked."""

import pytest
from pydantic import ValidationError

from experiments.specs.discover import Discover
from experiments.specs.frontier import Frontier
from experiments.specs.sensitivity import Sensitivity

RANGES = {"market.needs.rate": [0.8, 1.2]}
FAILS = {"kpi": "k", "above": 0.6}
MAP = {"x": {"market.needs.rate": [0.8, 1.2]}, "y": {"org.roles.crew.headcount": [3, 4]}}


def test_what_is_not_said_has_a_value():
    assert Sensitivity().ranges is None
    assert Sensitivity.model_validate({"ranges": RANGES}).ranges["market.needs.rate"].high == 1.2
    assert Discover(fails=FAILS).n_fresh == 128
    assert Discover(fails=FAILS, n=30).n_fresh == 20
    assert Discover(fails=FAILS, fresh=0).n_fresh == 0
    assert Frontier.model_validate(MAP).against == "traditional_tuned"


def test_when_it_fails_in_words():
    fails = Discover(fails={"difference": "k", "design": "a", "than": "b", "below": 0}).fails
    assert (fails.measure, fails.bound, fails.words()) == ("k", 0.0, "k of a less b is below 0")
    assert Discover(fails=FAILS).fails.words() == "k is above 0.6"


@pytest.mark.parametrize(
    ("spec", "said", "rule"),
    [
        (Sensitivity, {"ranges": {}}, "at least 1 item"),
        (Sensitivity, {"ranges": {"a.b": "wide"}}, "ranges"),
        (Sensitivity, {"ranges": RANGES, "assumptions": ["a"]}, "not both"),
        (Sensitivity, {"assumptions": []}, "at least 1 item"),
        (Sensitivity, {"method": "best"}, "method"),
        (Sensitivity, {"n": 12}, "must be a power of two; got 12"),
        (Sensitivity, {"trajectories": 1}, "trajectories"),
        (Sensitivity, {"levels": 5}, "levels"),
        (Sensitivity, {"kpis": []}, "kpis"),
        (Sensitivity, {"kpis": ["k", "k"]}, "each of kpis once"),
        (Sensitivity, {"difference": ["a"]}, "names two designs"),
        (Sensitivity, {"difference": ["a", "a"]}, "names two designs"),
        (Sensitivity, {"difference": "a"}, "difference"),
        (Sensitivity, {"seed": -1}, "seed"),
        (Discover, {"ranges": RANGES}, "fails"),
        (Discover, {"fails": {"kpi": "k"}}, "one bound"),
        (Discover, {"fails": {"kpi": "k", "above": 1, "below": 2}}, "one bound"),
        (Discover, {"fails": {"above": 1}}, "one measure"),
        (Discover, {"fails": {"kpi": "k", "difference": "k", "above": 1}}, "one measure"),
        (Discover, {"fails": {"difference": "k", "design": "a", "above": 1}}, "between two designs"),
        (Discover, {"fails": {"difference": "k", "design": "a", "than": "a", "above": 1}}, "between two designs"),
        (Discover, {"fails": {"kpi": "k", "than": "a", "above": 1}}, "than goes with difference"),
        (Discover, {"fails": FAILS, "n": 2}, "n\n"),
        (Discover, {"fails": FAILS, "fresh": 3}, "at least 20 fresh points"),
        (Discover, {"fails": FAILS, "n": 64, "fresh": 50, "sample": "sobol"}, "powers of two"),
        (Discover, {"fails": FAILS, "threshold": 0}, "threshold"),
        (Discover, {"fails": FAILS, "least_mass": 0.6}, "least_mass"),
        (Frontier, {"x": MAP["x"]}, "y\n"),
        (Frontier, {**MAP, "x": {}}, "at least 1 item"),
        (Frontier, {**MAP, "x": {"a.b": [1], "a.c": [1]}}, "at most 1 item"),
        (Frontier, {**MAP, "x": {"a.b": []}}, "at least 1 item"),
        (Frontier, {**MAP, "x": {"a.b": ["low"]}}, "number"),
        (Frontier, {**MAP, "x": {"a.b": [2, 1]}}, "values of x ascend"),
        (Frontier, {**MAP, "x": {"org": [1]}}, "x varies a number"),
        (Frontier, {**MAP, "x": MAP["y"]}, "x and y vary different numbers"),
        (Frontier, {**MAP, "design": "a", "against": "a"}, "two designs are compared"),
    ],
)
def test_what_makes_no_sense_is_refused(spec, said, rule):
    with pytest.raises(ValidationError) as refused:
        spec.model_validate(said)
    assert rule in str(refused.value)
