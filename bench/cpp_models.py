"""Models A and B in C++ (`bench/cpp/models.cpp`), compiled when they are measured and called in this process."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from bench import plain_simpy as same
from bench.orgsim_models import Flow, NotAvailable

SOURCE = Path(__file__).parent / "cpp" / "models.cpp"
COMPILERS = ("g++", "clang++", "c++")
OPTIONS = ("-std=c++17", "-O3", "-shared", "-fPIC")


def prepare(model: str, customers: int, seed: int) -> Callable[[], Flow]:
    """Give a run of a model.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    customers : int
        Arrivals.
    seed : int
        Seed.

    Returns
    -------
    callable
        Runs it and gives its `Flow`.

    Raises
    ------
    NotAvailable
        If there is no compiler, or it fails.
    """
    function = getattr(_library(), f"model_{model}")
    values = _parameters(model)
    parameters = (ctypes.c_double * len(values))(*values)
    out = (ctypes.c_double * 2)()

    def call() -> Flow:
        function(ctypes.c_int64(customers), ctypes.c_uint64(seed), parameters, out)
        return Flow(int(out[0]), out[1] / out[0])

    return call


def _parameters(model: str) -> list[float]:
    """Give the numbers of the plain model in the order in which the source reads them."""
    if model == "a":
        return [same.A_ARRIVALS_PER_H, same.A_SERVERS, same.A_SERVICE_H]
    chances = [same.B_ON_FROM_2, same.B_ON_FROM_3, same.B_URGENT, same.B_REWORK, same.B_RENEWAL]
    log_sd = [sd or 0.0 for sd in same.B_LOG_SD]
    return [same.B_ARRIVALS_PER_H, same.B_PATIENCE_H, *chances, *same.B_SERVERS, *same.B_SERVICE_H, *log_sd]


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    """Compile into a folder that is gone when it has been loaded."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "models.so"
        done = subprocess.run([compiler(), *OPTIONS, str(SOURCE), "-o", str(library)], capture_output=True, text=True)
        if done.returncode:
            raise NotAvailable(f"C++: {done.stderr.strip()}")
        found = ctypes.CDLL(str(library))
    for name in ("model_a", "model_b"):
        getattr(found, name).restype = None
    return found


def compiler() -> str:
    """Give the C++ compiler of this machine.

    Raises
    ------
    NotAvailable
        If there is none.
    """
    for name in COMPILERS:
        if (path := shutil.which(name)) is not None:
            return path
    raise NotAvailable(f"C++: none of {', '.join(COMPILERS)} is installed")


def version() -> str:
    """Give the first line that the compiler says of itself."""
    return subprocess.run([compiler(), "--version"], capture_output=True, text=True).stdout.partition("\n")[0]
