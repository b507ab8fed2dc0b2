"""Names, persons, parties and pronouns: whom the words of a text mean."""

import pytest

from counterclaim.records.mention import PartyMention
from counterclaim.records.reading import Reading
from tests.conftest import ReadText


def meant(reading: Reading, words: str) -> list[str]:
    """Return the parties of the mention whose words are given; the first such mention."""
    for mention in mentions(reading):
        if reading.document.words(mention.span) == words:
            return list(map(str, mention.parties))
    raise AssertionError([reading.document.words(item.span) for item in mentions(reading)])


def mentions(reading: Reading) -> tuple[PartyMention, ...]:
    assert reading.resolution is not None
    return reading.resolution.parties


NAMES = [
    ("a state", "Syria closed the road.", "Syria", ["Syria"]),
    ("a capital for its government", "Ankara closed the road.", "Ankara", ["Turkey"]),
    ("a seat for its government", "The Kremlin closed the road.", "The Kremlin", ["Russia"]),
    ("a people", "Syrians closed the road.", "Syrians", ["Syria"]),
    ("an alias", "ISIS closed the road.", "ISIS", ["Islamic State"]),
    ("an acronym in capitals only", "The US closed the road.", "The US", ["United States"]),
    ("capitals throughout", "SYRIA closed the road.", "SYRIA", ["Syria"]),
]
ORGANS = [
    (
        "a possessive",
        "Syria’s defence ministry closed the road.",
        "Syria’s defence ministry",
        ["Syria/Ministry of Defence"],
    ),
    (
        "an adjective",
        "The Israeli army closed the road.",
        "The Israeli army",
        ["Israel/military"],
    ),
    (
        "of",
        "The defence ministry of Armenia closed the road.",
        "The defence ministry of Armenia",
        ["Armenia/Ministry of Defence"],
    ),
    (
        "a group told by its name",
        "Hamas militants closed the road.",
        "Hamas militants",
        ["Hamas"],
    ),
    (
        "rebels of a state are no organ of it",
        "Syrian rebels closed the road.",
        "Syrian rebels",
        ["Syrian rebels"],
    ),
]
PERSONS = [
    (
        "a title before the name",
        "Turkish President Recep Tayyip Erdogan left.",
        "Turkish President Recep Tayyip Erdogan",
        ["Turkey/Recep Tayyip Erdogan"],
    ),
    (
        "an apposition",
        "Anna Ruf, a spokeswoman for the Syrian army, left.",
        "Anna Ruf",
        ["Syria/Anna Ruf"],
    ),
    ("a civilian", "Anna Ruf, a teacher, left.", "Anna Ruf", ["civilian: Anna Ruf"]),
    ("an expert", "Anna Ruf, an analyst, left.", "Anna Ruf", ["expert: Anna Ruf"]),
]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [case[1:] for case in (*NAMES, *ORGANS, *PERSONS)],
    ids=[case[0] for case in (*NAMES, *ORGANS, *PERSONS)],
)
def test_resolve_gives_a_phrase_its_party(
    text: str, words: str, expected: list[str], read_text: ReadText
) -> None:
    assert meant(read_text(text), words) == expected


def test_resolve_surname_alone_is_the_person_introduced_before(read_text: ReadText) -> None:
    text = "Anna Ruf, a spokeswoman for the Syrian army, left. Later Ruf came back."
    assert meant(read_text(text), "Ruf") == ["Syria/Anna Ruf"]


def test_resolve_a_name_is_one_person_however_its_letters_are_doubled(
    read_text: ReadText,
) -> None:
    text = "Syrian President Abdel el-Missri left. Later El-Misri came back."
    assert meant(read_text(text), "El-Misri") == ["Syria/Abdel el-Missri"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An Iranian-backed militia closed the road.", "An Iranian-backed militia"),
        ("A US-led coalition closed the road.", "A US-led coalition"),
    ],
    ids=["backed", "led"],
)
def test_resolve_half_of_a_compound_owns_nothing(
    text: str, words: str, read_text: ReadText
) -> None:
    reading = read_text(text)
    found = [
        list(map(str, item.parties))
        for item in mentions(reading)
        if reading.document.words(item.span) == words
    ]
    assert ["Iran"] not in found
    assert ["United States"] not in found


def test_resolve_small_letters_name_no_party(read_text: ReadText) -> None:
    reading = read_text("They told us who had closed the road.")
    assert not {"United States", "World Health Organization"} & {
        str(party) for item in mentions(reading) for party in item.parties
    }


