"""Readers' predictions: a person says what became of each on the ground of a row, and takes it back."""

from collections.abc import Iterator
from datetime import date

import pytest
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.errors import JudgementError, UnknownRowError
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.judgement import Judgement
from counterclaim.records.query import ClaimQuery
from counterclaim.records.text import Document, Span
from counterclaim.service.ledger_service import file_reading, judge
from counterclaim.service.predictions import PredictionError, list_predictions, say_outcome

FORETOLD = Document(
    text="""Ardenia and Kestria agree on a truce

MORVANE, May 4 - Ardenia and Kestria agreed on a ceasefire from Monday, Kestria's defence ministry said.

Comments (2)

Toma says:
This truce will not last a week. Ardenia will shell Ost by Friday.

Ben says:
Shame on all of them.
""",
    published=date(2031, 5, 4),
)
CAME = Document(
    text="Ardenia's army shelled the town of Ost on Thursday, killing four civilians, Kestria's defence ministry said.",
    published=date(2031, 5, 9),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> str:
    found = str(tmp_path_factory.mktemp("predictions") / "ledger.db")
    with open_ledger(found, create=True) as ledger:
        for document in (FORETOLD, CAME):
            file_reading(ledger, read_document(document, tools=tools))
    return found


@pytest.fixture
def ledger(path: str) -> Iterator[Ledger]:
    with open_ledger(path) as found:
        yield found


def ground(ledger: Ledger) -> str:
    query = ClaimQuery(document_id=CAME.id)
    return ledger.claims(query).rows[0].claim.id


def test_predictions_are_open_until_a_person_says_and_open_again_after_an_undo(
    ledger: Ledger,
) -> None:
    (before,) = list_predictions(ledger)
    assert (before.number, before.outcome, before.latest) == (1, "open", None)
    row = ground(ledger)
    filed = say_outcome(ledger, FORETOLD.id, 1, "came_true", ground=row, by="Ada", reason="shelled")
    (after,) = list_predictions(ledger)
    assert after.outcome == "came_true"
    assert after.finding == f"came true, by {row}, says Ada"
    judge(ledger, Judgement(subject=filed.judgement.id, verdict="withdrawn", by="Ada"))
    (again,) = list_predictions(ledger)
    assert (again.outcome, again.latest) == ("open", None)
    assert ledger.verify() == ()


def test_predictions_leave_the_row_that_shows_them_untouched(ledger: Ledger) -> None:
    row = ground(ledger)
    filed = say_outcome(ledger, FORETOLD.id, 1, "came_false", ground=row, by="Ada")
    assert ledger.claim(row).judgements == ()
    judge(ledger, Judgement(subject=row, verdict="rejected", by="Ben", reason="misread"))
    (found,) = list_predictions(ledger)
    assert found.ground_is_left_out
    assert "left out since" in found.finding
    for item in ledger.judgements(row):
        judge(ledger, Judgement(subject=item.judgement.id, verdict="withdrawn", by="Ben"))
    judge(ledger, Judgement(subject=filed.judgement.id, verdict="withdrawn", by="Ada"))


@pytest.mark.parametrize(
    ("number", "outcome", "row", "error", "words"),
    [
        (1, "came_true", "", JudgementError, "by which row"),
        (1, "came_true", "https://news.example/x", JudgementError, "row of the ledger"),
        (1, "came_true", "c-000000000000", UnknownRowError, "c-000000000000"),
        (1, "perhaps", "", PredictionError, "nothing that becomes of a prediction"),
        (3, "open", "", PredictionError, "comments 1 to 2"),
    ],
)
def test_predictions_need_a_comment_an_outcome_and_a_row(
    ledger: Ledger, *, number: int, outcome: str, row: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        say_outcome(ledger, FORETOLD.id, number, outcome, ground=row, by="Ada")


def test_predictions_outcomes_are_about_words_and_other_verdicts_never_are(ledger: Ledger) -> None:
    row = ground(ledger)
    with pytest.raises(JudgementError, match="reader's comment"):
        judge(ledger, Judgement(subject=row, verdict="came_true", by="Ada", evidence=row))
    with pytest.raises(JudgementError, match="whole row"):
        judge(ledger, Judgement(subject=row, verdict="accepted", by="Ada", span=Span(0, 4)))


def test_predictions_on_the_command_line(path: str, ledger: Ledger) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--ledger", path])
        assert result.exit_code == 0, result.output
        return result.output

    row = ground(ledger)
    said = run("foretold", FORETOLD.id, "1", "came_true", "--ground", row, "--by", "Ada")
    assert f"came_true, by {row}, says Ada" in said
    listed = run("foretold", "--format", "jsonl")
    assert '"outcome": "came_true"' in listed
    assert run("foretold", "--only", "open", "--format", "jsonl").strip() == ""
    run("judge", said.partition(":")[0].strip(), "withdrawn", "--by", "Ada")
    assert '"outcome": "open"' in run("foretold", "--format", "jsonl")
