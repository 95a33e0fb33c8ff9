"""What a store holds as one file for other programs: tidy rows, a measure of a replication each."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.complaint import Complaint
from experiments.extra import extra
from experiments.store.chunk import MEASURES, PART, Chunk
from experiments.store.rows import ORDER, ROWS, asked_of, files_of
from experiments.store.store import Store
from sim.scenario.problems import nearest

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("point", "name", "seed", "replication", "company", "kpi", "value", "unit")
"""Of a file."""
KINDS = (".csv", ".parquet", ".xlsx")
"""Files that can be written, by how their names end."""
MOST_IN_EXCEL = 1_048_575
"""Rows of a sheet below its head."""
_BATCH = 10_000


def export(store: Store, points: Mapping[str, str], kpis: Sequence[str], out: Path) -> int:
    """Write measures of points as a file.

    Parameters
    ----------
    store : Store
        Where they are.
    points : mapping of str to str
        Names by address.
    kpis : sequence of str
        Measures; empty for all.
    out : Path
        The file; its name ends as one of `KINDS`.

    Returns
    -------
    int
        Rows.

    Raises
    ------
    Complaint
        If there is no such measure, too much for Excel, or the file exists or cannot be written.
    LostError
        If files are damaged; they are out of the ledger now.
    """
    if out.suffix not in KINDS:
        raise Complaint.about("out", f"must end in {', '.join(KINDS)}", repr(str(out)))
    if os.path.lexists(out):
        raise Complaint.about("out", "exists already; results are never overwritten", repr(str(out)))
    chunks = store.chunks([*points])
    store.check(chunks)
    with _rows(store, chunks, points, kpis) as (db, query, values), _written(out) as part:
        (n,) = db.execute(f"select count(*) from ({query})", values).fetchone() or (0,)
        if out.suffix == ".xlsx":
            if n > MOST_IN_EXCEL:
                rule = (
                    f"a sheet of Excel holds {MOST_IN_EXCEL:,} rows, and these are {n:,}; take kpis=, points= or .csv"
                )
                raise Complaint.about("out", rule, repr(str(out)))
            _excel(db.execute(query, values), part)
        else:
            kind = "(format csv, header)" if out.suffix == ".csv" else "(format parquet, compression zstd)"
            db.execute(f"copy ({query}) to '{str(part).replace(chr(39), chr(39) * 2)}' {kind}", values)
    return int(n)


@contextmanager
def _rows(
    store: Store, chunks: Sequence[Chunk], points: Mapping[str, str], kpis: Sequence[str]
) -> Iterator[tuple[duckdb.DuckDBPyConnection, str, dict[str, Any]]]:
    import duckdb
    import pyarrow as pa

    named = {"point": pa.array([*points], pa.string()), "name": pa.array([*points.values()], pa.string())}
    files = {"files": files_of(chunks, store.folder, MEASURES)}
    with duckdb.connect() as db:
        db.register("asked", asked_of(chunks, [*points], store.folder, MEASURES))
        db.register("named", pa.table(named))
        known = {kpi for (kpi,) in db.execute(f"select distinct r.kpi::varchar from {ROWS}", files).fetchall()}
        for kpi in kpis:
            if kpi not in known:
                raise Complaint.about(
                    "kpis", f"these points have no measure of this name{nearest(kpi, known)}", repr(kpi)
                )
        columns = ", ".join("n.name" if c == "name" else f"r.{c}" for c in COLUMNS)
        some = f"where r.kpi in ({', '.join(f'$kpi{i}' for i in range(len(kpis)))})" if kpis else ""
        query = f"select {columns} from {ROWS} join named n on n.point = r.point {some} order by {ORDER}"
        yield db, query, {**files, **{f"kpi{i}": kpi for i, kpi in enumerate(kpis)}}


@contextmanager
def _written(out: Path) -> Iterator[Path]:
    """Give a name beside a file's own, which the file takes when it is complete."""
    import duckdb

    part = out.with_name(f".{out.name}.{uuid.uuid4().hex[:8]}{PART}")
    try:
        yield part
        if os.path.lexists(out):
            raise Complaint.about("out", "exists by now; results are never overwritten", repr(str(out)))
        part.rename(out)
    except (OSError, duckdb.IOException) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise Complaint.about("out", f"cannot be written: {said}", repr(str(out))) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _excel(found: duckdb.DuckDBPyConnection, path: Path) -> None:
    with extra("study"):
        from openpyxl import Workbook
    book = Workbook(write_only=True)
    sheet = book.create_sheet("measures")
    sheet.append(COLUMNS)
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            # A measure that is not defined is an empty cell: Excel knows no other way to say so.
            sheet.append([None if value != value else value for value in row])
    with path.open("wb") as file:
        book.save(file)
