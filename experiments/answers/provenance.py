"""What is needed to repeat an answer: the command, the config, and the versions of all that made it."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shlex
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import sim
from experiments.store.address import model_version

PACKAGES = (
    "simpy",
    "numba",
    "numpy",
    "scipy",
    "pyarrow",
    "duckdb",
    "pydantic",
    "hydra-core",
    "omegaconf",
    "pyyaml",
    "matplotlib",
)
"""Whose versions every answer has."""
OF_A_VERB = {"sensitivity": ("SALib",), "discover": ("ema-workbench", "pandas"), "optimize": ("optuna",)}
"""Whose versions only answers of these verbs have."""
OF_A_BACKEND = {"dask": ("dask", "distributed")}
NOT_ASKED = ("out", "workers", "engine", "backend", "address", "cluster", "store", "dry", "quiet")
"""Keys of a config on which no answer depends."""
NO_CHECKOUT, NOT_KNOWN = "not a checkout", "not known"
SOURCES = ("sim", "experiments", "configs", "pyproject.toml")
"""What a checkout is dirty by: nothing else can change an answer."""
LONGEST_S = 5.0
"""For git to answer."""


def provenance(
    verb: str,
    overrides: Sequence[str],
    config_dir: str | None,
    data: dict[str, Any],
    *,
    seed: int,
    replications: int | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Give what is needed to repeat an answer.

    Parameters
    ----------
    verb : str
        Of the command.
    overrides : sequence of str
        As on the command line.
    config_dir : str or None
        A user's own configs.
    data : dict
        The resolved config, which the answer's folder keeps: defaults may be others in a later version.
    seed : int
        Address of all chance.
    replications : int, optional
        Left out while it is not known yet.
    **more
        Other numbers that belong to it, such as the seed of a sample.

    Returns
    -------
    dict
        ``command`` as a shell takes it, in the folder in which it was given; ``config``, a hash; seeds; versions;
        ``model``, a hash of the simulator's sources; ``commit`` and ``checkout`` (clean or dirty) where they run from a
        checkout; the platform.
    """
    used = (*PACKAGES, *OF_A_VERB.get(verb, ()), *OF_A_BACKEND.get(str(data.get("backend")), ()))
    commit, checkout = commit_of(Path(sim.__file__).parent.parent)
    return {
        "command": command(verb, overrides, config_dir),
        "config": fingerprint(asked_only(data))[:12],
        "seed": seed,
        **({} if replications is None else {"replications": replications}),
        **more,
        "orgsim": version_of("orgsim"),
        "model": model_version(),
        "commit": commit,
        "checkout": checkout,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        **{name: version_of(name) for name in used},
    }


def command(verb: str, overrides: Sequence[str], config_dir: str | None = None) -> str:
    """Give a command so that a shell reads every word as it was given, whatever is in it."""
    own = [] if config_dir is None else ["--config-dir", config_dir]
    return shlex.join(["orgsim", verb, *own, *overrides])


def asked_only(data: dict[str, Any]) -> dict[str, Any]:
    """Give what of a config an answer may depend on."""
    return {k: v for k, v in data.items() if k not in NOT_ASKED}


def fingerprint(data: Any) -> str:
    """Give the SHA-256 of plain data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def version_of(package: str) -> str:
    """Give the installed version of a package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


@lru_cache(maxsize=8)
def commit_of(root: Path) -> tuple[str, str]:
    """Give the commit of the sources, and whether they are as it has them.

    Parameters
    ----------
    root : Path
        The folder that holds them. What only stands somewhere inside another project's checkout is none.

    Returns
    -------
    commit : str
        40 hexadecimal digits, or what is to be said instead.
    checkout : str
        ``clean``, or ``dirty`` if sources or configs were changed or added since, or the same instead.
    """
    # A worktree has a file of this name.
    if not (root / ".git").exists():
        return NO_CHECKOUT, NO_CHECKOUT
    commit, changed = _git(root, "rev-parse", "HEAD"), _git(root, "status", "--porcelain", "--", *SOURCES)
    if commit is None:
        return NOT_KNOWN, NOT_KNOWN
    return commit, NOT_KNOWN if changed is None else "dirty" if changed else "clean"


def _git(root: Path, *words: str) -> str | None:
    """Give what git says; None if it does not."""
    # Where it looks is said by the folder alone, and it must not wait for, nor take, any lock.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    asked = ["git", "--no-optional-locks", "-C", str(root), *words]
    try:
        told = subprocess.run(
            asked, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.decode(errors="replace").strip()
