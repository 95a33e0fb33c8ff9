"""A scenario as integer-indexed tables: what an engine reads in place of names, and nothing it must not know.

Every name is resolved here; every address word of chance is hashed here; hours are milliseconds from here on.
"""

from sim.plan.activities import PlanActivity
from sim.plan.changes import changed_roles
from sim.plan.demand import PlanAccountMark, PlanMark, PlanPractice, PlanSource, PlanStream
from sim.plan.journeys import CHOOSE, DO, END, START, WAIT, PlanExpectation, PlanJourney, PlanStep
from sim.plan.outreach import (
    COLD,
    INBOUND,
    ORIGINS,
    PROPOSITION,
    REFERRAL,
    PlanCampaign,
    PlanOutreach,
    PlanPropositions,
    PlanReferral,
)
from sim.plan.people import (
    BEST_PAID_FIRST,
    CHANNELS,
    EARLIEST_DUE,
    FIRST_COME,
    PERSUASION_FIRST,
    PRIORITY,
    PlanBackground,
    PlanPeople,
    PlanPerson,
    PlanQuota,
    PlanRole,
    PlanTerms,
)
from sim.plan.plan import Plan
from sim.plan.rules import ACCOUNT, CASE, PARAM, PERSON, QUALITY, SKILL, PlanRule

__all__ = [
    "ACCOUNT",
    "BEST_PAID_FIRST",
    "CASE",
    "CHANNELS",
    "CHOOSE",
    "COLD",
    "DO",
    "EARLIEST_DUE",
    "END",
    "FIRST_COME",
    "INBOUND",
    "ORIGINS",
    "PARAM",
    "PERSON",
    "PERSUASION_FIRST",
    "PRIORITY",
    "PROPOSITION",
    "QUALITY",
    "REFERRAL",
    "SKILL",
    "START",
    "WAIT",
    "Plan",
    "PlanAccountMark",
    "PlanActivity",
    "PlanBackground",
    "PlanCampaign",
    "PlanExpectation",
    "PlanJourney",
    "PlanMark",
    "PlanOutreach",
    "PlanPeople",
    "PlanPerson",
    "PlanPractice",
    "PlanPropositions",
    "PlanQuota",
    "PlanReferral",
    "PlanRole",
    "PlanRule",
    "PlanSource",
    "PlanStep",
    "PlanStream",
    "PlanTerms",
    "changed_roles",
]
