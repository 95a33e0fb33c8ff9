import pytest

from experiments.report.document import Cell, Document, Row, Section, Statement, Table, write_document
from experiments.report.drawing import Drawing
from experiments.report.rendering import render

SVG = b'<svg viewBox="0 0 9 9"><g id="a"/></svg>'
PNG = b"\x89PNG"


def drawing(name, title="A picture"):
    return Drawing(name, title, "How to read it.", SVG, PNG)


def document(**fields):
    known = {
        "title": "A report",
        "question": "What is it?",
        "summary": [Statement("It is so.", "quite sure")],
        "sections": [],
    }
    return Document(**{**known, **fields})


def test_writes_the_page_and_each_picture_twice(tmp_path):
    paths = write_document(document(sections=[Section("One", drawings=[drawing("first")])]), tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "report.html",
        "figures/first.svg",
        "figures/first.png",
    ]
    assert paths[1].read_bytes() == SVG and paths[2].read_bytes() == PNG


def test_nothing_is_ever_overwritten(tmp_path):
    (tmp_path / "figures").mkdir()
    old = tmp_path / "figures" / "first.png"
    old.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_document(document(sections=[Section("One", drawings=[drawing("first")])]), tmp_path)
    assert old.read_bytes() == b"old"
    with pytest.raises(FileExistsError):
        write_document(document(), tmp_path)


def test_what_cannot_be_rendered_leaves_no_page(tmp_path):
    broken = Drawing("broken", "A picture", "", b"no picture", PNG)
    with pytest.raises(ValueError, match="broken"):
        write_document(document(sections=[Section("One", drawings=[broken])]), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pictures_have_names_of_their_own():
    twice = [Section("One", drawings=[drawing("a")])]
    with pytest.raises(ValueError, match=r"must differ, got \['a'\]"):
        document(sections=twice, sheets=twice)
    with pytest.raises(ValueError, match=r"identifiers, got \['../a'\]"):
        document(sections=[Section("One", drawings=[drawing("../a")])])


def test_tables_line_up():
    row = Row("a", [Cell("1"), Cell("2")])
    with pytest.raises(ValueError, match="row 'a' must have 1 cells, got 2"):
        Table(["name", "x"], [row], "Numbers")
    with pytest.raises(ValueError, match="groups must span 2 columns, got 3"):
        Table(["name", "x", "y"], [row], "Numbers", groups=[("both", 3)])


def test_summary_comes_first_and_sheets_last():
    page = render(
        document(
            sections=[Section("The middle", ["Words."], ["A point."])],
            sheets=[Section("A sheet", ["More words."])],
            cautions=["Not proven."],
            provenance={"seed": 1, "files": ["a", "b"]},
            footer="origin",
        )
    )
    order = ["It is so.", "[quite sure]", "Not proven.", "The middle", "A point.", "a, b", 'class="sheet"', "A sheet"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_a_picture_is_named_and_titled_once():
    page = render(document(sections=[Section("A picture", drawings=[drawing("a"), drawing("b", "Another")])]))
    assert page.count("<h3>") == 1 and "<h3>Another</h3>" in page
    assert page.count('role="img"') == 2 and '<title id="a-title">A picture</title>' in page


def test_heads_of_tables_say_what_they_head():
    rows = [Row("a", [Cell("1", "so much", "better"), Cell("2", verdict="not decided")], "what a is")]
    table = Table(["name", "x", "y"], rows, "Numbers", groups=[("both", 2)], notes=["A note."])
    page = render(document(sections=[Section("One", tables=[table])]))
    assert '<th scope="col" rowspan="2">name</th><th scope="colgroup" colspan="2" class="group">both</th>' in page
    assert '<th scope="col">x</th><th scope="col">y</th>' in page
    assert '<th scope="row">a<small>what a is</small></th>' in page
    assert '<td class="better">1<small>so much</small><small class="verdict">better</small></td>' in page
    assert "<caption>Numbers</caption>" in page and "A note." in page
    assert "<details>" not in page
    folded = Table(["name", "x", "y"], rows, "Numbers", folded=True)
    assert "<summary>Numbers</summary>" in render(document(sections=[Section("One", tables=[folded])]))
