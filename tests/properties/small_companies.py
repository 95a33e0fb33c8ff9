"""Random small scenarios: few journeys, roles and accounts over few weeks, with all that an org design may have."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

SETTINGS: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
}
few = settings(max_examples=60, **SETTINGS)
fewer = settings(max_examples=20, **SETTINGS)
many = settings(max_examples=800, **SETTINGS)

ROLES = ("clerk", "expert", "robot")
ACTIVITIES = ("greet", "pitch", "make", "fix")
KINDS = {"greet": "service", "pitch": "persuasion", "make": "fulfillment", "fix": "design"}
SEGMENTS = ("large", "tiny")
JOURNEYS = ("inquiry", "delivery", "complaint")
LENGTHS = ({"slot_h": 0.5}, {"slot_h": 1.0}, {"slot_quantile": 0.7})
CALENDARS = (
    "always",
    {"mon-fri": "9-17"},
    {"mon-fri": "8-12, 13-17", "sat": "9-12"},
    {"tue-thu": "10-16"},
    {"mon": "0-24", "tue": "0-6", "fri-sun": "20-24"},
)
RESPONSIVE = {
    "practice": {"exponent": 0.25, "half_life_weeks": 2},
    "familiarity": {"effort": 0.3, "defects": 0.4, "persuasion": 0.3, "half_tie": 1},
    "juggling": {"per_case": 0.2},
    "incentive": {"effort": 0.4, "sorting": 0.5, "sorted_at_start": True, "leaving": 2.0},
    "timing": {"near_weeks": 0.5, "reach": 0.5},
}
RESTLESS = {
    **RESPONSIVE,
    "turnover": {"rate": 1.0, "overload": 2.0},
    "hiring": {
        "vacancy_weeks": 1,
        "pay_share": 0.3,
        "trainer_h_per_week": 2.0,
        "trainer_weeks": 1,
        "ramp_median_weeks": 3.0,
        "ramp_sigma": 0.5,
        "ramp_start": 0.4,
    },
    "ties": {"follow": 0.8, "owner_at_start": 3, "firm_at_start": 1},
}
Data = dict[str, Any]


def hours(low: float, high: float) -> st.SearchStrategy[float]:
    """Give hours on a grid of minutes, so that ties of instants happen."""
    return st.integers(round(low * 4), round(high * 4)).map(lambda quarters: quarters / 4)


@st.composite
def laws(draw: st.DrawFn, low: float, high: float) -> Any:
    """Give a law of durations whose mean lies between two values, zero lengths included if `low` is 0."""
    mean = draw(hours(low, high))
    kind = draw(st.sampled_from(["fixed", "exponential", "lognormal"])) if mean > 0 else "fixed"
    if kind == "exponential":
        return {"exponential": {"mean": mean}}
    if kind == "lognormal":
        return {"lognormal": {"mean": mean, "cv": draw(st.sampled_from([0.3, 1.0]))}}
    return mean


@st.composite
def journeys(draw: st.DrawFn, later: tuple[str, ...], marks: tuple[str, ...]) -> Data:
    """Give a journey: a list of steps, of which a choose may leave or go back, and which may start a later journey."""
    n = draw(st.integers(1, 5))
    names = [f"s{i}" for i in range(n)] + ["done"]
    steps: Data = {}
    lost = False
    for i in range(n):
        verb = draw(st.sampled_from(["do", "do", "do", "wait", "choose", *(["start"] if later else [])]))
        if verb == "do":
            step: Data = {"do": draw(st.sampled_from(ACTIVITIES))}
            if draw(st.booleans()):
                step |= {"patience": "patience", "left": "lost"}
            if draw(st.integers(0, 4)) == 0:
                step |= {"room": draw(st.integers(1, 3)), "full": "lost"}
            lost = lost or len(step) > 1
        elif verb == "wait":
            step = {"wait": draw(st.one_of(st.just("pause"), laws(0, 60))), "movable": draw(st.booleans())}
        elif verb == "start":
            step = {"start": {"journey": draw(st.sampled_from(later)), "wait": draw(st.booleans())}}
            step |= {"books": True} if draw(st.booleans()) else {}
        else:
            step, leaves = draw(choices(i, names, steps, marks))
            lost = lost or leaves
        steps[names[i]] = step
    if draw(st.booleans()) and any(step.get("do") == "make" for step in steps.values()):
        steps[draw(st.sampled_from(names[:n]))]["asks"] = "make_made"
    steps["done"] = {
        "end": "done",
        **draw(st.sampled_from([{}, {"bills": True, "books": True}, {"account": "becomes_customer"}])),
    }
    journey: Data = {"steps": steps, "survives_churn": draw(st.booleans())}
    if draw(st.booleans()):
        lost = True
        journey |= {"window": "window", "window_to": "lost"}
    if lost:
        steps["lost"] = {"end": "lost", **draw(st.sampled_from([{}, {"account": "rests"}]))}
    return journey


@st.composite
def choices(draw: st.DrawFn, i: int, names: list[str], steps: Data, marks: tuple[str, ...]) -> tuple[Data, bool]:
    """Give the i-th step as a choose between going on and something else; and whether that may be the end `lost`."""
    onward, other = names[i + 1], draw(st.sampled_from([*names[max(0, i - 1) : i], *names[i + 1 :], "lost"]))
    form = draw(st.sampled_from(["chance", "mark", "convinced"]))
    talks = next((s for s, v in steps.items() if v.get("do") == "pitch"), None)
    if form == "mark" and marks and names.index(onward) <= (len(names) if other == "lost" else names.index(other)):
        return {"choose": draw(st.sampled_from(marks)), "to": {"yes": other, "no": onward}}, other == "lost"
    if form == "convinced" and talks is not None:
        return {"choose": "convinced", "to": {"yes": onward, "again": talks, "no": "lost"}}, True
    p = draw(st.sampled_from([0.0, 0.25, 0.5]))
    return {"choose": {"else": p, "on": 1 - p}, "to": {"else": other, "on": onward}}, other == "lost"


@st.composite
def activities(draw: st.DrawFn, name: str) -> Data:
    """Give one activity."""
    activity: Data = {"kind": KINDS[name], "effort_h": draw(laws(0, 4)), "customer_present": draw(st.booleans())}
    activity |= {"substantive": draw(st.booleans()), "priority": draw(st.integers(0, 2))}
    activity |= {"milestone": f"{name}_made"} if name == "make" or draw(st.booleans()) else {}
    activity |= {"practiced": draw(st.sampled_from([0, 5]))} if draw(st.booleans()) else {}
    activity |= {"effect": "talk"} if name == "pitch" else {}
    return activity


@st.composite
def roles(draw: st.DrawFn, name: str) -> Data:
    """Give one role and its people."""
    role: Data = {"headcount": draw(st.integers(1, 3)), "hours": draw(st.sampled_from(CALENDARS))}
    role |= {"dispatch": draw(st.sampled_from(["first_come", "priority", "earliest_due", "persuasion_first"]))}
    if name == "robot":
        role |= {"machine": draw(st.booleans())}
    role["closed_days"] = draw(st.sampled_from([[], [], [0], [3, 4, 10]]))
    if role["hours"] != "always":
        role |= {"absence_days_per_year": draw(st.sampled_from([0, 0, 60, 200]))}
    if draw(st.booleans()):
        per, block = draw(st.sampled_from(["person", "role"])), draw(st.sampled_from([0.25, 1.0, 3.0]))
        role["background"] = {"paper": {"activity": "file", "hours_per_week": 3, "per": per, "block_h": block}}
    role["quits_per_year"] = draw(st.sampled_from([0.0, 10.0, 60.0]))
    if draw(st.booleans()):
        role |= {"pay_usd": 6e4, "variable_usd": 4e4, "paid_for": ["pitch", "service"]}
        role["speed"] = {draw(st.sampled_from(ACTIVITIES)): draw(st.sampled_from([0.5, 1.5]))}
    return role


@st.composite
def terms_of_pay(draw: st.DrawFn, booking: list[str]) -> Data:
    """Give the commission and quota of a role; none where no journey books anything."""
    if not booking or draw(st.booleans()):
        return {}
    pay: Data = {"commission": {draw(st.sampled_from(booking)): 0.1}}
    quota = {"usd": draw(st.sampled_from([100.0, 1000.0])), "weeks": draw(st.sampled_from([1, 2]))}
    pay |= {"quota": quota} if draw(st.booleans()) else {}
    return pay | ({"dispatch": "best_paid_first"} if draw(st.booleans()) else {})


@st.composite
def orgs(draw: st.DrawFn, segments: tuple[str, ...]) -> Data:
    """Give an org design in which somebody can do everything."""
    names = ROLES[: draw(st.integers(1, 3))]
    org: Data = {"name": "small", "roles": {name: draw(roles(name)) for name in names}, "who": {}}
    for activity in ACTIVITIES:
        form = draw(st.sampled_from(["one", "one", "segments", "shares"]))
        if form == "segments" and segments:
            org["who"][activity] = {"by_segment": {g: draw(st.sampled_from(names)) for g in segments}}
        elif form == "shares" and len(names) > 1:
            org["who"][activity] = {"shares": {names[0]: 0.5, names[-1]: 0.5}}
        else:
            org["who"][activity] = draw(st.sampled_from(names))
    org["books"] = draw(st.sampled_from([[], [names[0]]]))
    org["same_person"] = draw(st.sampled_from([[], ["make"]]))
    if draw(st.booleans()):
        org["before"] = {"pitch": {"trip": {"do": "drive", "share": draw(st.sampled_from([0.5, 1.0]))}}}
    if draw(st.booleans()):
        org["setup_h"] = {"design": 0.25, "service": draw(hours(0, 1))}
        org["alike"] = {"desk": ["service", "fulfillment"]}
    if draw(st.booleans()):
        terms = {"giver_h": draw(hours(0, 0.5)), "taker_h": draw(hours(0, 0.5)), "complete": 0.6}
        org["handoff"] = {"across_roles": terms, "within_role": terms, "return_h": draw(hours(0, 1))}
    slot = {"notice_h": draw(st.sampled_from([0, 5])), **draw(st.sampled_from(LENGTHS))}
    slot |= draw(st.sampled_from([{}, {"booked_by": "self"}, {"booked_by": names[-1]}]))
    org["compliance"] = draw(st.sampled_from([1.0, 1.0, 0.6]))
    org["appointments"] = dict.fromkeys(draw(st.sampled_from([(), (), ("pitch",), ("greet", "fix")])), slot)
    org["skill_sigma"] = draw(st.sampled_from([0.0, 0.4]))
    org["marketing_usd_per_year"] = draw(st.sampled_from([0, 50_000]))
    return org


@st.composite
def changes_of(draw: st.DrawFn, org: Data, segments: tuple[str, ...]) -> list[Data]:
    """Give one or two designs that follow; a role of the same name keeps what it must."""
    found: list[Data] = []
    for week in draw(st.sampled_from([(1,), (0.7,), (1, 2), (0, 1.5)])):
        after = draw(orgs(segments))
        first = {**after["roles"], **(found[0]["org"]["roles"] if found else {}), **org["roles"]}
        for name in after["roles"]:
            kept = {k: first[name].get(k) for k in ("hours", "closed_days", "machine", "absence_days_per_year")}
            after["roles"][name] |= {k: v for k, v in kept.items() if v is not None}
            for key in kept.keys() - {k for k, v in kept.items() if v is not None}:
                after["roles"][name].pop(key, None)
            pool = draw(st.sampled_from([None, "everybody"]))
            if pool is not None:
                after["roles"][name]["pool"] = pool
        found.append({"week": week, "org": after})
    for name in {n for change in found for n in change["org"]["roles"]}:
        pools = [change["org"]["roles"][name].get("pool") for change in found if name in change["org"]["roles"]]
        pool = next((p for p in pools if p), None)
        for roles in (org["roles"], *(change["org"]["roles"] for change in found)):
            if name in roles and pool:
                roles[name]["pool"] = pool
    return found


@st.composite
def outreach(draw: st.DrawFn, data: Data) -> Data:
    """Give the same company with campaigns, calls and word of mouth, some of them."""
    org, market = data["org"], data["market"]
    market |= draw(st.sampled_from([{}, {"referral": {"per_customer_per_year": 50, "fresh_weeks": 2, "reach": 0.8}}]))
    market |= draw(st.sampled_from([{}, {"reputation": {"conviction": 2, "reach": 2, "half_life_weeks": 1}}]))
    market["propositions"] = {"lift": {"exponential": {"mean": 0.5}}, "half_life_weeks": 2, "reach": 0.3}
    market["touch"] = {"success": 0.7, "push": draw(st.sampled_from([0, 0.2]))}
    market["nurture"] = {"reach": 0.5, "half_life_weeks": 4}
    org["nurtures"] = draw(st.booleans())
    work = {"paper": "file", "pitching": "advertise", "writing": "compose", "calling": "call"}
    jobs = {job: {"activity": work[job], "hours_per_week": 4, "per": "role", "block_h": 0.5} for job in work}
    role = org["roles"][draw(st.sampled_from([*org["roles"]]))]
    role["background"] = {**jobs, **role.get("background", {})}
    if draw(st.booleans()):
        made = {"work": "compose", "makes": "propositions", "share": 0.3, "hours_each": 3}
        org["campaigns"] = {"loud": {"work": "advertise", "share": 0.5}, "smart": made}
    if draw(st.booleans()):
        org["calls"] = {"work": "call", "touch_h": 0.25}
        journey = data["journey"][market["needs"]["journey"]]
        journey["entry"] = draw(st.sampled_from([{}, {"cold": [*journey["steps"]][-1]}]))
    return data


@st.composite
def markets(draw: st.DrawFn, names: tuple[str, ...], segments: tuple[str, ...]) -> Data:
    """Give a market: accounts with needs, recurring streams and churn."""
    per_segment = {g: {"customers": draw(st.integers(0, 4)), "prospects": draw(st.integers(1, 8))} for g in segments}
    market: Data = {"segments": per_segment, "customer_hours": draw(st.sampled_from(CALENDARS[:3]))}
    market["profile"] = draw(st.sampled_from([{}, {"weekdays": [2, 1, 1, 1, 1, 0, 0], "hours": {"mon-fri": "8-18"}}]))
    marks = {
        "urgent": {"chance": draw(st.sampled_from([0.0, 0.5, 1.0]))},
        "value": {"law": {"exponential": {"mean": 900}}},
    }
    market["needs"] = {"journey": names[0], "per_account_per_year": draw(st.sampled_from([6, 40])), "marks": marks}
    market["needs"]["response"] = {
        "base_per_week": draw(st.sampled_from([0, 5])),
        "max_per_week": 20,
        "half_effect_usd": 40_000,
        "shape": 1.0,
        "carry_over_half_life_weeks": 2,
        "reference_per_week": 5,
    }
    patterns = draw(st.lists(st.sampled_from(["random", "regular", "weekly_hazard"]), unique=True))
    market["recurring"] = {
        f"{pattern}_need": {
            "journey": draw(st.sampled_from(names)),
            "per_account_per_year": {segments[0]: 50, "every": 12},
            "pattern": pattern,
            "satisfaction_effect": 1.0 if pattern == "weekly_hazard" else 0.0,
            "first_year_share": draw(st.sampled_from([0.5, 1.0])),
        }
        for pattern in patterns
    }
    if draw(st.booleans()):
        market["churn"] = {"per_account_per_year": draw(st.sampled_from([0.5, 10.0])), "satisfaction_effect": -2.0}
    market["rest_weeks"] = draw(st.sampled_from([0, 1, 3]))
    market["expectations"] = {
        "greet_made": {"hours": draw(hours(0, 8)), "clock": draw(st.sampled_from(["elapsed", "business"]))},
        "make_made": {"by": "urgent", "yes_h": 4, "no_h": 48},
    }
    market["channels"] = draw(st.sampled_from([{}, {"every": {"person": 0.5, "remote": 0.25, "self": 0.25}}]))
    market["traits"] = {"openness": draw(laws(0, 1))}
    return market


@st.composite
def machinery(draw: st.DrawFn, data: Data) -> None:
    """Let the robot fail, and not be able to do everything."""
    robot = data["org"]["roles"].get("robot", {})
    if not robot.get("machine"):
        return
    robot |= draw(st.sampled_from([{}, {"outages": {"every_h": 20.0, "length_h": draw(hours(0.25, 30))}}]))
    cannot = {a: 0.4 for a in ACTIVITIES if draw(st.booleans())}
    robot |= {"cannot": cannot, "fallback": "clerk"} if cannot else {}


@st.composite
def practices(draw: st.DrawFn, data: Data, journey: str) -> None:
    """Let accounts adopt a portal, which serves them or asks nothing of anybody, and lapse in their expectations."""
    market, org = data["market"], data["org"]
    market["practices"] = {"portal": {"eligible": 0.8, "customers_at_start": draw(st.sampled_from([0.0, 0.5]))}}
    market["account_marks"] = {"special": 0.5}
    org["offers"] = draw(st.sampled_from([[], ["portal"], ["portal"]]))
    activity = draw(st.sampled_from(ACTIVITIES))
    usual = org["who"][activity]
    org["who"][activity] = {"by_practice": {"portal": draw(st.sampled_from([*org["roles"]]))}, "otherwise": usual}
    data["journey"][journey]["steps"]["done"][draw(st.sampled_from(["adopts", "drops"]))] = "portal"
    for stream in market["recurring"].values():
        way = draw(st.sampled_from([{}, {"practice": "portal"}, {"by_practice": {"portal": journey}}]))
        stream |= way
    for expectation in market["expectations"].values():
        expectation["neglect"] = draw(st.booleans())


@st.composite
def companies(draw: st.DrawFn, *, market: bool | None = None, changing: bool = False) -> Data:
    """Give the plain data of a small scenario; always with a source, and with a market unless told otherwise."""
    names = JOURNEYS[: draw(st.integers(1, 3))]
    has_market = draw(st.booleans()) if market is None else market
    segments = SEGMENTS[: draw(st.integers(1, 2))] if has_market else ()
    mean = draw(hours(2, 40))
    source: Data = {"journey": draw(st.sampled_from(names)), "interarrival_h": {"exponential": {"mean": mean}}}
    source["marks"] = {"urgent": {"chance": 0.5}}
    if draw(st.booleans()):
        source |= {"interarrival_h": mean, "first_h": draw(hours(0, 9)), "count": draw(st.integers(1, 30))}
    data: Data = {
        "journey": {n: draw(journeys(names[i + 1 :], ("urgent",))) for i, n in enumerate(names)},
        "activity": {name: draw(activities(name)) for name in ACTIVITIES},
        "org": draw(orgs(segments)),
        "people": draw(st.sampled_from([{}, RESPONSIVE, RESTLESS])),
        "source": {"walk_in": source},
        "market": draw(markets(names, segments)) if has_market else {},
        "run": {"weeks": draw(st.integers(1, 5)), "warmup_weeks": draw(st.sampled_from([0, 0.5, 1]))},
    }
    done = {step.get("do") for journey in data["journey"].values() for step in journey["steps"].values()}
    data["changes"] = draw(changes_of(data["org"], segments)) if changing and draw(st.booleans()) else []
    data["run"]["weeks"] = max([data["run"]["weeks"], *(int(change["week"]) + 1 for change in data["changes"])])
    booking = [n for n, j in data["journey"].items() if any(step.get("books") for step in j["steps"].values())]
    for org in (data["org"], *(change["org"] for change in data["changes"])):
        org["appointments"] = {a: slot for a, slot in org["appointments"].items() if a in done}
        for role in org["roles"].values():
            role |= {} if role.get("machine") else draw(terms_of_pay(booking))
    data["activity"] |= {
        "book_appointment": {"kind": "coordination", "effort_h": draw(laws(0, 1)), "priority": draw(st.integers(0, 2))},
        "file": {"kind": "administration", "effort_h": 1, "priority": 3},
        "drive": {"kind": "travel", "effort_h": draw(laws(0, 2))},
    }
    data["activity"] |= {name: {"kind": "marketing", "effort_h": 1} for name in ("advertise", "compose", "call")}
    if has_market and draw(st.booleans()):
        data = draw(outreach(data))
    draw(machinery(data))
    if has_market and draw(st.booleans()):
        draw(practices(data, draw(st.sampled_from(names))))
    data["market"]["laws"] = {"patience": draw(laws(0, 20)), "window": draw(laws(1, 200)), "pause": draw(laws(0, 30))}
    return data


@st.composite
def rivals(draw: st.DrawFn, *, changing: bool = False) -> Data:
    """Give a small company with one or two others on the same accounts, who decide between offers or not."""
    data = draw(companies(market=True, changing=changing))
    market, first = data["market"], data["journey"][JOURNEYS[0]]
    done = {step.get("do") for journey in data["journey"].values() for step in journey["steps"].values()}
    booking = [n for n, j in data["journey"].items() if any(step.get("books") for step in j["steps"].values())]
    data["rivals"] = [draw(orgs(tuple(market["segments"]))) for _ in range(draw(st.integers(1, 2)))]
    for org in data["rivals"]:
        org["appointments"] = {a: slot for a, slot in org["appointments"].items() if a in done}
        for role in org["roles"].values():
            role |= {} if role.get("machine") else draw(terms_of_pay(booking))
    steps: Data = {}
    for name, step in first["steps"].items():
        last = next(reversed(steps.values()), {})
        if name == "done" and "choose" not in last and draw(st.booleans()):
            to = {"won": "done", "incumbent": "stayed", "rival": "beaten", "no_decision": "stayed"}
            steps["decide"] = {"choose": "closes", "to": to}
        steps[name] = {**step, "account": "becomes_customer"} if name == "done" else step
    steps |= {"stayed": {"end": "stayed", "account": "rests"}, "beaten": {"end": "beaten"}} if "decide" in steps else {}
    first["steps"] = steps
    market["rivalry"] = {
        "offer": draw(st.sampled_from([None, "make_made"])),
        "incumbent_advantage": draw(st.sampled_from([0.0, 1.0])),
        "satisfaction_effect": draw(st.sampled_from([0.0, 3.0])),
    }
    market["rules"] = {"closes": {"intercept": 1.0}}
    return data
