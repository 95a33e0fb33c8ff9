import math
import re
from html.parser import HTMLParser

import pytest
from comparison_pictures import PICTURES

from experiments.report import write_document, write_report
from experiments.report.inline import inline_svg
from experiments.report.page import comparison_document
from experiments.report.rendering import render
from experiments.report.scorecard import scorecard

HOSTILE = '"><script>alert(1)</script><img src=http://x.invalid/a onerror=alert(1)>&{{ 7*7 }}'
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Reader(HTMLParser):
    """Collects tags, attributes, ids and text, and complains about tags that do not close in order."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def page_of(comparison, drawings=()):
    return render(comparison_document(comparison, drawings=drawings))


@pytest.fixture(scope="module")
def page(make_comparison, drawings):
    """The page of the plain comparison, with its pictures."""
    return page_of(make_comparison(), drawings)


def test_asks_nothing_of_any_network(page):
    reader = Reader(page)
    assert "http:" not in page and "https:" not in page and "@import" not in page
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & set(reader.tags)
    for name, value in reader.attributes:
        if name in ("src", "href", "xlink:href", "action", "data", "srcset", "poster"):
            assert value.startswith("#")
        assert not name.startswith("on")
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", page))
    assert "default-src 'none'" in page


def test_is_well_formed_with_unique_ids_that_resolve(page):
    reader = Reader(page)
    assert reader.open == []
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    wanted = [v.removeprefix("#") for n, v in reader.attributes if n in ("href", "xlink:href", "aria-labelledby")]
    wanted += re.findall(r"url\(#([^)]*)\)", page)
    assert wanted and set(wanted) <= set(ids)


def test_escapes_hostile_text_wherever_it_comes_from(make_comparison):
    demand = [{"design": HOSTILE, HOSTILE: HOSTILE}]
    comparison = make_comparison(
        ("traditional", HOSTILE),
        few=True,
        title=HOSTILE,
        compared=HOSTILE,
        customers=HOSTILE,
        provenance={
            HOSTILE: HOSTILE,
            "config": HOSTILE,
            "seed": HOSTILE,
            "replications": 8,
            "orgsim": HOSTILE,
        },
        demand=demand,
        overrides=[HOSTILE],
        caveats=[HOSTILE],
        definitions={"throughput": HOSTILE},
    )
    page = page_of(comparison, [scorecard(comparison)])
    reader = Reader(page)
    assert reader.open == []
    assert not {"script", "img"} & set(reader.tags)
    assert not any(name.startswith("on") for name, _ in reader.attributes)
    assert "".join(reader.text).count(HOSTILE) > 15
    assert "49" not in "".join(part for part in reader.text if "alert" in part)


def test_hostile_kpi_and_unit_are_escaped(make_comparison):
    rows = [("traditional", 0, HOSTILE, 1.0, HOSTILE)]
    reader = Reader(page_of(make_comparison(("traditional",), rows=rows)))
    assert not {"script", "img"} & set(reader.tags)
    assert "".join(reader.text).count(HOSTILE) == 2


def test_says_what_it_must(make_comparison):
    comparison = make_comparison()
    text = " ".join("".join(Reader(page_of(comparison)).text).split())
    for part in (
        "Against the untuned traditional design; no verdict on any claim.",
        "What may not be concluded",
        "orgsim compare market=base",
        "3f9a1c07be42d1",
        "market.needs_per_week=8",
        "Demand accounting",
        "variance ratio",
        "On which customers",
        "Median time from the need to the first answer.",
        comparison.footer.replace("  ", " "),
    ):
        assert part in text
    assert all(kpi in text for kpi in comparison.kpis)


def test_same_input_gives_the_same_page(make_comparison):
    assert page_of(make_comparison()) == page_of(make_comparison())


@pytest.mark.parametrize("designs", [("one",), ("one", "two"), ("one", "two", "three", "four")])
@pytest.mark.parametrize("replications", [1, 4])
def test_any_number_of_designs_and_replications(make_comparison, designs, replications):
    text = "".join(Reader(page_of(make_comparison(designs, replications))).text)
    assert ("Gain from common random numbers" in text) == (len(designs) > 1)
    assert ("too few replications" in text) == (replications == 1)
    assert ("no interval" in text) == (replications == 1)


def test_kpis_that_are_never_defined_do_no_harm(make_comparison):
    rows = [(*row[:3], math.nan, row[4]) for row in make_comparison().rows]
    assert Reader(page_of(make_comparison(rows=rows))).open == []


def test_bare_comparison_has_a_page(make_comparison):
    bare = make_comparison(rows=[], provenance={}, demand=(), overrides=(), caveats=(), definitions={})
    text = "".join(Reader(page_of(bare)).text)
    assert "Changed in every design: nothing" in text
    assert "None of the headline measures is among the results." in text


def test_writes_page_and_pictures_once(make_comparison, tmp_path):
    comparison = make_comparison(few=True)
    paths = write_report(comparison, tmp_path)
    expected = ["report.html", *(f"figures/{name}.{end}" for name in PICTURES for end in ("svg", "png"))]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == expected
    assert all(path.stat().st_size > 1000 for path in paths)
    # The page is refused before anything is drawn over; nothing but text need be made again to see it.
    with pytest.raises(FileExistsError):
        write_document(comparison_document(comparison, drawings=()), tmp_path)


def test_inline_picture_keeps_its_references_inside():
    svg = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "http://x.invalid/x.dtd"><svg width="9pt" '
        b'viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><metadata>m</metadata><!-- <b> -->'
        b'<g id="a" clip-path="url(#c)"><use xlink:href="#a"/></g></svg>'
    )
    assert inline_svg(svg, "p") == (
        '<svg viewBox="0 0 9 9" aria-hidden="true" focusable="false">'
        '<g id="p-a" clip-path="url(#p-c)"><use xlink:href="#p-a"/></g></svg>'
    )


def test_inline_picture_with_a_title_has_a_name():
    shown = inline_svg(b'<svg viewBox="0 0 9 9"><g/></svg>', "p", "Who <waits>")
    assert 'role="img" aria-labelledby="p-title"' in shown
    assert '<title id="p-title">Who &lt;waits&gt;</title>' in shown


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="view box"):
        inline_svg(b"<html></html>", "p")
    with pytest.raises(ValueError, match="identifier"):
        inline_svg(b'<svg viewBox="0 0 1 1"></svg>', "a b")


def test_numbers_of_the_full_table_are_written_out(make_comparison):
    text = "".join(Reader(page_of(make_comparison())).text)
    assert not re.search(r"\de\+\d", text)
    assert "7,4" in text  # millions of USD, written out
