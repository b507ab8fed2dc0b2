"""Finding: what was recorded from an instant on that a rule wants told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise, takewhile

from counterclaim.alerts.rules import AlertRule
from counterclaim.copies.prints import words_of
from counterclaim.ledger import Ledger
from counterclaim.ledger.columns import place_of, roles_of, roots
from counterclaim.link.text_features import STOP_WORDS
from counterclaim.records.alert import Matter
from counterclaim.records.claim import Casualty, Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.ledger_rows import Entry, every_row
from counterclaim.records.query import ClaimQuery, Known
from counterclaim.service.ceasefire_views import ledger_ceasefires
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.incident_list import brief_of
from counterclaim.service.versions import versions_of

PAGE = 200
_WEB = ("http://", "https://")
"""How an address begins that others can open; a file's own is nobody else's business."""
_DENIES = frozenset({"deny", "reject", "retract"})
_COUNTED = frozenset({"state", "confirm", "admit", "allege", "accuse", "correct"})
"""Stances under which a figure is put forward."""


def find_matters(
    ledger: Ledger, rule: AlertRule, since: datetime, until: datetime | None = None
) -> tuple[Matter, ...]:
    """Find what a rule wants told of what was recorded from an instant on, and still stands.

    Args:
        ledger: Where.
        rule: What is wanted.
        since: UTC.
        until: Only what was recorded before; up to now, where none is given.
    """
    find = {
        "figure": _figures,
        "denial": _denials,
        "ceasefire": _ceasefires,
        "revised": _revisions,
        "second side": _second_sides,
        "search": _hits,
    }[rule.kind]
    found = find(ledger, rule, since)
    return tuple(item for item in found if until is None or item.recorded_at < until.isoformat())


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What is new to a rule: recorded from an instant on, or of a report that somebody put into its project since."""

    since: datetime
    joined: frozenset[str]

    def __call__(self, entry: Entry) -> bool:
        return entry.recorded_at >= self.since or entry.claim.document_id in self.joined


def _fresh(ledger: Ledger, rule: AlertRule, since: datetime) -> _Fresh:
    if rule.project is None:
        return _Fresh(since, frozenset())
    return _Fresh(since, ledger.projects.joined_since(rule.project, since))


def _recent(ledger: Ledger, rule: AlertRule, query: ClaimQuery, since: datetime) -> list[Entry]:
    """Return the claims new from an instant on that count, the first filed first, as corrected."""
    known = Known(project=rule.project)

    def walk(query: ClaimQuery) -> Iterator[Entry]:
        return every_row(lambda after: ledger.claims(query, known=known, limit=PAGE, after=after))

    found = list(takewhile(lambda entry: entry.recorded_at >= since, walk(query)))
    held = {entry.claim.document_id for entry in found}
    for name in sorted(_fresh(ledger, rule, since).joined - held):
        found += walk(replace(query, document_id=name))
    kept = [as_corrected(entry) for entry in found if not is_left_out(entry)]
    kept.reverse()
    kept.sort(key=lambda entry: entry.recorded_at)
    return kept


def _matter(
    ledger: Ledger, rule: AlertRule, entry: Entry, base: str, headline: str, *, gist: str = ""
) -> Matter:
    claim = entry.claim
    text = ledger.texts([claim.document_id]).get(claim.document_id, "")
    place = place_of(claim)
    return Matter(
        rule=rule.name,
        base=base,
        day=entry.known_on,
        place="" if place is None else place.name,
        gist=gist,
        headline=headline,
        words=" ".join(text[claim.sentence.start : claim.sentence.end].split()),
        who=roots(claim.speakers) or "the report",
        outlet=entry.outlet or "",
        title=entry.document_title or "",
        address=entry.document_name if entry.document_name.startswith(_WEB) else "",
        document_id=claim.document_id,
        claim_id=claim.id,
        incident_id=entry.incident_id,
        recorded_at=entry.recorded_at.isoformat(),
    )


def _gist(words: str) -> str:
    return " ".join(sorted({word for word in words_of(words) if word not in STOP_WORDS}))


def _wanted(rule: AlertRule, payload: Casualty) -> bool:
    side, outcome, category = rule.words("side"), rule.words("outcome"), rule.words("category")
    return (
        not payload.background
        and (side is None or any(party.root == side and counts(party) for party in payload.side))
        and (outcome is None or payload.outcome == outcome)
        and (category is None or payload.category == category)
        and (payload.count.low or payload.count.high or 0) >= rule.number("at least")
    )


