"""Told: how many outlets carry an incident or a number of the ledger, and from how many origins they have it."""

from collections.abc import Iterable, Mapping, Sequence

from counterclaim.ledger import Ledger
from counterclaim.link import Wires, find_wires, tell_origins
from counterclaim.reconcile.wires import sharing
from counterclaim.records.casualty_figure import Figure
from counterclaim.records.claim import Claim
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


def hands_behind(ledger: Ledger, figures: Iterable[Figure]) -> tuple[Wires, Mapping[str, Document]]:
    """Return which reports are by one hand, of those that give a number that another one gives too.

    Only these are compared with each other: a number that nobody else gives cannot be counted twice.
    """
    pairs = sharing(figures)
    documents = ledger.losses.documents(sorted({name for pair in pairs for name in pair}))
    near = [pair for pair in pairs if all(name in documents for name in pair)]
    return find_wires(documents.values(), among=near), documents


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
