"""Told: how many outlets carry an incident or a number of the ledger, and from how many origins they have it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from counterclaim.ledger import Ledger
from counterclaim.link import Wires, find_wires, tell_origins
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.ledger_rows import Entry, IncidentView
from counterclaim.records.link import Told
from counterclaim.records.text import Document


def incident_told(ledger: Ledger, view: IncidentView) -> Told:
    """Say by how many outlets an incident is told, and from how many origins."""
    claims = [entry.claim for entry in view.entries]
    documents, wires = hands_of(ledger, claims, one_matter=True)
    told = [claim for claim in claims if claim.document_id in documents]
    return tell_origins(told, documents, wires, ledger.carriers.outlets(list(documents)))


def hands_of(
    ledger: Ledger, claims: Iterable[Claim], *, one_matter: bool = False
) -> tuple[dict[str, Document], Wires]:
    """Return the reports that carry some claims, and which of them are by one hand."""
    documents = ledger.carriers.documents([claim.document_id for claim in claims])
    return documents, find_wires(documents.values(), one_matter=one_matter)


def hands_behind(ledger: Ledger, entries: Sequence[Entry]) -> tuple[Wires, Mapping[str, Document]]:
    """Return which reports are by one hand, of those that give a number that another one gives too."""
    givers: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for entry in entries:
        payload = entry.claim.payload
        if isinstance(payload, Casualty):
            count = payload.count
            givers[payload.outcome, count.low, count.high].add(entry.claim.document_id)
    shared = sorted({name for names in givers.values() if len(names) > 1 for name in names})
    documents = ledger.carriers.documents(shared)
    return find_wires(documents.values()), documents


def hand_names(wires: Wires, documents: Iterable[str]) -> dict[str, str]:
    """Name each report's hand by the first report that it printed."""
    return {name: wires.copies_of(name)[0] for name in documents}


def number_told(entries: Sequence[Entry], wires: Wires) -> Told:
    """Say by how many outlets one number is told, and from how many origins.

    Args:
        entries: The claims that give the number.
        wires: Of the account, as ``hands_behind`` gives them.
    """
    claims = [entry.claim for entry in entries]
    documents = {
        entry.claim.document_id: Document(
            text=entry.claim.document_id,
            name=entry.document_name,
            outlet=entry.outlet,
            published=entry.published,
        )
        for entry in entries
    }
    return tell_origins(claims, documents, wires)
