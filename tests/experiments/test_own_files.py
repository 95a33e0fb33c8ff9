"""A user's own files that cannot be read as they stand: one message, no traceback, no endless work."""

import pytest

from experiments.cli import main

NESTED = {
    "bomb": (
        "a0: &a0 [1, 1]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 11)),
        "its aliases make it larger than 200,000 values (got 34,567,901,245)",
    ),
    "itself": (
        "defaults: [traditional, _self_]\nroles: &r {salesperson: *r}\n",
        "an alias refers to what it stands in",
    ),
    "deep": ("a: " + "[" * 5_000 + "]" * 5_000, "is nested too deeply"),
}


@pytest.fixture
def own(tmp_path):
    """Write a design `x` of one's own, and give what checks it."""
    file = tmp_path / "org" / "x.yaml"
    file.parent.mkdir()

    def checked(text):
        file.write_text(text)
        return main(["check", "--config-dir", str(tmp_path), "org=x"])

    checked.file = file
    return checked


@pytest.mark.parametrize("case", NESTED)
def test_files_that_never_end_are_refused(case, own, capsys):
    text, rule = NESTED[case]
    assert own(text) == 2
    assert capsys.readouterr().err == f"orgsim: {own.file}: {rule}\n"


def test_a_design_that_is_its_own_parent_is_refused(own, capsys):
    assert own("defaults: [x, _self_]\nname: x\n") == 2
    assert capsys.readouterr().err == "orgsim: config: refers to itself, as a design among its own defaults does\n"


def test_an_alias_used_well_is_no_harm(own, capsys):
    assert own("defaults: [traditional, _self_]\nname: x\nsetup_h: {design: &half 0.5, proposal: *half}\n") == 0
    assert capsys.readouterr().out.startswith("x: 3,301,950 USD a year")
