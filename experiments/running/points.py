"""Points of an experiment, each in all its replications: the same customers with the same luck at every point."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np

from experiments.answers.cube import Cube, stages_of, with_parts
from experiments.answers.results import Results
from experiments.complaint import Complaint, Failure
from experiments.question import Question
from experiments.running.rehearsal import rehearse
from experiments.running.runner import Points, Wanted, known
from experiments.store import LostError, Store
from sim.analysis.pooled import Cohort
from sim.kpis.sketch import FATES, cell_hours
from sim.scenario import Scenario

T = TypeVar("T")

TRIES = 3
"""How often files that were damaged while they were looked at are made anew, before the disk is not trusted."""


@contextmanager
def store_of(question: Question) -> Iterator[Store]:
    """Open the store that a question names; where it names none, one that is gone afterwards."""
    if question.store is not None:
        store = Store(question.store)
        try:
            yield store
        finally:
            store.close()
        return
    with TemporaryDirectory(prefix="orgsim-") as place:
        store = Store(place, passing=True)
        try:
            yield store
        finally:
            store.close()


def run_points(
    points: Mapping[str, Scenario],
    question: Question,
    *,
    title: str,
    rivals: Sequence[str] = (),
    traces: Path | None = None,
) -> Results:
    """Give all measures of all points in all replications; run what is not known yet.

    Parameters
    ----------
    points : mapping
        What is run, by the name under which its rows stand.
    question : Question
        Seed, replications, engine, workers and store of all of them.
    title : str
        What the progress line says.
    rivals : sequence of str
        Names under which rivals in the market of the only point are told as well.
    traces : Path, optional
        Folder for traces as parquet; whoever wants them has everything run anew.

    Returns
    -------
    Results
        By point, in the given order, and replication; then those of rivals.

    Raises
    ------
    Complaint
        If a run cannot go on.
    Failure
        If something outside went wrong; what was done before is kept.
    """
    q = question if traces is None else question.model_copy(update={"store": None})
    wanted = Wanted(points.items(), q.seed, q.replications, title, traces=traces)
    with store_of(q) as store:
        return _answered(store, q, wanted, lambda addresses: _results(store, addresses, wanted, rivals))


def cube(
    points: Points,
    question: Question,
    kpis: Sequence[str],
    *,
    title: str,
    seed: int | None = None,
    replications: int | None = None,
) -> Cube:
    """Give some measures of many points in all replications; run what is not known yet.

    Parameters
    ----------
    points : Points
        Names and scenarios; looked at as they are needed, so that the first is run while the last is not made yet.
    question : Question
        Engine, workers, store; seed and replications unless told otherwise.
    kpis : sequence of str
        Names of measures, the first of which the progress line shows. Those of which a ratio is made come along.
    title : str
        What the progress line says.
    seed, replications : int, optional
        By default the question's.

    Returns
    -------
    Cube
        The points in the given order.

    Raises
    ------
    Complaint
        If a run cannot go on, or no point has a measure of such a name.
    Failure
        If something outside went wrong; what was done before is kept.
    """
    q = question
    s, n = q.seed if seed is None else seed, q.replications if replications is None else replications
    wanted = Wanted(points, s, n, title, watched=kpis[0])
    with store_of(q) as store:
        return _answered(store, q, wanted, lambda addresses: _cube(store, addresses, wanted, with_parts(kpis)))


def _answered(store: Store, question: Question, wanted: Wanted, read: Callable[[dict[str, str]], T]) -> T:
    """Read once all is known; again, if files that were known turn out to be damaged."""
    if question.dry:
        rehearse(store, question, wanted)
    for _ in range(TRIES):
        addresses = known(store, question, wanted)
        try:
            store.all_there([*addresses.values()], wanted.seed, wanted.replications)
            return read(addresses)
        except LostError as error:
            print(f"store {store.path}: {error}; they are run again", file=sys.stderr)
    raise Failure(f"store {store.path}: results are lost as soon as they are written")


def _results(store: Store, addresses: Mapping[str, str], wanted: Wanted, rivals: Sequence[str]) -> Results:
    return results_of(store, addresses, wanted.seed, wanted.replications, rivals)


def results_of(
    store: Store, addresses: Mapping[str, str], seed: int, replications: int | None = None, rivals: Sequence[str] = ()
) -> Results:
    """Read all measures of points.

    Parameters
    ----------
    store : Store
        Where they are.
    addresses : mapping of str to str
        Of the points, by name.
    seed : int
        Of all of them.
    replications : int, optional
        Those from 0 on; by default all that are known.
    rivals : sequence of str
        Names under which rivals in the market of the only point are told as well.

    Returns
    -------
    Results
        By point, in the given order, and replication; then those of rivals.

    Raises
    ------
    LostError
        If files are damaged; they are out of the ledger now.
    """
    points = list(dict.fromkeys(addresses.values()))
    asked = (points, seed, replications)
    names = [(name, addresses[name], 1) for name in addresses]
    names += [(rival, points[0], company) for company, rival in enumerate(rivals, 2)]
    measures, cohorts = store.measures(*asked).to_pydict(), store.cohorts(*asked).to_pydict()
    rows = _by_company(measures, ("kpi", "value", "unit"))
    cells = _by_company(cohorts, ("stage", "fate", "cell", "count"))
    hours = cell_hours().tolist()
    return Results(
        [(name, *row) for name, point, company in names for row in rows.get((point, company), ())],
        [
            (name, r, stage, FATES[fate], hours[cell], count)
            for name, point, company in names
            for r, stage, fate, cell, count in cells.get((point, company), ())
        ],
    )


def _by_company(columns: Mapping[str, list[object]], wanted: Sequence[str]) -> dict[tuple[str, int], list[tuple]]:
    found: dict[tuple[str, int], list[tuple]] = {}
    keys = zip(columns["point"], columns["company"], strict=True)
    for key, row in zip(keys, zip(columns["replication"], *(columns[c] for c in wanted), strict=True), strict=True):
        found.setdefault(key, []).append(row)  # type: ignore[arg-type]
    return found


def _cube(store: Store, addresses: Mapping[str, str], wanted: Wanted, kpis: Sequence[str]) -> Cube:
    points = list(dict.fromkeys(addresses.values()))
    table = store.measures(points, wanted.seed, wanted.replications, kpis, company=1)
    point, kpi = (table[name].combine_chunks().dictionary_encode() for name in ("point", "kpi"))
    place = {address: i for i, address in enumerate(points)}
    rows = np.array([place[p] for p in point.dictionary.to_pylist()], np.int64)[point.indices.to_numpy()]
    replication, value = table["replication"].to_numpy(), table["value"].to_numpy()
    which, names = kpi.indices.to_numpy(), kpi.dictionary.to_pylist()
    for name in kpis:
        if name not in names:
            raise Complaint.about("kpis", "no point has a measure of this name", repr(name))
    order = [place[address] for address in addresses.values()]
    values = {}
    for i, name in enumerate(names):
        found = np.full((len(points), wanted.replications), np.nan)
        found[rows[which == i], replication[which == i]] = value[which == i]
        values[name] = found[order]
    units = dict(zip(table["kpi"].to_pylist(), table["unit"].to_pylist(), strict=True))
    cohorts = _cohorts(store, points, wanted, stages_of(kpis))
    return Cube(
        tuple(addresses),
        {name: values[name] for name in kpis},
        {name: units[name] for name in kpis},
        {stage: [of_points[i] for i in order] for stage, of_points in cohorts.items()},
    )


def _cohorts(store: Store, points: list[str], wanted: Wanted, stages: list[str]) -> dict[str, list[Cohort]]:
    """Give the durations of stages at each point."""
    if not stages:
        return {}
    table = store.cohorts(points, wanted.seed, wanted.replications, stages, company=1)
    names = {kind: {name: i for i, name in enumerate(of)} for kind, of in (("point", points), ("stage", stages))}
    rows = {kind: np.array([place[name] for name in table[kind].to_pylist()], int) for kind, place in names.items()}
    replication, fate, cell, count = (table[c].to_numpy() for c in ("replication", "fate", "cell", "count"))
    hours, found = cell_hours(), {}
    for stage, s in names["stage"].items():
        found[stage] = []
        for p in range(len(points)):
            mine = (rows["stage"] == s) & (rows["point"] == p)
            cells, at = np.unique(cell[mine], return_inverse=True)
            counts = np.zeros((wanted.replications, len(FATES), len(cells)))
            counts[replication[mine], fate[mine], at] = count[mine]
            found[stage].append(Cohort(hours[cells], counts))
    return found
