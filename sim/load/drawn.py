"""What is drawn for many cases at once: the same addresses and the same bits as for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.draws import absorb_array, uniforms, word_of
from sim.law import Law
from sim.load.portable_arrays import exp_array, log_array, normal_quantile_array
from sim.plan import Plan
from sim.quantiles import Kind

T = TypeVar("T")

Places = NDArray[np.intp]
"""Which of some cases: places in their arrays."""
Keys = NDArray[np.uint64]
"""Addresses of cases."""


def by_segment(values: Sequence[T], segments: Places) -> Iterator[tuple[T, NDArray[np.bool_]]]:
    """Yield each value that holds in a segment, and for whom of those in `segments`; one that holds in all, once."""
    if all(value is values[0] or value == values[0] for value in values[1:]):
        yield values[0], np.ones(len(segments), dtype=bool)
        return
    for segment, value in enumerate(values):
        mine = segments == segment
        if mine.any():
            yield value, mine


def drawn(law: Law, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw from a law at each of some uniforms: the bits of `Law.quantile`, sooner for the commonest kinds."""
    if law.kind == Kind.DETERMINISTIC:
        return np.full(len(u), law.params[0])
    if law.kind == Kind.LOGNORMAL:
        median, sigma = law.params
        return median * exp_array(sigma * normal_quantile_array(u))
    if law.kind == Kind.EXPONENTIAL:
        return -law.params[0] * log_array(1.0 - u)
    return np.array(list(map(law.quantile, u.tolist())), dtype=float)


def drawn_by_segment(laws: Sequence[Law], u: NDArray[np.float64], segments: Places) -> NDArray[np.float64]:
    """Draw from the law of each one's segment."""
    found = np.empty(len(u))
    for law, mine in by_segment(laws, segments):
        found[mine] = drawn(law, u[mine])
    return found


def named_ms(plan: Plan, law: int, keys: Keys, segments: Places) -> NDArray[np.float64]:
    """Draw from a named law of the market, ms: always the same for the same case."""
    return drawn_by_segment(plan.named_laws[law], uniforms(absorb_array(keys, plan.law_words[law])), segments)


def windows_ms(plan: Plan, journey: int, keys: Keys, segments: Places) -> NDArray[np.float64]:
    """Draw the decision windows of cases that begin a journey; infinite if it has none."""
    window = plan.journeys[journey].window
    return np.full(len(keys), inf) if window < 0 else named_ms(plan, window, keys, segments)


def traits_of(plan: Plan, keys: Keys, segments: Places) -> NDArray[np.float64]:
    """Draw the traits of accounts, (traits, keys): those of `sim.marks.draw_traits`."""
    found = np.empty((len(plan.traits), len(keys)))
    for t, (name, laws, offset) in enumerate(zip(plan.traits, plan.trait_laws, plan.trait_offsets, strict=True)):
        u = uniforms(absorb_array(keys, word_of(f"trait {name}")))
        found[t] = drawn_by_segment(laws, u, segments) + offset
    return found
