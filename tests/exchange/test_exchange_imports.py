"""Rows of others come in as claims of their own: what cannot be read is refused, and nothing is made up."""

import contextlib
import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.errors import CounterclaimError
from counterclaim.exchange import acled, gdelt, ucdp
from counterclaim.exchange.beside import beside, roots_of
from counterclaim.exchange.imports import read_import
from counterclaim.ledger import Ledger
from counterclaim.records.flat import FlatRow
from counterclaim.records.flat_columns import COLUMNS
from tests.exchange.test_exchange_formats import EVENT, FIGURE, other, written


def put(folder: Path, text: str, name: str = "rows.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding)
    return path


def lines(columns: tuple[str, ...], *rows: dict[str, Any]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


ACLED: dict[str, Any] = {
    "event_id_cnty": "ZZZ1", "event_date": "2030-01-02", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike", "actor1": "Military Forces of Northland (2029-)",
    "actor2": "Military Forces of Southmark (2028-)", "location": "Testville", "latitude": "40.1",
    "longitude": "45.2", "geo_precision": "2", "source": "Invented Daily; Invented Agency",
    "notes": "Northland said it hit a launcher.", "fatalities": "4",
}  # fmt: skip
GED: dict[str, Any] = {
    "id": "999", "side_a": "Government of Southmark", "side_b": "Northland", "where_prec": "3",
    "where_coordinates": "Testville", "latitude": "40.1", "longitude": "45.2", "date_start": "2030-01-02 00:00:00.000",
    "date_end": "2030-01-03 00:00:00.000", "deaths_a": "23", "deaths_b": "0", "deaths_civilians": "1",
    "deaths_unknown": "0", "best": "24", "high": "30", "low": "23", "source_original": "defence ministry",
}  # fmt: skip


@pytest.mark.parametrize("day", ["2030-01-02", "02 January 2030", "02-01-2030"])
def test_import_acled_takes_days_and_marks_as_they_come(tmp_path: Path, day: str) -> None:
    path = put(tmp_path, lines(acled.COLUMNS, ACLED | {"event_date": day}), encoding="utf-8-sig")
    event, dead = read_import(path, "acled").rows
    assert (event["event_type"], event["event_modes"]) == ("ASSAULT", ["aerial"])
    assert str(event["first_day"]) == "2030-01-02"
    assert (dead["low"], dead["outcome"], dead["side"]) == (4, "killed", [])
    assert event["speakers"] == dead["speakers"] == ["ACLED"]
    assert event["reader"] == "import:acled"
    assert str(event["id"]).startswith("x-")
    assert list(event) == [column.name for column in COLUMNS["claims"]]


@pytest.mark.parametrize("dead", ["0", ""])
def test_import_acled_zero_is_not_known(tmp_path: Path, dead: str) -> None:
    path = put(tmp_path, lines(acled.COLUMNS, ACLED | {"fatalities": dead}))
    assert [row["kind"] for row in read_import(path, "acled").rows] == ["event"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"event_date": "soon"}, "is not a day"),
        ({"event_date": ""}, "no event_date"),
        ({"fatalities": "-3"}, "no number of persons"),
        ({"fatalities": "many"}, "no number of persons"),
        ({"latitude": "123"}, "outside -90 to 90"),
        ({"longitude": "nan"}, "outside -180 to 180"),
    ],
)
def test_import_refuses_rows_with_a_reason(tmp_path: Path, given: dict[str, Any], why: str) -> None:
    path = put(tmp_path, lines(acled.COLUMNS, ACLED | given, ACLED))
    arrived = read_import(path, "acled")
    assert len(arrived.rows) == 2
    (refused,) = arrived.refused
    assert "row 2" in refused.message
    assert why in refused.message