def _figures(ledger: Ledger, rule: AlertRule, since: datetime) -> Iterator[Matter]:
    for entry in _recent(ledger, rule, ClaimQuery(kind="casualty"), since):
        payload = entry.claim.payload
        if not isinstance(payload, Casualty) or not _wanted(rule, payload):
            continue
        if entry.claim.stance not in _COUNTED:
            continue
        side = roots(payload.side)
        count = payload.count
        base = f"figure|{side}|{payload.outcome}|{count.low}|{count.high}|{count.qualifier}"
        by = roots(entry.claim.speakers) or entry.outlet or "the report"
        told = f"{count} {payload.outcome}{_of(payload)}, says {by}"
        yield _matter(ledger, rule, entry, base, told)


def _denials(ledger: Ledger, rule: AlertRule, since: datetime) -> Iterator[Matter]:
    asked = _gist(rule.words("words") or "").split()
    incidents = {str(name) for name in rule.about.get("incidents", ())}
    for entry in _recent(ledger, rule, ClaimQuery(), since):
        claim = entry.claim
        denied = isinstance(claim.payload, Event) and claim.payload.telling == "denied"
        if not denied and claim.stance not in _DENIES:
            continue
        party = rule.words("party")
        if party is not None and all(root != party for root, _ in roles_of(claim)):
            continue
        if incidents and entry.incident_id not in incidents:
            continue
        by = roots(claim.speakers) or "somebody who is not named"
        base = f"denial|{by}"
        matter = _matter(
            ledger,
            rule,
            entry,
            base,
            f"{by} denies: {_short(claim.quote)}",
            gist=_gist(claim.quote),
        )
        if set(asked) <= set(words_of(f"{matter.words} {claim.quote}")):
            yield matter


def _ceasefires(ledger: Ledger, rule: AlertRule, since: datetime) -> Iterator[Matter]:
    found = ledger_ceasefires(ledger, rule.words("party"), known=Known(project=rule.project))
    is_fresh = _fresh(ledger, rule, since)
    for life in found.lives:
        bound = " and ".join(life.parties) or "parties not told"
        for change in life.changes:
            entries = [found.entries[name] for name in change.claim_ids if name in found.entries]
            entry = min(entries, key=lambda item: item.recorded_at, default=None)
            if entry is not None and is_fresh(entry):
                base = f"ceasefire|{bound}|{change.state}"
                yield _matter(ledger, rule, entry, base, f"ceasefire of {bound}: {change.state}")
        for breach in life.breaches:
            entry = found.entries.get(breach.claim_id)
            if entry is not None and is_fresh(entry):
                accused = " and ".join(breach.accused)
                against = f" by {accused}" if accused else ""
                base = f"breach|{bound}|{breach.alleged_by}|{accused}"
                told = f"ceasefire of {bound}: said to be broken{against}, by {breach.alleged_by}"
                yield _matter(ledger, rule, entry, base, told)


def _revisions(ledger: Ledger, rule: AlertRule, since: datetime) -> Iterator[Matter]:
    """Compare a figure with the one that the same reporter gave before, of the same loss."""
    query, known = ClaimQuery(kind="casualty"), Known(project=rule.project)
    every = every_row(lambda after: ledger.claims(query, known=known, limit=PAGE, after=after))
    kept = [as_corrected(entry) for entry in every if not is_left_out(entry)][::-1]
    is_fresh = _fresh(ledger, rule, since)
    yield from _edited(ledger, rule, [entry for entry in kept if is_fresh(entry)])
    series: dict[tuple[object, ...], list[Entry]] = {}
    for entry in sorted(kept, key=lambda item: (item.known_on, item.recorded_at)):
        payload = entry.claim.payload
        if (
            isinstance(payload, Casualty)
            and payload.part_of is None
            and payload.count.low is not None
            and entry.claim.stance in _COUNTED
            and _wanted(rule, payload)
        ):
            incident = entry.incident_id if payload.measure in {"incident", "new"} else None
            if payload.measure in {"incident", "new"} and incident is None:
                continue
            key = (
                roots(payload.side),
                payload.outcome,
                payload.category,
                payload.subgroup,
                payload.measure,
                roots(entry.claim.speakers),
                incident,
            )
            series.setdefault(key, []).append(entry)
    for rows in series.values():
        for before, entry in pairwise(rows):
            if is_fresh(entry) or is_fresh(before):
                yield from _revised(ledger, rule, _low(before.claim), entry)


