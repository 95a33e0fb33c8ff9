"""What can be asked, told by the command itself."""

import re
import shlex
from pathlib import Path

import pytest

from experiments import cli, manual
from experiments.cli import VERBS, main
from experiments.question import Question

ROOT = Path(__file__).resolve().parents[2]


def test_all_verbs_are_told_each_in_a_line(capsys):
    for words in ([], ["--help"], ["help"], ["-h"]):
        assert main(words) == 0
        told = capsys.readouterr().out.splitlines()
        for verb, about in VERBS.items():
            assert re.fullmatch(rf"  {verb} +{re.escape(about)}", next(x for x in told if x.startswith(f"  {verb} ")))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_tells_its_words_and_examples(verb, capsys):
    assert main([verb, "--help"]) == 0
    told = capsys.readouterr().out
    assert main(["help", verb]) == 0
    assert capsys.readouterr().out == told
    assert told.startswith(f"usage: orgsim {verb} ")
    examples = [line for line in told.splitlines() if line.startswith(f"  orgsim {verb}")]
    assert len(examples) == len(manual.EXAMPLES.get(verb, ()))
    if verb != "results":
        words = [word for line in examples for word in shlex.split(line)[2:] if "=" in word]
        assert {re.split("[.=]", word)[0] for word in words} <= {"org", "run", *Question.model_fields}


def test_words_of_a_verb_have_meaning_and_default(capsys):
    assert main(["frontier", "-h"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "frontier.x What is varied across." in told
    assert "likewise. Must be given." in told
    assert "By default traditional_tuned." in told
    assert "nothing is run twice; null keeps none. By default results/store." in told
    assert main(["discover", "-h"]) == 0
    assert "discover.fails.above Or where it is more than this." in " ".join(capsys.readouterr().out.split())


def test_pages_that_verbs_name_exist():
    named = [page for about in VERBS.values() for page in re.findall(r"docs/\w+\.md", about)]
    assert len(named) >= len(VERBS)
    assert [page for page in named if not (ROOT / page).is_file()] == []


def test_help_into_a_pipe_that_is_closed_is_no_error(monkeypatch):
    def closed(*_):
        raise BrokenPipeError

    monkeypatch.setattr(cli, "print", closed, raising=False)
    assert main(["--help"]) == 0
