"""Where the work is done: in this process, in threads or processes beside it, or on a cluster; all give the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from experiments.running.ahead import has_begun
from experiments.running.pool import worker_processes
from experiments.running.task import Done, Stuck, Task, run_task
from sim.choice import Choice

if TYPE_CHECKING:
    from experiments.question import Question

Submit = Callable[[Task], "Future[Done | Stuck]"]


class Backend(NamedTuple):
    """Who does the work.

    Attributes
    ----------
    submit : callable
        Hands on a task, and gives what will be its result.
    workers : int
        How many tasks are worked on at a time.
    ahead : int
        How many tasks are handed on beyond those, so that nobody waits for the next.
    """

    submit: Submit
    workers: int
    ahead: int


@contextmanager
def backend_of(question: Question, choice: Choice) -> Iterator[Backend]:
    """Start the backend that a question asks for, and end it.

    Parameters
    ----------
    question : Question
        Backend and workers.
    choice : Choice
        Which engine will run: where a process beside this one has it loaded, even a single worker is a copy of that.

    Raises
    ------
    Failure
        If a worker was killed, or a cluster cannot be reached.
    """
    n = question.workers
    of_ahead = choice.engine == "compiled" and has_begun()
    match question.backend:
        case "serial":
            yield Backend(_at_once, 1, 0)
        case "threads":
            with ThreadPoolExecutor(n) as pool:
                try:
                    yield Backend(lambda task: pool.submit(run_task, task), n, n)
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
        case "dask":
            from experiments.running.cluster import cluster

            with cluster(question) as backend:
                yield backend
        case _ if n > 1 or question.backend == "processes" or of_ahead:
            with worker_processes(run_task, n, of_ahead=of_ahead) as submit:
                yield Backend(submit, n, n)
        case _:
            yield Backend(_at_once, 1, 0)


def _at_once(task: Task) -> Future[Done | Stuck]:
    done: Future[Done | Stuck] = Future()
    done.set_result(run_task(task))
    return done
