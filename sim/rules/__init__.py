"""The decisions of customers and the effects of work: pure functions of numbers, each with formula, range and source.

A rule knows no clock, queue or object. What it reads and writes is declared beside it by name, so that a plan can
bind it to registers: ``case.*`` (marks of the need and what work has changed), ``account.*`` (traits), ``person.*``
(who did the work) and ``param.*`` (parameters of the rule, from the market). A rule that ``draws`` gets one uniform
as its last argument. Rules of `BRANCHES` return the branch index first; all others, and the rest, are new values of
the registers written.
"""

from __future__ import annotations

from sim.rules.buying import closes, conviction, convinced, offer_value, refused, still_convinced, talk
from sim.rules.marketing import adbudg, carried_over, either, reputed, spent_share
from sim.rules.pace import familiar, juggled, kept, paid, practiced
from sim.rules.pay import conceded, expected_commission, in_reach, leaving, sorted_skill
from sim.rules.quality import arrange, delivers_right, draft, finds_defects, revise
from sim.rules.rule import Rule
from sim.rules.satisfaction import drifted, hazard_chance, satisfied, touchpoint
from sim.rules.scale import logistic, logit, power
from sim.rules.staying import quit_chance, ramped, tie_share

__all__ = [
    "BOUNDS",
    "BRANCHES",
    "EFFECTS",
    "PARAMETERS",
    "Rule",
    "adbudg",
    "arrange",
    "carried_over",
    "closes",
    "conceded",
    "conviction",
    "convinced",
    "delivers_right",
    "draft",
    "drifted",
    "either",
    "expected_commission",
    "familiar",
    "finds_defects",
    "hazard_chance",
    "in_reach",
    "juggled",
    "kept",
    "leaving",
    "logistic",
    "logit",
    "offer_value",
    "paid",
    "power",
    "practiced",
    "quit_chance",
    "ramped",
    "refused",
    "reputed",
    "revise",
    "satisfied",
    "sorted_skill",
    "spent_share",
    "still_convinced",
    "talk",
    "tie_share",
    "touchpoint",
]

_BUYER = ("case.luck", "account.openness", "case.goodwill", "case.reputation", "param.rival", "case.pull")

EFFECTS: dict[str, Rule] = {
    "talk": Rule(
        talk,
        ("case.talks", "case.pull", "person.skill", "person.quality", "param.appeal", "param.delta", "case.lift"),
        writes=("talks", "pull"),
    ),
    "draft": Rule(draft, ("person.quality", "param.mean_defects"), draws=True, writes=("defects", "found")),
    "arrange": Rule(
        arrange,
        ("case.defects", "account.neglected", "person.quality", "param.mean_unmet", "param.neglect_factor"),
        draws=True,
        writes=("defects",),
    ),
    "revise": Rule(revise, ("case.defects", "case.found"), writes=("defects", "found")),
}
"""Rules that activities may name as their effect."""

BRANCHES: dict[str, Rule] = {
    "convinced": Rule(convinced, (*_BUYER, "case.talks", "param.max_talks"), branches=("yes", "again", "no")),
    "still_convinced": Rule(still_convinced, _BUYER, branches=("yes", "no")),
    "closes": Rule(
        closes,
        (
            *_BUYER,
            "case.defects",
            "param.intercept",
            "param.slope",
            "param.goodwill_weight",
            "param.defect_penalty",
            "param.incumbent_share",
            "param.rival_share",
        ),
        draws=True,
        branches=("won", "incumbent", "rival", "no_decision"),
        value=offer_value,
        refused=refused,
    ),
    "finds_defects": Rule(
        finds_defects, ("case.defects", "param.find"), draws=True, writes=("found",), branches=("yes", "no")
    ),
    "delivers_right": Rule(
        delivers_right,
        ("case.defects", "param.base_issue", "param.per_defect"),
        draws=True,
        branches=("right", "issue"),
    ),
}
"""Rules that a choose may name."""

PARAMETERS: dict[str, dict[str, float]] = {
    "talk": {"appeal": 1.65, "delta": 0.6},
    "convinced": {"rival": 0.0, "max_talks": 6.0},
    "closes": {
        "intercept": -1.0,
        "slope": 0.25,
        "goodwill_weight": 0.0,
        "defect_penalty": 0.2,
        "incumbent_share": 0.4,
        "rival_share": 0.32,
    },
    "still_convinced": {},
    "draft": {"mean_defects": 1.25},
    "finds_defects": {"find": 0.5},
    "arrange": {"mean_unmet": 0.2, "neglect_factor": 6.0},
    "revise": {},
    "delivers_right": {"base_issue": 0.10, "per_defect": 0.15},
    "satisfaction": {"neutral": 0.5, "half_life_days": 180.0, "bad_factor": 2.0, "channel_liking": 0.05},
}
"""Default parameters by rule; every one an assumption unless its rule's docstring names a source."""

_WEIGHT, _SHARE, _MEAN = (-1e9, 1e9), (0.0, 1.0), (0.0, 50.0)

BOUNDS: dict[str, dict[str, tuple[float, float]]] = {
    "talk": {"appeal": _WEIGHT, "delta": _WEIGHT},
    "convinced": {"rival": _WEIGHT, "max_talks": (1.0, 1_000.0)},
    "closes": {
        "intercept": _WEIGHT,
        "slope": _WEIGHT,
        "goodwill_weight": _WEIGHT,
        "defect_penalty": _WEIGHT,
        "incumbent_share": _SHARE,
        "rival_share": _SHARE,
    },
    "still_convinced": {},
    "draft": {"mean_defects": _MEAN},
    "finds_defects": {"find": _SHARE},
    "arrange": {"mean_unmet": _MEAN, "neglect_factor": (0.0, 1e12)},
    "revise": {},
    "delivers_right": {"base_issue": _SHARE, "per_defect": _WEIGHT},
    "satisfaction": {
        "neutral": _SHARE,
        "half_life_days": (0.01, 1e12),
        "bad_factor": (0.0, 100.0),
        "channel_liking": (-1.0, 1.0),
    },
}
"""Least and greatest value of each parameter with which its rule still says something."""
