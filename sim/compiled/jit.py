"""Compiling: every operation rounds as it does in Python, and what other rooms define is compiled as it stands there.

Neither fast-math nor a division that raises: the first would round differently, the second costs a branch, and nothing
divides by zero that has not been refused before. Rules and laws are the very functions that the other engine calls;
this module tells the compiler of them, so that they need not know it.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from contextlib import nullcontext
from itertools import count
from types import FunctionType, ModuleType
from typing import Any

from numba import njit, typeof, types
from numba.core.caching import NullCache
from numba.core.codegen import CodeLibrary, JITCodeLibrary
from numba.core.compiler import Compiler, CompileResult
from numba.core.serialize import dumps
from numba.extending import register_jitable

from sim import portable, quantiles
from sim.compiled.cache import Kept, kept, told
from sim.rules import buying, marketing, pace, pay, quality, satisfaction, scale, staying


class _Part(JITCodeLibrary):  # type: ignore[misc]
    """The code of a function that only compiled functions call: left as it is until a whole is made of it."""

    def finalize(self) -> None:
        """Optimize nothing, and make no machine code."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Say that there is no machine code."""
        return 0

    @property
    def codegen(self) -> object:
        """What a function is told of its environment through: nothing, as there is no function yet."""
        return _NoEnvironment


class _NoEnvironment:
    @staticmethod
    def set_env(name: str, env: object) -> None:
        """Do nothing."""


class _Whole(JITCodeLibrary):  # type: ignore[misc]
    """The code of a function that Python calls, with all that it calls: optimized and made machine code once."""

    _linking_libraries: list[CodeLibrary]

    def finalize(self) -> None:
        """Take in all parts, and the parts of those."""
        found: dict[CodeLibrary, None] = {}
        ahead = list(self._linking_libraries)
        while ahead:
            library = ahead.pop()
            if library not in found:
                found[library] = None
                ahead += library._linking_libraries if isinstance(library, _Part) else []
        self._linking_libraries = list(found)
        self._own = {function.name for function in self._final_module.functions}
        super().finalize()

    def _optimize_final_module(self) -> None:
        """Let what others call by name alone be seen: the rest may be put in where it is called, and dropped."""
        for function in self._final_module.functions:
            if not function.is_declaration and function.name not in self._own:
                function.linkage = "internal"
        super()._optimize_final_module()


class _CompilerOfParts(Compiler):  # type: ignore[misc]
    def __init__(self, typingctx, targetctx, library, args, return_type, flags, locals) -> None:  # type: ignore[no-untyped-def]
        library = _Part(targetctx.codegen(), f"part {next(_count)}")
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)


class _CompilerOfWholes(Compiler):  # type: ignore[misc]
    def __init__(self, typingctx, targetctx, library, args, return_type, flags, locals) -> None:  # type: ignore[no-untyped-def]
        library = _Whole(targetctx.codegen(), f"whole {next(_count)}")
        library.enable_object_caching()
        super().__init__(typingctx, targetctx, library, args, return_type, flags, locals)


_count = count()


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function of this package that others of it call, once: whatever whole numbers it gets are int64.

    Left to itself the compiler makes another version of a function for each constant, sign and truth value it meets
    among the arguments, and optimizes and assembles each one with all that it calls.
    """
    found = njit(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False,
        pipeline_class=_CompilerOfParts,
    )(function)  # fmt: skip
    whole = found.get_call_template
    found.get_call_template = lambda args, kws: whole(tuple(_plain(a) for a in args), kws)
    return found  # type: ignore[no-any-return]


def _plain(kind: types.Type) -> types.Type:
    kind = types.unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer | types.Boolean) else kind


class Entered:
    """A function that Python calls: compiled, or found compiled by another process, before its first call.

    Parameters
    ----------
    function : callable
        What it is in Python.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._found = njit(nogil=True, error_model="numpy", pipeline_class=_CompilerOfWholes)(function)
        self.name = f"{function.__module__}.{function.__qualname__}"

    def __call__(self, *arguments: object) -> Any:
        """Call the machine code."""
        if not self.is_prepared():
            self.prepare(*arguments)
        return self._found(*arguments)

    def is_prepared(self) -> bool:
        """Whether this process has the machine code."""
        return bool(self._found.overloads)

    def prepare(self, *arguments: object) -> None:
        """Have the machine code for such arguments, without calling it; say so if that takes long."""
        if self.is_prepared():
            return
        place = kept(self.name)
        kinds = tuple(typeof(argument) for argument in arguments)
        code = place.load()
        with nullcontext() if code is not None else place.locked():
            code = place.load() if code is None else code
            self._found._cache = _Cache(place, code)
            if code is not None:
                self._found.compile(kinds)
                return
            told.warning("engine: compiling, once for these sources and this machine; takes a minute or two")
            began = time.monotonic()
            self._found.compile(kinds)
            told.warning("engine: compiled in %.0f s", time.monotonic() - began)


class _Cache(NullCache):  # type: ignore[misc]
    """What the compiler asks before it compiles, and tells afterwards."""

    def __init__(self, place: Kept, code: bytes | None) -> None:
        self._place, self._code = place, code

    def load_overload(self, sig: object, target_context: Any) -> CompileResult | None:
        """Give what was compiled before."""
        target_context.refresh()
        return None if self._code is None else CompileResult._rebuild(target_context, *pickle.loads(self._code))

    def save_overload(self, sig: object, data: CompileResult) -> None:
        """Keep what was compiled."""
        self._place.save(dumps(data._reduce()))


def entered(function: Callable[..., Any]) -> Entered:
    """Compile a function that Python calls."""
    return Entered(function)


def make_known(module: ModuleType) -> None:
    """Let compiled functions call the functions that a module defines."""
    for function in vars(module).values():
        if isinstance(function, FunctionType) and function.__module__ == module.__name__:
            register_jitable(function)


for _module in (portable, quantiles, scale, buying, marketing, pace, pay, quality, satisfaction, staying):
    make_known(_module)
