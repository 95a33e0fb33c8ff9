"""Bad scenario values: one clear message for each thing to change, exit code 2, no traceback, nothing written."""

import pytest

pytestmark = pytest.mark.usefixtures("workplace")

MM1 = "+experiment=textbook/mm1"

ONE_MESSAGE = {
    "unknown role": (
        ["org.who.write_proposal=enginer"],
        "org.who.write_proposal: no role of this name; did you mean 'engineer'? (got 'enginer')",
    ),
    "unknown activity in who": (
        ["org.who.write_proposl=engineer"],
        "org.who.write_proposl: no activity of this name; did you mean 'write_proposal'? (got 'write_proposl')",
    ),
    "negative hours": (
        ["activity.persuade.effort_h.lognormal.mean=-1"],
        "activity.persuade.effort_h.every.lognormal.mean: input should be greater than 0 (got -1)",
    ),
    "negative fixed hours": (
        ["activity.persuade.effort_h=-1"],
        "activity.persuade.effort_h.every: a deterministic law with negative values cannot be a duration or an "
        "amount; got deterministic(-1)",
    ),
    "negative set-up": (
        ["org.setup_h.design=-0.5"],
        "org.setup_h.design: input should be greater than or equal to 0 (got -0.5)",
    ),
    "probabilities": (
        ["journey.issue.steps.kind.choose={simple: 0.7, technical: 0.4}"],
        "journey.issue.steps.kind.choose: probabilities must sum to 1 "
        "(got {'simple': 0.7, 'technical': 0.4} with sum 1.1)",
    ),
    "probability above 1": (
        ["market.needs.marks.technical.chance=1.5"],
        "market.needs.marks.technical.chance.every: input should be less than or equal to 1 (got 1.5)",
    ),
    "shares": (
        ["org.who.take_issue={shares: {salesperson: 0.5, customer_service: 0.4}}"],
        "org.who.take_issue: shares must sum to 1; they sum to 0.9",
    ),
    "cycle without a choose": (
        [
            "journey.loop={steps: {a: {choose: {x: 1, y: 0}, to: {x: b, y: d}}, "
            "b: {wait: 1}, c: {wait: 1, then: b}, d: {end: d}}}"
        ],
        "journey.loop.steps.b: a cycle without a choose never ends (got b -> c -> b)",
    ),
    "journeys that start one another": (
        [
            "journey.ping={steps: {go: {start: pong}, out: {end: out}}}",
            "journey.pong={steps: {rest: {wait: 1}, back: {start: ping}, out: {end: out}}}",
        ],
        "journey.pong.steps.back.start: journeys that start one another without a choose never end "
        "(got ping -> pong -> ping)",
    ),
    "needs without number": (
        ["market.needs.rate=1e8"],
        "market.needs.per_account_per_year: more than 100,000,000 needs in one run (got 4.68e+11)",
    ),
    "arrivals without number": (
        [MM1, "source.customers.interarrival_h=1e-9"],
        "source.customers.interarrival_h: more than 100,000,000 arrivals in one run (got mean 1e-09)",
    ),
    "heads without number": (
        ["org.roles.engineer.headcount=1000000"],
        "org.roles.engineer.headcount: input should be less than or equal to 100000 (got 1000000)",
    ),
    "a number beyond use": (
        ["org.marketing_usd_per_year=1e300"],
        "org.marketing_usd_per_year: input should be less than or equal to 1000000000000 (got 1e+300)",
    ),
    "no name": (["org.name="], "org.name: string should have at least 1 character (got '')"),
    "no folder": (["out="], "out: string should have at least 1 character (got '')"),
    "no run": (["~run"], "run: must be a choice of this group, or a mapping with weeks and replications"),
    "a change after the end": (
        ["run.weeks=10", "changes=[{week: 10, design: persuasion_only}]"],
        "changes.0.week: must come before the run ends, after 10 weeks (got 10.0)",
    ),
    "a change without a design": (
        ["changes=[{week: 2}]"],
        "changes: must be a list of {week, design}, as in changes=[{week: 26, design: persuasion_only}] "
        "(got [{'week': 2}])",
    ),
    "several designs": (
        ["designs=[traditional,growth_only]"],
        "designs: this question is not about several designs; org=NAME names one "
        "(got designs=[traditional,growth_only])",
    ),
    "nobody can do it": (
        ["~org.who.persuade"],
        "org.who.persuade: nobody can do this activity: name a role",
    ),
    "step that is not there": (
        ["journey.issue.steps.take.then=expedit"],
        "journey.issue.steps.take.then: no step of this name; did you mean 'expedite'? (got 'expedit')",
    ),
    "law that is not there": (
        ["journey.opportunity.steps.answer.patience=first_anser"],
        "journey.opportunity.steps.answer.patience: no law in market.laws of this name; "
        "did you mean 'first_answer'? (got 'first_anser')",
    ),
    "unknown key": (
        ["org.roles.engineer.headcout=2"],
        "org.roles.engineer.headcout: unknown name; did you mean 'headcount'? (got 2)",
    ),
    "unknown top key": (
        ["replicatons=2"],
        "replicatons: unknown name; did you mean 'replications'? (got 2)",
    ),
    "unknown role to change": (
        ["org.roles.enginer.headcount=2"],
        "org.roles.enginer: nothing of this name to change (+ before an override adds it); did you mean 'engineer'?",
    ),
    "unknown choice": (
        ["org=traditionel"],
        "org: no such choice; did you mean 'traditional'? (got 'traditionel')",
    ),
    "text for a number": (["run.weeks=long"], "run.weeks: input should be a valid number (got 'long')"),
    "text for a whole number": (["seed=abc"], "seed: input should be a valid integer (got 'abc')"),
    "part of a person": (
        ["org.roles.engineer.headcount=1.5"],
        "org.roles.engineer.headcount: input should be a valid integer (got 1.5)",
    ),
    "yes for a flag": (["trace=perhaps"], "trace: input should be a valid boolean (got 'perhaps')"),
    "number for a mapping": (["org.who=3"], "org.who: must be a mapping (got 3)"),
    "no time at all": (["run.weeks=0"], "run.weeks: input should be greater than 0 (got 0)"),
    "no replications": (["replications=0"], "replications: input should be greater than or equal to 1 (got 0)"),
    "negative seed": (["seed=-1"], "seed: input should be greater than or equal to 0 (got -1)"),
    "hours that end before they start": (
        ["org.roles.salesperson.hours={mon-fri: 17-9}"],
        "org.roles.salesperson.hours: times must satisfy 0 <= start < end <= 24; got '17-9'",
    ),
    "slot longer than a day": (
        ["org.appointments.close.slot_h=9"],
        "org.appointments.close.slot_h: a slot must fit into the 8 h for which role 'salesperson' is open at a time "
        "(got 9.0)",
    ),
    "appointments for nothing": (
        ["org.appointments.clse.slot_h=1"],
        "org.appointments.clse: no activity of this name; did you mean 'close'? (got 'clse')",
    ),
    "slot of no length": (
        ["org.appointments.close.slot_h=0"],
        "org.appointments.close.slot_h: input should be greater than or equal to 0.05 (got 0)",
    ),
    "appointments for background work": (
        ["org.appointments.administer.slot_h=1"],
        "org.appointments.administer: no step of a journey does this activity; only these can be done by appointment",
    ),
    "two lengths of one slot": (
        ["org.appointments.close={slot_h: 1, slot_quantile: 0.7}"],
        "org.appointments.close: an appointment has slot_h or slot_quantile; exactly one of them",
    ),
    "nobody of this name to book": (
        ["org.appointments.close={slot_h: 1, booked_by: plannr}"],
        "org.appointments.close.booked_by: no role of this name; did you mean 'planner'? (got 'plannr')",
    ),
    "nobody there to book": (
        [
            "org=persuasion_only",
            "org.roles.coordinator.headcount=0",
            "~org.appointments.first_talk",
            "~org.appointments.persuade",
            "~org.appointments.persuade_customer",
        ],
        "org.roles.coordinator.headcount: nobody there to book appointments for 'close' (got 0)",
    ),
    "no such work of booking": (
        ["org.appointments.close={slot_h: 1, booked_by: self, booking: book_apointment}"],
        "org.appointments.close.booking: no activity of this name; did you mean 'book_appointment'? "
        "(got 'book_apointment')",
    ),
    "booking that answers": (
        ["org.appointments.close={slot_h: 1, booked_by: self, booking: answer_inquiry}"],
        "org.appointments.close.booking: booking ends no lead time, changes no case and is no answer: no milestone, "
        "effect or substantive (got 'answer_inquiry')",
    ),
    "booking by appointment": (
        [
            "org.appointments.close={slot_h: 1, booked_by: self, booking: first_talk}",
            "org.appointments.first_talk.slot_h=1",
        ],
        "org.appointments.close.booking: an appointment is not booked by appointment (got 'first_talk')",
    ),
    "nobody keeps appointments": (
        ["org.compliance=0"],
        "org.compliance: input should be greater than 0 (got 0)",
    ),
    "campaign that is nobody's work": (
        ["org.campaigns.inquiries.work=administr"],
        "org.campaigns.inquiries.work: no activity of this name; did you mean 'administer'? (got 'administr')",
    ),
    "campaign without hours": (
        ["org.campaigns.inquiries.work=persuade"],
        "org.campaigns.inquiries.work: no role has hours of it among its background work (got 'persuade')",
    ),
    "more money than there is": (
        ["org.campaigns.inquiries.share=0.6", "+org.campaigns.more={work: administer, share: 0.5}"],
        "org.campaigns: shares of the money must not add up to more than 1 (got 1.1)",
    ),
    "one work for two campaigns": (
        ["org.campaigns.inquiries.share=0.5", "+org.campaigns.more={work: run_campaign, share: 0.5}"],
        "org.campaigns.more.work: is the work of campaign 'inquiries' already (got run_campaign)",
    ),
    "propositions that are worth nothing said": (
        ["org.campaigns.inquiries.makes=propositions", "market.propositions=null"],
        "market.propositions: is needed: campaign 'inquiries' makes propositions",
    ),
    "calls that nothing is said of": (
        ["market.touch=null"],
        "market.touch: is needed for cold calls (org.calls)",
    ),
    "nurturing that nothing is said of": (
        ["org.nurtures=true", "market.nurture=null"],
        "market.nurture: is needed where accounts are nurtured (org.nurtures)",
    ),
    "push over success": (
        ["market.touch.push=0.5"],
        "market.touch.push: must not exceed the chance with an open need, 0.0315 (got 0.5)",
    ),
    "entry to nowhere": (
        ["journey.opportunity.entry.cold=first_tlk"],
        "journey.opportunity.entry.cold: no step of this name; did you mean 'first_talk'? (got 'first_tlk')",
    ),
    "endless background work": (
        ["org.roles.engineer.background.administration.hours_per_week=1000000000"],
        "org.roles.engineer.background.administration.hours_per_week: makes more than 10,000 blocks a week of 1 h each "
        "(got 1000000000.0)",
    ),
    "commission on a journey that is not there": (
        ["+org.roles.salesperson.commission.reordr=0.01"],
        "org.roles.salesperson.commission.reordr: no journey of this name; did you mean 'reorder'? (got 'reordr')",
    ),
    "commission on what books nothing": (
        ["+org.roles.salesperson.commission.issue=0.01"],
        "org.roles.salesperson.commission.issue: no step of this journey books an order (got 'issue')",
    ),
    "commission above all": (
        ["org.roles.salesperson.commission.reorder=1.5"],
        "org.roles.salesperson.commission.reorder: input should be less than or equal to 1 (got 1.5)",
    ),
    "best paid first without pay": (
        ["org.roles.engineer.dispatch=best_paid_first"],
        "org.roles.engineer.dispatch: best_paid_first needs a commission to go by (got 'best_paid_first')",
    ),
    "a quota of nothing": (
        ["+org.roles.engineer.quota={usd: 1000}"],
        "org.roles.engineer.quota.counts: names no journey whose bookings count, and none pays a commission",
    ),
    "a period that is always about to end": (
        ["+org.roles.salesperson.quota={usd: 1000, weeks: 2}", "people.timing.near_weeks=2"],
        "people.timing.near_weeks: must be less than the 2 weeks of a period (org.roles.salesperson.quota.weeks) "
        "(got 2.0)",
    ),
    "a machine on commission": (
        ["org.roles.salesperson.machine=true", "org.roles.salesperson.absence_days_per_year=0"],
        "org.roles.salesperson.commission: machines earn none "
        "(got {'reorder': 0.009, 'opportunity': 0.03, 'expansion': 0.03})",
    ),
    "a deal that does not wait": (
        ["journey.issue.steps.take.movable=true"],
        "journey.issue.steps.take: 'movable' belongs to wait, not to do",
    ),
    "a million years": (
        ["run.weeks=52000000"],
        "run.weeks: input should be less than or equal to 5200 (got 52000000)",
    ),
    "pay for nothing": (
        ["org.roles.salesperson.paid_for=[persuading]"],
        "org.roles.salesperson.paid_for: no activity or kind of this name; did you mean 'persuasion'? "
        "(got 'persuading')",
    ),
    "balanced without a budget": (
        ["org.staffing=balanced", "~org.budget_usd_per_year"],
        "org.budget_usd_per_year: is needed for balanced staffing",
    ),
    "holiday before the start": (
        ["org.roles.engineer.closed_days=[-1]"],
        "org.roles.engineer.closed_days.0: input should be greater than or equal to 0 (got -1)",
    ),
    "absence without nights": (
        ["org.roles.engineer.hours={mon-sun: 0-24}"],
        "org.roles.engineer.absence_days_per_year: people who are away on days need opening hours; "
        "who is always there has no days (got 35.0)",
    ),
    "absence without days": (
        ["org.roles.engineer.hours=always"],
        "org.roles.engineer.absence_days_per_year: people who are away on days need opening hours; "
        "who is always there has no days (got 35.0)",
    ),
    "several values": (
        ["org=textbook,traditional"],
        "org: takes one value here, not several (got org=textbook,traditional)",
    ),
    "Hydra's own": (
        ["hydra.run.dir=/elsewhere"],
        "hydra.run.dir: Hydra's own settings cannot be changed here (got hydra.run.dir=/elsewhere)",
    ),
    "no verb": (None, "rnu: no such verb; did you mean 'run'?"),
    "object to make": (["org._target_=os.system"], "org._target_: unknown name (got 'os.system')"),
    "no column named": (
        ["market.needs.recorded={path: leads.csv}"],
        "market.needs.recorded.time: is needed: the column with dates or timestamps",
    ),
    "no file": (
        ["market.needs.recorded={path: leads.csv, time: day}"],
        "market.needs.recorded.path: no such file (got 'leads.csv')",
    ),
    "folder for a file": (
        ["market.needs.recorded={path: ., time: day}"],
        "market.needs.recorded.path: is not a file (got '.')",
    ),
}


