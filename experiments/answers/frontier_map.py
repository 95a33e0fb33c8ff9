"""Over two numbers: where a design is worth more than another, where they break even, and which role limits it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from experiments.answers.cube import Cube
from experiments.answers.outcomes import outcomes
from experiments.sampling.cells import Cells
from experiments.specs.frontier import Frontier
from sim.analysis.bottleneck import OneMore, Outcome, constraint_of, one_more_each
from sim.analysis.crossing import Crossing, crossings_by_row
from sim.analysis.intervals import Interval
from sim.cost import head_usd
from sim.planning import plan_of
from sim.worktime import WEEKS_PER_YEAR

PROFIT = "money.contribution_less_opex_usd_per_year"
WON = "throughput.new_customers_per_week"

CAVEAT = "95 % intervals over paired replications, each cell for itself: luck only. Nothing was run between the cells."

Rows = list[list[Interval]]
"""By value of y, from the least on, and of x."""


@dataclass(frozen=True)
class Frontiers:
    """The answer.

    Attributes
    ----------
    asked : Frontier
        The question.
    x, y : str
        Paths.
    xs, ys : sequence of float
        Their values.
    unit : str
        Of the measure.
    design, against, difference : Rows
        The measure of either design, and the paired difference, design less against.
    along_x, along_y : list of list of Crossing
        Where the difference changes its sign along x at each value of y, and along y at each value of x.
    one_more : list of list of list of OneMore, or None
        By cell, what one more person in each role brings; None if not asked for.
    base : tuple of float
        Where the design is by itself, on x and y; nan where there is no number.
    """

    asked: Frontier
    x: str
    y: str
    xs: Sequence[float]
    ys: Sequence[float]
    unit: str
    design: Rows
    against: Rows
    difference: Rows
    along_x: list[list[Crossing]]
    along_y: list[list[Crossing]]
    one_more: list[list[list[OneMore]]] | None
    base: tuple[float, float]

    def limiting(self, i: int, j: int) -> OneMore | None:
        """Give what limits in a cell: of the roles whose gain is told from zero, the one with the largest."""
        found = self.one_more[i][j] if self.one_more is not None else []
        role = constraint_of(found)
        return next((one for one in found if one.role == role), None)

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        a = self.asked
        return {
            "kpi": a.kpi,
            "unit": self.unit,
            "difference": f"{a.design} less {a.against}",
            "x": {"path": self.x, "values": list(self.xs)},
            "y": {"path": self.y, "values": list(self.ys)},
            "base": [value if isfinite(value) else None for value in self.base],
            "cells": [
                [
                    {"difference": self.difference[i][j].plain(), a.design: self.design[i][j].plain()}
                    | {a.against: self.against[i][j].plain()}
                    | self._limit(i, j)
                    for j in range(len(self.xs))
                ]
                for i in range(len(self.ys))
            ],
            "break_even_along_x": [[_crossing(one) for one in row] for row in self.along_x],
            "break_even_along_y": [[_crossing(one) for one in row] for row in self.along_y],
        }

    def _limit(self, i: int, j: int) -> dict[str, Any]:
        if self.one_more is None:
            return {}
        found = self.limiting(i, j)
        return {"constraint": found and found.role, "one_more": [gain(one) for one in self.one_more[i][j]]}

    def lines(self) -> Iterator[str]:
        """Say it: the map, break-even, and what limits."""
        a = self.asked
        yield f"{a.kpi}, {self.unit}: {a.design} less {a.against}"
        yield f"across: {self.x}; down: {self.y}, largest first; ? where the interval holds zero"
        yield from self._table([[_told(one) for one in row] for row in self.difference])
        yield ""
        yield from self.break_even()
        if self.one_more is not None:
            yield f"\nwhere one more person in {a.design} brings most, and how much less the price: {PROFIT}"
            yield "- where no role's gain is told from zero"
            rows = range(len(self.ys))
            yield from self._table([[self._limit_words(i, j) for j in range(len(self.xs))] for i in rows])
        yield f"\n{CAVEAT}"

    def break_even(self) -> Iterator[str]:
        """Say where the designs break even, as far as the sign is told on either side."""
        told, untold = [], 0
        for path, other, values, lines in (
            (self.x, self.y, self.ys, self.along_x),
            (self.y, self.x, self.xs, self.along_y),
        ):
            for value, crossings in zip(values, lines, strict=True):
                for one in crossings:
                    if isfinite(one.low) or isfinite(one.high):
                        where = f"{one.at:.4g} ({_end(one.low)} to {_end(one.high)}) where {other} = {value:g}"
                        told.append(f"break-even at {path} = {where}: beyond it {'more' if one.rising else 'less'}")
                    else:
                        untold += 1
        yield from told
        if untold:
            yield (
                f"The mean {'also ' * bool(told)}changes its sign at {untold} place{'s' * (untold > 1)} with no cell "
                "told from zero on either side: no break-even is told there."
            )
        if not told and not untold:
            yield "The difference keeps its sign over the whole map, as far as the cells that were run tell."

    def _table(self, cells: list[list[str]]) -> Iterator[str]:
        heads, margins = [f"{x:g}" for x in self.xs], [f"{y:g}" for y in self.ys]
        width, margin = 2 + max(len(text) for row in (*cells, heads) for text in row), max(map(len, margins))
        yield f"{'':{margin}}{''.join(text.rjust(width) for text in heads)}"
        for y, row in reversed(list(zip(margins, cells, strict=True))):
            yield f"{y.rjust(margin)}{''.join(text.rjust(width) for text in row)}"

    def _limit_words(self, i: int, j: int) -> str:
        found = self.limiting(i, j)
        return "-" if found is None else f"{found.role} {_short(found.after_price.mean)}"


def frontiers(cells: Cells, found: Cube) -> Frontiers:
    """Make a map of what was run."""
    a = cells.asked
    pair = [[cells.name(name, cell) for cell in cells.cells] for name in (a.against, a.design)]
    difference, design, against = (outcomes(found, a.kpi, names) for names in (pair, pair[1:], pair[:1]))
    rows = [_rows(one.found, len(cells.xs)) for one in (design, against, difference)]
    mean, low, high = ([[getattr(one, name) for one in row] for row in rows[2]] for name in ("mean", "low", "high"))
    return Frontiers(
        a,
        cells.x,
        cells.y,
        cells.xs,
        cells.ys,
        difference.unit,
        *rows,
        crossings_by_row(cells.xs, mean, low, high),
        crossings_by_row(
            cells.ys, *([list(column) for column in zip(*table, strict=True)] for table in (mean, low, high))
        ),
        _one_more(cells, found) if a.constraint else None,
        cells.base(),
    )


def gain(one: OneMore) -> dict[str, Any]:
    """Give what one more person brings, for JSON."""
    return {
        "role": one.role,
        "price_usd_per_year": one.price_usd_per_year,
        "before_price_usd_per_year": one.before_price.plain(),
        "after_price_usd_per_year": one.after_price.plain(),
        "new_customers_per_year": one.new_customers.plain(),
    }


def _one_more(cells: Cells, found: Cube) -> list[list[list[OneMore]]]:
    place = {name: i for i, name in enumerate(found.points)}

    def outcome(name: str) -> Outcome:
        i = place[name]
        return Outcome(found.values[PROFIT][i], WEEKS_PER_YEAR * found.values[WON][i])

    design, told = cells.asked.design, []
    for cell in cells.cells:
        prices = {role.name: head_usd(role) for role in plan_of(cells.scenario(design, cell)).roles}
        grown = {role: outcome(cells.name(design, cell, role)) for role in cells.roles}
        told.append(one_more_each(outcome(cells.name(design, cell)), grown, prices))
    return _rows(told, len(cells.xs))


def _rows(found: list[Any], width: int) -> list[list[Any]]:
    return [found[i : i + width] for i in range(0, len(found), width)]


def _crossing(one: Crossing) -> dict[str, Any]:
    numbers = {name: getattr(one, name) for name in ("at", "low", "high")}
    return {**{k: v if isfinite(v) else None for k, v in numbers.items()}, "rising": one.rising}


def _told(one: Interval) -> str:
    return f"{_short(one.mean)}{'' if one.excludes_zero else '?'}" if isfinite(one.mean) else "-"


def _short(value: float) -> str:
    return f"{value:+,.3g}" if abs(value) < 1e4 else f"{value / 1e3:+,.0f}k"


def _end(value: float) -> str:
    return f"{value:.4g}" if isfinite(value) else "beyond the map"
