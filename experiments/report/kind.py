"""Kinds of activity: their words and how each is drawn, in gray and hatched, since colors stand for designs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of activity.

    Attributes
    ----------
    name : str
        As in ``people.ROLE.share.NAME``.
    label : str
        Words for it.
    sign : str
        What stands in a part of a bar that has room for no more.
    fill, hatch, ink : str
        How a part is drawn, and what is written on it.
    """

    name: str
    label: str
    sign: str
    fill: str
    hatch: str = ""
    ink: str = "#000000"


KINDS = (
    Kind("persuasion", "persuasion", "P", "#1f1f1f", ink="#ffffff"),
    Kind("prospecting", "prospecting", "C", "#ffffff", "...."),
    Kind("marketing", "marketing", "M", "#9a9a9a", "...."),
    Kind("design", "design", "D", "#6a6a6a", ink="#ffffff"),
    Kind("proposal", "proposals", "W", "#d9d9d9"),
    Kind("transaction", "orders", "O", "#8f8f8f"),
    Kind("fulfillment", "fulfillment", "F", "#bdbdbd"),
    Kind("service", "service", "S", "#ffffff", "----"),
    Kind("account_care", "account care", "K", "#b0b0b0", "----"),
    Kind("coordination", "coordination", "B", "#8f8f8f", "||||"),
    Kind("administration", "administration", "A", "#e8e8e8", "||||"),
    Kind("travel", "travel", "T", "#ffffff", "xxxx"),
    Kind("handoff", "hand-off", "H", "#a8a8a8", "\\\\\\\\"),
    Kind("setup", "set-up", "U", "#d9d9d9", "xxxx"),
    Kind("idle", "idle", "I", "#ffffff", "//"),
)
"""In the order they are stacked: what customers see first, what it costs to switch and wait last."""
_KNOWN = {kind.name: kind for kind in KINDS}


def kind_of(name: str) -> Kind:
    """Give a kind by name; one without a look of its own is white and hatched."""
    return _KNOWN.get(name) or Kind(name, name.replace("_", " "), name[:1].lower(), "#ffffff", "++")


def place_of(kind: Kind) -> float:
    """Give the place of a kind in a stack; one without a look of its own stands before hand-off, set-up and idle."""
    return KINDS.index(kind) if kind in KINDS else KINDS.index(_KNOWN["handoff"]) - 0.5
