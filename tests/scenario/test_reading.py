"""Plain data becomes a scenario, or every reason why not."""

import copy

import pytest
from pydantic import ValidationError

from sim import Scenario, ScenarioError

SHOP = {
    "market": {
        "segments": {"big": {"customers": 2, "prospects": 3}, "small": {"customers": 5}},
        "laws": {"patience": {"exponential": {"mean": 4}}, "pause": {"big": 5, "every": 9}},
        "recurring": {
            "repeat": {
                "journey": "visit",
                "per_account_per_year": {"big": 12, "every": 4},
                "marks": {"urgent": {"chance": 0.5}, "value": {"by": "urgent", "yes": 900, "no": 100}},
            }
        },
    },
    "journey": {
        "visit": {
            "steps": {
                "ask": {"do": "answer", "patience": "patience", "left": "gone"},
                "urgent": {"choose": "urgent", "to": {"yes": "done", "no": "think"}},
                "think": {"wait": "pause"},
                "again": {"choose": {"back": 0.2, "out": 0.8}, "to": {"back": "ask", "out": "done"}},
                "done": {"end": "done"},
                "gone": {"end": "gone"},
            }
        }
    },
    "activity": {"answer": {"kind": "service", "effort_h": {"lognormal": {"mean": 1, "cv": 0.5}}}},
    "org": {"roles": {"clerk": {"headcount": 2}}, "who": {"answer": "clerk"}},
    "run": {"weeks": 4},
}


def changed(path: str, value) -> dict:
    """Give the shop with one value set (`...` takes it away)."""
    data = copy.deepcopy(SHOP)
    *parents, last = path.split("/")
    here = data
    for name in parents:
        here = here.setdefault(name, {})
    if value is ...:
        del here[last]
    else:
        here[last] = value
    return data


def problems(data: dict) -> list[str]:
    """Give everything that is wrong with a scenario."""
    with pytest.raises(ScenarioError) as error:
        Scenario.read(data)
    return [str(p) for p in error.value.problems]


def test_a_right_description_is_read():
    scenario = Scenario.read(SHOP)
    assert scenario.org.who["answer"].role == "clerk"
    assert scenario.market.laws["patience"]["every"].build().mean == 4
    assert scenario.run.warmup_weeks == 0


def test_reading_changes_nothing_that_was_given():
    before = copy.deepcopy(SHOP)
    Scenario.read(SHOP)
    assert before == SHOP


def test_a_scenario_cannot_be_changed():
    scenario = Scenario.read(SHOP)
    with pytest.raises(ValidationError, match="frozen"):
        scenario.run.weeks = 9