@pytest.mark.parametrize("has_head", [True, False])
def test_import_ucdp_gives_parts_of_a_range(tmp_path: Path, has_head: bool) -> None:
    text = lines(ucdp.COLUMNS, GED)
    path = put(tmp_path, text if has_head else text.partition("\n")[2])
    whole, fighters, civilians = read_import(path, "ucdp").rows
    assert (whole["low"], whole["high"], whole["said"], whole["part_of"]) == (23, 30, 24, None)
    assert (fighters["low"], fighters["side"], fighters["part_of"]) == (
        23,
        ["Government of Southmark"],
        "24",
    )
    assert (civilians["low"], civilians["category"], civilians["side"]) == (1, "civilian", [])
    assert whole["via"] == ["defence ministry"]
    assert whole["time"] == "2030-01-02/2030-01-03"


def test_import_ucdp_tells_and_does_not_mend_what_does_not_rise(tmp_path: Path) -> None:
    arrived = read_import(put(tmp_path, lines(ucdp.COLUMNS, GED | {"low": "29"})), "ucdp")
    assert arrived.rows[0]["low"] == 29
    assert "do not rise" in arrived.doubtful[0].message
    assert not arrived.refused


def test_import_hxl_reads_ranges_in_any_order_of_attributes(tmp_path: Path) -> None:
    text = (
        "a title,,,\n"
        "Who,Whose,When,Least,Most,Hurt\n"
        "#group+reporting+name,#group+name+affected,#date+start,#affected+military+killed+new+min,"
        "#Affected +max+killed+new+military,#affected+injured\n"
        "Westland,Eastland,2030-01-02,20,,7\n"
    )
    killed, hurt = read_import(put(tmp_path, text), "hxl").rows
    assert (killed["low"], killed["high"], killed["outcome"], killed["measure"]) == (
        20,
        None,
        "killed",
        "new",
    )
    assert (hurt["low"], hurt["high"], hurt["outcome"], hurt["measure"]) == (7, 7, "wounded", None)
    assert killed["speakers"] == ["Westland"]


CARRIED = ("kind", "outcome", "category", "measure", "low", "high", "side", "side_evidence", "first_day", "last_day",
           "place", "place_evidence", "speakers", "stance", "outlet")  # fmt: skip


def test_import_hxl_takes_back_what_was_written(tmp_path: Path) -> None:
    rows = (
        FIGURE,
        other(FIGURE, id="c-9", low=3, high=3, side_evidence="inferred"),
        other(FIGURE, id="c-8", high=15),
    )
    text, _ = written("hxl", *rows)
    back = read_import(put(tmp_path, text), "hxl").rows
    assert [[row[name] for name in CARRIED] for row in back] == [
        [row[name] for name in CARRIED] for row in rows
    ]


@pytest.mark.parametrize("name", ["acled", "polecat", "gdelt2"])
def test_import_event_rows_take_back_what_was_written(tmp_path: Path, name: str) -> None:
    text, _ = written(name, EVENT)
    arrived = read_import(put(tmp_path, text), name)
    assert not arrived.refused
    row = arrived.rows[0]
    assert (row["event_type"], row["event_modes"]) == ("ASSAULT", ["aerial"])
    assert row["actors"] == EVENT["actors"]
    assert row["recipients"] == EVENT["recipients"]
    assert (row["first_day"], row["place"]) == (EVENT["first_day"], "Ganja")
    assert row["latitude"] == pytest.approx(EVENT["latitude"], abs=0.0001)
    assert row["low"] is None


def test_import_ucdp_takes_back_what_was_written(tmp_path: Path) -> None:
    text, _ = written("ucdp", FIGURE)
    whole, part = read_import(put(tmp_path, text), "ucdp").rows
    assert (whole["low"], whole["high"], whole["qualifier"]) == (12, None, "at_least")
    assert part["side"] == ["Armenia"]


MAP = '[import]\nname = "My list"\nkind = "casualty"\n[columns]\nlow = "Deaths"\nfirst_day = "Day"\nplace = "Town"\n[values]\noutcome = "killed"\n'


