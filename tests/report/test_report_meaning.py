import pytest

from experiments import compose
from experiments.report.headline import HEADLINES
from experiments.report.meaning import meaning, read
from experiments.report.meanings_flow import MEANINGS as FLOW
from experiments.report.meanings_people import MEANINGS as PEOPLE
from sim import measure, simulate

RIVAL = "rivals=[traditional]"


def entries():
    return [*read(FLOW), *read(PEOPLE)]


def test_every_entry_has_a_name_a_sign_and_a_sentence():
    names = [name for name, _, _ in entries()]
    assert len(names) == len(set(names)) > 100
    for name, sign, text in entries():
        assert sign in ("+", "-", "") and text[0].isupper() and text.endswith("."), name


def test_entries_must_have_three_parts():
    with pytest.raises(ValueError, match="unpack"):
        list(read("a.b | no text"))


def test_names_are_filled_in_and_the_closest_entry_wins():
    assert meaning("people.account_manager.share.account_care").text == (
        "Of paid hours (account manager), effort that went into account care."
    )
    assert meaning("people.seller.share.idle").text == "Of paid hours (seller), those without work."
    assert "0.5 hours" in meaning("flow.opportunity.answer.without.0.5h").text
    assert meaning("flow.opportunity.answer.without.0.5h").better == "lower"
    assert meaning("no.such.thing").text == ""


def test_headlines_want_what_their_meaning_says():
    for headline in HEADLINES:
        found = meaning(headline.kpi.replace("{role}", "salesperson"))
        assert found.text and found.better == headline.better, headline.kpi


@pytest.mark.parametrize("org", ["traditional", "persuasion_only_portal"])
def test_every_kpi_has_a_meaning(org):
    """Names of KPIs come from the plan, whatever happens: a short run is enough."""
    scenario = compose(
        [
            f"org={org}",
            "market=engineered_products_quarter",
            "run_in=null",
            "run.weeks=0.1",
            "run.warmup_weeks=0",
            RIVAL,
        ]
    )
    names = measure(simulate(scenario, engine="simpy"), scenario)
    assert len(names) > 1000
    assert [name for name in names if not meaning(name).text] == []
