"""Worker processes: how they begin, how they share work, and how they end, whatever happens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

from experiments.complaint import Failure
from experiments.running.signals import follow_parent, held_back, undisturbed

S = TypeVar("S")
C = TypeVar("C")
R = TypeVar("R")


def forks() -> bool:
    """Whether workers are copies of this process, which have what is loaded here already: an engine takes a second.

    A copy of a process with several threads may find locked what no thread is left to unlock; and only on Linux are
    libraries made for it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def shared_out(work: Callable[[S, C], R], needed: S, calls: Sequence[C], workers: int) -> Iterator[Iterator[R]]:
    """Let workers do calls.

    Parameters
    ----------
    work : callable
        Of a module, called with what all calls need and a call.
    needed : S
        Goes to each worker once.
    calls : sequence of C
        Small: whoever writes more than a pipe holds to a worker that is killed meanwhile waits for ever.
    workers : int
        Processes.

    Yields
    ------
    iterator of R
        In the order of the calls.

    Raises
    ------
    Failure
        If a worker was killed.
    """
    _overlook_cancelled()
    context = get_context("fork" if forks() else "forkserver")
    start = {"initializer": _begin, "initargs": (work, needed)}
    pool = ProcessPoolExecutor(workers, mp_context=context, **start)  # type: ignore[arg-type]
    try:
        with held_back():
            results = pool.map(_work, calls)
        yield results
    except BrokenProcessPool:
        _take_down(pool)
        raise Failure("a worker process was killed, perhaps for want of memory; nothing was written") from None
    except BaseException:
        _take_down(pool)
        raise
    pool.shutdown()


def _take_down(pool: ProcessPoolExecutor) -> None:
    """End all workers, whatever they are at.

    The pool does not always do so itself, and a worker that is a copy of this process waits for ever for somebody to
    read what it writes: it could read that itself. Whoever reads what a killed worker was writing waits as long as
    anybody could go on writing it.
    """
    with undisturbed():
        writer = getattr(getattr(pool, "_result_queue", None), "_writer", None)
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.kill()
        if writer is not None:
            writer.close()


_given: list[Any] = []
"""In a worker process, what it does and what all its calls need; empty elsewhere."""


def _begin(*given: object) -> None:
    follow_parent()
    _given.extend(given)


def _work(call: object) -> Any:
    work, needed = _given
    return work(needed, call)


def _overlook_cancelled() -> None:
    """Let the pool's own thread end in silence when it tells futures that were canceled that their pool is broken."""
    told = threading.excepthook

    def tell(args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, InvalidStateError):
            told(args)

    threading.excepthook = tell