def test_import_any_csv_by_a_map(tmp_path: Path) -> None:
    meaning = put(tmp_path, MAP, "map.toml")
    path = put(
        tmp_path, 'Day,Town,Deaths\n2030-01-02,Varn,3\n2030-01-03,\'=Ost,\n2030-01-04,Ost,"1,200"\n'
    )
    arrived = read_import(path, "csv", meaning)
    assert [(row["low"], row["high"], row["place"]) for row in arrived.rows] == [
        (3, None, "Varn"),
        (1200, None, "Ost"),
    ]
    assert arrived.rows[0]["speakers"] == ["My list"]
    assert arrived.rows[0]["place_evidence"] == "told"
    assert "row 3: it has no number" in arrived.refused[0].message


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_import_finds_what_parts_the_cells(tmp_path: Path, mark: str) -> None:
    cells = ("2030-01-02", '"Varn, Upper; old | and ""new"""', "3")
    text = f"{mark.join(('Day', 'Town', 'Deaths'))}\n{mark.join(cells)}\n"
    (row,) = read_import(put(tmp_path, text), "csv", put(tmp_path, MAP, "map.toml")).rows
    assert (row["place"], row["low"]) == ('Varn, Upper; old | and "new"', 3)


def test_import_reads_letters_as_they_are_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "west.csv"
    path.write_bytes("Day,Town,Deaths\n2030-01-02,Køge,3\n".encode("cp1252"))
    with pytest.raises(CounterclaimError, match='write encoding = "cp1252"'):
        read_import(path, "csv", put(tmp_path, MAP, "map.toml"))
    told = MAP.replace("[import]", '[import]\nencoding = "cp1252"')
    (row,) = read_import(path, "csv", put(tmp_path, told, "map.toml")).rows
    assert row["place"] == "Køge"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing", "no TOML"),
        ('[import]\nname = "a"\nkind = "event-ish"\n', "needs a name and a kind"),
        (MAP.replace("low =", "lowest ="), "no column that can be filled"),
        (MAP.replace("low =", "status ="), "no column that can be filled"),
        (MAP.replace('"Deaths"', "3"), "holds more than words"),
        (MAP.replace('"Deaths"', '"Dead"'), "has no column Dead"),
        (MAP.replace("[import]", '[import]\ndelimeter = ";"'), "'delimeter' is unknown"),
        (MAP.replace("[import]", '[import]\ndelimiter = ";;"'), "delimiter is one character"),
        (MAP.replace("[import]", '[import]\nencoding = "base64"'), "encoding 'base64' is unknown"),
    ],
)
def test_import_maps_that_cannot_be_used_say_why(tmp_path: Path, text: str, told: str) -> None:
    path = put(tmp_path, "Day,Town,Deaths\n2030-01-02,Varn,3\n")
    with pytest.raises(CounterclaimError, match=told):
        read_import(path, "csv", put(tmp_path, text, "map.toml"))


@pytest.mark.parametrize("name", ["acled", "ucdp", "polecat", "gdelt2", "hxl"])
@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\0\0\n", '"' * 9, "x" * 300_000, "=1+1\n"])
def test_import_of_what_is_something_else_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = put(tmp_path, text)
    found: list[FlatRow] = []
    with contextlib.suppress(CounterclaimError):
        found = read_import(path, name).rows
    assert not found


def test_import_of_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CounterclaimError, match="check the path"):
        read_import(tmp_path / "none.csv", "acled")
    with pytest.raises(CounterclaimError, match="needs --map"):
        read_import(tmp_path / "none.csv", "csv")


def test_import_gdelt_counts_its_columns(tmp_path: Path) -> None:
    with pytest.raises(CounterclaimError, match="has 2 columns and not 61"):
        read_import(put(tmp_path, "1\t2\n"), "gdelt2")
    assert len(gdelt.COLUMNS) == 61


