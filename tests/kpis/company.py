"""A small company, and rows of its life written by hand."""

from itertools import pairwise

from sim.kpis import Fold
from sim.kpis.fold import FAMILIES
from sim.planning import plan_of
from sim.scenario import Scenario
from sim.trace import Event, block_of
from sim.worktime import HOUR_MS

COMPANY = {
    "market": {
        "segments": {"big": {"customers": 2, "prospects": 1}, "small": {"customers": 1, "prospects": 2}},
        "laws": {"patience": {"deterministic": 5.0}},
        "expectations": {"answer": {"hours": 2}, "delivery": {"hours": 24}},
        "needs": {
            "journey": "sale",
            "per_account_per_year": 1,
            "response": {
                "base_per_week": 1,
                "max_per_week": 2,
                "half_effect_usd": 1000,
                "shape": 1,
                "carry_over_half_life_weeks": 1,
                "reference_per_week": 1,
            },
        },
        "contribution_margin": 0.5,
    },
    "journey": {
        "sale": {
            "steps": {
                "ask": {"do": "answer", "patience": "patience", "left": "gone"},
                "talk": {"do": "persuade"},
                "think": {"wait": 24.0},
                "again": {"do": "answer", "patience": "patience", "left": "gone"},
                "deliver": {"start": {"journey": "order", "wait": True}, "books": True},
                "won": {"end": "won", "account": "becomes_customer"},
                "gone": {"end": "gone"},
            },
        },
        "order": {"steps": {"ship": {"do": "ship"}, "done": {"end": "done", "bills": True}}},
    },
    "activity": {
        "answer": {"kind": "service", "effort_h": 1.0, "customer_present": True, "milestone": "answer"},
        "persuade": {"kind": "persuasion", "effort_h": 1.0},
        "ship": {"kind": "fulfillment", "effort_h": 1.0, "milestone": "delivery"},
        "drive": {"kind": "travel", "effort_h": 1.0},
        "admin": {"kind": "administration", "effort_h": 1.0},
    },
    "org": {
        "roles": {
            "seller": {
                "headcount": 2,
                "pay_usd": 50_000.0,
                "variable_usd": 10_000.0,
                "travel_usd": 3_000.0,
                "background": {"admin": {"activity": "admin", "hours_per_week": 1}},
            },
            "robot": {"headcount": 1, "hours": "always", "machine": True},
        },
        "who": {"answer": "seller", "persuade": "seller", "ship": "robot"},
        "before": {"persuade": {"on_site": {"do": "drive", "share": 0.5}}},
        "marketing_usd_per_year": 7_000.0,
        "machines_usd_per_year": 4_000.0,
        "overhead": 1.25,
        "posts": {"boss": {"headcount": 1, "pay_usd": 100_000.0}},
    },
    "run": {"weeks": 1, "warmup_weeks": 1},
}
"""One week of warm-up, one measured: the window is hour 168 to 336. Sellers work Monday to Friday 9 to 17."""


_DEPART, _OPEN_PERSON = int(Event.DEPART), int(Event.OPEN_PERSON)


class Company:
    """Writes rows in hours and names, and measures them."""

    def __init__(self, journeys=None, activities=None, org=None, **run):
        more = {"journey": journeys, "activity": activities, "org": org, "run": run}
        self.plan = plan_of(Scenario.read({**COMPANY, **{k: {**COMPANY[k], **(v or {})} for k, v in more.items()}}))
        self.rows = []
        self._steps = {(self.plan.journeys[s.journey].name, s.name): s.index for s in self.plan.steps}
        self._roles = {role.name: i for i, role in enumerate(self.plan.roles)}

    def row(self, t, event, step=None, case=-1, account=-1, person=-1, role=None, since=None, value=0.0):
        """Add a row; a step is 'journey.step', times are hours."""
        where = self._steps[tuple(step.split("."))] if step else -1
        who = self.plan.persons[person].role if person >= 0 else self._roles.get(role, -1)
        start = -1 if since is None else round(since * HOUR_MS)
        self.rows.append((round(t * HOUR_MS), int(event), case, account, where, who, person, start, float(value)))

    def task(self, queued, start, finish, step, worked, case=1, person=0, setup=0.0, handoff=0.0):
        """Add all rows of a task; hours of set-up and taking over are contained in those worked."""
        for event, hours in ((Event.SETUP, setup), (Event.HANDOFF, handoff)):
            if hours:
                self.row(start, event, step, case, person=person, since=start, value=hours * HOUR_MS)
        ms = worked * HOUR_MS
        self.row(start, Event.START, step, case, person=person, since=queued, value=ms)
        if finish is not None:
            self.row(finish, Event.FINISH, step, case, person=person, since=start, value=ms)

    def measures(self, cuts=(), family=None):
        """Fold the rows, in time order and batch by batch as cut at some places, and give plain numbers.

        Nobody leaves unless a row says so: those who are there at the end have a row that says so, as in every run.
        """
        self.rows.sort(key=lambda row: row[0])
        there = set(range(len(self.plan.persons))) - {row[6] for row in self.rows if row[1] in (_DEPART, _OPEN_PERSON)}
        for person in sorted(there):
            self.row(self.plan.horizon_ms / HOUR_MS, Event.OPEN_PERSON, person=person, since=0)
        fold = Fold(self.plan, [family] if family else FAMILIES, batch_rows=1)
        edges = [0, *sorted(cuts), len(self.rows)]
        for a, b in pairwise(edges):
            fold.add(block_of(self.rows[a:b]))
        return {name: measure.value for name, measure in fold.result().items()}
