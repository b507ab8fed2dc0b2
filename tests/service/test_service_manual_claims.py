"""By hand: claims that people make on a report's words are rows like others, marked, proved and carried on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.post import sha256
from counterclaim.records.claim import Casualty, Claim, Event
from counterclaim.records.query import ClaimQuery
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.service.ledger_service import file_made, file_reading
from counterclaim.service.manual_claims import (
    SAMPLES,
    SIGNED,
    MakingError,
    fields_to_fill,
    find_words,
    made_by,
    make_claim,
    sentence_of,
)
from counterclaim.service.spelling import CorrectionError
from tests.conftest import ReadText

TEXT = (
    "Ardenia admitted on Monday that it had shelled Varn. Forty men of the second brigade never came home, "
    "a clerk of the town said. Nobody spoke of Varn again.\n"
)


@pytest.fixture(scope="session")
def read(read_text: ReadText) -> Reading:
    return read_text(TEXT, date(2031, 5, 3))


@pytest.fixture
def ledger(tmp_path: Path, read: Reading) -> Ledger:
    found = open_ledger(str(tmp_path / "hand.db"), create=True)
    file_reading(found, read)
    return found


def file_one(ledger: Ledger, name: str, words: str = "Forty men", **given: str) -> Claim:
    filed = ledger.document(name)
    (span,) = find_words(filed.document, words)
    fields = {"speaker": "Ardenia", "number": "40", "category": "military", **given}
    claim, said = make_claim(filed, span, "casualty", fields, by="Ada")
    file_made(ledger, filed, claim, said, by="Ada", seen=sha256(filed.document.text))
    return claim


def test_hand_words_are_found_in_any_case_and_over_broken_lines(read: Reading) -> None:
    broken = Document(text=TEXT.replace("of the second", "of the\nsecond"))
    (span,) = find_words(broken, "men  of the SECOND brigade")
    assert broken.text[span.start : span.end] == "men of the\nsecond brigade"
    assert len(find_words(read.document, "varn")) == 2
    assert find_words(read.document, "no such words") == find_words(read.document, "  ") == ()
    many = Document(text="Ost. " * 50)
    assert len(find_words(many, "Ost")) == 20
    assert find_words(many, ".*") == ()


def test_hand_claim_stands_on_its_words_in_its_sentence(ledger: Ledger, read: Reading) -> None:
    claim = file_one(ledger, read.document.id, side="Ardenia", time="2031-05-01")
    entry = ledger.claim(claim.id)
    text = read.document.text
    assert entry.claim.quote == text[claim.span.start : claim.span.end] == "Forty men"
    assert text[claim.sentence.start : claim.sentence.end].startswith("Forty men of the second")
    assert text[claim.sentence.start : claim.sentence.end].endswith("said.")
    payload = entry.claim.payload
    assert isinstance(payload, Casualty)
    assert (payload.count.low, payload.category, payload.relation) == (40, "military", "self")
    assert entry.attribution is not None
    assert entry.attribution.id == claim.attribution_id
    assert entry.incident_id is not None
    assert made_by(entry.claim) == "Ada"
    assert [item.verdict for item in entry.judgements] == ["accepted"]
    assert ledger.verify() == ()


def test_hand_claim_counts_and_what_was_read_stays(ledger: Ledger, read: Reading) -> None:
    before = {entry.claim.id for entry in ledger.claims(ClaimQuery(), limit=100).rows}
    claim = file_one(ledger, read.document.id, side="Ardenia")
    after = {entry.claim.id for entry in ledger.claims(ClaimQuery(), limit=100).rows}
    assert after == {*before, claim.id}
    assert claim.id in {figure.claim_id for figure in ledger.figures()}


def test_hand_claims_are_carried_on_by_later_readings(ledger: Ledger, read: Reading) -> None:
    first = file_one(ledger, read.document.id)
    second = file_one(ledger, read.document.id, words="never came home", number="at least 40")
    newer = replace(read, signature={**read.signature, "counterclaim": "99"})
    file_reading(ledger, newer)
    filed = ledger.document(read.document.id)
    assert filed.signature["counterclaim"] == "99"
    assert {item.id for item in filed.claims if made_by(item)} == {first.id, second.id}
    assert SIGNED in filed.signature
    assert file_reading(ledger, newer).outcome == "known"
    assert ledger.verify() == ()


def test_hand_claim_of_an_act_tells_as_its_stance_does(ledger: Ledger, read: Reading) -> None:
    filed = ledger.document(read.document.id)
    (span,) = find_words(filed.document, "came home")
    given = {"speaker": "Ardenia", "stance": "deny", "kind": "ASSAULT/aerial", "doer": "Ardenia"}
    claim, said = make_claim(filed, span, "event", given, by="Ada")
    assert isinstance(claim.payload, Event)
    assert (claim.payload.type, claim.payload.modes) == ("ASSAULT", ("aerial",))
    assert (claim.payload.telling, claim.stance) == ("denied", "deny")
    assert said is not None
    alone, nobody = make_claim(filed, span, "event", {"doer": "Ardenia"}, by="Ada")
    assert isinstance(alone.payload, Event)
    assert (alone.payload.telling, nobody, alone.attribution_id) == ("fact", None, None)


def test_hand_claim_takes_the_attribution_that_was_read(ledger: Ledger, read: Reading) -> None:
    filed = ledger.document(read.document.id)
    known = next(item for item in filed.attributions if item.stance == "admit")
    (span,) = find_words(filed.document, "had shelled")
    given = {"speaker": str(known.speakers[0]), "stance": "admit", "doer": "Kestria"}
    claim, said = make_claim(filed, span, "event", given, by="Ada")
    assert claim.attribution_id == known.id
    assert said is None


@pytest.mark.parametrize("kind", SAMPLES)
def test_hand_every_kind_can_be_made_as_it_begins(ledger: Ledger, read: Reading, kind: str) -> None:
    filed = ledger.document(read.document.id)
    (span,) = find_words(filed.document, "never came home")
    given: dict[str, str] = {name: value for name, _, value, _ in fields_to_fill(kind)}
    claim, said = make_claim(filed, span, kind, {**given, "speaker": "Ardenia"}, by="Ada")
    file_made(ledger, filed, claim, said, by="Ada", seen=sha256(filed.document.text))
    assert ledger.claim(claim.id).claim.kind == kind
    assert ledger.verify() == ()


def test_hand_refuses_what_cannot_stand(ledger: Ledger, read: Reading) -> None:
    filed = ledger.document(read.document.id)
    (span,) = find_words(filed.document, "Forty men")
    end = len(filed.document.text)
    for wrong in (Span(5, 5), Span(end, end + 4)):
        with pytest.raises(MakingError, match="choose the words"):
            make_claim(filed, wrong, "casualty", {}, by="Ada")
    with pytest.raises(MakingError, match="no kind of claim"):
        make_claim(filed, span, "rumour", {}, by="Ada")
    with pytest.raises(MakingError, match="choose what is done"):
        make_claim(filed, span, "casualty", {"stance": "mumble"}, by="Ada")
    with pytest.raises(CorrectionError, match="no number"):
        make_claim(filed, span, "casualty", {"number": "a few"}, by="Ada")
    thread = replace(filed, division=replace(filed.division, report=Span(0, span.start)))
    with pytest.raises(MakingError, match="never a source"):
        make_claim(thread, span, "casualty", {}, by="Ada")


def test_hand_refuses_the_same_twice_and_what_was_shown_otherwise(
    ledger: Ledger, read: Reading
) -> None:
    stale = ledger.document(read.document.id)
    claim = file_one(ledger, read.document.id)
    with pytest.raises(MakingError, match="this very claim"):
        file_one(ledger, read.document.id)
    (span,) = find_words(stale.document, "came home")
    other, said = make_claim(stale, span, "casualty", {"number": "3"}, by="Ben")
    with pytest.raises(MakingError, match="meanwhile"):
        file_made(ledger, stale, other, said, by="Ben", seen=sha256(stale.document.text))
    filed = ledger.document(read.document.id)
    with pytest.raises(MakingError, match="another text was shown"):
        file_made(ledger, filed, other, said, by="Ben", seen="0" * 64)
    held = {item.id for item in ledger.document(read.document.id).claims}
    assert claim.id in held
    assert other.id not in held


def test_hand_sentence_is_cut_at_the_marks_around_the_words(ledger: Ledger, read: Reading) -> None:
    filed = ledger.document(read.document.id)
    (span,) = find_words(filed.document, "spoke of Varn")
    sentence = sentence_of(filed, span)
    assert (
        filed.document.text[sentence.start : sentence.end].strip() == "Nobody spoke of Varn again."
    )
