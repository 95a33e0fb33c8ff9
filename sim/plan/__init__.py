"""A scenario as integer-indexed tables: what an engine reads in place of names, and nothing it must not know.

Every name is resolved here; every address word of chance is hashed here; hours are milliseconds from here on.
"""

from sim.plan.activities import PlanActivity
from sim.plan.demand import PlanAccountMark, PlanMark, PlanPractice, PlanSource, PlanStream
from sim.plan.journeys import CHOOSE, DO, END, START, WAIT, PlanExpectation, PlanJourney, PlanStep
from sim.plan.people import (
    EARLIEST_DUE,
    FIRST_COME,
    PERSUASION_FIRST,
    PRIORITY,
    PlanBackground,
    PlanPeople,
    PlanPerson,
    PlanRole,
    PlanTerms,
)
from sim.plan.plan import Plan
from sim.plan.rules import ACCOUNT, CASE, PARAM, PERSON, QUALITY, SKILL, PlanRule

__all__ = [
    "ACCOUNT",
    "CASE",
    "CHOOSE",
    "DO",
    "EARLIEST_DUE",
    "END",
    "FIRST_COME",
    "PARAM",
    "PERSON",
    "PERSUASION_FIRST",
    "PRIORITY",
    "QUALITY",
    "SKILL",
    "START",
    "WAIT",
    "Plan",
    "PlanAccountMark",
    "PlanActivity",
    "PlanBackground",
    "PlanExpectation",
    "PlanJourney",
    "PlanMark",
    "PlanPeople",
    "PlanPerson",
    "PlanPractice",
    "PlanRole",
    "PlanRule",
    "PlanSource",
    "PlanStep",
    "PlanStream",
    "PlanTerms",
]
