"""What a verb of its own is asked: the key of a config that only this verb reads."""

from __future__ import annotations

from typing import Any, TypeVar

from experiments.complaint import Complaint
from experiments.composing.compose import Composed

T = TypeVar("T")


def asked_of(c: Composed, key: str, kind: type[T], example: str) -> T:
    """Give what a config says to a verb.

    Parameters
    ----------
    c : Composed
        The config.
    key : str
        Of the question.
    kind : type
        Its class.
    example : str
        What it may look like.

    Raises
    ------
    Complaint
        If the config says nothing.
    """
    found: Any = getattr(c.question, key)
    if not isinstance(found, kind):
        raise Complaint.about(key, f"must be given, as in {example}")
    return found
