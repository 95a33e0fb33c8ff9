"""Configs of choices as Hydra composes them, each composed once: a design is often asked for by several names."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from experiments.composing.resolved import with_choices

MOST_KEPT = 16
"""Configs that are kept at a time."""


class Chosen:
    """Gives configs of choices, as `experiments.composing.resolved.by_hydra`.

    A word that chooses what is chosen without it is the same as none, so that the design of the run-in is not composed
    again where it is the one in question.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], tuple[Any, dict[str, Any]]] = {}

    def __call__(self, words: Sequence[str]) -> Any:
        """Give the config of some choices; whoever asks may change it."""
        asked = tuple(words)
        found = self._kept.get(asked) or self._without_what_is_chosen_anyway(asked)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            found = self._kept[asked] = with_choices(asked)
        return deepcopy(found[0])

    def _without_what_is_chosen_anyway(self, asked: tuple[str, ...]) -> tuple[Any, dict[str, Any]] | None:
        for words, found in self._kept.items():
            if words == tuple(word for word in asked if word in words or not _chosen(word, found[1])):
                return found
        return None


def _chosen(word: str, choices: dict[str, Any]) -> bool:
    group, _, name = word.partition("=")
    return choices.get(group) == name
