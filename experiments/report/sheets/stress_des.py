"""The STRESS-DES sheet of a question.

Its items are those of Monks, Currie, Onggo, Robinson, Kunc and Taylor 2019, Journal of Simulation 13(1), 55-67,
doi 10.1080/17477778.2018.1442155, for discrete-event simulation.
"""

from __future__ import annotations

from experiments.report.origin import footer
from experiments.report.sheets import accounts, arrivals, design, experiment, journeys, outputs, rules, work
from experiments.report.sheets.amounts import plural
from experiments.report.sheets.item import Item, tabled
from experiments.report.sheets.journey_map import journey_map
from experiments.report.sheets.subject import Subject

GUIDELINE = "STRESS-DES"
SOURCE = "Monks et al. 2019, Journal of Simulation 13(1), doi 10.1080/17477778.2018.1442155"
PARTS = {
    "1": "Objectives",
    "2": "Logic",
    "3": "Data",
    "4": "Experimentation",
    "5": "Implementation",
    "6": "Code access",
}
STRUCTURE = (
    "Needs do not respond to a design, except through satisfaction; value and price are fixed.",
    "Delay costs through two thresholds only: the customer's patience and the decision window.",
    "Skill has one dimension, which moves how much a talk convinces; it does not change how long work takes.",
    "Making has no capacity beside the roles named here; waits outside the company are laws.",
    "A case that begins another hands over nothing and costs nothing at that border.",
    "Nobody changes a design because of results; competitors do not react, unless rivals are named.",
)
"""What the model leaves out, whatever the config; docs/model.md has it at length."""


def stress_des(s: Subject) -> list[Item]:
    """Give the items of STRESS-DES, filled."""
    return [*_objectives(s), *_logic(s), *_components(s), *_data(s), *_experimentation(s), *_implementation(s)]


def _objectives(s: Subject) -> list[Item]:
    purpose = [
        "To find out who in an organization should do which part of the work of winning and serving customers, and "
        "how. Org designs meet the same customers with the same luck; what differs between them is measured with its "
        "error. It is meant for comparing designs and for finding the assumption on which a comparison hangs, not "
        "for forecasting a firm's sales.",
        f"{accounts.in_brief(s)} Designs: {', '.join(s.names)}.",
    ]
    window = (
        f"Measures are sums over what happened in the window of {plural(s.scenario.run.weeks, 'week')} after warm-up."
    )
    where = "What each measure is, with its formula, is in docs/kpis.md of the sources."
    return [
        Item("1.1", "Purpose of the model", purpose),
        Item("1.2", "Model outputs", [window, *outputs.ESTIMATES, where], tables=outputs.measures(s)),
        Item("1.3", "Experimentation aims", experiment.aims(s)),
    ]


def _logic(s: Subject) -> list[Item]:
    base = (
        "A case is one need on its way through a journey. A journey is a sequence of named steps, each one of five "
        "verbs: do an activity (the case waits in a queue until somebody has done it), wait for the customer's own "
        "time, choose a branch, start another journey, end with an outcome. The org design says which role does an "
        "activity; people take tasks from the queues of their role, in its discipline, within its hours, and are "
        "never preempted."
    )
    several = len(s.names) > 1
    scenarios = [
        f"All designs share market, journeys, activities, people and run. {s.names[0]} is the reference; every value "
        "in which the others differ is in the table."
        if several
        else f"There is one scenario, {s.names[0]}: the base model is the only one. Its terms are in the table.",
        experiment.run_in(s),
    ]
    named, called = rules.rules(s)
    algorithms = [
        "Decisions are rules: pure functions of numbers. Meanings of the symbols, sources and ranges are in "
        "docs/rules.md. A rule whose leading number is 0 changes nothing. Heads of a design with balanced staffing "
        "are R + beta sqrt(R) for R heads of offered work (Halfin and Whitt 1981).",
        f"Staffing here: {', '.join(f'{name} {org.staffing}' for name, org in s.orgs.items())}.",
    ]
    shown = [design.terms(s), *([design.differences(s)] if several else [])]
    return [
        Item(
            "2.1",
            "Base model overview diagram",
            ["Journeys, what begins them and what they begin; the steps of each are in 2.2."],
            tables=[journeys.overview(s)],
            drawings=[
                journey_map(journeys.arrows(s), [f"journey {name}" for name in s.scenario.journey], footer(s.origin))
            ],
            diagrams=journeys.diagrams(s),
        ),
        Item("2.2", "Base model logic", [base, *arrivals.timing(s)], tables=journeys.steps(s)),
        Item("2.3", "Scenario logic", scenarios, tables=shown),
        Item("2.4", "Algorithms", algorithms, tables=[*([named] if named.rows else []), called]),
        Item("2.5", "Components", [f"{_counted(s)} Each kind is described below."]),
    ]


def _components(s: Subject) -> list[Item]:
    entities = [
        f"{accounts.in_brief(s)} Entities that move are cases, one for each need of an account; they carry marks of "
        "the need, luck, and what work changed in them.",
    ]
    resources = [
        "Resources are people in seats of a role, and machines, whose heads are the pieces they work on at a time. "
        f"Calendars repeat by week. {_familiar(s)}",
    ]
    queues = [
        "Each role has one shared queue, and one for each owner where it owns accounts. The discipline is by role "
        "(2.5.3): first come; priority (of the activity, smaller first); earliest due; persuasion first; best paid "
        "first. Ties go by entry into the queue, then by a hash. Whoever has been idle longest takes the task. "
        "Customers leave a queue when their patience is over, and are served if somebody comes free at that instant.",
    ]
    return [
        Item("2.5.1", "Entities", entities, tables=[*accounts.segments(s), *accounts.properties(s)]),
        Item("2.5.2", "Activities", [_effort(s)], tables=[*work.activities(s), *work.background(s)]),
        Item("2.5.3", "Resources", resources, tables=[work.heads(s), *work.roles(s), *work.frictions(s)]),
        Item("2.5.4", "Queues", queues, tables=work.waits(s)),
        Item(
            "2.5.5",
            "Entry and exit points",
            ["Cases enter by the sources below, and leave by the ends of their journeys."],
            tables=[arrivals.entries(s), arrivals.exits(s)],
        ),
    ]


