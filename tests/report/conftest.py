"""A made-up comparison: numbers shaped like results, from a fixed generator, that prove nothing."""

import math

import numpy as np
import pytest

from experiments.report import Comparison
from experiments.report.figures import figures
from experiments.report.headline import HEADLINES

HOURS = (1, 2, 4, 8, 24, 48, 72, 168, 336, 672, 1344)

LEVELS = {
    "throughput.new_customers_per_week": ("per week", 1.21, 0.3),
    "throughput.revenue_usd_per_week": ("USD per week", 412_000.0, 21_000.0),
    "throughput.orders_per_week": ("per week", 38.0, 2.0),
    "flow.opportunity.answer.median_h": ("h", 31.0, 3.0),
    "flow.opportunity.answer.reached_share": ("share", 0.81, 0.02),
    "flow.opportunity.proposal.median_h": ("h", 340.0, 30.0),
    "satisfaction.index": ("index", 0.71, 0.01),
    "satisfaction.on_time_in_full": ("share", 0.88, 0.02),
    "satisfaction.churn_per_account_year": ("per account-year", 0.093, 0.01),
    "people.salesperson.share.persuasion": ("share", 0.19, 0.01),
    "money.operating_expense_usd_per_year": ("USD per year", 7_420_000.0, 60_000.0),
    "money.contribution_less_realized_opex_usd_per_year": ("USD per year", 1_130_000.0, 400_000.0),
    "money.cost_per_new_customer_usd": ("USD", 31_800.0, 4_000.0),
    "flow.opportunity.split.touch_h": ("h", 14.0, 0.5),
    "flow.opportunity.split.queue_h": ("h", 120.0, 12.0),
    "flow.opportunity.split.off_shift_h": ("h", 260.0, 10.0),
    "flow.opportunity.split.customer_h": ("h", 310.0, 15.0),
    "flow.opportunity.split.blocked_h": ("h", 22.0, 3.0),
    "throughput.needs_per_week": ("1/week", 60.0, 2.0),
    "throughput.opportunity.begins_per_week": ("1/week", 16.0, 0.5),
    "throughput.opportunity.end.won_share": ("share", 0.06, 0.01),
    "throughput.opportunity.end.no_decision_share": ("share", 0.11, 0.01),
    "throughput.opportunity.end.unanswered_share": ("share", 0.31, 0.02),
    "throughput.opportunity.end.unqualified_share": ("share", 0.42, 0.02),
    "throughput.opportunity.end.open_share": ("share", 0.10, 0.01),
    "throughput.bookings.variance_over_chance": ("1", 1.4, 0.2),
    "people.salesperson.heads_there": ("1", 9.4, 0.3),
    "people.salesperson.rostered_h_per_year": ("h/year", 17_000.0, 300.0),
    "people.salesperson.busy_h_per_year": ("h/year", 15_000.0, 300.0),
    "people.salesperson.share.prospecting": ("share", 0.08, 0.005),
    "people.salesperson.share.transaction": ("share", 0.06, 0.005),
    "people.salesperson.share.administration": ("share", 0.13, 0.005),
    "people.salesperson.share.design": ("share", 0.22, 0.01),
    "people.salesperson.share.idle": ("share", 0.12, 0.02),
    "people.salesperson.selling.broad_of_worked": ("share", 0.31, 0.01),
    "people.salesperson.spread.orders_excess": ("1", 0.45, 0.1),
    "people.salesperson.share_of_own_accounts_lost": ("share", 0.12, 0.01),
    "people.salesperson.tie_share_of_own_accounts": ("share", 0.38, 0.02),
}
DRAWN = {"throughput.new_customers_per_week", "satisfaction.index", "money.operating_expense_usd_per_year"}
"""Headlines kept where pictures are drawn: a scorecard of all takes seconds."""


