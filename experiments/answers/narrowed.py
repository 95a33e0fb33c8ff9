"""Where intervals stand after the last batch: what is narrow enough, and what the rest would take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from experiments.answers.duration import duration
from experiments.answers.narrow import Narrow

LUCK_ONLY = (
    "95 % intervals, each for itself: luck only, not the assumptions. Estimates from few replications are rough."
)


@dataclass(frozen=True)
class Narrowed:
    """All intervals of a question.

    Attributes
    ----------
    intervals : tuple of Narrow
        By measure.
    replications : int
        That were run.
    one_more_s : float or None
        How long a replication more of all designs takes; None if it is not known.
    workers : int
        That share it.
    """

    intervals: tuple[Narrow, ...]
    replications: int
    one_more_s: float | None = None
    workers: int = 1

    @property
    def open(self) -> list[Narrow]:
        """Those that are not narrow enough."""
        return [one for one in self.intervals if not one.found.enough]

    @property
    def missing(self) -> int | None:
        """Replications more that it seems to take; None if for some nothing can be said."""
        if any(one.needed is None for one in self.open):
            return None
        return max((max(one.needed or 0, self.replications + 1) - self.replications for one in self.open), default=0)

    @property
    def seconds(self) -> float | None:
        """How long that takes; None if it is not known."""
        missing = self.missing
        return None if missing is None or self.one_more_s is None else missing * self.one_more_s

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "replications": self.replications,
            "enough": not self.open,
            "replications_to_go": self.missing,
            "seconds_to_go": self.seconds,
            "intervals": [one.plain() for one in self.intervals],
        }

    def claims(self) -> list[str]:
        """Say it in sentences."""
        n, k = self.replications, len(self.intervals)
        all_of_them = "The interval is" if k == 1 else f"All {k} intervals are"
        if not self.open:
            reached = max(one.found.reached_at or 0 for one in self.intervals)
            return [f"{all_of_them} narrow enough from {reached} replications on; {n} were run."]
        claims = [f"{len(self.open)} of {k} intervals {_are(len(self.open))} not narrow enough after {n} replications."]
        if (missing := self.missing) is None:
            return [*claims, "For some of them nothing can be said of what it would take."]
        time = ""
        if self.seconds is not None:
            time = f", about {duration(self.seconds)} more with {self.workers} worker{'s' * (self.workers > 1)}"
        return [*claims, f"It would take about {n + missing:,} in all{time}; precise.most={n + missing} allows it."]


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