def test_booleans_for_keys_are_words_again():
    """YAML 1.1 reads the bare words yes and no as booleans."""
    data = changed("journey/visit/steps/urgent/to", {True: "done", False: "think"})
    assert Scenario.read(data) == Scenario.read(SHOP)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("run/weeks", "4", "run.weeks: input should be a valid number (got '4')"),
        ("run/weeks", True, "run.weeks: input should be a valid number (got True)"),
        ("run/weeks", float("nan"), "run.weeks: input should be a finite number (got nan)"),
        ("run", ..., "run: is needed and not given"),
        ("run/day", 3, "run.day: unknown name; known: weeks, warmup_weeks (got 3)"),
        ("org/roles", {}, "org.roles: dictionary should have at least 1 item after validation, not 0 (got {})"),
        (
            "org/roles/clerk/headcount",
            -1,
            "org.roles.clerk.headcount: input should be greater than or equal to 0 (got -1)",
        ),
        ("org/roles/clerk/headcount", 0, "org.roles.clerk.headcount: nobody there to do 'answer' (got 0)"),
        (
            "org/roles/clerk/speed",
            {"service": 0},
            "org.roles.clerk.speed.service: input should be greater than 0 (got 0)",
        ),
        (
            "org/roles/clerk/speed",
            {"servise": 2},
            "org.roles.clerk.speed.servise: no activity or kind of this name; did you mean 'service'? (got 'servise')",
        ),
        ("org/who/answer", "clark", "org.who.answer: no role of this name; did you mean 'clerk'? (got 'clark')"),
        ("org/who/answer", ..., "org.who.answer: nobody can do this activity: name a role"),
        (
            "org/who/answer",
            {"by_segment": {"big": "clerk"}},
            "org.who.answer: needs a value for small (or 'every') (got ['big'])",
        ),
        (
            "org/who/answer",
            {"role": "clerk", "shares": {"clerk": 1.0}},
            "org.who.answer: who is a role, by_segment, shares or (with by_practice) otherwise; exactly one of them",
        ),
        ("org/books", ["clark"], "org.books: no role of this name; did you mean 'clerk'? (got 'clark')"),
        ("org/overhead", 0.9, "org.overhead: input should be greater than or equal to 1 (got 0.9)"),
        (
            "org/roles/clerk/background",
            {"paper": {"activity": "file", "hours_per_week": 1}},
            "org.roles.clerk.background.paper.activity: no activity of this name; known: answer (got 'file')",
        ),
        (
            "activity/answer/kind",
            "servise",
            "activity.answer.kind: input should be 'persuasion', 'prospecting', 'design', 'proposal', 'transaction', "
            "'fulfillment', 'service', 'account_care', 'coordination', 'travel', 'administration', 'marketing' or "
            "'handoff' (got 'servise')",
        ),
        (
            "activity/answer/effort_h",
            {"big": 1},
            "activity.answer.effort_h: needs a value for small (or 'every') (got ['big'])",
        ),
        (
            "activity/answer/effect",
            "talks",
            "activity.answer.effect: no effect of this name; did you mean 'talk'? (got 'talks')",
        ),
        (
            "market/laws/pause",
            {"bigg": 5, "every": 9},
            "market.laws.pause.bigg: no segment of this name; did you mean 'big'? (got 'bigg')",
        ),
        (
            "market/laws/patience",
            {"exponential": {"mean": 4}, "gamma": {"mean": 4, "cv": 1}},
            "market.laws.patience.every: exactly one law is needed, of: exponential, lognormal, gamma, weibull, "
            "triangular, pert, uniform, deterministic, empirical, mixture; got ['exponential', 'gamma']",
        ),
        (
            "market/segments/big/customers",
            2.5,
            "market.segments.big.customers: input should be a valid integer (got 2.5)",
        ),
        (
            "market/recurring/repeat/journey",
            "visitt",
            "market.recurring.repeat.journey: no journey of this name; did you mean 'visit'? (got 'visitt')",
        ),
        (
            "market/recurring/repeat/marks/value/by",
            "urgency",
            "market.recurring.repeat.marks.value.by: must be a yes/no mark listed before this one (got 'urgency')",
        ),
        (
            "market/rules",
            {"talk": {"appeel": 1.0}},
            "market.rules.talk.appeel: no parameter of this name; did you mean 'appeal'? (got 'appeel')",
        ),
        (
            "market/churn",
            {"per_account_per_year": {"big": 0.1}},
            "market.churn.per_account_per_year: needs a value for small (or 'every') (got ['big'])",
        ),
        (
            "market/channels",
            {"big": {"person": 0.5, "remote": 0.4}},
            "market.channels.big: shares of person, remote, self must sum to 1 (got {'person': 0.5, 'remote': 0.4})",
        ),
        (
            "journey/visit/steps/ask/left",
            ...,
            "journey.visit.steps.ask: patience needs 'left': the step to go to when it ends",
        ),
        ("journey/visit/steps/ask/room", 3, "journey.visit.steps.ask: room and full go together"),
        (
            "journey/visit/steps/ask/wait",
            3,
            "journey.visit.steps.ask: a step has exactly one of do, wait, choose, start, end; got do, wait",
        ),
        ("journey/visit/steps/think/bills", True, "journey.visit.steps.think: 'bills' belongs to end, not to wait"),
        ("journey/visit/window", "pause", "journey.visit: window and window_to go together"),
        (
            "journey/visit/steps/urgent/to/yes",
            ...,
            "journey.visit.steps.urgent.to: needs a step for branch 'yes' (got {'no': 'think'})",
        ),
        (
            "journey/visit/steps/urgent/choose",
            "urgency",
            "journey.visit.steps.urgent.choose: no rule, mark or practice of this name; did you mean 'urgent'? "
            "(got 'urgency')",
        ),
        (
            "journey/visit/steps/again/choose",
            {"back": 0.3, "out": 0.8},
            "journey.visit.steps.again.choose: probabilities must sum to 1 "
            "(got {'back': 0.3, 'out': 0.8} with sum 1.1)",
        ),
        (
            "journey/visit/steps/again/to/out",
            "don",
            "journey.visit.steps.again.to.out: no step of this name; did you mean 'done'? (got 'don')",
        ),
        (
            "journey/visit/steps/gone/end",
            ...,
            "journey.visit.steps.gone: a step has exactly one of do, wait, choose, start, end; got none",
        ),
        ("journey/visit/steps/lonely", {"end": "x"}, "journey.visit.steps.lonely: no other step leads here"),
        (
            "source",
            {"walk_in": {"journey": "visit", "interarrival_h": 0}},
            "source.walk_in.interarrival_h: must have a positive mean, or a count of arrivals",
        ),
    ],
)
def test_one_thing_wrong_is_one_problem_with_path_rule_and_value(path, value, message):
    assert problems(changed(path, value)) == [message]


def test_all_that_is_wrong_is_told():
    data = changed("org/who/answer", "clark")
    data["journey"]["visit"]["steps"]["think"]["wait"] = "pauze"
    data["market"]["recurring"]["repeat"]["journey"] = "visitt"
    assert [p.split(":")[0] for p in problems(data)] == [
        "journey.visit.steps.think.wait",
        "org.who.answer",
        "market.recurring.repeat.journey",
    ]


def test_a_world_in_which_nothing_happens_is_refused():
    assert problems(changed("market/recurring", {})) != []
    data = changed("market/recurring", {})
    data["journey"]["visit"]["steps"]["urgent"]["choose"] = {"yes": 0.5, "no": 0.5}
    assert problems(data) == ["market: nothing ever happens: no needs, no recurring streams, no source"]


def test_a_journey_may_be_written_in_any_order_with_then():
    data = copy.deepcopy(SHOP)
    data["journey"]["visit"]["steps"] = {
        "ask": {"do": "answer", "then": "done"},
        "late": {"wait": 1, "then": "ask"},
        "done": {"choose": {"late": 0.5, "out": 0.5}, "to": {"late": "late", "out": "out"}},
        "out": {"end": "out"},
    }
    assert list(Scenario.read(data).journey["visit"].steps) == ["ask", "late", "done", "out"]


def test_a_cycle_is_found_wherever_it_begins():
    data = copy.deepcopy(SHOP)
    data["journey"]["visit"]["steps"] |= {
        "think": {"wait": "pause", "then": "rest"},
        "rest": {"wait": 1, "then": "think"},
    }
    told = problems(data)
    assert told[0] == "journey.visit.steps.think: a cycle without a choose never ends (got think -> rest -> think)"


def test_a_patience_does_not_make_a_cycle_end():
    data = copy.deepcopy(SHOP)
    steps = data["journey"]["visit"]["steps"]
    steps["ask"]["then"] = "ask"
    assert "journey.visit.steps.ask: a cycle without a choose never ends (got ask -> ask)" in problems(data)
