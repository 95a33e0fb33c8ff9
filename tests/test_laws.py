"""One contract for all laws: monotone, of the mean and spread asked for, finite at the extremes, scalable."""

import math
import pickle
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from scipy import special, stats

from sim import quantiles
from sim.laws import (
    LAWS,
    Law,
    deterministic,
    empirical,
    exponential,
    gamma,
    lognormal,
    mixture,
    pert,
    scaled,
    triangular,
    uniform,
    weibull,
)

EXAMPLES = {
    "deterministic": deterministic(3.5),
    "uniform": uniform(low=2.0, high=5.0),
    "exponential": exponential(mean=0.27),
    "lognormal, mean and cv": lognormal(mean=2.0, cv=0.6),
    "lognormal, median and cv": lognormal(median=5.0, cv=1.5),
    "lognormal, median and p90": lognormal(median=4.0, p90=11.0),
    "gamma, regular": gamma(mean=2.0, cv=0.25),
    "gamma, cv 1": gamma(mean=2.0, cv=1.0),
    "gamma, cv 1.3": gamma(mean=2.0, cv=1.3),
    "gamma, irregular": gamma(mean=2.0, cv=3.0),
    "weibull, mean and cv": weibull(mean=30.0, cv=0.4),
    "weibull, falling hazard": weibull(mean=30.0, cv=1.8),
    "weibull, scale and shape": weibull(scale=3.0, shape=1.7),
    "triangular": triangular(low=1.0, mode=2.0, high=6.0),
    "triangular, mode at the low end": triangular(low=1.0, mode=1.0, high=6.0),
    "triangular, mode at the high end": triangular(low=1.0, mode=6.0, high=6.0),
    "pert": pert(low=1.0, mode=2.0, high=6.0),
    "pert, mode at the low end": pert(low=0.0, mode=0.0, high=6.0),
    "pert, mode at the high end": pert(low=1.0, mode=6.0, high=6.0),
    "empirical": empirical([3.0, 1.0, 2.0, 2.0]),
    "empirical, weighted": empirical([3.0, 1.0, 8.0], weights=[1, 0, 3]),
    "mixture": mixture([(3, exponential(mean=1.0)), (1, lognormal(mean=10.0, cv=0.5)), (1, deterministic(4.0))]),
    "mixture of mixtures": mixture(
        [(1, mixture([(1, uniform(0, 1)), (2, gamma(mean=3, cv=0.5))])), (2, pert(0, 1, 5)), (1, empirical([1, 9]))]
    ),
}
INNER = np.arange(1, 4000) / 4000
TAILS = np.ldexp(1.0, -np.arange(3, 54))
GRID = np.unique(np.concatenate([INNER, TAILS, 1.0 - TAILS]))


@pytest.fixture(params=EXAMPLES)
def law(request: pytest.FixtureRequest) -> Law:
    return EXAMPLES[request.param]


def moments(law: Law) -> tuple[float, float]:
    """Mean and standard deviation by integrating the quantile, the cells halving toward 0, 1 and every jump."""
    edges = np.array([0.0, 1.0])
    if law.kind == quantiles.Kind.MIXTURE:
        edges = np.array([0.0, *law.params[1 : 1 + 3 * int(law.params[0]) : 3]])
    halving = np.ldexp(1.0, -np.arange(1, 48))
    cells = np.unique(np.concatenate([0.0 * halving[:1], halving, 1.0 - halving, [1.0]]))
    cells = np.unique(np.concatenate([cells, np.linspace(0, 1, 81)]))
    nodes, weights = special.roots_legendre(8)
    first = second = 0.0
    for below, end in pairwise(edges.tolist()):
        a, width = below + (end - below) * cells[:-1], (end - below) * np.diff(cells)
        u = a[:, None] + width[:, None] * (nodes + 1) / 2
        w = width[:, None] * weights / 2
        x = np.array([law.quantile(v) for v in u.ravel().tolist()]).reshape(u.shape)
        first += float((w * x).sum())
        second += float((w * x * x).sum())
    return first, math.sqrt(max(second - first * first, 0.0))


