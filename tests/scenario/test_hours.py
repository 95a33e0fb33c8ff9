"""Opening hours as people write them."""

import pytest

from sim.scenario.hours import intervals_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"mon": "9-17"}, [(0, 9, 17)]),
        ({"sat-sun": "10-12:30"}, [(5, 10, 12.5), (6, 10, 12.5)]),
        ({"tue": "13-17, 8-12"}, [(1, 8, 12), (1, 13, 17)]),
        ({"fri": "0-24", "mon": "8:45-9"}, [(0, 8.75, 9), (4, 0, 24)]),
        ({"mon-sun": "0-24"}, [(day, 0, 24) for day in range(7)]),
        ("always", None),
    ],
)
def test_days_and_times_are_read(written, meant):
    assert intervals_of(written) == meant


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("never", "hours are 'always' or days with times"),
        ({}, "no opening hours at all"),
        ({"monday": "9-17"}, "days are one of mon, tue"),
        ({"fri-mon": "9-17"}, "days are one of mon, tue"),
        ({"mon": "9 to 5"}, "times are written 9-17"),
        ({"mon": "17-9"}, "times must satisfy 0 <= start < end <= 24"),
        ({"mon": "9-9"}, "times must satisfy 0 <= start < end <= 24"),
        ({"mon": "9-25"}, "times must satisfy 0 <= start < end <= 24"),
        ({"mon": "9-12:75"}, "times must satisfy 0 <= start < end <= 24"),
        ({"mon": "9-12,"}, "times are written 9-17"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_text(written, rule):
    with pytest.raises(ValueError, match=rule) as error:
        intervals_of(written)
    assert str(error.value).startswith("no opening") or "got" in str(error.value)
