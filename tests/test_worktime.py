"""Working-time arithmetic: by hand, and as identities in integers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.worktime import DAY_MS, HOUR_MS, WEEK_MS, Calendar

H, D, W = HOUR_MS, DAY_MS, WEEK_MS
OFFICE = Calendar.weekly([(day, 9, 17) for day in range(5)])
LUNCH = Calendar.weekly([(day, *hours) for day in range(5) for hours in ((8.5, 12), (13, 17.25))])
NIGHT = Calendar.weekly([(4, 22, 24), (5, 0, 6)])
HOLIDAYS = Calendar.weekly([(day, 9, 17) for day in range(5)], closed_days=[2, 5, 7])
ALWAYS = Calendar.always()
MACHINE = Calendar(((0, W),), frozenset({1, 9}))

calendars = st.sampled_from([OFFICE, LUNCH, NIGHT, HOLIDAYS, ALWAYS, MACHINE])
instants = st.integers(-3 * W, 6 * W)
works = st.one_of(st.integers(0, 100 * H), st.integers(0, 40).map(lambda hours: hours * H))
absences = st.one_of(st.none(), st.sets(st.integers(-25, 60), max_size=20).map(lambda days: days.__contains__))


@pytest.mark.parametrize(
    ("calendar", "start", "work", "finish"),
    [
        (OFFICE, 10 * H, 2 * H, 12 * H),
        (OFFICE, 9 * H, 8 * H, 17 * H),  # exactly at closing belongs to that day
        (OFFICE, 9 * H, 8 * H + 1, D + 9 * H + 1),
        (OFFICE, 16 * H, 2 * H, D + 10 * H),
        (OFFICE, 17 * H, H, D + 10 * H),  # closed at the closing instant
        (OFFICE, 3 * H, H, 10 * H),
        (OFFICE, 3 * H, 0, 3 * H),  # nothing to do is done at once, even at night
        (OFFICE, 4 * D + 16 * H, 2 * H, W + 10 * H),  # over the weekend
        (OFFICE, 5 * D, 40 * H, W + 4 * D + 17 * H),
        (OFFICE, 9 * H, 80 * H + 1, 2 * W + 9 * H + 1),
        (OFFICE, -2 * D, H, 10 * H),
        (LUNCH, 11 * H, 2 * H, 14 * H),
        (LUNCH, 8 * H, 3 * H + 30 * 60_000, 12 * H),
        (NIGHT, 0, 3 * H, 5 * D + H),  # a session goes on over midnight
        (ALWAYS, 17, 30 * D, 30 * D + 17),
        (HOLIDAYS, D + 16 * H, 2 * H, 3 * D + 10 * H),
        (HOLIDAYS, 4 * D + 9 * H, 9 * H, W + D + 10 * H),  # the weekend, and Monday the 7th
        (MACHINE, 23 * H, 2 * H, 2 * D + H),
    ],
)
def test_finish_by_hand(calendar: Calendar, start: int, work: int, finish: int) -> None:
    assert calendar.finish(start, work) == finish


def test_without_holidays_every_week_is_alike() -> None:
    assert HOLIDAYS.worked(0, W) == 4 * 8 * H  # Wednesday is a holiday, so is the Saturday that was free anyway
    assert HOLIDAYS.without_holidays() == OFFICE
    assert HOLIDAYS.without_holidays().worked(0, W) == 5 * 8 * H


def test_finish_around_an_absence() -> None:
    assert OFFICE.finish(16 * H, 2 * H, {1, 2}.__contains__) == 3 * D + 10 * H
    assert OFFICE.finish(9 * H, H, {0}.__contains__) == D + 10 * H
    assert ALWAYS.finish(23 * H, 2 * H, {1}.__contains__) == 2 * D + H
    assert ALWAYS.worked(23 * H, 2 * D + H, {1}.__contains__) == 2 * H


def test_jobs_of_a_tenth_of_an_hour_fill_the_day_exactly() -> None:
    for day in range(40):
        if day % 7 < 5:
            t = day * D + 9 * H
            for job in range(1, 81):
                t = OFFICE.finish(t, H // 10)
                assert t == day * D + 9 * H + job * H // 10


def test_openings_and_closings_by_hand() -> None:
    assert [OFFICE.is_open(t) for t in (9 * H - 1, 9 * H, 17 * H - 1, 17 * H, 5 * D + 10 * H)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert OFFICE.next_open(10 * H) == 10 * H
    assert OFFICE.next_open(17 * H) == D + 9 * H
    assert OFFICE.next_opening(9 * H) == D + 9 * H
    assert OFFICE.next_opening(4 * D + 9 * H) == W + 9 * H
    assert OFFICE.closing(9 * H) == 17 * H
    assert LUNCH.next_opening(9 * H) == 13 * H
    assert HOLIDAYS.next_opening(D + 9 * H) == 3 * D + 9 * H
    assert HOLIDAYS.next_open(2 * D + 10 * H) == 3 * D + 9 * H
    assert HOLIDAYS.next_open(7 * D + 10 * H) == 8 * D + 9 * H
    assert not MACHINE.is_open(D)
    assert MACHINE.next_open(D) == 2 * D
    assert ALWAYS.is_open(123)
    with pytest.raises(ValueError, match="closed at 0 ms"):
        OFFICE.closing(0)


def test_open_time_by_hand() -> None:
    assert OFFICE.cumulative(W) == 40 * H
    assert OFFICE.cumulative(2 * D + 10 * H) == 17 * H
    assert OFFICE.cumulative(-W) == -40 * H
    assert OFFICE.worked(16 * H, D + 10 * H) == 2 * H
    assert OFFICE.worked(0, W, {0, 3, 6}.__contains__) == 24 * H
    assert HOLIDAYS.cumulative(2 * W) == (80 - 16) * H  # the 5th is a Saturday anyway
    assert MACHINE.cumulative(2 * W) == 12 * D


@given(calendars, instants, works, absences)
def test_what_was_worked_until_the_finish_is_the_work(calendar, start, work, absent) -> None:
    finish = calendar.finish(start, work, absent)
    assert finish >= start
    assert calendar.worked(start, finish, absent) == work
    if work:
        assert calendar.worked(start, finish - 1, absent) == work - 1
        assert calendar.is_open(finish - 1)


@given(calendars, instants, works, works, absences)
def test_two_jobs_in_a_row_end_as_one_of_both_lengths(calendar, start, first, second, absent) -> None:
    between = calendar.finish(start, first, absent)
    assert calendar.finish(between, second, absent) == calendar.finish(start, first + second, absent)


@given(calendars, instants, st.integers(0, 2 * W), st.integers(0, 2 * W), absences)
def test_worked_time_adds_up(calendar, a, first, second, absent) -> None:
    b, c = a + first, a + first + second
    both = calendar.worked(a, b, absent) + calendar.worked(b, c, absent)
    assert both == calendar.worked(a, c, absent)
    assert 0 <= both <= c - a


@given(calendars, instants)
def test_openness_is_the_slope_of_cumulative(calendar, t) -> None:
    assert calendar.cumulative(t + 1) - calendar.cumulative(t) == calendar.is_open(t)


@given(calendars, instants)
def test_next_open_is_the_first_open_instant(calendar, t) -> None:
    first = calendar.next_open(t)
    assert calendar.is_open(first)
    assert calendar.worked(t, first) == 0


@given(calendars, instants)
def test_sessions_begin_and_end_where_they_say(calendar, t) -> None:
    opening = calendar.next_opening(t)
    assert opening > t
    assert calendar.is_open(opening)
    closing = calendar.closing(opening)
    assert calendar.worked(opening, closing) == closing - opening
    assert closing <= calendar.next_opening(opening)


@given(instants, works)
def test_a_longer_day_never_finishes_later(start, work) -> None:
    longer = Calendar.weekly([(day, 8, 18) for day in range(5)])
    assert longer.finish(start, work) <= OFFICE.finish(start, work)


def test_overlapping_hours_of_a_day_are_merged() -> None:
    calendar = Calendar.weekly([(1, 12, 17), (0, 9, 12), (1, 9, 12), (1, 16, 18)])
    assert calendar.intervals == ((9 * H, 12 * H), (D + 9 * H, D + 18 * H))


def test_all_hours_of_all_days_are_always() -> None:
    assert Calendar.weekly([(day, 0, 24) for day in range(7)]) == ALWAYS
    assert ALWAYS.is_always
    assert not MACHINE.is_always
    assert not OFFICE.is_always


def test_calendars_are_values() -> None:
    again = Calendar.weekly([(day, 9, 17) for day in range(5)])
    assert again == OFFICE
    assert hash(again) == hash(OFFICE)
    assert again != HOLIDAYS


@pytest.mark.parametrize(
    ("intervals", "message"),
    [
        ((), "at least one open interval"),
        (((5, 5),), "sorted, apart and inside a week"),
        (((5, 9), (7, 12)), "sorted, apart and inside a week"),
        (((W - 5, W + 5),), "sorted, apart and inside a week"),
        (((D - 5, D + 5),), "must not cross midnight"),
    ],
)
def test_bad_intervals_are_refused(intervals: tuple[tuple[int, int], ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Calendar(intervals)


@pytest.mark.parametrize("hours", [(7, 9, 17), (0, 17, 9), (0, 9, 25), (-1, 9, 17)])
def test_bad_hours_are_refused(hours: tuple[int, float, float]) -> None:
    with pytest.raises(ValueError, match="calendar: hours must be"):
        Calendar.weekly([hours])


def test_negative_work_and_endless_absence_are_refused() -> None:
    with pytest.raises(ValueError, match="must not be negative, got -1 ms"):
        OFFICE.finish(0, -1)
    with pytest.raises(ValueError, match="no open day in the ten years"):
        OFFICE.finish(0, 1, lambda day: True)
