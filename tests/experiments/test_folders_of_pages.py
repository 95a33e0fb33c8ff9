"""The folders of configs that pages write out: whoever copies them has what the page is about."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from experiments.composing.claim_file import claim_file
from experiments.composing.compose import composed
from experiments.specs.claim import Claim

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE = re.compile(r"^    # (\w+)/(\S+\.yaml).*\n((?:(?:    .*)?\n)*?)(?=\n\S|\n    # \w+/\S+\.yaml|\Z)", re.MULTILINE)


@pytest.fixture
def copied(tmp_path):
    """Copy all files of a page into a folder, as somebody would who reads it; give the folder by its name."""

    def copy(page):
        for folder, name, text in FILE.findall((DOCS / page).read_text(encoding="utf-8")):
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(dedent(text), encoding="utf-8")
        return {path.name: path for path in tmp_path.iterdir()}

    return copy


def test_the_company_in_ten_numbers(copied):
    (folder,) = copied("strategist.md").values()
    assert folder.name == "my_company"
    names = {str(file.relative_to(folder)) for file in folder.rglob("*.yaml")}
    assert names == {
        "org/ours.yaml",
        "org/answered.yaml",
        "org/separated.yaml",
        "market/ours.yaml",
        "experiment/ours.yaml",
    }
    c = composed(["+experiment=ours", "org=separated"], config_dir=folder)
    assert c.question.designs == ["ours", "answered", "separated"]
    assert c.scenario.run_in.name == "ours"
    assert c.scenario.run_in.roles["salesperson"].headcount == 7
    assert c.scenario.org.roles["salesperson"].pay_usd == 108_000
    assert c.scenario.market.contribution_margin == 0.38


def test_the_study_and_its_claim(copied):
    folder = copied("researcher.md")["study"]
    c = composed(["+experiment=study"], config_dir=folder)
    assert (c.scenario.org.name, c.scenario.run_in.name) == ("proposers", "small_traditional")
    assert c.scenario.market.contribution_margin == 0.32
    claim = Claim.model_validate(claim_file("proposers", folder)["claim"])
    assert claim.minimum == 50_000
    assert list(claim.arms) == ["sales", "engineer"]
