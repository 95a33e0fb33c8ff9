"""What may stand at a config path such as ``org.roles.ROLE.pay_usd``, by the schema of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sim.rules import PARAMETERS
from sim.scenario.scenario import Scenario

RULES = ("market", "rules")
NOTHING: dict[str, Any] = {}


def schemas_at(path: str) -> list[dict[str, Any]]:
    """Give the JSON Schemas of what may stand at a path.

    Parameters
    ----------
    path : str
        Keys with dots between them, from a group on. Where a user chooses the names, any name will do.

    Returns
    -------
    list of dict
        The forms it may have; none if there is no such path.
    """
    keys = path.split(".")
    if tuple(keys[:2]) == RULES and not _is_parameter(keys[2:]):
        return []
    found = [_whole()]
    for key in keys:
        found = [below for schema in found for below in _below(schema, key)]
    return found


def unset(path: str) -> Any:
    """Give the value that holds if nobody sets what stands at a path; None if there is none."""
    keys = path.split(".")
    if tuple(keys[:2]) == RULES and len(keys) == 4 and _is_parameter(keys[2:]):
        return PARAMETERS[keys[2]][keys[3]]
    return next((schema["default"] for schema in schemas_at(path) if "default" in schema), None)


@cache
def _whole() -> dict[str, Any]:
    return Scenario.model_json_schema()


def _is_parameter(keys: list[str]) -> bool:
    """Whether these name rules, a rule, or a parameter of one; their schema would take any name."""
    return not keys or (keys[0] in PARAMETERS and (not keys[1:] or keys[1] in PARAMETERS[keys[0]]))


def _below(schema: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    """Yield what may stand under a key of anything of this schema."""
    for form in _forms(schema):
        properties = form.get("properties", NOTHING)
        if key in properties:
            yield properties[key]
        elif isinstance(form.get("additionalProperties"), dict):
            yield form["additionalProperties"]


def _forms(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the alternatives of a schema, references followed."""
    if "$ref" in schema:
        schema = _whole()["$defs"][schema["$ref"].rpartition("/")[2]]
    yield schema
    for form in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _forms(form)
