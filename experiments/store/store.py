"""A store of results: a folder with files that never change, and a ledger of what is in them."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.complaint import Complaint, Failure
from experiments.store.address import Address, Asked, model_version
from experiments.store.chunk import COHORTS, MEASURES, PART, Chunk, is_whole
from experiments.store.ledger import ForeignError, Ledger, Point
from experiments.store.lock import InUseError, Lock
from experiments.store.rows import ORDER, ROWS, asked_of, files_of

if TYPE_CHECKING:
    import pyarrow as pa

LEDGER = "ledger.sqlite"
"""What makes a folder a store."""
_CHUNKS, _LOCK, _SIGN = "chunks", "lock.sqlite", "sign"
_FULL = "the disk is full"
_LITTLE = 1_000_000
"""Bytes that are as good as none."""


class LostError(Exception):
    """Results are not there, or not as they were written; they are to be made again.

    Parameters
    ----------
    replications : int
        How many.
    """

    def __init__(self, replications: int) -> None:
        super().__init__(f"{replications} replications are gone, or in files that are damaged")
        self.replications = replications


class Store:
    """Results by what was asked.

    A result is in the store once it is in the ledger, which happens after its file has its name: whoever is killed in
    between leaves a file that nobody reads. Several commands may use a store at once; what both did is counted once.

    Parameters
    ----------
    path : str
        The folder; made if there is none.
    passing : bool
        Whether it is gone with the command.

    Raises
    ------
    Complaint
        If there cannot be a store.
    """

    def __init__(self, path: str, *, passing: bool = False) -> None:
        self.path = Path(path)
        self._passing = passing
        self.folder = self.path / _CHUNKS
        try:
            if self.path.is_dir() and any(self.path.iterdir()) and not self._begun():
                raise Complaint.about("store", "a folder with other things in it", repr(path))
            self.folder.mkdir(parents=True, exist_ok=True)
            _make_sign(self.path / _SIGN)
            self._lock = Lock(self.path / _LOCK)
            try:
                self._ledger = Ledger(self.path / LEDGER)
            except BaseException:
                self._lock.close()
                raise
        except ForeignError as error:
            raise Complaint.about("store", f"{LEDGER} in it is {error}", repr(path)) from None
        except InUseError as error:
            raise Failure(f"store {path}: {error}") from None
        except (OSError, sqlite3.DatabaseError) as error:
            if is_full(error, self.path):
                raise Failure(f"store {path}: {_FULL}") from None
            said = error.strerror if isinstance(error, OSError) else str(error)
            raise Complaint.about("store", f"cannot be written: {said}", repr(path)) from None

    def _begun(self) -> bool:
        """Whether what is in the folder is a store, or one that somebody has begun to make."""
        names = {path.name for path in self.path.iterdir()}
        return LEDGER in names or names <= {_CHUNKS, _LOCK, _SIGN, f"{_LOCK}-journal"}

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger.close()
        self._lock.close()

    def kept(self, replications: int) -> str:
        """Say what becomes of replications that were run, when a command ends before its time."""
        if self._passing:
            return "nothing was written; the same command starts again"
        return f"{replications:,} replications more are kept in {self.path}; the same command goes on from there"

    # -- what is known

    def missing(self, points: Sequence[str], seed: int, replications: int) -> list[Address]:
        """Give what of a question is not known yet, replication by replication."""
        with self._told():
            known = {point: self._ledger.known(point, seed) for point in points}
        return [Address(p, seed, r) for r in range(replications) for p in points if r not in known[p]]

    def enter(self, chunk: Chunk, points: Iterable[tuple[Asked, Mapping[str, object]]]) -> None:
        """Take a file of results in, and what is to be said of its points."""
        with self._told():
            self._ledger.enter(chunk, ((point, model_version(), about) for point, about in points))

    @contextmanager
    def _told(self) -> Iterator[None]:
        with telling(str(self.path)):
            yield

    def all_there(self, points: Sequence[str], seed: int, replications: int) -> None:
        """See that all of a question is known.

        Raises
        ------
        LostError
            If somebody has pruned the store meanwhile.
        """
        if missing := self.missing(points, seed, replications):
            raise LostError(len(missing))

    def speed(self) -> tuple[float, float] | None:
        """Give how many seconds and bytes a replication of this version took last; None if there is none."""
        with self._told():
            return self._ledger.speed(model_version())

    def measures(
        self,
        points: Sequence[str],
        seed: int,
        replications: int | None,
        kpis: Sequence[str] = (),
        company: int | None = None,
    ) -> pa.Table:
        """Give the measures of points.

        Parameters
        ----------
        points : sequence of str
            Addresses.
        seed : int
            Of all of them.
        replications : int or None
            Those from 0 on; None for all that are known.
        kpis : sequence of str
            Names of measures; empty for all.
        company : int, optional
            Of the market; by default all.

        Returns
        -------
        pyarrow.Table
            Columns point, seed, replication, company, kpi, value, unit: by point in the given order, replication and
            company; the same whatever files they are in.

        Raises
        ------
        LostError
            If files are damaged; they are out of the ledger now.
        """
        some, values = _some("kpi", kpis, company)
        found = self._read(points, seed, replications, MEASURES, some, values)
        return found.select(["point", "seed", "replication", "company", "kpi", "value", "unit"])

    def cohorts(
        self,
        points: Sequence[str],
        seed: int,
        replications: int | None,
        stages: Sequence[str] = (),
        company: int | None = None,
    ) -> pa.Table:
        """Give the durations behind the quantiles of points.

        Parameters and errors are those of `measures`, with stages in the place of measures.

        Returns
        -------
        pyarrow.Table
            Columns point, seed, replication, company, stage, fate, cell, count; see `sim.kpis.sketch`.
        """
        some, values = _some("stage", stages, company)
        found = self._read(points, seed, replications, COHORTS, some, values)
        return found.select(["point", "seed", "replication", "company", "stage", "fate", "cell", "count"])

    def _read(
        self,
        points: Sequence[str],
        seed: int,
        replications: int | None,
        end: str,
        some: str,
        values: Mapping[str, object],
    ) -> pa.Table:
        import duckdb

        with self._told():
            found = self._ledger.chunks_of(points, seed)
        chunks = [wanted for chunk in found if (wanted := _up_to(chunk, replications)).addresses]
        self.check(chunks)
        with duckdb.connect() as db:
            db.register("asked", asked_of(chunks, points, self.folder, end))
            query = f"select r.* from {ROWS} {some} order by {ORDER}"
            return db.sql(query, params={"files": files_of(chunks, self.folder, end), **values}).to_arrow_table()

    def check(self, chunks: Sequence[Chunk]) -> None:
        """Look whether files are what was written; take those out of the ledger that are not.

        Raises
        ------
        LostError
            If any are not.
        """
        lost = 0
        for chunk in chunks:
            if not is_whole(self.folder, chunk):
                with self._told():
                    lost += self._ledger.strike(chunk.name)
        if lost:
            raise LostError(lost)

    # -- keeping house

    def points(self) -> list[Point]:
        """Give all points, in the order in which they were first asked for."""
        with self._told():
            return self._ledger.points()

    def scenario(self, point: str) -> dict[str, Any]:
        """Give the scenario of a point as plain data: that of an old version may not be readable any more."""
        with self._told():
            text = self._ledger.scenario(point)
        found: dict[str, Any] = json.loads(zlib.decompress(text))
        return found

    def chunks(self, points: Sequence[str] | None = None) -> list[Chunk]:
        """Give the files with replications of some points, or all files; each with the addresses asked for."""
        with self._told():
            return [*self._ledger.chunks()] if points is None else self._ledger.chunks_of(points)

    def unread(self) -> list[Path]:
        """Give files that are in no ledger: of whoever was killed, or is at work now."""
        known = {path for chunk in self.chunks() for path in chunk.files(self.folder)}
        with self._told():
            found = [path for path in self.folder.iterdir() if path.name.removesuffix(PART).endswith(MEASURES)]
        return sorted(path for path in found if path not in known)

    def prune(self, points: Sequence[str]) -> None:
        """Take out some points, and all files that nothing in the ledger refers to.

        Raises
        ------
        Failure
            If another command is using the store: it may be writing such files.
        """
        try:
            with self._told(), self._lock.alone():
                self._ledger.forget(points)
                for path in self.unread():
                    path.unlink(missing_ok=True)
        except InUseError as error:
            raise Failure(f"store {self.path}: {error}; nothing was taken out") from None


def sign_of(path: Path) -> str:
    """Give what is written in a store, and in no other, so that another machine can tell whether it sees the same.

    Returns
    -------
    str
        Empty if there is no store.
    """
    try:
        return (path / _SIGN).read_text(encoding="ascii")
    except OSError:
        return ""


def _make_sign(path: Path) -> None:
    with suppress(FileExistsError), path.open("x", encoding="ascii") as file:
        file.write(uuid.uuid4().hex)


@contextmanager
def telling(path: str) -> Iterator[None]:
    """Turn what a disk can do to a store into one clear message.

    Raises
    ------
    Failure
        If the disk is full, or the folder cannot be written any more.
    """
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        said = error.strerror if isinstance(error, OSError) else None
        raise Failure(f"store {path}: {_FULL if is_full(error, Path(path)) else said or error}") from None


def is_full(error: OSError | sqlite3.Error, path: Path) -> bool:
    """Whether it was for want of room that something could not be written in a folder."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    # SQLite says so of the database itself only, and of the files beside it that they cannot be written.
    return "full" in str(error) or ("I/O" in str(error) and shutil.disk_usage(path).free < _LITTLE)


def _some(column: str, names: Sequence[str], company: int | None) -> tuple[str, dict[str, object]]:
    """Give a condition for rows with some names in a column, and of one company; empty names and None mean all."""
    conditions, values = ["true"], dict[str, object]()
    if names:
        conditions.append(f"r.{column} in ({', '.join(f'$name{i}' for i in range(len(names)))})")
        values |= {f"name{i}": name for i, name in enumerate(names)}
    if company is not None:
        conditions.append("r.company = $company")
        values["company"] = company
    return f"where {' and '.join(conditions)}", values


def _up_to(chunk: Chunk, replications: int | None) -> Chunk:
    return chunk._replace(
        addresses=tuple(a for a in chunk.addresses if replications is None or a.replication < replications)
    )
