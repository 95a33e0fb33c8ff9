"""The points of a sweep: which, in which order, by which names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.complaint import Complaint
from experiments.sampling.settings import named, settings
from experiments.specs.factor import Factor
from experiments.specs.sweep import Sweep


def points(**spec):
    return settings(Sweep.model_validate(spec))


def test_a_grid_changes_the_last_factor_fastest():
    assert [named(s) for s in points(grid={"org": ["a", "b"], "x": [1, 2.5]})] == [
        "org=a, x=1",
        "org=a, x=2.5",
        "org=b, x=1",
        "org=b, x=2.5",
    ]


def test_kinds_are_crossed():
    found = points(grid={"org": ["a", "b"]}, zip={"x": [1, 2], "y": [3, 4]})
    assert [tuple(s.values()) for s in found] == [("a", 1, 3), ("a", 2, 4), ("b", 1, 3), ("b", 2, 4)]


def test_a_list_is_taken_as_it_is():
    assert points(list=[{"org": "a"}, {"x": {"mean": 3}}]) == [{"org": "a"}, {"x": {"mean": 3}}]
    assert named({"x": {"mean": 3.0}, "y": [True, None], "z": "ä"}) == "x={mean:3}, y=[true,null], z=ä"


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_samples_fill_their_ranges_and_depend_on_their_seed_alone(kind):
    def spec(seed):
        ranges = {
            "x": [0, 1],
            "n": {"low": 1, "high": 4, "integer": True},
            "y": {"low": 1, "high": 100, "scale": "log"},
        }
        return points(**{kind: {"n": 16, "seed": seed, "ranges": ranges}})

    found = spec(3)
    assert found == spec(3) != spec(4)
    # One in each sixteenth, four of each whole number, eight in each half of the logarithms.
    assert sorted(int(s["x"] * 16) for s in found) == list(range(16))
    assert sorted(s["n"] for s in found) == [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4
    assert sum(s["y"] < 10 for s in found) == 8


@given(u=st.floats(0, 1, exclude_max=True), low=st.floats(-1e6, 1e6), width=st.floats(1e-3, 1e6))
def test_values_stay_in_their_range(u, low, width):
    factor = Factor(low=low, high=low + width)
    assert factor.low <= factor.value(u) <= factor.high


def test_positions_and_values_are_each_others_inverse():
    for factor in (Factor(low=2, high=6), Factor(low=1, high=100, scale="log")):
        assert [factor.position(factor.value(u)) for u in (0.0, 0.25, 1.0)] == pytest.approx([0.0, 0.25, 1.0], abs=1e-5)


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ({}, "says no points"),
        ({"grid": {}}, "at least 1"),
        ({"grid": {"org": []}}, "at least 1"),
        ({"zip": {"x": [1, 2], "y": [1]}}, "equally long"),
        ({"grid": {"x": [1]}, "zip": {"x": [1]}}, "varied twice"),
        ({"lhs": {"n": 0, "ranges": {"x": [0, 1]}}}, "greater than or equal to 1"),
        ({"lhs": {"n": 4, "ranges": {"x": [1, 0]}}}, "low must be less than high"),
        ({"lhs": {"n": 4, "ranges": {"x": {"low": 0, "high": 1, "scale": "log"}}}}, "begins above 0"),
        ({"lhs": {"n": 4, "ranges": {"x": {"low": 0.5, "high": 2, "integer": True}}}}, "whole numbers"),
        ({"gird": {"x": [1]}}, "Extra inputs"),
    ],
)
def test_sweeps_that_make_no_sense_are_refused(spec, told):
    with pytest.raises(ValueError, match=told):
        Sweep.model_validate(spec)


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ({"grid": {"x": [1, 1]}}, "each point once"),
        ({"grid": {f"x{i}": list(range(100)) for i in range(4)}}, "more than 1,000,000 points"),
        ({"sobol": {"n": 12, "ranges": {"x": [0, 1]}}}, "power of two"),
        ({"fractional": {"levels": {"a": [0, 1], "b": [0, 1]}, "generators": {"b": ["b", "a"]}}}, "two or more"),
    ],
)
def test_points_that_cannot_be_made_are_complained_of(spec, told):
    with pytest.raises(Complaint, match=told):
        points(**spec)
