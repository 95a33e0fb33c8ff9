import copy
import math

import pytest
from company import COMPANY, Company

from sim.kpis.appointments import Appointments
from sim.kpis.satisfaction import Satisfaction
from sim.trace import AWAY, NOT_KEPT, Event
from sim.worktime import HOUR_MS


@pytest.fixture
def company(monkeypatch):
    """The small company, with talks by appointment that sellers book themselves; the window is hour 168 to 336."""
    changed = copy.deepcopy(COMPANY)
    changed["activity"]["book_appointment"] = {"kind": "coordination", "effort_h": 0.5}
    changed["org"]["appointments"] = {"persuade": {"slot_h": 2.0, "booked_by": "self"}, "ship": {"slot_h": 1.0}}
    monkeypatch.setattr("company.COMPANY", changed)
    return Company()


def reserve(company, t, asked, start, case, step="sale.talk"):
    company.row(t, Event.RESERVE, step, case, person=0, since=asked, value=start * HOUR_MS)


def test_what_becomes_of_slots_and_how_late_they_begin(company):
    reserve(company, 100, 99, 178, 1)  # made before the window, kept in it an hour late
    company.task(178, 179, 180, "sale.talk", 1, case=1)
    reserve(company, 180, 178, 202, 2)  # kept with the travel before it; Monday 184 is closed
    company.task(180, 202, 203, "background.drive", 1, case=2)
    company.task(203, 203, 204, "sale.talk", 1, case=2)
    reserve(company, 180, 180, 183, 3)  # begins at 17 o'clock less an hour, kept next morning at 9: an hour late
    company.task(180, 201, 202, "sale.talk", 1, case=3, person=1)
    reserve(company, 181, 181, 204, 4)
    company.row(204, Event.MISSED_APPOINTMENT, "sale.talk", 4, person=0, since=181, value=AWAY)
    reserve(company, 205, 204, 210, 4)
    company.row(210, Event.MISSED_APPOINTMENT, "sale.talk", 4, person=0, since=205, value=NOT_KEPT)
    reserve(company, 211, 210, 230, 4)
    company.row(220, Event.RELEASE, "sale.talk", 4, person=0, since=211, value=230 * HOUR_MS)
    reserve(company, 330, 329, 400, 5)  # ahead at the end
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=Appointments)
        path = "appointments.persuade"
        assert found[f"{path}.booked_per_week"] == 6
        assert found[f"{path}.kept_per_week"] == 3
        shares = [found[f"{path}.{how}_share"] for how in ("kept", "away", "not_kept", "released")]
        assert shares == [3 / 6, 1 / 6, 1 / 6, 1 / 6]
        assert found[f"{path}.lateness.median_h"] == 1
        assert found[f"{path}.lead_time.median_h"] == 20  # 24, 3, 23, 6, 20, 71
        assert math.isnan(found[f"{path}.lateness.p90_h"])
        assert found["appointments.all.kept_per_week"] == 3
        assert math.isnan(found["appointments.ship.kept_share"])


def test_hours_of_booking_for_each_appointment_kept(company):
    company.task(170, 177, 178, "background.book_appointment", 0.5, case=1)
    company.task(178, 178, 179, "background.book_appointment", 0.75, case=2)
    company.task(100, 105, 106, "background.book_appointment", 0.5, case=3)
    reserve(company, 178, 170, 179, 1)
    company.task(178, 179, 180, "sale.talk", 1, case=1)
    assert company.measures(family=Appointments)["appointments.all.booking_h_per_kept"] == 1.25


def test_ninety_percent_quantiles_of_fifty(company):
    for case in range(50):
        reserve(company, 170, 170, 180, case)
        company.task(170, 180 + (case > 40), None, "sale.talk", 1, case=case)
    found = company.measures(family=Appointments)
    assert found["appointments.persuade.lateness.p90_h"] == 1
    assert found["appointments.persuade.lead_time.p90_h"] == 10


def test_coming_for_nothing_is_a_contact(company):
    company.row(170, Event.BEGIN, "sale.ask", 1, since=170)
    company.row(180, Event.MISSED_APPOINTMENT, "sale.talk", 1, person=0, since=170, value=NOT_KEPT)
    company.row(181, Event.MISSED_APPOINTMENT, "sale.talk", 1, person=0, since=170, value=AWAY)
    company.row(340, Event.MISSED_APPOINTMENT, "sale.talk", 1, person=0, since=170, value=NOT_KEPT)
    assert company.measures(family=Satisfaction)["satisfaction.contacts_per_need"] == 1


def test_no_appointments_no_measures():
    assert not any(name.startswith("appointments.") for name in Company().measures())
