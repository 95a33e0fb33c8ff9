"""Points x replications: what is not known yet is run, on whatever workers there are, and kept as it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from experiments.complaint import Complaint, Failure
from experiments.running.backends import Backend, backend_of
from experiments.running.engines import engine_for
from experiments.running.progress import Progress
from experiments.running.task import Done, Stuck, Task, Unit
from experiments.store import Asked, Store, asked
from sim.choice import Choice
from sim.scenario import Scenario

if TYPE_CHECKING:
    from experiments.question import Question

CHUNK_S = 4.0
"""What a file of results should take to be made: who is killed loses no more than that, and files are not too many."""
MOST_UNITS = 256
"""Replications in a file at most."""


class Points(Protocol):
    """Names, no two alike, and scenarios, staffed; each time they are gone through they are the same."""

    def __len__(self) -> int:
        """Give how many there are."""

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give them one after another, each made as it is needed: making one takes as long as a short run."""


@dataclass(frozen=True)
class Wanted:
    """What is to be known.

    Attributes
    ----------
    points : Points
        Of the experiment.
    seed, replications : int
        All replications from 0 on.
    title : str
        What the progress line says.
    watched : str
        A measure that the progress line shows; empty for none.
    traces : Path or None
        Folder for traces as parquet, if they are wanted.
    """

    points: Points
    seed: int
    replications: int
    title: str
    watched: str = ""
    traces: Path | None = None


@dataclass
class _Work:
    """The units that are not known yet, made as they are asked for, and what was learned on the way."""

    wanted: Wanted
    store: Store
    progress: Progress
    addresses: dict[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[str, Asked]] = field(default_factory=dict)

    def units(self) -> Iterator[Unit]:
        """Give what is not known, point by point."""
        w = self.wanted
        for name, scenario in w.points:
            found = asked(scenario)
            self.addresses[name] = found.point
            if found.point in self.asked:
                self.progress.known(w.replications)
                continue
            self.asked[found.point] = (name, found)
            missing = self.store.missing([found.point], w.seed, w.replications)
            self.progress.known(w.replications - len(missing))
            for address in missing:
                yield Unit(found, w.seed, address.replication)

    def about(self, point: str) -> tuple[Asked, dict[str, object]]:
        """Give what was asked at a point, and what the ledger is to say of it."""
        name, found = self.asked[point]
        return found, {"name": name, "title": self.wanted.title}


def known(store: Store, question: Question, wanted: Wanted) -> dict[str, str]:
    """See to it that all replications of all points are in a store.

    Parameters
    ----------
    store : Store
        Where results are kept.
    question : Question
        Engine, backend and workers.
    wanted : Wanted
        What is to be known.

    Returns
    -------
    dict of str to str
        Addresses of the points by name, in the given order.

    Raises
    ------
    Complaint
        If a run cannot go on, or an engine is asked for that does not know what is to be run.
    Failure
        If a worker was killed or nothing can be written; what was done before is kept.
    """
    total = len(wanted.points) * wanted.replications
    with Progress(wanted.title, total, quiet=question.quiet) as progress:
        work = _Work(wanted, store, progress)
        try:
            units = work.units()
            first = next(units, None)
            if first is not None:
                choice = engine_for(first.asked.scenario(), question, total)
                with backend_of(question, choice) as backend:
                    progress.start()  # after the workers: the bar draws itself from a thread
                    _run(chain([first], units), backend, choice, work)
        except (KeyboardInterrupt, Failure) as error:
            error.add_note(store.kept(progress.done))
            raise
    return work.addresses


def _run(units: Iterator[Unit], backend: Backend, choice: Choice, work: _Work) -> None:
    store, progress, wanted = work.store, work.progress, work.wanted
    running: set[Future[Done | Stuck]] = set()
    seconds, finished = 0.0, 0
    try:
        while True:
            while len(running) < backend.workers + backend.ahead:
                taken = _some(units, _size(seconds, finished, progress.left, backend.workers))
                if not taken:
                    break
                traces = None if wanted.traces is None else str(wanted.traces.absolute())
                other = choice.because != "asked for"
                task = Task(str(store.folder.absolute()), choice.engine, other, tuple(taken), wanted.watched, traces)
                running.add(backend.submit(task))
            if not running:
                return
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                found = future.result()
                if isinstance(found, Stuck):
                    raise _complaint(found, work)
                points = dict.fromkeys(address.point for address in found.chunk.addresses)
                store.enter(found.chunk, [work.about(point) for point in points])
                n = len(found.chunk.addresses)
                seconds, finished = seconds + found.chunk.seconds, finished + n
                progress.advance(n, work.asked[found.chunk.addresses[-1].point][0], found.latest)
    except BaseException:
        for future in running:
            future.cancel()
        raise


def _size(seconds: float, finished: int, left: int, workers: int) -> int:
    """Give how many replications the next task should have: one at first, then what takes the time that is wanted."""
    if not finished:
        return 1
    fair = ceil(left / (2 * workers))
    return max(1, min(MOST_UNITS, fair, int(CHUNK_S * finished / max(seconds, 1e-6))))


def _some(units: Iterator[Unit], n: int) -> list[Unit]:
    return list(islice(units, n))


def _complaint(stuck: Stuck, work: _Work) -> Complaint:
    name = work.asked[stuck.point][0]
    where = f" (at the point {name})" if len(work.wanted.points) > 1 else ""
    return Complaint.about(stuck.path, f"{stuck.rule}{where}")
