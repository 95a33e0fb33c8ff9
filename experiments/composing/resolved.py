"""From config groups and overrides to plain data: the only place, beside the command line, that knows Hydra.

Groups (``org=traditional``) are composed by Hydra. Values (``org.who.answer=engineer``) are put in place afterwards
and judged by the scenario's own validation, so that all wrong names are reported together, each with its nearest
right one.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path
from typing import Any

from experiments.complaint import Complaint
from experiments.composing.choices import GROUPS, LISTED, OF_QUESTIONS, choice_exists, choices_exist
from experiments.composing.own_files import refuse_endless, unreadable
from sim.scenario import Problem
from sim.scenario.part import worded
from sim.scenario.problems import nearest

NAMED = (
    "activity",
    "journey",
    "journey.*.steps",
    "market.expectations",
    "market.recurring",
    "market.segments",
    "org.campaigns",
    "org.posts",
    "org.roles",
    "org.roles.*.background",
    "source",
)
"""Mappings whose keys are names that a config gives."""


REFERENCE = re.compile(r"\$\{([A-Za-z_][\w.]*)\}")
"""A key that another refers to."""

NO_RUN = "must be a choice of this group, or a mapping with weeks and replications"


def by_hydra(words: Sequence[str]) -> Any:
    """Give the config of some choices as Hydra composes it; see `with_choices`."""
    return with_choices(words)[0]


def with_choices(words: Sequence[str]) -> tuple[Any, dict[str, Any]]:
    """Give the config of some choices as Hydra composes it, and what was chosen in each group.

    Parameters
    ----------
    words : sequence of str
        Overrides that choose.

    Returns
    -------
    config : DictConfig
        With all references as they are written.
    choices : dict
        By group, whoever chose: a word, a file, or the default.
    """
    from hydra import compose as hydra_compose
    from omegaconf import open_dict

    from experiments.composing.config_files import hydra_on_configs

    with hydra_on_configs():
        config = hydra_compose("config", overrides=list(words), return_hydra_config=True)
    choices = dict(config.hydra.runtime.choices)
    with open_dict(config):
        del config["hydra"]
    return config, choices


def resolved(
    overrides: Sequence[str],
    *,
    config_dir: str | Path | None = None,
    referred: set[str] | None = None,
    choosing: Callable[[Sequence[str]], Any] = by_hydra,
) -> dict[str, Any]:
    """Give the config as plain data, with all references resolved, before it is judged.

    Parameters
    ----------
    overrides : sequence of str
        As on the command line.
    config_dir : path, optional
        A user's own configs.
    referred : set of str, optional
        Takes the keys to which others refer (``run.replications``).
    choosing : callable
        Gives the config of the overrides that choose, into which the others are put.

    Raises
    ------
    Complaint
        With what cannot be composed.
    """
    import yaml
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import InterpolationKeyError, OmegaConfBaseException

    search = _search_path(config_dir)
    overrides = [quoted(o) for o in overrides]
    try:
        parsed = OverridesParser.create().parse_overrides(overrides)
    except HydraException as error:
        raise Complaint.about("override", f"{first_line(error)}{cut_apart(overrides)}") from None
    groups, values = [], []
    for given, override in zip(overrides, parsed, strict=True):
        name = str(override.key_or_group)
        if override.is_sweep_override():
            raise Complaint.about(name, "takes one value here, not several", given)
        if name == "experiment" or (name in (*GROUPS, *OF_QUESTIONS) and isinstance(override.value(), str)):
            choice_exists(name, str(override.value()), config_dir)
            groups.append(given)
        elif name in LISTED:
            choices_exist(name, override.value(), config_dir)
            groups.append(f"+{given.lstrip('+')}")
        elif name.startswith(("hydra", "/hydra")):
            raise Complaint.about(name, "Hydra's own settings cannot be changed here", given)
        else:
            values.append(override)
    key = "config"
    try:
        config = choosing([*search, *groups])
        OmegaConf.set_struct(config, False)
        names = OmegaConf.to_container(config, resolve=False)
        wrong = [p for o in values if not _adds(o) and (p := misnamed(names, str(o.key_or_group))) is not None]
        if wrong:
            raise Complaint(wrong)
        for override in values:
            key = str(override.key_or_group)
            if override.is_delete():
                _delete(config, key)
                continue
            value = override.value()
            # A list given for a mapping of switches takes its place.
            alike = isinstance(value, list) == OmegaConf.is_list(OmegaConf.select(config, key))
            OmegaConf.update(config, key, value, merge=alike, force_add=True)
        key = "config"
        if not OmegaConf.is_dict(config.get("run")):
            raise Complaint.about("run", NO_RUN)
        data = OmegaConf.to_container(config, resolve=True)
        if referred is not None:
            referred |= set(REFERENCE.findall(repr(OmegaConf.to_container(config, resolve=False))))
    except yaml.MarkedYAMLError as error:
        raise Complaint.about(key, " ".join(f"{error.problem} {error.problem_mark or ''}".split())) from None
    except InterpolationKeyError as error:
        if error.full_key == "replications":
            raise Complaint.about("run", NO_RUN) from None
        raise Complaint.about(str(error.full_key or key), first_line(error)) from None
    except (HydraException, OmegaConfBaseException, yaml.YAMLError) as error:
        raise Complaint.about(key, first_line(error)) from None
    except RecursionError:
        raise Complaint.about(key, "refers to itself, as a design among its own defaults does") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Complaint.about(unreadable(config_dir), f"cannot be read: {error}") from None
    except ValueError as error:
        raise Complaint.about(key, first_line(error)) from None
    if not isinstance(data, dict):
        raise Complaint.about("config", "must be a mapping")
    unpacked = [group for group in LISTED for at in (data, data.get("org")) if isinstance(at, dict) and group in at]
    if unpacked:
        raise Complaint(
            [Problem(g, "every file of this group begins with the line '# @package org'") for g in unpacked]
        )
    return {str(k): _plain(v) for k, v in data.items()}


def _plain(value: Any) -> Any:
    """Give nested data with words for keys, also where YAML 1.1 reads ``yes`` and ``no`` as booleans."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in worded(value).items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def quoted(override: str) -> str:
    """Give an override with quotes around words of its value that Hydra reads in quotes only: those beyond ASCII."""
    name, equals, value = override.partition("=")
    if override.isascii() or set(value) & set("'\"\\"):
        return override
    return f"{name}{equals}" + re.sub(r"[^\s,:\[\]{}]*[^\x00-\x7f][^,:\[\]{}]*", lambda found: f"'{found[0]}'", value)


