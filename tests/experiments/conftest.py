"""An empty folder to work in, and commands that must be refused."""

import pytest

from experiments.cli import main


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """Work in an empty folder, which must be as empty afterwards but for what the test put there itself."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    yield place
    left = [str(f) for f in tmp_path.rglob("*") if f.name.endswith(".part") or f.name == "kpis.parquet"]
    assert left == []


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory, monkeypatch):
    """Work where what commands keep by default is in nobody's way."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture
def complaints(capsys):
    """Give a function that runs a command which must be refused, and returns its messages."""

    def refused(*arguments: str) -> list[str]:
        assert main(list(arguments)) == 2
        told = capsys.readouterr()
        assert told.out == ""
        lines = told.err.splitlines()
        assert lines
        assert all(line.startswith("orgsim: ") for line in lines), told.err
        assert "Traceback" not in told.err
        assert len(set(lines)) == len(lines), "a message is repeated"
        return [line.removeprefix("orgsim: ") for line in lines]

    return refused
