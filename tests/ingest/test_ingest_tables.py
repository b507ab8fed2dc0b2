import json
from datetime import date
from pathlib import Path

import pytest

from counterclaim.ingest import read_map, read_table
from counterclaim.ingest.column_mapping import TableMapError
from counterclaim.ingest.tables import TableError, TableFigures
from counterclaim.records.count import Count, exactly

MAP = """
[table]
name = "Daily bulletin"
day = "date"
hours = "period"
opponents = ["Ardenia", "Kestria"]
ignore = ["note*"]

[defaults]
reporter = "Ardenia/Ministry of Health"
side = "Ardenia"
category = "civilian"
epoch = "2031-05-01"

[[figure]]
number = "dead"
measure = "new"

[[figure]]
number = "dead_total"
measure = "cumulative"
"""
HEADER = "date,period,dead,dead_total,note_1\n"


def write(
    folder: Path, table: str, meaning: str = MAP, name: str = "daily.csv"
) -> tuple[Path, Path]:
    (folder / name).write_text(table, "utf-8")
    (folder / "map.toml").write_text(meaning, "utf-8")
    return folder / name, folder / "map.toml"


def read(folder: Path, table: str, meaning: str = MAP, name: str = "daily.csv") -> TableFigures:
    data, path = write(folder, table, meaning, name)
    return read_table(data, read_map(path))


def test_ingest_table_reads_new_and_cumulative_columns(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "2031-05-04,48,12,31,x\n")
    new, total = found.figures
    assert (new.measure, new.count, new.start, new.day) == (
        "new",
        exactly(12),
        date(2031, 5, 3),
        date(2031, 5, 4),
    )
    assert (total.measure, total.count, total.start) == ("cumulative", exactly(31), None)
    assert total.id == "daily.csv:2:dead_total"
    assert total.key.line == "self"
    assert (total.key.category, total.key.epoch) == ("civilian", date(2031, 5, 1))
    assert [str(party) for party in total.key.reporters] == ["Ardenia"]
    assert not found.problems


def test_ingest_table_every_cell_is_a_figure_or_empty_or_a_problem_with_row_and_column(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path,
        HEADER
        + "2031-05-04,24,12,31,\n"
        + "2031-05-05,24,n/a,many,\n"
        + "yesterday,24,1,32,\n"
        + "2031-05-06,24,-3,33.5,\n"
        + "2031-05-07,36,1,34,\n"
        + '2031-05-08,,,"1,234",\n',
    )
    assert found.cells == len(found.figures) + found.empty + found.refused == 12
    assert (len(found.figures), found.empty, found.refused) == (3, 2, 7)
    assert [str(problem) for problem in found.problems] == [
        "unread-number: daily.csv row 3, column 'dead_total': 'many' is no whole number of persons",
        "unread-row: daily.csv row 4, column 'date': 'yesterday' is no day; write 2023-10-07",
        "negative-number: daily.csv row 5, column 'dead': -3 persons: a count is never negative",
        "unread-number: daily.csv row 5, column 'dead_total': '33.5' is no whole number of persons",
        "unread-hours: daily.csv row 6, column 'period': '36' is no whole number of days in hours",
    ]
    assert found.figures[-1].count == exactly(1234)


def test_ingest_table_tells_a_column_that_the_map_forgot(tmp_path: Path) -> None:
    found = read(tmp_path, "date,period,dead,dead_total,hurt\n2031-05-04,24,1,2,9\n")
    assert [problem.code for problem in found.problems] == ["unmapped-column"]
    assert "'hurt' (1 cells)" in found.problems[0].message


def test_ingest_table_tells_a_row_longer_than_its_header(tmp_path: Path) -> None:
    found = read(tmp_path, HEADER + "2031-05-04,24,1,2,x,9\n2031-05-05,24,1,3,\n")
    assert [str(p) for p in found.problems] == [
        "unread-row: daily.csv row 2: it has more cells than the header"
    ]
    assert len(found.figures) == 2


ESTIMATES = """
[table]
day = "when"
opponents = ["Ardenia", "Kestria"]

[[figure]]
number = "best"
low = "low"
high = "high"
measure = "cumulative"
outcome = { column = "kind", values = { deaths = "killed", all = "unspecified" } }
side = { column = "about", values = { a = "Ardenia", "*" = "*" } }
reporter = { column = "who" }
qualifier = { column = "how", values = { more = "more_than", "*" = "exact" } }
"""


