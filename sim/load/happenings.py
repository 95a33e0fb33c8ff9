"""What befalls the needs of a sample: noted while their cases walk, and counted for any number of needs a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.load.cases import Cases
from sim.load.drawn import Places
from sim.load.tally import Tally

Happening = tuple[Callable[..., None], tuple[int, ...]]
"""How it is written down, as a method of `Tally`, and what else that method must be told."""


@dataclass(frozen=True)
class _Noted:
    """Happenings by code, with what befell whom; sorted by segment."""

    segments: Places
    codes: Places
    rows: Places
    times: NDArray[np.float64]


class Happenings:
    """What befell the needs of a sample, by row and segment.

    What happens to a need does not depend on how many a year it stands for. So one walk serves for all numbers.
    """

    def __init__(self) -> None:
        self._codes: dict[Happening, int] = {}
        self._new: list[tuple[int, Places, Places, float | NDArray[np.float64]]] = []
        self._noted: list[_Noted] = []

    def note(self, happening: Happening, cases: Cases, at: Places, times: float | NDArray[np.float64] = 1.0) -> None:
        """Note that something befell some of the cases, each so many times."""
        if len(at):
            code = self._codes.setdefault(happening, len(self._codes))
            self._new.append((code, cases.segment[at], cases.row[at], times))

    def write(self, tally: Tally, segment: int, per_year: NDArray[np.float64]) -> None:
        """Write down how often a year each thing befalls the needs of a segment.

        Parameters
        ----------
        tally : Tally
            Written to.
        segment : int
            By the plan's indices.
        per_year : ndarray of float
            By row, the needs a year that it stands for.
        """
        self._sort()
        counts = np.zeros(len(self._codes))
        for noted in self._noted:
            mine = slice(*np.searchsorted(noted.segments, (segment, segment + 1)))
            weights = per_year[noted.rows[mine]] * noted.times[mine]
            counts += np.bincount(noted.codes[mine], weights, len(self._codes))
        for (written, told), count in zip(self._codes, counts.tolist(), strict=True):
            if count != 0.0:
                written(tally, segment, count, *told)

    def _sort(self) -> None:
        """Put what is newly noted beside what was noted before."""
        if not self._new:
            return
        codes = np.repeat([code for code, _, _, _ in self._new], [len(rows) for _, _, rows, _ in self._new])
        segments = np.concatenate([segments for _, segments, _, _ in self._new])
        rows = np.concatenate([rows for _, _, rows, _ in self._new])
        times = np.concatenate([np.broadcast_to(times, rows.shape) for _, _, rows, times in self._new])
        order = np.argsort(segments, kind="stable")
        self._noted.append(_Noted(segments[order], codes[order], rows[order], times[order]))
        self._new.clear()
