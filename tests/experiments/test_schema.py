"""The JSON Schemas accept every shipped file as it stands, and nothing in them is required."""

import pytest
import yaml

from experiments.composing.config_root import config_root
from experiments.verbs.schema import group_schemas
from sim.scenario.part import worded

FILES = sorted(config_root().glob("*/**/*.yaml"))


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in worded(value).items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def validators():
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    return {name: jsonschema.Draft202012Validator(schema) for name, schema in group_schemas().items()}


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(config_root())))
def test_shipped_files_are_accepted(validators, file):
    group = file.relative_to(config_root()).parts[0]
    data = plain(yaml.safe_load(file.read_text())) or {}
    assert [error.json_path for error in validators[group].iter_errors(data)] == []


@pytest.mark.parametrize(
    ("group", "data", "where"),
    [
        ("org", {"roles": {"seller": {"headcount": -1}}}, "$.roles.seller.headcount"),
        ("org", {"rolls": {}}, "$"),
        ("activity", {"sell": {"kind": "selling"}}, "$.sell.kind"),
        ("market", {"segments": {"small": {"customers": "many"}}}, "$.segments.small.customers"),
    ],
)
def test_mistakes_are_marked_where_they_are(validators, group, data, where):
    assert [error.json_path for error in validators[group].iter_errors(data)] == [where]


def test_nothing_is_required_anywhere():
    def required(value):
        if isinstance(value, dict):
            return "required" in value or any(required(item) for item in value.values())
        return isinstance(value, list) and any(required(item) for item in value)

    assert not any(required(schema) for schema in group_schemas().values())
