"""Pages of documentation: their links lead somewhere, and what they name exists."""

import re
from pathlib import Path

import pytest

from experiments.composing.choices import choices
from experiments.composing.claim_file import GROUP, claim_file
from experiments.composing.schema_path import schemas_at, unset
from experiments.pages.rules import numbers_at, shipped_numbers
from experiments.specs.claim import Claim

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "DESIGN.md", *sorted((ROOT / "docs").glob("*.md"))]
ALL_MEASURES = "kpis.md"  # measures of people have names that look like paths
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
GROUPS = ("market", "journey", "activity", "org", "people", "run", "source", "run_in", "changes")
CONFIG_PATH = re.compile(rf"`((?:{'|'.join(GROUPS)})(?:\.\w+)*)(?:=[^`]*)?`")
VALUE = re.compile(r"`([a-z_]+(?:\.\w+)+)`\s\(([\d.]+)(?=[ :)])")
ASSUMPTION = re.compile(r"^\| ([a-z_.]+) \|", re.MULTILINE)
FILE = re.compile(r"`((?:sim|experiments|configs|docs|tests)/[\w./]*)`")


def links(text):
    """Give the relative links of a page as (path, heading)."""
    found = [
        link for link in LINK.findall(FENCED.sub("", text)) if "://" not in link and not link.startswith("mailto:")
    ]
    return [link.partition("#")[::2] for link in found]


def config_paths(page):
    """Give the config paths that a page names in backticks, apart from blocks of code."""
    return set(CONFIG_PATH.findall(FENCED.sub("", page.read_text(encoding="utf-8"))))


def headings(text):
    """Give the names by which the headings of a page are linked to."""
    titles = re.findall(r"^#+ +(.*)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    broken = []
    for path, heading in links(text):
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (heading and heading not in headings(target.read_text(encoding="utf-8"))):
            broken.append(f"{path}#{heading}")
    assert broken == []


def test_a_broken_link_is_seen():
    assert links("[a](gone.md) [b](#not-here) [c](https://example.org) [d](x.md#e)") == [
        ("gone.md", ""),
        ("", "not-here"),
        ("x.md", "e"),
    ]
    assert headings("# What `it` does: all\n\n```\n# no heading\n```\n") == {"what-it-does-all"}


def test_the_page_on_the_model_names_its_config_paths():
    assert len(config_paths(ROOT / "docs" / "model.md")) > 50


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != ALL_MEASURES], ids=lambda page: page.name)
def test_config_paths_that_a_page_names_exist(page):
    claims = [Claim.model_validate(claim_file(name)["claim"]) for name in choices(GROUP)]
    measures = {measure for claim in claims for measure in claim.measures()}
    # Some assumptions stand for many numbers at once, under a name that is like a path.
    assumptions = set(ASSUMPTION.findall((ROOT / "docs" / "assumptions.md").read_text(encoding="utf-8")))
    assert sorted(path for path in config_paths(page) - measures - assumptions if not schemas_at(path)) == []


def test_values_beside_config_paths_are_those_shipped():
    """In the page on the model, a number in brackets right after a path is what the default question has there."""
    told = VALUE.findall((ROOT / "docs" / "model.md").read_text(encoding="utf-8"))
    assert len(told) >= 5
    numbers = shipped_numbers()
    for path, value in told:
        given = {float(d.value) for d in numbers_at(path, numbers)} or {unset(path)}
        assert given == {float(value)}, path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_names_exist(page):
    named = FILE.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    assert sorted(path for path in set(named) if not (ROOT / path).exists()) == []
