"""What befalls a store: damaged files, foreign files, no room, no permission; nothing wrong is ever kept or told."""

import errno
import os
import sqlite3
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.store import Store, chunk
from experiments.store.store import LEDGER
from tests.store.asking import words

CHUNKS = Path("results/store/chunks")


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE = {
    "flipped": flip,
    "truncated": lambda path: os.truncate(path, path.stat().st_size - 1),
    "emptied": lambda path: os.truncate(path, 0),
    "deleted": Path.unlink,
}


@pytest.mark.parametrize("cohorts", [False, True], ids=["measures", "cohorts"])
@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_file_is_run_again_with_one_remark(sweep, how, cohorts):
    answer, _ = sweep("a")
    files = sorted(path for path in CHUNKS.iterdir() if (".cohorts" in path.name) == cohorts)
    DAMAGE[how](files[0])
    again, err = sweep("again")
    assert again == answer
    assert err.count("or in files that are damaged; they are run again") == 1
    once_more, err = sweep("once_more")
    assert once_more == answer
    assert "0 of 6 replications" in err
    assert "damaged" not in err


def refused(capsys, *more):
    code = main(words("refused", *more))
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert not Path("refused").exists()
    lines = [line for line in told.err.splitlines() if line.startswith("orgsim: ")]
    assert len(lines) == 1
    return code, lines[0]


def test_a_ledger_that_is_none_is_told_and_left_alone(sweep, capsys):
    sweep("a")
    ledger = Path("results/store") / LEDGER
    ledger.write_bytes(b"not a database, but long enough to be taken for one " * 40)
    before = ledger.read_bytes()
    code, line = refused(capsys)
    assert code == 2
    assert line.startswith("orgsim: store: ledger.sqlite in it is no ledger of results")
    assert ledger.read_bytes() == before


def test_a_ledger_with_damaged_pages_is_told(sweep, capsys):
    sweep("a")
    ledger = Path("results/store") / LEDGER
    content = bytearray(ledger.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    ledger.write_bytes(content)
    code, line = refused(capsys)
    assert code in (1, 2)
    assert "malformed" in line or "damaged" in line


def test_a_ledger_of_a_newer_format_is_told(sweep, capsys):
    sweep("a")
    with sqlite3.connect(Path("results/store") / LEDGER) as db:
        db.execute("pragma user_version = 99")
    db.close()
    code, line = refused(capsys)
    assert code == 2
    assert line == (
        "orgsim: store: ledger.sqlite in it is of format 99, where this version knows 1 (got 'results/store')"
    )


def test_a_database_of_something_else_is_told_and_left_alone(capsys):
    Path("s").mkdir()
    with sqlite3.connect(Path("s") / LEDGER) as db:
        db.execute("create table chunk (mine text)")
    db.close()
    code, line = refused(capsys, "store=s")
    assert code == 2
    assert "ledger.sqlite in it is a database of something else" in line
    with sqlite3.connect(Path("s") / LEDGER) as db:
        assert db.execute("select name from sqlite_master").fetchall() == [("chunk",)]
    db.close()


def test_a_file_in_the_place_of_the_store_is_told(capsys):
    Path("s").write_text("mine")
    code, line = refused(capsys, "store=s")
    assert code == 2
    assert line.startswith("orgsim: store: cannot be written: ")
    assert Path("s").read_text() == "mine"


def test_a_folder_with_other_things_is_told_and_left_alone(capsys):
    Path("s").mkdir()
    Path("s/thesis.txt").write_text("mine")
    code, line = refused(capsys, "store=s")
    assert (code, line) == (2, "orgsim: store: a folder with other things in it (got 's')")
    assert [path.name for path in Path("s").iterdir()] == ["thesis.txt"]


def test_a_folder_that_may_not_be_written_is_told(capsys, monkeypatch):
    make = Path.mkdir

    def forbidden(path, *args, **more):
        if path.name == "chunks":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        make(path, *args, **more)

    monkeypatch.setattr(Path, "mkdir", forbidden)
    code, line = refused(capsys, "store=s")
    assert (code, line) == (2, "orgsim: store: cannot be written: Permission denied (got 's')")


def test_a_ledger_that_may_not_be_written_is_told(capsys, monkeypatch):
    def forbidden(*_):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("experiments.store.ledger.Ledger._make", forbidden)
    code, line = refused(capsys, "store=s")
    assert (code, line) == (2, "orgsim: store: cannot be written: attempt to write a readonly database (got 's')")


def full(monkeypatch, side):
    """Let the disk be full after the first file of results."""
    written = []

    def no_room(file):
        written.append(file)
        if len(written) > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    enter = Store.enter

    def no_entry(store, found, points):
        written.append(found)
        if len(written) > 2:
            with store._told():
                raise sqlite3.OperationalError("database or disk is full")
        enter(store, found, points)

    if side == "parquet":
        monkeypatch.setattr(chunk.os, "fsync", no_room)
    else:
        monkeypatch.setattr(Store, "enter", no_entry)


@pytest.mark.parametrize("side", ["parquet", "ledger"])
def test_a_full_disk_is_told_once_and_the_same_command_goes_on(capsys, monkeypatch, sweep, place, side):
    alone, _ = sweep("alone", "store=other")
    with monkeypatch.context() as patched:
        full(patched, side)
        code, line = refused(capsys)
    assert (code, line.replace(f"{place}/", "")) == (
        1,
        "orgsim: store results/store: the disk is full; 4 replications more are kept in results/store; "
        "the same command goes on from there",
    )
    assert not [path for path in CHUNKS.iterdir() if path.suffix == ".part"]
    found, err = sweep("a")
    assert found == alone
    assert "2 of 6 replications" in err


@contextmanager
def small_disk(path, size):
    path.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True)
    if done.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", path], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
@pytest.mark.parametrize("free", [0, 60_000, 120_000])
def test_a_disk_that_is_full_in_earnest(capsys, sweep, place, free):
    alone, _ = sweep("alone", "store=other")
    size = 1_000_000
    with small_disk(place / "disk", size):
        ballast = place / "disk/ballast"
        room = os.statvfs(place / "disk").f_bavail * os.statvfs(place / "disk").f_frsize
        ballast.write_bytes(b"\0" * (room - free))
        code, line = refused(capsys, "store=disk/store")
        assert code == 1, line
        assert line.startswith("orgsim: store disk/store: the disk is full")
        ballast.unlink()
        assert sweep("a", "store=disk/store")[0] == alone
