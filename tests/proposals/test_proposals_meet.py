"""The two readers meet: agreement, what the second alone has, and what is contested under each policy."""

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.flat import reading_rows
from counterclaim.records.judgement import Judgement
from counterclaim.records.proposal import POLICIES, contested_fields, readers_of
from counterclaim.records.query import ClaimQuery
from counterclaim.records.reading import Reading
from counterclaim.service.corrections import is_left_out
from counterclaim.service.flat import ledger_rows
from counterclaim.service.ledger_service import file_reading, judge
from counterclaim.service.review_reasons import review_reasons
from tests.conftest import ReadText
from tests.endpoint import figure, speech
from tests.proposals.conftest import ReadTwice, second_of

TEXT = "Ardenia said that Kestria had shelled Ost. Kestria lost 23 soldiers in the raid."
SAID = speech(1, "Ardenia", "said", "Kestria had shelled Ost", "state")


def figures_of(reading: Reading) -> list[Claim]:
    return [claim for claim in reading.claims if isinstance(claim.payload, Casualty)]


def stances(reading: Reading) -> list[str]:
    return [item.stance for item in reading.attributions if item.is_claim]


def test_proposals_agreement_is_signed_and_changes_no_value(
    read_twice: ReadTwice, read_text: ReadText
) -> None:
    alone = read_text(TEXT)
    (stance,) = stances(alone)
    reading = read_twice(TEXT, {**SAID, "stance": stance})
    second = second_of(reading)
    assert (second.contests, second.added, len(second.agreed)) == ((), (), 1)
    assert reading.attributions == alone.attributions
    assert reading.claims == alone.claims
    assert [item.status for item in reading.findings] == [item.status for item in alone.findings]
    (item,) = [item for item in reading.attributions if item.is_claim]
    assert readers_of(item.trace)[-1] == second.reader
    assert readers_of(alone.attributions[0].trace) in {("rules",), ("rules", "model")}


@pytest.mark.parametrize("policy", POLICIES)
def test_proposals_other_stance_is_contested_or_settled_by_the_policy(
    policy: str, read_twice: ReadTwice, read_text: ReadText
) -> None:
    alone = read_text(TEXT)
    (first,) = stances(alone)
    reading = read_twice(TEXT, {**SAID, "stance": "deny"}, policy=policy)
    (contest,) = second_of(reading).contests
    assert (contest.field, contest.first, contest.second) == ("stance", first, "deny")
    told = [claim for claim in reading.claims if claim.attribution_id is not None]
    assert told
    contested = [bool(contested_fields(claim.trace)) for claim in told]
    if policy in {"contest", "agreed-only"}:
        assert contest.holds == "neither"
        assert stances(reading) == [first]
        assert all(contested)
        voices = {voice.claim_id for item in reading.findings for voice in item.voices}
        assert voices.isdisjoint(claim.id for claim in told)
        assert any(item.code == "contested-between-readers" for item in reading.problems)
    else:
        assert stances(reading) == ["deny" if policy == "second-wins-when-grounded" else first]
        assert not any(contested)
        assert not any(item.code == "contested-between-readers" for item in reading.problems)


@pytest.mark.parametrize("policy", POLICIES)
def test_proposals_contested_figures_are_in_no_account(policy: str, read_twice: ReadTwice) -> None:
    other = figure(2, "23", 23, "lost", outcome="missing")
    reading = read_twice(TEXT, figures=[other], policy=policy)
    (claim,) = figures_of(reading)
    assert isinstance(claim.payload, Casualty)
    points = [point.claim_id for series in reading.account.series for point in series.points]
    if policy in {"contest", "agreed-only"}:
        assert claim.payload.outcome == "killed"
        assert contested_fields(claim.trace) == ("outcome",)
        assert points == []
        # it stays in its incident, so that a person who accepts it finds it there
        assert any(claim.id in item.claim_ids for item in reading.incidents)
    else:
        wins = policy == "second-wins-when-grounded"
        assert claim.payload.outcome == ("missing" if wins else "killed")
        assert points == [claim.id]


@pytest.mark.parametrize("policy", POLICIES)
def test_proposals_what_the_first_reader_lacks_enters_signed(
    policy: str, read_twice: ReadTwice, read_text: ReadText
) -> None:
    text = "The statement of Ardenia is for the world, the truce is dead. Kestria is silent."
    assert not [item for item in read_text(text).attributions if item.is_claim]
    reading = read_twice(
        text, speech(1, "Ardenia", "statement", "the truce is dead", "state"), policy=policy
    )
    found = [item for item in reading.attributions if item.is_claim]
    if policy == "agreed-only":
        assert found == []
        return
    (item,) = found
    assert (item.speaker_name, item.cue_entry) == ("Ardenia", "second-reader")
    assert readers_of(item.trace) == (second_of(reading).reader,)
    assert second_of(reading).added == (item.id,)


