"""Many machines: dask, on a scheduler that is there, on this machine, or by way of Slurm."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from experiments.complaint import Complaint, Failure
from experiments.running.backends import Backend
from experiments.running.task import Done, Stuck, Task, run_task

if TYPE_CHECKING:
    from experiments.question import Question

TRIES = 5
"""How often a task is begun anew when the worker that had it is gone: assumption, 3 to 10."""
WAIT_S = 30.0
"""For a scheduler that is asked for by its address."""
AHEAD = 2
"""Tasks for each worker beyond the one that it works on: the way to a worker is long."""


@contextmanager
def cluster(question: Question) -> Iterator[Backend]:
    """Start or join a cluster.

    Workers write into the folder of the store themselves, so that they must all see it under the same path. A task
    whose worker is gone is done by another; what the first may have written is a file that nobody reads.

    Parameters
    ----------
    question : Question
        Address of the scheduler; else how many workers there are to be, and whether Slurm is to start them.

    Raises
    ------
    Complaint
        If dask is not installed.
    Failure
        If the scheduler cannot be reached, or all workers are lost.
    """
    try:
        import distributed
    except ImportError:
        raise Complaint.about("backend", "dask is not installed: pip install 'orgsim[cluster]'", "'dask'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        with _client(distributed, question) as client:
            workers = max(1, len(client.scheduler_info()["workers"]), question.workers)
            yield Backend(_submitter(client), workers, AHEAD * workers)
    except (OSError, TimeoutError) as error:
        at = question.address or "on this machine"
        raise Failure(f"the cluster {at} cannot be reached: {error}") from None
    except distributed.scheduler.KilledWorker:
        raise Failure(f"the same piece of work lost {TRIES} workers, perhaps for want of memory") from None


@contextmanager
def _client(distributed: Any, question: Question) -> Iterator[Any]:
    if question.address is not None:
        with distributed.Client(question.address, timeout=WAIT_S, set_as_default=False) as client:
            yield client
        return
    started = _slurm(question) if question.cluster is not None else _here(distributed, question)
    with started as scheduler, distributed.Client(scheduler, set_as_default=False) as client:
        yield client


def _here(distributed: Any, question: Question) -> Any:
    # A worker that is killed is started again; one that has much to hold is not taken for one that leaks.
    return distributed.LocalCluster(
        n_workers=question.workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        memory_limit=0,
    )


def _slurm(question: Question) -> Any:
    try:
        from dask_jobqueue import SLURMCluster
    except ImportError:
        raise Complaint.about("cluster", "dask-jobqueue is not installed: pip install dask-jobqueue") from None
    asked = question.cluster
    assert asked is not None
    found = SLURMCluster(
        queue=asked.queue,
        account=asked.account,
        cores=asked.cores,
        processes=asked.cores,
        memory=f"{asked.memory_gb:g}GB",
        walltime=asked.walltime,
        job_extra_directives=asked.directives,
    )
    found.scale(jobs=asked.jobs)
    return found


def _submitter(client: Any) -> Any:
    executor = client.get_executor(retries=TRIES, pure=False)

    def submit(task: Task) -> Future[Done | Stuck]:
        found: Future[Done | Stuck] = executor.submit(run_task, task)
        return found

    return submit
