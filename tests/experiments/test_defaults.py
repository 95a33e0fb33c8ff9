"""The table of defaults: complete, up to date, and every number with an origin."""

import pytest

from experiments.composing.config_root import config_root
from experiments.pages.defaults import defaults, page

SHIPPED = defaults()


def test_the_page_is_up_to_date():
    """`make docs` writes it anew."""
    assert (config_root().parent / "docs" / "defaults.md").read_text(encoding="utf-8") == page(SHIPPED)


def test_every_number_has_an_origin():
    assert [f"{d.file}: {d.path}" for d in SHIPPED if d.origin is None] == []


def test_numbers_are_read_with_their_units_and_origins():
    found = {(d.file, d.path): (d.value, d.unit, d.origin) for d in SHIPPED}
    assert found["market/engineered_products", "profile.weekdays[0]"] == ("1.15", "1", "measured")
    assert found["market/engineered_products", "rest_weeks"] == ("39", "weeks", "assumption")
    assert found["market/engineered_products", "laws.decision.lognormal.median"] == ("3600.0", "h", "assumption")
    assert found["org/traditional", "overhead"] == ("1.27", "1", "published")
    assert found["org/traditional", "roles.salesperson.pay_usd"] == ("69000", "USD", "published")
    assert found["activity/engineered_products", "persuade.effort_h.lognormal.mean"][:2] == ("1.5", "h")


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
