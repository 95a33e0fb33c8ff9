"""The standard company, a year of it: one engine of this project against the other, rows kept and not."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.orgsim_models import run
from bench.pairing import Pairing, take_turns

if TYPE_CHECKING:
    from sim import Scenario
    from sim.trace import Trace

DESIGNS = ("persuasion_only", "traditional")
WEEKS = 52
SEED = 1


@dataclass(frozen=True)
class Company:
    """A design, the SimPy engine against the compiled one; seconds are for the whole run."""

    design: str
    kept: bool
    """Whether the rows were kept; if not, they were folded into measures."""
    rows: int
    same: bool
    """Whether both engines gave the same rows, bit by bit."""
    pairing: Pairing

    @property
    def simpy_s(self) -> float:
        """Seconds of the SimPy engine, median."""
        return statistics.median(self.pairing.reference_s)

    @property
    def compiled_s(self) -> float:
        """Seconds of the compiled engine, median."""
        return statistics.median(self.pairing.subject_s)


def company(design: str, weeks: int = WEEKS) -> Scenario:
    """Compose the standard company under a design.

    Parameters
    ----------
    design : str
        Name of an org design.
    weeks : int
        Length; nothing of it is warm-up, and the design runs from the beginning.

    Returns
    -------
    Scenario
        Staffed.
    """
    from experiments import compose

    return compose([f"org={design}", f"run.weeks={weeks}", "run.warmup_weeks=0", "run_in=null"])


def measure_company(design: str, *, rounds: int, weeks: int = WEEKS) -> list[Company]:
    """Time a design, rows kept and not, both engines in turns.

    Parameters
    ----------
    design : str
        Name of an org design.
    rounds : int
        Measured rounds.
    weeks : int
        Length of the run.

    Returns
    -------
    list of Company
        Rows not kept, rows kept.
    """
    scenario = company(design, weeks)
    rows, same = _compared(*(run(scenario, seed=SEED, engine=engine) for engine in ("simpy", "compiled")))
    call(scenario, "compiled", kept=False)()
    calls = {
        (engine, kept): call(scenario, engine, kept=kept) for engine in ("simpy", "compiled") for kept in (False, True)
    }
    taken = take_turns({f"{engine} {kept}": found for (engine, kept), found in calls.items()}, rounds=rounds)
    return [
        Company(design, kept, rows, same, Pairing(taken[f"simpy {kept}"], taken[f"compiled {kept}"]))
        for kept in (False, True)
    ]


def call(scenario: Scenario, engine: str, *, kept: bool) -> Callable[[], Trace]:
    """Give a run of a scenario through the public door."""
    return lambda: run(scenario, seed=SEED, engine=engine, trace=kept)


def _compared(one: Trace, other: Trace) -> tuple[int, bool]:
    """Give the number of rows, and whether two traces are the same bits."""
    blocks = list(zip(one.blocks(), other.blocks(), strict=False))
    columns = (pair for a, b in blocks for pair in zip(a, b, strict=True))
    same = all(a.tobytes() == b.tobytes() for a, b in columns)
    sizes = [sum(len(block.event) for block in trace.blocks()) for trace in (one, other)]
    return sizes[0], same and sizes[0] == sizes[1]
