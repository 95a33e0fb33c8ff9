"""How designs differ, and on what terms each works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experiments.report.document import Table
from experiments.report.sheets.amounts import listed, number
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject


def terms(s: Subject) -> Table:
    """Give what each design spends, offers, and has people do to make itself heard."""
    rows = []
    for design, org in s.orgs.items():
        calls = "-" if org.calls is None else f"{org.calls.work}, {org.calls.touch_h:g} h a touch"
        campaigns = listed(f"{name}: {one.work} ({one.makes}, {one.share:g})" for name, one in org.campaigns.items())
        money = f"{number(org.marketing_usd_per_year)} marketing, {number(org.machines_usd_per_year)} machines"
        posts = "".join(f", {one.headcount} {name} at {number(one.pay_usd)}" for name, one in org.posts.items())
        heard = f"campaigns {campaigns}; calls {calls}; nurturing {'on' if org.nurtures else 'off'}"
        person = listed(org.same_person)
        rows.append(
            [
                design,
                org.staffing,
                f"{money}{posts}",
                number(org.overhead),
                heard,
                listed(org.offers),
                person,
                number(org.skill_sigma),
            ]
        )
    heads = [
        "design",
        "staffing",
        "USD a year",
        "overhead",
        "makes itself heard by",
        "offers",
        "same person",
        "sd of log skill",
    ]
    return tabled("Terms of the designs", heads, rows)


def differences(s: Subject) -> Table:
    """Give every value in which the designs in question differ, as the config has them."""
    flat = {name: dict(_flat("org", c.data["org"])) for name, c in s.designs.items()}
    # Balanced staffing gives other heads than the config has.
    for name, c in s.designs.items():
        for role, one in c.scenario.org.roles.items():
            flat[name][f"org.roles.{role}.headcount"] = str(one.headcount)
    paths = dict.fromkeys(path for one in flat.values() for path in one)
    rows = []
    for path in paths:
        values = [flat[name].get(path, "-") for name in s.names]
        if len(set(values)) > 1:
            rows.append([path, *values])
    return tabled("In what the designs differ", ["config path", *s.names], rows)


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _flat(f"{path}.{key}", below)
    elif isinstance(value, list):
        yield path, listed(map(str, value))
    elif value not in (None, {}):
        yield path, str(value)
