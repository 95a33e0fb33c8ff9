"""Boxes with many failures, found by the patient rule induction method."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import inf

import numpy as np

from experiments.answers.box import Box, Flags, Limit, Table, quasi_p
from experiments.extra import extra
from experiments.specs.discover import Discover


def boxes_of(table: Table, failed: Flags, asked: Discover) -> list[Box]:
    """Find boxes, one after the other, each among the points that are in none before it.

    Parameters
    ----------
    table : ndarray of float64, shape (points, factors)
        Values.
    failed : ndarray of bool, shape (points,)
        Which points fail.
    asked : Discover
        What a box must be like. Of the boxes that peeling leaves, the one with the largest coverage whose density is
        enough is taken; ends that do nothing for it are opened again. What is resampled follows from its seed.

    Returns
    -------
    list of Box
        In the order found; empty if none is dense enough and holds enough of the failures.

    References
    ----------
    Friedman, J. H. and Fisher, N. I., "Bump hunting in high-dimensional data", Statistics and Computing 9, 1999,
    123-143, doi:10.1023/A:1008894516817.
    Bryant and Lempert 2010, see `experiments.answers.box.quasi_p`.
    Kwakkel, J. H., "The Exploratory Modeling Workbench", Environmental Modelling & Software 96, 2017, 239-250,
    doi:10.1016/j.envsoft.2017.06.054.
    """
    found: list[Box] = []
    left = np.ones(len(table), bool)
    total = int(failed.sum())
    least = asked.least_mass * len(table)
    while len(found) < asked.most_boxes:
        points, fails = table[left], failed[left]
        # Where failures are as dense as asked for anyway, no box says anything.
        if not fails.any() or fails.mean() >= asked.threshold or least >= len(points):
            break
        box = _densest_enough(peeled(points, fails, least), points, fails, asked)
        if box is None or box.counted(points, fails, total).coverage.mean < asked.least_coverage:
            break
        box = _judged(box, points, fails, least, asked, len(found))
        found.append(box)
        left &= ~box.holds(table)
    return found


def peeled(table: Table, failed: Flags, least: float) -> list[Box]:
    """Give the boxes that peeling and pasting go through, from everything to the smallest.

    Parameters
    ----------
    table : ndarray of float64, shape (points, factors)
        Values.
    failed : ndarray of bool, shape (points,)
        At least one fails.
    least : float
        Points that a box keeps at least.
    """
    with extra("study"), _silent():
        import pandas as pd
        from ema_workbench.analysis.prim import Prim

        frame = pd.DataFrame(table, columns=[str(i) for i in range(table.shape[1])])
        # All boxes on the way are wanted, so the last one needs no density but some.
        prim = Prim(frame, failed.astype(np.int64), threshold=1e-9, mass_min=least / len(table))
        found = prim.find_box()
        ends = [box.to_numpy(dtype=np.float64) for box in found.box_lims]
    lowest, highest = ends[0]
    boxes = []
    for low, high in ends:
        limits = [
            Limit(i, float(low[i]) if low[i] > lowest[i] else -inf, float(high[i]) if high[i] < highest[i] else inf)
            for i in range(table.shape[1])
            if low[i] > lowest[i] or high[i] < highest[i]
        ]
        boxes.append(Box(tuple(limits)))
    return boxes


def _densest_enough(boxes: list[Box], table: Table, failed: Flags, asked: Discover) -> Box | None:
    """Give the box with the largest coverage among those that are dense enough, thinned out."""
    counted = [(box, box.counted(table, failed)) for box in boxes if box.limits]
    enough = [(c.hits, c.density.mean, box) for box, c in counted if c.held and c.density.mean >= asked.threshold]
    if not enough:
        return None
    box = max(enough, key=lambda one: one[:2])[2]
    while True:
        # The least useful end first, as long as the box stays dense enough.
        ends = [(quasi_p(box, *end, table, failed), end) for end in box.ends()]
        wider = [(p, box.without(*end)) for p, end in ends if p > asked.most_p and len(ends) > 1]
        wider = [(p, one) for p, one in wider if one.counted(table, failed).density.mean >= asked.threshold]
        if not wider:
            return box
        box = max(wider, key=lambda one: one[0])[1]


def _judged(box: Box, table: Table, failed: Flags, least: float, asked: Discover, number: int) -> Box:
    """Give a box with the quasi-p-values of its limits, and how often they come up again in halves of the points."""
    p = {end: quasi_p(box, *end, table, failed) for end in box.ends()}
    chance = np.random.default_rng([asked.seed, number])
    halves = [chance.permutation(len(table))[: len(table) // 2] for _ in range(asked.resamples)]
    columns = [_columns(table[half], failed[half], least / 2.0, asked) for half in halves]
    return Box(
        tuple(
            replace(
                one,
                p=max(p.get((one.column, end), 0.0) for end in ("low", "high")),
                again=float(np.mean([one.column in found for found in columns])) if columns else one.again,
            )
            for one in box.limits
        )
    )


def _columns(table: Table, failed: Flags, least: float, asked: Discover) -> set[int]:
    """Give the factors that a box found in some of the points restricts."""
    if not failed.any():
        return set()
    found = _densest_enough(peeled(table, failed, least), table, failed, asked)
    return {limit.column for limit in found.limits} if found is not None else set()


@contextmanager
def _silent() -> Iterator[None]:
    """Keep to itself what the packages behind peeling say of one another."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
