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
            yield f"\n{kpi}, {outcome.unit}"
            yield from self._table(kpi)
            yield from remarks(self, kpi)

    def _table(self, kpi: str) -> Iterator[str]:
        found, ranges = self.indices[kpi], {one.name: one for one in self.dimensions}
        shown = found.found[:MOST_TOLD]
        width = min(60, max(len(one.factor) for one in shown))
        morris = self.asked.method == "morris"
        heads = ("mu", "sigma") if morris else ("first (95 %)",)
        cell = 13 if morris else 28
        yield f"  {'':{width}}{STRENGTH[self.asked.method]:>34}{''.join(f'{h:>{cell}}' for h in heads)}  low to high"
        for one in shown:
            more = (
                (_number(one.direction, "+,.4g"), _number(one.spread, ",.4g")) if morris else (one.alone.text(".3f"),)
            )
            mark = "*" if found.told(one) else " "
            span = ranges[one.factor]
            yield (
                f"{mark} {one.factor[:width]:{width}}{one.strength.text(',.4g' if morris else '.3f'):>34}"
                f"{''.join(f'{text:>{cell}}' for text in more)}  {span.low:,.6g} to {span.high:,.6g}"
            )
        if len(found.found) > len(shown):
            yield f"  ... and {len(found.found) - len(shown)} factors more, in summary.json"


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
    yield f"* {told} of {len(found.found)} are told from a factor that only shuffles luck{_at(answer, found)}."
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


def _number(value: float, form: str) -> str:
    return format(value, form) if isfinite(value) else "-"


def _at(answer: Sensitivities, found: Indices) -> str:
    if not isfinite(found.floor):
        return " (which is not known with one replication: from none)"
    return f" ({'mu*' if answer.asked.method == 'morris' else 'total'} {found.floor:.3g})"


def _factor(one: Dimension) -> dict[str, Any]:
    return {"name": one.name, "unit": one.unit, "low": one.low, "high": one.high, "default": known(one.default)}


def strongest(found: Indices, most: int) -> list[Index]:
    """Give the first of the factors whose strength is known and not nothing."""
    return [one for one in found.found[:most] if one.strength.mean > 0.0]
