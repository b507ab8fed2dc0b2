"""Gathering: what a site or a sheet shows, taken from a ledger at one moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import LedgerError
from counterclaim.records.ledger_rows import Entry, IncidentView, Stats, every_row
from counterclaim.records.query import EVERYTHING, IncidentQuery, Known
from counterclaim.service.corrections import is_left_out
from counterclaim.service.incident_view import IncidentSheet, build_incident_view
from counterclaim.service.ledger_account import KeptAccount, ledger_account
from counterclaim.service.ledger_service import view_incident

MOST_FIGURES = 20_000
"""Claims of one account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedIncident:
    """One incident laid out, with the ids by which it was known before."""

    view: IncidentView
    sheet: IncidentSheet
    former: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.view.card.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAccount:
    """The account of one side's losses, or of all."""

    name: str
    """``all``, or the side's root."""
    kept: KeptAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedContent:
    """All that is published, and the state of the ledger that it was taken from."""

    incidents: tuple[PublishedIncident, ...]
    accounts: tuple[PublishedAccount, ...]
    seal: str
    stats: Stats
    known: Known
    made_at: datetime
    read_by: tuple[str, ...]
    """What read the reports shown, in words."""
    outlets: tuple[str, ...]
    judgements: int
    """Decisions of people on what is shown."""

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return self.made_at.date()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every claim shown, each once."""
        found = {entry.claim.id: entry for item in self.incidents for entry in item.view.entries}
        for account in self.accounts:
            found |= account.kept.entries
        return tuple(found[name] for name in sorted(found))

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the reports that claims shown stand in."""
        return tuple(sorted({entry.claim.document_id for entry in self.entries}))


def choose_incidents(ledger: Ledger, query: IncidentQuery, *, known: Known) -> Iterator[str]:
    """Yield the ids of the incidents that fit, the latest changed first."""
    for card in every_row(
        lambda after: ledger.incidents(query, known=known, limit=500, after=after)
    ):
        yield card.id


def gather(
    ledger: Ledger,
    incidents: Sequence[str],
    accounts: Sequence[str],
    *,
    known: Known = EVERYTHING,
    made_at: datetime,
) -> PublishedContent:
    """Gather what was chosen.

    Args:
        ledger: Which.
        incidents: Ids. One that was merged or split away stands for where its claims are now.
        accounts: Roots of sides, or ``all``.
        known: As known on which day.
        made_at: Now.

    Raises:
        LedgerError: If an incident or an account is not there.
    """
    names = dict.fromkeys(name for given in incidents for name in led_on(ledger, given))
    shown = tuple(_incident(ledger, name, known) for name in names)
    drawn = tuple(_account(ledger, name, known) for name in accounts)
    entries = [entry for item in shown for entry in item.view.entries]
    entries += [entry for item in drawn for entry in item.kept.entries.values()]
    origins = ledger.provenance(sorted({entry.reading_id for entry in entries}))
    told = ("counterclaim", "parser", "model", "reader", "second-reader")
    read_by = {
        ", ".join(f"{name} {item.signature[name]}" for name in told if name in item.signature)
        for item in origins.values()
    }
    return PublishedContent(
        incidents=shown,
        accounts=drawn,
        seal=ledger.seal(),
        stats=ledger.stats(quick=True),
        known=known,
        made_at=made_at,
        read_by=tuple(sorted(read_by)),
        outlets=tuple(sorted({entry.outlet or entry.document_name for entry in entries})),
        judgements=len({filed.id for entry in entries for filed in entry.judgements}),
    )


def led_on(ledger: Ledger, incident_id: str) -> tuple[str, ...]:
    """Return the incidents that an id stands for: itself while it has claims, else those that have them now.

    Raises:
        UnknownRowError: If there never was one of the id.
    """
    view = ledger.incident(incident_id)
    return (incident_id,) if view.entries else ledger.lineage.heirs(incident_id) or (incident_id,)


def _incident(ledger: Ledger, name: str, known: Known) -> PublishedIncident:
    view = view_incident(ledger, name, known=known)
    documents = {entry.claim.document_id for entry in (*view.entries, *view.beside)}
    documents |= {item.document_id for item in view.attributions}
    sheet = build_incident_view(view, ledger.texts(sorted(documents)))
    return PublishedIncident(view=view, sheet=sheet, former=ledger.lineage.forebears(name))


def _account(ledger: Ledger, name: str, known: Known) -> PublishedAccount:
    side = None if name == "all" else name
    kept = ledger_account(ledger, side, known=known, limit=MOST_FIGURES)
    if not kept.entries:
        sides = ", ".join(row.root for row in ledger.figure_sides(limit=20))
        raise LedgerError(
            f"no figure is told of {name!r}: choose one of {sides or 'nobody yet'}, or all"
        )
    return PublishedAccount(name=name, kept=kept)


def left_out_of(gathered: PublishedContent) -> int:
    """Return how many claims shown were left out of every number by people."""
    return sum(is_left_out(entry) for entry in gathered.entries)
