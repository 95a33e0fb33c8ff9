"""`orgsim compare`: several designs on the same customers with the same luck."""

from __future__ import annotations

from typing import Any

from experiments.answers.answer import summary_of
from experiments.answers.folder import folder, provenance, say, target, write_config, write_json, write_results
from experiments.answers.results import Results, TidyRow
from experiments.complaint import Complaint
from experiments.composing.compose import Composed
from experiments.composing.designs import composed_designs
from experiments.running.points import run_points

CAVEATS = (
    "Against the untuned traditional design; no verdict on any claim.",
    "Intervals show luck only: they say nothing about the assumptions behind the numbers.",
    "Every design starts with the base's customers at neutral satisfaction and with empty queues.",
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
    data = _config(designs)
    origin = {**provenance(["compare", *overrides], data), "seed": q.seed, "replications": q.replications}
    path = target(q.out, "compare", str(origin["config"]))
    with folder(path) as part:
        results = run_points({name: c.scenario for name, c in designs.items()}, q, title="compare")
        comparison = _answer(results, designs, overrides, origin)
        write_results(results, part)
        write_config(data, part / "config.yaml")
        write_json({**comparison.summary, "provenance": origin, "demand": comparison.demand}, part / "summary.json")
        _write_report(comparison, part)
    from experiments.report.table import headline_table

    say(headline_table(comparison))
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
        caveats=CAVEATS,
        title=f"Org designs on the market {scenario.market.name}",
        customers=customers,
    )


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


def _write_report(comparison: Any, part: Any) -> None:
    from experiments.report.page import write_report

    try:
        write_report(comparison, part)
    except OSError as error:
        raise Complaint.about("out", f"cannot be written: {error.strerror}") from None
