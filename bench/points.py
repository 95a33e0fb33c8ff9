"""What a point of a sweep costs beside its runs, against what Hydra takes for a job."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.composing.space import Space
from experiments.running.points import cube
from experiments.sampling.points import SpacePoints, numbered

KPI = "throughput.new_customers_per_week"
RATE = "market.needs.rate"
JOBS = 6
POINTS = 60
SHORT = ("org=traditional", "run.weeks=1", "run.warmup_weeks=1", "replications=1", "engine=compiled", "quiet=true")
"""As little to run as there can be: what is looked at is everything else."""


@dataclass(frozen=True)
class PointCost:
    """Seconds by round.

    Attributes
    ----------
    job_s : tuple of float
        From one job of Hydra's to the next, the median of a round's.
    point_s : tuple of float
        Of a point of a sweep, without its run: making, validating and addressing it, handing it on, and keeping its
        results.
    """

    job_s: tuple[float, ...]
    point_s: tuple[float, ...]

    @property
    def shares(self) -> list[float]:
        """A point's as a share of a job's, by round."""
        return [p / j for p, j in zip(self.point_s, self.job_s, strict=True)]


def measure_points(*, rounds: int) -> PointCost:
    """Measure both in turns.

    Parameters
    ----------
    rounds : int
        At least 1.
    """
    _sweep_s(1)
    found = [(_job_s(), _point_s()) for _ in range(rounds)]
    return PointCost(tuple(job for job, _ in found), tuple(point for _, point in found))


def _job_s() -> float:
    values = ",".join(f"{1 + i / 100:g}" for i in range(JOBS))
    with TemporaryDirectory() as place:
        words = ["--multirun", f"{RATE}={values}", f"hydra.sweep.dir={place}", "hydra.output_subdir=null"]
        quiet = ["hydra/job_logging=disabled", "hydra/hydra_logging=disabled"]
        done = subprocess.run(
            [sys.executable, "-m", "bench.hydra_job", *words, *quiet], stdout=subprocess.PIPE, text=True, check=True
        )
    began = [float(line) for line in done.stdout.split()]
    return statistics.median(later - sooner for sooner, later in pairwise(began))


def _point_s() -> float:
    """Give what each further point costs: the first one pays for what all share."""
    few, many = _sweep_s(1), _sweep_s(1 + POINTS)
    return (many - few) / POINTS


def _sweep_s(n: int) -> float:
    """Give the seconds of a sweep of so many points in this process, without those of its runs."""
    with TemporaryDirectory() as place:
        space = Space([*SHORT, f"store={place}/store"])
        settings = [{RATE: 1 + i / 1000} for i in range(n)]
        began = time.perf_counter()
        question = space.at({}).question
        cube(SpacePoints(space, numbered(settings, "point")), question, [KPI], title="bench")
        took_s = time.perf_counter() - began
        with closing(sqlite3.connect(Path(place) / "store" / "ledger.sqlite")) as ledger:
            (ran_s,) = ledger.execute("select sum(seconds) from chunk").fetchone()
    return float(took_s - ran_s)
