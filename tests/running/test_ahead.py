"""The process that loads the engine ahead: begun where workers here will want it, and nowhere else."""

import pytest

from experiments.running import ahead, engines
from sim import compiled


@pytest.fixture
def begun(monkeypatch):
    found = []
    monkeypatch.setattr(ahead, "_begun", found)
    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", lambda: None)
    monkeypatch.setattr("multiprocessing.forkserver._forkserver._preload_modules", [])
    return found


@pytest.mark.parametrize(
    ("verb", "words", "expected"),
    [
        ("sweep", [], True),
        ("sweep", ["engine=simpy", "engine=compiled"], True),
        ("sweep", ["backend=processes", "workers=2"], True),
        ("sweep", ["engine=simpy"], False),
        ("sweep", ["backend=dask"], False),
        ("sweep", ["cluster=slurm"], False),
        ("verdict", ["c01_persuading", "dry=true"], False),
        ("run", [], False),
        ("", [], False),
    ],
)
def test_it_is_begun_where_it_is_wanted(begun, monkeypatch, verb, words, expected):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    ahead.begin(verb, words=words)
    assert ahead.has_begun() == expected
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    begun.clear()
    ahead.begin(verb, words=words)
    assert not ahead.has_begun()


@pytest.mark.parametrize("ready", [True, False])
def test_where_there_is_no_machine_code_this_process_makes_it_and_is_copied(begun, monkeypatch, ready):
    made = []
    monkeypatch.setattr(compiled, "is_ready", lambda: ready)
    monkeypatch.setattr(compiled, "can_keep", lambda: False)
    monkeypatch.setattr(compiled, "prepare", lambda: made.append(True))
    begun.append(True)
    engines._prepare(1)
    assert ahead.has_begun() == ready
    assert made == ([] if ready else [True])
