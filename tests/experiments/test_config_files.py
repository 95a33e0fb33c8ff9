"""Config files are parsed once, and again when they were changed; nobody else's Hydra is disturbed."""

import os

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from experiments.composing import config_files
from experiments.composing.resolved import by_hydra, resolved


def test_a_file_is_parsed_once_and_again_when_it_was_changed(tmp_path, monkeypatch):
    parsed = []
    true = config_files.FileConfigSource.load_config

    def counted(self, config_path):
        parsed.append(config_path)
        return true(self, config_path)

    monkeypatch.setattr(config_files.FileConfigSource, "load_config", counted)
    (tmp_path / "org").mkdir()
    mine = tmp_path / "org" / "mine.yaml"

    def heads(n):
        mine.write_text(f"defaults: [traditional, _self_]\nname: mine\nroles: {{engineer: {{headcount: {n}}}}}\n")
        return resolved(["org=mine"], config_dir=tmp_path)["org"]["roles"]["engineer"]["headcount"]

    assert heads(5) == 5
    parsed.clear()
    first = resolved(["org=mine"], config_dir=tmp_path)
    assert parsed == []
    first["org"]["roles"]["engineer"]["headcount"] = 99
    assert heads(6) == 6
    assert parsed == ["org/mine"]
    os.utime(mine, ns=(1, 1))
    assert resolved(["org=mine"], config_dir=tmp_path)["org"]["roles"]["engineer"]["headcount"] == 6


def test_what_is_composed_is_nobody_elses(tmp_path):
    one = by_hydra(["org=traditional"])
    one.market.needs.rate = 99.0
    assert by_hydra(["org=traditional"]).market.needs.rate == 1.0


def test_hydra_of_a_program_that_composes_its_own_goes_on(tmp_path):
    (tmp_path / "config.yaml").write_text("mine: 1\n")
    with initialize_config_dir(str(tmp_path), version_base="1.3"):
        by_hydra([])
        assert compose("config") == {"mine": 1}
    assert not GlobalHydra.instance().is_initialized()
