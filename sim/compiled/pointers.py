"""Where a memory begins, as one number.

An array is seven numbers to the compiler, which hands all of them on at every call and looks at the sign of every
index; a pointer is one, and an index is added to it.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.extending import intrinsic


@intrinsic  # type: ignore[untyped-decorator]
def pointer(typingctx: object, array: types.Array) -> Any:
    """Give the pointer to the first element of an array."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, arguments[0]).data

    return types.CPointer(array.dtype)(array), code


@intrinsic  # type: ignore[untyped-decorator]
def shifted(typingctx: object, at: types.CPointer, n: types.Integer) -> Any:
    """Give the pointer to an element some places on."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [context.cast(builder, arguments[1], signature.args[1], types.intp)])

    return at(at, n), code
