"""Configs that differ in the levers pulled: each file is read once, however many sets of levers come up.

Hydra merges files in the order of a defaults list. A lever that only appends to it is a tail of that list, so that
what Hydra makes of a set of levers is the config without any, merged with their tails in turn. A lever of which this
does not hold, as one that overrides what others choose, is left to Hydra.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from experiments.composing.resolved import by_hydra

PULLED = "+lever="
"""How the word begins that pulls levers."""


class LeverSets:
    """Gives configs of choices, among them levers, as Hydra would compose them.

    Parameters
    ----------
    config_dir : str, optional
        A user's own configs.
    """

    def __init__(self, config_dir: str | None = None) -> None:
        self._config_dir = config_dir
        self._bases: dict[tuple[str, ...], Any] = {}
        self._lists: dict[tuple[str, ...], list[Any]] = {}
        self._tails: dict[tuple[str, ...], list[Any] | None] = {}

    def __call__(self, words: Sequence[str]) -> Any:
        """Give the config of some choices, as `experiments.composing.resolved.by_hydra`."""
        *others, last = words
        if not last.startswith(PULLED) or any(word.startswith(PULLED) for word in others):
            return by_hydra(words)
        base, names = tuple(others), _names(last)
        tails = [self._tail(base, name) for name in names]
        found = [tail for tail in tails if tail is not None]
        if not names or len(found) < len(tails):
            return by_hydra(words)
        return _merged(self._base(base), list(chain(*found))) or by_hydra(words)

    def _base(self, words: tuple[str, ...]) -> Any:
        from omegaconf import OmegaConf

        if words not in self._bases:
            self._bases[words] = by_hydra(words)
            OmegaConf.set_struct(self._bases[words], False)
        return self._bases[words]

    def _tail(self, base: tuple[str, ...], lever: str) -> list[Any] | None:
        """Give what a lever appends, each file in its place in a config; None if it does something else as well."""
        words = (*base, f"{PULLED}[{lever}]")
        if words not in self._tails:
            before, after = self._list(base), self._list(words)
            added = after[len(before) :]
            appends = after[: len(before)] == before and all(item.override_key is None for item in added)
            self._tails[words] = [self._placed(item) for item in added] if appends else None
        return self._tails[words]

    def _list(self, words: tuple[str, ...]) -> list[Any]:
        """Give the files that Hydra merges, in its order."""
        from hydra._internal.defaults_list import create_defaults_list
        from hydra.core.override_parser.overrides_parser import OverridesParser

        if words not in self._lists:
            parsed = OverridesParser.create().parse_overrides(list(words))
            found = create_defaults_list(self._files, "config", parsed, prepend_hydra=True, skip_missing=False)
            self._lists[words] = found.defaults
        return self._lists[words]

    @cached_property
    def _files(self) -> Any:
        """What Hydra reads configs from, which reads each file once and keeps it."""
        from hydra._internal.config_repository import CachingConfigRepository

        from experiments.composing.config_files import address, hydra_on_configs

        with hydra_on_configs() as hydra:
            loader = hydra.config_loader()
            files, path = CachingConfigRepository(loader.repository), loader.get_search_path()
        if self._config_dir is not None:
            path.append("own", address(Path(self._config_dir).resolve()))
            files.initialize_sources(path)
        return files

    def _placed(self, item: Any) -> Any:
        """Give the content of a file where its package puts it."""
        from omegaconf import OmegaConf

        content = deepcopy(self._files.load_config(item.config_path).config)
        content.pop("defaults", None)
        if not item.package:
            return content
        placed = OmegaConf.create()
        OmegaConf.update(placed, item.package, content, merge=False)
        return placed


def _merged(base: Any, parts: Sequence[Any]) -> Any | None:
    """Merge parts into a copy; None if they do not fit, which is Hydra's to tell."""
    from omegaconf.errors import OmegaConfBaseException

    config = deepcopy(base)
    try:
        for part in parts:
            config.merge_with(part)
    except OmegaConfBaseException:
        return None
    return config


def _names(word: str) -> list[str]:
    from hydra.core.override_parser.overrides_parser import OverridesParser

    value: Any = OverridesParser.create().parse_override(word).value()
    return [str(name) for name in (value if isinstance(value, list) else [value])]


def pulled(overrides: Sequence[str]) -> list[str]:
    """Give the levers that a command pulls itself, of overrides that can be read."""
    return [name for word in overrides if word.lstrip("+").startswith("lever=") for name in _names(word)]
