"""One staffing rule for all designs: people by offered work and its square root, as far as the budget goes.

A role that is offered the work of R people gets R + beta sqrt(R) of them, rounded up, with the same beta for all roles
of a design: the square-root rule of queues with many servers (Halfin and Whitt 1981, doi 10.1287/opre.29.3.567). The
budget decides beta; what is left, less than the price of the next head, goes into marketing, as far as the heads can
take the work that it brings. Where the budget does not pay for the offered work, marketing is cut until it does: nobody
buys inquiries that there is nobody for. What marketing can not use hires those who are next by the rule among those
that it pays for, so that in the end less than the price of the cheapest head is not spent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, inf, sqrt

from sim.cost import head_usd, yearly_cost_usd
from sim.load import Load, Offered
from sim.plan import PlanRole
from sim.planning import plan_of
from sim.scenario import Problem, Scenario, ScenarioError
from sim.scenario.org import Org

_SLACK = 1e-9
_HALVINGS = 6
"""Marketing money is found to 1/64 of what is in question."""


@dataclass(frozen=True)
class Staffing:
    """Who is hired for what is asked.

    Attributes
    ----------
    scenario : Scenario
        The same with headcounts and marketing money filled in, and `org.staffing` given.
    offered : dict
        Heads that the offered work, hand-offs and set-up would keep busy, by balanced role.
    heads : dict
        Heads by balanced role.
    beta : float
        Safety staffing in square roots of offered heads that every role has at least.
    more_marketing_usd_per_year : float
        What marketing gets beyond what the design states; negative if it had to be cut.
    unspent_usd_per_year : float
        What is left after that, less than the price of the cheapest head.
    """

    scenario: Scenario
    offered: dict[str, float]
    heads: dict[str, int]
    beta: float
    more_marketing_usd_per_year: float
    unspent_usd_per_year: float = 0.0


def staffed(scenario: Scenario) -> Staffing | None:
    """Staff a design within its budget.

    Parameters
    ----------
    scenario : Scenario
        Checked.

    Returns
    -------
    Staffing or None
        None if the design gives its headcounts itself.

    Raises
    ------
    ScenarioError
        If the budget does not pay for the offered work.
    """
    if scenario.org.staffing == "given" or scenario.org.budget_usd_per_year is None:
        return None
    design = _Design(scenario)
    try:
        found = [_staffed_with(design, 0.0)]
    except ScenarioError:
        none_usd = -scenario.org.marketing_usd_per_year
        return _as_much_marketing(design, _staffed_with(design, none_usd), none_usd, 0.0)
    # What is left buys inquiries, and these ask for people.
    while all(found[-1].heads != before.heads for before in found[:-1]):
        more = found[-1].more_marketing_usd_per_year
        try:
            found.append(_staffed_with(design, more))
        except ScenarioError:
            return _as_much_marketing(design, found[0], 0.0, more)
    return found[-1]


class _Design:
    """A design that people are hired for: what its money in marketing does not move is found once.

    Attributes
    ----------
    scenario : Scenario
        With the design as it is described.
    free : list of PlanRole
        Roles that people are hired for.
    price : dict
        USD a year of a head, by such a role.
    needed : set
        Names of those that have at least one head, since they do something.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        # Whom the designs before and after it need is not hired here.
        self._plan = plan_of(scenario.model_copy(update={"run_in": None, "changes": []}))
        self._offered = Offered(self._plan)
        self.free = [role for role in self._plan.roles if not scenario.org.roles[role.name].fixed]
        self.price = {role.name: head_usd(role) for role in self.free}
        doers = {r for activity in self._plan.activities for r in activity.doers}
        self.needed = {self._plan.roles[r].name for r in doers} & self.price.keys()

    def offered_heads(self, more_marketing_usd: float) -> dict[str, float]:
        """Give the work offered to each role, in heads, with some more money in marketing."""
        load = self._offered.load(self.scenario.org.marketing_usd_per_year + more_marketing_usd)
        return {role.name: _offered_heads(load, role) for role in self.free}

    def cost_usd(self, heads: dict[str, int]) -> float:
        """Give what the design costs a year with these heads and with the marketing that it states."""
        roles = tuple(replace(role, headcount=heads.get(role.name, role.headcount)) for role in self._plan.roles)
        return sum(yearly_cost_usd(replace(self._plan, roles=roles)).values())


