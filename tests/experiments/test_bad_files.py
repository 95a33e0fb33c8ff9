"""Bad files, of needs or of configs: one clear message for each thing to change, and none of them runs code."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.usefixtures("workplace")


# -- recorded needs --------------------------------------------------------------------------------------------------


def recorded(path: str | Path, column: str = "day") -> str:
    """Give the override that takes needs from a file."""
    return f"market.needs.recorded={{path: '{path}', time: {column}}}"


def test_files_without_rows_are_told(complaints, tmp_path):
    empty, header = tmp_path / "empty.csv", tmp_path / "header.csv"
    empty.write_bytes(b"")
    header.write_text("id,day\n")
    assert complaints("run", recorded(empty)) == [f"market.needs.recorded.path: the file is empty (got '{empty}')"]
    assert complaints("run", recorded(header)) == [f"market.needs.recorded.path: the file has no rows (got '{header}')"]


def test_a_missing_column_is_told_with_the_nearest_one(complaints, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("id,first_contact\n1,2024-01-01\n")
    table = tmp_path / "leads.parquet"
    pq.write_table(pa.table({"id": [1], "first_contact": ["2024-01-01"]}), table)
    message = (
        "market.needs.recorded.time: the file has no such column; did you mean 'first_contact'? (got 'first_contct')"
    )
    assert complaints("run", recorded(file, "first_contct")) == [message]
    assert complaints("run", recorded(table, "first_contct")) == [message]


def test_bad_rows_are_told_by_line(complaints, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("id,day\n1,2024-01-01\n2,soon\n3,2024-13-01\n4\n5,2024-01-05\n6,\n")
    rule = "'day' is no date or timestamp (ISO 8601)"
    assert complaints("run", recorded(file)) == [
        f"leads.csv:3: {rule} (got 'soon')",
        f"leads.csv:4: {rule} (got '2024-13-01')",
        f"leads.csv:5: {rule} (got None)",
        f"leads.csv:7: {rule} (got '')",
    ]


def test_many_bad_rows_are_counted(complaints, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("day\n" + "soon\n" * 1_234)
    told = complaints("run", recorded(file))
    assert len(told) == 11
    assert told[-1] == "leads.csv: and 1224 more rows that cannot be used; none was dropped"


@pytest.mark.parametrize("name", ["garbage.csv", "garbage.parquet"])
def test_ten_megabytes_of_garbage_are_refused(complaints, tmp_path, name):
    file = tmp_path / name
    file.write_bytes(bytes(range(256)) * 40_000)
    assert len(file.read_bytes()) > 10_000_000
    told = complaints("run", recorded(file))
    assert len(told) == 1
    assert told[0].startswith("market.needs.recorded.path: ")
    assert repr(str(file)) in told[0]


def test_one_endless_line_is_refused(complaints, tmp_path):
    file = tmp_path / "line.csv"
    file.write_text("day\n" + "x" * 10_000_000)
    assert complaints("run", recorded(file)) == [
        f"market.needs.recorded.path: cannot be read as CSV: field larger than field limit (131072) (got '{file}')"
    ]


def test_a_name_no_file_can_have_is_refused(complaints):
    told = complaints("run", recorded("x" * 5_000))
    assert len(told) == 1
    assert told[0].startswith("market.needs.recorded.path: cannot be read: ")


# -- a user's own configs --------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """Give a function that writes an org design of one's own and returns the arguments that choose it."""

    def written(text: str | bytes) -> list[str]:
        folder = tmp_path / "own" / "org"
        folder.mkdir(parents=True)
        (folder / "mine.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return ["run", "--config-dir", str(tmp_path / "own"), "org=mine"]

    return written


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system ['touch ran']", "!!python/name:os.system", "!!python/module:os"]
)
def test_yaml_cannot_run_code(complaints, own, workplace, tag):
    told = complaints(*own(f"defaults: [traditional, _self_]\nname: {tag}\n"))
    assert len(told) == 1
    assert told[0].startswith("config: could not determine a constructor for the tag 'tag:yaml.org,2002:python/")
    assert "mine.yaml" in told[0]
    assert "line 2" in told[0]
    assert list(workplace.iterdir()) == []


def test_an_object_to_make_is_only_an_unknown_name(complaints, own):
    told = complaints(*own("defaults: [traditional, _self_]\n_target_: os.system\n_args_: [touch ran]\n"))
    assert told[0] == "org._target_: unknown name (got 'os.system')"
    assert told[1].startswith("org._args_: unknown name")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [open\nroles: {\n", "config: expected ',' or ']'"),
        ("name: a\nname: b\n", "config: found duplicate key name in"),
        ("name: a\n  more: b\n", "config: mapping values are not allowed here in"),
        ("- a\n- b\n", "org: must be a mapping (got ['a', 'b'])"),
        ("defaults: [nowhere, _self_]\n", "config: In 'org/mine': Could not load 'org/nowhere'."),
        ("defaults: 5\n", "config: Invalid defaults list in 'org/mine', defaults must be a list"),
        (
            "defaults: [traditional, _self_]\nroles: {null: {headcount: 2}}\n",
            "config: Incompatible key type 'NoneType'",
        ),
        ("", "org.roles: is needed and not given"),
    ],
)
def test_yaml_that_is_no_design_is_told(complaints, own, text, message):
    told = complaints(*own(text))
    assert len(told) == 1
    assert told[0].startswith(message)


def test_a_file_that_is_no_text_is_named(complaints, own):
    told = complaints(*own(b"\xff\xfe\x00"))
    assert len(told) == 1
    assert "mine.yaml: cannot be read: " in told[0]
