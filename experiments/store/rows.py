"""Rows of files of results, as DuckDB reads them: those that the ledger names, in an order that no file decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.store.chunk import Chunk

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = """read_parquet($files, filename = true, file_row_number = true) r join asked a
    on a.file = r.filename and a.point = r.point and a.seed = r.seed and a.replication = r.replication"""
"""What is read of files, given as ``files``, of what is asked for, see `asked_of`."""
ORDER = "a.place, r.seed, r.replication, r.company, r.file_row_number"
"""In which rows stand."""


def files_of(chunks: Sequence[Chunk], folder: Path, end: str) -> list[str]:
    """Give the files of chunks as patterns that match nothing else."""
    return sorted(re.sub(r"([*?\[])", r"[\1]", str(folder / (chunk.name + end))) for chunk in chunks)


def asked_of(chunks: Sequence[Chunk], points: Sequence[str], folder: Path, end: str) -> pa.Table:
    """Give which replications are to be read, from which file, and in which place their point stands.

    Parameters
    ----------
    chunks : sequence of Chunk
        Files, with the addresses that are wanted of each.
    points : sequence of str
        Addresses of points in order.
    folder : Path
        Where the files are.
    end : str
        Of their names.
    """
    import pyarrow as pa

    place = {point: i for i, point in enumerate(points)}
    rows = [
        (str(folder / (chunk.name + end)), *address, place[address.point])
        for chunk in chunks
        for address in chunk.addresses
    ]
    columns = zip(*rows, strict=True) if rows else [()] * 5
    types = {
        "file": pa.string(),
        "point": pa.string(),
        "seed": pa.int64(),
        "replication": pa.int32(),
        "place": pa.int64(),
    }
    return pa.table({name: pa.array(c, kind) for (name, kind), c in zip(types.items(), columns, strict=True)})
