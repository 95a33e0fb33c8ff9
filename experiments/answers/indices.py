"""Sensitivity indices of one outcome, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.extra import extra
from experiments.sampling.effects import block, problem_of
from experiments.specs.sensitivity import Sensitivity
from sim.analysis.intervals import Interval
from sim.analysis.luck import Luck

Values = NDArray[np.float64]
UNKNOWN = Interval(nan, nan, nan, 0)


@dataclass(frozen=True)
class Index:
    """What one factor does to an outcome.

    Attributes
    ----------
    factor : str
        Its name.
    strength : Interval
        What factors are ranked by. Morris: mu*, the mean size of its effects over the whole range, in the unit of the
        outcome. Sobol: the total index, the share of the variance that it has a part in.
    direction : float
        Morris: mu, the mean effect with its sign; nan for Sobol.
    spread : float
        Morris: sigma, the standard deviation of its effects; nan for Sobol.
    alone : Interval
        Sobol: the first-order index, the share of the variance that it brings alone; not defined for Morris.
    """

    factor: str
    strength: Interval
    direction: float
    spread: float
    alone: Interval

    def plain(self) -> dict[str, Any]:
        """Give what is defined, for JSON."""
        found: dict[str, Any] = {"factor": self.factor, "strength": self.strength.plain()}
        if self.alone.n:
            found["alone"] = self.alone.plain()
        numbers = {"direction": self.direction, "spread": self.spread}
        return {**found, **{name: value for name, value in numbers.items() if np.isfinite(value)}}


@dataclass(frozen=True)
class Indices:
    """Of one outcome.

    Attributes
    ----------
    found : list of Index
        The strongest first; those of which nothing is known last.
    blocks, lost : int
        Trajectories, or rows, that were used, and those that were not because the outcome is not defined at a point.
    floor : float
        What a factor would be found to do that only shuffles luck, without any effect; nan if luck is not known.
        Factors below it are not told from none.
    """

    found: list[Index]
    blocks: int
    lost: int
    floor: float

    def told(self, one: Index) -> bool:
        """Whether the interval of a factor lies above what shuffled luck would do, and above nothing."""
        return bool(one.strength.low > max(0.0, self.floor if np.isfinite(self.floor) else 0.0))


def indices_of(asked: Sensitivity, names: Sequence[str], points: Values, outcome: Values, luck: Luck) -> Indices:
    """Analyze an outcome.

    Parameters
    ----------
    asked : Sensitivity
        As for the points.
    names : sequence of str
        Of the factors.
    points : ndarray of float64, shape (points, factors)
        As `experiments.sampling.effects.effect_points` gives them.
    outcome : ndarray of float64, shape (points,)
        Nan where it is not defined: then the block of that point is left out.
    luck : Luck
        Of the outcome at these points.

    Returns
    -------
    Indices
        Intervals are those of SALib: normal, with the spread of resampled blocks. They say how much other points might
        have said, given this luck. Nothing is known with fewer than two blocks or if the outcome does not vary.

    References
    ----------
    Campolongo, F., Cariboni, J. and Saltelli, A., "An effective screening design for sensitivity analysis of large
    models", Environmental Modelling & Software 22(10), 2007, 1509-1518, doi:10.1016/j.envsoft.2006.10.004.
    Saltelli, A. and others 2010, see `experiments.sampling.effects.effect_points`.
    """
    size = block(asked, len(names))
    blocks = outcome.reshape(-1, size)
    whole = np.isfinite(blocks).all(axis=1)
    lost = int((~whole).sum())
    kept, y = points.reshape(-1, size, len(names))[whole].reshape(-1, len(names)), blocks[whole].reshape(-1)
    if whole.sum() < 2 or not np.ptp(y) > 0.0:
        nothing = [Index(name, UNKNOWN, nan, nan, UNKNOWN) for name in names]
        return Indices(nothing, int(whole.sum()), lost, nan)
    analyze = _effects if asked.method == "morris" else _shares
    found = analyze(asked, names, kept, y)
    return Indices(sorted(found, key=_weakness), int(whole.sum()), lost, _floor(asked, luck))


def _weakness(one: Index) -> float:
    return -one.strength.mean if np.isfinite(one.strength.mean) else np.inf


def _effects(asked: Sensitivity, names: Sequence[str], points: Values, y: Values) -> list[Index]:
    with extra("study"):
        from SALib.analyze.morris import analyze
    found = analyze(
        problem_of(len(names)), points, y, num_resamples=asked.resamples, num_levels=asked.levels, seed=asked.seed
    )
    n = len(y) // block(asked, len(names))
    columns = (found[name] for name in ("mu_star", "mu_star_conf", "mu", "sigma"))
    return [
        Index(name, _around(star, half, n), float(mu), float(sigma), UNKNOWN)
        for name, star, half, mu, sigma in zip(names, *columns, strict=True)
    ]


def _shares(asked: Sensitivity, names: Sequence[str], points: Values, y: Values) -> list[Index]:
    with extra("study"):
        from SALib.analyze.sobol import analyze
    # Zero would be taken for no seed at all.
    seed = asked.seed + 1
    found = analyze(problem_of(len(names)), y, calc_second_order=False, num_resamples=asked.resamples, seed=seed)
    n = len(y) // block(asked, len(names))
    columns = (found[name] for name in ("ST", "ST_conf", "S1", "S1_conf"))
    return [
        Index(name, _around(total, half, n), nan, nan, _around(first, first_half, n))
        for name, total, half, first, first_half in zip(names, *columns, strict=True)
    ]


def _around(mean: float, half: float, n: int) -> Interval:
    return Interval(float(mean), float(mean - half), float(mean + half), n)


def _floor(asked: Sensitivity, luck: Luck) -> float:
    """Give the index of a factor without effect whose steps draw luck anew, by normal luck of variance `apart`.

    A step is the difference of two points: its mean size is twice the standard deviation of one over the root of pi,
    and half its mean square is the variance of one.
    """
    if asked.method == "sobol":
        return luck.share_apart
    step = asked.levels / (2.0 * (asked.levels - 1))
    return 2.0 * sqrt(luck.apart) / sqrt(pi) / step if luck.apart >= 0.0 else nan
