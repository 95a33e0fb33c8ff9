"""A folder per question: written under a temporary name, renamed when complete, never overwritten."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.answers.results import Results, TidyRow
from experiments.complaint import Complaint
from experiments.composing.choices import GROUPS, LISTED
from sim.analysis.pooled import CohortRow

OWN_CONFIGS = "own_configs"
"""What a user's own files are kept in."""


def target(out: str | None, verb: str, fingerprint: str) -> Path:
    """Give the folder the answer will have, and refuse one that exists.

    Parameters
    ----------
    out : str or None
        The user's choice; None for ``results/VERB-FINGERPRINT``, numbered if it exists.
    verb, fingerprint : str
        Name of the question.

    Raises
    ------
    Complaint
        If the user's choice exists or cannot be made.
    """
    if out is None:
        base = Path("results") / f"{verb}-{fingerprint[:10]}"
        path, n = base, 2
        while path.exists():
            path, n = base.with_name(f"{base.name}-{n}"), n + 1
        return path
    path = Path(out)
    if os.path.lexists(path):
        raise Complaint.about("out", "exists already; results are never overwritten", repr(out))
    return path


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder beside `path` that takes its name if all goes well and vanishes if not.

    Raises
    ------
    Complaint
        If it cannot be made or named.
    """
    host = platform.node()
    temporary = path.parent / f".{path.name}.{host}.{os.getpid()}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(path, host)
        temporary.mkdir()
    except OSError as error:
        raise Complaint.about("out", f"cannot be made: {error.strerror}", repr(str(path))) from None
    try:
        yield temporary
        temporary.rename(path)
    except OSError as error:
        raise Complaint.about("out", f"cannot be written: {error.strerror}", repr(str(path))) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _clear_leftovers(path: Path, host: str) -> None:
    """Remove what a killed process on this machine left of the same folder."""
    start, end = f".{path.name}.{host}.", ".part"
    for left in path.parent.iterdir():
        pid = left.name.removeprefix(start).removesuffix(end)
        if left.name == f"{start}{pid}{end}" and pid.isdecimal() and not _alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return True


def write_kpis(rows: list[TidyRow], path: Path) -> None:
    """Write tidy rows as parquet: design, replication, kpi, value, unit; the same rows give the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    design, replication, kpi, value, unit = zip(*rows, strict=True)
    table = pa.table(
        {
            "design": pa.array(design, pa.string()),
            "replication": pa.array(replication, pa.int32()),
            "kpi": pa.array(kpi, pa.string()),
            "value": pa.array(value, pa.float64()),
            "unit": pa.array(unit, pa.string()),
        }
    )
    pq.write_table(table, path)


def write_cohorts(rows: list[CohortRow], path: Path) -> None:
    """Write durations counted on a grid as parquet: design, replication, stage, fate, hours, count."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = (pa.string(), pa.int32(), pa.string(), pa.string(), pa.float64(), pa.int64())
    names = ("design", "replication", "stage", "fate", "hours", "count")
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    pq.write_table(pa.table(dict(zip(names, arrays, strict=True))), path)


def write_results(results: Results, part: Path) -> None:
    """Write the tidy rows, and the durations from which quantiles can be made anew."""
    write_kpis(results.rows, part / "kpis.parquet")
    write_cohorts(results.cohorts, part / "cohorts.parquet")


def write_config(data: dict[str, Any], part: Path, config_dir: str | None) -> None:
    """Write a resolved config as YAML, and a user's own files beside it, which may say otherwise tomorrow.

    Parameters
    ----------
    data : dict
        The config.
    part : Path
        Existing folder; receives ``config.yaml``, and `OWN_CONFIGS` of the same shape as `config_dir`.
    config_dir : str or None
        A user's own configs.
    """
    import yaml

    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    (part / "config.yaml").write_text(text, encoding="utf-8")
    if config_dir is None:
        return
    for file in (f for g in (*GROUPS, *LISTED, "experiment") for f in sorted((Path(config_dir) / g).rglob("*.yaml"))):
        try:
            own = file.read_bytes()
        except OSError:
            continue  # What nobody can read was not used.
        kept = part / OWN_CONFIGS / file.relative_to(config_dir)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(own)


def write_json(data: Any, path: Path) -> None:
    """Write JSON, keys as given."""
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def say(text: str = "") -> None:
    """Print a line of the answer."""
    print(text, file=sys.stdout)
