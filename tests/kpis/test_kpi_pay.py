"""Commission on what, and what waited meanwhile; the window is hour 168 to 336, work Monday to Friday 9 to 17."""

import math

import pytest
from company import COMPANY, Company

from sim.kpis.money import Money
from sim.kpis.pay import Pay
from sim.trace import Event

ROLES = COMPANY["org"]["roles"]
ORDER = {"steps": {"enter": {"do": "enter"}, "done": {"end": "done", "books": True}}}
AT = "pay.seller."


@pytest.fixture(params=[True, False], ids=["books", "shared"])
def paid(request):
    """The small company with sellers on commission, who also enter orders and get 10 % of them."""
    return Company(
        {"form": ORDER},
        {"enter": {"kind": "transaction", "effort_h": 1.0}},
        {
            "roles": {**ROLES, "seller": {**ROLES["seller"], "commission": {"sale": 0.1, "form": 0.1}}},
            "who": {**COMPANY["org"]["who"], "enter": "seller"},
            "books": ["seller"] if request.param else [],
        },
    )


def pay(company, t, step, case, person, usd):
    company.row(t, Event.PAY, step, case, 1, person, value=usd)


def everywhere(company):
    """Give the same measures for rows in one block and cut at every place."""
    whole = company.measures(family=Pay)
    cut = company.measures(range(len(company.rows)), family=Pay)
    assert whole.keys() == cut.keys()
    assert all(a == pytest.approx(cut[name], nan_ok=True) for name, a in whole.items())
    return whole


def test_commission_is_what_is_paid_in_the_window(paid):
    for t, person, usd in ((100, 0, 1000), (168, 0, 300), (200, 1, 100), (336, 1, 1000)):
        pay(paid, t, "form.done", t, person, usd)
    found = everywhere(paid)
    assert found[AT + "commission_usd_per_year"] == 400 * 52
    assert found[AT + "commission_of_target"] == pytest.approx(400 * 52 / (2 * 10_000))
    assert found[AT + "spread"] == pytest.approx(math.sqrt(2) * 100 / 200)
    money = paid.measures(family=Money)
    assert money["money.variable_pay_realized_usd_per_year"] == 400 * 52 * 1.25
    assert money["money.variable_pay_usd_per_year"] == 2 * 10_000 * 1.25
    less = (
        money["money.contribution_less_opex_usd_per_year"] - money["money.contribution_less_realized_opex_usd_per_year"]
    )
    assert less == pytest.approx((400 * 52 - 2 * 10_000) * 1.25)


def test_without_commission_variable_pay_comes_true_at_target(company):
    assert company.measures(family=Pay) == {}
    money = company.measures(family=Money)
    assert money["money.variable_pay_realized_usd_per_year"] == money["money.variable_pay_usd_per_year"]


def test_what_nobody_was_persuaded_to_buy_is_paid_all_the_same(paid):
    # Case 1 was talked to, long ago, case 2 only answered; case 3 was travelled to and then came to nothing.
    paid.task(20, 20, 21, "sale.talk", 1, case=1)
    paid.task(20, 21, 22, "sale.ask", 1, case=2)
    paid.row(180, Event.BOOK, "sale.deliver", 1, 1, 0, value=300)
    pay(paid, 180, "sale.deliver", 1, 0, 30)
    paid.row(181, Event.END, "sale.won", 1, 1)
    pay(paid, 182, "sale.deliver", 2, 0, 70)
    paid.row(182, Event.END, "sale.won", 2, 1)
    found = everywhere(paid)
    assert found[AT + "unpersuaded_usd_per_year"] == pytest.approx(70 * 52)
    assert found[AT + "unpersuaded_share"] == pytest.approx(0.7)


def enter(company, start, finish, worked, person=0, account=1):
    """Let somebody enter an order for an account."""
    company.row(finish, Event.FINISH, "form.enter", 7, account, person, since=start, value=worked)


def waited(company, since, until, person):
    """Let somebody begin to persuade who waited."""
    company.row(until, Event.START, "sale.talk", 8, 1, person, since=since, value=1)


def test_transactions_while_persuasion_waits(paid):
    # Monday: the first seller enters orders from 10 to 12. Somebody waits from 9 to 11 for the second, from 11:30 to 13
    # for the first, and from 10:54 to 11:36 for nobody: all the time somebody does, half an hour for the first.
    enter(paid, 178, 180, 2)
    waited(paid, 177, 179, person=1)
    waited(paid, 179.5, 181, person=0)
    paid.row(179.6, Event.LEAVE, "sale.talk", 9, 1, role="seller", since=178.9)
    found = everywhere(paid)
    assert found[AT + "transactions_h_per_year"] == pytest.approx(2 * 52)
    assert found[AT + "transactions_while_persuasion_waits_h_per_year"] == pytest.approx(2 * 52)
    assert found[AT + "transactions_while_own_persuasion_waits_h_per_year"] == pytest.approx(0.5 * 52)


def test_only_hours_at_work_in_the_window_count(paid):
    # Monday 16:00 to Tuesday 10:00, somebody waits until 9:30. Tuesday 16:00 to Thursday 10:00, away on Wednesday.
    # Before the window, and at the end a task still in hand that began on Friday at 16:00.
    enter(paid, 184, 202, 2)
    paid.row(225, Event.ABSENT, person=1, since=216, value=8)
    enter(paid, 208, 250, 2, person=1)
    enter(paid, 100, 101, 1)
    paid.row(336, Event.OPEN_TASK, "form.enter", 7, 1, 0, since=280, value=9)
    waited(paid, 170, 201.5, person=0)
    waited(paid, 205, 260, person=1)
    paid.row(336, Event.OPEN_TASK, "sale.talk", 9, 1, role="seller", since=270)
    found = everywhere(paid)
    assert found[AT + "transactions_h_per_year"] == pytest.approx((2 + 2 + 1) * 52)
    assert found[AT + "transactions_while_persuasion_waits_h_per_year"] == pytest.approx((1.5 + 2 + 1) * 52)
    assert found[AT + "transactions_while_own_persuasion_waits_h_per_year"] == pytest.approx((1.5 + 2) * 52)


def test_the_wait_for_persuasion_ends_with_the_travel_to_it(paid):
    enter(paid, 178, 179, 1)
    paid.row(179, Event.START, "background.drive", 8, 1, 0, since=178.5, value=1)
    found = everywhere(paid)
    assert found[AT + "transactions_while_own_persuasion_waits_h_per_year"] == pytest.approx(0.5 * 52)
