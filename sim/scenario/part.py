"""What every part of a scenario has in common: strict, frozen, no unknown keys, values that may differ by segment."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)

T = TypeVar("T")

EVERY = "every"
"""Key that stands for all segments not named."""


def word(value: Any) -> Any:
    """Give the words ``yes`` and ``no``, which YAML 1.1 reads as booleans, as words again."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def worded(value: Any) -> Any:
    """Give a mapping whose keys ``yes`` and ``no`` are words again."""
    return {word(k): v for k, v in value.items()} if isinstance(value, dict) else value


class Part(BaseModel):
    """A part of a scenario: immutable, refuses unknown keys and converts no types behind the user's back."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )

    @model_validator(mode="before")
    @classmethod
    def _worded(cls, data: Any) -> Any:
        return worded(data)


def _spread(value: Any) -> Any:
    return {EVERY: value} if isinstance(value, int | float) and not isinstance(value, bool) else value


_NUMBER_OR_MAP = {
    "anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": {"type": "number"}}],
}


class Or:
    """Says in the JSON Schema that a shorter form is accepted too.

    Parameters
    ----------
    *types : str
        JSON types of the short form, such as ``number``.
    """

    def __init__(self, *types: str) -> None:
        self._types = types

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Give the schema of the full form or of a short one."""
        full = handler(core_schema)
        values = full.get("additionalProperties")
        one = [values] if isinstance(values, dict) and "$ref" in str(values) else []
        return {"anyOf": [*({"type": t} for t in self._types), *one, full]}


LARGEST = 1e12
"""No number may be larger: in hours it is still a time that the clock can tell."""

Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Positive = Annotated[float, Field(gt=0, le=LARGEST)]
NonNegative = Annotated[float, Field(ge=0, le=LARGEST)]
Effect = Annotated[float, Field(ge=-100, le=100)]
"""What multiplies a deviation between -1 and 1 in an exponent."""

BySegment = Annotated[
    dict[str, NonNegative],
    BeforeValidator(_spread),
    WithJsonSchema({**_NUMBER_OR_MAP, "description": "One number for all, or a number per segment."}),
]
"""A number >= 0 for all segments, or one per segment; the key `every` covers segments not named."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A probability or share in [0, 1]."""

SharesBySegment = Annotated[
    dict[str, Share],
    BeforeValidator(_spread),
    WithJsonSchema({**_NUMBER_OR_MAP, "description": "One share in [0, 1] for all, or one per segment."}),
]
"""As `BySegment`, each value in [0, 1]."""


def of_segment(values: dict[str, T], segment: str) -> T:
    """Give the value that holds for a segment.

    Parameters
    ----------
    values : dict
        Values by segment name, with `EVERY` for the rest.
    segment : str
        A segment's name.

    Raises
    ------
    KeyError
        If neither the segment nor `EVERY` is there; the scenario's checks report this with its path before.
    """
    return values[segment] if segment in values else values[EVERY]
