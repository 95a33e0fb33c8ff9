"""Fractions of all combinations of two levels, chosen so that effects can still be told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray


class Impossible(ValueError):  # noqa: N818 (it is about what is asked for)
    """There is no such fraction."""


def fraction(
    factors: Sequence[str], resolution: int, generators: Mapping[str, Sequence[str]] | None = None
) -> NDArray[np.int64]:
    """Choose a fraction of the combinations of two levels.

    Parameters
    ----------
    factors : sequence of str
        Names.
    resolution : int
        The least number of factors in a product that is the same in all runs: 3 mixes main effects with interactions
        of two, 5 mixes neither with one another.
    generators : mapping, optional
        Factors whose level is the product of others; by default the first products of those that are crossed,
        largest first, that keep the resolution, with as few runs as possible.

    Returns
    -------
    ndarray of int64, shape (runs, factors)
        -1 and 1.

    Raises
    ------
    Impossible
        If generators name what is not crossed, or the resolution that comes out is less than asked for.

    References
    ----------
    Box, G. E. P. and Hunter, J. S., "The 2^(k-p) fractional factorial designs", Technometrics 3(3), 1961, 311-351,
    doi:10.1080/00401706.1961.10489951.
    """
    if generators:
        return _generated(factors, resolution, generators)
    for n in range(1, len(factors) + 1):
        words = _words(n, len(factors) - n, resolution)
        if words is not None:
            return _runs(n, words)
    raise AssertionError("all factors crossed keep any resolution")


def _generated(factors: Sequence[str], resolution: int, generators: Mapping[str, Sequence[str]]) -> NDArray[np.int64]:
    crossed = [name for name in factors if name not in generators]
    for name, of in generators.items():
        if name not in factors:
            raise Impossible(f"{name} is generated and not a factor")
        wrong = [other for other in of if other not in crossed]
        if wrong or len(set(of)) < max(2, len(of)):
            raise Impossible(f"{name} must be the product of two or more of {', '.join(crossed)}; got {list(of)}")
    words = [frozenset(map(crossed.index, of)) for of in generators.values()]
    least = _resolution(len(crossed), words)
    if least < resolution:
        raise Impossible(f"resolution {resolution} is asked for, and these generators give {least}")
    runs, order = _runs(len(crossed), words), [*crossed, *generators]
    return runs[:, [order.index(name) for name in factors]]


def _words(n: int, more: int, resolution: int) -> list[frozenset[int]] | None:
    """Give products of n crossed factors for some more, so that the resolution is kept; None if there are none."""
    candidates = [
        frozenset(word) for size in range(n, 1, -1) for word in combinations(range(n), size) if size + 1 >= resolution
    ]

    def grown(words: list[frozenset[int]], start: int) -> list[frozenset[int]] | None:
        if len(words) == more:
            return words
        for i in range(start, len(candidates)):
            longer = [*words, candidates[i]]
            if _resolution(n, longer) >= resolution and (found := grown(longer, i + 1)) is not None:
                return found
        return None

    return grown([], 0) if len(candidates) >= more else None


def _resolution(n: int, words: Sequence[frozenset[int]]) -> int:
    """Give the length of the shortest product that is the same in all runs; more than there are if there is none."""
    relations = [word | {n + i} for i, word in enumerate(words)]
    lengths = []
    for some in product((False, True), repeat=len(relations)):
        found: frozenset[int] = frozenset()
        for relation, taken in zip(relations, some, strict=True):
            found = found ^ relation if taken else found
        if any(some):
            lengths.append(len(found))
    return min(lengths, default=n + len(words) + 1)


def _runs(n: int, words: Sequence[frozenset[int]]) -> NDArray[np.int64]:
    crossed = np.array([*product((-1, 1), repeat=n)], np.int64).reshape(-1, n)
    return np.column_stack([crossed, *(crossed[:, sorted(word)].prod(axis=1) for word in words)])
