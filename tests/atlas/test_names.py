"""Names are compared without case, accents and hyphens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas.names import fold_name, is_latin_name, without_article


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Xankəndi", "xankendi"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Sana’a", "sanaa"),
        ("St. John's", "saint johns"),
        ("Saint John's", "saint johns"),
        ("Łódź", "lodz"),
        ("N'Djamena", "ndjamena"),
        ("  Al   Bab ", "al bab"),
    ],
)
def test_atlas_folds_a_name(words: str, folded: str) -> None:
    assert fold_name(words) == folded


@given(st.text(max_size=40))
def test_atlas_folding_twice_changes_no_accent_or_case(words: str) -> None:
    folded = fold_name(words)
    assert fold_name(folded).split() == fold_name(fold_name(folded)).split()


@pytest.mark.parametrize(
    ("key", "bare"),
    [("al hasakah", "hasakah"), ("al bab", "al bab"), ("alma", "alma")],
)
def test_atlas_takes_the_article_off_long_names(key: str, bare: str) -> None:
    assert without_article(key) == bare


@pytest.mark.parametrize("words", ["Idlib", "al-Bab", "Ağdərə", "N'Djamena", "St. Pölten"])
def test_atlas_keeps_latin_names(words: str) -> None:
    assert is_latin_name(words)


@pytest.mark.parametrize("words", ["yi de li bo", "KVD", "إدلب", "Идлиб", "Paris, Texas", "", "X1"])
def test_atlas_drops_other_alternate_names(words: str) -> None:
    assert not is_latin_name(words)
