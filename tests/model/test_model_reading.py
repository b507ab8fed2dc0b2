"""Windows of a report: they cover it, overlap, and each piece has one window that speaks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from counterclaim.model.files import FOLDER, TOKENIZER
from counterclaim.model.reading import OVERLAP, cut_windows, numeral_in

TOKENS = Tokenizer.from_file(str(FOLDER / TOKENIZER))
TOKENS.no_truncation()
TOKENS.no_padding()
LONG = "\n\n".join(
    f"Ardenia said on day {day} that {day} soldiers had been killed near Ost. Kestria denied it."
    for day in range(1, 60)
)


def test_reading_a_short_report_is_one_window_with_its_publisher_before_it() -> None:
    (window,) = cut_windows(TOKENS, "Two were killed.", heading="Ministry of Defence")
    assert window.heading == (1, 4)
    assert window.offsets[5] == (0, 3)
    assert window.core == (5, len(window.ids) - 1)


def test_reading_windows_share_pieces_and_none_is_longer_than_asked() -> None:
    windows = list(cut_windows(TOKENS, LONG, heading="Ardenia Today", most=200))
    assert len(windows) > 3
    assert all(len(window.ids) <= 200 for window in windows)
    firsts = [next(a for a, _ in window.offsets if a >= 0) for window in windows[1:]]
    lasts = [max(b for _, b in window.offsets) for window in windows[:-1]]
    assert all(first < last for first, last in zip(firsts, lasts, strict=True))


@given(most=st.integers(OVERLAP + 60, 320), cut=st.integers(1, len(LONG)))
def test_reading_every_piece_has_exactly_one_window_that_speaks_for_it(most: int, cut: int) -> None:
    spoken = [
        window.offsets[index]
        for window in cut_windows(TOKENS, LONG[:cut], most=most)
        for index in range(*window.core)
    ]
    whole = TOKENS.encode(LONG[:cut], add_special_tokens=False).offsets
    assert spoken == whole


def test_reading_an_empty_report_is_one_empty_window() -> None:
    (window,) = cut_windows(TOKENS, "")
    assert window.core == (1, 1)


def test_reading_words_outside_a_window_have_no_pieces() -> None:
    (window,) = cut_windows(TOKENS, "Two were killed.")
    assert window.pieces_of(4, 8) == (2, 3)
    assert window.pieces_of(40, 44) is None


@pytest.mark.parametrize(
    ("words", "numeral"),
    [
        ("at least 16", "16"),
        ("more than 1,500", "1,500"),
        ("some two dozen", "two dozen"),
        ("Sixteen", "Sixteen"),
        ("a nurse", "a nurse"),
        ("12 500", "12 500"),
    ],
)
def test_reading_a_numeral_is_found_behind_its_qualifier(words: str, numeral: str) -> None:
    start, end = numeral_in(words, 0, len(words))
    assert words[start:end] == numeral
