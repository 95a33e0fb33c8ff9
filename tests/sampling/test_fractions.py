"""Fractions of combinations: as few runs as the tables have, and effects that can be told apart."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.sampling.fractions import Impossible, fraction

RUNS = {3: {3: 4, 7: 8, 11: 16, 15: 16}, 4: {4: 8, 8: 16, 11: 32}, 5: {5: 16, 6: 32, 8: 64, 9: 128}}
"""Runs of the smallest fraction by resolution and factors: NIST/SEMATECH e-Handbook, section 5.3.3.4.7."""


def names(n):
    return [f"f{i}" for i in range(n)]


@pytest.mark.parametrize(
    ("resolution", "factors", "runs"), [(r, n, k) for r, of in RUNS.items() for n, k in of.items()]
)
def test_fractions_are_as_small_as_the_tables_say(resolution, factors, runs):
    assert fraction(names(factors), resolution).shape == (runs, factors)


@given(factors=st.integers(2, 9), resolution=st.integers(3, 5))
def test_no_effects_are_mixed_below_the_resolution(factors, resolution):
    runs = fraction(names(factors), resolution)
    assert set(np.unique(runs)) == {-1, 1}
    for size in range(1, resolution):
        for some in combinations(range(factors), size):
            assert runs[:, list(some)].prod(axis=1).sum() == 0, some


def test_half_a_factorial_by_hand():
    assert fraction(["a", "b", "c"], 3).tolist() == [[-1, -1, 1], [-1, 1, -1], [1, -1, -1], [1, 1, 1]]


def test_generators_are_kept_whatever_the_order_of_the_factors():
    runs = fraction(["d", "a", "b", "c"], 4, {"d": ["a", "b", "c"]})
    assert runs.shape == (8, 4)
    assert (runs[:, 0] == runs[:, 1:].prod(axis=1)).all()


@pytest.mark.parametrize(
    ("generators", "told"),
    [
        ({"d": ["a", "b"]}, "resolution 4 is asked for, and these generators give 3"),
        ({"d": ["a"]}, "two or more"),
        ({"d": ["a", "d"]}, "two or more"),
        ({"e": ["a", "b", "c"]}, "e is generated and not a factor"),
    ],
)
def test_generators_that_will_not_do_are_refused(generators, told):
    with pytest.raises(Impossible, match=told):
        fraction(["a", "b", "c", "d"], 4, generators)
