"""Config files as Hydra reads them, each parsed once: parsing YAML is half of composing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from hydra import version
from hydra._internal.core_plugins.file_config_source import FileConfigSource
from hydra._internal.hydra import Hydra
from hydra._internal.utils import create_config_search_path
from hydra.core.global_hydra import GlobalHydra
from hydra.core.plugins import Plugins
from hydra.initialize import get_gh_backup, restore_gh_from_backup
from hydra.plugins.config_source import ConfigResult

from experiments.composing.config_root import config_root

MOST_KEPT = 512
"""Files that are kept at a time."""


class KeptFiles(FileConfigSource):
    """A folder of config files, which are parsed again only if they were changed."""

    @staticmethod
    def scheme() -> str:
        """Give how addresses of such folders begin."""
        return "orgsim"

    def load_config(self, config_path: str) -> ConfigResult:
        """Give a file's content; whoever asks may change it."""
        path = os.path.realpath(os.path.join(self.path, self._normalize_file_name(config_path)))
        if not os.path.isfile(path):
            return super().load_config(config_path)  # which says what is wrong
        now = os.stat(path)
        found = _parsed(self.provider, self.path, config_path, path, (now.st_mtime_ns, now.st_size, now.st_ino))
        return ConfigResult(found.provider, found.path, deepcopy(found.config), dict(found.header))


@lru_cache(maxsize=MOST_KEPT)
def _parsed(provider: str, folder: str, config_path: str, path: str, state: tuple[int, ...]) -> ConfigResult:
    del path, state  # by which it is told from others
    return FileConfigSource(provider, folder).load_config(config_path)


def address(folder: str | Path) -> str:
    """Give what a search path of Hydra's has for a folder."""
    return f"{KeptFiles.scheme()}://{folder}"


@contextmanager
def hydra_on_configs() -> Iterator[Any]:
    """Have Hydra ready to compose the shipped configs.

    Yields
    ------
    GlobalHydra
        For as long as this lasts.
    """
    Plugins.instance().register(KeptFiles)
    others = get_gh_backup()
    GlobalHydra.instance().clear()
    version.setbase("1.3")
    Hydra.create_main_hydra2("orgsim", create_config_search_path(address(config_root())))
    try:
        yield GlobalHydra.instance()
    finally:
        restore_gh_from_backup(others)