def _edited(ledger: Ledger, rule: AlertRule, fresh: Sequence[Entry]) -> Iterator[Matter]:
    """Compare the figures of a text with those of the one that stood at its address before."""
    by_address: dict[str, dict[str, Entry]] = {}
    for entry in fresh:
        by_address.setdefault(entry.document_name, {})[entry.claim.id] = entry
    for address, entries in by_address.items():
        if len(ledger.carriers.at(address)) < 2:
            continue
        changes = (change for version in versions_of(ledger, address) for change in version.changes)
        for change in changes:
            if change.before is None or change.after is None or change.after.id not in entries:
                continue
            entry = entries[change.after.id]
            payload = entry.claim.payload
            is_counted = entry.claim.stance in _COUNTED
            if isinstance(payload, Casualty) and is_counted and _wanted(rule, payload):
                yield from _revised(ledger, rule, _low(change.before), entry)


def _revised(ledger: Ledger, rule: AlertRule, old: int, entry: Entry) -> Iterator[Matter]:
    """Yield what is to be told where a figure is another by more than the rule asks."""
    new, payload = _low(entry.claim), entry.claim.payload
    assert isinstance(payload, Casualty)
    if abs(new - old) <= rule.number("by more than"):
        return
    by, side = roots(entry.claim.speakers), roots(payload.side)
    base = f"revised|{side}|{payload.outcome}|{payload.category}|{by}|{old}|{new}"
    told = f"{payload.outcome}{_of(payload)}: {old:,} became {new:,}"
    yield _matter(ledger, rule, entry, base, told)


def _of(payload: Casualty) -> str:
    """Return whose loss it is, in words; what is inferred alone is not told."""
    side = roots(tuple(party for party in payload.side if counts(party)))
    return f" of {side}" if side else ""


def _low(claim: Claim) -> int:
    payload = claim.payload
    return (payload.count.low or 0) if isinstance(payload, Casualty) else 0


def _second_sides(ledger: Ledger, rule: AlertRule, since: datetime) -> Iterator[Matter]:
    query = ClaimQuery(kind=rule.words("kind"), party=rule.words("party"))
    is_fresh = _fresh(ledger, rule, since)
    last: dict[str, Entry] = {}
    for entry in _recent(ledger, rule, query, since):
        if entry.incident_id is not None:
            last[entry.incident_id] = entry
    for name, entry in last.items():
        view = ledger.incident(name)
        sides = {
            voice.party.root
            for finding in view.findings
            for voice in finding.voices
            if voice.party is not None
            and counts(voice)
            and voice.affirms is not None
            and voice.alignment in {"doer", "other side"}
        }
        earlier = [
            item
            for item in view.entries
            if item.recorded_at <= since and item.claim.document_id not in is_fresh.joined
        ]
        before = _speakers(earlier) & sides
        if len(sides) > 1 and len(before) < 2:
            told = f"{brief_of(view).title.what}: now {' and '.join(sorted(sides))} speak of it"
            yield _matter(ledger, rule, entry, f"second side|{name}", told)


def _speakers(entries: Sequence[Entry]) -> set[str]:
    return {party.root for entry in entries for party in entry.claim.speakers}


def _hits(ledger: Ledger, rule: AlertRule, since: datetime) -> Iterator[Matter]:
    words, known = rule.words("words") or "", Known(project=rule.project)
    every = every_row(lambda after: ledger.search(words, known=known, limit=PAGE, after=after))
    is_fresh = _fresh(ledger, rule, since)
    wanted = every if is_fresh.joined else takewhile(lambda hit: is_fresh(hit.entry), every)
    fresh = [hit for hit in wanted if is_fresh(hit.entry)]
    sentences: Mapping[tuple[str, int], Entry] = {
        (hit.entry.claim.document_id, hit.entry.claim.sentence.start): hit.entry
        for hit in fresh
        if not is_left_out(hit.entry)
    }
    for entry in reversed(list(sentences.values())):
        found = _matter(ledger, rule, entry, "search", "")
        by = roots(entry.claim.speakers) or entry.outlet or "the report"
        yield replace(found, headline=f"{by}: {_short(found.words)}", gist=_gist(found.words))


def _short(words: str, limit: int = 140) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 2].rsplit(' ', 1)[0]} …"
