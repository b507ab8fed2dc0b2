"""Reader threads: rows are matched by party, act, place, harm and number, never by their words alone."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from bench.threads import CASES, Case, figures, run_cases
from rich.console import Console

from counterclaim.cli.table import show_sheet
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.count import Count
from counterclaim.records.query import Known
from counterclaim.records.reader_match import StretchMatch
from counterclaim.records.text import Comment, Document, Span
from counterclaim.service.ledger_service import file_reading
from counterclaim.service.reader_threads import match_comments, match_thread, match_within
from counterclaim.service.report_view import build_report_view
from counterclaim.service.withdrawing import erase_report
from tests.happenings import ARDENIA, DAY, KESTRIA, claim, document, killed, place, shelling, truce

REPORT = "Guns shelled the mill at Ost on Sunday, and seventeen people died there."
SAID = "They shelled the mill."


def beside(said: object, *rows: object, text: str = "Another report tells of it.") -> StretchMatch:
    """Set what a reader says beside rows of another report."""
    home = document(text)
    under = document(f"{REPORT}\n{SAID}")
    span = Span(len(REPORT) + 1, len(under.text))
    read = claim(under, said, span=span)  # type: ignore[arg-type]  # a test names the payload it needs
    kept = [(home, claim(home, row)) for row in rows]  # type: ignore[arg-type]  # as above
    comment = Comment(span=span, boundary="sure", reason="x", checkable=(span,))
    return match_comments(under, (comment,), (read,), lambda _: kept)[0][0]


def test_threads_one_shelling_is_matched_with_its_reasons() -> None:
    found = beside(shelling(), shelling())
    assert len(found.rows) == 1
    assert {"same act", "same party", "same place", "same day"} <= set(found.rows[0].reasons)
    assert found.finding == "1 row speaks of the same"


@pytest.mark.parametrize(
    "row",
    [
        shelling(by=(KESTRIA,), to=(ARDENIA,)),
        shelling(at=place("Varn")),
        shelling(on=DAY + timedelta(days=5)),
        truce("agreed"),
        killed(17),
    ],
    ids=["other party", "other place", "other day", "other act", "another kind of row"],
)
def test_threads_the_same_words_with_another_party_act_place_or_day_are_no_match(
    row: object,
) -> None:
    found = beside(shelling(), row, text=SAID)
    assert found.rows == ()
    assert found.finding == "no row speaks of this"


def test_threads_a_row_without_a_doer_needs_more_than_the_place() -> None:
    nobody = shelling(by=(), to=(), on=None)
    said = shelling(to=(), on=None)
    assert beside(said, nobody, text="Smoke hung over the valley.").rows == ()
    ours = replace(nobody, actors=(replace(ARDENIA, evidence="inferred"),))
    theirs = replace(nobody, actors=(replace(KESTRIA, evidence="inferred"),))
    assert beside(said, ours, text="Smoke hung over the valley.").rows
    assert beside(said, theirs, text="Smoke hung over the valley.").rows == ()


def test_threads_a_denial_speaks_of_the_same() -> None:
    assert beside(shelling(), shelling(telling="denied")).rows


def test_threads_another_number_is_a_match_that_says_so() -> None:
    found = beside(killed(12), killed(17)).rows[0]
    assert found.same_number is False
    assert "another number: 17 in the row, 12 here" in found.reasons
    same = beside(killed(17), killed(17)).rows[0]
    assert same.same_number is True
    assert "same number" in same.reasons
    assert same.weight > found.weight


def test_threads_a_bound_fits_a_number_above_it() -> None:
    row = replace(killed(17), count=Count(15, None, "at_least", 15))
    assert beside(killed(17), row).rows[0].same_number is True
    assert beside(killed(12), row).rows[0].same_number is False


@pytest.mark.parametrize(
    "row",
    [killed(17, of=ARDENIA), killed(17, at=place("Varn")), replace(killed(17), outcome="wounded")],
    ids=["other side", "other place", "other harm"],
)
def test_threads_never_on_a_number_alone(row: object) -> None:
    assert beside(killed(17), row).rows == ()


def test_threads_what_is_not_read_is_not_called_unspoken_of() -> None:
    comment = Comment(span=Span(0, 4), boundary="sure", reason="x", checkable=(Span(0, 4),))
    found = match_comments(document(SAID), (comment,), (), lambda _: ())[0][0]
    assert found.finding == "nothing was read in it that rows could be set beside"


# ------------------------------------------------------------------ the whole way, from words to rows


@pytest.mark.parametrize("part", ["tune", "held", "fresh"])
def test_threads_precision_and_recall_on_comments_of_our_own(tools: Tools, part: str) -> None:
    told = figures([case for case in _run(tools) if case.part == part])
    assert told["comments"] >= 12
    assert told["precision"] >= 0.85, told
    assert told["recall"] >= 0.75, told


_done: dict[Path, tuple[Case, ...]] = {}


def _run(tools: Tools) -> tuple[Case, ...]:
    if CASES not in _done:
        _done[CASES] = run_cases(tools)
    return _done[CASES]


# ------------------------------------------------------------------ in a ledger

FIRST = Document(
    text="Russian forces shelled Kharkiv on Thursday, killing nine civilians, Ukrainian officials said.",
    published=date(2022, 5, 20),
    outlet="The Bugle",
)
COMMENTS = (
    "Comments (3)\n\n"
    "Ada says:\nRussia shelled Kharkiv on Thursday, nobody stops them.\n\n"
    "Bert says:\nUkraine shelled Kharkiv itself, you know.\n\n"
    "Cleo says:\nRussia shelled Kherson on Thursday too."
)
SECOND = Document(
    text="Talks in Istanbul ended without a result on Friday, Turkey said. Nobody signed anything.\n\n"
    + COMMENTS,
    published=date(2022, 5, 21),
    outlet="The Horn",
)


@pytest.fixture
def filled_ledger(tmp_path: Path, tools: Tools) -> Ledger:
    ledger = open_ledger(str(tmp_path / "ledger.db"), create=True)
    for item in (FIRST, SECOND):
        file_reading(ledger, read_document(item, tools=tools))
    return ledger


def test_threads_beside_rows_of_another_report(filled_ledger: Ledger) -> None:
    with filled_ledger as ledger:
        thread = ledger.threads().rows[0]
        found = [part for own in match_thread(ledger, thread).values() for part in own]
        by_words = {part.words.split()[0] + part.words.split()[2]: part for part in found}
        assert [item.row.quote for item in by_words["RussiaKharkiv"].rows] == ["shelled Kharkiv"]
        assert by_words["RussiaKharkiv"].rows[0].row.document_id == FIRST.id
        assert by_words["UkraineKharkiv"].finding == "no row speaks of this"
        assert by_words["RussiaKherson"].finding == "no row speaks of this"


def test_threads_as_known_before_the_row_have_none(filled_ledger: Ledger) -> None:
    with filled_ledger as ledger:
        thread = ledger.threads().rows[0]
        before = Known(day=date(2022, 5, 1), clock="published")
        found = [
            part for own in match_thread(ledger, thread, known=before).values() for part in own
        ]
        assert found
        assert not any(part.rows for part in found)


def test_threads_nothing_that_readers_say_is_filed(filled_ledger: Ledger) -> None:
    with filled_ledger as ledger:
        thread = ledger.threads().rows[0]
        said = {item.id for item in thread.reader_claims}
        assert said
        filed = ledger.claims(limit=500).rows
        assert filed
        assert not said & {entry.claim.id for entry in filed}
        start = min(comment.span.start for comment in thread.comments)
        own = [entry.claim for entry in filed if entry.claim.document_id == thread.document.id]
        assert all(item.span.end <= start for item in own)


def test_threads_what_readers_say_stands_on_their_words(tools: Tools) -> None:
    reading = read_document(SECOND, tools=tools)
    assert reading.reader_claims
    for item in reading.reader_claims:
        assert SECOND.text[item.span.start : item.span.end] == item.quote
        assert "shelled" in SECOND.text[item.sentence.start : item.sentence.end]
        assert item.document_id == SECOND.id
    assert not any(part.rows for own in match_within(reading).values() for part in own)


def test_threads_the_name_over_a_comment_says_nothing_in_it(tools: Tools) -> None:
    reading = read_document(SECOND, tools=tools)
    assert {item.payload.telling for item in reading.reader_claims if item.kind == "event"} == {  # type: ignore[union-attr]  # an event has one
        "fact"
    }
    assert not any(item.speakers for item in reading.reader_claims)


def test_threads_what_is_told_can_be_checked_and_what_is_foretold_cannot(tools: Tools) -> None:
    talk = "Talks ended on Friday, Turkey said.\n\nComments (2)\n\n"
    said = "Ada says:\nRussia shelled Kharkiv again, nobody stops them.\n\n"
    asked = "Bert says:\nMust Russia shell Kharkiv again before anybody stops them?"
    document = Document(text=talk + said + asked, published=date(2022, 5, 21))
    reading = read_document(document, tools=tools)
    assert [bool(comment.checkable) for comment in reading.comments] == [True, False]
    assert all(item.span.end <= len(talk + said) for item in reading.reader_claims)


def test_threads_words_that_are_erased_are_gone_from_what_readers_say(
    filled_ledger: Ledger,
) -> None:
    with filled_ledger as ledger:
        assert "Kherson" in str(ledger.threads().rows[0].reader_claims)
        erase_report(ledger, SECOND.id, ["Kherson"], by="Ada", reason="asked for")
        left = ledger.threads().rows[0]
        assert left.reader_claims
        assert "Kherson" not in str(left.reader_claims)
        assert match_thread(ledger, left)


def test_threads_are_told_in_what_read_prints(tools: Tools) -> None:
    text = f"{FIRST.text}\n\n{COMMENTS}"
    reading = read_document(replace(FIRST, text=text), tools=tools)
    out = StringIO()
    show_sheet(Console(file=out, width=200), build_report_view(reading))
    told = out.getvalue()
    assert "1 row speaks of the same in this report" in told
    assert "shelled Kharkiv (same act, same party" in told
    assert "no row speaks of this in this report" in told
