"""Flat tables: every field in a named column, in every format, and nothing that a spreadsheet runs."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.exchange.tables import STREAMED, UNSAFE, csv_cell, write_table
from counterclaim.ledger import Ledger
from counterclaim.records.flat import FlatRow, reading_rows
from counterclaim.records.flat_columns import COLUMNS, Column, FlatTable
from counterclaim.records.query import ClaimQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.flat import ledger_rows

TABLES: tuple[FlatTable, ...] = ("claims", "figures", "events", "ceasefires")


@pytest.mark.parametrize("table", TABLES)
def test_flat_rows_have_every_column_of_their_kind(kept: Ledger, table: FlatTable) -> None:
    rows = list(ledger_rows(kept, table))
    assert rows
    kinds = {
        "words": str, "list": list, "whole": int, "number": float, "flag": bool,
        "day": date, "instant": datetime,
    }  # fmt: skip
    for row in rows:
        assert list(row) == [column.name for column in COLUMNS[table]]
        for column in COLUMNS[table]:
            value = row[column.name]
            assert value is None or type(value) is kinds[column.kind], (column, value)


def test_flat_row_tells_where_its_words_stand(kept: Ledger, first: Reading) -> None:
    rows = {row["id"]: row for row in ledger_rows(kept, site="https://ledger.example.org/")}
    for claim in first.claims:
        row = rows[claim.id]
        assert isinstance(row["sentence"], str)
        assert " ".join(claim.quote.split()) in row["sentence"]
        assert first.document.text[claim.span.start : claim.span.end] == row["quote"]
        assert row["outlet"] == "The Bugle"
        assert row["title"] == "=HYPERLINK(1)"
        assert row["published"] == date(2020, 10, 14)
        assert row["permalink"] == f"https://ledger.example.org/claims/{claim.id}"
        assert str(row["reader"]).startswith("counterclaim ")
        assert row["incident"]
    assert {row["status"] for row in rows.values()} - {None}


def test_flat_evidence_stands_beside_each_value(kept: Ledger) -> None:
    for row in ledger_rows(kept):
        for value, evidence in (
            ("speakers", "speaker_evidence"),
            ("actors", "actor_evidence"),
            ("side", "side_evidence"),
            ("place", "place_evidence"),
            ("time", "time_evidence"),
        ):
            assert bool(row[value]) == (row[evidence] is not None), (value, row)
            assert row[evidence] in {None, "told", "carried", "inferred"}


def test_flat_unknown_is_never_zero(first: Reading) -> None:
    rows = {row["kind"]: row for row in reading_rows(first)}
    assert rows["withheld"]["low"] is None
    at_least = [row for row in reading_rows(first, "figures") if row["qualifier"] == "at_least"]
    assert [(row["low"], row["high"]) for row in at_least] == [(12, None)]


def test_flat_ledger_as_known_leaves_out_what_came_later(kept: Ledger) -> None:
    rows = list(ledger_rows(kept, known=Known(date(2015, 1, 1))))
    assert {row["outlet"] for row in rows} == {"Wire"}
    narrowed = list(ledger_rows(kept, query=ClaimQuery(stance="deny")))
    assert {row["stance"] for row in narrowed} == {"deny"}


def test_tables_parquet_reads_back_as_written(kept: Ledger, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    rows = list(ledger_rows(kept))
    path = tmp_path / "claims.parquet"
    assert write_table(rows, COLUMNS["claims"], "parquet", path) == len(rows)
    assert pq.read_table(path).to_pylist() == rows


def test_tables_xlsx_holds_words_and_no_formula(kept: Ledger, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows = list(ledger_rows(kept))
    path = tmp_path / "claims.xlsx"
    write_table(rows, COLUMNS["claims"], "xlsx", path)
    sheet = load_workbook(path)["rows"]
    head = [cell.value for cell in sheet[1]]
    assert head == [column.name for column in COLUMNS["claims"]]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "b", "d"}
    titles = {line[head.index("title")].value for line in sheet.iter_rows(min_row=2)}
    assert "=HYPERLINK(1)" in titles
    numbers = [line[head.index("low")].value for line in sheet.iter_rows(min_row=2)]
    assert numbers == [row["low"] for row in rows]


def test_tables_csv_is_safe_and_complete(kept: Ledger, tmp_path: Path) -> None:
    rows = list(ledger_rows(kept))
    path = tmp_path / "claims.csv"
    write_table(rows, COLUMNS["claims"], "csv", path)
    with path.open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert [row["id"] for row in read] == [row["id"] for row in rows]
    assert {row["title"] for row in read} == {"'=HYPERLINK(1)", ""}
    assert all(
        row["low"] == ("" if made["low"] is None else str(made["low"]))
        for row, made in zip(read, rows, strict=True)
    )


def test_tables_json_lines_say_null(kept: Ledger) -> None:
    stream = io.StringIO()
    rows = list(ledger_rows(kept, "figures"))
    STREAMED["jsonl"](rows, COLUMNS["figures"], stream)
    read = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["high"] for row in read] == [row["high"] for row in rows]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "parquet", "jsonl"])
def test_tables_without_rows_still_name_their_columns(format_: str, tmp_path: Path) -> None:
    path = tmp_path / f"none.{format_}"
    assert write_table([], COLUMNS["figures"], format_, path) == 0
    assert path.exists()
    if format_ == "csv":
        assert path.read_text("utf-8").startswith("id,kind,speakers,speaker_evidence")


WORDS = (Column("words", "words", ""), Column("list", "list", ""), Column("at", "instant", ""))


@given(st.lists(st.tuples(st.text(), st.lists(st.text(max_size=5), max_size=3)), max_size=5))
def test_tables_any_words_survive_and_none_runs(rows: list[tuple[str, list[str]]]) -> None:
    at = datetime(2031, 5, 3, tzinfo=UTC)
    made: list[FlatRow] = [{"words": words, "list": some, "at": at} for words, some in rows]
    stream = io.StringIO()
    STREAMED["csv"](made, WORDS, stream)
    read = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert len(read) == len(made)
    for row, source in zip(read, made, strict=True):
        cell = row["words"]
        assert not cell.lstrip(" ").startswith(UNSAFE)
        assert cell.removeprefix("'") == str(source["words"]).removeprefix("'")


@pytest.mark.parametrize(
    "words", ["=cmd|' /C calc'!A0", " =1+1", "+1", "-2", "@SUM(1)", "\t=1", "＝1"]
)
def test_tables_formulas_are_words(words: str) -> None:
    assert csv_cell(words) == f"'{words}"
    assert csv_cell(f"a{words}") == f"a{words}"
