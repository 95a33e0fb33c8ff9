"""A store of results: a folder with files that never change, and a ledger of what is in them."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.complaint import Complaint, Failure
from experiments.store.address import Address, Asked, model_version
from experiments.store.chunk import COHORTS, MEASURES, PART, Chunk, is_whole
from experiments.store.ledger import ForeignError, Ledger

if TYPE_CHECKING:
    import pyarrow as pa

_LEDGER, _CHUNKS = "ledger.sqlite", "chunks"


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
            if self.path.is_dir() and any(self.path.iterdir()) and not (self.path / _LEDGER).exists():
                raise Complaint.about("store", "a folder with other things in it", repr(path))
            self.folder.mkdir(parents=True, exist_ok=True)
            self._ledger = Ledger(self.path / _LEDGER)
        except ForeignError as error:
            raise Complaint.about("store", f"{_LEDGER} in it is {error}", repr(path)) from None
        except (OSError, sqlite3.OperationalError) as error:
            said = error.strerror if isinstance(error, OSError) else str(error)
            raise Complaint.about("store", f"cannot be written: {said}", repr(path)) from None

    def close(self) -> None:
        """Let go of the ledger."""
        self._ledger.close()

    def kept(self, replications: int) -> str:
        """Say what becomes of replications that were run, when a command ends before its time."""
        if self._passing:
            return "nothing was written; the same command starts again"
        return f"{replications:,} replications more are kept in {self.path}; the same command goes on from there"

    # -- what is known

    def missing(self, points: Sequence[str], seed: int, replications: int) -> list[Address]:
        """Give what of a question is not known yet, replication by replication."""
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
        return self._ledger.speed(model_version())

    def measures(
        self, points: Sequence[str], seed: int, replications: int, kpis: Sequence[str] = (), company: int | None = None
    ) -> pa.Table:
        """Give the measures of points.

        Parameters
        ----------
        points : sequence of str
            Addresses.
        seed : int
            Of all of them.
        replications : int
            Those from 0 on.
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
        replications: int,
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
        self, points: Sequence[str], seed: int, replications: int, end: str, some: str, values: Mapping[str, object]
    ) -> pa.Table:
        import duckdb

        chunks = [chunk for chunk in self._ledger.chunks_of(points, seed) if _holds(chunk, replications)]
        self._check(chunks)
        files = {chunk.name: str(self.folder / (chunk.name + end)) for chunk in chunks}
        asked = _asked(chunks, {point: i for i, point in enumerate(points)}, replications, files)
        with duckdb.connect() as db:
            db.register("asked", asked)
            query = f"""
                select r.* from read_parquet($files, filename = true, file_row_number = true) r
                join asked a on a.file = r.filename and a.point = r.point and a.replication = r.replication
                {some} order by a.place, r.replication, r.company, r.file_row_number
            """
            return db.sql(query, params={"files": sorted(files.values()), **values}).to_arrow_table()

    def _check(self, chunks: Sequence[Chunk]) -> None:
        """Look whether files are what was written; take those out of the ledger that are not."""
        lost = 0
        for chunk in chunks:
            if not is_whole(self.folder, chunk):
                lost += self._ledger.strike(chunk.name)
        if lost:
            raise LostError(lost)

    # -- keeping house

    def unread(self) -> list[Path]:
        """Give files that are in no ledger: of whoever was killed, or is at work now."""
        known = {path for chunk in self._ledger.chunks() for path in chunk.files(self.folder)}
        found = [path for path in self.folder.iterdir() if path.name.removesuffix(PART).endswith(MEASURES)]
        return sorted(path for path in found if path not in known)


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
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Failure(_failed(path, "the disk is full" if full else error.strerror or str(error))) from None
    except sqlite3.OperationalError as error:
        full = "full" in str(error)
        raise Failure(_failed(path, "the disk is full" if full else str(error))) from None


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


def _failed(path: str, why: str) -> str:
    return f"store {path}: {why}; what was done before is kept, and the same command goes on from there"


def _holds(chunk: Chunk, replications: int) -> bool:
    return any(address.replication < replications for address in chunk.addresses)


def _asked(chunks: Sequence[Chunk], place: Mapping[str, int], replications: int, files: Mapping[str, str]) -> pa.Table:
    """Give which replications are to be read, from which file, and in which place their point stands."""
    import pyarrow as pa

    rows = [
        (files[chunk.name], address.point, address.replication, place[address.point])
        for chunk in chunks
        for address in chunk.addresses
        if address.replication < replications
    ]
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    types = {"file": pa.string(), "point": pa.string(), "replication": pa.int32(), "place": pa.int64()}
    return pa.table({name: pa.array(c, kind) for (name, kind), c in zip(types.items(), columns, strict=True)})
