import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kpis.cases import Cases


class Ended:
    """Ends of cases as `Cases` reads them."""

    def __init__(self, number, time_ms):
        self.number = np.array(number, dtype=np.int32)
        self.time_ms = np.array(time_ms, dtype=np.int64)


def ints(values):
    return np.array(values, dtype=np.int64)


KEYS = st.one_of(st.integers(0, 40), st.integers(0, (1 << 63) - 1), st.integers(0, 40).map(lambda k: k << 32))


@given(st.lists(KEYS, unique=True, min_size=1, max_size=60), st.data())
def test_every_case_has_a_number_of_its_own(keys, data):
    begun = data.draw(st.lists(st.sampled_from(keys), unique=True))
    rows = data.draw(st.lists(st.sampled_from([-1, *keys])))
    cases = Cases()
    number = cases.read(ints([*rows, *begun]), ints(begun)).tolist()
    known = {case: n for case, n in zip([*rows, *begun], number, strict=True) if case >= 0}
    assert all((n == -1) == (case == -1) for case, n in zip([*rows, *begun], number, strict=True))
    assert sorted(known.values()) == list(range(len(cases)))
    assert all(cases.keys[n] == case for case, n in known.items())


def test_what_is_remembered_goes_on_with_its_case():
    cases = Cases()
    first = cases.read(ints([7, 8, 9]), ints([7, 8, 9]))
    cases.end(Ended([first[1]], [100]), 200)
    remembered = np.zeros(3, dtype=np.int64)
    remembered[first] = [70, 80, 90]
    second = cases.read(ints([9, 7, 5]), ints([5]))
    assert cases.carried(remembered, -1)[second].tolist() == [90, 70, -1]
    assert len(cases) == 3
    assert cases.renumbered(first[[0, 2]]).tolist() == second[[1, 0]].tolist()


def test_a_case_that_ends_at_the_last_instant_is_known_in_the_next_batch():
    cases = Cases()
    number = cases.read(ints([1, 2]), ints([1, 2]))
    cases.end(Ended(number, [100, 200]), 200)
    assert cases.ended.tolist() == [True, False]
    assert cases.read(ints([2]), ints([])).tolist() == [0]
    cases.end(Ended([], []), 300)
    cases.read(ints([]), ints([]))
    assert len(cases) == 0


@given(st.lists(st.integers(0, 9), max_size=40))
def test_rows_of_a_case_are_put_together_in_their_order(numbers):
    cases = Cases()
    cases.read(ints(range(10)), ints(range(10)))
    order = cases.order(ints(numbers)).tolist()
    assert order == sorted(range(len(numbers)), key=lambda i: (numbers[i], i))
