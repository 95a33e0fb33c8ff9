"""A long command that is told to stop, or killed: nothing half-done stays, and no worker outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups are POSIX")
PATIENCE_S = 60.0
STORE = "store=null"


def until(holds):
    """Wait until something holds; fails if it never does."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def alone(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def at_work(tmp_path):
    """Start a comparison of an hour with two workers, in a process group of its own, and wait until it is at work."""
    words = ["compare", "designs=[traditional]", "replications=2000", "workers=2", f"out={tmp_path / 'answer'}", STORE]
    command = [sys.executable, "-m", "experiments.cli", *words]
    # Ctrl-C must arrive even where whoever runs these tests has it ignored, as shells do in the background.
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until(lambda: any(tmp_path.iterdir()) or process.poll() is not None)
    time.sleep(1.0)
    yield process
    if not alone(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()


def test_ctrl_c_twice_stops_once(at_work, tmp_path):
    for _ in range(2):
        os.killpg(at_work.pid, signal.SIGINT)
        time.sleep(0.01)
    told = at_work.communicate(timeout=PATIENCE_S)[1]
    assert at_work.returncode in (130, -signal.SIGINT)
    assert told.endswith("orgsim: interrupted; nothing was written; the same command starts again\n")
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
    until(lambda: alone(at_work.pid))


def test_a_scheduler_may_end_it(at_work, tmp_path):
    at_work.terminate()
    told = at_work.communicate(timeout=PATIENCE_S)[1]
    assert at_work.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
    until(lambda: alone(at_work.pid))


def test_workers_end_with_a_parent_that_was_killed_and_the_next_run_clears_up(at_work, tmp_path):
    at_work.kill()
    at_work.wait()
    until(lambda: alone(at_work.pid))
    (left,) = tmp_path.iterdir()
    assert left.name.endswith(".part")
    words = [
        "run",
        "run.weeks=1",
        "run.warmup_weeks=0",
        "run_in=null",
        "replications=1",
        f"out={tmp_path / 'answer'}",
        STORE,
    ]
    subprocess.run([sys.executable, "-m", "experiments.cli", *words], check=True, capture_output=True)
    assert [path.name for path in tmp_path.iterdir()] == ["answer"]


def test_a_worker_that_is_killed_ends_the_command_and_the_other_worker(at_work, tmp_path):
    children = Path(f"/proc/{at_work.pid}/task/{at_work.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell who the workers are")
    until(lambda: len(children.read_text().split()) > 1)
    os.kill(int(children.read_text().split()[-1]), signal.SIGKILL)
    told = at_work.communicate(timeout=PATIENCE_S)[1]
    assert at_work.returncode == 1
    told = told.splitlines()[-1]
    assert told.startswith("orgsim: a worker process was killed, perhaps for want of memory; nothing was written; ")
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
    until(lambda: alone(at_work.pid))
