"""Hours both ways: what the load check expects of each role and activity beside what a run has them do.

The number of cases differs between the two for reasons of its own: customers leave and new ones order less in their
first year, prospects change their minds about answers that come late. So the expectation is also scaled to the cases
that really began, journey by journey; what then still differs is the work of a case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sim.load import HANDOFFS, Load
from sim.plan import Plan
from sim.worktime import WEEKS_PER_YEAR

ALL, SETUP = "(all)", "(set-up)"


@dataclass(frozen=True)
class Hours:
    """Hours a year of a role at an activity.

    Attributes
    ----------
    role, activity : str
        By name; hand-offs, set-up and all together stand for themselves in brackets.
    expected_h, of_cases_h, simulated_h : float
        By the load check; by the load check for the cases that began in the run; by the run.
    """

    role: str
    activity: str
    expected_h: float
    of_cases_h: float
    simulated_h: float

    @property
    def off(self) -> float | None:
        """How much of the hours expected of these cases the run has more; None if nothing was expected."""
        return self.simulated_h / self.of_cases_h - 1.0 if self.of_cases_h > 0.0 else None


def both_ways(plan: Plan, load: Load, kpis: Mapping[str, float]) -> list[Hours]:
    """Set expected and simulated hours side by side.

    Parameters
    ----------
    plan : Plan
        The design.
    load : Load
        Of this plan.
    kpis : mapping
        Means of the measures of its runs, by name.

    Returns
    -------
    list of Hours
        By role in the plan's order; the activities, hand-offs, set-up, and all together last.
    """
    cases: defaultdict[str, float] = defaultdict(float)
    for (journey, _), n in load.ends.items():
        cases[journey] += n
    change: defaultdict[tuple[str, str], float] = defaultdict(float)
    for (journey, role, activity), hours in load.case_h.items():
        began = kpis.get(f"throughput.{journey}.begins_per_week", 0.0) * WEEKS_PER_YEAR
        change[role, activity] += hours * (began / cases[journey] - 1.0) if cases[journey] else 0.0
    hand_work = {plan.activities[plan.steps[step].activity].name for step in (plan.give_step, plan.complete_step)}
    found = []
    for role in plan.roles:
        if not role.headcount:
            continue
        at, lines = f"people.{role.name}", []
        for activity in (a.name for a in plan.activities if a.name not in hand_work):
            expected = load.work_h.get((role.name, activity), 0.0)
            simulated = kpis.get(f"{at}.hours_per_year.{activity}", 0.0)
            if expected or simulated:
                of_cases = expected + change[role.name, activity]
                lines.append(Hours(role.name, activity, expected, of_cases, simulated))
        rostered = kpis[f"{at}.rostered_h_per_year"]
        work, of_cases = load.hours(role.name), sum(line.of_cases_h for line in lines)
        setup = load.setup_h[role.name]
        handed = load.handoff_h[role.name]
        moved = handed + change[role.name, HANDOFFS]
        lines.append(Hours(role.name, HANDOFFS, handed, moved, rostered * kpis.get(f"{at}.share.handoff", 0.0)))
        scaled = setup * of_cases / work if work else 0.0
        lines.append(Hours(role.name, SETUP, setup, scaled, rostered * kpis.get(f"{at}.share.setup", 0.0)))
        total = [
            sum(values) for values in zip(*((h.expected_h, h.of_cases_h, h.simulated_h) for h in lines), strict=True)
        ]
        found += [*lines, Hours(role.name, ALL, *total)]
    return found
