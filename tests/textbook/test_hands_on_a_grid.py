"""Whose hands work goes through, and what a change of hands or of kind costs; derived by hand on a grid of hours."""

from grid import happened, written

WORK = ("start", "finish", "handoff", "setup")

RELAY = {"draft": {"do": "draft"}, "check": {"do": "check"}, "send": {"do": "send"}, "out": {"end": "sent"}}


def relay(activity=None, who=("giver", "taker", "taker"), roles=None, **org):
    """Case a: drafted by the giver from 0 to 1, then checked and sent by the taker, an hour each."""
    return happened(
        {"a": RELAY},
        {"a": 0},
        {"draft": 1.0, "check": 1.0, "send": 1.0, **(activity or {})},
        roles or {"giver": 1, "taker": 1},
        who=dict(zip(("draft", "check", "send"), who, strict=True)),
        events=WORK,
        **org,
    )


ACROSS = {"giver_h": 0.5, "taker_h": 0.25}


def test_a_change_of_hands_costs_both():
    # From 1 the giver explains while the taker reads; the taker's next step is no change of hands.
    assert relay(handoff={"across_roles": ACROSS}) == written("""
        0     a start   draft     giver/1 1h
        1     a finish  draft     giver/1 1h
        1     a handoff check     taker/1 0.25h
        1     a start   check     taker/1 1.25h
        1     a start   give_over giver/1 0.5h
        1.5   a finish  give_over giver/1 0.5h
        2.25  a finish  check     taker/1 1.25h
        2.25  a start   send      taker/1 1h
        3.25  a finish  send      taker/1 1h
    """)


def test_an_incomplete_kit_makes_one_return_task():
    # The taker finds out after reading, at 1.25; the giver, still explaining, completes the kit from 1.5 to 2.5; the
    # second try needs no reading and no luck.
    assert relay(handoff={"across_roles": {**ACROSS, "complete": 0.0}, "return_h": 1.0}) == written("""
        0     a start   draft        giver/1 1h
        1     a finish  draft        giver/1 1h
        1     a handoff check        taker/1 0.25h
        1     a start   check        taker/1 0.25h
        1     a start   give_over    giver/1 0.5h
        1.25  a finish  check        taker/1 0.25h
        1.5   a finish  give_over    giver/1 0.5h
        1.5   a start   complete_kit giver/1 1h
        2.5   a finish  complete_kit giver/1 1h
        2.5   a start   check        taker/1 1h
        3.5   a finish  check        taker/1 1h
        3.5   a start   send         taker/1 1h
        4.5   a finish  send         taker/1 1h
    """)


def test_a_form_that_says_it_all_is_no_hand_off():
    # briefing 0: neither hours nor the danger of an incomplete kit.
    check = {"check": {"kind": "service", "effort_h": 1.0, "briefing": 0.0}}
    assert relay(check, handoff={"across_roles": {**ACROSS, "complete": 0.0}, "return_h": 1.0}) == written("""
        0  a start  draft giver/1 1h
        1  a finish draft giver/1 1h
        1  a start  check taker/1 1h
        2  a finish check taker/1 1h
        2  a start  send  taker/1 1h
        3  a finish send  taker/1 1h
    """)


def test_machines_neither_give_nor_take():
    # The machine between them does not hide that the sender is another person than the drafter.
    machine = {"giver": 1, "machine": {"headcount": 1, "machine": True}, "taker": 1}
    lines = relay(
        who=("giver", "machine", "taker"),
        roles=machine,
        handoff={"across_roles": {"taker_h": 0.25, "complete": 0.0}, "return_h": 1.0},
    )
    assert lines == written("""
        0     a start   draft        giver/1   1h
        1     a finish  draft        giver/1   1h
        1     a start   check        machine/1 1h
        2     a finish  check        machine/1 1h
        2     a handoff send         taker/1   0.25h
        2     a start   send         taker/1   0.25h
        2.25  a finish  send         taker/1   0.25h
        2.25  a start   complete_kit giver/1   1h
        3.25  a finish  complete_kit giver/1   1h
        3.25  a start   send         taker/1   1h
        4.25  a finish  send         taker/1   1h
    """)


def test_within_a_role_other_terms_hold():
    # desk/2 is the longest idle at 1, so that the second step changes hands within the role, the third back again.
    lines = relay(
        who=("desk",) * 3,
        roles={"desk": 2},
        handoff={"across_roles": {"taker_h": 5.0}, "within_role": {"taker_h": 0.25}},
    )
    assert lines == written("""
        0     a start   draft desk/1 1h
        1     a finish  draft desk/1 1h
        1     a handoff check desk/2 0.25h
        1     a start   check desk/2 1.25h
        2.25  a finish  check desk/2 1.25h
        2.25  a handoff send  desk/1 0.25h
        2.25  a start   send  desk/1 1.25h
        3.5   a finish  send  desk/1 1.25h
    """)


