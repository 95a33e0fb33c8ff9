"""The page on top, in plain words: what is decided, what is not, what drifts, and what no interval covers.

Written by rules from the numbers. A difference is called one only if its interval excludes zero, after it was said how
many were looked at, and if a correction for their number is given, only if it outlasts that too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf, isfinite

from experiments.report.comparison import Comparison
from experiments.report.design_in_words import SIZES, in_brief, in_detail, named
from experiments.report.document import Statement
from experiments.report.finding import Adjust, Finding, findings
from experiments.report.headline import PRIMARY
from experiments.report.line import UNSTEADY, Line, lines
from experiments.report.wording import said_level

DETAILED = 2
"""Up to so many designs beside the reference are spoken of in detail."""
SPOKEN_OF = 6
"""So many are spoken of at all; all of them are in the tables."""
FEW = 10
"""Below so many replications an interval leans on the form of the normal distribution."""
SAME_COST = 0.005
"""Yearly costs that differ by less than this share are called equal."""


def in_words(comparison: Comparison, adjust: Adjust | None = None) -> list[Statement]:
    """Say in plain words what the results allow to be said.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    adjust : callable, optional
        Corrects p values for the number of differences looked at; see `experiments.report.finding.Adjust`.

    Returns
    -------
    list of Statement
        In the order to be read.
    """
    found = lines(comparison)
    if not found:
        return [Statement("None of the headline measures is among the results.", "nothing to be said")]
    if len(comparison.designs) == 1:
        return [*_alone(comparison, found), *_drifting(found)]
    judged, others = findings(comparison, adjust), comparison.designs[1:]
    rule = f"decided at {_percent(comparison)}{', corrected' if adjust else ''}"
    said = in_detail if len(others) <= DETAILED else in_brief
    statements = [_looked_at(comparison, found, judged, adjust)]
    for design in others[:SPOKEN_OF]:
        statements += said(design, [finding for finding in judged if finding.design == design], rule)
    if len(others) > SPOKEN_OF:
        statements.append(Statement(f"{len(others) - SPOKEN_OF} more designs are in the tables.", "not spoken of here"))
    if len(others) > 1:
        text = f"Every design was held against {comparison.reference}; the others were not held against one another."
        statements.append(Statement(text, "not looked at"))
    return [*statements, *_costs(comparison, judged), *_drifting(found)]


def _replications(comparison: Comparison, found: Iterable[Line]) -> int:
    """Give the number of replications: as recorded, or else the most that any headline has."""
    asked = comparison.provenance.get("replications")
    if isinstance(asked, int):
        return asked
    return max((estimate.n for line in found for estimate in line.estimates.values()), default=0)


def _percent(comparison: Comparison) -> str:
    return f"{100 * comparison.confidence:g} %"


def _looked_at(
    comparison: Comparison, found: Sequence[Line], judged: Sequence[Finding], adjust: Adjust | None
) -> Statement:
    """Say how many differences were looked at, before any of them is called one."""
    others, n = len(comparison.designs) - 1, _replications(comparison, found)
    against = comparison.designs[1] if others == 1 else f"{others} designs"
    text = (
        f"{against} against {comparison.reference} in {_counted(n, 'replication')} with the same customers: "
        f"{_counted(len(found), 'headline measure')}, {_counted(len(judged), 'difference')} looked at."
    )
    tested = sum(isfinite(finding.p) for finding in judged)
    if not tested:
        return Statement(text, "no interval, so no difference can be told from chance")
    sure = f"decided means: the {_percent(comparison)} interval of the difference excludes zero"
    if adjust is None:
        chance = (1.0 - comparison.confidence) * tested
        sure += f"; of the {tested} there are about {chance:.2g} would by chance alone"
    else:
        sure += f", and it outlasts a correction for all {tested} tested"
    few = f"; with only {n} replications intervals lean on the normal distribution" if n < FEW else ""
    return Statement(text, sure + few)


def _costs(comparison: Comparison, judged: Sequence[Finding]) -> list[Statement]:
    """Say whether the designs cost the same by their terms, which is an input."""
    by_terms = [finding for finding in judged if finding.fate == "by terms"]
    if not by_terms:
        return []
    unequal = []
    for finding in by_terms:
        reference = abs(finding.line.estimates[comparison.reference].mean)
        share = finding.difference.mean / reference if reference else inf
        if abs(share) > SAME_COST:
            unequal.append((share, f"{finding.design} costs {_more_or_less(share)}"))
    if not unequal:
        text = f"By their terms all designs cost the same a year, to within {100 * SAME_COST:g} %."
    elif len(unequal) <= DETAILED:
        named_ones = " and ".join(text for _, text in unequal)
        text = f"Not at equal cost, by terms: {named_ones} a year than {comparison.reference}."
    else:
        least, most = min(unequal)[0], max(unequal)[0]
        text = (
            f"Not at equal cost: by their terms {len(unequal)} of {_counted(len(by_terms), 'design')} cost another sum "
            f"than {comparison.reference}, from {_more_or_less(least)} to {_more_or_less(most)}."
        )
    return [Statement(text, "set by the designs, not a result")]


def _more_or_less(share: float) -> str:
    return f"{100 * abs(share):.2g} % {'more' if share > 0.0 else 'less'}"


def _alone(comparison: Comparison, found: Sequence[Line]) -> list[Statement]:
    """Say the levels of a single design."""
    design, n = comparison.reference, _replications(comparison, found)
    statements = [Statement(f"{design} by itself: nothing was compared.", f"one design, {_counted(n, 'replication')}")]
    known = [line for line in found if not line.unsteady and isfinite(line.estimates[design].mean)]
    for line in sorted(known, key=lambda line: line.headline.kpi != PRIMARY)[: 3 * SIZES]:
        estimate = line.estimates[design]
        bounds = f"{_percent(comparison)} interval" if isfinite(estimate.low) else "no interval"
        sure = "set by the design, not a result" if line.headline.by_terms else bounds
        statements.append(Statement(f"It {said_level(line, estimate)}.", sure))
    return statements


def _drifting(found: Sequence[Line]) -> list[Statement]:
    """Name the headlines that depend on when one looks, with the designs under which they do."""
    labels = []
    for line in found:
        if line.unsteady:
            under = line.unsteady[0] if len(line.unsteady) == 1 else f"{len(line.unsteady)} designs"
            labels.append(f"{line.headline.label} ({under})")
    if not labels:
        return []
    return [Statement(f"{UNSTEADY} No steady state: {named(labels)}.", "not to be quoted: depends on when one looks")]


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"
