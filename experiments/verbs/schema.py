"""`orgsim schema DIR`: one JSON Schema per config group, nothing required, so that editors complete partial YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.answers.folder import folder, say, write_json
from experiments.complaint import Complaint
from experiments.composing.choices import LISTED
from experiments.question import Question
from sim.scenario.scenario import Scenario

_NAME = {"type": "string"}
_NAMED_DESIGNS = {
    "run_in": {"anyOf": [_NAME, {"type": "null"}]},
    "changes": {
        "type": "array",
        "items": {"type": "object", "properties": {"week": {"type": "number"}, "design": _NAME}},
    },
    "rivals": {"type": "array", "items": _NAME},
}
"""A config names these designs; a scenario holds them."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def main(overrides: list[str], config_dir: str | None) -> None:
    """Write one file per group, ``market.json`` to ``run.json``, those of parts of a design, and ``experiment.json``.

    Parameters
    ----------
    overrides : list of str
        The directory; by default ``schema``.
    config_dir : str or None
        Not used.
    """
    if len(overrides) > 1:
        raise Complaint.about("schema", "takes one directory", " ".join(overrides))
    if overrides and "=" in overrides[0]:
        raise Complaint.about("schema", "takes a directory and no overrides", overrides[0])
    path = Path(overrides[0] if overrides else "schema")
    if path.exists():
        raise Complaint.about("schema", "exists already", repr(str(path)))
    with folder(path) as part:
        for name, schema in group_schemas().items():
            write_json(schema, part / f"{name}.json")
    say(f"schemas: {path}")


def group_schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each config group, and of an experiment, which may set any of them.

    Returns
    -------
    dict
        By group.
    """
    whole = Scenario.model_json_schema()
    definitions = whole.pop("$defs")
    for part in [whole, *definitions.values()]:
        part.pop("required", None)
    # A question's key that choices of the group `run` may set.
    definitions["Run"]["properties"]["replications"] = {"type": "integer", "minimum": 1}
    # Hydra's own keys may stand in any file.
    defaults = {"defaults": {"type": "array"}}
    found = {}
    for group, schema in whole["properties"].items():
        if group == "source":
            continue
        inlined = {**definitions[schema["$ref"].rpartition("/")[2]]} if "$ref" in schema else {**schema}
        inlined.pop("default", None)
        inlined["properties"] = {**inlined.get("properties", {}), **defaults}
        found[group] = {"$schema": DIALECT, "title": group, **inlined, "$defs": definitions}
    for group in LISTED:
        found[group] = {**found["org"], "title": group}
    experiment = {**whole, "properties": {**whole["properties"], **_NAMED_DESIGNS, **defaults}}
    experiment["additionalProperties"] = True
    found["experiment"] = {"$schema": DIALECT, **experiment, "title": "experiment", "$defs": definitions}
    found["cluster"] = _cluster(defaults)
    return found


def _cluster(defaults: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of files that say where the work is done."""
    asked = Question.model_json_schema()
    properties = {name: asked["properties"][name] for name in ("backend", "address", "workers", "cluster")} | defaults
    told = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"$schema": DIALECT, "title": "cluster", **told, "$defs": {"Slurm": asked["$defs"]["Slurm"]}}
