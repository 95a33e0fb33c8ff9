"""A small sweep on a store, in an empty folder."""

import pytest

from experiments.cli import main
from tests.store.asking import words


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def sweep(capsys, place):
    """Give a function that sweeps, and returns the bytes of points.csv and what was said on stderr."""

    def swept(out, *more, **asked):
        assert main(words(out, *more, **asked)) == 0
        return (place / out / "points.csv").read_bytes(), capsys.readouterr().err

    return swept