def made_up_rows(designs, replications, seed=3):
    """One row per design, replication and KPI; every design faster and dearer than the one before."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=(len(LEVELS), replications))
    rows = []
    for d, design in enumerate(designs):
        for r in range(replications):
            for k, (kpi, (unit, mean, spread)) in enumerate(LEVELS.items()):
                drift = {"h": -0.25, "share": 0.05, "h/year": -0.04}.get(unit, 0.12) * d
                noise = spread * (0.9 * shared[k, r] + 0.4 * random.normal())
                rows.append((design, r, kpi, mean * (1 + drift) + noise, unit))
            for stage, scale in (("answer", 40.0), ("proposal", 500.0)):
                for hours in HOURS:
                    share = 0.1 + 0.9 * math.exp(-((hours * (1 + 0.8 * d) / scale) ** 0.7))
                    value = min(1.0, share + 0.02 * share * shared[0, r])
                    rows.append((design, r, f"flow.opportunity.{stage}.without.{hours}h", value, "share"))
    return rows


def summary_of(rows, designs):
    """The summary the report is handed, worked out plainly."""
    cells = {}
    for design, _, kpi, value, unit in rows:
        cells.setdefault((design, kpi), (unit, []))[1].append(value)

    def estimate(values, unit):
        values = np.array([value for value in values if not math.isnan(value)])
        n = len(values)
        mean = float(values.mean()) if n else None
        half = 2.3 * float(values.std(ddof=1)) / math.sqrt(n) if n > 1 else None
        bounds = (None, None) if half is None else (mean - half, mean + half)
        return {"mean": mean, "low": bounds[0], "high": bounds[1], "n": n, "unit": unit}

    summary = {"designs": {design: {} for design in designs}, "paired": {}}
    for (design, kpi), (unit, values) in cells.items():
        summary["designs"][design][kpi] = estimate(values, unit)
    for design in designs[1:]:
        pairs = summary["paired"][f"{design} - {designs[0]}"] = {}
        for (name, kpi), (unit, values) in cells.items():
            if name != design or (designs[0], kpi) not in cells:
                continue
            base, other = np.array(cells[designs[0], kpi][1]), np.array(values)
            spread = len(base) > 1 and np.isfinite(base).all() and np.isfinite(other).all() and base.std() > 0
            pairs[kpi] = {
                **estimate(other - base, unit),
                "correlation": float(np.corrcoef(base, other)[0, 1]) if spread else None,
                "variance_ratio": float((other - base).var() / (base.var() + other.var())) if spread else None,
            }
    return summary


@pytest.fixture(scope="session")
def make_comparison():
    """Make a comparison of the given designs, of few headlines or all; keywords replace fields."""

    def make(designs=("traditional", "persuasion_only"), replications=8, rows=None, few=False, **fields):
        designs = list(designs)
        rows = made_up_rows(designs, replications) if rows is None else rows
        if few:
            headlines = {line.kpi for line in HEADLINES} - DRAWN
            rows = [row for row in rows if row[2] not in headlines]
        known = {
            "provenance": {
                "command": "orgsim compare market=base",
                "config": "3f9a1c07be42d1",
                "orgsim": "0.1.0",
                "python": "3.11.7",
                "seed": 1,
                "replications": replications,
            },
            "demand": [
                {"design": name, "rows": 412, "inquiries": 388 + 3 * i, "unusable": 24 - 3 * i}
                for i, name in enumerate(designs)
            ],
            "overrides": ["market.needs_per_week=8", "run.horizon_weeks=156"],
            "caveats": ["Against the untuned traditional design; no verdict on any claim."],
            "definitions": {"flow.opportunity.answer.median_h": "Median time from the need to the first answer."},
        }
        return Comparison(designs, rows, summary_of(rows, designs), **{**known, **fields})

    return make


@pytest.fixture(scope="session")
def drawings(make_comparison):
    """The pictures of the plain comparison with few headlines."""
    return figures(make_comparison(few=True))
