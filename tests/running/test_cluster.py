"""backend=dask: workers that are lost, machines that see something else, and schedulers that are not there."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.complaint import Complaint, Failure
from experiments.composing.compose import composed
from experiments.running import cluster
from experiments.running.task import Task
from experiments.store import Store, model_version
from experiments.store.store import sign_of
from tests.store.asking import words


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_worker_with_another_model_or_another_folder_refuses(place):
    Store("s").close()
    Store("t").close()
    sign, version = sign_of(Path("s")), model_version()
    assert sign and sign != sign_of(Path("t"))
    task = Task(str(place / "t/chunks"), "simpy", True, ())
    with pytest.raises(Failure, match=r"does not see the store.s folder .*t/chunks; it must be shared"):
        cluster.run_there(task, version, sign)
    with pytest.raises(Failure, match="does not see the store's folder"):
        cluster.run_there(task._replace(folder="/nowhere/chunks"), version, sign)
    with pytest.raises(Failure, match="has another version of orgsim"):
        cluster.run_there(task._replace(folder=str(place / "s/chunks")), "another", sign)


def test_a_scheduler_that_is_not_there_is_told_once(capsys, monkeypatch):
    monkeypatch.setattr(cluster, "WAIT_S", 0.5)
    assert main(words("a", "backend=dask", "address='tcp://127.0.0.1:9'")) == 1
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("orgsim: ")]
    assert line.startswith("orgsim: the cluster tcp://127.0.0.1:9 cannot be reached")
    assert not Path("a").exists()


def workers_of(pid):
    """Give the processes that a command has started and that run work for it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            told = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"spawn_main" in told:
            found.append(int(path.parent.name))
    return found


def done():
    if not Path("results/store/ledger.sqlite").exists():
        return 0
    db = sqlite3.connect("results/store/ledger.sqlite")
    try:
        return db.execute("select count(*) from done").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


@pytest.mark.slow
@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT])
def test_a_lost_worker_changes_nothing_and_a_stopped_command_leaves_none(place, signum):
    root = str(Path(__file__).resolve().parents[2])
    asked = words("a", "backend=dask", "workers=2", replications=60)
    running = subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", *asked],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Ctrl-C must arrive even where whoever runs these tests has it ignored, as shells do in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not done() and running.poll() is None:
        time.sleep(0.02)
    workers = workers_of(running.pid)
    assert len(workers) >= 2
    if signum == signal.SIGKILL:
        os.kill(workers[0], signum)
    else:
        os.killpg(running.pid, signum)
    _, err = running.communicate()
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 3, err
    if signum == signal.SIGINT:
        assert running.returncode == 130
        assert f"{done()} replications more are kept" in err
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
        return
    assert running.returncode == 0, err
    assert main(words("b", "store=other", replications=60)) == 0
    assert Path("a/points.csv").read_bytes() == Path("b/points.csv").read_bytes()


def test_slurm_is_a_choice_of_configs(tmp_path):
    found = composed(["cluster=slurm", "cluster.jobs=8"]).question
    assert (found.backend, found.cluster.jobs, found.cluster.cores) == ("dask", 8, 4)
    assert composed([]).question.cluster is None
    (tmp_path / "cluster").mkdir()
    (tmp_path / "cluster" / "ours.yaml").write_text("# @package _global_\nbackend: dask\ncluster: {queue: long}\n")
    assert composed(["cluster=ours"], config_dir=tmp_path).question.cluster.queue == "long"
    with pytest.raises(Complaint, match="cluster: no such choice; did you mean 'slurm'"):
        composed(["cluster=slrum"])
