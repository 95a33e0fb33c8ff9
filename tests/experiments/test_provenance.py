"""What an answer's folder says of its origin: enough to repeat it, byte for byte."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import sim
from experiments.answers import provenance as origin
from experiments.answers.provenance import asked_only, command, commit_of, provenance
from experiments.cli import main
from experiments.store import model_version

ROOT = Path(__file__).resolve().parents[2]
SHORT = ["+experiment=textbook/mm4", "run.weeks=0.1", "run.warmup_weeks=0.05", "replications=2"]
SERVERS = "org.roles.server.headcount"
HEX = set("0123456789abcdef")


def make_checkout(folder):
    """Make a checkout of its own, with one commit, and give that commit."""
    (folder / "sim").mkdir(parents=True)
    (folder / "sim" / "model.py").write_text("x = 1\n")
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    told = subprocess.run(["git", "-C", str(folder), "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return told.stdout.strip()


@pytest.mark.parametrize(
    "word",
    ["a'b", "two\nlines", "~org.who.x", "$HOME `ls`", "k={a: [1, 2]}", 'say "no"', "größer", "", "a\\b", "#x", "!"],
)
def test_a_command_is_read_by_a_shell_as_it_was_given(word):
    told = command("run", [word, "seed=3"], "my configs")
    assert shlex.split(told) == ["orgsim", "run", "--config-dir", "my configs", word, "seed=3"]
    program = "import sys; print(sys.argv[1:])"
    shell = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} {told.removeprefix('orgsim ')}"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(["run", "--config-dir", "my configs", word, "seed=3"])


def test_plain_words_stay_as_they_are():
    assert command("sweep", ["org=traditional", "run.weeks=26"]) == "orgsim sweep org=traditional run.weeks=26"


def test_a_commit_is_told_with_whether_the_sources_are_as_it_has_them(tmp_path):
    commit = make_checkout(tmp_path / "clean")
    assert commit_of(tmp_path / "clean") == (commit, "clean")
    changed = make_checkout(tmp_path / "changed")
    (tmp_path / "changed" / "sim" / "model.py").write_text("x = 2\n")
    assert commit_of(tmp_path / "changed") == (changed, "dirty")
    added = make_checkout(tmp_path / "added")
    (tmp_path / "added" / "configs").mkdir()
    (tmp_path / "added" / "configs" / "mine.yaml").write_text("name: mine\n")
    assert commit_of(tmp_path / "added") == (added, "dirty")


def test_what_is_no_source_does_not_make_a_checkout_dirty(tmp_path):
    commit = make_checkout(tmp_path / "here")
    (tmp_path / "here" / "results").mkdir()
    (tmp_path / "here" / "results" / "summary.json").write_text("{}\n")
    assert commit_of(tmp_path / "here") == (commit, "clean")


def test_sources_inside_a_checkout_of_something_else_have_no_commit(tmp_path):
    make_checkout(tmp_path)
    (tmp_path / "site-packages").mkdir()
    assert commit_of(tmp_path / "site-packages") == ("not a checkout", "not a checkout")


def test_variables_of_git_do_not_lead_elsewhere(tmp_path, monkeypatch):
    here, _ = make_checkout(tmp_path / "here"), make_checkout(tmp_path / "there")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "there" / ".git"))
    assert commit_of(tmp_path / "here") == (here, "clean")


def test_without_git_nothing_fails(tmp_path, monkeypatch):
    make_checkout(tmp_path / "here")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path / "here") == ("not known", "not known")


def test_git_that_does_not_answer_is_not_waited_for(tmp_path, monkeypatch):
    make_checkout(tmp_path / "here")
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(origin, "LONGEST_S", 0.1)
    assert commit_of(tmp_path / "here") == ("not known", "not known")


def test_a_broken_checkout_is_told_not_to_be_known(tmp_path):
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    assert commit_of(tmp_path) == ("not known", "not known")


def test_versions_are_those_of_what_was_used():
    found = provenance("sweep", [], None, {"backend": "auto"}, seed=5)
    assert {"numpy", "simpy", "numba", "duckdb", "omegaconf", "orgsim", "python", "platform", "cpus"} <= found.keys()
    assert not {"SALib", "optuna", "ema-workbench", "dask", "replications"} & found.keys()
    assert found["seed"] == 5
    assert found["model"] == model_version()
    assert len(found["model"]) == 32
    for verb, package in (("sensitivity", "SALib"), ("optimize", "optuna"), ("discover", "ema-workbench")):
        assert provenance(verb, [], None, {}, seed=1)[package] != "not installed"
    assert "distributed" in provenance("sweep", [], None, {"backend": "dask"}, seed=1)


def test_what_cannot_change_an_answer_is_not_in_the_hash_of_a_config():
    data = {"seed": 1, "org": {"name": "a"}}
    moved = {**data, "out": "x", "workers": 7, "engine": "simpy", "backend": "dask", "store": None, "quiet": True}
    asked = [provenance("run", [], None, d, seed=1)["config"] for d in (data, moved, {**data, "seed": 2})]
    assert asked[0] == asked[1] != asked[2]
    assert asked_only(moved) == data


def test_the_sources_here_have_a_commit_or_say_why_not():
    commit, checkout = commit_of(Path(sim.__file__).parent.parent)
    assert (len(commit) == 40 and set(commit) <= HEX and checkout in {"clean", "dirty", "not known"}) or (
        commit == checkout and commit in {"not a checkout", "not known"}
    )


@pytest.fixture
def own_configs(tmp_path):
    """Give a folder of own configs whose name a shell would take apart."""
    folder = tmp_path / "my 'own' configs"
    (folder / "org").mkdir(parents=True)
    (folder / "results").mkdir()
    (folder / "results" / "config.yaml").write_text("name: no design\n")
    (folder / "org" / "shop.yaml").write_text("name: shop\nroles: {server: {headcount: 5}}\n")
    return folder


AGAIN = """
import json, os, sys
from experiments.cli import main
for place, words in json.load(sys.stdin):
    os.makedirs(place)
    os.chdir(place)
    assert main(words) == 0
