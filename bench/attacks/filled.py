"""A ledger none of whose tables is empty, on either database."""

from datetime import UTC, date, datetime, timedelta

from counterclaim.ledger import Ledger
from counterclaim.pipeline.read import read_document
from counterclaim.records.alert import Matter
from counterclaim.records.feed import FeedState, Visit
from counterclaim.records.flat import FlatRow
from counterclaim.records.judgement import Judgement
from counterclaim.records.problem import Problem
from counterclaim.records.text import Document
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.withdrawing import restore_report, withdraw_report

TEXTS = (
    (
        "Ardenia admitted on Monday that it had shelled Varn. Kestria said 12 soldiers were killed and 30 wounded. "
        "Kestria has yet to disclose its civilian casualties.\n"
    ),
    (
        "Kestria's defence ministry denied that its forces had fired on Ost. Ardenia said 40 of its soldiers had "
        "been killed since the fighting began. Ardenia called on Kestria to respect the ceasefire.\n"
    ),
)
PROJECT = b"""
name = "The valley war"
epoch = 2031-05-01

[[party]]
name = "Ardenia"
side = "A"
kind = "state"

[[party]]
name = "Kestria"
side = "B"
kind = "state"
"""
PASSWORD = "correct horse battery"
ROWS: tuple[FlatRow, ...] = tuple(
    {"id": f"c-{number}", "kind": "event", "first_day": None, "last_day": None, "place": "Varn"}
    for number in range(3)
)


def fill(ledger: Ledger) -> None:
    """File something in every table."""
    first, second = (
        read_document(Document(text=text, published=date(2031, 5, 3 + 3 * n)))
        for n, text in enumerate(TEXTS)
    )
    ledger.post(first, link_into_ledger(first))
    ledger.people.add("Ada", "admin", PASSWORD, by="bench")
    ledger.people.add("Ben", "analyst", PASSWORD, by="Ada")
    ledger.people.log_in("Ada", PASSWORD, timedelta(hours=1))
    for number in range(3):
        ledger.people.note("Ada", "POST", f"/{number}", "303", "127.0.0.1")
    ledger.post(second, link_into_ledger(second))
    ledger.judge(Judgement(subject=first.claims[0].id, verdict="verified_visual", by="Ada"))
    ledger.note_problem("https://news.example/a", Problem("unreadable", "it cannot be read"))
    ledger.note_feed(
        FeedState(address="https://news.example/rss", etag="a", polled_at=datetime.now(UTC))
    )
    fill_beside(ledger, first.claims[0].id)
    ledger.people.note("Ada", "POST", "/last", "303", "127.0.0.1")


def fill_beside(ledger: Ledger, claim_id: str) -> None:
    """File what stands beside reports: a visit, a matter to be told, an import, a withdrawal, an erasure, a link, a project."""
    now = datetime.now(UTC)
    feed = "https://news.example/rss"
    ledger.visits.note(
        [Visit(address="https://news.example/a", feed=feed, first_at=now, next_at=now)]
    )
    matter = Matter(
        rule="losses",
        base="losses",
        day=date(2031, 5, 4),
        headline="12 killed in Varn",
        words="12 were killed.",
        document_id="d-1",
        claim_id=claim_id,
        recorded_at=now.isoformat(),
    )
    ledger.outbox.collect([matter], {}, now, {"losses": now})
    card, _ = ledger.imports.file("acled", "rows.csv", "0" * 64, ROWS, (), refused=0, by="Ada")
    ledger.imports.withdraw(card.id, by="Ada", reason="an older edition")
    name = ledger.claim(claim_id).claim.document_id
    withdraw_report(ledger, name, by="Ada", reason="added by mistake")
    restore_report(ledger, name, by="Ada", reason="it was none")
    ledger.erasures.erase(name, ["Varn"], by="Ada", reason="asked for")
    ledger.tickets.make(
        "share", by="Ada", lasts=timedelta(days=3), name="for the desk", path="/incidents"
    )
    ledger.projects.add("valley", PROJECT, by="Ada")