def _data(s: Subject) -> list[Item]:
    n, needs = s.numbers, s.scenario.market.needs
    recorded = needs.recorded if needs is not None else None
    source = "No file of data is read in a run."
    processing = "Nothing is processed before a run: laws are given by mean and spread, and drawn by inversion."
    if recorded is not None:
        sha, rows = str(recorded.sha256), recorded.rows or 0
        source = (
            f"Needs of prospects are read from {recorded.path}, column {recorded.time}, {rows:,} rows, SHA-256 {sha}."
        )
        processing = (
            f"Times in {recorded.path} are counted from Monday {recorded.start_date}; row j belongs to one account by "
            "hash, whatever the "
            f"design{'; a day is spread by the hours of the profile' if recorded.days_only else ''}."
        )
    cited = tabled("Published, measured and calibrated", ["as the comment beside it says", "numbers"], _cited(s))
    rest = "Every shipped number, with unit, origin and range, is in docs/defaults.md."
    laws = "Laws are named with their parameters as the config has them; what activities take is in 2.5.2."
    ranges = (
        f"{plural(len(n.assumptions), 'assumption')} with a range can be varied at once (orgsim verdict, sensitivity)."
    )
    return [
        Item("3.1", "Data sources", [experiment.counted(s), source], tables=[cited] if cited.rows else []),
        Item("3.2", "Pre-processing", [processing, "Durations are rounded half up to whole milliseconds when drawn."]),
        Item(
            "3.3",
            "Input parameters",
            [f"{plural(len(n.changed), 'number')} not as shipped. {rest}", laws],
            tables=[experiment.changed(s), *accounts.expectations(s)],
        ),
        Item(
            "3.4",
            "Assumptions",
            [f"{n.assumed} numbers are assumptions. {ranges}"],
            STRUCTURE,
            tables=[experiment.assumed(s)] if n.assumptions else [],
        ),
    ]


def _experimentation(s: Subject) -> list[Item]:
    start = (
        "At t=0 queues and diaries are empty, no case is open, and every seat is filled with somebody fully "
        "practiced; customers are at neutral satisfaction, and needs that nobody has heard of are stationary from "
        "the start."
    )
    return [
        Item("4.1", "Initialization", [experiment.run_in(s), start]),
        Item("4.2", "Run length", [experiment.length(s)]),
        Item("4.3", "Estimation approach", [experiment.estimation(s), *outputs.ESTIMATES]),
    ]


def _implementation(s: Subject) -> list[Item]:
    execution = (
        "Process interaction on an event list (SimPy), or the same semantics as an event loop over arrays compiled "
        "by numba, with the same results to the last bit. Time is in whole milliseconds. At one instant come "
        "completions, then shifts and weekly grids, then arrivals, then one round of dispatch, roles in listed "
        "order, then customers who leave; within a class a hash decides, never the order of scheduling."
    )
    code = (
        "orgsim is open source under the MIT license. The command below writes this sheet again; the folder of an "
        "answer has the command that repeats the answer, and the config it came from."
    )
    return [
        Item(
            "5.1",
            "Software or programming language",
            [f"Python {s.origin['python']}."],
            tables=[experiment.versions(s)],
        ),
        Item("5.2", "Random sampling", [experiment.chance(s)]),
        Item(
            "5.3", "Model execution", [execution, f"Engine here: {s.question.engine}; one replication is sequential."]
        ),
        Item("5.4", "System specification", [experiment.machine(s)]),
        Item("6.1", "Computer model sharing statement", [code], tables=[experiment.sharing(s)]),
    ]


def _counted(s: Subject) -> str:
    roles = {role for org in s.orgs.values() for role in org.roles}
    parts = [
        plural(len(s.scenario.journey), "journey"),
        plural(len(s.scenario.activity), "activity", "activities"),
        plural(len(roles), "role"),
    ]
    return f"{', '.join(parts)}."


def _effort(s: Subject) -> str:
    people = s.scenario.people
    factors = [
        *([f"practice (exponent {people.practice.exponent:g})"] if people.practice.exponent else []),
        *([f"familiarity (up to {people.familiarity.effort:g} saved)"] if people.familiarity.effort else []),
        *([f"juggling ({people.juggling.per_case:g} a further case)"] if people.juggling.per_case else []),
        *([f"pay ({people.incentive.effort:g} x variable share)"] if people.incentive.effort else []),
    ]
    return (
        "An activity is one person's work on one thing: its effort is drawn at the case's address and divided by the "
        f"speed of the role. Effects of what people are like, here: {', '.join(factors) or 'none'}."
    )


def _familiar(s: Subject) -> str:
    turnover, hiring = s.scenario.people.turnover, s.scenario.people.hiring
    if not turnover.rate:
        return "Nobody quits."
    return (
        f"People quit by the hazard of their role x {turnover.rate:g}; a post is vacant for "
        f"{plural(hiring.vacancy_weeks, 'week')}, and a newcomer ramps up with a median of "
        f"{hiring.ramp_median_weeks:g} weeks."
    )


def _cited(s: Subject) -> list[list[str]]:
    return [[comment, str(n)] for comment, n in s.numbers.sources]
