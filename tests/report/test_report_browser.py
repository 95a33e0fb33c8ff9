"""The page in a browser: asks nothing, fits a phone, and its summary fits one printed page."""

import re
import shutil

import pytest

from experiments.report import write_report

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("needs a browser called chromium", allow_module_level=True)

PHONE, DESKTOP = 390, 1280
LONG = "a design with a name of many words that somebody gave it in earnest {}"


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def few_designs(make_comparison, tmp_path_factory):
    """The page of two designs."""
    return write_report(make_comparison(few=True), tmp_path_factory.mktemp("few"))[0]


@pytest.fixture(scope="module")
def many_designs(make_comparison, tmp_path_factory):
    """The page of seven designs with long names, and all headlines."""
    from experiments.report.document import write_document
    from experiments.report.page import comparison_document

    comparison = make_comparison([LONG.format(i) for i in range(7)], 3)
    drifting = [kpi for kpi in comparison.kpis if kpi.endswith("median_h")]
    comparison.summary["unsteady"] = {LONG.format(i): drifting for i in range(1, 4)}
    return write_document(comparison_document(comparison, drawings=()), tmp_path_factory.mktemp("many"))[0]


def opened(browser, path, width):
    """Open a page, and give it with everything it asked for and complained of."""
    page, asked, complaints = browser.new_page(viewport={"width": width, "height": 900}), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri(), wait_until="load")
    return page, asked, complaints


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("designs", ["few_designs", "many_designs"])
def test_opens_quietly_and_does_not_overflow(browser, designs, width, request):
    path = request.getfixturevalue(designs)
    page, asked, complaints = opened(browser, path, width)
    # Folded tables count too.
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.body.scrollWidth") <= width
    assert asked == [path.as_uri()]
    assert complaints == []
    page.close()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_pictures_have_a_size_and_a_name(browser, few_designs, width):
    page, _, _ = opened(browser, few_designs, width)
    pictures = page.locator(".picture svg")
    assert pictures.count() >= 5
    for i in range(pictures.count()):
        box = pictures.nth(i).bounding_box()
        assert 0.8 * min(width, 1100) < box["width"] <= width and box["height"] > 50
        named = pictures.nth(i).get_attribute("aria-labelledby")
        assert page.locator(f"[id='{named}']").text_content().strip()
    page.close()


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("designs", ["few_designs", "many_designs"])
def test_prints_with_the_summary_on_page_one(browser, designs, paper, request):
    page, _, _ = opened(browser, request.getfixturevalue(designs), DESKTOP)
    whole = pages(page.pdf(format=paper))
    page.add_style_tag(content=".first-page ~ *, main ~ footer { display: none !important; }")
    page.add_style_tag(content=".first-page { break-after: auto !important; }")
    assert pages(page.pdf(format=paper)) == 1
    assert whole > 1
    page.close()
