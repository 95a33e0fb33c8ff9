"""What each lever brings of what they bring together: in one order, and over all orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.sampling.subsets import prefixes, pulled_in
from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.shapley import Shares, shapley_shares
from sim.analysis.shapley_orders import Orders, SampledShares, sampled_shares

Values = NDArray[np.float64]


@dataclass(frozen=True)
class LeverPart:
    """What one lever brings.

    Attributes
    ----------
    lever : str
        Its name.
    step : Interval
        What it changes in the given order, paired.
    share : Interval
        Its Shapley share: what it changes in the mean over orders.
    alone : float
        What it changes pulled on nothing.
    least, most : float
        Of what it changes, over all orders or those drawn.
    least_after, most_after : tuple of str or None
        The levers pulled before it there; None where orders are drawn.
    """

    lever: str
    step: Interval
    share: Interval
    alone: float
    least: float
    most: float
    least_after: tuple[str, ...] | None = None
    most_after: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Decomposition:
    """A whole and its parts.

    Attributes
    ----------
    kpi, unit : str
        What is decomposed.
    level : Interval
        Of the design without any lever.
    whole : Interval
        All levers less none, paired.
    levers : tuple of LeverPart
        In the given order.
    synergy : Interval
        The whole less the sum of what each lever brings alone.
    interactions : tuple of (str, str, Interval)
        How much more one lever brings with the other than without, weighed over what else is pulled; the strongest
        first. Empty where orders are drawn.
    remainder : float
        The whole less the sum of the shares: rounding.
    replications, left_out : int
        Those that count, and those in which the measure is not defined for every subset.
    orders : int or None
        How many were drawn; None if all count.
    """

    kpi: str
    unit: str
    level: Interval
    whole: Interval
    levers: tuple[LeverPart, ...]
    synergy: Interval
    interactions: tuple[tuple[str, str, Interval], ...]
    remainder: float
    replications: int
    left_out: int
    orders: int | None

    def plain(self) -> dict[str, Any]:
        """Give everything as plain data, for JSON."""
        levers = [
            {
                "lever": one.lever,
                "step": one.step.plain(),
                "share": one.share.plain(),
                **{name: _number(getattr(one, name)) for name in ("alone", "least", "most")},
                "least_after": one.least_after and list(one.least_after),
                "most_after": one.most_after and list(one.most_after),
            }
            for one in self.levers
        ]
        return {
            "kpi": self.kpi,
            "unit": self.unit,
            "orders": self.orders or "all",
            "replications": self.replications,
            "left_out": self.left_out,
            "level": self.level.plain(),
            "whole": self.whole.plain(),
            "levers": levers,
            "synergy": self.synergy.plain(),
            "interactions": [{"levers": [a, b], **found.plain()} for a, b, found in self.interactions],
            "remainder": _number(self.remainder),
        }


def decomposed(
    levers: Sequence[str], values: Mapping[int, Values], orders: Orders | None, kpi: str, unit: str
) -> Decomposition:
    """Take a whole apart.

    Parameters
    ----------
    levers : sequence of str
        Names, in the given order.
    values : mapping of int to ndarray of float64, shape (replications,)
        The measure by subset, see `experiments.sampling.subsets.subsets_of`.
    orders : ndarray or None
        Those drawn; None if all subsets are there.
    kpi, unit : str
        What is measured.
    """
    n = len(levers)
    subsets = sorted(values)
    table = np.array([values[subset] for subset in subsets])
    defined = ~np.isnan(table).any(axis=0)
    known = dict(zip(subsets, table[:, defined], strict=True))
    none, all_of_them = known[0], known[(1 << n) - 1]
    steps = [mean_interval(known[b] - known[a]) for a, b in zip(prefixes(n), prefixes(n)[1:], strict=False)]
    alone = [known[1 << i] - none for i in range(n)]
    shares = shapley_shares(table[:, defined]) if orders is None else sampled_shares(orders, known)
    parts = [_part(lever, shares, i, levers, steps[i], alone[i]) for i, lever in enumerate(levers)]
    whole = mean_interval(all_of_them - none)
    return Decomposition(
        kpi=kpi,
        unit=unit,
        level=mean_interval(none),
        whole=whole,
        levers=tuple(parts),
        synergy=mean_interval(all_of_them - none - np.sum(alone, axis=0)),
        interactions=_interactions(shares, levers) if isinstance(shares, Shares) else (),
        remainder=whole.mean - sum(part.share.mean for part in parts),
        replications=int(defined.sum()),
        left_out=int((~defined).sum()),
        orders=None if orders is None else int(np.prod(orders.shape[:-1])),
    )


def _part(
    lever: str, shares: Shares | SampledShares, i: int, levers: Sequence[str], step: Interval, alone: Values
) -> LeverPart:
    own = float(alone.mean()) if alone.size else nan
    if isinstance(shares, SampledShares):
        drawn = shares.levers[i]
        return LeverPart(lever, step, drawn.share, own, drawn.least, drawn.most)
    exact = shares.levers[i]
    after = (tuple(pulled_in(exact.least_after, levers)), tuple(pulled_in(exact.most_after, levers)))
    return LeverPart(lever, step, exact.share, own, exact.least, exact.most, *after)


def _interactions(shares: Shares, levers: Sequence[str]) -> tuple[tuple[str, str, Interval], ...]:
    found = [(levers[i], levers[j], interval) for (i, j), interval in shares.interactions.items()]
    return tuple(sorted(found, key=lambda each: -abs(each[2].mean)))


def _number(value: float) -> float | None:
    return value if np.isfinite(value) else None
