"""Ceasefires: each one's life as told, who alleges a breach, and the count by broker."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterclaim.desk.corrections import corrected_page, is_left_out
from counterclaim.records.claim import Ceasefire
from counterclaim.records.filed import Entry
from counterclaim.records.query import ClaimQuery
from counterclaim.serve.asking import AfterAsked, KnownAsked, LedgerAsked, Words
from counterclaim.serve.quoting import quote_entries
from counterclaim.serve.rendering import names, render

router = APIRouter()

MOST = 60
"""Claims of one page: ceasefires are few, and each is told of often."""


@dataclass(frozen=True, slots=True)
class State:
    """One told state of a ceasefire."""

    entry: Entry
    payload: Ceasefire

    @property
    def day(self) -> date:
        """The day it took effect; the day it was known, where none is told."""
        told = self.payload.effective.start if self.payload.effective is not None else None
        return told or self.entry.known_on


@dataclass(frozen=True, slots=True)
class Life:
    """One ceasefire: the states told of it, by day."""

    incident_id: str | None
    parties: str
    brokers: str
    states: tuple[State, ...]
    breaches: tuple[tuple[str, int], ...]
    """Who alleges a breach, and how often."""


@router.get("/ceasefires", response_class=HTMLResponse)
def ceasefires(
    request: Request, ledger: LedgerAsked, known: KnownAsked, after: AfterAsked, party: Words = ""
) -> HTMLResponse:
    """Show ceasefires, the latest first, and count the agreements by broker."""
    query = ClaimQuery(kind="ceasefire", party=party or None)
    page = corrected_page(ledger, query, known=known, limit=MOST, after=after)
    states = list(_states(page.rows))
    return render(
        request,
        "ceasefires.html",
        lives=lives([item for item in states if not item.payload.background]),
        earlier=[item for item in states if item.payload.background],
        brokers=count_brokers(states),
        quoted=quote_entries(ledger, page.rows),
        known=known,
        party=party,
        next=page.next,
        after=after,
    )


def _states(entries: Iterable[Entry]) -> Iterable[State]:
    for entry in entries:
        if isinstance(entry.claim.payload, Ceasefire):
            yield State(entry, entry.claim.payload)


def lives(states: Sequence[State]) -> list[Life]:
    """Group states into ceasefires by their incident, the latest first."""
    groups: dict[str, list[State]] = {}
    for item in states:
        groups.setdefault(item.entry.incident_id or item.entry.claim.id, []).append(item)
    found = [_life(sorted(group, key=lambda item: item.day)) for group in groups.values()]
    return sorted(found, key=lambda life: life.states[-1].day, reverse=True)


def _life(states: Sequence[State]) -> Life:
    told = [item for item in states if not is_left_out(item.entry)] or states
    alleged = Counter(str(who) for item in told for who in item.payload.breach_alleged_by)
    return Life(
        states[0].entry.incident_id,
        _joined(item.payload.parties for item in told),
        _joined(item.payload.brokers for item in told),
        tuple(states),
        tuple(alleged.most_common()),
    )


def _joined(groups: Iterable[tuple[object, ...]]) -> str:
    return " and ".join(dict.fromkeys(str(party) for group in groups for party in group))


def count_brokers(states: Sequence[State]) -> list[tuple[str, int]]:
    """Count agreements by broker: each day and broker once, however many tell of it.

    Where one telling of a ceasefire names its broker, those that name nobody are not counted beside it.
    """
    agreed: dict[str, set[tuple[str, date]]] = {}
    for item in states:
        if (
            item.payload.status == "agreed"
            and not item.payload.background
            and not is_left_out(item.entry)
        ):
            home = item.entry.incident_id or item.entry.claim.id
            agreed.setdefault(home, set()).add((names(item.payload.brokers), item.day))
    found: Counter[str] = Counter()
    for told in agreed.values():
        named = {pair for pair in told if pair[0]}
        found.update(broker or "nobody named" for broker, _ in named or told)
    return found.most_common()
