"""The ODD sheet of a question: Overview, Design concepts, Details.

Its elements are those of Grimm et al. 2020, Journal of Artificial Societies and Social Simulation 23(2) 7,
doi 10.18564/jasss.4259.
"""

from __future__ import annotations

from experiments.report.sheets import accounts, arrivals, design, experiment, journeys, outputs, rules, work
from experiments.report.sheets.amounts import hours, listed, plural
from experiments.report.sheets.item import Item, tabled
from experiments.report.sheets.subject import Subject

GUIDELINE = "ODD"
SOURCE = "Grimm et al. 2020, JASSS 23(2) 7, doi 10.18564/jasss.4259"
PARTS: dict[str, str] = {}
STATE = (
    (
        "account",
        "segment, traits, channel, satisfaction, need in work, practices followed, ties to people and to the firm",
    ),
    ("case", "step, visits, marks, luck, talks, pull, defects, deadlines of patience and window, milestones reached"),
    ("task", "queued, in service or over; entry, whose, due"),
    ("person", "task in hand, in today or not, kind of the last work, skill, repetitions remembered, open cases"),
    ("role", "queues, diaries, outage until"),
    ("company", "marketing money remembered, share of needs reached, reputation, the design that holds"),
)
"""State by entity, whatever the config; docs/model.md has units and files."""
SCHEDULE = (
    ("needs arise, cases go on", "at their epochs and when unblocked"),
    ("marketing money is spent; churn, referral, needs that hang on satisfaction; reputation", "Monday 00:00"),
    ("quitting and training", "Monday 00:00"),
    ("work that no customer asked for is released", "in blocks over the week's open hours"),
    ("roles open; who is away that day stays away", "at openings"),
    ("outages of machines begin and end", "Poisson, exponential"),
    ("another design takes over", "at the end of the warm-up, and in weeks of changes"),
)


def odd(s: Subject) -> list[Item]:
    """Give the elements of ODD, filled."""
    return [*_overview(s), *_concepts(s), *_details(s)]


def _overview(s: Subject) -> list[Item]:
    purpose = (
        "The model asks who in a company should do which part of the work of winning and serving customers, and how. "
        "It compares org designs on the same customers with the same luck; it does not forecast a firm's sales."
    )
    patterns = (
        "It is held against patterns: with everything else turned off it is a textbook queue with a known answer; "
        "published shares won, talks until convinced, churn and the spread of weekly inquiries come out of the base "
        "company (docs/validation.md)."
    )
    scales = (
        f"Time is in whole milliseconds from t=0, a Monday 00:00; a year is 52 weeks. {experiment.length(s)} There is "
        f"no space. {plural(1 + len(s.scenario.rivals), 'company', 'companies')} in the market."
    )
    order = (
        "At one instant: completions; shifts and weekly grids; arrivals; one round of dispatch, roles in listed "
        f"order ({listed(s.scenario.org.roles)}); customers who leave. Within a class a hash decides, never the order "
        "of scheduling."
    )
    state = tabled("State variables", ["entity", "state"], map(list, STATE))
    when = tabled("Processes", ["process", "when"], map(list, SCHEDULE))
    return [
        Item("1", "Purpose and patterns", [purpose, f"{accounts.in_brief(s)} Designs: {listed(s.names)}.", patterns]),
        Item(
            "2",
            "Entities, state variables, and scales",
            [scales],
            tables=[state, *accounts.segments(s), work.heads(s), journeys.overview(s)],
        ),
        Item(
            "3",
            "Process overview and scheduling",
            [order, *arrivals.timing(s)],
            tables=[when, arrivals.entries(s)],
            diagrams=journeys.diagrams(s)[:1],
        ),
    ]


