"""The cells of a map as tables: a row for each cell, and one for each role in each cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from experiments.answers.frontier_map import Frontiers
from sim.analysis.intervals import Interval

BOUNDS = ("mean", "low", "high")


def write_cells(folder: Path, answer: Frontiers) -> None:
    """Write ``cells.csv`` and, where asked for, ``one_more.csv``."""
    _write(folder / "cells.csv", _cells(answer))
    if answer.one_more is not None:
        _write(folder / "one_more.csv", _one_more(answer))


def _cells(answer: Frontiers) -> Iterator[list[Any]]:
    a = answer.asked
    tables = {"difference": answer.difference, a.design: answer.design, a.against: answer.against}
    limit = ["constraint", *_heads("brings"), "price", *_heads("brings_less_price")] if a.constraint else []
    yield [answer.x, answer.y, *(head for name in tables for head in _heads(name)), "n", "unit", *limit]
    for i, y in enumerate(answer.ys):
        for j, x in enumerate(answer.xs):
            row = [x, y, *(number for table in tables.values() for number in _numbers(table[i][j]))]
            row += [answer.difference[i][j].n, answer.unit]
            found = answer.limiting(i, j)
            if found is not None:
                row += [found.role, *_numbers(found.before_price), found.price_usd_per_year]
                row += _numbers(found.after_price)
            yield row + [""] * (0 if found is not None else len(limit))


def _one_more(answer: Frontiers) -> Iterator[list[Any]]:
    heads = (*_heads("brings"), "price", *_heads("brings_less_price"), *_heads("new_customers_per_year"))
    yield [answer.x, answer.y, "role", *heads]
    for y, row in zip(answer.ys, answer.one_more or [], strict=True):
        for x, roles in zip(answer.xs, row, strict=True):
            for one in roles:
                numbers = [*_numbers(one.before_price), one.price_usd_per_year, *_numbers(one.after_price)]
                yield [x, y, one.role, *numbers, *_numbers(one.new_customers)]


def _heads(name: str) -> list[str]:
    return [f"{name}_{bound}" for bound in BOUNDS]


def _numbers(found: Interval) -> list[float | str]:
    return [value if isfinite(value) else "" for value in (getattr(found, bound) for bound in BOUNDS)]


def _write(path: Path, rows: Iterator[list[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
