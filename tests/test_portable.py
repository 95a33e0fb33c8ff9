"""The portable functions against the platform's, in units in the last place."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import special

from sim import portable

RNG = np.random.default_rng(20_260)
MAGNITUDES = 10.0 ** RNG.uniform(-300, 300, 4000)


def worst_ulps(ours: Callable[[float], float], theirs: Callable[[float], float], arguments: np.ndarray) -> float:
    return max(abs(ours(x) - theirs(x)) / math.ulp(theirs(x)) for x in arguments.tolist())


@pytest.mark.parametrize(
    ("name", "ulps", "arguments"),
    [
        ("log", 1, np.concatenate([MAGNITUDES, RNG.random(4000), 1 + RNG.normal(0, 1e-3, 4000)])),
        ("exp", 1, np.concatenate([RNG.uniform(-745, 709, 4000), RNG.normal(0, 1, 4000)])),
        ("log1p", 3, np.concatenate([RNG.uniform(-1, 5, 4000), RNG.normal(0, 1e-6, 4000), 1 / MAGNITUDES])),
        ("expm1", 4, np.concatenate([RNG.uniform(-50, 700, 4000), RNG.normal(0, 1e-3, 4000)])),
    ],
)
def test_as_exact_as_stated(name: str, ulps: int, arguments: np.ndarray) -> None:
    assert worst_ulps(getattr(portable, name), getattr(math, name), arguments) <= ulps


def test_power_is_within_its_stated_error() -> None:
    bases, exponents = 10.0 ** RNG.uniform(-3, 3, 4000), RNG.uniform(-10, 10, 4000)
    for x, y in zip(bases.tolist(), exponents.tolist(), strict=True):
        assert portable.power(x, y) == pytest.approx(math.pow(x, y), rel=2e-14)


def test_normal_quantile_over_the_whole_range() -> None:
    middle, tails = RNG.random(4000), 10.0 ** RNG.uniform(-300, -1, 4000)
    for p in [*middle.tolist(), *tails.tolist(), 2.0**-53, 1 - 2.0**-53]:
        assert portable.normal_quantile(p) == pytest.approx(float(special.ndtri(p)), rel=2e-15)


def test_normal_cdf_over_the_whole_range() -> None:
    for x in RNG.uniform(-8, 8, 8000).tolist():
        assert portable.normal_cdf(x) == pytest.approx(float(special.ndtr(x)), rel=2e-14)
    for x in RNG.uniform(-37, -8, 4000).tolist():
        assert portable.normal_cdf(x) == pytest.approx(float(special.ndtr(x)), rel=1e-12)


def test_normal_quantile_and_cdf_are_inverse() -> None:
    for x in np.linspace(-6, 3, 901).tolist():
        assert portable.normal_quantile(portable.normal_cdf(x)) == pytest.approx(x, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "x", "value"),
    [
        ("log", 1.0, 0.0),
        ("log", 0.0, -math.inf),
        ("log", math.inf, math.inf),
        ("log", -1.0, math.nan),
        ("log", math.nan, math.nan),
        ("exp", 0.0, 1.0),
        ("exp", 710.0, math.inf),
        ("exp", -746.0, 0.0),
        ("exp", math.inf, math.inf),
        ("exp", math.nan, math.nan),
        ("log1p", 0.0, 0.0),
        ("log1p", -1.0, -math.inf),
        ("log1p", 1e-320, 1e-320),
        ("expm1", 0.0, 0.0),
        ("expm1", -800.0, -1.0),
        ("expm1", 800.0, math.inf),
        ("normal_quantile", 0.5, 0.0),
        ("normal_quantile", 0.0, -math.inf),
        ("normal_quantile", 1.0, math.inf),
        ("normal_quantile", 1.5, math.nan),
        ("normal_cdf", 0.0, 0.5),
        ("normal_cdf", -50.0, 0.0),
        ("normal_cdf", 50.0, 1.0),
    ],
)
def test_edges(name: str, x: float, value: float) -> None:
    assert getattr(portable, name)(x) == pytest.approx(value, rel=0, abs=0, nan_ok=True)


@pytest.mark.parametrize(
    ("x", "y", "value"), [(0.0, 2.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, math.inf), (1.0, 1e9, 1.0), (7.0, 0.0, 1.0)]
)
def test_edges_of_power(x: float, y: float, value: float) -> None:
    assert portable.power(x, y) == value
