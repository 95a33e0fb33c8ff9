"""A search among designs, a batch at a time: NSGA-II for several objectives, Parzen estimators for one.

The same seed and the same answers give the same designs. Nothing of a search is kept: whoever begins it again asks the
same and finds the answers in the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.extra import extra
from experiments.specs.optimize import Optimize


@dataclass(frozen=True)
class Choice:
    """A design that is to be tried.

    Attributes
    ----------
    levers : tuple of str
        Those pulled.
    values : mapping
        Of all numbers that are varied, by path.
    """

    levers: tuple[str, ...]
    values: Mapping[str, float | int]


@dataclass(frozen=True)
class Told:
    """What came of a design.

    Attributes
    ----------
    objectives : sequence of float
        Their values, all defined.
    excess : sequence of float
        By how much each limit is passed; 0 or less where it is kept.
    """

    objectives: Sequence[float]
    excess: Sequence[float]


class Search:
    """A search that is asked what to try and told what came of it.

    Parameters
    ----------
    asked : Optimize
        What may be changed, what for, and how long.

    Raises
    ------
    Complaint
        If the package that searches is not installed.

    References
    ----------
    Deb, K., Pratap, A., Agarwal, S. and Meyarivan, T., "A fast and elitist multiobjective genetic algorithm: NSGA-II",
    IEEE Transactions on Evolutionary Computation 6(2), 2002, 182-197, doi:10.1109/4235.996017.
    Bergstra, J., Bardenet, R., Bengio, Y. and Kegl, B., "Algorithms for hyper-parameter optimization", Advances in
    Neural Information Processing Systems 24, 2011, 2546-2554 (tree-structured Parzen estimators).
    Akiba, T., Sano, S., Yanase, T., Ohta, T. and Koyama, M., "Optuna: a next-generation hyperparameter optimization
    framework", KDD 2019, 2623-2631, doi:10.1145/3292500.3330701.
    """

    def __init__(self, asked: Optimize) -> None:
        with extra("study"):
            import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        sampler: Any
        if len(asked.objectives) > 1:
            sampler = optuna.samplers.NSGAIISampler(population_size=asked.generation, seed=asked.seed)
        else:
            sampler = optuna.samplers.TPESampler(seed=asked.seed)
        directions = [f"{way}imize" for way in asked.objectives.values()]
        self._study = optuna.create_study(directions=directions, sampler=sampler)
        self._failed = optuna.trial.TrialState.FAIL
        self._asked, self._open = asked, list[Any]()

    def begin_with(self, levers: Sequence[str], values: Mapping[str, float | int]) -> None:
        """Have a design tried first; values that are not given, or out of their range, are chosen by the search."""
        known: dict[str, Any] = {_switch(lever): lever in levers for lever in self._asked.levers}
        for path, factor in self._asked.vary.items():
            value = values.get(path)
            if value is not None and factor.low <= value <= factor.high:
                known[path] = value if factor.integer else factor.position(value)
        self._study.enqueue_trial(known)

    def ask(self, n: int) -> list[Choice]:
        """Give the next designs that are to be tried, before anything is known of any of them."""
        found = []
        for _ in range(n):
            trial = self._study.ask()
            self._open.append(trial)
            levers = [one for one in self._asked.levers if trial.suggest_categorical(_switch(one), [False, True])]
            values = {
                path: trial.suggest_int(path, int(factor.low), int(factor.high))
                if factor.integer
                else factor.value(trial.suggest_float(path, 0.0, 1.0))
                for path, factor in self._asked.vary.items()
            }
            found.append(Choice(tuple(levers), values))
        return found

    def tell(self, found: Sequence[Told | None]) -> None:
        """Say what came of the designs that were asked for last, in their order; None for one that cannot be run."""
        for trial, told in zip(self._open, found, strict=True):
            if told is None:
                self._study.tell(trial, state=self._failed)
                continue
            for i, excess in enumerate(told.excess):
                trial.set_constraint(str(i), excess)
            self._study.tell(trial, list(told.objectives))
        self._open.clear()


def _switch(lever: str) -> str:
    """Give the name of the parameter of a lever, which is no path."""
    return f"lever {lever}"
