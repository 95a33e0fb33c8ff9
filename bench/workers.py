"""Two workers against the ceiling: two processes that know nothing of each other, each with half of the replications.

`python -m bench.workers HOW ENGINE DESIGN WEEKS REPLICATIONS` is one of those who work: it gets ready, says so, and for
each line that it reads does its replications and prints the seconds they took.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim import Scenario

TWO = 2
HOW = {
    "threads": "two threads of one process",
    "pool": "two worker processes, already there",
    "door": "`workers=2`, starting the processes included",
}
ALONE = "alone"


@dataclass(frozen=True)
class Workers:
    """One way of having two workers.

    Attributes
    ----------
    how : str
        Of `HOW`.
    replications : int
        Of each worker.
    alone_s, two_s, subject_s : tuple of float
        Seconds by round: of one process with its share, of two separate ones at once, of this way with all.
    """

    how: str
    replications: int
    alone_s: tuple[float, ...]
    two_s: tuple[float, ...]
    subject_s: tuple[float, ...]

    @property
    def ceiling(self) -> float:
        """How many times the work of one process two separate ones do in the same time."""
        return statistics.median(TWO * a / b for a, b in zip(self.alone_s, self.two_s, strict=True))

    @property
    def speedup(self) -> float:
        """How many times the work of one process this way does in the same time."""
        return statistics.median(TWO * a / b for a, b in zip(self.alone_s, self.subject_s, strict=True))

    @property
    def shares(self) -> list[float]:
        """Speed as a share of that of two separate processes, by round."""
        return [b / s for b, s in zip(self.two_s, self.subject_s, strict=True)]


class Worker:
    """A process that gets ready and then works whenever it is told to."""

    def __init__(self, how: str, engine: str, design: str, weeks: int, replications: int) -> None:
        words = [how, engine, design, str(weeks), str(replications)]
        command = [sys.executable, "-m", "bench.workers", *words]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.heard()

    def tell(self) -> None:
        """Let it begin."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def heard(self) -> str:
        """Wait for what it says next."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said:
            raise RuntimeError(f"a worker ended with exit code {self._process.wait()}")
        return said

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


def measure_workers(
    engine: str, *, rounds: int, design: str = "persuasion_only", weeks: int = 52, replications: int = 4
) -> list[Workers]:
    """Time all ways in turns.

    Parameters
    ----------
    engine : str
        Name of the engine.
    rounds : int
        Measured rounds.
    design : str
        Of the standard company.
    weeks : int
        Length of a replication.
    replications : int
        Of each worker.

    Returns
    -------
    list of Workers
        One a way.
    """
    taken: dict[str, list[float]] = {name: [] for name in (ALONE, "two", *HOW)}
    with ExitStack() as stack:

        def worker(how: str) -> Worker:
            found = Worker(how, engine, design, weeks, replications)
            stack.callback(found.close)
            return found

        first, second = worker(ALONE), worker(ALONE)
        teams = {ALONE: [first], "two": [first, second], **{how: [worker(how)] for how in HOW}}
        names = list(teams)
        for n in range(rounds):
            start = n % len(names)
            for name in names[start:] + names[:start]:
                for one in teams[name]:
                    one.tell()
                taken[name].append(max(float(one.heard()) for one in teams[name]))
    alone_s, two_s = tuple(taken[ALONE]), tuple(taken["two"])
    return [Workers(how, replications, alone_s, two_s, tuple(taken[how])) for how in HOW]


def replicate(scenario: Scenario, engine: str, replication: int) -> int:
    """Simulate and measure one replication; give the number of its measures."""
    from sim import measure, simulate

    return len(measure(simulate(scenario, seed=1, replication=replication, engine=engine, trace=False), scenario))


def _ready(how: str, scenario: Scenario, engine: str, replications: int) -> Callable[[], object]:
    """Give what is to be done on being told; everything that is done once has been."""
    mine, all_of_them = range(replications), range(TWO * replications)
    call = partial(replicate, scenario, engine)
    call(0)
    if how == ALONE:
        return lambda: list(map(call, mine))
    if how == "threads":
        threads = ThreadPoolExecutor(TWO)
        return lambda: list(threads.map(call, all_of_them))
    if how == "pool":
        pool = ProcessPoolExecutor(TWO, mp_context=get_context("forkserver"))
        list(pool.map(call, all_of_them))
        return lambda: list(pool.map(call, all_of_them))
    return lambda: _through_the_door(scenario, engine, all_of_them)


def _through_the_door(scenario: Scenario, engine: str, replications: range) -> object:
    from experiments.question import Question
    from experiments.running.points import run_points

    question = Question(seed=1, replications=len(replications), workers=TWO, engine=engine)  # type: ignore[arg-type]
    return run_points({"company": scenario}, question, title="workers")


def main(words: list[str]) -> None:
    """Work whenever told to."""
    from bench.company import company

    how, engine, design, weeks, replications = words
    work = _ready(how, company(design, int(weeks)), engine, int(replications))
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        work()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
