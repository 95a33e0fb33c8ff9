"""Procedures that select the best candidate: which replications they ask for, and what they conclude."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from experiments.answers.selection import Candidate, Selection, behind, percent
from experiments.running.candidates import Candidates
from experiments.specs.select import Select
from sim.analysis.intervals import mean_interval
from sim.analysis.kim_nelson import Sequential, kim_nelson, outgrown
from sim.analysis.ocba import allocation, leader

SHARE_OF_BUDGET = 0.05
"""Run before looking again; of what is run at a time some may turn out not to have been needed."""


def by_kim_nelson(candidates: Candidates, asked: Select, larger: bool, workers: int) -> Selection:
    """Run all candidates side by side and drop those that are behind, until one is left or the budget is spent.

    Parameters
    ----------
    candidates : Candidates
        At least two.
    asked : Select
        With `delta`.
    larger : bool
        Whether larger is better.
    workers : int
        Batches keep so many busy.
    """
    assert asked.delta is not None
    candidates.run([asked.first] * len(candidates.names))
    while True:
        found = kim_nelson(
            candidates.values, delta=asked.delta, first=asked.first, alpha=asked.alpha, larger_is_better=larger
        )
        room = asked.budget - candidates.spent
        if found.decided or room < len(found.left):
            break
        rounds = max(1, min(_batch(asked, workers), room) // len(found.left))
        runs = candidates.runs.copy()
        runs[list(found.left)] = min(found.rounds + rounds, found.at_most)
        candidates.run(runs)
    return _of_kim_nelson(candidates, asked, larger, found)


def by_allocation(candidates: Candidates, asked: Select, larger: bool, workers: int) -> Selection:
    """Spend a budget where it tells most about which candidate is the best; parameters as `by_kim_nelson`."""
    candidates.run([asked.first] * len(candidates.names))
    while (room := asked.budget - candidates.spent) > 0:
        extra = min(_batch(asked, workers), room)
        more = allocation(candidates.values, extra, delta=asked.delta or 0.0, larger_is_better=larger)
        candidates.run(candidates.runs + more)
    values = candidates.values
    best = leader(values if larger else -values)
    told = behind(values, best, asked.alpha, larger)
    fates = ["selected" if i == best else "behind" if one.low > 0.0 else "not told" for i, one in enumerate(told)]
    rivals = [name for name, fate in zip(candidates.names, fates, strict=True) if fate == "not told"]
    sure = percent(1.0 - asked.alpha)
    claims = [
        f"{candidates.names[best]} leads after {candidates.spent} replications in all. A budget guarantees nothing: it "
        "was spent where it tells most."
    ]
    if rivals:
        claims.append(
            f"It is not told from {_listed(rivals)}: the best is among these {len(rivals) + 1} with about {sure}."
        )
    else:
        claims.append(f"All others are told to be behind it, all at once, with about {sure}.")
    claims.append("About, because where replications went depended on what came out before.")
    return _selection(candidates, larger, asked.alpha, best, fates, True, claims)


def _batch(asked: Select, workers: int) -> int:
    return asked.batch if asked.batch != "auto" else max(workers, ceil(SHARE_OF_BUDGET * asked.budget))


def _of_kim_nelson(candidates: Candidates, asked: Select, larger: bool, found: Sequential) -> Selection:
    names, best = candidates.names, found.left[0]
    fates = [f"out at {at}" if at is not None else "still in" for at in found.out_at]
    fates[best] = "selected"
    others = [names[i] for i in found.left[1:]]
    sure = f"at least {percent(1.0 - asked.alpha)}"
    least = f"{asked.delta:,.6g} {candidates.unit}"
    if not found.decided:
        claims = [
            f"Not decided within the budget of {asked.budget} replications: {len(found.left)} are still in, "
            f"{names[best]} leads.",
            f"With a probability of {sure} the best is among them, if it is better than every other by {least} or "
            "more.",
            f"It ends after at most {found.at_most:,} replications of each of them; "
            f"select.budget={candidates.spent + len(found.left) * (found.at_most - found.rounds)} is enough.",
        ]
    else:
        claims = [
            f"With a probability of {sure} {names[best]} is the best, if the best is better than every other by "
            f"{least} or more.",
            "Where others come closer to the best than that, one of these may have been selected instead.",
        ]
        if others:
            claims.insert(
                1, f"{_listed([names[best], *others])} are equal to the last digit: it does not matter which."
            )
    claims.append(f"A difference below {least} does not matter: {asked.delta_because}.")
    judged = [(i, found.beaten_by[i]) for i, at in enumerate(found.out_at) if at is not None]
    judged += [(best, i) for i in found.left[1:]]
    if misled := outgrown(candidates.values, judged, asked.first):
        what = _listed([f"{names[i]} less {names[j]}" for i, j in misled])
        claims.insert(
            0,
            f"Do not rely on this: {what} spread far more after the first {asked.first} replications than in them, so "
            "that chance was taken for less than it is. Longer runs or a larger select.first mend that.",
        )
    beaten_by = [names[i] if i >= 0 else "" for i in found.beaten_by]
    return _selection(
        candidates, larger, asked.alpha, best, fates, found.decided, claims, beaten_by, reliable=not misled
    )


def _selection(
    candidates: Candidates,
    larger: bool,
    alpha: float,
    best: int,
    fates: Sequence[str],
    decided: bool,
    claims: Sequence[str],
    beaten_by: Sequence[str] = (),
    reliable: bool = True,
) -> Selection:
    told = behind(candidates.values, best, alpha, larger)
    found = [
        Candidate(name, int(n), mean_interval(row[:n]), one, fate, by)
        for name, n, row, one, fate, by in zip(
            candidates.names,
            candidates.runs,
            candidates.values,
            told,
            fates,
            beaten_by or [""] * len(fates),
            strict=True,
        )
    ]
    rank = [(i != best, not one.may_be_best, one.behind.mean) for i, one in enumerate(found)]
    order = sorted(range(len(found)), key=rank.__getitem__)
    return Selection(tuple(found[i] for i in order), decided, tuple(claims), reliable)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