def test_beside_finds_what_was_read_of_the_same_day_and_party(
    kept: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2014, 8, 4)
    on_that_day = other(
        FIGURE, id="c-read", side=["Israel"], first_day=day, last_day=day, place="Gaza"
    )
    monkeypatch.setattr(
        "counterclaim.exchange.beside.ledger_rows", lambda *_, **__: iter([on_that_day])
    )
    row = other(on_that_day, id="x-1", side=["Military Forces of Israel (2009-)"], place=None)
    later = day.replace(year=2015)
    rows = [
        row,
        other(row, side=[], place="gaza"),
        other(row, first_day=later, last_day=later),
        other(row, side=["Military Forces of Jordan (1999-)"]),
        other(row, side_evidence="inferred"),
        other(row, time_evidence="inferred"),
    ]
    found = [[item["id"] for item in near] for _, near in beside(kept, rows)]
    assert found == [["c-read"], ["c-read"], [], [], [], []]


def test_beside_files_nothing(kept: Ledger) -> None:
    before = kept.last_posting()
    assert [row["id"] for row, _ in beside(kept, [EVENT, FIGURE])] == [EVENT["id"], FIGURE["id"]]
    assert kept.last_posting() == before


@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("Military Forces of Azerbaijan (2003-)", "Azerbaijan"),
        ("Government of Ukraine", "Ukraine"),
        ("IS", "Islamic State"),
        ("Azerbaijan/Ministry of Defence", "Azerbaijan"),
        ("Some Unheard Militia", "some unheard militia"),
    ],
)
def test_beside_knows_parties_as_data_sets_write_them(name: str, root: str) -> None:
    assert roots_of(other(EVENT, actors=[name], recipients=[])) == {root}


def test_cli_import_shows_writes_and_tells(kept_file: Path, tmp_path: Path) -> None:
    path = put(tmp_path, lines(acled.COLUMNS, ACLED, ACLED | {"event_date": "soon"}))
    run = CliRunner().invoke
    shown = run(
        app, ["import", str(path), "--as", "acled", "-l", str(kept_file)], env={"COLUMNS": "160"}
    )
    assert shown.exit_code == 2
    assert "Testville" in shown.stdout
    assert "nothing read" in shown.stdout
    assert "1 casualty figure, 1 event; 1 rows refused" in shown.stderr
    assert "is not a day" in shown.stderr
    good = put(tmp_path, lines(acled.COLUMNS, ACLED), "good.csv")
    out = tmp_path / "out.geojson"
    done = run(app, ["import", str(good), "--as", "acled", "-f", "geojson", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "import:acled" in out.read_text("utf-8")
    wrong = run(app, ["import", str(good), "--as", "xls"])
    assert "choose one of acled" in str(wrong.exception)


NUMBERS = st.tuples(
    st.none() | st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
    st.sampled_from(["killed", "wounded", "missing"]),
    st.sampled_from(["military", "civilian", "unknown"]),
    st.sampled_from(["cumulative", "new", "incident"]),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.booleans(),
)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_hxl_goes_out_and_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[tuple[Any, ...]]
) -> None:
    rows = [
        other(
            FIGURE,
            id=f"c-{n}",
            low=low,
            high=None if more is None or low is None else low + more,
            outcome=outcome,
            category=category,
            measure=measure,
            first_day=day,
            last_day=day,
            side_evidence="inferred" if inferred else "told",
        )
        for n, (low, more, outcome, category, measure, day, inferred) in enumerate(numbers)
    ]
    text, losses = written("hxl", *rows)
    told = [item for item in rows if item["low"] is not None]
    assert losses.written == len(told)
    path = put(tmp_path_factory.mktemp("hxl"), text)
    back = read_import(path, "hxl").rows if told else []
    kept = ("low", "high", "outcome", "category", "measure", "side", "side_evidence", "speakers")
    days = ("first_day", "last_day")
    assert [[item[name] for name in (*kept, *days)] for item in back] == [
        [item[name] for name in (*kept, *days)] for item in told
    ]
