"""Where cases come from, how often, and how they end."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.report.document import Table
from experiments.report.sheets.amounts import by_segment, hours, law, listed, number, plural
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject
from sim.scenario.market import Response


def entries(s: Subject) -> Table:
    """Give the table of what begins cases."""
    return tabled("What begins cases", ["source", "journey", "how often", "pattern"], _entries(s))


def exits(s: Subject) -> Table:
    """Give the table of how cases end."""
    rows = []
    for name, journey in s.scenario.journey.items():
        for step in journey.steps.values():
            if step.end is not None:
                also = [
                    *([f"account {step.account.replace('_', ' ')}"] if step.account else []),
                    *(["books its value"] if step.books else []),
                    *(["bills its value"] if step.bills else []),
                    *([f"adopts {step.adopts}"] if step.adopts else []),
                    *([f"drops {step.drops}"] if step.drops else []),
                ]
                rows.append([name, step.end, listed(also)])
    return tabled("How cases end", ["journey", "outcome", "with it"], rows)


def timing(s: Subject) -> list[str]:
    """Say when needs arise, and what moves accounts in and out."""
    market, found = s.scenario.market, []
    if market.segments:
        p = market.profile
        weekly = f", times a market-wide weekly factor of squared coefficient of variation {p.weekly_cv2:g}"
        found.append(
            f"Needs arise along a weekly profile (weights Monday to Sunday {listed(map(number, p.weekdays))}; hours "
            f"of the day {hours(p.hours)}), a season of "
            f"{plural(len(p.season), 'part')}{weekly if p.weekly_cv2 else ''}."
        )
    if market.churn is not None:
        effect = f", times exp({market.churn.satisfaction_effect:g} x (satisfaction - neutral))"
        rate = by_segment(market.churn.per_account_per_year)
        found.append(f"Customers leave at a rate of {rate} a year{effect}; then they rest {market.rest_weeks:g} weeks.")
    if market.referral is not None:
        rate = by_segment(market.referral.per_customer_per_year)
        found.append(f"A customer tells others at a rate of {rate} a year, at neutral satisfaction.")
    return found


def _entries(s: Subject) -> Iterator[list[str]]:
    market = s.scenario.market
    for name, source in s.scenario.source.items():
        first = f"; first at {law(source.first_h)} h" if source.first_h is not None else ""
        most = f"; {source.count:,} at most" if source.count is not None else ""
        yield [name, source.journey, f"every {law(source.interarrival_h)} h", f"renewal process{first}{most}"]
    needs = market.needs
    if needs is not None:
        rate = f"{by_segment(needs.per_account_per_year)} per account and year, x {needs.rate:g}"
        r, pattern = needs.recorded, "along the profile; a share is heard of, by money, name, word of mouth and calls"
        if r is not None:
            rate = f"{r.rows or 0:,} rows recorded"
        yield ["needs of prospects", needs.journey, rate, pattern]
        m = needs.response
        bought = f"{m.base_per_week:g} to {m.max_per_week:g} a week, half-way at {number(m.half_effect_usd)} USD a year"
        yield ["reach of marketing money", needs.journey, bought, f"ADBUDG, shape {m.shape:g}, {_memory(m)}"]
    for name, stream in market.recurring.items():
        rate = f"{by_segment(stream.per_account_per_year)} per customer and year"
        moved = f", moved by satisfaction ({stream.satisfaction_effect:g})" if stream.satisfaction_effect else ""
        moved += f"; only where {stream.practice} is offered" if stream.practice else ""
        by = "".join(f"; {other} for who follows {practice}" for practice, other in stream.by_practice.items())
        yield [name, f"{stream.journey}{by}", rate, f"{stream.pattern.replace('_', ' ')}{moved}"]
    for name, journey in s.scenario.journey.items():
        for key, step in journey.steps.items():
            if step.start is not None:
                waits = "waited for" if step.start.wait else "beside it"
                yield [f"step {key} of {name}", step.start.journey, "each time", waits]


def _memory(response: Response) -> str:
    return f"carry-over half-life {plural(response.carry_over_half_life_weeks, 'week')}"
