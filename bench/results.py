"""Everything that one run of the benchmarks measured."""

from __future__ import annotations

from dataclasses import dataclass

from bench.company import Company
from bench.memory import Memory
from bench.points import PointCost
from bench.queue_depth import Depth
from bench.scaling import Scaling
from bench.speed import Speed
from bench.stages import Stages
from bench.workers import Workers

MODEL_TEXT = {"a": "A: M/M/4 at load .9", "b": "B: sales funnel, 7 stations", "company": "the standard company"}


@dataclass(frozen=True)
class Results:
    """What was measured; empty where a part was not run."""

    machine: dict[str, str]
    rounds: int
    speeds: tuple[Speed, ...] = ()
    missing: tuple[str, ...] = ()
    """Who could not take part, and why."""
    stages: tuple[Stages, ...] = ()
    companies: tuple[Company, ...] = ()
    depths: tuple[Depth, ...] = ()
    scalings: tuple[Scaling, ...] = ()
    memories: tuple[Memory, ...] = ()
    workers: tuple[Workers, ...] = ()
    points: tuple[PointCost, ...] = ()
