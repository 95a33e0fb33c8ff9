"""Where a design fails: boxes of circumstances, and whether they hold on points they were not made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from experiments.answers.box import Box, Counted, Flags, Table
from experiments.answers.outcomes import Outcomes
from experiments.answers.peeling import boxes_of
from experiments.sampling.worlds import Dimension
from experiments.specs.discover import Discover, Fails


@dataclass(frozen=True)
class Cases:
    """Points at which the outcome is defined.

    Attributes
    ----------
    names : list of str
        Of the points.
    table : ndarray of float64, shape (points, factors)
        Values.
    failed, unsure : ndarray of bool, shape (points,)
        Which points fail, by their mean; at which of them luck might have it otherwise, or is not known.
    undefined : int
        Points that were run beside these.
    """

    names: list[str]
    table: Table
    failed: Flags
    unsure: Flags
    undefined: int


@dataclass(frozen=True)
class Told:
    """A box, and what speaks for it.

    Attributes
    ----------
    box : Box
        It; a second one is about the points outside the first, and so on.
    found : Counted
        Where it was looked for: of the points outside the boxes before, coverage of all failures.
    fresh : Counted or None
        On other points, likewise; None if there are none.
    """

    box: Box
    found: Counted
    fresh: Counted | None

    @property
    def holds(self) -> bool | None:
        """Whether fresh points tell that failures are denser in it than among all looked at; None if not checked."""
        return None if self.fresh is None else bool(self.fresh.density.low > self.fresh.rate.mean)


@dataclass(frozen=True)
class Discovery:
    """The answer.

    Attributes
    ----------
    asked : Discover
        The question.
    dimensions : sequence of Dimension
        What was varied.
    found, fresh : Cases
        Points in which boxes were looked for, and those on which they were checked.
    boxes : list of Told
        In the order found.
    outcomes : Outcomes
        At all points, those of `found` first.
    """

    asked: Discover
    dimensions: Sequence[Dimension]
    found: Cases
    fresh: Cases
    boxes: list[Told]
    outcomes: Outcomes

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "fails": self.asked.fails.words(),
            "unit": self.outcomes.unit,
            "factors": [
                {"name": one.name, "unit": one.unit, "low": one.low, "high": one.high} for one in self.dimensions
            ],
            "points": _counts(self.found),
            "fresh": _counts(self.fresh),
            "boxes": [self._box(told) for told in self.boxes],
        }

    def _box(self, told: Told) -> dict[str, Any]:
        return {
            "rule": told.box.rule(self.names),
            "limits": [
                {
                    "factor": self.names[one.column],
                    "low": one.low if isfinite(one.low) else None,
                    "high": one.high if isfinite(one.high) else None,
                    "quasi_p": one.p,
                    "again": one.again if isfinite(one.again) else None,
                }
                for one in told.box.limits
            ],
            "found": told.found.plain(),
            "fresh": told.fresh and told.fresh.plain(),
            "holds": told.holds,
        }

    @property
    def names(self) -> list[str]:
        """Of the factors."""
        return [one.name for one in self.dimensions]

    def lines(self) -> Iterator[str]:
        """Say it."""
        yield f"fails where {self.asked.fails.words()} ({self.outcomes.unit})"
        yield summary(self)
        for number, told in enumerate(self.boxes, 1):
            yield f"\nbox {number}{', outside those before' * (number > 1)}: {told.box.rule(self.names)}"
            yield f"  {counted(told.found)}"
            for one in told.box.limits:
                again = f", restricted again in {one.again:.0%} of the resamples" if isfinite(one.again) else ""
                of = self.dimensions[one.column]
                yield f"  {of.name}: of {of.low:,.4g} to {of.high:,.4g}; quasi-p {one.p:.2g}{again}"
            yield f"  {checked(told)}"
        if not self.boxes:
            yield f"\n{self.nothing()}"

    def nothing(self) -> str:
        """Say why there is no box."""
        failures, points = int(self.found.failed.sum()), len(self.found.failed)
        if not failures:
            return "No box: it fails at no point."
        if failures >= self.asked.threshold * points:
            return "No box is needed: failures are as dense as asked for wherever one looks."
        return (
            f"No box: none with a density of {self.asked.threshold:g} has {self.asked.least_coverage:.0%} of the "
            "failures. Where it fails is not told by these factors, or takes more points."
        )


def discovered(
    asked: Discover, dimensions: Sequence[Dimension], found: Cases, fresh: Cases, outcomes: Outcomes
) -> Discovery:
    """Look for boxes in some points, and count on others what is in them."""
    told = []
    left, other = np.ones(len(found.failed), bool), np.ones(len(fresh.failed), bool)
    whole = [i for i, one in enumerate(dimensions) if one.whole]
    for box in (one.whole(whole) for one in boxes_of(found.table, found.failed, asked)):
        of_found = box.counted(found.table[left], found.failed[left], int(found.failed.sum()))
        of_fresh = box.counted(fresh.table[other], fresh.failed[other], int(fresh.failed.sum())) if len(other) else None
        told.append(Told(box, of_found, of_fresh))
        left &= ~box.holds(found.table)
        other &= ~box.holds(fresh.table)
    return Discovery(asked, dimensions, found, fresh, told, outcomes)


def cases_of(fails: Fails, names: Sequence[str], table: Table, found: Outcomes, first: int) -> Cases:
    """Give the points from `first` on, as many as the table has rows, as cases."""
    intervals = found.found[first : first + len(table)]
    mean, low, high = (np.array([getattr(one, name) for one in intervals]) for name in ("mean", "low", "high"))
    defined = np.isfinite(mean)
    failed = mean > fails.bound if fails.below is None else mean < fails.bound
    # Not defined compares as false, and so is unsure.
    sure = (low > fails.bound) | (high < fails.bound)
    kept = [name for name, there in zip(names, defined, strict=True) if there]
    return Cases(kept, table[defined], failed[defined], ~sure[defined], int((~defined).sum()))


def summary(answer: Discovery) -> str:
    """Say how often it fails, and how sure that is point by point."""
    rate, unsure = Box().counted(answer.found.table, answer.found.failed).rate, int(answer.found.unsure.sum())
    lost = answer.found.undefined + answer.fresh.undefined
    more = f" At {lost} more points the outcome is not defined." if lost else ""
    return (
        f"It does at {int(answer.found.failed.sum())} of {rate.n} points, {rate.text('.2f')}; at {unsure} of them luck "
        f"might have it otherwise.{more}"
    )


def counted(found: Counted) -> str:
    """Say how dense a box is and what it covers."""
    return (
        f"{found.hits} of the {found.held} points in it fail: density {found.density.mean:.2f}; these are "
        f"{found.coverage.mean:.2f} of all {found.total} failures (coverage)"
    )


def checked(told: Told) -> str:
    """Say what fresh points say of a box."""
    if told.fresh is None:
        return "not checked on fresh points: it looks better than it is"
    if not told.fresh.held:
        return f"not checked: none of {told.fresh.points} fresh points is in it"
    fresh, verdict = told.fresh, "it holds" if told.holds else "not told from the rest: do not rely on it"
    return (
        f"fresh points: density {fresh.density.text('.2f')}, coverage {fresh.coverage.text('.2f')}; of all looked at "
        f"{fresh.rate.mean:.2f} fail; {verdict}"
    )


def _counts(cases: Cases) -> dict[str, int]:
    return {
        "points": len(cases.failed),
        "failures": int(cases.failed.sum()),
        "unsure": int(cases.unsure.sum()),
        "undefined": cases.undefined,
    }
