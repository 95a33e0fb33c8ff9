"""Machine code that is kept: named after all that could change it, whole, and made by one at a time."""

import multiprocessing
import os
import signal
import time

import pytest

from sim.compiled import cache
from sim.compiled.cache import CODE, Kept, fingerprint, kept, root


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "buying.py").write_text("def talk(): return 1.0\n")
    (tmp_path / "draws.py").write_text("STEP = 3\n")
    return tmp_path


def test_any_edit_of_any_source_changes_the_name(sources):
    found = [fingerprint(sources, time.time() + 60)]
    for name, text in (("rules/buying.py", "def talk(): return 1.5\n"), ("draws.py", "STEP = 5\n"), ("new.py", "")):
        (sources / name).write_text(text)
        found.append(fingerprint(sources, time.time() + 60))
    (sources / "new.py").rename(sources / "rules" / "new.py")
    found.append(fingerprint(sources, time.time() + 60))
    assert None not in found
    assert len(set(found)) == len(found)
    assert fingerprint(sources, time.time() + 60) == found[-1]


@pytest.mark.parametrize("package", ["numba", "llvmlite", "numpy"])
def test_another_version_changes_the_name(sources, monkeypatch, package):
    later, known = time.time() + 60, cache.version
    before = fingerprint(sources, later)
    monkeypatch.setattr(cache, "version", lambda name: "0" if name == package else known(name))
    assert fingerprint(sources, later) != before


def test_an_option_of_the_compiler_changes_the_name(sources, monkeypatch):
    before = fingerprint(sources, time.time() + 60)
    monkeypatch.setenv("NUMBA_OPT", "0")
    assert fingerprint(sources, time.time() + 60) != before


def test_sources_that_are_not_those_that_run_have_no_name(sources, caplog):
    os.utime(sources / "draws.py", (2_000.0, 2_000.0))
    os.utime(sources / "rules" / "buying.py", (1_000.0, 1_000.0))
    assert fingerprint(sources, imported_at=2_000.5) is not None
    assert fingerprint(sources, imported_at=1_999.5) is None
    assert "draws.py was changed after it was read" in caplog.text
    assert fingerprint(sources / "nothing", imported_at=2_000.5) is None


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"ORGSIM_CACHE": "/own", "XDG_CACHE_HOME": "/shared"}, "/own"),
        ({"XDG_CACHE_HOME": "/shared"}, "/shared/orgsim"),
        ({"XDG_CACHE_HOME": "not/absolute"}, "/home/me/.cache/orgsim"),
        ({"ORGSIM_CACHE": ""}, "/home/me/.cache/orgsim"),
    ],
)
def test_where_it_is_kept(monkeypatch, variables, expected):
    for name in ("ORGSIM_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert str(root()) == expected
    assert str(kept("run").place.parent) == expected


def test_each_function_has_a_place_of_its_own():
    assert kept("run").place != kept("walk").place
    assert kept("run").place == kept("run").place


def test_what_is_kept_is_given_back_only_whole(tmp_path):
    place = Kept(tmp_path / "here")
    assert place.load() is None
    with place.locked():
        place.save(b"code")
    assert place.load() == b"code"
    whole = (place.place / CODE).read_bytes()
    for spoiled in (whole[:-1], whole[:10], b"", whole[:-1] + b"x"):
        (place.place / CODE).write_bytes(spoiled)
        assert place.load() is None
    assert sorted(p.name for p in place.place.iterdir()) == ["code", "lock"]


def test_where_nothing_can_be_kept_it_is_said_and_nothing_fails(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    place = Kept(tmp_path / "file" / "here")
    assert not place.can_save()
    with place.locked():
        place.save(b"code")
    assert place.load() is None
    assert "cannot be kept" in caplog.text
    with Kept(None).locked():
        Kept(None).save(b"code")
    assert Kept(None).load() is None


def test_what_nobody_used_for_long_is_removed_and_nothing_else(tmp_path):
    old = time.time() - cache.UNUSED_S - 100
    names = {"unused": "a" * 32, "in_use": "b" * 32, "locked": "c" * 32, "recent": "d" * 32, "foreign": "results"}
    for name in names.values():
        Kept(tmp_path / name).place.mkdir()
        Kept(tmp_path / name).save(b"code")
    for name in names.values():
        os.utime(tmp_path / name / CODE, (old, old))
    os.utime(tmp_path / names["recent"] / CODE)
    assert Kept(tmp_path / names["in_use"]).load() == b"code"
    with Kept(tmp_path / names["locked"]).locked():
        place = Kept(tmp_path / ("e" * 32))
        assert place.can_save()
        place.save(b"code")
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {*names.values(), "e" * 32} - {names["unused"]}


# -- several processes -----------------------------------------------------------------------------------------------


def make_once(place, made, hold):
    """Do as the compiler does: look, wait for the lock, look again, make."""
    place = Kept(place)
    with place.locked():
        if place.load() is None:
            with made.get_lock():
                made.value += 1
            hold.wait()
            place.save(b"code")


def test_who_comes_second_waits_and_finds_what_the_first_made(tmp_path):
    context = multiprocessing.get_context("forkserver")
    made, hold = context.Value("i", 0), context.Event()
    workers = [context.Process(target=make_once, args=(tmp_path / "here", made, hold)) for _ in range(3)]
    for worker in workers:
        worker.start()
    while made.value == 0:
        time.sleep(0.01)
    hold.set()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert made.value == 1
    assert Kept(tmp_path / "here").load() == b"code"


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path):
    context = multiprocessing.get_context("forkserver")
    made, never = context.Value("i", 0), context.Event()
    worker = context.Process(target=make_once, args=(tmp_path / "here", made, never))
    worker.start()
    while made.value == 0:
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    with Kept(tmp_path / "here").locked():
        assert Kept(tmp_path / "here").load() is None


def test_a_folder_removed_while_its_lock_was_waited_for_is_made_anew(tmp_path):
    place = Kept(tmp_path / "here")
    assert place.can_save()
    handle = cache._lock_of(place.place, wait=False)
    (place.place / cache.LOCK).unlink()
    assert not cache._still_there(handle, place.place)
    os.close(handle)
    with place.locked():
        assert cache._lock_of(place.place, wait=False) is None
        place.save(b"code")
    assert place.load() == b"code"
