"""A sweep that is killed again and again says the same as one that is left in peace.

``python -m tests.store.killed --points 60 --replications 4 --weeks 13 --kills 20``
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

STARTS_S = 4.0
"""Until a command is at work, on a slow machine."""
KPIS = "[throughput.new_customers_per_week,satisfaction.index]"


def command(store, out, asked):
    """Give the command line of the sweep."""
    sampled = f"sweep.lhs={{n: {asked.points}, ranges: {{market.needs.rate: [0.5, 1.5]}}}}"
    told = [f"run.weeks={asked.weeks}", f"replications={asked.replications}", f"engine={asked.engine}"]
    where = [f"workers={asked.workers}", f"store={store}", f"out={out}"]
    return [
        sys.executable,
        "-m",
        "experiments.cli",
        "sweep",
        *told,
        *where,
        sampled,
        f"sweep.kpis={KPIS}",
        "quiet=true",
    ]


def addresses(store):
    """Give all addresses in all files that the ledger knows, and what the ledger says of them."""
    path = Path(store) / "ledger.sqlite"
    if not path.exists():
        return []
    db = sqlite3.connect(path)
    try:
        return db.execute("select point, seed, replication, chunk from done").fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        db.close()


def contents(store):
    """Give number and checksum of all measures, as the ledger knows them, and how many addresses are there twice."""
    found = addresses(store)
    files = [str(Path(store) / "chunks" / f"{chunk}.parquet") for chunk in {row[3] for row in found}]
    with duckdb.connect() as db:
        db.execute("create table done (point varchar, seed bigint, replication int, chunk varchar)")
        db.executemany("insert into done values (?, ?, ?, ?)", found)
        rows = f"""
            from read_parquet({files!r}, filename = true) r join done d on d.point = r.point and d.seed = r.seed
            and d.replication = r.replication and r.filename like '%/' || d.chunk || '.parquet'
        """
        key = "r.point, r.seed, r.replication, r.company, r.kpi"
        n, checksum = db.execute(f"select count(*), bit_xor(hash({key}, r.value, r.unit)) {rows}").fetchone()
        (twice,) = db.execute(f"select count(*) from (select 1 {rows} group by {key} having count(*) > 1)").fetchone()
    return len(found), n, checksum, twice


def killed(store, out, asked, kills, longest_s):
    """Run the sweep, kill it at random moments, and go on until it ends; how often it was killed."""
    draw, hit = random.Random(asked.seed), 0
    while True:
        running = subprocess.Popen(command(store, out, asked), start_new_session=True)
        try:
            code = running.wait(draw.uniform(0.0, longest_s) if hit < kills else None)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            hit += 1
            continue
        assert code == 0, code
        return hit


def main(words=None):
    """Compare a sweep left in peace with one that is killed; exit code 1 if they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (
        ("points", 1000),
        ("replications", 20),
        ("weeks", 52),
        ("workers", 2),
        ("kills", 20),
        ("seed", 1),
    ):
        parser.add_argument(f"--{name}", type=float if name == "weeks" else int, default=usual)
    parser.add_argument("--engine", default="compiled")
    asked = parser.parse_args(words)
    with TemporaryDirectory() as place:
        peace, war = Path(place) / "peace", Path(place) / "war"
        began = time.monotonic()
        subprocess.run(command(peace / "store", peace / "out", asked), check=True)
        took_s = time.monotonic() - began
        # Most should be killed at work, and half of the work should be left when the last has been.
        longest_s = 2.0 * (STARTS_S + 0.5 * took_s / max(1, asked.kills))
        hit = killed(war / "store", war / "out", asked, asked.kills, longest_s)
        one, other = contents(peace / "store"), contents(war / "store")
        tables = [(where / "out" / "points.csv").read_bytes() for where in (peace, war)]
    same = one == other and tables[0] == tables[1] and not one[3] and one[0] == asked.points * asked.replications
    told = [f"{n} replications, {m} measures, checksum {c:x}, {twice} twice" for n, m, c, twice in (one, other)]
    print(f"left in peace: {took_s:.0f} s; {told[0]}")
    print(f"killed {hit} of {asked.kills} times: {told[1]}")
    print("the same" if same else "NOT the same")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
