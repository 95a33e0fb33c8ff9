"""Which numbers of a config are about the world, which move together, and which hold one another within bounds.

Only what is about the world is varied when a comparison of designs is put to the test: customers, what work takes, what
people are like. What a design decides is what is compared. All of it is data: patterns of config paths, in which a star
stands for any keys.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

LEFT_OUT = {
    "org.roles.*.headcount": "how many people there are is what a design decides",
    "org.roles.*.background.*.hours_per_week": "how much of this is done is what a design decides",
    "org.who.*": "who does what is what a design decides",
    "org.campaigns.*.share": "what marketing does with its money is what a design decides",
    "org.appointments.*": "how long a slot is kept is what a design decides",
    "org.planned_wait_h.*": "a design's plan, which the load check alone reads",
    "org.marketing_usd_per_year": "money of the design: designs are compared at equal yearly cost, as planned",
    "org.machines_usd_per_year": "money of the design: designs are compared at equal yearly cost, as planned",
    "org.budget_usd_per_year": "money of the design: designs are compared at equal yearly cost, as planned",
    "org.overhead": "money of the design: designs are compared at equal yearly cost, as planned",
    "org.posts.*": "money of the design: designs are compared at equal yearly cost, as planned",
    "org.roles.*.travel_usd": "money of the design: designs are compared at equal yearly cost, as planned",
    "org.roles.*.pay_usd": "pay is what a design decides",
    "org.roles.*.variable_usd": "pay is what a design decides",
    "org.roles.*.commission.*": "pay is what a design decides",
    "org.roles.*.quota.*": "pay is what a design decides",
    "activity.*.priority": "in which order work is taken is how a company works, the same in all designs",
    "run.*": "how long and how often is run says nothing of the world",
}
"""Why numbers at these paths are never varied; what `TOGETHER` names is."""

TOGETHER = {
    "org.roles.*.absence_days_per_year": "org.roles.absence_days_per_year",
    "org.roles.*.quits_per_year": "org.roles.quits_per_year",
    "org.roles.*.background.administration.hours_per_week": "org.roles.administration.hours_per_week",
    "org.roles.*.outages.length_h": "org.roles.outages.length_h",
    "org.roles.*.speed.*": "org.roles.speed",
    "org.roles.*.quality.*": "org.roles.quality",
    "org.roles.*.cannot.*": "org.roles.cannot",
    "org.before.*.travel.share": "org.before.travel.share",
}
"""Numbers that mean the same in every role and design that has them, with one name: they are scaled alike."""

SUMS = {
    "market.channels.*": "",
    "market.laws.*.mixture": "weight",
    "journey.*.steps.*.choose": "",
    "org.who.*.shares": "",
}
"""Where parts sum to 1, and the key of each part that holds its share: the rest gives way to those that are varied."""

AT_LEAST = {"org.handoff.within_role.complete": "org.handoff.across_roles.complete"}
"""Numbers that are raised to others where they would be below: a hand-off within a role is no worse than across."""

WHOLE = ("market.rules.convinced.max_talks",)
"""Numbers that count something, beside those that a scenario takes whole only."""


def why_left_out(path: str) -> str:
    """Give the reason for which the number at a config path is never varied; empty if it may be."""
    if together(path):
        return ""
    return next((why for form, why in LEFT_OUT.items() if fnmatchcase(path, form)), "")


def together(path: str) -> str:
    """Give the name under which a number is varied together with its like elsewhere; empty if it has none."""
    return next((name for form, name in TOGETHER.items() if fnmatchcase(path, form)), "")


def whole_of(path: str) -> str:
    """Give the path at which the parts stand that sum to 1 with this one; empty if it is no such part."""
    above, _, last = path.rpartition(".")
    for form, part in SUMS.items():
        whole = above.rpartition(".")[0] if part else above
        if fnmatchcase(whole, form) and part in ("", last):
            return whole
    return ""


def parts_of(whole: str, value: dict[str, Any] | list[Any]) -> list[str]:
    """Give the paths, below the whole, of all shares that stand at a path of `SUMS`."""
    part = next(part for form, part in SUMS.items() if fnmatchcase(whole, form))
    keys = value if isinstance(value, dict) else range(len(value))
    return [f"{key}.{part}" if part else f"{key}" for key in keys]
