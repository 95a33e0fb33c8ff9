"""Many machines: dask, on a scheduler that is there, on this machine, or by way of Slurm."""

from __future__ import annotations

import logging
import platform
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.complaint import Complaint, Failure
from experiments.running.backends import Backend
from experiments.running.task import Done, Stuck, Task, run_task
from experiments.store import model_version
from experiments.store.store import sign_of

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
    with _silence(), _client(distributed, question) as client:
        workers = max(sum(client.nthreads().values()), 1 if question.address else _wanted(question))
        try:
            yield Backend(_submitter(client), workers, AHEAD * workers)
        except distributed.scheduler.KilledWorker:
            raise Failure(f"the same piece of work lost {TRIES} workers, perhaps for want of memory") from None
        except CancelledError:
            raise Failure(f"the cluster {_place(question)} is gone") from None


@contextmanager
def _silence() -> Iterator[None]:
    """Let the cluster say nothing: what matters to the command is said by the command."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)


@contextmanager
def _client(distributed: Any, question: Question) -> Iterator[Any]:
    with ExitStack() as stack:
        try:
            if question.address is not None:
                at, wait_s = question.address, WAIT_S
            else:
                at, wait_s = stack.enter_context(_started(distributed, question)), None
            client = stack.enter_context(distributed.Client(at, timeout=WAIT_S, set_as_default=False))
            # Whoever asks Slurm may wait for hours; a scheduler that is there and has no workers is a mistake.
            client.wait_for_workers(1, timeout=wait_s)
        except (OSError, TimeoutError, ValueError) as error:
            said = str(error).partition("\n")[0]
            raise Failure(f"the cluster {_place(question)} cannot be reached, or has no workers: {said}") from None
        yield client


def _place(question: Question) -> str:
    return question.address or ("of Slurm" if question.cluster is not None else "on this machine")


def _wanted(question: Question) -> int:
    return question.workers if question.cluster is None else question.cluster.jobs * question.cluster.cores


def _started(distributed: Any, question: Question) -> Any:
    import dask

    # Nobody else's, unlike a scheduler with an address: how often it begins a task anew can be told to it.
    dask.config.set({"distributed.scheduler.allowed-failures": TRIES})
    return _slurm(question) if question.cluster is not None else _here(distributed, question)


def _here(distributed: Any, question: Question) -> Any:
    # A worker that is killed is started again; one that has much to hold is not taken for one that leaks.
    return distributed.LocalCluster(
        n_workers=question.workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    )


def _slurm(question: Question) -> Any:
    try:
        from dask_jobqueue import SLURMCluster
    except ImportError:
        raise Complaint.about("cluster", "dask-jobqueue is not installed: pip install 'orgsim[slurm]'") from None
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
    executor = client.get_executor(pure=False)

    def submit(task: Task) -> Future[Done | Stuck]:
        found: Future[Done | Stuck] = executor.submit(
            run_there, task, model_version(), sign_of(Path(task.folder).parent)
        )
        return found

    return submit


def run_there(task: Task, version: str, sign: str) -> Done | Stuck:
    """Do a piece of work on a machine that may be another.

    Parameters
    ----------
    task : Task
        What is to be done.
    version : str
        Of the model, as the command has it.
    sign : str
        Of the store, as the command sees it.

    Raises
    ------
    Failure
        If the worker has another version of the model, or does not see the folder of the store.
    """
    if version != model_version():
        raise Failure(f"the worker on {platform.node()} has another version of orgsim")
    if sign_of(Path(task.folder).parent) != sign:
        raise Failure(
            f"the worker on {platform.node()} does not see the store's folder {task.folder}; it must be shared"
        )
    return run_task(task)
