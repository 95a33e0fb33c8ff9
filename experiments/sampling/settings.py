"""The points of a sweep, as choices and values by path."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

from experiments.complaint import Complaint
from experiments.sampling.fractions import Impossible, fraction
from experiments.sampling.samples import latin_hypercube, sobol
from experiments.specs.sweep import LARGEST, Fractional, Sampled, Sweep

Setting = dict[str, Any]


def settings(sweep: Sweep) -> list[Setting]:
    """Give all points of a sweep, in its order.

    Raises
    ------
    Complaint
        If there are too many, two are the same, or a sample or a fraction cannot be made.
    """
    if (n := prod(_number(sweep, kind) for kind in sweep.kinds())) > LARGEST:
        raise Complaint.about("sweep", f"has more than {LARGEST:,} points", f"{n:,}")
    parts = [_of_kind(sweep, kind) for kind in sweep.kinds()]
    found = [{k: v for part in parts_of_point for k, v in part.items()} for parts_of_point in product(*parts)]
    names = [named(setting) for setting in found]
    if len(set(names)) < len(names):
        seen: set[str] = set()
        twice = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Complaint.about("sweep", "each point once", twice)
    return found


def named(setting: Setting) -> str:
    """Give the name of a point: what is set there."""
    return ", ".join(f"{path}={spelled(value)}" for path, value in setting.items()) or "as it is"


def spelled(value: Any) -> str:
    """Write a value as a name has it: without quotes and blanks."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{k}:{spelled(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(spelled, value)) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _number(sweep: Sweep, kind: str) -> int:
    """Give how many points of a kind there will be; a fraction is small and counts as one."""
    found = getattr(sweep, kind)
    if kind in ("grid", "factorial"):
        return prod(map(len, found.values()))
    if kind == "zip":
        return len(next(iter(found.values())))
    if kind == "list":
        return len(found)
    return 1 if kind == "fractional" else int(found.n)


def _of_kind(sweep: Sweep, kind: str) -> list[Setting]:
    found = getattr(sweep, kind)
    if kind in ("grid", "factorial"):
        return [dict(zip(found, values, strict=True)) for values in product(*found.values())]
    if kind == "zip":
        return [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
    if kind == "list":
        return [dict(setting) for setting in found]
    return _fractional(found) if kind == "fractional" else _sampled(found, kind)


def _sampled(sample: Sampled, kind: str) -> list[Setting]:
    draw = sobol if kind == "sobol" else latin_hypercube
    try:
        cube = draw(sample.n, len(sample.ranges), sample.seed)
    except ValueError as error:
        raise Complaint.about(f"sweep.{kind}.n", str(error)) from None
    return [
        {path: factor.value(float(u)) for (path, factor), u in zip(sample.ranges.items(), row, strict=True)}
        for row in cube
    ]


def _fractional(asked: Fractional) -> list[Setting]:
    try:
        runs = fraction([*asked.levels], asked.resolution, asked.generators)
    except Impossible as error:
        raise Complaint.about("sweep.fractional", str(error)) from None
    return [
        {path: levels[(sign + 1) // 2] for (path, levels), sign in zip(asked.levels.items(), row, strict=True)}
        for row in runs.tolist()
    ]