def _as_much_marketing(design: _Design, found: Staffing, paid_usd: float, unpaid_usd: float) -> Staffing:
    """Staff with the most money in marketing whose work the budget still pays for, between two amounts more.

    Parameters
    ----------
    design : _Design
        To be staffed.
    found : Staffing
        With the smaller amount.
    paid_usd, unpaid_usd : float
        An amount whose work the budget pays for, and one whose work it does not.
    """
    for _ in range(_HALVINGS):
        middle = (paid_usd + unpaid_usd) / 2.0
        try:
            found = _staffed_with(design, middle)
            paid_usd = middle
        except ScenarioError:
            unpaid_usd = middle
    left = found.more_marketing_usd_per_year - paid_usd
    heads, unspent = _spend_on_who_fits(found.offered, found.heads, design.price, left)
    filled = _with(design.scenario, heads, paid_usd)
    return replace(
        found, scenario=filled, heads=heads, more_marketing_usd_per_year=paid_usd, unspent_usd_per_year=unspent
    )


def with_staffed_designs(scenario: Scenario) -> Scenario:
    """Staff the designs before and after the one in question as well, and those of rivals, each within its own budget.

    Raises
    ------
    ScenarioError
        As `staffed`.
    """

    def org(design: Org) -> Org:
        alone = scenario.model_copy(update={"org": design, "run_in": None, "changes": []})
        found = staffed(alone)
        return design if found is None else found.scenario.org

    def rival(i: int, seen: Scenario) -> Org:
        try:
            found = staffed(seen)
        except ScenarioError as error:
            problems = [Problem(p.path.replace("org", f"rivals.{i}", 1), p.rule, p.value) for p in error.problems]
            raise ScenarioError(problems) from None
        return seen.org if found is None else found.scenario.org

    rivals = [rival(i, seen) for i, seen in enumerate(scenario.companies[1:])]
    run_in = None if scenario.run_in is None else org(scenario.run_in)
    changes = [change.model_copy(update={"org": org(change.org)}) for change in scenario.changes]
    return scenario.model_copy(update={"run_in": run_in, "changes": changes, "rivals": rivals})


def _staffed_with(design: _Design, more_marketing_usd: float) -> Staffing:
    """Staff a design for the load that it has with some more money in marketing; what is left goes there too."""
    budget_usd = design.scenario.org.budget_usd_per_year
    assert budget_usd is not None
    offered = design.offered_heads(more_marketing_usd)
    heads = {name: ceil(r - _SLACK) for name, r in offered.items()}
    for name in design.needed:
        heads[name] = max(1, heads[name])
    left = budget_usd - design.cost_usd(heads)
    if left < more_marketing_usd:
        alone = budget_usd - left + more_marketing_usd
        rule = f"the offered work alone costs {alone:,.0f} USD a year"
        raise ScenarioError([Problem("org.budget_usd_per_year", rule, f"{budget_usd:,.0f}")])
    beta, left = _spend(offered, heads, design.price, left - more_marketing_usd)
    marketing = more_marketing_usd + left
    return Staffing(_with(design.scenario, heads, marketing), offered, heads, beta, marketing)


def _with(scenario: Scenario, heads: dict[str, int], more_marketing_usd: float) -> Scenario:
    """Give the scenario with these heads, and with more money in marketing."""
    org = scenario.org
    roles = {n: role.model_copy(update={"headcount": heads.get(n, role.headcount)}) for n, role in org.roles.items()}
    marketing = org.marketing_usd_per_year + more_marketing_usd
    filled = {"roles": roles, "staffing": "given", "marketing_usd_per_year": marketing}
    return scenario.model_copy(update={"org": org.model_copy(update=filled)})


def _offered_heads(load: Load, role: PlanRole) -> float:
    """Give the work offered to a role in heads, each of whom has their own background work to do besides."""
    if role.headcount == 0:
        return 0.0
    asked, own = load.all_hours(role.name), load.own_h[role.name]
    return (asked - own) / ((load.capacity_h[role.name] - own) / role.headcount)


def _spend_on_who_fits(
    offered: dict[str, float], heads: dict[str, int], price: dict[str, float], left: float
) -> tuple[dict[str, int], float]:
    """Hire whose next head comes at the smallest beta of those that are paid for; give heads and what is left."""
    heads = dict(heads)
    while True:
        paid_for = [name for name in heads if offered[name] > _SLACK and 0.0 < price[name] <= left]
        if not paid_for:
            return heads, left
        name = min(paid_for, key=lambda each: (heads[each] - offered[each]) / sqrt(offered[each]))
        heads[name] += 1
        left -= price[name]


def _spend(
    offered: dict[str, float], heads: dict[str, int], price: dict[str, float], left: float
) -> tuple[float, float]:
    """Hire by growing beta until the next head is too dear; give beta and what is left, and add to `heads`."""

    def grows_at(name: str) -> float:
        r = offered[name]
        return (heads[name] - r) / sqrt(r) if r > _SLACK else inf

    beta = 0.0
    while True:
        name = min(heads, key=grows_at)
        if grows_at(name) == inf or price[name] > left:
            return beta, left
        beta = max(beta, grows_at(name))
        heads[name] += 1
        left -= price[name]
