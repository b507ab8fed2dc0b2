"""Where something is told of is not where it happened; a deed of one's own clause, not of another's."""

import pytest

from counterclaim.records.claim import Event
from tests.conftest import ReadText


def events(text: str, read_text: ReadText) -> list[tuple[str, str, str | None]]:
    """Return the type and mode of each happening, and its place."""
    return [
        (
            claim.payload.type,
            " ".join(claim.payload.modes),
            None if claim.payload.place is None else claim.payload.place.name,
        )
        for claim in read_text(text).claims
        if isinstance(claim.payload, Event)
    ]


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Mali told reporters in Geneva that rebels had ambushed a patrol.", "Geneva"),
        (
            "The Taliban, in a message relayed from Doha, said its men had ambushed a patrol.",
            "Doha",
        ),
        (
            "The army said its men had ambushed a patrol and accused Kenya of arming rebels.",
            "Kenya",
        ),
    ],
)
def test_where_it_is_told_is_not_where_it_was(text: str, town: str, read_text: ReadText) -> None:
    found = events(text, read_text)
    assert found
    assert town not in {place for _, _, place in found}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("In Kidal, officials said, rebels had ambushed a patrol.", "Kidal"),
        ("Mali said in Geneva that rebels had ambushed a patrol in Kidal.", "Kidal"),
    ],
)
def test_where_it_was_stays(text: str, town: str, read_text: ReadText) -> None:
    assert town in {place for _, _, place in events(text, read_text)}


def test_a_protest_in_words_is_no_demonstration(read_text: ReadText) -> None:
    found = events("The Fijian government protested to its neighbour on Friday.", read_text)
    assert "PROTEST" not in {kind for kind, _, _ in found}
    crowd = events("Thousands protested in Suva on Friday.", read_text)
    assert "PROTEST" in {kind for kind, _, _ in crowd}


def test_hacking_people_is_an_assault(read_text: ReadText) -> None:
    found = events("Rebels hacked six farmers to death near Ost on Friday.", read_text)
    assert {(kind, mode) for kind, mode, _ in found} == {("ASSAULT", "beat")}
    grid = events("Russian agents hacked the grid of Ukraine on Friday.", read_text)
    assert ("COERCE", "cyber") in {(kind, mode) for kind, mode, _ in grid}


def test_flying_others_somewhere_is_no_visit(read_text: ReadText) -> None:
    found = events("The French minister flew troops to Bangui on Friday.", read_text)
    assert "visit" not in {mode for _, mode, _ in found}
    visit = events("The French minister flew to Bangui on Friday.", read_text)
    assert "visit" in {mode for _, mode, _ in visit}
