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


LETTERHEADS = [
    ("Ministry of Defence of Ethiopia", "Ethiopia/Ministry of Defence"),
    ("Sudanese Armed Forces", "Sudan/"),
    ("The Ministry of Health of Sudan", "Sudan/Ministry of Health"),
    ("General Staff of the Armed Forces of Ukraine", "Ukraine/General Staff"),
    ("Ogaden National Liberation Front", "ONLF"),
]


@pytest.mark.parametrize(("head", "speaker"), LETTERHEADS)
def test_issued_statements_under_a_letterhead_are_the_bodys(
    read_text: ReadText, head: str, speaker: str
) -> None:
    group = " ONLF urges talks." if speaker == "ONLF" else ""
    (line,) = issued(
        read_text,
        f"{head}\n\nPress statement\n\n3 May 2022\n\nOur men killed nine rebels in Abole.{group}",
    )
    assert line.startswith(speaker)
    assert "Our men killed nine rebels in Abole." in line
    assert "2022" not in line
    assert "Press" not in line


@pytest.mark.parametrize(
    "head",
    [
        "A year with the army of Sudan",
        "MINUSMA condemns attack on its camp",
        "Sudan army in retreat",
        "Houthis",
        "Ethiopia",
        "Soldiers of Sudan",
    ],
)
def test_issued_a_headline_is_no_letterhead(read_text: ReadText, head: str) -> None:
    assert issued(read_text, f"{head}\n\nOur men killed nine rebels in Omdurman.") == []


def test_issued_a_report_under_a_bodys_name_without_first_person_is_nobodys(
    read_text: ReadText,
) -> None:
    assert issued(read_text, "Sudanese Armed Forces\n\nNine rebels were killed in Omdurman.") == []


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Sudanese Armed Forces | News", "Sudan/"),
        ("Ministry of Defence of Ethiopia", "Ethiopia/"),
        ("Israel Defense Forces", "Israel/"),
    ],
)
def test_issued_an_accounts_handle_may_have_its_own_line(
    read_text: ReadText, name: str, speaker: str
) -> None:
    (line,) = issued(
        read_text,
        f"{name}\n@TheAccount\n17:42 · 9 Nov 2023\n\nAt least 20 rebels were killed.\n#News #Army\n12.4K 310 88\n",
    )
    assert line.startswith(speaker)
    assert line.endswith("| state | At least 20 rebels were killed.")


QUESTIONS = """Q&A with {name}

Reporter: How many men died this week?
{label}: We lost 38 soldiers.
Reporter: The Red Cross says a hospital was shelled.
{label}: We shelled no hospital.
"""


@pytest.mark.parametrize(
    ("name", "label", "land"),
    [
        ("Colonel Adam Ruf of the Syrian army", "Ruf", "Syria/"),
        ("Colonel Adam Ruf of the Syrian army", "Col. Ruf", "Syria/"),
        ("Ukraine's army spokesman Ivan Hrom", "Ivan Hrom", "Ukraine/"),
        ("Sri Lanka army spokesman Udaya Perera", "Perera", "Sri Lanka/"),
    ],
)
def test_issued_answers_may_stand_under_the_name_of_who_is_asked(
    read_text: ReadText, name: str, label: str, land: str
) -> None:
    text = QUESTIONS.format(name=name, label=label)
    found = issued(read_text, text)
    assert [line.split(" | ")[2] for line in found] == [
        "We lost 38 soldiers.",
        "We shelled no hospital.",
    ]
    assert all(line.startswith(land) for line in found)
    claims = [item for item in read_text(text).attributions if item.is_claim]
    assert all(item.cue_entry == ISSUED for item in claims)


def test_issued_answers_of_another_name_are_not_the_ones_who_is_asked(read_text: ReadText) -> None:
    text = QUESTIONS.format(name="Colonel Adam Ruf of the Syrian army", label="Toma")
    assert issued(read_text, text) == []
