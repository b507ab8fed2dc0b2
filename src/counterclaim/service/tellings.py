"""Tellings: the words on which an incident of a list opens, without its whole page.

Of a contradiction, who affirms and who denies; of a truce, its latest states; of all else, who tells it first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from counterclaim.ledger import Ledger
from counterclaim.records.claim import Ceasefire
from counterclaim.records.evidence import counts
from counterclaim.records.finding import Finding, Voice
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.list_facts import Gist, StatementFact
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.incident_view import sentence_around
from counterclaim.service.report_view import VERBS

MOST_OF_A_SIDE = 2
"""Voices for and voices against that a line opens on; the incident's page has all."""

MOST_TOLD = 3
"""States of a truce, the latest, or claims of anything else, the first."""

AGAINST = frozenset({"contested", "denied"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One voice's words."""

    speakers: tuple[Party, ...]
    """Empty where the report itself tells it."""
    did: str
    """``denies``, ``reports``; of a truce the state that is told: ``in force``."""
    is_state: bool = False
    """Whether it is a state of a truce, which is told by its speakers, and not what they do."""
    is_against: bool
    sentence: str
    document_id: str
    span: Span
    outlet: str
    day: date
    is_dated: bool
    """False where only the day on which the report was added is known."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is told, before its words are looked up: a claim, of another incident where it is wider; or a saying."""

    entry: Entry | None
    voice: Voice | None = None


@dataclass(slots=True)
class _Kept:
    """What was found out since a ledger's latest posting."""

    posting: int
    told: dict[str, tuple[Telling, ...]]


_open: "WeakKeyDictionary[Ledger, _Kept]" = WeakKeyDictionary()
_opening = Lock()


def tellings_of(ledger: Ledger, incident_ids: Sequence[str]) -> Mapping[str, tuple[Telling, ...]]:
    """Return the words on which some incidents open, by id; those not seen are left out.

    They are kept until the ledger changes. Threads may share them.
    """
    posting = ledger.last_posting()
    with _opening:
        kept = _open.get(ledger)
        if kept is None or kept.posting != posting:
            kept = _open[ledger] = _Kept(posting, {})
        told = dict(kept.told)
    missing = [name for name in dict.fromkeys(incident_ids) if name not in told]
    found = _find(ledger, missing) if missing else {}
    with _opening:
        kept.told.update(found)
    told.update(found)
    return {name: told[name] for name in incident_ids if name in told}


def _find(ledger: Ledger, incident_ids: Sequence[str]) -> dict[str, tuple[Telling, ...]]:
    chosen = {name: tuple(_choose(gist)) for name, gist in ledger.facts.gists(incident_ids).items()}
    elsewhere = [
        item.voice.claim_id
        for items in chosen.values()
        for item in items
        if item.entry is None and item.voice is not None
    ]
    wider = {entry.claim.id: as_corrected(entry) for entry in ledger.claims_by_id(elsewhere)}
    chosen = {
        name: tuple(
            _Chosen(wider.get(item.voice.claim_id), item.voice)
            if item.entry is None and item.voice is not None
            else item
            for item in items
        )
        for name, items in chosen.items()
    }
    every = [item for items in chosen.values() for item in items]
    sayings = ledger.facts.said_by_id([id_ for id_ in elsewhere if id_ not in wider])
    documents = {item.entry.claim.document_id for item in every if item.entry is not None}
    texts = ledger.texts(sorted(documents | {item.document_id for item in sayings.values()}))
    return {
        name: tuple(told for item in items if (told := _tell(item, sayings, texts)) is not None)
        for name, items in chosen.items()
    }


def _choose(gist: Gist) -> Iterator[_Chosen]:
    entries = [as_corrected(entry) for entry in gist.entries]
    standing = [entry for entry in entries if not is_left_out(entry)]
    against = [item for item in gist.findings if item.status in AGAINST]
    if against:
        yield from _both(against, {entry.claim.id: entry for entry in entries})
    elif any(isinstance(entry.claim.payload, Ceasefire) for entry in standing):
        yield from _states(standing)
    else:
        yield from (_Chosen(entry) for entry in _one_each(standing)[:MOST_TOLD])


def _both(findings: Sequence[Finding], entries: Mapping[str, Entry]) -> Iterator[_Chosen]:
    """Yield who affirms, then who denies, of the first question that is contradicted.

    Two numbers that cannot both hold are two findings on one question. Of several tellings of one origin
    the first is given.
    """
    asked = [item for item in findings if item.slot == findings[0].slot]
    for affirms in (True, False):
        told: dict[object, Voice] = {}
        for finding in asked:
            for voice in finding.voices:
                if voice.affirms is affirms and counts(voice):
                    key = (finding.proposition, voice.origin or voice.claim_id)
                    told.setdefault(key if finding.slot == "figure" else key[1], voice)
        for voice in [*told.values()][:MOST_OF_A_SIDE]:
            yield _Chosen(entries.get(voice.claim_id), voice)


def _states(entries: Sequence[Entry]) -> Iterator[_Chosen]:
    """Yield the latest telling of each of a truce's latest states, in the order in which they were told."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        if isinstance(entry.claim.payload, Ceasefire):
            latest.pop(entry.claim.payload.status, None)
            latest[entry.claim.payload.status] = entry
    yield from (_Chosen(entry) for entry in [*latest.values()][-MOST_TOLD:])


def _one_each(entries: Iterable[Entry]) -> list[Entry]:
    """Return the first claim of each speaker."""
    first: dict[object, Entry] = {}
    for entry in entries:
        first.setdefault(entry.claim.speakers or entry.outlet, entry)
    return [*first.values()]


def _tell(
    item: _Chosen, sayings: Mapping[str, StatementFact], texts: Mapping[str, str]
) -> Telling | None:
    entry, voice = item.entry, item.voice
    is_against = voice is not None and voice.affirms is False
    if entry is not None:
        claim = entry.claim
        stance = claim.stance if voice is None else voice.stance
        state = claim.payload.status if isinstance(claim.payload, Ceasefire) else None
        if voice is None and state is not None:
            did: str = state
        else:
            did = VERBS[stance] if claim.attribution_id is not None else "reports"
        text = texts[claim.document_id]
        return Telling(
            speakers=claim.speakers,
            did=did,
            is_state=voice is None and state is not None,
            is_against=is_against,
            sentence=_flat(text[claim.sentence.start : max(claim.sentence.end, claim.span.end)]),
            document_id=claim.document_id,
            span=claim.span,
            outlet=entry.outlet or entry.document_name,
            day=entry.known_on,
            is_dated=entry.published is not None,
        )
    said = None if voice is None else sayings.get(voice.claim_id)
    if said is None:
        return None
    spoken = said.attribution
    return Telling(
        speakers=spoken.speakers,
        did=VERBS[spoken.stance],
        is_against=is_against,
        sentence=_flat(sentence_around(spoken.cue, texts[said.document_id])),
        document_id=said.document_id,
        span=spoken.content[0] if spoken.content else spoken.cue,
        outlet=said.outlet,
        day=said.known_on,
        is_dated=said.is_dated,
    )


def _flat(words: str) -> str:
    return " ".join(words.split())
