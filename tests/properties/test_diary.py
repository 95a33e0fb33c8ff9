"""A diary of slots against the plainest search: try every slot of every session from the first on."""

from hypothesis import given
from hypothesis import strategies as st
from small_companies import CALENDARS, few

from sim.engine.diary import FOREVER, Diary
from sim.scenario.hours import calendar_of
from sim.worktime import DAY_MS, HOUR_MS


def first_by_search(calendar, taken, after, slot):
    opening, closing = calendar.session(after)
    while True:
        start = opening
        while start + slot <= closing:
            if start >= after and all(end <= start or start + slot <= begin for begin, end in taken):
                return start
            start += slot
        opening, closing = calendar.session(closing)


@few
@given(
    st.sampled_from(CALENDARS),
    st.lists(
        st.tuples(st.integers(0, 4 * 24 * 10), st.sampled_from([1, 3, 4, 8]), st.booleans()), min_size=1, max_size=40
    ),
    st.sampled_from([(), (1, 2), (4,)]),
)
def test_the_first_free_slot_is_the_first_free_slot(hours, bookings, closed_days):
    calendar = calendar_of(hours, closed_days)
    diary, taken = Diary(calendar), []
    for quarter, quarters, given_back in bookings:
        after, slot = quarter * HOUR_MS // 4, quarters * HOUR_MS // 4
        start = diary.first_free(after, slot)
        assert start == first_by_search(calendar, taken, after, slot)
        diary.reserve(start, slot)
        taken.append((start, start + slot))
        assert start // DAY_MS not in closed_days
        if given_back:
            diary.release(start, slot)
            taken.pop()
    for now in sorted({begin for begin, _ in taken} | {end for _, end in taken}):
        assert diary.next_start(now) == min((begin for begin, _ in taken if begin > now), default=FOREVER)
