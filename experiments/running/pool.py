"""Worker processes: how they begin, how they share work, and how they end, whatever happens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import TypeVar

from experiments.complaint import Failure
from experiments.running.signals import follow_parent, held_back, undisturbed

C = TypeVar("C")
R = TypeVar("R")


def forks() -> bool:
    """Whether workers are copies of this process, which have what is loaded here already: an engine takes a second.

    A copy of a process with several threads may find locked what no thread is left to unlock; and only on Linux are
    libraries made for it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def worker_processes(
    work: Callable[[C], R], workers: int, *, of_ahead: bool = False
) -> Iterator[Callable[[C], Future[R]]]:
    """Let processes do calls.

    Parameters
    ----------
    work : callable
        Of a module.
    workers : int
        Processes.
    of_ahead : bool
        Whether they are copies of the process that `experiments.running.ahead` has begun, instead of this one.

    Yields
    ------
    callable
        Hands on a call, and gives what will be its result. Calls are small: whoever writes more than a pipe holds to a
        worker that is killed meanwhile waits for ever.

    Raises
    ------
    Failure
        If a worker was killed.
    """
    _overlook_cancelled()
    context = get_context("fork" if forks() and not of_ahead else "forkserver")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=follow_parent)

    def submit(call: C) -> Future[R]:
        with held_back():
            return pool.submit(work, call)

    try:
        yield submit
    except BrokenProcessPool:
        _take_down(pool)
        raise Failure("a worker process was killed, perhaps for want of memory") from None
    except BaseException:
        _take_down(pool)
        raise
    pool.shutdown()


def _take_down(pool: ProcessPoolExecutor) -> None:
    """End all workers, whatever they are at.

    The pool does not always do so itself, and a worker that is a copy of this process waits for ever for somebody to
    read what it writes: it could read that itself. Whoever reads what a killed worker was writing waits as long as
    anybody could go on writing it. A program that ends while the pool's own thread still closes its pipes may be told
    that they are closed, so that thread is waited for.
    """
    with undisturbed():
        writer = getattr(getattr(pool, "_result_queue", None), "_writer", None)
        thread = getattr(pool, "_executor_manager_thread", None)
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.kill()
        if writer is not None:
            writer.close()
        if thread is not None:
            thread.join(5.0)


def _overlook_cancelled() -> None:
    """Let the pool's own thread end in silence when it tells futures that were canceled that their pool is broken."""
    told = threading.excepthook

    def tell(args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, InvalidStateError):
            told(args)

    threading.excepthook = tell