def cut_apart(overrides: Sequence[str]) -> str:
    """Give a hint if the shell has cut an override at its blanks."""
    cut = next((o for o in overrides if o.count("[") + o.count("{") != o.count("]") + o.count("}")), None)
    return "" if cut is None else f"; put quotes around the whole of it where the shell cuts at blanks: {cut!r}"


def _search_path(config_dir: str | Path | None) -> list[str]:
    if config_dir is None:
        return []
    path = Path(config_dir).resolve()
    if not os.path.isdir(path):
        raise Complaint.about("--config-dir", "is not a directory", repr(str(config_dir)))
    refuse_endless(path)
    quoted = str(path).replace("\\", "\\\\").replace("'", "\\'")
    return [f"hydra.searchpath=['orgsim://{quoted}']"]


def _adds(override: Any) -> bool:
    return bool(override.is_add() or override.is_force_add())


def misnamed(data: Any, key: str) -> Problem | None:
    """Find a name in the path of a value that is not there to be changed: sooner mistyped than meant as new.

    Parameters
    ----------
    data : dict
        A config as plain data.
    key : str
        Path of the value.
    """
    parts = key.split(".")
    for i in range(1, len(parts) - 1):
        if any(fnmatchcase(".".join(parts[:i]), named) and i == named.count(".") + 1 for named in NAMED):
            known = data
            for part in parts[:i]:
                known = known.get(part) if isinstance(known, dict) else None
            if known and parts[i] not in known:
                rule = f"nothing of this name to change (+ before an override adds it){nearest(parts[i], known)}"
                return Problem(".".join(parts[: i + 1]), rule)
    return None


def _delete(config: Any, key: str) -> None:
    from omegaconf import OmegaConf

    parent, _, last = key.rpartition(".")
    node = OmegaConf.select(config, parent) if parent else config
    if node is None or last not in node:
        raise Complaint.about(key, "cannot be deleted: it is not there")
    del node[last]


def first_line(error: Exception) -> str:
    """Give what an error of Hydra's says, without the lists and links it goes on with."""
    if not str(error) and isinstance(error.__cause__, Exception):
        return first_line(error.__cause__)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = list(
        takewhile(lambda line: not line.endswith(":") and not line.startswith(("See https", "full_key")), lines)
    )
    return " ".join((told or lines)[:2]) or type(error).__name__
