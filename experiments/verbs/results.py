"""`orgsim results`: what the store holds, and how it is shown, exported and cleared up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from experiments.answers.folder import say
from experiments.answers.number import number_text
from experiments.complaint import Complaint, Failure
from experiments.running.rehearsal import bytes_told
from experiments.store import LostError, Store, model_version
from experiments.store.chunk import Chunk
from experiments.store.export import export
from experiments.store.ledger import Point
from experiments.store.store import LEDGER
from sim.scenario.problems import nearest

USUAL = "results/store"
"""The store, unless another is named."""
TRIES = 3
"""How often is read again after files that were found damaged."""
LEAST_SHOWN = 8
"""Digits of an address, or more where so many do not tell points apart."""

T = TypeVar("T")
Words = dict[str, str]


def main(overrides: list[str], config_dir: str | None) -> None:
    """Do one of the things that can be done with a store.

    Parameters
    ----------
    overrides : list of str
        What is to be done, and words for it: ``list``, ``show NAME``, ``export out=FILE``, ``prune what=old``.
    config_dir : str or None
        Not used.
    """
    actions: dict[str, tuple[Callable[[Store, Words], None], set[str]]] = {
        "list": (_list, set()),
        "show": (_show, {"what"}),
        "export": (_export, {"out", "kpis", "points"}),
        "prune": (_prune, {"what", "yes"}),
    }
    if not overrides or overrides[0] not in actions:
        told = f"must be followed by one of {', '.join(actions)}"
        raise Complaint.about("results", told, repr(overrides[0]) if overrides else "")
    action, names = actions[overrides[0]]
    words = _words(overrides[0], overrides[1:], names)
    with _opened(words.get("store", USUAL)) as store:
        action(store, words)


def _words(action: str, given: Sequence[str], names: set[str]) -> Words:
    """Read ``key=value``, and one word without a key where something is to be named."""
    found: Words = {}
    for word in given:
        key, equals, value = word.partition("=")
        # A point may be called `org=traditional`; whatever is no key is a name.
        if "what" in names and "what" not in found and (not equals or key not in names | {"store"}):
            key, value = "what", word
        elif not equals or key not in names | {"store"}:
            known = [f"{name}=" for name in sorted({*names, "store"})]
            raise Complaint.about(key, f"no word of results {action}{nearest(key, known)}", word if equals else "")
        if key in found:
            raise Complaint.about(key, "is given twice", repr(value))
        if not value:
            raise Complaint.about(key, "must not be empty")
        found[key] = value
    return found


@contextmanager
def _opened(path: str) -> Iterator[Store]:
    if not (Path(path) / LEDGER).is_file():
        raise Complaint.about("store", "there is no store of results", repr(path))
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


def _list(store: Store, words: Words) -> None:
    del words
    points = store.points()
    length = _length(points)
    rows = [("address", "replications", "seeds", "first asked (UTC)", "version", "title", "name")]
    for p in points:
        seeds = ",".join(map(str, p.seeds[:3])) + ("..." if len(p.seeds) > 3 else "")
        at = p.at[:16].replace("T", " ")
        rows.append((p.address[:length], f"{p.replications:,}", seeds, at, _version(p), p.about["title"], _name(p)))
    if points:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            say("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    chunks, unread = store.chunks(), store.unread()
    done = sum(p.replications for p in points)
    files = f"{2 * len(chunks):,} files of {bytes_told(_bytes(chunks))}"
    say(f"{len(points):,} points, {done:,} replications, {files} in {store.path}")
    if unread:
        files = f"{len(unread):,} files of {bytes_told(_on_disk(unread))}"
        say(f"{files} that nobody reads: of commands that were killed, or run now")


def _show(store: Store, words: Words) -> None:
    import yaml

    if "what" not in words:
        raise Complaint.about("results show", "must be followed by a name or the first digits of an address")
    (point,) = _found(store.points(), [words["what"]], "show", one=True)
    say(f"# {_name(point)}: {point.address}, {_version(point)} version, first asked for {point.at}")
    say(yaml.safe_dump(store.scenario(point.address), sort_keys=False, allow_unicode=True))
    for seed in point.seeds:
        _tell(store, point, seed)
    say("Mean over replications with 95 % interval: luck only, not the assumptions.")


def _tell(store: Store, point: Point, seed: int) -> None:
    from experiments.answers.answer import summary_of
    from experiments.running.points import results_of

    name = _name(point)
    found = _again(store, lambda: results_of(store, {name: point.address}, seed))
    if not found.rows:
        return
    cells, units = summary_of(found, [name])["designs"][name], {row[2]: row[4] for row in found.rows}
    width = max(map(len, cells))
    say(f"seed {seed}: {len({row[1] for row in found.rows})} replications")
    for kpi, cell in cells.items():
        told = [_number(cell[key]) for key in ("mean", "low", "high")]
        say(f"{kpi:{width}}  {told[0]:>10} ({told[1]} to {told[2]}) {units.get(kpi, '')}".rstrip())
    say("")


def _export(store: Store, words: Words) -> None:
    if "out" not in words:
        raise Complaint.about("out", "must be given, as in out=measures.csv")
    points, out = store.points(), Path(words["out"])
    if "points" in words:
        points = _found(points, _names(words["points"]), "points")
    points = [p for p in points if p.replications]
    if not points:
        raise Complaint.about("store", "holds no results", repr(str(store.path)))
    kpis = _names(words.get("kpis", ""))
    n = _again(store, lambda: export(store, {p.address: _name(p) for p in points}, kpis, out))
    say(f"written: {out} ({n:,} rows, {len(points):,} point{'s' * (len(points) != 1)})")


def _prune(store: Store, words: Words) -> None:
    what, yes = words.get("what", ""), words.get("yes", "false")
    if yes not in ("true", "false"):
        raise Complaint.about("yes", "must be true or false", repr(yes))
    if not what:
        raise Complaint.about("what", "must be given: old, unread, or a name or the first digits of an address")
    points = store.points()
    match what:
        case "old":
            gone = [p for p in points if p.version != model_version()]
        case "unread":
            gone = []
        case _:
            gone = _found(points, [what], "what")
    addresses = {p.address for p in gone}
    files = [c for c in store.chunks() if {a.point for a in c.addresses} <= addresses]
    unread = store.unread()
    size, n = _bytes(files) + _on_disk(unread), 2 * len(files) + len(unread)
    told = (
        f"{len(gone):,} points, {sum(p.replications for p in gone):,} replications, {n:,} files of {bytes_told(size)}"
    )
    if yes == "false":
        for p in gone:
            say(f"{p.address[: _length(points)]}  {p.replications:,} replications  {_version(p)}  {_name(p)}")
        say(f"would go: {told}; yes=true does it")
        return
    store.prune([*addresses])
    say(f"gone: {told}")


# -- points


def _found(points: Sequence[Point], names: Sequence[str], path: str, *, one: bool = False) -> list[Point]:
    """Give the points of some names, or whose addresses begin so."""
    found: dict[str, Point] = {}
    for name in names:
        alike = [p for p in points if _name(p) == name] or [p for p in points if p.address.startswith(name)]
        if not alike:
            known = dict.fromkeys(map(_name, points))
            raise Complaint.about(path, f"no point of this name or address{nearest(name, known)}", repr(name))
        if one and len(alike) > 1:
            told = ", ".join(f"{p.address[: _length(points)]} ({p.about['title']}, {p.at})" for p in alike[:10])
            raise Complaint.about(path, f"{len(alike)} points; name one by its address: {told}", repr(name))
        found |= {p.address: p for p in alike}
    return [*found.values()]


def _length(points: Sequence[Point]) -> int:
    return next((n for n in range(LEAST_SHOWN, 32) if len({p.address[:n] for p in points}) == len(points)), 32)


def _name(point: Point) -> str:
    return point.about["name"]


def _version(point: Point) -> str:
    return "current" if point.version == model_version() else "old"


# -- reading and words


def _again(store: Store, read: Callable[[], T]) -> T:
    for _ in range(TRIES):
        try:
            return read()
        except LostError as error:
            print(f"store {store.path}: {error}; left out", file=sys.stderr)
    raise Failure(f"store {store.path}: results are lost again and again")


def _names(text: str) -> list[str]:
    """Read ``[a, b]`` or ``a,b``; what stands in braces or brackets inside belongs to a name."""
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    found, depth = [""], 0
    for sign in inner:
        depth += (sign in "[{(") - (sign in "]})")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [name.strip() for name in found if name.strip()]


def _bytes(chunks: Sequence[Chunk]) -> int:
    return sum(chunk.measures.size + chunk.cohorts.size for chunk in chunks)


def _on_disk(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.exists())


def _number(value: float | None) -> str:
    return "-" if value is None else number_text(value)
