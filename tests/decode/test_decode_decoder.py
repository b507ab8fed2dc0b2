"""What heads point at becomes a party, place or time that words of the document stand for, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from counterclaim.decode import Decoder, PartyReading, grade, suggest_owners
from counterclaim.model.heads import Pointed, Run
from counterclaim.model.labels import Floats
from counterclaim.model.reading import ReportWindow
from counterclaim.records.mention import NameMention, PartyMention, PlaceMention, Resolution
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Document, Span

TEXT = "Ardenia said police in Ost killed our men. It blamed Kestria."
ARDENIA = Party("Ardenia", None, "state", "ARD")
KESTRIA = Party("Kestria", None, "state", "KES")
POLICE = Party("police (unnamed)", None, "official", evidence="inferred")
WORDS = [
    (0, 7),
    (8, 12),
    (13, 19),
    (20, 22),
    (23, 26),
    (27, 33),
    (34, 37),
    (38, 41),
    (43, 45),
    (46, 52),
    (53, 60),
]
FIGURE = Span(27, 33)


def at(word: str, start: int = 0) -> Span:
    begin = TEXT.index(word, start)
    return Span(begin, begin + len(word))


@dataclass
class Stub:
    """Heads that point where they are told: words to probability; ``nothing`` and ``both`` beside them."""

    points: Mapping[str, Mapping[str, float]]
    choices: Mapping[str, Floats] = field(default_factory=dict)
    heading: float = 0.0

    def point(self, head: str, _span: Span) -> Pointed | None:
        told = self.points.get(head)
        if told is None:
            return None
        window = ReportWindow(
            (101, 5, 102, *range(len(WORDS)), 102),
            ((-1, -1),) * 3 + tuple(WORDS) + ((-1, -1),),
            (1, 2),
            (3, 3 + len(WORDS)),
        )
        pieces = np.zeros(len(WORDS) + 4, dtype=np.float32)
        for word, mass in told.items():
            if word in TEXT:
                pieces[3 + WORDS.index((at(word).start, at(word).end))] = mass
        pieces[1] = self.heading
        return Pointed(window, pieces, told.get("NOTHING", 0.0), told.get("BOTH", 0.0))

    def choose(self, head: str, _span: Span) -> Floats | None:
        return self.choices.get(head)

    def runs(self, _head: str) -> tuple[Run, ...]:
        return ()

    def tag(self, _head: str, _span: Span) -> Floats | None:
        return None


def mention(word: str, party: Party) -> PartyMention:
    return PartyMention(
        sentence=0, head=0, first=0, last=0, span=at(word), parties=(party,), rule="name"
    )


RESOLUTION = Resolution(
    names=(
        NameMention(sentence=0, first=0, last=0, span=at("Ardenia"), party=ARDENIA, kind="name"),
        NameMention(sentence=1, first=0, last=0, span=at("Kestria"), party=KESTRIA, kind="name"),
    ),
    parties=(mention("Ardenia", ARDENIA), mention("police", POLICE), mention("It", ARDENIA), mention("Kestria", KESTRIA)),
    places=(PlaceMention(sentence=0, first=4, last=4, span=at("Ost"), place=Place(name="Ost", country="LB"), rule="town"),),
)  # fmt: skip


def decode(
    points: Mapping[str, Mapping[str, float]], *, outlet: str | None = None, heading: float = 0.0
) -> Decoder:
    document = Document(text=TEXT, outlet=outlet)
    return Decoder(document, RESOLUTION, Stub(points, heading=heading))  # type: ignore[arg-type]


def test_decoder_all_words_for_a_party_add_up() -> None:
    decoder = decode({"side": {"Ardenia": 0.3, "It": 0.3, "Kestria": 0.4}})
    read = decoder.point_party("side", FIGURE, places=True)
    assert read is not None
    assert read.parties == (ARDENIA,)
    assert read.probability == pytest.approx(0.6)


def test_decoder_nothing_told_is_an_answer() -> None:
    read = decode({"side": {"Ardenia": 0.3, "NOTHING": 0.7}}).point_party(
        "side", FIGURE, places=True
    )
    assert read == PartyReading((), 0.7)


def test_decoder_all_sides_together_are_told_apart_from_nothing() -> None:
    read = decode({"side": {"Ardenia": 0.3, "BOTH": 0.7}}).point_party("side", FIGURE, places=True)
    assert read is not None
    assert read.is_both


def test_decoder_a_place_stands_for_its_people_only_where_asked() -> None:
    points = {"side": {"Ost": 0.8, "NOTHING": 0.15, "Kestria": 0.05}}
    with_places = decode(points).point_party("side", FIGURE, places=True)
    without = decode(points).point_party("side", FIGURE, places=False)
    assert with_places is not None
    assert with_places.parties[0].country == "LBN"
    assert without is not None
    assert without.parties == ()


def test_decoder_a_nameless_party_gives_way_to_what_its_words_refer_to() -> None:
    points = {"agent": {"police": 0.9}, "named": {"Ardenia": 0.8, "BOTH": 0.1}}
    read = decode(points).point_party("agent", FIGURE, places=False, named=True)
    assert read is not None
    assert read.parties == (ARDENIA,)
    assert read.probability == pytest.approx(0.72)


def test_decoder_a_nameless_party_of_no_told_owner_is_nobodys_side() -> None:
    points = {"agent": {"police": 0.9, "NOTHING": 0.1}, "named": {"Ardenia": 0.1, "NOTHING": 0.9}}
    read = decode(points).point_party("agent", FIGURE, places=False, named=True)
    assert read == PartyReading((), 0.1)
    counted = decode(points).point_party("agent", FIGURE, places=False)
    assert counted is not None
    assert counted.parties == (POLICE,)


def test_decoder_where_the_name_stands_weighs_a_fifth() -> None:
    points = {"side": {"Kestria": 0.6, "Ardenia": 0.4}, "side_name": {"Ardenia": 1.0}}
    read = decode(points).point_party("side", FIGURE, places=False, named=True)
    assert read is not None
    assert read.parties == (ARDENIA,)
    assert read.probability == pytest.approx(0.8 * 0.4 + 0.2)


def test_decoder_a_paper_counts_but_does_not_fall() -> None:
    points = {"reporter": {"our": 0.9}, "side": {"our": 0.9, "NOTHING": 0.1}}
    paper = decode(points, outlet="Vale Times")
    counted = paper.point_party("reporter", FIGURE, places=False)
    assert counted is not None
    assert counted.parties[0].root == "Vale Times"
    lost = paper.point_party("side", FIGURE, places=False, named=True)
    assert lost is not None
    assert lost.parties == ()


def test_decoder_words_of_no_stated_side_get_a_suggested_owner_and_keep_their_meaning() -> None:
    sure = decode({"named": {"Kestria": 0.9}})
    mention = next(
        item for item in suggest_owners(RESOLUTION, sure).parties if item.span == at("police")
    )
    assert mention.parties == (POLICE,)
    assert mention.parties[0].owner == "Kestria"
    unsure = decode({"named": {"Kestria": 0.4, "NOTHING": 0.6}})
    assert all(
        party.owner is None
        for item in suggest_owners(RESOLUTION, unsure).parties
        for party in item.parties
    )


@pytest.mark.parametrize(
    ("outlet", "root"),
    [("Kestria Ministry of Defence", "Kestria"), ("Vale Doctors' Circle", "Vale Doctors' Circle")],
)
def test_decoder_the_first_person_is_who_publishes(outlet: str, root: str) -> None:
    read = decode({"side": {"our": 0.9}}, outlet=outlet).point_party("side", FIGURE, places=True)
    assert read is not None
    assert read.parties[0].root == root
    assert read.parties[0].evidence == "carried"


def test_decoder_the_heading_counts_for_the_publisher() -> None:
    decoder = decode({"reporter": {"Kestria": 0.2}}, outlet="Vale Doctors' Circle", heading=0.8)
    read = decoder.point_party("reporter", FIGURE, places=False)
    assert read is not None
    assert read.parties[0].root == "Vale Doctors' Circle"


def test_decoder_places_pointed_at_are_those_resolved() -> None:
    found = decode({"event_place": {"Ost": 0.7, "NOTHING": 0.3}}).point_place("event_place", FIGURE)
    assert found is not None
    assert found[0] is RESOLUTION.places[0]
    assert decode({"event_place": {"NOTHING": 0.9}}).point_place("event_place", FIGURE) == (
        None,
        0.9,
    )


@pytest.mark.parametrize(
    ("probability", "span", "evidence"),
    [(0.97, Span(0, 7), "told"), (0.97, Span(53, 60), "carried"), (0.8, Span(0, 7), "inferred")],
)
def test_decoder_what_is_unsure_is_inferred(probability: float, span: Span, evidence: str) -> None:
    assert grade(PartyReading((ARDENIA,), probability, span), Span(0, 42), least=0.95) == evidence


@pytest.mark.parametrize(
    ("known", "wanted"), [("told", "told"), ("carried", "carried"), ("inferred", "inferred")]
)
def test_a_head_that_is_sure_of_words_makes_no_guessed_owner_told(known: str, wanted: str) -> None:
    party = Party("Kestria", "ministry", "ministry", evidence=known)  # type: ignore[arg-type]  # one of the grades
    read = PartyReading((party,), 0.99, at("Kestria"))
    assert grade(read, Span(0, len(TEXT)), least=0.95) == wanted
