"""Designs written as files that show only what differs: read again they are the same design."""

import yaml

from experiments.composing.resolved import resolved
from experiments.composing.space import Space
from experiments.composing.variant import differing, write_variant


def test_what_differs_by_hand():
    before = {"a": 1, "b": {"c": 2, "d": 3}, "e": [1, 2], "f": 4, "on": 1}
    after = {"a": 1, "b": {"c": 2, "d": 4}, "e": [1], "f": None, "g": {"h": 5}, "on": True}
    assert differing(before, after) == {"b": {"d": 4}, "e": [1], "f": None, "g": {"h": 5}, "on": True}
    assert differing(after, after) == {}


def test_a_variant_shows_levers_and_numbers_and_is_read_as_it_is(tmp_path):
    space = Space([])
    setting = {"lever": ["coordinator", "salary"], "org.roles.salesperson.headcount": 7, "org.skill_sigma": 0.3}
    org = space.data_at(setting)["org"]
    (path,) = write_variant(tmp_path, ["mine"], org, "traditional", ["coordinator", "salary"], "Found somewhere.")
    assert path == tmp_path / "org" / "mine.yaml"
    assert path.read_text().startswith("# Found somewhere.\n")
    assert yaml.safe_load(path.read_text()) == {
        "defaults": ["traditional", {"/lever": ["coordinator", "salary"]}, "_self_"],
        "name": "mine",
        "skill_sigma": 0.3,
        "roles": {"salesperson": {"headcount": 7}},
    }
    assert resolved(["org=mine"], config_dir=tmp_path)["org"] == {**org, "name": "mine"}


def test_two_names_are_two_files_that_differ_in_the_name(tmp_path):
    org = Space([]).data_at({"org.skill_sigma": 0.3})["org"]
    both = write_variant(tmp_path, ["mine", "best"], org, "traditional", [], "Found somewhere.")
    assert [path.name for path in both] == ["mine.yaml", "best.yaml"]
    mine, best = (yaml.safe_load(path.read_text()) for path in both)
    assert (mine.pop("name"), best.pop("name")) == ("mine", "best")
    assert mine == best == {"defaults": ["traditional", "_self_"], "skill_sigma": 0.3}


def test_what_takes_something_away_is_written_whole(tmp_path):
    org = resolved(["~org.before.persuade"])["org"]
    (path,) = write_variant(tmp_path, ["mine"], org, "traditional", [], "Found somewhere.")
    assert "defaults" not in yaml.safe_load(path.read_text())
    assert resolved(["org=mine"], config_dir=tmp_path)["org"] == {**org, "name": "mine"}


def test_what_needs_a_lever_of_ones_own_is_written_whole(tmp_path):
    (tmp_path / "own" / "lever").mkdir(parents=True)
    (tmp_path / "own" / "lever" / "my_lever.yaml").write_text("# @package org\nskill_sigma: 0.1\n")
    org = Space([], str(tmp_path / "own")).data_at({"lever": ["my_lever"]})["org"]
    (path,) = write_variant(tmp_path / "new", ["mine"], org, "traditional", ["my_lever"], "Found somewhere.")
    assert "defaults" not in yaml.safe_load(path.read_text())
    assert resolved(["org=mine"], config_dir=tmp_path / "new")["org"]["skill_sigma"] == 0.1