def test_resolve_fighters_of_no_named_group_are_nobodys(read_text: ReadText) -> None:
    reading = read_text("Ukraine closed the road. Separatists dug in. Gunmen fled.")
    assert meant(reading, "Separatists") == ["separatists (unnamed)"]
    assert meant(reading, "Gunmen") == ["gunmen (unnamed)"]


def test_resolve_joined_names_are_one_mention_of_both(read_text: ReadText) -> None:
    reading = read_text("Russia and Turkey closed the road.")
    assert meant(reading, "Russia and Turkey") == ["Russia", "Turkey"]


def test_resolve_both_sides_are_the_two_most_spoken_of(read_text: ReadText) -> None:
    reading = read_text("Armenia shelled Azerbaijan. Azerbaijan fired back. Both sides dug in.")
    assert set(meant(reading, "Both sides")) == {"Armenia", "Azerbaijan"}


def test_resolve_organ_named_before_needs_no_owner(read_text: ReadText) -> None:
    reading = read_text("Syria’s defence ministry closed the road. The ministry gave no reason.")
    assert meant(reading, "The ministry")[0].startswith("Syria/")


PRONOUNS = [
    (
        "he, a man with a title",
        "Turkish President Recep Tayyip Erdogan left Ankara. He said the road was closed.",
        "Turkey/Recep Tayyip Erdogan",
    ),
    ("it, a state", "Syria closed the road. It said the bridge was hit.", "Syria"),
    (
        "they, two parties rather than one nearer by",
        "Syria sent a letter. Russia and Turkey met. They said the road was closed.",
        "Russia & Turkey",
    ),
    (
        "she, not the man who stands nearer",
        (
            "Anna Ruf, a spokeswoman for the Syrian army, met Turkish President Recep Tayyip Erdogan. "
            "She said the road was closed."
        ),
        "Syria/Anna Ruf",
    ),
    (
        "them, who were spoken to just before, not who stood first in the sentence before",
        (
            "Armenia shelled Azerbaijan. Azerbaijan fired back. Civilians fled. Russia appealed to both sides "
            "and asked them to stop."
        ),
        "Azerbaijan & Armenia",
    ),
    (
        "it, a broadcaster",
        "Syrian state TV quoted an official as saying that the bridge was hit. It gave no details.",
        "media: Syrian state TV",
    ),
    ("nobody before it", "She said the road was closed.", None),
    ("no thing", "It is clear that Syria closed the road.", None),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in PRONOUNS], ids=[case[0] for case in PRONOUNS]
)
def test_resolve_pronoun_stands_for(text: str, expected: str | None, read_text: ReadText) -> None:
    reading = read_text(text)
    last = [item for item in mentions(reading) if item.rule == "pronoun"]
    found = " & ".join(map(str, last[-1].parties)) if last else None
    assert found == expected


def test_resolve_first_person_in_a_quotation_is_who_is_quoted(read_text: ReadText) -> None:
    reading = read_text("“We deny the report,” the Syrian minister said.")
    denial = next(item for item in reading.attributions if item.stance == "deny")
    assert denial.speaker_name == "Syria/minister"


def test_resolve_swapped_names_give_mirrored_parties(read_text: ReadText) -> None:
    text = "Armenia said Azerbaijani troops had shelled its army. Baku denied it."
    swapped = "Azerbaijan said Armenian troops had shelled its army. Yerevan denied it."
    names = {"Armenia": "Azerbaijan", "Azerbaijan": "Armenia"}
    first = [list(map(str, item.parties)) for item in mentions(read_text(text))]
    second = [list(map(str, item.parties)) for item in mentions(read_text(swapped))]
    mirrored = [
        [
            "/".join([names.get(name.split("/")[0], name.split("/")[0]), *name.split("/")[1:]])
            for name in row
        ]
        for row in second
    ]
    assert first == mirrored


@pytest.mark.parametrize(
    ("words", "roots"),
    [
        ("Let us be clear, the envoy said.", []),
        ("LeT fighters crossed the line.", ["Lashkar-e-Taiba"]),
        ("Da’esh held the town.", ["Islamic State"]),
    ],
)
def test_resolve_a_short_name_counts_only_as_it_is_written(
    read_text: ReadText, words: str, roots: list[str]
) -> None:
    resolution = read_text(words).resolution
    assert resolution is not None
    assert [name.party.root for name in resolution.names] == roots
