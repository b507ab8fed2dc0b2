"""One linker, one check: more reports add voices and take none away, and what is judged can be taken back."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from counterclaim.cli.casualties import run_casualties
from counterclaim.export.accounts import account_json
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.finding import Finding
from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import FiledJudgement
from counterclaim.records.party import Party
from counterclaim.records.text import Document
from counterclaim.service.incident_view import build_incident_view
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import judge
from counterclaim.service.reviewing import merge, split

DAY = date(2020, 10, 14)


def told(name: str, text: str, day: date = DAY) -> Document:
    return Document(text=text, name=name, outlet=name, published=day)


AGREES = told(
    "Second",
    "Azerbaijan said on Wednesday that it had carried out airstrikes inside Armenia. Armenia’s defence ministry confirmed that positions inside Armenia were struck.",
)
BARDA = told(
    "Third",
    "Azerbaijan accused Armenian forces of shelling Barda on Wednesday. Armenia’s defence ministry rejected the accusation. Azerbaijan said 21 civilians were killed in Barda.",
)
BARDA_AGAIN = told(
    "Fourth",
    "Officials in Baku said Armenian forces shelled Barda on Wednesday. Azerbaijan said 21 civilians were killed in Barda on Wednesday.",
)
GANJA = told(
    "Fifth",
    "Azerbaijan accused Armenian forces of targeting Ganja on Wednesday. Armenia denied that it had fired inside Azerbaijan.",
)
GAZA = told(
    "Sixth",
    "Israel said on Tuesday that it had struck Rafah. Hamas confirmed that Rafah was hit by Israeli airstrikes. Hamas denied that it had fired rockets at Ashkelon.",
    date(2014, 8, 5),
)
REPORTS = (AGREES, BARDA, BARDA_AGAIN, GANJA, GAZA)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "kept.db"), create=True) as kept:
        yield kept


def file(ledger: Ledger, documents: Sequence[Document], tools: Tools) -> None:
    for document in documents:
        reading = read_document(document, tools=tools)
        ledger.post(reading, link_into_ledger(reading))


def stands(findings: Sequence[Finding]) -> set[tuple[str, bool | None]]:
    """Which side stands how, whoever carries it: an outlet's own voice may become that of a copy of its report."""
    return {
        ("outlet" if str(voice.party).startswith("media: ") else root(voice.party), voice.affirms)
        for finding in findings
        if finding.slot in {"occurred", "figure", "agreement"}
        for voice in finding.voices
    }


def root(party: Party | None) -> str:
    return "nobody" if party is None else party.root


def by_claim(ledger: Ledger) -> dict[str, set[tuple[str, bool | None]]]:
    return {
        claim_id: stands(view.findings)
        for card in ledger.incidents(limit=200).rows
        for view in [ledger.incident(card.id)]
        for claim_id in view.incident.claim_ids
    }


def state(ledger: Ledger) -> set[tuple[object, ...]]:
    """All that the ledger says now: which claims are one happening under which id, and how they stand."""
    return {
        (
            card.id,
            frozenset(view.incident.claim_ids),
            tuple(
                (item.slot, item.status, item.proposition, item.flags, frozenset(item.voices))
                for item in view.findings
            ),
        )
        for card in ledger.incidents(limit=200).rows
        for view in [ledger.incident(card.id)]
    }


@pytest.mark.parametrize("document", [demo_document(), *REPORTS], ids=lambda item: str(item.outlet))
def test_service_a_report_reads_the_same_alone_and_in_a_ledger(
    document: Document, ledger: Ledger, tools: Tools
) -> None:
    reading = read_document(document, tools=tools)
    ledger.post(reading, link_into_ledger(reading))
    kept = {
        frozenset(view.incident.claim_ids): view.findings
        for card in ledger.incidents(limit=200).rows
        for view in [ledger.incident(card.id)]
    }
    assert kept.keys() == {frozenset(item.claim_ids) for item in reading.incidents}
    by_incident = {item.id: frozenset(item.claim_ids) for item in reading.incidents}
    for finding in reading.findings:
        same = [
            item
            for item in kept[by_incident[finding.incident_id]]
            if (item.slot, item.proposition) == (finding.slot, finding.proposition)
        ]
        assert [(item.status, item.flags, item.voices) for item in same] == [
            (finding.status, finding.flags, finding.voices)
        ]


@pytest.mark.parametrize(
    "pair",
    list(permutations((demo_document(), *REPORTS), 2)),
    ids=lambda pair: "+".join(d.outlet or "" for d in pair),
)
def test_service_a_further_report_takes_no_voice_away(
    pair: tuple[Document, Document], ledger: Ledger, tools: Tools
) -> None:
    file(ledger, pair[:1], tools)
    before = by_claim(ledger)
    file(ledger, pair[1:], tools)
    after = by_claim(ledger)
    assert {name for name in before if not before[name] <= after[name]} == set()
    assert ledger.verify() == ()


