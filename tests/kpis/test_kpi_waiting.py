import math

import pytest

from sim.kpis.waiting import Waiting
from sim.trace import Event


def test_waits_of_those_who_started_and_those_who_left(company):
    company.task(160, 170, 171, "sale.ask", 1, case=1)
    company.task(200, 200, 201, "sale.ask", 1, case=2)
    company.task(200, 203, 204, "sale.again", 1, case=3)
    company.row(207, Event.LEAVE, "sale.ask", 4, role="seller", since=202)
    company.row(208, Event.BALK, "sale.ask", 5)
    company.row(336, Event.OPEN_TASK, "sale.ask", 6, role="seller", since=330)
    company.row(336, Event.OPEN_TASK, "sale.ask", 7, person=1, since=331, value=1)
    company.task(100, 150, 151, "sale.ask", 1, case=8)
    found = company.measures(family=Waiting)
    path = "flow.wait.answer"
    assert found[f"{path}.mean_h"] == pytest.approx((10 + 0 + 3) / 3)
    assert found[f"{path}.mean_of_all_h"] == pytest.approx((10 + 0 + 3 + 5) / 4)
    assert found[f"{path}.delayed_share"] == pytest.approx(2 / 3)
    assert found[f"{path}.left_share"] == pytest.approx(1 / 4)
    assert found[f"{path}.balked_share"] == pytest.approx(1 / 5)
    assert found[f"{path}.number"] == pytest.approx((2 + 0 + 3 + 5 + 6) / 168)
    assert math.isnan(found["flow.wait.ship.mean_h"])
    assert found["flow.queue.seller.number"] == found[f"{path}.number"]
    assert found["flow.queue.robot.number"] == 0


def test_who_has_travelled_to_a_talk_did_not_wait_for_it(company):
    company.task(180, 182, 183, "background.drive", 1)
    company.task(183, 183, 184, "sale.talk", 1)
    company.task(180, 184, 185, "sale.talk", 1, case=2)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=Waiting)
        assert found["flow.wait.drive.mean_h"] == 2
        assert found["flow.wait.persuade.mean_h"] == 4
        assert found["flow.wait.persuade.delayed_share"] == 1