@pytest.mark.parametrize("case", ONE_MESSAGE)
def test_one_mistake_gets_one_message(complaints, workplace, case):
    overrides, message = ONE_MESSAGE[case]
    assert complaints(*(["rnu"] if overrides is None else ["run", *overrides])) == [message]
    assert list(workplace.iterdir()) == []


def test_several_mistakes_are_told_at_once(complaints):
    told = complaints(
        "run",
        "run.weks=3",
        "org.roles.engineer.headcount=-1",
        "seed=-1",
        "market.needs.recorded={path: no.csv, time: t}",
    )
    assert told == [
        "seed: input should be greater than or equal to 0 (got -1)",
        "market.needs.recorded.path: no such file (got 'no.csv')",
        "org.roles.engineer.headcount: input should be greater than or equal to 0 (got -1)",
        "run.weks: unknown name; did you mean 'weeks'? (got 3)",
    ]


def test_several_wrong_references_are_told_at_once(complaints):
    told = complaints("run", "org.who.persuade=salesman", "org.who.fulfill=crow", "org.books=[engineers]")
    assert [line.split(":")[0] for line in told] == ["org.books", "org.who.persuade", "org.who.fulfill"]


def test_a_journey_without_an_end_is_told_where(complaints):
    assert complaints("run", "journey.short={steps: {talk: {do: persuade}}}") == [
        "journey.short.steps.talk: nothing follows this last step: end it, or name the next step with 'then'",
        "journey.short: a journey needs at least one step with 'end' (got steps talk)",
    ]


def test_a_role_without_people_is_told_what_it_should_do(complaints):
    told = complaints("run", "org.roles.engineer.headcount=0")
    assert told[0].startswith("org.roles.engineer.headcount: nobody there to do 'check_design', 'revise_proposal', ")
    assert all(line.startswith("org.roles.engineer.headcount: nobody there") for line in told)


def test_no_people_at_all_is_told(complaints):
    told = complaints("run", MM1, "org.roles.server.headcount=0")
    assert told == ["org.roles.server.headcount: nobody there to do 'serve' (got 0)"]
    assert complaints("run", MM1, "~org.roles.server") != []
