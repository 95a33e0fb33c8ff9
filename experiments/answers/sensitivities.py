"""What a sensitivity analysis says: which factors an outcome hangs on, how sure that is, and in which direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from experiments.answers.indices import Index, Indices
from experiments.answers.outcomes import Outcomes
from experiments.answers.swings import Swing
from experiments.sampling.worlds import Dimension
from experiments.specs.sensitivity import Sensitivity
from sim.analysis.intervals import Interval
from sim.analysis.luck import Luck

THOUSANDS_FROM = 1e5
MOST_TOLD = 20
"""Factors whose indices are printed; all are in the files."""
STRENGTH = {"morris": "mu* (95 %)", "sobol": "total (95 %)"}


@dataclass(frozen=True)
class Sensitivities:
    """The answer.

    Attributes
    ----------
    asked : Sensitivity
        The question.
    designs : sequence of str
        The design; or two, if the second less the first is the outcome.
    dimensions : sequence of Dimension
        What was varied.
    outcomes : mapping of str to Outcomes
        By measure, at the points of the analysis.
    indices : mapping of str to Indices
        By measure.
    base : Interval or None
        The first outcome with everything as the config has it, if factors were also moved one at a time.
    swings : sequence of Swing
        What it becomes then.
    """

    asked: Sensitivity
    designs: Sequence[str]
    dimensions: Sequence[Dimension]
    outcomes: Mapping[str, Outcomes]
    indices: Mapping[str, Indices]
    base: Interval | None = None
    swings: Sequence[Swing] = ()

    @property
    def subject(self) -> str:
        """Whose outcome it is."""
        return self.designs[0] if len(self.designs) == 1 else f"{self.designs[1]} less {self.designs[0]}"

    @property
    def points(self) -> int:
        """How many points the indices rest on."""
        return len(self.outcomes[self.asked.kpis[0]].found)

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "method": self.asked.method,
            "subject": self.subject,
            "designs": list(self.designs),
            "points": self.points,
            "factors": [_factor(one) for one in self.dimensions],
            "outcomes": {kpi: self._outcome(kpi) for kpi in self.outcomes},
            "one_at_a_time": None
            if self.base is None
            else {"base": self.base.plain(), "factors": [one.plain() for one in self.swings]},
        }

    def _outcome(self, kpi: str) -> dict[str, Any]:
        found, luck = self.indices[kpi], self.outcomes[kpi].luck
        return {
            "unit": self.outcomes[kpi].unit,
            "blocks": found.blocks,
            "blocks_lost": found.lost,
            "luck": {
                "variance_between_points": known(luck.between),
                "variance_of_a_mean_by_luck": known(luck.of_mean),
                "of_it_not_common_to_all_points": known(luck.apart),
                "noise_share": known(luck.share),
                "noise_share_apart": known(luck.share_apart),
            },
            "floor": known(found.floor),
            "indices": [{**one.plain(), "told": found.told(one)} for one in found.found],
        }

    def lines(self) -> Iterator[str]:
        """Say it, measure by measure."""
        factors = f"{len(self.dimensions)} factor{'s' * (len(self.dimensions) > 1)}"
        yield f"{self.asked.method}, {factors}, {self.points:,} points: {self.subject}"
        for kpi, outcome in self.outcomes.items():
            word = "thousand " if self.times(kpi) != 1.0 else ""
            yield f"\n{kpi}, {word}{outcome.unit}"
            yield from self._table(kpi)
            yield from remarks(self, kpi)

    def largest(self, kpi: str) -> float:
        """Give the largest size that is told of an effect, by which all are written."""
        found = self.indices[kpi].found
        return max((abs(x) for one in found for x in (one.strength.high, one.spread) if isfinite(x)), default=0.0)

    def times(self, kpi: str) -> float:
        """Give what effects are multiplied by before they are written: large ones are told in thousands."""
        return 1e-3 if self.largest(kpi) >= THOUSANDS_FROM else 1.0

    def effect(self, kpi: str, value: float, sign: str = "") -> str:
        """Write the size of an effect; a dash if it is not defined."""
        times = self.times(kpi)
        return number(value * times, f"{sign},.0f" if self.largest(kpi) * times >= 100.0 else f"{sign},.3g")

    def strength(self, kpi: str, one: Index) -> str:
        """Write what factors are ranked by, with its interval."""
        if self.asked.method == "sobol":
            return share(one.strength)
        mean, low, high = (self.effect(kpi, x) for x in (one.strength.mean, one.strength.low, one.strength.high))
        return f"{mean} ({low} to {high})" if one.strength.n else mean

    def _table(self, kpi: str) -> Iterator[str]:
        found, ranges = self.indices[kpi], {one.name: one for one in self.dimensions}
        shown = found.found[:MOST_TOLD]
        width = min(60, max(len(one.factor) for one in shown))
        morris = self.asked.method == "morris"
        heads = ("mu", "sigma") if morris else ("first (95 %)",)
        cell = 12 if morris else 28
        yield f"  {'':{width}}{STRENGTH[self.asked.method]:>32}{''.join(f'{h:>{cell}}' for h in heads)}  low to high"
        for one in shown:
            more = (
                [self.effect(kpi, one.direction, "+"), self.effect(kpi, one.spread)] if morris else [share(one.alone)]
            )
            mark, span = "*" if found.told(one) else " ", ranges[one.factor]
            told = f"{self.strength(kpi, one):>32}{''.join(f'{text:>{cell}}' for text in more)}"
            yield f"{mark} {one.factor[:width]:{width}}{told}  {span.low:,.6g} to {span.high:,.6g}"
        if len(found.found) > len(shown):
            yield f"  ... and {len(found.found) - len(shown)} factors more, in summary.json"


def share(found: Interval) -> str:
    """Write a share of the variance."""
    return found.text(".2f")


def remarks(answer: Sensitivities, kpi: str) -> Iterator[str]:
    """Say how sure the indices of a measure are, in sentences."""
    found, luck = answer.indices[kpi], answer.outcomes[kpi].luck
    if not any(one.strength.n for one in found.found):
        why = (
            f"is defined throughout in {found.blocks} of {found.blocks + found.lost} blocks of points only"
            if found.blocks < 2
            else "is the same at all points"
        )
        yield f"No index: the outcome {why}."
        return
    told = sum(found.told(one) for one in found.found)
    yield f"* {told} of {len(found.found)} are told from a factor that only shuffles luck{_at(answer, kpi)}."
    yield noise(luck)
    if found.lost:
        yield f"Left out, as the outcome is not defined in them: {found.lost} of {found.lost + found.blocks} blocks."


def noise(luck: Luck) -> str:
    """Say how much of what differs between points is luck."""
    if not isfinite(luck.share):
        return "One replication, or no spread: how much of the differences between points is luck is not known."
    return (
        f"Luck: the variance of a point's mean is {luck.share:.2g} of that between points; after what luck does to all "
        f"points alike, {luck.share_apart:.2g}."
    )


def known(value: float) -> float | None:
    """Give a number for JSON: None if it is not defined."""
    return value if isfinite(value) else None


def number(value: float, form: str) -> str:
    """Write a number; a dash if it is not defined."""
    return format(value, form) if isfinite(value) else "-"


def _at(answer: Sensitivities, kpi: str) -> str:
    floor = answer.indices[kpi].floor
    if not isfinite(floor):
        return " (which is not known with one replication: from none)"
    return f" (mu* {answer.effect(kpi, floor)})" if answer.asked.method == "morris" else f" (total {floor:.2f})"


def _factor(one: Dimension) -> dict[str, Any]:
    return {"name": one.name, "unit": one.unit, "low": one.low, "high": one.high, "default": known(one.default)}


def strongest(found: Indices, most: int) -> list[Index]:
    """Give the first of the factors whose strength is known and not nothing."""
    return [one for one in found.found[:most] if one.strength.mean > 0.0]
