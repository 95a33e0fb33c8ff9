"""Addressed uniforms: their law, their independence, their addresses, and the array twins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.draws import MASK, absorb, absorb_array, key_of, uniform, uniforms, word_of

N = 40_000
words = st.integers(0, MASK)


KEY = key_of(1, 0, word_of("account"))
COUNTER = np.arange(N)
FAMILIES = {
    "last word": lambda: uniforms(absorb_array(KEY, COUNTER)),
    "middle word": lambda: uniforms(absorb_array(absorb_array(KEY, COUNTER), word_of("effort"))),
    "upper bits": lambda: uniforms(absorb_array(KEY, COUNTER << 40)),
    "replication": lambda: uniforms([absorb(key_of(1, r), 0) for r in range(N)]),
    "seed": lambda: uniforms([absorb(key_of(s, 0), 0) for s in range(N)]),
}
"""Uniforms whose addresses differ in one word only, as those of a run do."""


@pytest.fixture(scope="module", params=FAMILIES)
def u(request: pytest.FixtureRequest) -> np.ndarray:
    return FAMILIES[request.param]()


# The draws are fixed by their addresses, so a threshold of 1e-4 cannot fail by chance from one day to the next.
LEAST_P = 1e-4


def test_uniform_over_neighboring_addresses(u: np.ndarray) -> None:
    assert stats.kstest(u, "uniform").pvalue > LEAST_P


def test_neighboring_addresses_are_not_correlated(u: np.ndarray) -> None:
    for lag in (1, 2, 3, 64, 1000):
        r = np.corrcoef(u[:-lag], u[lag:])[0, 1]
        assert abs(r) < 4 / np.sqrt(len(u))


def test_pairs_fill_the_square(u: np.ndarray) -> None:
    counts = np.histogram2d(u[:-1:2], u[1::2], bins=16, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(counts.ravel()).pvalue > LEAST_P


def test_every_bit_is_fair(u: np.ndarray) -> None:
    k = np.floor(u * 2.0**52).astype(np.int64)
    for bit in range(52):
        ones = int(((k >> bit) & 1).sum())
        assert abs(ones - len(u) / 2) < 4.5 * np.sqrt(len(u)) / 2, bit


def test_flipping_a_bit_of_a_word_flips_half_the_key() -> None:
    flips = [
        (absorb(key_of(1, r), 17) ^ absorb(key_of(1, r), 17 ^ (1 << bit))).bit_count()
        for bit in range(64)
        for r in range(50)
    ]
    assert np.mean(flips) == pytest.approx(32, abs=0.3)


@given(words, words, words)
def test_the_order_of_words_matters(key: int, a: int, b: int) -> None:
    if a != b:
        assert absorb(absorb(key, a), b) != absorb(absorb(key, b), a)


@given(words, words, words, words)
def test_the_same_change_to_two_words_does_not_cancel(key: int, a: int, b: int, d: int) -> None:
    if d:
        here = absorb(absorb(key, a), b)
        assert here != absorb(absorb(key, a ^ d), b ^ d)
        assert here != absorb(absorb(key, a + d), b - d)


@given(words, words)
def test_key_and_word_do_not_swap(key: int, word: int) -> None:
    if key != word:
        assert absorb(key, word) != absorb(word, key)


def test_no_two_addresses_of_a_grid_share_a_key() -> None:
    first = absorb_array(key_of(0, 0), np.arange(-50, 250))
    second = absorb_array(first[:, None], np.arange(200))
    third = absorb_array(second[:, :, None], np.arange(10))
    every = np.concatenate([first, second.ravel(), third.ravel()])
    assert len(np.unique(every)) == every.size


def test_seed_and_replication_are_different_words() -> None:
    keys = {key_of(seed, replication) for seed in range(100) for replication in range(100)}
    assert len(keys) == 10_000


def test_address_in_one_go_and_word_by_word() -> None:
    assert key_of(3, 4, 5, 6) == absorb(absorb(key_of(3, 4), 5), 6)


def test_absorb_is_the_generator_it_says() -> None:
    # The first outputs of SplitMix64 seeded with 1234567, as in the test vectors of its Java and C versions.
    outputs = [absorb(1234567, step) for step in range(1, 6)]
    assert outputs == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_names_are_words_that_do_not_depend_on_the_process() -> None:
    # Python's own hash of a text differs from process to process. This one is what `b2sum -l 64` prints.
    assert word_of("effort").to_bytes(8, "little").hex() == "d943f2928fbc6db5"
    assert len({word_of(f"step {i}") for i in range(1000)}) == 1000


@pytest.mark.parametrize("key", [0, 1, 4095, 4096, 1 << 63, MASK - 1, MASK])
def test_strictly_inside_the_unit_interval_and_exact(key: int) -> None:
    u = uniform(key)
    assert 0.0 < u < 1.0
    assert u * 2**53 == 2 * (key >> 12) + 1
    assert 1.0 - (1.0 - u) == u
    assert 0.0 < 1.0 - u < 1.0


@given(st.lists(st.tuples(words, st.integers(-(2**63), MASK)), min_size=1, max_size=20))
def test_array_twins_give_the_same_bits(pairs: list[tuple[int, int]]) -> None:
    keys, given_words = zip(*pairs, strict=True)
    scalar = [absorb(k, w) for k, w in pairs]
    assert absorb_array(keys, given_words).tolist() == scalar
    assert uniforms(scalar).tolist() == [uniform(k) for k in scalar]


def test_array_twins_broadcast_and_take_single_numbers() -> None:
    assert absorb_array(MASK, MASK).item() == absorb(MASK, MASK)
    assert uniforms(MASK).item() == uniform(MASK)
    assert absorb_array(np.arange(3)[:, None], np.arange(4)).shape == (3, 4)
    assert absorb_array(5, np.array([-1], dtype=np.int32)).item() == absorb(5, -1)


def test_array_twins_refuse_what_is_not_an_integer() -> None:
    with pytest.raises(TypeError, match="words must be integers"):
        absorb_array(1, [0.5])
    with pytest.raises(TypeError, match="keys must be integers"):
        uniforms([0.5])
