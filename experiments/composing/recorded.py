"""Recorded needs: the epochs of a market from a file of real dates or timestamps, every bad row reported."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from experiments.complaint import Complaint
from sim.scenario import Problem

AT = "market.needs.recorded"
MAX_REPORTED = 10
DAY, TIMESTAMP, ZONED = "a day", "a timestamp", "a timestamp with a zone"


def read_recorded(described: dict[str, Any]) -> dict[str, Any]:
    """Put the epochs of a recorded file, if one is named, in the place of its path.

    Parameters
    ----------
    described : dict
        The scenario's part of a config, as plain data; not changed.

    Returns
    -------
    dict
        With ``market.needs.recorded`` filled: file name, SHA-256, rows, start date and ms since t=0, the Monday of
        the first row's week. Left alone where no path is given or the form is wrong, which validation reports.

    Raises
    ------
    Complaint
        If the file, its column or any of its rows cannot be used; rows are named by line.
    """
    market = described.get("market")
    needs = market.get("needs") if isinstance(market, dict) else None
    recorded = needs.get("recorded") if isinstance(needs, dict) else None
    if not isinstance(recorded, dict) or not isinstance(recorded.get("path"), str):
        return described
    if not isinstance(recorded.get("time"), str):
        raise Complaint.about(f"{AT}.time", "is needed: the column with dates or timestamps")
    path = Path(recorded["path"])
    instants, days_only = _instants(path, recorded["time"])
    first = min(instants)
    monday = datetime.combine(first.date() - timedelta(days=first.weekday()), datetime.min.time())
    filled = {
        **recorded,
        "path": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows": len(instants),
        "start_date": monday.date().isoformat(),
        "epochs_ms": [round((t - monday) / timedelta(milliseconds=1)) for t in instants],
        "days_only": days_only,
    }
    return {**described, "market": {**market, "needs": {**needs, "recorded": filled}}}  # type: ignore[dict-item]


def _instants(path: Path, column: str) -> tuple[list[datetime], bool]:
    try:
        if not path.exists():
            raise Complaint.about(f"{AT}.path", "no such file", repr(str(path)))
        if not path.is_file():
            raise Complaint.about(f"{AT}.path", "is not a file", repr(str(path)))
        texts = _parquet(path, column) if _is_parquet(path) else _csv(path, column)
    except OSError as error:
        raise Complaint.about(f"{AT}.path", f"cannot be read: {error.strerror or error}", repr(str(path))) from None
    found: list[datetime] = []
    problems: list[Problem] = []
    first: str | None = None
    for line, text in texts:
        value = _instant(text)
        if value is None:
            problems.append(
                Problem(f"{path.name}:{line}", f"'{column}' is no date or timestamp (ISO 8601)", repr(text)[:60])
            )
            continue
        instant, form = value
        first = first or form
        if form != first:
            problems.append(Problem(f"{path.name}:{line}", f"'{column}' is {form}, and {first} above", repr(text)[:60]))
        found.append(instant)
    if problems:
        more = len(problems) - MAX_REPORTED
        shown = problems[:MAX_REPORTED]
        if more > 0:
            shown.append(Problem(path.name, f"and {more} more rows that cannot be used; none was dropped"))
        raise Complaint(shown)
    if not found:
        raise Complaint.about(f"{AT}.path", "the file has no rows", repr(str(path)))
    return found, first == DAY


def _instant(text: Any) -> tuple[datetime, str] | None:
    """Read a date or timestamp, and say which; zones are dropped: the clock is the one on the wall there."""
    if isinstance(text, datetime):
        return text.replace(tzinfo=None), ZONED if text.tzinfo else TIMESTAMP
    if isinstance(text, date):
        return datetime.combine(text, datetime.min.time()), DAY
    if not isinstance(text, str):
        return None
    text = text.strip()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    form = DAY if len(text) <= 10 else ZONED if instant.tzinfo else TIMESTAMP
    return instant.replace(tzinfo=None), form


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1" or path.suffix == ".parquet"


def _csv(path: Path, column: str) -> list[tuple[int, Any]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            names = reader.fieldnames
            if not names:
                raise Complaint.about(f"{AT}.path", "the file is empty", repr(str(path)))
            if column not in names:
                _no_column(column, list(names))
            _one_column(column, list(names))
            return [(reader.line_num, row[column]) for row in reader]
    except UnicodeDecodeError:
        raise Complaint.about(f"{AT}.path", "is not text in UTF-8, so not a CSV file", repr(str(path))) from None
    except csv.Error as error:
        raise Complaint.about(f"{AT}.path", f"cannot be read as CSV: {error}", repr(str(path))) from None


def _parquet(path: Path, column: str) -> list[tuple[int, Any]]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(path).names
        if column not in names:
            _no_column(column, names)
        _one_column(column, names)
        values = pq.read_table(path, columns=[column]).column(column)
        if pa.types.is_timestamp(values.type):
            # The clock counts milliseconds; Python has no nanoseconds.
            finer = pa.timestamp("us", tz=values.type.tz)
            values = pc.cast(values, options=pc.CastOptions(finer, allow_time_truncate=True))
        texts = values.to_pylist()
    except (OverflowError, ValueError) as error:
        if isinstance(error, pa.ArrowException) and "out of bounds" not in str(error):
            raise Complaint.about(f"{AT}.path", f"cannot be read as parquet: {error}", repr(str(path))) from None
        raise Complaint.about(
            f"{AT}.time", f"holds what is outside the years 1 to 9999: {error}", repr(column)
        ) from None
    except (pa.ArrowException, KeyError) as error:
        raise Complaint.about(f"{AT}.path", f"cannot be read as parquet: {error}", repr(str(path))) from None
    return list(enumerate(texts, start=1))


def _one_column(column: str, names: list[str]) -> None:
    if names.count(column) > 1:
        raise Complaint.about(f"{AT}.time", f"the file has {names.count(column)} columns of this name", repr(column))


def _no_column(column: str, names: list[str]) -> None:
    from sim.scenario.problems import nearest

    shown = [n[:40] for n in names[:12]]
    raise Complaint.about(f"{AT}.time", f"the file has no such column{nearest(column, shown)}", repr(column))
