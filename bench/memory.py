"""Peak memory of runs of different length, each in a process of its own; without trace it must be flat.

`python -m bench.memory MODEL ENGINE SIZE {trace,fold}` runs one and prints its peak in bytes. Beside models A and B,
whose size is a number of customers, there is the standard company, whose size is a number of years.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.company import WEEKS, company
from bench.orgsim_models import run, scenario_of

if TYPE_CHECKING:
    from sim import Scenario

# The shortest fills the rows that are folded at once: until then their room itself still grows.
LENGTHS = (80_000, 160_000, 320_000)
FULL_LENGTHS = (100_000, 400_000, 1_600_000)
COMPANY = "company"
YEARS = (1, 3, 10)
FULL_YEARS = (1, 3, 10, 30)


@dataclass(frozen=True)
class Memory:
    """Peak memory by length of run."""

    model: str
    engine: str
    kept: bool
    """Whether the trace was kept."""
    customers: tuple[int, ...]
    """Customers, or years of the company."""
    peak_bytes: tuple[int, ...]

    @property
    def bytes_per_customer(self) -> float:
        """Growth from the shortest run to the longest; exact quantiles alone cost 8."""
        return (self.peak_bytes[-1] - self.peak_bytes[0]) / (self.customers[-1] - self.customers[0])


def peak_bytes() -> int:
    """Give this process's peak resident memory in bytes.

    Linux carries `ru_maxrss` over from the parent when a program is started, so a large parent would hide a
    small child; `VmHWM` starts anew.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def measure_memory(model: str, engine: str, *, kept: bool, lengths: tuple[int, ...]) -> Memory:
    """Run each length in a fresh process.

    Parameters
    ----------
    model : {"a", "b", "company"}
        Which.
    engine : str
        Name of the engine.
    kept : bool
        Whether the trace is kept.
    lengths : tuple of int
        Customers of each run, or years of the company.

    Returns
    -------
    Memory
        Peak by length.

    Raises
    ------
    NotAvailable
        If the model or a door to it is missing.
    subprocess.CalledProcessError
        If a run fails; it has said why on stderr.
    """
    sized(model, lengths[0])
    rows = "trace" if kept else "fold"
    peaks = []
    for customers in lengths:
        command = [sys.executable, "-m", "bench.memory", model, engine, str(customers), rows]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        peaks.append(int(done.stdout))
    return Memory(model, engine, kept, lengths, tuple(peaks))


def sized(model: str, length: int) -> Scenario:
    """Give a model with so many customers, or so many years of the company."""
    return company("persuasion_only", length * WEEKS) if model == COMPANY else scenario_of(model, length)


def main(words: list[str]) -> None:
    """Run one length and print its peak."""
    model, engine, customers, rows = words
    # Kept until the peak is read, as a user's program would.
    trace = run(sized(model, int(customers)), seed=1, engine=engine, trace=rows == "trace")
    print(peak_bytes())
    del trace


if __name__ == "__main__":
    main(sys.argv[1:])
