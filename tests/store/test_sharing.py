"""One store for all: several commands at once, commands that were stopped, and workers of all kinds."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.store import Store
from tests.store.asking import KPI, SERVERS, words


def begun(*arguments):
    """Start a command in a process group of its own."""
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", *arguments],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Ctrl-C must arrive even where whoever runs these tests has it ignored, as shells do in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def done(store="results/store"):
    path = Path(store) / "ledger.sqlite"
    if not path.exists():
        return 0
    db = sqlite3.connect(path)
    try:
        return db.execute("select count(*) from done").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


def test_two_sweeps_at_once_on_one_store_say_what_each_says_alone(sweep, place):
    asked = {"a": {"points": [2, 3, 4], "replications": 4}, "b": {"points": [4, 3, 5], "replications": 6}}
    both = [begun(*words(name, **question)) for name, question in asked.items()]
    for one in both:
        _, err = one.communicate()
        assert one.returncode == 0, err
    assert done() == 4 + 6 * 3
    for name, question in asked.items():
        alone, _ = sweep(f"{name}_alone", f"store={name}_store", **question)
        assert (place / name / "points.csv").read_bytes() == alone
    store = Store("results/store")
    points = [point.address for point in store.points()]
    rows = store.measures(points, 1, None, [KPI]).to_pylist()
    store.close()
    assert len({(row["point"], row["replication"]) for row in rows}) == len(rows) == 22


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL])
def test_a_sweep_that_is_stopped_in_the_middle_goes_on_with_exactly_the_rest(sweep, place, signum):
    total = 120
    running = begun(*words("a", replications=total // 2))
    until = time.monotonic() + 60.0
    while not done() and time.monotonic() < until and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signum)
    _, err = running.communicate()
    kept = done()
    assert 0 < kept < total
    assert not (place / "a").exists()
    if signum == signal.SIGINT:
        assert running.returncode == 130
        assert f"{kept} replications more are kept in results/store; the same command goes on from there" in err
    answer, err = sweep("a", replications=total // 2)
    assert f"{total - kept} of {total} replications" in err
    assert done() == total
    assert sweep("alone", "store=other", replications=total // 2)[0] == answer


def test_another_config_is_another_address_and_nothing_is_mixed(sweep):
    short, _ = sweep("a")
    longer, err = sweep("b", "run.weeks=0.3")
    assert "6 of 6 replications" in err
    assert longer != short
    assert sweep("again")[0] == short
    assert done() == 12


def test_another_version_of_the_model_is_not_mixed_in(sweep, monkeypatch):
    now, _ = sweep("a")
    with monkeypatch.context() as other:
        other.setattr("experiments.store.address.model_version", lambda: "another")
        assert "6 of 6 replications" in sweep("b")[1]
    found, err = sweep("again")
    assert found == now
    assert "0 of 6 replications" in err


@pytest.mark.parametrize(
    "how",
    [
        ["workers=2"],
        ["workers=1", "backend=processes"],
        ["workers=2", "backend=threads"],
        ["workers=2", "backend=serial"],
        pytest.param(["workers=2", "backend=dask"], marks=pytest.mark.slow),
    ],
    ids=" ".join,
)
def test_whoever_does_the_work_the_answer_is_the_same_bytes(sweep, how):
    alone, _ = sweep("alone", "store=other")
    assert sweep("a", *how)[0] == alone


def test_workers_with_an_engine_that_was_loaded_ahead_give_the_same_and_leave_nobody_behind(sweep, place):
    alone, _ = sweep("alone", "store=other")
    running = begun(*words("a", "engine=compiled", "workers=1"))
    _, err = running.communicate()
    assert running.returncode == 0, err
    assert (place / "a" / "points.csv").read_bytes() == alone
    until = time.monotonic() + 60.0
    while time.monotonic() < until:
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process outlived the command")


def test_no_store_keeps_nothing(sweep, place):
    kept, _ = sweep("a")
    assert sweep("b", "store=null")[0] == kept
    assert sweep("c", "store=null")[1].startswith("sweep: 6 of 6 replications")
    assert sorted(path.name for path in place.iterdir()) == ["a", "b", "c", "results"]


def test_a_name_that_looks_like_a_pattern_is_a_name(sweep, place):
    (place / "s1").mkdir()
    found, _ = sweep("a", "store='s[1]*'")
    assert (place / "s[1]*/ledger.sqlite").exists()
    assert main(words("b", "store='s[1]*'")) == 0
    assert (place / "b/points.csv").read_bytes() == found
    assert SERVERS in found.decode()
