"""Cases of a discovery as a table: a row for each point."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from math import isfinite
from pathlib import Path

import numpy as np

from experiments.answers.discovery import Discovery
from experiments.sampling.settings import spelled


def write_cases(folder: Path, answer: Discovery, settings: Mapping[str, Mapping[str, float]]) -> None:
    """Write all points as ``points.csv``: what is set, the outcome with its interval, and which box holds it.

    Parameters
    ----------
    folder : Path
        Of the answer.
    answer : Discovery
        The answer.
    settings : mapping
        Values by point, in the order of the outcomes.
    """
    boxes, failed = {}, {}
    for cases in (answer.found, answer.fresh):
        number = np.zeros(len(cases.names), np.int64)
        for i, told in reversed(list(enumerate(answer.boxes, 1))):
            number[told.box.holds(cases.table)] = i
        boxes |= dict(zip(cases.names, number.tolist(), strict=True))
        failed |= dict(zip(cases.names, cases.failed.tolist(), strict=True))
    with (folder / "points.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["point", *answer.names, "outcome", "low", "high", "n", "fails", "box"])
        for (name, values), found in zip(settings.items(), answer.outcomes.found, strict=True):
            numbers = [x if isfinite(x) else "" for x in (found.mean, found.low, found.high)]
            said = [int(failed[name]) if name in failed else "", boxes.get(name) or ""]
            out.writerow([name, *map(spelled, values.values()), *numbers, found.n, *said])