def _concepts(s: Subject) -> list[Item]:
    scenario = s.scenario
    people, market = scenario.people, scenario.market
    dispatch = dict.fromkeys(
        f"{role}: {one.dispatch.replace('_', ' ')}" for org in s.orgs.values() for role, one in org.roles.items()
    )
    learning = [
        *([f"practice with exponent {people.practice.exponent:g}"] if people.practice.exponent else []),
        *([f"familiarity that saves up to {people.familiarity.effort:g}"] if people.familiarity.effort else []),
        *([f"newcomers' ramp of {people.hiring.ramp_median_weeks:g} weeks"] if people.hiring.ramp_median_weeks else []),
    ]
    quotas = [f"{role} of {name}" for name, org in s.orgs.items() for role, one in org.roles.items() if one.quota]
    slots = [f"{activity} of {name}" for name, org in s.orgs.items() for activity in org.appointments]
    books = [f"{role} of {name}" for name, org in s.orgs.items() for role in org.books]
    rivals = ", ".join(org.name for org in scenario.rivals)
    texts = {
        "Basic principles": "Demand is exogenous: a need arises whether or not the company hears of it, and has its "
        "size and luck before any design touches it. A design decides which needs reach it, who does what, in which "
        f"order and on which terms. Designs here: {listed(s.orgs)}.",
        "Emergence": "Queues, lead times, inquiries lost, utilization, hand-offs, the mix of a person's work, the "
        f"number of customers and contribution come out. Laws of effort ({len(scenario.activity)} activities) and of "
        f"time ({len(market.laws)} named laws), hazards and the response to money are imposed.",
        "Adaptation": f"People take the task that their role's discipline puts first ({listed(dispatch)}). Buyers "
        "decide by thresholds. Nobody changes a design in response to results.",
        "Objectives": f"Nobody optimizes. Quotas, which people move deals for: {listed(quotas)}; near the end of a "
        f"period for {people.timing.near_weeks:g} weeks (0: off).",
        "Learning": f"In people, here: {listed(learning)}. What is not repeated is forgotten. The company learns "
        "nothing.",
        "Prediction": "What is drawn is not known before it happens: work is fitted before appointments by its mean "
        "effort, commission is expected from published chances of a stage. Activities by appointment here: "
        f"{listed(slots)}.",
        "Sensing": "Cases know their marks, people know whether a need is technical and who worked on it last; illness "
        "is known on the morning of the day. Customers' business hours, in which patience runs: "
        f"{hours(market.customer_hours)}.",
        "Interaction": "Through queues, calendars, hand-offs, the owner of an account, and one need at a time for a "
        f"prospect; customers do not meet. Referral: {'on' if market.referral else 'off'}; reputation: "
        f"{'on' if market.reputation else 'off'}; rivals: {rivals or 'none'}.",
        "Stochasticity": experiment.chance(s),
        "Collectives": f"Segments ({listed(market.segments)}), roles, pools of people, and books of accounts that one "
        f"person owns ({listed(books)}).",
        "Observation": "The engine writes a row for everything that happens; measures are sums over rows in the "
        f"window. {experiment.estimation(s)} {outputs.ESTIMATES[0]}",
    }
    concepts = [Item(f"4.{i}", title, [text]) for i, (title, text) in enumerate(texts.items(), 1)]
    return [Item("4", "Design concepts", ["The eleven concepts, in the order of the protocol."]), *concepts]


def _details(s: Subject) -> list[Item]:
    needs = s.scenario.market.needs
    recorded = needs.recorded if needs is not None else None
    data = (
        "None: no file is read in a run, and nothing outside the model changes over time but by the config's profile."
    )
    if recorded is not None:
        data = (
            f"Epochs of prospects' needs from {recorded.path}, column {recorded.time}: {recorded.rows or 0:,} rows "
            f"from Monday {recorded.start_date}, SHA-256 {recorded.sha256}."
        )
    start = (
        "Queues and diaries are empty and no case is open at t=0; every seat is filled with somebody fully "
        f"practiced; all customers are at neutral satisfaction. {experiment.run_in(s)} Seed {s.question.seed}."
    )
    named, called = rules.rules(s)
    about = (
        "Journeys are the submodels of what a customer needs; rules are those of decisions, with their formulas here "
        "and their sources in docs/rules.md; how they work together is told in docs/model.md."
    )
    submodels = [
        *journeys.steps(s),
        *([named] if named.rows else []),
        called,
        *work.activities(s),
        *work.roles(s),
        *work.background(s),
        *work.frictions(s),
        design.terms(s),
        *accounts.properties(s),
        *accounts.expectations(s),
        arrivals.exits(s),
        experiment.changed(s),
    ]
    return [
        Item("5", "Initialization", [start], tables=[*accounts.segments(s), work.heads(s)]),
        Item("6", "Input data", [data]),
        Item("7", "Submodels", [about, experiment.counted(s)], tables=submodels),
    ]