def test_the_same_person_goes_on_if_the_design_says_so():
    lines = relay(
        who=("desk",) * 3,
        roles={"desk": 2},
        same_person=["check"],
        handoff={"within_role": {"taker_h": 0.25}},
    )
    assert lines == written("""
        0  a start  draft desk/1 1h
        1  a finish draft desk/1 1h
        1  a start  check desk/1 1h
        2  a finish check desk/1 1h
        2  a handoff send desk/2 0.25h
        2  a start  send  desk/2 1.25h
        3.25 a finish send desk/2 1.25h
    """)


def test_set_up_on_change_of_kind_only():
    # Design, design, service, transaction (alike to service), design: the third and fifth need one, the first does not.
    def of(kind):
        return {"kind": kind, "effort_h": 1.0}

    stops = {n: {"s": {"do": a}, "out": {"end": "done"}} for n, a in zip("abcde", "ddstd", strict=True)}
    assert happened(
        stops,
        {"a": 0, "b": 1, "c": 3, "d": 5, "e": 7},
        {"d": of("design"), "s": of("service"), "t": of("transaction")},
        {"desk": 1},
        setup_h={"design": 0.5, "service": 0.25, "transaction": 0.25},
        alike={"desk_work": ["service", "transaction"]},
        events=WORK,
    ) == written("""
        0     a start  s desk/1 1h
        1     a finish s desk/1 1h
        1     b start  s desk/1 1h
        2     b finish s desk/1 1h
        3     c setup  s desk/1 0.25h
        3     c start  s desk/1 1.25h
        4.25  c finish s desk/1 1.25h
        5     d start  s desk/1 1h
        6     d finish s desk/1 1h
        7     e setup  s desk/1 0.5h
        7     e start  s desk/1 1.5h
        8.5   e finish s desk/1 1.5h
    """)


def test_lead_in_work_is_done_by_the_same_person_right_before():
    # Nobody else's task comes between the trip and the visit, though b has waited since 1.
    stop = {"talk": {"do": "talk"}, "out": {"end": "done"}}
    assert happened(
        {"a": stop, "b": stop},
        {"a": 0, "b": 1},
        {"talk": 1.0, "drive": {"kind": "travel", "effort_h": 2.0}},
        {"sales": 1},
        before={"talk": {"trip": {"do": "drive"}}},
        events=(*WORK, "end"),
    ) == written("""
        0  a start  drive sales/1 2h
        2  a finish drive sales/1 2h
        2  a start  talk  sales/1 1h
        3  a finish talk  sales/1 1h
        3  a end    out
        3  b start  drive sales/1 2h
        5  b finish drive sales/1 2h
        5  b start  talk  sales/1 1h
        6  b finish talk  sales/1 1h
        6  b end    out
    """)


def test_a_case_can_wait_for_the_one_it_starts():
    order = {"ask": {"do": "ask"}, "deliver": {"start": {"journey": "delivery", "wait": True}}, "thank": {"do": "ask"}}
    assert happened(
        {"a": {**order, "out": {"end": "done"}}, "delivery": {"ship": {"do": "ship"}, "out": {"end": "delivered"}}},
        {"a": 0},
        {"ask": 1.0, "ship": 3.0},
        {"desk": 1, "crew": 1},
        who={"ask": "desk", "ship": "crew"},
    ) == written("""
        0  a        start  ask   desk/1 1h
        1  a        finish ask   desk/1 1h
        1  delivery start  ship  crew/1 3h
        4  delivery finish ship  crew/1 3h
        4  delivery end    out
        4  a        start  thank desk/1 1h
        5  a        finish thank desk/1 1h
        5  a        end    out
    """)


def test_or_go_on_beside_it():
    order = {"ask": {"do": "ask"}, "deliver": {"start": "delivery"}, "thank": {"do": "ask"}}
    assert happened(
        {"a": {**order, "out": {"end": "done"}}, "delivery": {"ship": {"do": "ship"}, "out": {"end": "delivered"}}},
        {"a": 0},
        {"ask": 1.0, "ship": 3.0},
        {"desk": 1, "crew": 1},
        who={"ask": "desk", "ship": "crew"},
    ) == written("""
        0  a        start  ask   desk/1 1h
        1  a        finish ask   desk/1 1h
        1  a        start  thank desk/1 1h      # the desk is listed first
        1  delivery start  ship  crew/1 3h
        2  a        finish thank desk/1 1h
        2  a        end    out
        4  delivery finish ship  crew/1 3h
        4  delivery end    out
    """)
