"""Files of results: the measures of some replications and the durations behind them, written whole, never changed."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.store.address import Address

if TYPE_CHECKING:
    import pyarrow as pa

MEASURES, COHORTS = ".parquet", ".cohorts.parquet"
"""How the two files of a chunk end."""
PART = ".part"
"""Of a file that is being written."""


class Replication(NamedTuple):
    """The measures of one replication, of one company of its market.

    Attributes
    ----------
    address : Address
        Which replication.
    company : int
        1 for the company in question, rivals from 2 on.
    kpis, units : tuple of str
        Names and units of its measures; the same objects for all replications of a scenario.
    values : sequence of float
        By name.
    cohorts : mapping of str to ndarray of int64, shape (3, cells)
        Durations behind its quantiles, counted on the grid of `sim.kpis.sketch`, by stage.
    """

    address: Address
    company: int
    kpis: tuple[str, ...]
    units: tuple[str, ...]
    values: Sequence[float]
    cohorts: Mapping[str, NDArray[np.int64]]


class Written(NamedTuple):
    """A file as it was written: its size in bytes, and the SHA-256 of its content."""

    size: int
    digest: str


class Chunk(NamedTuple):
    """Files of results as the ledger knows them.

    Attributes
    ----------
    name : str
        Of both files, without their ends; no two chunks have the same.
    measures, cohorts : Written
        The files.
    addresses : tuple of Address
        Replications that are in them.
    seconds : float
        What running them took.
    """

    name: str
    measures: Written
    cohorts: Written
    addresses: tuple[Address, ...]
    seconds: float = 0.0

    def files(self, folder: Path) -> dict[Path, Written]:
        """Give where its files are in the folder of chunks."""
        return {folder / (self.name + MEASURES): self.measures, folder / (self.name + COHORTS): self.cohorts}


def write_chunk(folder: Path, results: Sequence[Replication], seconds: float = 0.0) -> Chunk:
    """Write some replications into files of their own.

    They have their names only when all of them is on the disk: whoever is killed leaves files that nobody reads.

    Parameters
    ----------
    folder : Path
        Where chunks are.
    results : sequence of Replication
        At least one; all companies of a replication stand together.
    seconds : float
        What running them took.

    Returns
    -------
    Chunk
        What the ledger is to know.
    """
    name = uuid.uuid4().hex
    cohorts = _write(folder / (name + COHORTS), _cohorts(results))
    measures = _write(folder / (name + MEASURES), _measures(results))
    return Chunk(name, measures, cohorts, tuple(dict.fromkeys(one.address for one in results)), seconds)


def _write(path: Path, table: pa.Table) -> Written:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return Written(len(content), hashlib.sha256(content).hexdigest())


def is_whole(folder: Path, chunk: Chunk) -> bool:
    """Whether the files of a chunk are there and what was written."""
    for path, written in chunk.files(folder).items():
        try:
            content = path.read_bytes()
        except OSError:
            return False
        if len(content) != written.size or hashlib.sha256(content).hexdigest() != written.digest:
            return False
    return True


class _Keys:
    """The columns that say whose a row is, for results below one another."""

    def __init__(self, results: Sequence[Replication]) -> None:
        self._results = results
        self._points = list(dict.fromkeys(one.address.point for one in results))

    def columns(self, lengths: Sequence[int]) -> dict[str, Any]:
        """Give them, each result's as often as it has rows."""
        place = {point: i for i, point in enumerate(self._points)}
        told = [(place[one.address.point], *one.address[1:], one.company) for one in self._results]
        point, seed, replication, company = (np.repeat(np.array(c), lengths) for c in zip(*told, strict=True))
        return {
            "point": _named(point, self._points),
            "seed": seed.astype(np.int64),
            "replication": replication.astype(np.int32),
            "company": company.astype(np.int16),
        }


def _named(codes: NDArray[Any], names: Sequence[str]) -> pa.Array:
    """Give a column of names, each of which is kept once."""
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(names, pa.string()))


def _measures(results: Sequence[Replication]) -> pa.Table:
    """Put the measures of replications below one another, a row for each."""
    import pyarrow as pa

    kpis: dict[str, int] = {}
    units: dict[str, int] = {}
    coded: dict[int, tuple[NDArray[Any], NDArray[Any]]] = {}
    for one in results:
        if id(one.kpis) not in coded:
            coded[id(one.kpis)] = (
                np.array([kpis.setdefault(name, len(kpis)) for name in one.kpis], np.int32),
                np.array([units.setdefault(unit, len(units)) for unit in one.units], np.int32),
            )
    kpi, unit = (np.concatenate([coded[id(one.kpis)][i] for one in results]) for i in (0, 1))
    return pa.table(
        {
            **_Keys(results).columns([len(one.kpis) for one in results]),
            "kpi": _named(kpi, list(kpis)),
            "value": np.concatenate([np.asarray(one.values, np.float64) for one in results]),
            "unit": _named(unit, list(units)),
        }
    )


def _cohorts(results: Sequence[Replication]) -> pa.Table:
    """Put the counted durations of replications below one another, a row for each cell that holds any."""
    import pyarrow as pa

    stages = list(dict.fromkeys(stage for one in results for stage in one.cohorts))
    place = {stage: i for i, stage in enumerate(stages)}
    lengths, parts = [], [np.empty((4, 0), np.int64)]
    for one in results:
        # All stages at once: they are many, and few of their cells hold anything.
        which = np.array([place[stage] for stage in one.cohorts], np.int64)
        sketches = np.stack([*one.cohorts.values()]) if one.cohorts else np.empty((0, 1, 1), np.int64)
        at = np.flatnonzero(sketches)
        stage, rest = np.divmod(at, sketches[0].size if len(sketches) else 1)
        fate, cell = np.divmod(rest, sketches.shape[2])
        parts.append(np.array([which[stage], fate, cell, sketches.ravel()[at]]))
        lengths.append(len(at))
    stage, fate, cell, count = np.concatenate(parts, axis=1)
    return pa.table(
        {
            **_Keys(results).columns(lengths),
            "stage": _named(stage, stages),
            "fate": fate.astype(np.int8),
            "cell": cell.astype(np.int16),
            "count": count.astype(np.int32),
        }
    )
