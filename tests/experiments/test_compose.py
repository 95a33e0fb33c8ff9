"""From config groups and overrides to a scenario, by the Python door and the command line alike."""

import pytest

from experiments import compose
from experiments.complaint import Complaint
from experiments.composing.choices import choices
from experiments.composing.compose import composed
from sim import Scenario


def test_a_design_is_composed_by_name():
    scenario = compose(["org=persuasion_only"])
    assert isinstance(scenario, Scenario)
    assert scenario.org.name == "persuasion_only"
    assert scenario.org.who["persuade"].role == "salesperson"


@pytest.mark.parametrize("org", ["traditional", "persuasion_only", "traditional_portal", "persuasion_only_portal"])
def test_every_shipped_design_serves_the_same_customers(org):
    assert compose([f"org={org}"]).market == compose().market


def test_every_shipped_choice_composes():
    for group in ("org", "market", "journey", "activity", "people", "run"):
        assert choices(group)
    for experiment in choices("experiment"):
        assert compose([f"+experiment={experiment}"]).run.weeks > 0


def test_a_value_is_one_override():
    scenario = compose(["org.who.write_proposal=engineer", "org.roles.engineer.headcount=5", "run.weeks=26", "seed=7"])
    assert scenario.org.who["write_proposal"].role == "engineer"
    assert scenario.org.roles["engineer"].headcount == 5
    assert scenario.run.weeks == 26
    assert composed(["seed=7"]).question.seed == 7


def test_a_missing_option_may_be_set_without_more_ado():
    scenario = compose(["org.roles.engineer.speed.design=1.25", "org.roles.engineer.id=old_name", "run_in=null"])
    assert scenario.org.roles["engineer"].speed == {"design": 1.25}


def test_something_new_is_added_whole_or_with_a_plus():
    whole = compose(["org.roles.helper={headcount: 2, hours: always}"])
    piecewise = compose(["+org.roles.helper.headcount=2", "+org.roles.helper.hours=always"])
    assert whole.org.roles["helper"] == piecewise.org.roles["helper"]


def test_something_is_taken_away_with_a_tilde():
    assert "salesperson" not in compose(["~org.before.persuade"]).org.before
    with pytest.raises(Complaint, match=r"org.before.persuad: cannot be deleted: it is not there"):
        compose(["~org.before.persuad"])


def test_yes_and_no_stay_words():
    changed = ["~journey.issue.steps.kind.to", "journey.issue.steps.kind.choose=technical"]
    scenario = compose([*changed, "journey.issue.steps.kind.to={no: resolve, yes: resolve_technical}"])
    assert scenario.journey["issue"].steps["kind"].to == {"no": "resolve", "yes": "resolve_technical"}


def test_the_order_of_overrides_does_not_matter_for_different_values():
    one = compose(["run.weeks=5", "org=persuasion_only", "org.overhead=1.3"])
    other = compose(["org.overhead=1.3", "org=persuasion_only", "run.weeks=5"])
    assert one == other


def test_replications_follow_the_run_unless_said():
    assert composed(["run=quick"]).question.replications == 4
    assert composed(["run=standard"]).question.replications == 20
    assert composed(["run=standard", "replications=3"]).question.replications == 3


def test_ones_own_choices_stand_beside_the_shipped_ones(tmp_path):
    own = tmp_path / "it's mine, [really]" / "org"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("defaults: [traditional, _self_]\nname: mine\nroles: {engineer: {headcount: 9}}\n")
    scenario = compose(["org=mine"], config_dir=own.parent)
    assert scenario.org.name == "mine"
    assert scenario.org.roles["engineer"].headcount == 9
    assert scenario.org.roles["salesperson"] == compose().org.roles["salesperson"]
    assert "mine" in choices("org", own.parent)
    with pytest.raises(Complaint, match="org: no such choice"):
        compose(["org=mine"])


def test_composing_again_gives_the_same_and_leaves_nothing_behind():
    before = compose()
    compose(["org=textbook", "+experiment=textbook/mm1"])
    assert compose() == before


def test_designs_are_named_for_the_run_in_and_for_what_follows():
    scenario = compose(
        ["org=persuasion_only", "run_in=traditional", "changes=[{week: 10, design: traditional}]", "org.name=mine"]
    )
    assert scenario.org.name == "mine"
    assert scenario.run_in == compose(["org=traditional"]).org
    assert [(change.week, change.org.name) for change in scenario.changes] == [(10, "traditional")]


def test_rivals_are_named_and_keep_their_design_and_staff():
    scenario = compose(["org.name=mine", "rivals=[growth_only,traditional]", "run_in=persuasion_only"])
    assert [org.name for org in scenario.rivals] == ["growth_only", "traditional"]
    assert {org.staffing for org in scenario.rivals} == {"given"}
    first, *others = scenario.companies
    assert first is scenario
    assert [seen.org.name for seen in others] == ["growth_only", "traditional"]
    assert all(seen.run_in is None and seen.changes == [] for seen in others)
    assert [[org.name for org in seen.rivals] for seen in others] == [["mine", "traditional"], ["mine", "growth_only"]]
    assert compose(["rivals=traditional"]).rivals == compose(["rivals=[traditional]"]).rivals


def test_each_company_sees_its_own_share_first():
    shares = "market.rivalry.shares_at_start=[0.5,0.3,0.2]"
    scenario = compose(["rivals=[traditional,traditional]", shares])
    seen = [company.market.rivalry.shares_at_start for company in scenario.companies]
    assert seen == [[0.5, 0.3, 0.2], [0.3, 0.5, 0.2], [0.2, 0.5, 0.3]]


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("rivals=[growth_onl]", "rivals.0: must be the name of a design; did you mean 'growth_only'?"),
        ("rivals={growth_only: 1}", "rivals: must be a list of names, as in rivals=[growth_only]"),
        (f"rivals=[{','.join(['traditional'] * 8)}]", "rivals: at most 7 of them"),
        ("rivals=[textbook]", "rivals.0.roles: is needed and not given"),
        ("run_in=tradtional", "run_in: must be the name of a design; did you mean 'traditional'? (got 'tradtional')"),
        ("run_in=3", "run_in: must be the name of a design (got 3)"),
        ("changes=[{week: 1, design: persuasion}]", "changes.0.design: must be the name of a design; did you mean"),
        ("changes=[{week: x, design: traditional}]", "changes.0.week: input should be a valid number (got 'x')"),
        (
            "changes=traditional",
            "changes: must be a list of {week, design}, as in changes=[{week: 26, design: persuasion_only}]",
        ),
        ("changes=[{week: -1, design: traditional}]", "changes.0.week: input should be greater than or equal to 0"),
    ],
)
def test_a_wrong_design_or_week_is_told(override, told):
    with pytest.raises(Complaint) as complaint:
        compose([override])
    assert any(str(p).startswith(told) for p in complaint.value.problems), complaint.value.problems
