"""What may be said of one design against the reference, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.report.document import Statement
from experiments.report.finding import Finding
from experiments.report.headline import PRIMARY
from experiments.report.wording import said_difference, said_range

SIZES = 3
"""So many better and so many worse measures come with their sizes; the others by name."""
VERDICTS = {
    "better": "decided and better",
    "worse": "decided and worse",
    "differs": "decided, neither way better in itself",
}
WHY_NOT = {
    "partly defined": "defined in some replications only",
    "no interval": "no interval",
    "not defined": "not defined under one of the two",
}
"""Why a difference is not compared, by fate. What drifts is said once for all designs, and costs by terms apart."""
CHANCE = "could be chance: not shown to differ, nor shown to be equal"
NO_INTERVAL = "no interval: cannot be told from chance"


def in_detail(design: str, mine: Sequence[Finding], rule: str) -> list[Statement]:
    """Say of a design what is decided, with sizes, what is not, and what was not compared.

    Parameters
    ----------
    design : str
        Never the reference.
    mine : sequence of Finding
        Of this design.
    rule : str
        How sure a difference is that is called one.

    Returns
    -------
    list of Statement
        The outcome that counts most first.
    """
    statements = [_primary(design, mine, rule)]
    rest = _others(mine)
    for verdict, head in VERDICTS.items():
        decided = [finding for finding in rest if finding.verdict == verdict]
        if decided:
            statements.append(Statement(f"{design}, {head}: {_with_sizes(decided)}.", rule))
    both = {finding.verdict for finding in mine} >= {"better", "worse"}
    if both:
        text = f"{design} is better in some and worse in other respects; which weighs more, these numbers do not say."
        statements.append(Statement(text, "a matter of judgment"))
    undecided = [finding.line.headline.label for finding in rest if finding.fate == "undecided"]
    if undecided:
        statements.append(Statement(f"{design}, not decided: {named(undecided)}.", CHANCE))
    reasons = []
    for fate, why in WHY_NOT.items():
        labels = [finding.line.headline.label for finding in rest if finding.fate == fate]
        if labels:
            reasons.append(f"{named(labels)} ({why})")
    if reasons:
        statements.append(Statement(f"{design}, not compared: {'; '.join(reasons)}.", "nothing can be said"))
    return statements


def in_brief(design: str, mine: Sequence[Finding], rule: str) -> list[Statement]:
    """Say the same in brief: with the size of the outcome that counts most alone, and without naming what is open."""
    statements = [_primary(design, mine, rule)]
    rest = _others(mine)
    heads = {"better": "better in", "worse": "worse in", "differs": "different in"}
    decided = []
    for verdict, head in heads.items():
        labels = [finding.line.headline.label for finding in rest if finding.verdict == verdict]
        if labels:
            decided.append(f"{head} {named(labels[: 2 * SIZES])}{_more(len(labels) - 2 * SIZES)}")
    undecided = sum(finding.fate == "undecided" for finding in rest)
    others = f"{undecided} other measure{'' if undecided == 1 else 's'}"
    if decided:
        open_too = f"; {others} not decided" if undecided else ""
        statements.append(Statement(f"It is {', and '.join(decided)}{open_too}.", rule))
    elif undecided:
        statements.append(Statement(f"Besides, {others} of it not decided.", CHANCE))
    return statements


def _others(mine: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in mine if finding.line.headline.kpi != PRIMARY]


def _primary(design: str, mine: Sequence[Finding], rule: str) -> Statement:
    """Say what becomes of the outcome that counts most."""
    found = next((finding for finding in mine if finding.line.headline.kpi == PRIMARY), None)
    if found is None or found.fate == "not defined":
        return Statement(f"Whether {design} earns more or less was not measured.", "no such number")
    if found.fate == "decided":
        return Statement(f"{design} {said_difference(found.line, found.difference)}.", rule)
    if found.fate == "undecided":
        text = f"Whether {design} earns more or less is not decided: {said_range(found.line, found.difference)}."
        return Statement(text, CHANCE)
    why = WHY_NOT.get(found.fate, "no steady state")
    return Statement(
        f"Whether {design} earns more or less cannot be said.", NO_INTERVAL if why == "no interval" else why
    )


def _with_sizes(decided: Sequence[Finding]) -> str:
    said = [said_difference(finding.line, finding.difference) for finding in decided[:SIZES]]
    rest = [finding.line.headline.label for finding in decided[SIZES:]]
    return "; ".join([*said, f"besides, {named(rest)}"] if rest else said)


def named(labels: Sequence[str]) -> str:
    """List labels as they stand inside a sentence."""
    return "; ".join(label[:1].lower() + label[1:] for label in labels)


def _more(n: int) -> str:
    return f" and {n} more" if n > 0 else ""