def test_every_law_has_an_example() -> None:
    assert {name.split(",")[0].split(" of")[0] for name in EXAMPLES} == set(LAWS)


def test_mean_and_spread_are_those_of_the_quantile(law: Law) -> None:
    mean, sd = moments(law)
    # A step function is integrated only as finely as the cells are.
    coarse = "empirical" in law.name
    assert mean == pytest.approx(law.mean, rel=5e-3 if coarse else 1e-7)
    assert sd == pytest.approx(law.sd, rel=2e-2 if coarse else 2e-4, abs=1e-6)


def test_quantile_is_monotone(law: Law) -> None:
    ends = [1.0]
    if law.kind == quantiles.Kind.MIXTURE:
        ends = list(law.params[1 : 1 + 3 * int(law.params[0]) : 3])
    below = 0.0
    for end in ends:
        x = np.array([law.quantile(u) for u in GRID.tolist() if below < u < end])
        assert (np.diff(x) >= -4e-16 * np.abs(x[1:])).all()
        below = end


def test_finite_and_not_negative_at_the_extremes(law: Law) -> None:
    for u in (2.0**-53, 2.0**-34, 2.0**-33, 0.5, 1 - 2.0**-33, 1 - 2.0**-34, 1 - 2.0**-53):
        assert 0.0 <= law.quantile(u) < math.inf


def test_cdf_inverts_the_quantile(law: Law) -> None:
    continuous = law.kind not in (quantiles.Kind.DETERMINISTIC, quantiles.Kind.EMPIRICAL, quantiles.Kind.MIXTURE)
    for u in (1e-6, 0.01, 0.3, 0.5, 0.9, 0.999, 1 - 1e-6):
        x = law.quantile(u)
        assert law.cdf(x) + law.survival(x) == pytest.approx(1.0, abs=1e-12)
        if continuous:
            assert law.cdf(x) == pytest.approx(u, rel=1e-9)
            assert law.survival(x) == pytest.approx(1 - u, rel=1e-7)


def test_cdf_counts_how_many_draws_lie_below(law: Law) -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    x = np.array([law.quantile(v) for v in u.tolist()])
    for bound in (-1.0, 0.0, 1.0, 2.0, law.mean, 4.0, 9.0, 1e9):
        assert law.cdf(bound) == pytest.approx((x <= bound).mean(), abs=2e-4)


def test_sampler_gives_the_bits_of_the_scalar_function(law: Law) -> None:
    arena = (7.0, 7.0, *law.params, 7.0)
    for u in GRID[::40].tolist():
        assert law.sampler(u) == quantiles.quantile(law.kind, law.params, 0, u)
        assert law.sampler(u) == quantiles.quantile(law.kind, arena, 2, u)


def test_scaling_changes_the_unit_and_nothing_else(law: Law) -> None:
    in_ms = scaled(law, 3_600_000.0)
    assert in_ms.kind == law.kind
    assert in_ms.mean == pytest.approx(3_600_000 * law.mean)
    assert in_ms.sd == pytest.approx(3_600_000 * law.sd)
    for u in GRID[::40].tolist():
        assert in_ms.quantile(u) == pytest.approx(3_600_000 * law.quantile(u), rel=1e-14)


def test_laws_survive_pickling_and_can_be_compared(law: Law) -> None:
    copy = pickle.loads(pickle.dumps(law))
    assert copy == law
    assert hash(copy) == hash(law)
    assert copy.quantile(0.37) == law.quantile(0.37)


SHAPES = (0.05, 0.1, 0.2, 0.5, 0.9, 1.3, 2.0, 3.0, 5.0)
TABLED_U = np.concatenate([np.geomspace(1e-9, 0.5, 1500), 1 - np.geomspace(1e-9, 0.5, 1500)])


