"""On what machine, and with which versions, something was measured."""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench import cpp_models
from bench.orgsim_models import NotAvailable

PACKAGES = (
    "orgsim",
    "simpy",
    "numpy",
    "scipy",
    "pydantic",
    "hydra-core",
    "pyarrow",
    "numba",
    "ciw",
    "salabim",
    "cimba",
)


def processor() -> str:
    """Name the processor as its maker does, where the system tells."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def describe() -> dict[str, str]:
    """Describe machine, Python and the packages that matter for speed.

    Returns
    -------
    dict of str to str
        Label to value; packages that are not installed are left out.
    """
    block = {
        "processor": processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
    }
    for package in PACKAGES:
        try:
            block[package] = version(package)
        except PackageNotFoundError:
            continue
    with suppress(NotAvailable):
        block["C++"] = cpp_models.version()
    return block
