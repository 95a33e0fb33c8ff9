"""`orgsim compare`: several designs on the same customers with the same luck."""

from __future__ import annotations

from dataclasses import replace
from textwrap import fill
from typing import Any

from experiments.answers.answer import summary_of
from experiments.answers.best import Best, best_of
from experiments.answers.family import family_of
from experiments.answers.folder import folder, say, target, write_config, write_json, write_results
from experiments.answers.provenance import provenance
from experiments.answers.results import Results, TidyRow
from experiments.complaint import Complaint
from experiments.composing.compose import Composed
from experiments.composing.designs import composed_designs
from experiments.composing.measured import measured_at
from experiments.running.points import run_points

UNTUNED = "traditional"
"""The shipped design that nobody has improved; others gain on it what any improvement gains."""
LUCK_ONLY = "Intervals show luck only: they say nothing about the assumptions behind the numbers."

NOT_GOOD = (
    "Designs that cannot be told from the best are not shown to be good, nor to be equal: more replications may tell "
    "them apart."
)


def main(overrides: list[str], config_dir: str | None) -> None:
    """Compare designs, print the table, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; overrides of ``org.*`` apply to every design.
    config_dir : str or None
        A user's own configs.
    """
    designs = composed_designs(overrides, config_dir)
    first = next(iter(designs.values()))
    q = first.question
    if q.best is not None:
        measured_at("best", [q.best], {name: c.scenario for name, c in designs.items()})
    data = _config(designs)
    origin = provenance("compare", overrides, config_dir, data, seed=q.seed, replications=q.replications)
    path = target(q.out, "compare", str(origin["config"]))
    with folder(path) as part:
        results = run_points({name: c.scenario for name, c in designs.items()}, q, title="compare")
        comparison = _answer(results, designs, overrides, origin)
        family, best = family_of(comparison), best_of(results, list(designs), q.best)
        write_results(results, part)
        write_config(data, part, config_dir)
        together = {"family": family.plain(), "best": None if best is None else best.plain()}
        found = {**comparison.summary, **together, "demand": comparison.demand}
        write_json({**found, "provenance": origin}, part / "summary.json")
        _write_report(comparison, best, part)
    from experiments.report.table import WIDTH, headline_table

    say(headline_table(comparison))
    for line in [*family.lines(), *([best.line()] if best else [])]:
        say(fill(line, WIDTH, subsequent_indent="  "))
    say(f"\nreport: {path / 'report.html'}")


def _config(designs: dict[str, Composed]) -> dict[str, Any]:
    """Give the resolved config: what is common once, and each design's own part."""
    first = next(iter(designs.values())).data
    common = {k: v for k, v in first.items() if k != "org"}
    return {**common, "designs": list(designs), "org": {name: c.data["org"] for name, c in designs.items()}}


def _answer(results: Results, designs: dict[str, Composed], overrides: list[str], origin: dict[str, Any]) -> Any:
    from experiments.report.comparison import Comparison

    scenario = next(iter(designs.values())).scenario
    recorded = scenario.market.needs.recorded if scenario.market.needs else None
    customers = ""
    if recorded is not None:
        customers = (
            f"Every design met the same {recorded.rows:,} recorded needs of {recorded.path} "
            f"(column {recorded.time}, SHA-256 {str(recorded.sha256)[:12]}), from Monday {recorded.start_date}. "
            "Rows that were not reached or not usable are counted."
        )
    if scenario.rivals:
        rivals = ", ".join(org.name for org in scenario.rivals)
        customers = f"{customers} Every design met the same rivals on the same accounts: {rivals}.".strip()
    return Comparison(
        designs=list(designs),
        rows=results.rows,
        summary=summary_of(results, list(designs)),
        provenance=origin,
        demand=_demand(results.rows, list(designs)),
        overrides=[o for o in overrides if o.startswith("org.")],
        caveats=_caveats(next(iter(designs)), next(iter(designs.values()))),
        title=f"Org designs on the market {scenario.market.name}",
        customers=customers,
    )


def _caveats(reference: str, c: Composed) -> tuple[str, ...]:
    """Say what a comparison with this reference does not show."""
    opponent = (
        "the untuned traditional design" if reference == UNTUNED else f"{reference} as it is described, tuned or not"
    )
    start = "with the market's customers at neutral satisfaction and with empty queues."
    weeks = f"{c.scenario.run.warmup_weeks:g} weeks"
    first = c.data.get("run_in")
    begins = f"Every design takes over from {first} after {weeks}, which started" if first else "Every design starts"
    return (f"Against {opponent}; no verdict on any claim.", LUCK_ONLY, f"{begins} {start}")


def _demand(rows: list[TidyRow], designs: list[str]) -> list[dict[str, Any]]:
    """Count needs, inquiries and unusable needs by design: means over replications, whole run."""
    found = []
    for design in designs:
        line: dict[str, Any] = {"design": design}
        for kpi, label in (
            ("demand.needs", "needs"),
            ("demand.not_reached", "not reached"),
            ("demand.unusable", "account not available"),
            ("demand.inquiries", "inquiries"),
        ):
            values = [v for d, _, k, v, _ in rows if d == design and k == kpi]
            line[label] = f"{sum(values) / len(values):,.1f}" if values else "-"
        found.append(line)
    return found


def _write_report(comparison: Any, best: Best | None, part: Any) -> None:
    from experiments.report.document import Section, Statement, write_document
    from experiments.report.page import comparison_document
    from sim.analysis.holm import holm_adjusted

    document = comparison_document(comparison, lambda p: holm_adjusted(p).tolist())
    if best is not None:
        said = Statement(best.line(), "screened on paired differences of all designs, Bonferroni")
        which = Section("Which may be the best", [best.line(), *_beaten(best), NOT_GOOD])
        document = replace(
            document,
            summary=[*document.summary, said],
            sections=[*document.sections[:2], which, *document.sections[2:]],
        )
    try:
        write_document(document, part)
    except OSError as error:
        raise Complaint.about("out", f"cannot be written: {error.strerror}") from None


def _beaten(best: Best) -> list[str]:
    """Say by whom every other design is beaten."""
    by = best.plain()["beaten_by"]
    return [f"{design} is told to be behind {other}." for design, other in by.items()]
