"""The ledger of a store: which replications are done, and in which file each is."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from experiments.store.address import Address, Asked
from experiments.store.chunk import Chunk, Written

_FORMAT = 1
_WAIT_S = 60.0
"""For others who write to the same store."""
_TRIES = 600
_TABLES = """
create table if not exists chunk (
    name text primary key, size integer not null, digest text not null, cohorts_size integer not null,
    cohorts_digest text not null, seconds real not null, written_at text not null
) without rowid;
create table if not exists done (
    point text not null, seed integer not null, replication integer not null,
    chunk text not null references chunk (name),
    primary key (point, seed, replication)
) without rowid;
create index if not exists done_chunk on done (chunk);
create table if not exists point (
    point text primary key, version text not null, about text not null, scenario blob not null,
    first_asked_at text not null
) without rowid;
"""


class ForeignError(Exception):
    """A file in the place of the ledger is none, or one of another format."""


class Point(NamedTuple):
    """A point as the ledger knows it.

    Attributes
    ----------
    address : str
        Its scenario under a version of the model, see `Asked`.
    version : str
        Of the model.
    about : mapping
        Name and title under which it was first asked for.
    at : str
        When that was, in UTC.
    replications : int
        Done, of all seeds.
    seeds : tuple of int
        In rising order.
    """

    address: str
    version: str
    about: Mapping[str, str]
    at: str
    replications: int
    seeds: tuple[int, ...]


class Ledger:
    """What is done, on the disk: what was entered stays, whoever is killed and whoever else writes.

    Parameters
    ----------
    path : Path
        The database; made if there is none.

    Raises
    ------
    ForeignError
        If it is not a ledger.
    sqlite3.OperationalError
        If it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        try:
            if self._format() != _FORMAT:
                self._make()
            self._db.execute("pragma synchronous = full")
        except ForeignError:
            self._db.close()
            raise
        except sqlite3.DatabaseError as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise ForeignError("no ledger of results, or a damaged one") from None

    def _format(self) -> int:
        """Give the format of the ledger, 0 if there is none yet."""
        (found,) = self._db.execute("pragma user_version").fetchone()
        if found not in (0, _FORMAT):
            raise ForeignError(f"of format {found}, where this version knows {_FORMAT}")
        return int(found)

    def _make(self) -> None:
        """Make the tables, unless somebody else has made them meanwhile."""
        _patiently(lambda: self._db.execute("pragma journal_mode = wal"))
        with self._writing():
            if self._format() == _FORMAT:
                return
            if self._db.execute("select count(*) from sqlite_master").fetchone() != (0,):
                raise ForeignError("a database of something else")
            for statement in filter(str.strip, _TABLES.split(";")):
                self._db.execute(statement)
            self._db.execute(f"pragma user_version = {_FORMAT}")

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def enter(self, chunk: Chunk, about: Iterable[tuple[Asked, str, Mapping[str, object]]]) -> None:
        """Take down what is in a file; a replication that is known already stays where it is.

        Parameters
        ----------
        chunk : Chunk
            The file.
        about : iterable
            Of its points: what was asked, the version of the model, and what is to be said of it.
        """
        now = _now()
        told = [(a.point, version, json.dumps(said, sort_keys=True), a.text, now) for a, version, said in about]
        with self._writing():
            self._db.executemany("insert or ignore into point values (?, ?, ?, ?, ?)", told)
            self._db.execute(
                "insert or ignore into chunk values (?, ?, ?, ?, ?, ?, ?)",
                (chunk.name, *chunk.measures, *chunk.cohorts, chunk.seconds, now),
            )
            rows = [(*address, chunk.name) for address in chunk.addresses]
            self._db.executemany("insert or ignore into done values (?, ?, ?, ?)", rows)

    def strike(self, name: str) -> int:
        """Take out a file and what is in it, which is to be done again; how many replications that are."""
        with self._writing():
            struck = self._db.execute("delete from done where chunk = ?", (name,)).rowcount
            self._db.execute("delete from chunk where name = ?", (name,))
        return struck

    def known(self, point: str, seed: int) -> set[int]:
        """Give the replications of a point that are done."""
        query = "select replication from done where point = ? and seed = ?"
        return {replication for (replication,) in self._db.execute(query, (point, seed))}

    def speed(self, version: str) -> tuple[float, float] | None:
        """Give seconds and bytes of a replication in the last file of a version; None if there is none."""
        query = """
            select c.seconds, c.size + c.cohorts_size, count(*)
            from chunk c join done d on d.chunk = c.name join point p on p.point = d.point
            where p.version = ? group by c.name order by c.written_at desc, count(*) desc limit 1
        """
        found = self._db.execute(query, (version,)).fetchone()
        return None if found is None else (found[0] / found[2], found[1] / found[2])

    def chunks_of(self, points: Sequence[str], seed: int | None = None) -> list[Chunk]:
        """Give the files with replications of some points, each with those addresses of them that it is asked for.

        Parameters
        ----------
        points : sequence of str
            Their addresses.
        seed : int, optional
            By default all.
        """
        found: dict[str, list[Address]] = {}
        query = "select chunk, seed, replication from done where point = ?"
        for point in points:
            rows = self._db.execute(
                query if seed is None else f"{query} and seed = ?", (point, seed)[: 1 + (seed is not None)]
            )
            for name, *rest in rows:
                found.setdefault(name, []).append(Address(point, *rest))
        return [self._chunk(name, addresses) for name, addresses in sorted(found.items())]

    def chunks(self) -> Iterator[Chunk]:
        """Give all files."""
        for (name,) in self._db.execute("select name from chunk order by name").fetchall():
            rows = self._db.execute("select point, seed, replication from done where chunk = ?", (name,))
            yield self._chunk(name, [Address(*row) for row in rows])

    def points(self) -> list[Point]:
        """Give all points, in the order in which they were first asked for."""
        query = "select point, seed, count(*) from done group by point, seed order by point, seed"
        done: dict[str, dict[int, int]] = {}
        for point, seed, n in self._db.execute(query):
            done.setdefault(point, {})[seed] = n
        query = "select point, version, about, first_asked_at from point order by first_asked_at, about, point"
        return [
            Point(point, version, json.loads(about), at, sum(done.get(point, {}).values()), tuple(done.get(point, {})))
            for point, version, about, at in self._db.execute(query)
        ]

    def scenario(self, point: str) -> bytes:
        """Give the packed scenario of a point, see `Asked`."""
        (found,) = self._db.execute("select scenario from point where point = ?", (point,)).fetchone()
        return bytes(found)

    def forget(self, points: Sequence[str]) -> list[str]:
        """Take out points and what is done of them; the names of the files that nothing refers to any more."""
        with self._writing():
            for point in points:
                self._db.execute("delete from done where point = ?", (point,))
                self._db.execute("delete from point where point = ?", (point,))
            query = "select name from chunk where not exists (select 1 from done where done.chunk = chunk.name)"
            names = [name for (name,) in self._db.execute(query).fetchall()]
            self._db.executemany("delete from chunk where name = ?", [(name,) for name in names])
        return names

    def _chunk(self, name: str, addresses: list[Address]) -> Chunk:
        query = "select size, digest, cohorts_size, cohorts_digest, seconds from chunk where name = ?"
        found = self._db.execute(query, (name,)).fetchone()
        return Chunk(name, Written(*found[:2]), Written(*found[2:4]), tuple(sorted(addresses)), found[4])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Do some writing as a whole, after whoever else is writing."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


def _patiently(work: Callable[[], object]) -> None:
    """Do what SQLite refuses at once where others open the same new database."""
    for left in range(_TRIES, -1, -1):
        try:
            work()
            return
        except sqlite3.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            time.sleep(_WAIT_S / _TRIES)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
