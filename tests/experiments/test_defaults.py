"""The table of defaults: complete, up to date, and every number with an origin."""

import pytest

from experiments.assumed.numbers import defaults
from experiments.assumed.ranges import Range
from experiments.composing.config_root import config_root
from experiments.pages.defaults import page

SHIPPED = defaults()


def test_the_page_is_up_to_date():
    """`make docs` writes it anew."""
    assert (config_root().parent / "docs" / "defaults.md").read_text(encoding="utf-8") == page(SHIPPED)


def test_every_number_has_an_origin():
    assert [f"{d.file}: {d.path}" for d in SHIPPED if d.origin is None] == []


def test_every_assumption_has_a_range_or_a_reason():
    without = [d for d in SHIPPED if d.origin == "assumption" and d.range is None and not d.reason]
    assert [f"{d.file}: {d.path}" for d in without] == []


def test_every_range_holds_its_default():
    ranged = [d for d in SHIPPED if d.range is not None]
    assert len(ranged) > 300
    assert [f"{d.file}: {d.path}" for d in ranged if not d.low <= float(d.value) <= d.high] == []


def test_one_value_at_a_path_has_one_range_wherever_it_is_written():
    """A config does not tell from which file it has a number."""
    said = {(d.config_path, float(d.value), d.range, d.assumption) for d in SHIPPED if d.assumption}
    assert len(said) == len({(path, value) for path, value, _, _ in said})


def test_what_a_design_decides_is_not_varied():
    varied = {d.config_path for d in SHIPPED if d.assumption}
    for decided in ("headcount", "usd", "org.who", "commission", "slot_quantile", "run.", "priority", "cold_calls"):
        assert not [path for path in varied if decided in path and not path.startswith("market.")], decided
    assert "org.roles.engineer.background.administration.hours_per_week" in varied


def test_numbers_are_read_with_their_units_and_origins():
    found = {(d.file, d.path): (d.value, d.unit, d.origin) for d in SHIPPED}
    assert found["market/engineered_products", "profile.weekdays[0]"] == ("1.15", "1", "measured")
    assert found["market/engineered_products", "rest_weeks"] == ("39", "weeks", "assumption")
    assert found["market/engineered_products", "laws.decision.lognormal.median"] == ("3600.0", "h", "assumption")
    assert found["org/traditional", "overhead"] == ("1.27", "1", "published")
    assert found["org/traditional", "roles.salesperson.pay_usd"] == ("69000", "USD", "published")
    assert found["activity/engineered_products", "persuade.effort_h.lognormal.mean"][:2] == ("1.5", "h")
    assert found["market/engineered_products", "laws.decision.lognormal.cv"][:2] == ("0.6", "1")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("a: 1  # assumption, 0 to 2\n", "assumption"),
        ("# assumption\na: 1\n", "assumption"),
        ("name: x\n# a figure: APQC 2024\na: 1\n", "published"),
        ("b:  # assumption\n  c:\n    a: 1\n", "assumption"),
        ("b:  # assumption\n  c:\n    a: 1  # by definition\n", "by definition"),
        ("b:\n  a: 1  # hours\n", None),
        ("b:\n  c: 1  # assumption\n  a: 1\n", None),
    ],
)
def test_an_origin_is_looked_for_from_near_to_far(tmp_path, text, origin):
    (tmp_path / "market").mkdir()
    (tmp_path / "market" / "x.yaml").write_text(text)
    assert {d.origin for d in defaults(tmp_path) if d.path.endswith("a")} == {origin}


TEXT = """\
# All assumptions, spread halves to doubles.
quick: {kind: desk, spread: 1, size: 3}    # size 2 to 4
slow: {kind: field, spread: 2, size: 8}    # size 6 to 9
laws:                                      # assumption, mean -50 % to +50 % by kind
  a: {kind: desk, mean: 10, share: 0.25}   # share not varied: known
  b: {kind: desk, mean: 20}
  c:
    kind: field
    # assumption, -10 % to +10 %
    mean: 30
work:
  steps:
    split: {choose: {one: 0.25, two: 0.75}}  # assumption, one .1 to .4
"""


def test_a_range_is_taken_from_the_nearest_comment_and_named_by_what_it_stands_for(tmp_path):
    (tmp_path / "journey").mkdir()
    (tmp_path / "journey" / "x.yaml").write_text(TEXT)
    found = {d.path: (d.low, d.high, d.assumption or d.reason) for d in defaults(tmp_path)}
    assert found == {
        "quick.spread": (0.5, 2.0, "journey.spread"),
        "quick.size": (2.0, 4.0, "journey.quick.size"),
        "slow.spread": (1.0, 4.0, "journey.spread"),
        "slow.size": (6.0, 9.0, "journey.slow.size"),
        "laws.a.mean": (5.0, 15.0, "journey.laws.mean.desk"),
        "laws.a.share": (None, None, "known"),
        "laws.b.mean": (10.0, 30.0, "journey.laws.mean.desk"),
        "laws.c.mean": (27.0, 33.0, "journey.laws.c.mean"),
        "work.steps.split.choose.one": (0.1, 0.4, "journey.work.steps.split.choose.one"),
        "work.steps.split.choose.two": (None, None, "the rest of what sums to 1"),
    }


def test_parts_of_a_design_are_varied_as_the_design(tmp_path):
    (tmp_path / "lever").mkdir()
    role = "quits_per_year: 0.2  # assumption, halves to doubles\n    headcount: 3  # assumption, 2 to 4\n"
    (tmp_path / "lever" / "x.yaml").write_text(f"roles:\n  r:\n    {role}")
    quits, heads = defaults(tmp_path)
    assert (quits.config_path, quits.assumption) == ("org.roles.r.quits_per_year", "org.roles.quits_per_year")
    assert (heads.range, heads.assumption, bool(heads.reason)) == (Range(2.0, 4.0), "", True)