def test_ingest_table_json_lines_with_bounds_and_explained_cells(tmp_path: Path) -> None:
    rows = [
        {
            "when": "2031-5-4",
            "low": 10,
            "high": 20,
            "best": 15,
            "kind": "deaths",
            "about": "a",
            "who": "Kestria",
            "how": "",
        },
        {
            "when": "2031-05-05",
            "low": "30",
            "high": None,
            "best": None,
            "kind": "all",
            "about": "a",
            "who": "Ardenia",
            "how": "",
        },
        {
            "when": "2031-05-06T10:00",
            "low": None,
            "high": 9,
            "best": None,
            "kind": "all",
            "about": "Lowland",
            "who": "Monitors",
            "how": "",
        },
        {
            "when": "2031-05-07",
            "low": None,
            "high": None,
            "best": 7,
            "kind": "all",
            "about": "a",
            "who": "Monitors",
            "how": "more",
        },
        {
            "when": "2031-05-08",
            "low": 9,
            "high": 2,
            "best": None,
            "kind": "all",
            "about": "a",
            "who": "Monitors",
            "how": "",
        },
        {
            "when": "2031-05-09",
            "low": 1,
            "high": 2,
            "best": None,
            "kind": "guess",
            "about": "a",
            "who": "Monitors",
            "how": "",
        },
    ]
    table = "\n".join(map(json.dumps, rows)) + "\n[1]\n{broken\n"
    found = read(tmp_path, table, ESTIMATES, "estimates.jsonl")
    assert [figure.count for figure in found.figures] == [
        Count(10, 20, "range", 15),
        Count(30, None, "at_least", 30),
        Count(0, 9, "at_most", 9),
        Count(8, None, "at_least", 7),
    ]
    assert [figure.key.line for figure in found.figures] == ["enemy", "self", "third", "third"]
    assert [figure.key.outcome for figure in found.figures][:2] == ["killed", "unspecified"]
    assert [problem.code for problem in found.problems] == [
        "crossed-range",
        "unknown-value",
        "unread-row",
        "unread-row",
    ]


def test_ingest_table_json_with_nested_objects(tmp_path: Path) -> None:
    meaning = '[table]\nday = "d"\n[[figure]]\nnumber = "losses.dead"\nmeasure = "new"\nside = "Ardenia"\n'
    found = read(
        tmp_path, '[{"d": "2031-05-04", "losses": {"dead": 4, "flag": true}}]', meaning, "t.json"
    )
    assert [figure.count.low for figure in found.figures] == [4]
    assert [problem.code for problem in found.problems] == ["unmapped-column"]


def test_ingest_table_publication_column_and_day_format(tmp_path: Path) -> None:
    meaning = '[table]\nday = "d"\nknown = "p"\nday_format = "%d.%m.%Y"\ndelimiter = ";"\n[[figure]]\nnumber = "n"\nmeasure = "new"\n'
    found = read(tmp_path, "d;p;n\n04.05.2031;06.05.2031;4\n05.05.2031;;5\n", meaning)
    assert [figure.known for figure in found.figures] == [date(2031, 5, 6), date(2031, 5, 5)]


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("[table", "is not TOML"),
        ('[table]\nname = "x"\n', "names no day"),
        ('[table]\nday = "d"\n', "there is no [[figure]]"),
        ("[table]\nday = 4\n", "[table] day is 4"),
        ('[table]\nday = "d"\ndya = "e"\n', "[table] dya is unknown"),
        ('[tabel]\nday = "d"\n', "[tabel] is unknown"),
        ('[table]\nday = "d"\n[[figure]]\nnumber = "n"\n', "[[figure]] 1 has no measure"),
        ('[table]\nday = "d"\n[[figure]]\nmeasure = "new"\n', "[[figure]] 1 names no column"),
        ('[table]\nday = "d"\n[[figure]]\nnumber = "n"\nmeasure = "total"\n', "measure is 'total'"),
        ('[table]\nday = "d"\n[[figure]]\nnumber = "n"\nmeasure = "new"\nside = 4\n', "side is 4"),
        (
            '[table]\nday = "d"\n[defaults]\nepoch = "spring"\n[[figure]]\nnumber = "n"\nmeasure = "new"\n',
            "epoch is 'spring'",
        ),
        (
            '[table]\nday = "d"\n[[figure]]\nnumber = "n"\nmeasure = "new"\noutcome = { column = "o", values = { a = "dead" } }\n',
            "outcome is 'dead'",
        ),
    ],
)
def test_ingest_table_a_wrong_map_says_where_and_what_to_write(
    tmp_path: Path, meaning: str, words: str
) -> None:
    _, path = write(tmp_path, HEADER, meaning)
    with pytest.raises(TableMapError) as caught:
        read_map(path)
    assert words in str(caught.value)
    assert "docs/series.md" in str(caught.value)
    assert "\n" not in str(caught.value).partition(": ")[0]


def test_ingest_table_a_missing_map_says_so(tmp_path: Path) -> None:
    with pytest.raises(TableMapError, match="there is no such map"):
        read_map(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "table", "words"),
    [
        ("t.csv", "day,dead\n", "no column"),
        ("t.json", "{", "is not JSON"),
        ("t.json", "{}", "not a list of rows"),
    ],
)
def test_ingest_table_a_wrong_table_says_so(
    tmp_path: Path, name: str, table: str, words: str
) -> None:
    with pytest.raises(TableError, match=words):
        read(tmp_path, table, name=name)


def test_ingest_table_a_missing_table_says_so(tmp_path: Path) -> None:
    _, path = write(tmp_path, HEADER)
    with pytest.raises(TableError, match="there is no such table"):
        read_table(tmp_path / "none.csv", read_map(path))


@pytest.mark.parametrize(
    "path",
    sorted((Path(__file__).parents[2] / "bench" / "maps").glob("*.toml")),
    ids=lambda path: path.stem,
)
def test_ingest_table_the_maps_of_the_benchmark_are_valid(path: Path) -> None:
    assert read_map(path).figures
