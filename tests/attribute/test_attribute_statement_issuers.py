"""Who speaks where only the form says so: "speaker | stance | content"."""

from datetime import date

import pytest

from counterclaim.attribute.statement_issuers import ISSUED
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.resolve.outlet_party import outlet_voice
from tests.conftest import ReadText

INTERVIEW = """Interview with Colonel Adam Ruf of the Syrian army

Q: How many men did you lose in Idlib?
A: We lost seven. The rebels lost forty.

Q: Did your forces shell Saraqib?
A: No. We have never shelled Saraqib.
"""
POSTS = """Ministry of Defence of Ukraine @DefenceU
Our air defence shot down 20 drones. Shells hit Kharkiv.

Israel Defense Forces @IDF
Two rockets fell near Sderot.
"""
STATEMENT = """Comment by UN Human Rights Office spokesperson Mira Tolan on Haiti

We are horrified by gang attacks in Haiti. We call for more aid.
"""


def issued(read_text: ReadText, text: str) -> list[str]:
    reading = read_text(text)
    return [
        f"{item.speaker_name} | {item.stance} | {' '.join(reading.document.words(*item.content).split())}"
        for item in reading.attributions
        if item.cue_entry == ISSUED
    ]


def test_issued_answers_belong_to_the_one_who_is_asked(read_text: ReadText) -> None:
    found = issued(read_text, INTERVIEW)
    assert [line.split(" | ")[1:] for line in found] == [
        ["state", "We lost seven. The rebels lost forty."],
        ["deny", "We have never shelled Saraqib."],
    ]
    assert all(line.startswith("Syria/") for line in found)


def test_issued_posts_belong_to_their_accounts(read_text: ReadText) -> None:
    assert issued(read_text, POSTS) == [
        "Ukraine/Ministry of Defence | state | Our air defence shot down 20 drones. Shells hit Kharkiv.",
        "Israel/IDF | state | Two rockets fell near Sderot.",
    ]


def test_issued_statements_in_the_first_person_belong_to_their_heading(read_text: ReadText) -> None:
    assert issued(read_text, STATEMENT)[0].startswith("United Nations")
    appeal = next(item for item in read_text(STATEMENT).attributions if item.stance == "appeal")
    assert str(appeal.speaker_name).startswith("United Nations")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Colonel Adam Ruf of the Syrian army turned to the reporters. “We killed 12 men in Idlib.” He left.",
            "Syria/",
        ),
        (
            'Ukraine\'s army spokesman spoke in Kyiv. "We lost four men in Avdiivka today." He left.',
            "Ukraine/",
        ),
    ],
)
def test_issued_quotations_without_a_cue_belong_to_who_acted_before(
    read_text: ReadText, text: str, speaker: str
) -> None:
    (line,) = issued(read_text, text)
    assert line.startswith(speaker)


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Kharkiv on Monday, Ukraine's army said. We do not know who fired.",
        "A statement from the ministry was expected. Shells hit Kharkiv.",
        "Write to reporter@example.org for more. Shells hit Kharkiv.",
        "The sun set over Idlib. “We are tired of the war here.” Nobody moved.",
    ],
)
def test_issued_nobody_speaks_where_the_form_names_nobody(read_text: ReadText, text: str) -> None:
    assert issued(read_text, text) == []


def test_issued_we_outside_quotations_is_the_outlet(tools: Tools) -> None:
    reading = read(
        "We call for an end to the siege of Idlib.",
        outlet="Human Rights Watch",
        published=date(2024, 5, 1),
        tools=tools,
    )
    assert [item.speaker_name for item in reading.attributions if item.is_claim] == [
        "Human Rights Watch"
    ]


@pytest.mark.parametrize(
    ("outlet", "party"),
    [
        ("General Staff of the Armed Forces of Ukraine", "Ukraine/General Staff"),
        ("Ministry of Defence of the Republic of Armenia", "Armenia/Ministry of Defence"),
        ("The Ministry of Health of Sudan", "Sudan/Ministry of Health"),
        ("UN Human Rights Office", "United Nations"),
        ("Human Rights Watch", "Human Rights Watch"),
        ("Times of Israel", None),
        ("Sudan Tribune", None),
        ("Voice of Syria", None),
        ("The Kyiv Post", None),
    ],
)
def test_issued_outlets_that_speak_for_themselves(outlet: str, party: str | None) -> None:
    found = outlet_voice(outlet)
    assert (None if found is None else str(found)) == party
