import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.ingest.sources import open_document
from counterclaim.ingest.tidy import tidy


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Arde\u00adnia’s ni\u00adne sol\u00addiers", "Ardenia’s nine soldiers"),
        ("said 1\u200b2 soldiers", "said 12 soldiers"),
        ("\ufeffThe Red\u2060 Cross", "The Red Cross"),
        ("nine sol-\ndiers were kil-\nled on Monday", "nine soldiers\nwere killed\non Monday"),
        ("nine sol-\r\n  diers died.", "nine soldiers\ndied."),
        ("a long-\nrange gun and a cease-\nfire", "a long-range\ngun and a cease-fire"),
        ("the ground-\nbased guns; ground-based", "the ground-based\nguns; ground-based"),
        ("Osk-\nVarn road", "Osk-\nVarn road"),
        ("ended on Tues-\nday.\nNext", "ended on Tuesday.\nNext"),
        ("Ardenia\u00e2\u20ac\u2122s ministry \u00e2\u20ac\u201d", "Ardenia’s ministry —"),
        ("caf\u00c3\u00a9", "café"),
        ("Château naïve “ok” 12€", "Château naïve “ok” 12€"),
    ],
)
def test_tidy_takes_out_what_nobody_sees(text: str, clean: str) -> None:
    assert tidy(text)[0] == clean


def test_tidy_tells_what_it_turned_back() -> None:
    opened = open_document(
        "note", text="Ardenia\u00e2\u20ac\u2122s army said that the guns were quiet"
    )
    assert [problem.code for problem in opened.problems] == ["mended-encoding", "no-date"]
    assert opened.document.text.startswith("Ardenia’s")


@given(st.text(alphabet="ab- \n\u00ad\u200bé", max_size=60))
def test_tidy_loses_no_letter(text: str) -> None:
    clean = tidy(text)[0]
    assert [c for c in clean if c.isalpha()] == [c for c in text if c.isalpha()]


@given(st.text(max_size=80))
def test_tidy_twice_is_tidy_once(text: str) -> None:
    once = tidy(text)[0]
    assert [c for c in tidy(once)[0] if c.isalpha()] == [c for c in once if c.isalpha()]
