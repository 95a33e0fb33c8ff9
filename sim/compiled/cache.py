"""Machine code that is kept from one process to the next: the one place of `sim` that reads and writes files.

Compiling takes a minute, loading half a second. What is kept lies in a folder named by a hash of all that could change
it: every source file of `sim`, the versions of what compiles, and the processor. The compiler's own cache looks at the
file of the function that is called and at no other, so that an edit of a rule would give the results of before.

The folder is in ``$ORGSIM_CACHE``, else in ``$XDG_CACHE_HOME/orgsim``, else in ``~/.cache/orgsim``. Whoever compiles
holds a lock meanwhile, which the system takes back from a process that is killed; others wait, and load. What was
compiled from other sources and not been used for a month is removed when something is compiled.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from sim.imported import IMPORTED_AT

try:
    import fcntl
except ImportError:  # a system without such locks: who comes second compiles as well
    fcntl = None  # type: ignore[assignment]

SOURCES = Path(__file__).resolve().parent.parent
UNUSED_S = 30 * 86_400.0
LOCK, CODE = "lock", "code"
LOOP = "sim.compiled.loop.run"
"""The function that is compiled with all that it calls."""
_NAME_LENGTH, _DIGEST_BYTES = 32, 32

told = logging.getLogger("orgsim")
"""Says on stderr what takes long or is amiss, unless a program has set up logging otherwise."""


def root() -> Path | None:
    """Give the folder of all that is kept; None if there is no home to have it in."""
    if own := os.environ.get("ORGSIM_CACHE"):
        return Path(own).absolute()
    shared = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(shared):
        return Path(shared) / "orgsim"
    try:
        return Path.home() / ".cache" / "orgsim"
    except RuntimeError:
        return None


def fingerprint(sources: Path = SOURCES, imported_at: float = IMPORTED_AT) -> str | None:
    """Give the hash of all that could change machine code.

    Parameters
    ----------
    sources : Path
        The folder of the sources.
    imported_at : float
        When they were read, seconds since the epoch.

    Returns
    -------
    str or None
        None if it cannot be told: there are no sources, or one was changed after it was read.
    """
    from llvmlite import binding as llvm

    found = hashlib.sha256()
    files = sorted((path.relative_to(sources).as_posix(), path) for path in sources.rglob("*.py"))
    for name, path in files:
        text = path.read_bytes()
        if path.stat().st_mtime > imported_at:
            told.warning("engine: sim/%s was changed after it was read; nothing that is compiled is kept", name)
            return None
        found.update(f"{name} {len(text)}\n".encode() + text)
    facts = [f"{package} {version(package)}" for package in ("numba", "llvmlite", "numpy")]
    facts += [platform.python_implementation(), platform.python_version(), platform.system(), platform.machine()]
    facts += [llvm.get_process_triple(), llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()]
    facts += sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    found.update("\n".join(facts).encode())
    return found.hexdigest()[:_NAME_LENGTH] if files else None


class Kept:
    """Machine code, as bytes that can be kept.

    Parameters
    ----------
    place : Path or None
        The folder where it is kept; None to keep nothing.
    """

    def __init__(self, place: Path | None) -> None:
        self.place = place

    def load(self) -> bytes | None:
        """Give what is kept, if it is there and whole."""
        if self.place is None:
            return None
        path = self.place / CODE
        try:
            found = path.read_bytes()
        except OSError:
            return None
        digest, code = found[:_DIGEST_BYTES], found[_DIGEST_BYTES:]
        if hashlib.sha256(code).digest() != digest:
            return None
        with suppress(OSError):  # somebody else's, who may read the time for himself
            os.utime(path)
        return code

    def save(self, code: bytes) -> None:
        """Keep code, under its name only when it is whole, and remove what nobody has used for long."""
        if self.place is None:
            return
        try:
            handle, name = tempfile.mkstemp(dir=self.place)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(code).digest() + code)
                Path(name).replace(self.place / CODE)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            _remove_unused(self.place)
        except OSError as error:
            told.warning("engine: what was compiled cannot be kept in %s: %s", self.place, error.strerror)

    def can_save(self) -> bool:
        """Whether there is a folder to write to."""
        if self.place is None:
            return False
        try:
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self.place).close()
        except OSError:
            return False
        return True

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the folder, as soon as nobody else does; of none where nothing can be kept."""
        handle = None
        while handle is None and self.can_save():
            assert self.place is not None
            handle = _lock_of(self.place, wait=True)
            if handle is None:
                break  # a file system without locks
            if not _still_there(handle, self.place):
                os.close(handle)
                handle = None
        try:
            yield
        finally:
            if handle is not None:
                os.close(handle)


def kept(function: str) -> Kept:
    """Give the place of the code that these sources make of a function on this machine."""
    above, name = root(), _name()
    if above is None or name is None:
        return Kept(None)
    return Kept(above / hashlib.sha256(f"{name} {function}".encode()).hexdigest()[:_NAME_LENGTH])


@lru_cache(maxsize=1)
def _name() -> str | None:
    """Give the fingerprint of this process, which is that of the sources when it read them."""
    return fingerprint()


def _lock_of(place: Path, *, wait: bool) -> int | None:
    """Take the lock of a folder; None if somebody has it and it is not waited for, or there are no locks here."""
    try:
        handle = os.open(place / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        return None
    return handle


def _still_there(handle: int, place: Path) -> bool:
    """Whether a lock is that of the folder, and not of one that was removed while it was waited for."""
    try:
        return os.path.samestat(os.fstat(handle), (place / LOCK).stat())
    except OSError:
        return False


def _remove_unused(mine: Path) -> None:
    """Remove the folders beside this one which are of its kind, of nobody at work, and have not been used for long."""
    for place in mine.parent.iterdir():
        if place == mine or len(place.name) != _NAME_LENGTH or set(place.name) - set("0123456789abcdef"):
            continue
        used = [path.stat().st_mtime for path in (place / CODE, place) if path.exists()]
        handle = _lock_of(place, wait=False) if used and used[0] < time.time() - UNUSED_S else None
        if handle is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(handle)
