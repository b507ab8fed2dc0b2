"""Figures in tables, behind labels and in telegraphic lines: "number outcome category side speaker place"."""

import pytest

from counterclaim.coders.casualties.labelled_counts import read_outcome
from counterclaim.coders.casualties.text_tables import find_cells
from counterclaim.records.claim import Casualty
from counterclaim.records.text import Span
from tests.conftest import ReadText

TABLE = "| Locality | Killed | Injured |\n|---|---|---|\n| El Fasher | 23 | 61 |\n| Nyala | 4 | n/a |\n| Total | 27 | 61+ |"
COLUMNS = "Locality      Fatalities    Injuries\nEl Fasher     23            61\nNyala         4             9\n"
STACKED = "Casualties by locality\nLocality\nKilled\nInjured\nEl Fasher\n23\n61\nNyala\n4\n9\nThe UN counted them."


def figures(read_text: ReadText, text: str) -> list[str]:
    found = []
    for claim in read_text(text).claims:
        item = claim.payload
        if isinstance(item, Casualty):
            side = "&".join(map(str, item.side)) or "-"
            speaker = "&".join(map(str, claim.speakers)) or "-"
            place = "-" if item.place is None else item.place.name
            found.append(
                f"{item.count.said} {item.outcome} {item.category} {side} {speaker} {place}"
            )
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sudan's army said: Killed: 14. Wounded: 32. Missing: 5.",
            ["14 killed", "32 wounded", "5 missing"],
        ),
        ("Ukraine's police reported: Dead: 3; injured: 12.", ["3 killed", "12 wounded"]),
        ("Dead: 14; injured: 32 (Nyala hospital)", ["14 killed", "32 wounded"]),
        ("Deaths: 45\nInjuries: 120\nMissing: 8", ["45 killed", "120 wounded", "8 missing"]),
        ("14 dead, 30 hurt as shells hit market in Omdurman", ["14 killed", "30 wounded"]),
        ("Nine killed, 20 injured in Kharkiv", ["9 killed", "20 wounded"]),
        (
            "Shells left 14 dead and 30 hurt in Omdurman, Sudan's army said.",
            ["14 killed", "30 wounded"],
        ),
        ("- 27 killed, 70 injured in Nyala.", ["27 killed", "70 wounded"]),
        (TABLE, ["23 killed", "61 wounded", "4 killed", "27 killed", "61 wounded"]),
        (COLUMNS, ["23 killed", "61 wounded", "4 killed", "9 wounded"]),
        (STACKED, ["23 killed", "61 wounded", "4 killed", "9 wounded"]),
    ],
)
def test_labelled_figures(read_text: ReadText, text: str, expected: list[str]) -> None:
    assert [" ".join(line.split()[:2]) for line in figures(read_text, text)] == expected


def test_labelled_figures_have_the_side_of_their_label(read_text: ReadText) -> None:
    text = "Palestinians killed by Israeli forces: 14\nIsraeli soldiers killed: 1\nUkrainian civilians injured: 6"
    assert figures(read_text, text) == [
        "14 killed unknown Palestine - -",
        "1 killed military Israel - -",
        "6 wounded civilian Ukraine - -",
    ]


def test_labelled_figures_are_told_by_whoever_stands_before_the_colon(read_text: ReadText) -> None:
    found = figures(read_text, "Sudan's army said: Killed: 14. Wounded: 32.")
    assert [line.split()[4:] for line in found] == [["Sudan/military", "-"]] * 2


def test_labelled_rows_give_places_and_totals_none(read_text: ReadText) -> None:
    places = [line.split(" ", 5)[5] for line in figures(read_text, TABLE)]
    assert places == ["El Fasher", "El Fasher", "Nyala", "-", "-"]


@pytest.mark.parametrize(
    "text",
    [
        "Houses damaged: 14\nTanks: 32",
        "Killed time: 14:30",
        "The ministry counted 14 trucks. Chapter 3: 12 pages on the front.",
        "| Town | Houses | Schools |\n|---|---|---|\n| Nyala | 23 | 61 |",
    ],
)
def test_labelled_figures_count_persons_only(read_text: ReadText, text: str) -> None:
    assert figures(read_text, text) == []


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Fatalities", "killed"),
        ("Civilians injured", "wounded"),
        ("Killed/injured", None),
        ("Displaced", "displaced"),
        ("Locality", None),
        ("Houses hit", None),
    ],
)
def test_labelled_heads(words: str, outcome: str | None) -> None:
    assert read_outcome(words) == outcome


def test_grids_give_each_number_its_heads() -> None:
    lines = []
    start = 0
    for line in TABLE.split("\n"):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    cells = list(find_cells(TABLE, lines, lambda words: words in {"Killed", "Injured"}))
    assert [(c.row.words, c.column.words, c.number.words) for c in cells] == [
        ("El Fasher", "Killed", "23"),
        ("El Fasher", "Injured", "61"),
        ("Nyala", "Killed", "4"),
        ("Total", "Killed", "27"),
        ("Total", "Injured", "61+"),
    ]
    assert all(TABLE[c.number.span.start : c.number.span.end] == c.number.words for c in cells)


def test_labelled_tables_set_with_blanks_may_have_an_empty_corner() -> None:
    text = (
        "              Killed   Wounded   Missing\n"
        "Troops            58       234         1\n"
        "Rebels           225         -         -\n"
        "Civilians         26        18        40\n"
    )
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Span(start, start + len(line.rstrip("\n"))))
        start += len(line)
    cells = list(find_cells(text, lines, lambda words: words in {"Killed", "Wounded", "Missing"}))
    assert [(cell.row.words, cell.column.words, cell.number.words) for cell in cells] == [
        ("Troops", "Killed", "58"),
        ("Troops", "Wounded", "234"),
        ("Troops", "Missing", "1"),
        ("Rebels", "Killed", "225"),
        ("Civilians", "Killed", "26"),
        ("Civilians", "Wounded", "18"),
        ("Civilians", "Missing", "40"),
    ]


def test_labelled_lines_that_are_wider_than_their_heads_are_no_rows() -> None:
    text = "Killed   Wounded\nTroops   shelled   Ost\n"
    lines = [Span(0, 16), Span(17, 39)]
    assert list(find_cells(text, lines, lambda words: words in {"Killed", "Wounded"})) == []
