"""Points made from data that is composed once are what composing them anew gives."""

import pytest

from experiments.complaint import Complaint
from experiments.composing import chosen
from experiments.composing.compose import composed
from experiments.composing.resolved import with_choices
from experiments.composing.space import Space, put

BASE = ["run.weeks=3", "org.roles.engineer.headcount=5"]


@pytest.fixture(scope="module")
def space():
    return Space(BASE)


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"org": "persuasion_only"},
        {"org": "traditional", "market.needs.rate": 1.25, "org.roles.salesperson.headcount": 7},
        {"people": "steady", "people.ties.follow": 0.5},
        {"run.warmup_weeks": 7},
        {"lever": ["service_answers", "shared_queue"], "org": "traditional"},
        {"run_in": None},
        {"org.who.take_order": {"shares": {"salesperson": 0.5, "customer_service": 0.5}}},
        {"market.profile.weekdays": [1, 1, 1, 1, 1, 0, 0]},
    ],
    ids=str,
)
def test_a_point_is_what_composing_gives(space, setting):
    def word(value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {word(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return f"[{','.join(map(word, value))}]"
        return "null" if value is None else str(value)

    there = space.at(setting)
    anew = composed([*BASE, *(f"{k}={word(v)}" for k, v in setting.items())])
    assert there.scenario == anew.scenario
    assert there.data == anew.data
    assert there.question == anew.question


def test_points_do_not_share_data(space):
    one = space.data_at({"market.needs.rate": 2.0})
    one["market"]["needs"]["rate"] = 99.0
    assert space.data_at({})["market"]["needs"]["rate"] == 1.0


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"org": "traditionel"}, "did you mean 'traditional'"),
        ({"lever": ["shared_q"]}, "did you mean 'shared_queue'"),
        ({"org.roles.salesman.headcount": 3}, "did you mean 'salesperson'"),
        ({"seed": 3}, "is the same at all points"),
        ({"run.replications": 3}, "is the same at all points"),
        ({"market.needs.rat": 3}, "did you mean 'rate'"),
        ({"market.needs.rate": "much"}, "market.needs.rate"),
        ({"market.needs.rate.more": 1}, "market.needs.rate is no mapping"),
        ({"market.profile.weekdays.0": 1}, "market.profile.weekdays is no mapping"),
    ],
    ids=str,
)
def test_a_point_that_cannot_be_is_complained_of(space, setting, told):
    with pytest.raises(Complaint, match=told):
        space.at(setting)


def test_mappings_are_merged_and_everything_else_is_replaced():
    data = {"a": {"b": {"c": 1, "d": [1, 2]}}}
    put(data, "a.b", {"d": [3], "e": {"f": 2}})
    put(data, "x.y", 5)
    assert data == {"a": {"b": {"c": 1, "d": [3], "e": {"f": 2}}}, "x": {"y": 5}}


def test_what_is_chosen_anyway_is_not_composed_again(monkeypatch, tmp_path):
    asked = []

    def counted(words):
        asked.append(list(words))
        return with_choices(words)

    monkeypatch.setattr(chosen, "with_choices", counted)
    space = Space(["run.weeks=3"])
    for setting in ({}, {"org": "traditional"}, {"org": "traditional", "people": "responsive"}, {"people": "steady"}):
        space.at(setting)
    assert asked == [[], ["people=steady"]]
    # An experiment that chooses another design is overruled by a word that chooses the usual one.
    (tmp_path / "experiment").mkdir()
    (tmp_path / "experiment" / "mine.yaml").write_text(
        "# @package _global_\ndefaults:\n  - override /org: persuasion_only\n"
    )
    own = Space(["+experiment=mine"], str(tmp_path))
    settings = ({}, {"org": "traditional"}, {"org": "persuasion_only"})
    names = [own.at(setting).data["org"]["name"] for setting in settings]
    assert names == ["persuasion_only", "traditional", "persuasion_only"]
    assert own.org("traditional")["name"] == "traditional"