def test_service_a_second_report_that_agrees_keeps_the_finding(
    ledger: Ledger, tools: Tools
) -> None:
    file(ledger, (demo_document(), AGREES), tools)
    struck = [
        slot.status
        for card in ledger.incidents().rows
        for slot in card.slots
        if slot.slot == "occurred" and "by Azerbaijan inside Armenia" in slot.proposition
    ]
    assert struck == ["agreed_by_both"]


def take_back(ledger: Ledger, made: Sequence[FiledJudgement]) -> None:
    for item in made:
        judge(ledger, Judgement(subject=item.judgement.id, verdict="withdrawn", by="Ada"))


@pytest.mark.parametrize("verdict", ["rejected", "accepted", "discounted"])
def test_service_a_judgement_taken_back_leaves_what_was(
    verdict: str, ledger: Ledger, tools: Tools
) -> None:
    file(ledger, (demo_document(), BARDA, BARDA_AGAIN, GANJA), tools)
    before = state(ledger)
    claims = [
        name
        for card in ledger.incidents(limit=200).rows
        for name in ledger.incident(card.id).incident.claim_ids
    ]
    for claim_id in claims[::3]:
        said = Judgement(subject=claim_id, verdict=verdict, by="Ada", reason="a try")  # type: ignore[arg-type]  # parametrised
        take_back(ledger, [judge(ledger, said)])
        assert state(ledger) == before


def test_service_a_denial_without_a_claim_outlives_a_correction(
    ledger: Ledger, tools: Tools
) -> None:
    file(ledger, (BARDA,), tools)
    [home] = [
        card.id
        for card in ledger.incidents().rows
        if any(item.slot == "occurred" and item.status == "denied" for item in card.slots)
    ]
    view = ledger.incident(home)
    assert [item.document_id for item in view.attributions] == [BARDA.id]
    sheet = build_incident_view(view, {BARDA.id: BARDA.text})
    [line] = [line for line in sheet.lines if line.finding.slot == "occurred"]
    [stand] = line.stands["Armenia"]
    assert (stand.affirms, stand.sentence) == (
        False,
        "Armenia’s defence ministry rejected the accusation.",
    )


def test_service_a_wider_denial_stands_in_its_partys_column(ledger: Ledger, tools: Tools) -> None:
    file(ledger, (GANJA,), tools)
    [home] = [
        card.id
        for card in ledger.incidents().rows
        if any(item.slot == "occurred" and item.status == "denied" for item in card.slots)
    ]
    sheet = build_incident_view(ledger.incident(home), {GANJA.id: GANJA.text})
    [line] = [line for line in sheet.lines if line.finding.slot == "occurred"]
    [stand] = line.stands["Armenia"]
    assert stand.scope_inferred
    assert stand.sentence == "Armenia denied that it had fired inside Azerbaijan."


def test_service_a_split_parts_what_was_asked_and_no_more(ledger: Ledger, tools: Tools) -> None:
    file(ledger, (demo_document(), BARDA, BARDA_AGAIN, AGREES), tools)
    before = state(ledger)
    for card in ledger.incidents(limit=200).rows:
        held = ledger.incident(card.id).incident.claim_ids
        if len(held) < 2:
            continue
        made = split(ledger, card.id, held[-1:], by="Ada", reason="two happenings")
        parts = {
            frozenset(ledger.incident(name).incident.claim_ids)
            for name in {ledger.claim(item).incident_id for item in held}
            if name is not None
        }
        assert parts == {frozenset(held[:-1]), frozenset(held[-1:])}
        take_back(ledger, made)
        assert state(ledger) == before


def test_service_a_merge_joins_whole_incidents_and_can_be_taken_back(
    ledger: Ledger, tools: Tools
) -> None:
    file(ledger, (demo_document(), BARDA, BARDA_AGAIN, AGREES, GANJA), tools)
    before = state(ledger)
    cards = [card for card in ledger.incidents(limit=200).rows if card.kind == "event"]
    for one, other in list(pairwise(cards))[:4]:
        both = {
            *ledger.incident(one.id).incident.claim_ids,
            *ledger.incident(other.id).incident.claim_ids,
        }
        made = merge(ledger, one.id, other.id, by="Ada", reason="one happening")
        homes = {ledger.claim(name).incident_id for name in both}
        assert len(homes) == 1
        [home] = homes
        assert home is not None
        assert set(ledger.incident(home).incident.claim_ids) == both
        take_back(ledger, [made])
        assert state(ledger) == before


def test_service_one_ledger_has_one_account(tmp_path: Path, tools: Tools) -> None:
    totals = told(
        "Seventh",
        "Azerbaijan said on Tuesday that 42 of its soldiers had been killed since 27 September. Azerbaijan said 1,200 of its soldiers had been killed since 12 July.",
    )
    address = str(tmp_path / "kept.db")
    with open_ledger(address, create=True) as ledger:
        file(ledger, (demo_document(), BARDA, totals), tools)
        shown = ledger_account(ledger).account
    assert len({series.key.epoch for series in shown.series}) > 1
    target = tmp_path / "account.json"
    run_casualties(
        [],
        [],
        published=None,
        known_on=None,
        format_="json",
        output=target,
        chart=None,
        title=None,
        ledger=address,
    )
    assert target.read_text("utf-8") == account_json(shown)