"""


def repeated(folders, place):
    """Give the same commands in other places, by what the folders say alone."""
    asked = []
    for folder in folders:
        said = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["provenance"]["command"]
        program, *words = shlex.split(said)
        assert program == "orgsim"
        asked.append((str(place / folder.parent.name), words))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", AGAIN]
    subprocess.run(run, cwd=place, env=environment, input=json.dumps(asked), text=True, capture_output=True, check=True)
    return [Path(where) / "answer" for where, _ in asked]


def same_bytes(one, other):
    """Give the names of all files, which must be the same in both folders, to the last byte."""
    names = {p.relative_to(one) for p in one.rglob("*") if p.is_file()}
    assert names == {p.relative_to(other) for p in other.rglob("*") if p.is_file()}
    assert [str(n) for n in sorted(names) if (one / n).read_bytes() != (other / n).read_bytes()] == []
    return {str(n) for n in names}


ASKED = {
    "run": (["org=shop"], {"kpis.parquet", "cohorts.parquet"}),
    "compare": (["designs=[textbook,shop]"], {"kpis.parquet", "report.html"}),
    "sweep": ([f"sweep.grid={{{SERVERS}: [2, 4]}}", "sweep.kpis=[people.server.utilization]"], {"points.csv"}),
}


@pytest.mark.parametrize("verbs", [("run", "sweep"), pytest.param(("compare",), marks=pytest.mark.slow)], ids=str)
def test_the_command_in_a_folder_repeats_it_byte_for_byte(tmp_path, own_configs, monkeypatch, verbs):
    folders = []
    for verb in verbs:
        words = ASKED[verb][0]
        (tmp_path / "first" / verb).mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "first" / verb)
        given = [*SHORT, *words, "org.who.serve={shares: {server: 1.0}}", "seed=11", "out=answer"]
        assert main([verb, "--config-dir", str(own_configs), *given]) == 0
        folders.append(tmp_path / "first" / verb / "answer")
    for verb, first, second in zip(verbs, folders, repeated(folders, tmp_path), strict=True):
        assert {"config.yaml", "summary.json", *ASKED[verb][1]} <= same_bytes(first, second)
        kept = yaml.safe_load((first / "config.yaml").read_text(encoding="utf-8"))
        assert (kept["seed"], kept["run"]["weeks"]) == (11, 0.1)
        said = json.loads((first / "summary.json").read_text(encoding="utf-8"))["provenance"]
        assert (said["seed"], said["replications"]) == (11, 2)
        assert str(own_configs) in shlex.split(said["command"])
        kept = first / "own_configs" / "org" / "shop.yaml"
        assert kept.read_bytes() == (own_configs / "org" / "shop.yaml").read_bytes()
        assert not (first / "own_configs" / "results").exists()
