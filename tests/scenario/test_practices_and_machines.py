"""What may be said of practices, marks of accounts and machines, and what is told of mistakes."""

import copy

import pytest
import yaml

from sim import Scenario, ScenarioError
from sim.cost import cost_by_kind_usd, yearly_cost_usd
from sim.planning import plan_of

SHOP = yaml.safe_load("""
market:
  segments: {big: {customers: 1}, small: {customers: 1}}
  practices: {portal: {eligible: {big: 1, small: 0.5}}}
  account_marks: {special: {big: 0.5, small: 0}}
  recurring:
    order: {journey: order, per_account_per_year: 10}
    asked: {journey: adoption, practice: portal, per_account_per_year: 1}
journey:
  order: {steps: {special: {choose: special, to: {yes: take, no: take}}, take: {do: take}, out: {end: taken}}}
  adoption: {steps: {talk: {do: take}, adopted: {end: adopted, adopts: portal}}}
activity: {take: {kind: transaction, effort_h: 1}}
org:
  offers: [portal]
  overhead: 2.0
  machines_usd_per_year: 10
  roles:
    clerk: {headcount: 2, pay_usd: 100}
    kiosk: {headcount: 3, machine: true, pay_usd: 1000, cannot: {take: 0.1}, fallback: clerk}
  who: {take: {by_practice: {portal: kiosk}, otherwise: {by_segment: {big: clerk, small: clerk}}}}
run: {weeks: 1}
""")


def shop(**changes) -> dict:
    """Give the shop with some values replaced, by dotted path with __ for a dot; None removes."""
    data = copy.deepcopy(SHOP)
    for path, value in changes.items():
        *way, last = path.split("__")
        here = data
        for part in way:
            here = here.setdefault(part, {})
        if value is None:
            del here[last]
        else:
            here[last] = value
    return data


def problems(**changes) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        Scenario.read(shop(**changes))
    return [str(p) for p in error.value.problems]


WRONG = {
    "offer": (
        {"org__offers": ["portl"]},
        "org.offers: no practice in market.practices of this name; did you mean 'portal'? (got 'portl')",
    ),
    "adopts": (
        {"journey__adoption__steps__adopted": {"end": "adopted", "adopts": "portl"}},
        "journey.adoption.steps.adopted.adopts: no practice in market.practices of this name; did you mean 'portal'? "
        "(got 'portl')",
    ),
    "adopts elsewhere": (
        {"journey__adoption__steps__talk": {"do": "take", "adopts": "portal"}},
        "journey.adoption.steps.talk: 'adopts' belongs to end, not to do",
    ),
    "stream": (
        {"market__recurring__asked__practice": "portl"},
        "market.recurring.asked.practice: no practice in market.practices of this name; did you mean 'portal'? "
        "(got 'portl')",
    ),
    "variant": (
        {"market__recurring__order__by_practice": {"portal": "ordr"}},
        "market.recurring.order.by_practice.portal: no journey of this name; did you mean 'order'? (got 'ordr')",
    ),
    "who": (
        {"org__who__take__by_practice": {"portl": "kiosk"}},
        "org.who.take.by_practice.portl: no practice in market.practices of this name; did you mean 'portal'? "
        "(got 'portl')",
    ),
    "no otherwise": (
        {"org__who__take__otherwise": None},
        "org.who.take: who is a role, by_segment, shares or (with by_practice) otherwise; exactly one of them",
    ),
    "otherwise alone": (
        {"org__who__take__by_practice": None},
        "org.who.take: otherwise goes with by_practice; it is a role, by_segment or shares",
    ),
    "two of one name": (
        {"market__account_marks__portal": 0.5},
        "market.practices.portal: a mark or rule has this name already",
    ),
    "segment": (
        {"market__practices__portal__eligible": {"big": 1}},
        "market.practices.portal.eligible: needs a value for small (or 'every') (got ['big'])",
    ),
    "people can do it": (
        {"org__roles__clerk__cannot": {"take": 0.1}},
        "org.roles.clerk: cannot belongs to machines: say machine: true",
    ),
    "nobody instead": (
        {"org__roles__kiosk__fallback": None},
        "org.roles.kiosk: cannot needs 'fallback': the role that does what the machine can not",
    ),
    "a machine instead": (
        {"org__roles__kiosk__fallback": "kiosk"},
        "org.roles.kiosk.fallback: must be a role of people (got 'kiosk')",
    ),
    "nobody there": (
        {"org__roles__back": {"headcount": 0}, "org__roles__kiosk__fallback": "back"},
        "org.roles.back.headcount: nobody there to do what 'kiosk' can not (got 0)",
    ),
    "travelers": (
        {"org__before": {"take": {"trip": {"do": "take", "roles": ["clrk"]}}}},
        "org.before.take.trip.roles: no role of this name; did you mean 'clerk'? (got 'clrk')",
    ),
}


@pytest.mark.parametrize(("changes", "message"), WRONG.values(), ids=WRONG)
def test_mistakes_are_told(changes, message):
    assert problems(**changes) == [message]


def test_machines_are_always_open_unless_hours_are_given():
    assert plan_of(Scenario.read(SHOP)).roles[1].calendar.is_always
    assert not plan_of(Scenario.read(shop(org__roles__kiosk__hours={"mon-fri": "9-17"}))).roles[1].calendar.is_always
    assert not plan_of(Scenario.read(SHOP)).roles[0].calendar.is_always


def test_machines_cost_what_they_cost_without_overhead():
    plan = plan_of(Scenario.read(SHOP))
    parts = cost_by_kind_usd(plan)
    assert parts["pay"] == 2 * 100 * 2.0
    assert parts["machines"] == 10 + 3 * 1000
    assert sum(parts.values()) == sum(yearly_cost_usd(plan).values())


def test_who_steps_in_for_a_machine_is_among_those_who_may_do_it():
    plan = plan_of(Scenario.read(shop(org__who__take="kiosk")))
    assert [plan.roles[r].name for r in plan.activities[0].doers] == ["clerk", "kiosk"]
    # What the design does not offer decides nothing.
    plan = plan_of(Scenario.read(shop(org__offers=[])))
    assert plan.activities[0].by_practice == ()
    assert [plan.roles[r].name for r in plan.activities[0].doers] == ["clerk"]
