"""What is asked of scenarios: how many replications, which designs, where the answer goes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from experiments.specs.claim import Claim
from experiments.specs.cluster import Slurm
from experiments.specs.decompose import Decompose
from experiments.specs.discover import Discover
from experiments.specs.frontier import Frontier
from experiments.specs.optimize import Optimize
from experiments.specs.precise import Precise
from experiments.specs.select import Select
from experiments.specs.sensitivity import Sensitivity
from experiments.specs.sweep import Sweep
from experiments.specs.transition import Transition
from experiments.specs.verdict import Ensemble
from sim.scenario.part import Part


class Question(Part):
    """The keys at the top of a config that describe no company but a question about it."""

    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    """Address of all chance."""
    replications: Annotated[int, Field(ge=1)] = 4
    """Independent repetitions, numbered from 0."""
    workers: Annotated[int, Field(ge=1)] = 1
    """Processes; the answer does not depend on it."""
    engine: Literal["simpy", "compiled", "auto"] = "auto"
    """Which engine runs; the answer does not depend on it."""
    backend: Literal["auto", "serial", "processes", "threads", "dask"] = "auto"
    """Where the work is done; by default in this process, or in as many others as there are workers."""
    address: Annotated[str, Field(min_length=1)] | None = None
    """backend=dask: of the scheduler; by default a cluster on this machine."""
    cluster: Slurm | None = None
    """backend=dask: lets Slurm start the workers."""
    store: Annotated[str, Field(min_length=1)] | None = None
    """Folder in which results are kept by what was asked, so that nothing is run twice; null keeps none."""
    dry: bool = False
    """Whether to say only how many points there are, how long they will take and how much disk they need."""
    quiet: bool = False
    """Whether nothing is told but the answer and what is wrong."""
    out: Annotated[str, Field(min_length=1)] | None = None
    """Folder for the answer; by default a new one under `results/`."""
    designs: Annotated[list[str], Field(min_length=1)] = ["traditional", "persuasion_only"]
    """Names of org designs to compare; the first is the reference."""
    best: Annotated[str, Field(min_length=1)] | None = None
    """compare: measure by which designs that may be the best are told; by default contribution less operating expense,
    where there is one."""
    simulated: bool = False
    """check: also run each design, and print its hours both ways."""
    claim: Claim | None = None
    """claim: what is claimed."""
    sweep: Sweep | None = None
    """sweep: which points are run."""
    verdict: Ensemble = Ensemble()
    """verdict, claims: over which points of the assumptions."""
    precise: Precise = Precise()
    """precise: how narrow intervals must be."""
    select: Select | None = None
    """select: the best of many designs or points."""
    sensitivity: Sensitivity | None = None
    """sensitivity: what is varied, and of which outcomes indices are told."""
    discover: Discover | None = None
    """discover: what is varied, and when a point is a failure."""
    frontier: Frontier | None = None
    """frontier: two numbers, and the designs that are mapped over them."""
    decompose: Decompose | None = None
    """decompose: which levers, on what, and what is asked of them."""
    optimize: Optimize | None = None
    """optimize: what may be changed, what for, and within which limits."""
    transition: Transition | None = None
    """transition: from which design to which, when, and what is added up meanwhile."""
    trace: bool = False
    """run: also write the trace of every replication as parquet."""

    @field_validator("designs")
    @classmethod
    def _each_once(cls, designs: list[str]) -> list[str]:
        if len(set(designs)) != len(designs):
            raise ValueError(f"each design once; got {designs}")
        return designs
