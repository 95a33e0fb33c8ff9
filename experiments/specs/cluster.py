"""cluster: what is asked of Slurm for backend=dask."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.part import Part


class Slurm(Part):
    """Jobs that hold workers; the folder of the store is seen by all of them under the same path."""

    jobs: Annotated[int, Field(ge=1)] = 1
    """How many."""
    cores: Annotated[int, Field(ge=1)] = 4
    """Of each job, a worker a core."""
    memory_gb: Annotated[float, Field(gt=0)] = 8.0
    """Of each job; a worker takes about .3 GB, and more for large companies and long runs."""
    walltime: Annotated[str, Field(pattern=r"^(\d+-)?\d{1,2}:\d{2}:\d{2}$")] = "01:00:00"
    """Of each job. What is done when it ends is kept."""
    queue: str | None = None
    """Partition."""
    account: str | None = None
    """Who pays."""
    directives: list[str] = []
    """Further lines of the job, as ``--constraint=haswell``."""
