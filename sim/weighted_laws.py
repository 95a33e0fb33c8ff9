"""Laws that pick among weighted parts: values as observed, or other laws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from sim.law import Law
from sim.law_parameters import above_0, finite, within
from sim.quantiles import Kind


def empirical(values: Sequence[float], weights: Sequence[float] | None = None) -> Law:
    """Observed values, none between them: the step quantile.

    Parameters
    ----------
    values : sequence of float
        At least one, in any order.
    weights : sequence of float, optional
        As many, none negative, not all 0; equal by default.
    """
    if not len(values):
        raise ValueError("values must hold at least one number, got none")
    shares = [1.0] * len(values) if weights is None else [within("weights", w, 0.0, math.inf) for w in weights]
    if len(shares) != len(values):
        raise ValueError(f"weights must be as many as values, got {len(shares)} for {len(values)}")
    total = math.fsum(shares)
    if not total > 0.0:
        raise ValueError(f"weights must not all be 0, got {shares}")
    pairs = sorted((finite("values", float(v)), w / total) for v, w in zip(values, shares, strict=True) if w > 0.0)
    ends = list(accumulate(w for _, w in pairs))[:-1]
    mean = math.fsum(v * w for v, w in pairs)
    sd = math.sqrt(math.fsum(w * (v - mean) ** 2 for v, w in pairs))
    params = (float(len(pairs)), *(v for v, _ in pairs), *ends, 1.0)
    return Law(Kind.EMPIRICAL, params, mean, sd, f"empirical({len(values)} values)")


def mixture(components: Sequence[tuple[float, Law]]) -> Law:
    """One of several laws, chosen by the same uniform that is then stretched to draw from it.

    Parameters
    ----------
    components : sequence of (float, Law)
        Weight above 0, in any unit, and law. A mixture among them is resolved into its own components.
    """
    # A mixture among the components would need a quantile that calls itself, which not every compiler takes.
    parts = [part for weight, law in components for part in _resolved(above_0("weight", weight), law)]
    if not parts:
        raise ValueError("components must hold at least one law, got none")
    total = math.fsum(weight for weight, _, _ in parts)
    ends = [*list(accumulate(weight / total for weight, _, _ in parts))[:-1], 1.0]
    heads: list[float] = []
    numbers: list[float] = []
    for end, (_, kind, params) in zip(ends, parts, strict=True):
        heads += [end, float(kind), float(1 + 3 * len(parts) + len(numbers))]
        numbers += params
    total = math.fsum(weight for weight, _ in components)
    mean = math.fsum(weight / total * law.mean for weight, law in components)
    square = math.fsum(weight / total * (law.sd**2 + (law.mean - mean) ** 2) for weight, law in components)
    name = "mixture(" + ", ".join(f"{w:g}: {law.name}" for w, law in components) + ")"
    return Law(Kind.MIXTURE, (float(len(parts)), *heads, *numbers), mean, math.sqrt(square), name)


def _resolved(weight: float, law: Law) -> list[tuple[float, int, tuple[float, ...]]]:
    """Weight, kind and numbers of a law, or of each component of a mixture."""
    p = law.params
    if law.kind != Kind.MIXTURE:
        return [(weight, law.kind, p)]
    head = 1 + 3 * int(p[0])
    ends = p[1:head:3]
    starts = [int(place) for place in p[3:head:3]]
    slices = zip(starts, [*starts[1:], len(p)], strict=True)
    shares = (end - below for end, below in zip(ends, (0.0, *ends), strict=False))
    return [
        (weight * share, int(kind), p[start:stop])
        for share, kind, (start, stop) in zip(shares, p[2:head:3], slices, strict=True)
    ]
