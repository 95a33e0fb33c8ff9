"""Addressed chance: every random quantity is a hash of its address.

An address is a list of words: seed, replication, who, which decision, which occurrence. The words are
absorbed one after another into a 64-bit key, and the last key is read as a number in (0, 1). Nothing is drawn
in sequence, so a decision added or left out elsewhere changes no other draw.

`absorb(key, word)` is the state of the generator SplitMix64 seeded with `key` after `word` steps, put through
its finalizer. So the draws of successive occurrences under one key are that generator's well-tested output,
and swapping two words gives another key.

The array twins return the same bits as the scalars. They take integers of any width; a negative word counts
modulo 2^64, as it does in the scalar functions.

References
----------
G. L. Steele, D. Lea and C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, 453-472;
the finalizer is D. Stafford's variant 13 of MurmurHash3's.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

MASK = 0xFFFF_FFFF_FFFF_FFFF
STEP = 0x9E37_79B9_7F4A_7C15  # the odd integer next to 2^64 over the golden ratio
MULTIPLIER_1 = 0xBF58_476D_1CE4_E5B9
MULTIPLIER_2 = 0x94D0_49BB_1331_11EB
ROOT_KEY = 0x6F72_6773_696D_0001  # where every address begins; any constant but 0 would do
TO_UNIT = 2.0**-52


def absorb(key: int, word: int) -> int:
    """Key of an address that is one word longer.

    Parameters
    ----------
    key : int
        Key of the address so far, 0 <= key < 2^64.
    word : int
        Next word of the address, taken modulo 2^64.

    Returns
    -------
    int
        A key, 0 <= key < 2^64. For a fixed `key`, different words always give different keys.
    """
    z = (key + word * STEP) & MASK
    z = (z ^ (z >> 30)) * MULTIPLIER_1 & MASK
    z = (z ^ (z >> 27)) * MULTIPLIER_2 & MASK
    return z ^ (z >> 31)


def uniform(key: int) -> float:
    """Read a key as a number strictly between 0 and 1.

    Parameters
    ----------
    key : int
        A key made by `absorb`, 0 <= key < 2^64.

    Returns
    -------
    float
        (k + 1/2) / 2^52 with k the upper 52 bits of the key: exact in double, and so is 1 minus it.
    """
    return ((key >> 12) + 0.5) * TO_UNIT


def word_of(name: str) -> int:
    """Word that stands for a name in an address: 8 bytes of its BLAKE2b hash.

    Parameters
    ----------
    name : str
        Any text; it is hashed as UTF-8.

    Returns
    -------
    int
        0 <= word < 2^64, the same in every process and on every machine.
    """
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def key_of(seed: int, replication: int, *words: int) -> int:
    """Key of an address given from its beginning.

    Parameters
    ----------
    seed, replication : int
        What all addresses of one replication have in common.
    *words : int
        The rest of the address, in order.

    Returns
    -------
    int
        A key, 0 <= key < 2^64.
    """
    key = absorb(absorb(ROOT_KEY, seed), replication)
    for word in words:
        key = absorb(key, word)
    return key


def absorb_array(keys: npt.ArrayLike, words: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    """`absorb` for arrays, the same bits.

    Parameters
    ----------
    keys, words : array_like of int
        Broadcast against each other.

    Returns
    -------
    ndarray of uint64
        In the broadcast shape.

    Raises
    ------
    TypeError
        If either is not made of integers.
    """
    # Wrapping at 2^64 is meant; numpy warns of it where both operands are single numbers.
    with np.errstate(over="ignore"):
        z = _unsigned(keys, "keys") + _unsigned(words, "words") * np.uint64(STEP)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(MULTIPLIER_1)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(MULTIPLIER_2)
        return np.asarray(z ^ (z >> np.uint64(31)))


def uniforms(keys: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """`uniform` for arrays, the same bits.

    Parameters
    ----------
    keys : array_like of int
        Keys made by `absorb` or `absorb_array`.

    Returns
    -------
    ndarray of float64
        In (0, 1), in the shape of `keys`.

    Raises
    ------
    TypeError
        If the keys are not integers.
    """
    upper = _unsigned(keys, "keys") >> np.uint64(12)
    return np.asarray((upper.astype(np.float64) + 0.5) * TO_UNIT)


def _unsigned(values: npt.ArrayLike, name: str) -> npt.NDArray[np.uint64]:
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        # Integers from 2^63 on beside negative ones, which numpy would turn into floats or objects.
        flat = np.asarray(values, dtype=object)
        if not all(isinstance(value, int) for value in flat.flat):
            raise TypeError(f"{name} must be integers, got an array of {array.dtype}")
        array = np.array([value & MASK for value in flat.flat], dtype=np.uint64).reshape(flat.shape)
    return array.astype(np.uint64)
