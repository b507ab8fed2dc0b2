"""Where a happening is: what the words say, what they point back to, and what is no place of it."""

import pytest

from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events import event_location
from counterclaim.coders.events.event_location import (
    EventLocations,
    find_options,
    resolve_event_location,
)
from counterclaim.coders.locatives import Spot, find_locatives
from counterclaim.parse import parse_passages
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.claim import Claim, Event
from counterclaim.records.text import Document
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document


def setting_of(tools: Tools, words: str) -> DocumentContext:
    document = Document(text=words)
    sentences = parse_passages(document, segment_document(document)[0].passages, tools.parser)
    return DocumentContext(document, sentences, resolve_document(document, sentences), ())


def spots_of(tools: Tools, words: str) -> list[Spot]:
    found: list[Spot] = []
    setting = setting_of(tools, words)
    for sentence in setting.sentences:
        found += find_locatives(setting, sentence, found)
    return found


def events_of(tools: Tools, words: str) -> list[tuple[Claim, Event]]:
    claims = read_document(Document(text=words), tools=tools).claims
    return [(claim, claim.payload) for claim in claims if isinstance(claim.payload, Event)]


@pytest.mark.parametrize(
    ("words", "name", "manner"),
    [
        ("Rebels attacked an army post near Kirkuk.", "Kirkuk", "near"),
        ("Rebels shelled Kirkuk on Monday.", "Kirkuk", "object"),
        ("The Kirkuk bombing killed ten people.", "Kirkuk", "beside"),
        ("Gunmen stormed a school in the capital of Mali.", "Bamako", "in"),
        ("Gunmen opened fire outside the Meridian Hotel.", "Meridian Hotel", "outside"),
        ("A jet entered Syrian airspace on Monday.", "Syrian airspace", "object"),
    ],
)
def test_coders_placing_reads_each_form(tools: Tools, words: str, name: str, manner: str) -> None:
    assert (name, manner) in {(spot.place.name, spot.manner) for spot in spots_of(tools, words)}


def test_coders_placing_points_back_to_the_last_town(tools: Tools) -> None:
    spots = spots_of(tools, "Troops entered Kirkuk on Monday. Rebels shelled the city on Tuesday.")
    assert [(spot.place.name, spot.is_pointer) for spot in spots] == [
        ("Kirkuk", False),
        ("Kirkuk", True),
    ]


def test_coders_placing_knows_what_only_holds_a_narrower_place(tools: Tools) -> None:
    spots = spots_of(tools, "A bomb went off in Kirkuk, north of Baghdad, on Monday.")
    assert {spot.place.name: spot.is_container for spot in spots} == {
        "Kirkuk": False,
        "Baghdad": True,
    }


def test_coders_placing_leaves_a_hyphened_name_to_its_compound(tools: Tools) -> None:
    spots = spots_of(tools, "US-backed fighters attacked a post near Kirkuk.")
    assert [spot.place.name for spot in spots] == ["Kirkuk"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("The U.S. military carried out air strikes on Sunday near Kirkuk.", "Kirkuk"),
        ("Rebels shelled Kirkuk on Monday, officials in Ankara said.", "Kirkuk"),
        ("A car bomb killed ten people in the town of Taji on Monday.", "Taji"),
    ],
)
def test_coders_whereabouts_takes_the_place_of_the_act(
    tools: Tools, words: str, place: str
) -> None:
    told = events_of(tools, words)
    assert [event.place.name for _, event in told if event.place] == [place] * len(told) != []


def test_coders_whereabouts_of_a_state_is_no_place_of_its_strike(tools: Tools) -> None:
    told = events_of(tools, "The U.S. military carried out air strikes on Sunday.")
    assert [event.place for _, event in told] == [None]


def test_coders_whereabouts_offers_none_and_places_told_before(tools: Tools) -> None:
    setting = setting_of(
        tools, "Shells fell in Kirkuk on Monday. The attack killed ten people on the spot."
    )
    last = setting.sentences[-1]
    attack = next(word.index for word in last if word.lower == "attack")
    options = find_options(EventLocations.of(setting), last, attack, "ASSAULT")
    assert [None if option.place is None else option.place.name for option in options] == [
        None,
        "Kirkuk",
    ]
    assert options[1].sentence is setting.sentences[0]


def test_coders_whereabouts_shows_the_words_of_a_place_told_before(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_location, "load_weights", lambda: {"earlier any": 5.0})
    setting = setting_of(
        tools, "Shells fell in Kirkuk on Monday. The attack killed ten people on the spot."
    )
    last = setting.sentences[-1]
    attack = next(word.index for word in last if word.lower == "attack")
    place, steps = resolve_event_location(EventLocations.of(setting), last, attack, "ASSAULT")
    assert place is not None
    assert [(step.rule, step.words) for step in steps] == [("place:told before", "Kirkuk")]
    assert steps[0].span == setting.sentences[0][3].span


@pytest.mark.parametrize(
    ("words", "actors", "recipients"),
    [
        ("Israeli troops were removed from Gaza on Monday.", {"Israel"}, set()),
        ("Russia blamed Israel for the missile attack on Kirkuk.", {"Israel"}, {"Iraq"}),
        ("Israel accused Hamas of firing ten rockets.", {"Hamas"}, {"Israel"}),
        ("Israel and Hamas signed a cease-fire on Monday.", {"Israel", "Hamas"}, set()),
    ],
)
def test_coders_events_have_their_parties(
    tools: Tools, words: str, actors: set[str], recipients: set[str]
) -> None:
    told = [event for _, event in events_of(tools, words)]
    assert {party.root for event in told for party in event.actors} == actors
    assert {party.root for event in told for party in event.recipients} == recipients