@pytest.mark.parametrize("cv", SHAPES)
def test_tabled_gamma_is_as_exact_as_stated(cv: float) -> None:
    law, shape = gamma(mean=2.0, cv=cv), cv**-2
    exact = np.where(TABLED_U < 0.5, special.gammaincinv(shape, TABLED_U), special.gammainccinv(shape, 1 - TABLED_U))
    ours = np.array([law.quantile(u) for u in TABLED_U.tolist()])
    assert ours == pytest.approx(exact * 2.0 / shape, rel=1e-8, abs=0)


@pytest.mark.parametrize("mode", [0.0, 0.02, 0.3, 0.5, 0.77, 1.0])
def test_tabled_beta_is_as_exact_as_stated(mode: float) -> None:
    law = pert(low=0.0, mode=mode, high=1.0)
    exact = special.betaincinv(1 + 4 * mode, 5 - 4 * mode, TABLED_U)
    assert np.array([law.quantile(u) for u in TABLED_U.tolist()]) == pytest.approx(exact, rel=1e-8, abs=0)


@pytest.mark.parametrize("cv", SHAPES)
def test_beyond_the_table_the_gamma_tails_go_on(cv: float) -> None:
    law, shape = gamma(mean=2.0, cv=cv), cv**-2
    for exponent in (34, 40, 53):
        v = 2.0**-exponent
        low, high = special.gammaincinv(shape, v), special.gammainccinv(shape, v)
        assert law.quantile(1 - v) == pytest.approx(float(high) * 2 / shape, rel=5e-2)
        assert law.quantile(v) == pytest.approx(float(low) * 2 / shape, rel=5e-2, abs=1e-300)


@pytest.mark.parametrize(
    ("law", "reference"),
    [
        (exponential(mean=3.0), stats.expon(scale=3.0)),
        (lognormal(mean=2.0, cv=0.6), stats.lognorm(math.sqrt(math.log(1.36)), scale=2.0 / math.sqrt(1.36))),
        (weibull(scale=3.0, shape=1.7), stats.weibull_min(1.7, scale=3.0)),
        (triangular(1.0, 2.0, 6.0), stats.triang(0.2, loc=1.0, scale=5.0)),
        (uniform(2.0, 5.0), stats.uniform(2.0, 3.0)),
        (gamma(mean=2.0, cv=0.5), stats.gamma(4.0, scale=0.5)),
        (pert(1.0, 2.0, 6.0), stats.beta(1.8, 4.2, loc=1.0, scale=5.0)),
    ],
)
def test_quantiles_and_cdfs_are_those_of_scipy(law: Law, reference: stats.rv_continuous) -> None:
    for u in (0.003, 0.1, 0.42, 0.5, 0.86, 0.999):
        assert law.quantile(u) == pytest.approx(float(reference.ppf(u)), rel=1e-8)
    for x in (0.5, 1.1, 2.0, 3.7, 5.9, 12.0):
        assert law.cdf(x) == pytest.approx(float(reference.cdf(x)), abs=1e-8)
        assert law.survival(x) == pytest.approx(float(reference.sf(x)), abs=1e-8)


def test_parameters_mean_what_they_say() -> None:
    assert lognormal(median=4.0, p90=11.0).quantile(0.9) == pytest.approx(11.0, rel=1e-12)
    assert lognormal(median=4.0, p90=11.0).quantile(0.5) == pytest.approx(4.0, rel=1e-12)
    assert lognormal(median=5.0, cv=1.5).quantile(0.5) == pytest.approx(5.0, rel=1e-12)
    for law, cv in ((lognormal(mean=2.0, cv=0.6), 0.6), (gamma(2.0, 3.0), 3.0), (weibull(mean=5, cv=0.4), 0.4)):
        assert law.sd / law.mean == pytest.approx(cv, rel=1e-12)
    assert pert(0, 3, 6).mean == 3.0
    assert triangular(0, 0, 6).mean == 2.0