def test_proposals_speaker_that_nobody_knows_does_not_enter(read_twice: ReadTwice) -> None:
    text = "Under the bridge is a statement for the world, the truce is dead. Kestria is silent."
    reading = read_twice(text, speech(1, "Under", "statement", "the truce is dead", "state"))
    assert second_of(reading).drops == {"speaker is no party": 1}


def test_proposals_what_the_second_leaves_out_is_no_contest(
    read_twice: ReadTwice, read_text: ReadText
) -> None:
    (stance,) = stances(read_text(TEXT))
    reading = read_twice(
        TEXT,
        {**SAID, "speaker": None, "stance": stance},
        figures=[figure(2, "23", 23, "lost", category="unknown")],
    )
    assert second_of(reading).contests == ()
    assert len(second_of(reading).agreed) == 2


def test_proposals_empty_side_is_filled_and_signed(
    read_twice: ReadTwice, read_text: ReadText
) -> None:
    text = "On Monday Kestria mourned: 23 soldiers were killed near Ost."
    (alone,) = figures_of(read_text(text))
    assert isinstance(alone.payload, Casualty)
    if alone.payload.side:
        pytest.skip("the first reader has the side now: this test needs another sentence")
    rows = [figure(1, "23", 23, "killed", side="Kestria")]
    (claim,) = figures_of(read_twice(text, figures=rows))
    assert isinstance(claim.payload, Casualty)
    assert [str(party) for party in claim.payload.side] == ["Kestria"]
    assert readers_of(claim.trace)[-1].startswith("tiny at ")
    (kept,) = figures_of(read_twice(text, figures=rows, policy="agreed-only"))
    assert kept == alone


@pytest.fixture
def ledger(tmp_path: object) -> Ledger:
    return open_ledger(f"{tmp_path}/ledger.db", create=True)


def test_proposals_contested_claim_waits_in_the_ledger_for_a_person(
    ledger: Ledger, read_twice: ReadTwice
) -> None:
    reading = read_twice(TEXT, figures=[figure(2, "23", 23, "lost", outcome="missing")])
    with ledger:
        file_reading(ledger, reading)
        (entry,) = ledger.claims(ClaimQuery(kind="casualty"), limit=9).rows
        assert is_left_out(entry)
        assert review_reasons(entry)[0].code == "readers"
        judge(ledger, Judgement(subject=entry.claim.id, verdict="accepted", by="Ada"))
        (now,) = ledger.claims(ClaimQuery(kind="casualty"), limit=9).rows
        assert not is_left_out(now)
        filed = ledger.document(reading.document.id)
        assert any(item.code == "contested-between-readers" for item in filed.problems)


def test_proposals_tables_say_what_is_contested_and_who_read_it(
    ledger: Ledger, read_twice: ReadTwice
) -> None:
    reading = read_twice(TEXT, figures=[figure(2, "23", 23, "lost", outcome="missing")])
    (row,) = reading_rows(reading, "figures")
    assert (row["contested"], row["left_out"]) == (["outcome"], True)
    assert str(row["reader"]).endswith(f"second-reader {second_of(reading).reader}")
    with ledger:
        file_reading(ledger, reading)
        (kept,) = ledger_rows(ledger, "figures")
        assert (kept["contested"], kept["left_out"]) == (["outcome"], True)
        other = Judgement(
            subject=str(row["id"]), verdict="corrected", by="Ada", field="category",
            before=str(row["category"]), after="civilian",
        )  # fmt: skip
        judge(ledger, other)
        (still,) = ledger_rows(ledger, "figures")
        assert (still["contested"], still["left_out"]) == (["outcome"], True)
        judge(ledger, Judgement(subject=str(row["id"]), verdict="accepted", by="Ada"))
        (settled,) = ledger_rows(ledger, "figures")
        assert (settled["contested"], settled["left_out"]) == ([], False)
    alike = read_twice(TEXT, figures=[figure(2, "23", 23, "lost")])
    (agreed,) = reading_rows(alike, "figures")
    assert (agreed["contested"], agreed["left_out"]) == ([], False)
    assert second_of(alike).reader in agreed["read_by"]  # type: ignore[operator]  # a list


def test_proposals_signature_names_the_second_reader_and_no_key(read_twice: ReadTwice) -> None:
    signature = read_twice(TEXT).signature
    assert signature["second-reader"].startswith("tiny at 127.0.0.1")
    assert signature["second-reader/policy"] == "contest"
    assert len(signature["second-reader/prompt"]) == 12