@pytest.mark.parametrize(
    "law",
    [
        lognormal(mean=2.0, cv=0.0),
        lognormal(median=2.0, p90=2.0),
        gamma(2.0, 0.0),
        weibull(mean=2.0, cv=0.0),
        uniform(2.0, 2.0),
        triangular(2.0, 2.0, 2.0),
        pert(2.0, 2.0, 2.0),
    ],
)
def test_without_spread_a_law_is_its_value(law: Law) -> None:
    assert {law.quantile(u) for u in (1e-9, 0.2, 0.999)} == {2.0}
    assert law.sd == 0.0


def test_empirical_takes_the_smallest_value_that_reaches_u() -> None:
    law = empirical([10.0, 30.0, 20.0], weights=[1, 1, 2])
    assert [law.quantile(u) for u in (0.1, 0.25, 0.2501, 0.75, 0.7501, 0.9999)] == [10, 10, 20, 20, 30, 30]
    assert empirical([5.0]).quantile(0.3) == 5.0


def test_mixture_draws_the_component_and_then_from_it_with_the_same_uniform() -> None:
    law = mixture([(1, uniform(0.0, 1.0)), (3, uniform(10.0, 20.0))])
    assert law.quantile(0.125) == 0.5
    assert law.quantile(0.25) == pytest.approx(10.0)
    assert law.quantile(0.625) == 15.0
    assert law.mean == pytest.approx(0.25 * 0.5 + 0.75 * 15)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: exponential(mean=0.0), "mean must be above 0, got 0"),
        (lambda: exponential(mean=math.nan), "mean must be a finite number, got nan"),
        (lambda: deterministic(math.inf), "value must be a finite number, got inf"),
        (lambda: uniform(low=3, high=1), "low must be at most high, got low=3, high=1"),
        (lambda: lognormal(mean=2.0), r"lognormal must be given \(mean, cv\) or .*, got \(mean\)"),
        (lambda: lognormal(), "got \\(nothing\\)"),
        (lambda: lognormal(mean=2.0, median=1.0, cv=1.0), r"got \(mean, cv, median\)"),
        (lambda: lognormal(mean=-2.0, cv=1.0), "mean must be above 0, got -2"),
        (lambda: lognormal(mean=2.0, cv=-1.0), "cv must be between 0 and 100, got -1"),
        (lambda: lognormal(median=4.0, p90=3.0), "median must be at most p90, got median=4, p90=3"),
        (lambda: gamma(mean=1.0, cv=7.0), "cv must be between 0.001 and 5, got 7"),
        (lambda: weibull(mean=1.0, shape=2.0), r"weibull must be given .*, got \(mean, shape\)"),
        (lambda: weibull(scale=1.0, shape=0.1), "shape must be between 0.2 and 200, got 0.1"),
        (lambda: triangular(1, 5, 3), "mode must be at most high, got mode=5, high=3"),
        (lambda: pert(2, 1, 3), "low must be at most mode, got low=2, mode=1"),
        (lambda: empirical([]), "values must hold at least one number, got none"),
        (lambda: empirical([1.0], weights=[1.0, 2.0]), "weights must be as many as values, got 2 for 1"),
        (lambda: empirical([1.0, 2.0], weights=[0.0, 0.0]), "weights must not all be 0"),
        (lambda: empirical([1.0, 2.0], weights=[1.0, -1.0]), "weights must be at least 0, got -1"),
        (lambda: mixture([]), "components must hold at least one law"),
        (lambda: mixture([(0.0, exponential(1.0))]), "weight must be above 0, got 0"),
        (lambda: scaled(exponential(1.0), 0.0), "factor must be above 0, got 0"),
    ],
)
def test_errors_name_parameter_rule_and_value(make: Callable[[], Law], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
