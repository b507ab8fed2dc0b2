"""Our readings in the form of the neutral gold: other names, the same facts.

The guidelines beside the corpora say what each field means; what they name otherwise than we do is
named here, once.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Withheld
from counterclaim.records.count import Count
from counterclaim.records.evidence import Evidence, weakest
from counterclaim.records.finding import Finding
from counterclaim.records.party import Party
from counterclaim.records.reading import Reading
from counterclaim.records.text import Comment, Span

Row = dict[str, Any]

STANCES = {"withhold": "refuse_to_say", "correct": "state", "retract": "deny"}
KINDS = {"unspecified": "other"}
CATEGORIES = {"unknown": "unspecified", "paramilitary": "military"}
RELATIONS = {"self": "party", "enemy": "opponent", "third": "third_party", "narrator": "author"}
SCOPES = {"snapshot": "cumulative"}
CEASEFIRES = {"expired": "collapsed", "suspended": "collapsed"}
DONE = frozenset({"fact", "admitted", "alleged"})


def span(value: Span) -> list[int]:
    """Write a span as ``[start, end]``."""
    return [value.start, value.end]


def spans(values: Iterable[Span]) -> list[list[int]]:
    """Write spans as a list of ``[start, end]``."""
    return [span(value) for value in values]


def names(parties: Iterable[Party]) -> str | None:
    """Write parties in the gold's normal form, joined by `` & ``; None for nobody."""
    return " & ".join(map(with_owner, parties)) or None


def with_owner(party: Party) -> str:
    """Write a party under the owner that is suggested for it; it is marked as inferred beside."""
    if party.owner is None:
        return str(party)
    part = party.unit or party.root
    return party.owner if part.endswith("(unnamed)") else f"{party.owner}/{part}"


def event_names(parties: Iterable[Party]) -> str | None:
    """Write the parties of an event: unnamed people of no side are ``civilians`` or ``protesters``.

    The gold has nobody where the text says only "gunmen" or "militants".
    """
    found = []
    for party in parties:
        if party.root.endswith("(unnamed)"):
            if party.owner is not None:
                found.append(with_owner(party))
            continue
        generic = party.kind == "civilian" and party.root.removeprefix("civilian: ").islower()
        found.append(
            ("protesters" if "protest" in party.root else "civilians") if generic else str(party)
        )
    return " & ".join(dict.fromkeys(found)) or None


def grade(parties: Sequence[Party]) -> Evidence | None:
    """Write how the parties of a field are known: the weakest grade; None where the field is empty."""
    if any(party.owner is not None for party in parties):
        return "inferred"
    return weakest(parties) if parties else None


def bounds(count: Count) -> tuple[int | None, int | None]:
    """Write a count as the gold does: the number said, and on which side it is open."""
    match count.qualifier:
        case "at_least" | "vague":
            return count.said, None
        case "at_most":
            return None, count.said
        case "about":
            return count.said, count.said
        case _:
            return count.low, count.high


def ledger_row(reading: Reading) -> Row:
    """Write a whole reading."""
    return {
        "casualties": [
            _casualty(reading, claim)
            for claim in reading.claims
            if isinstance(claim.payload, Casualty)
        ],
        "undisclosed": [
            _withheld(reading, claim)
            for claim in reading.claims
            if isinstance(claim.payload, Withheld)
        ],
        "claims": _claims(reading),
        "events": _events(reading),
        "ceasefires": _ceasefires(reading),
        "comments": [_comment(comment) for comment in reading.comments],
        "regions": {"report": span(reading.division.report)},
        "parties": _roles(reading),
        "findings": [_finding(reading, finding) for finding in reading.findings],
    }


def _roles(reading: Reading) -> list[Row]:
    """Write the sides of the conflict as A, B, ..."""
    letters = "ABCDEFGHIJKL"
    return [
        {"party": str(party), "side": letters[min(index, len(letters) - 1)]}
        for index, party in enumerate(reading.sides)
    ]


def _finding(reading: Reading, finding: Finding) -> Row:
    spans_of = {
        item.id: item.content[0] if item.content else item.cue for item in reading.attributions
    }
    spans_of |= {claim.id: claim.span for claim in reading.claims}
    return {
        "status": finding.status,
        "rule": finding.rule,
        "slot": finding.slot,
        "proposition": finding.proposition,
        "voices": [
            {
                "party": str(voice.party) if voice.party else None,
                "alignment": voice.alignment,
                "affirms": voice.affirms,
                "span": span(spans_of[voice.claim_id]) if voice.claim_id in spans_of else None,
                "evidence": voice.party.evidence if voice.party else None,
            }
            for voice in finding.voices
        ],
    }


def _claims(reading: Reading) -> list[Row]:
    return [
        {
            "speaker": item.speaker_name or "-",
            "cue": reading.document.words(item.cue),
            "stance": STANCES.get(item.stance, item.stance),
            "speaker_evidence": grade(item.speakers),
            "target": names(item.targets),
            "target_evidence": grade(item.targets),
            "via": names(item.via),
            "span": _one_span(item),
            "speaker_span": span(item.speaker_span) if item.speaker_span else None,
            "cue_span": span(item.cue),
        }
        for item in reading.attributions
        if item.is_claim
    ]


def _one_span(item: Attribution) -> list[int] | None:
    """Write a content in several parts as the gold does: of a quotation the first, else the longest."""
    if not item.content:
        return None
    return span(item.content[0] if item.quotation != "indirect" else max(item.content, key=len))


def _casualty(reading: Reading, claim: Claim) -> Row:
    payload = claim.payload
    assert isinstance(payload, Casualty)
    low, high = bounds(payload.count)
    document = reading.document
    return {
        "value_low": low,
        "value_high": high,
        "qual": payload.count.qualifier,
        "kind": KINDS.get(payload.outcome, payload.outcome),
        "category": CATEGORIES.get(payload.category, payload.category),
        "subgroup": payload.subgroup,
        "victim_side": names(
            party for party in payload.side if party.owner or not party.root.endswith("(unnamed)")
        ),
        "victim_side_evidence": grade(payload.side),
        "place": payload.place.name if payload.place else None,
        "scope": SCOPES.get(payload.measure, payload.measure),
        "since": document.words(payload.since) if payload.since else None,
        "period": document.words(payload.period.span)
        if payload.period and payload.period.span
        else None,
        "as_of": document.words(payload.as_of.span)
        if payload.as_of and payload.as_of.span
        else None,
        "reported_by": names(claim.speakers),
        "reported_by_evidence": grade(claim.speakers),
        "attribution": RELATIONS[payload.relation],
        "background": payload.background,
        "quote": span(claim.span),
    }


def _withheld(reading: Reading, claim: Claim) -> Row:
    payload = claim.payload
    assert isinstance(payload, Withheld)
    what = reading.document.words(payload.what) if payload.what else None
    return {
        "party": names(payload.owners),
        "party_evidence": grade(payload.owners),
        "what": what,
        "span": span(claim.span),
    }


def _events(reading: Reading) -> list[Row]:
    """Write one row for each happening: the gold counts events, not mentions."""
    found: list[Row] = []
    for incident in reading.incidents:
        if incident.kind != "event":
            continue
        claims = [reading.claim_by_id[claim_id] for claim_id in incident.claim_ids]
        told = [
            (claim, claim.payload)
            for claim in claims
            if isinstance(claim.payload, Event) and claim.payload.telling in DONE
        ]
        if not told:
            continue
        claim, payload = told[0]
        actors = next((item.actors for _, item in told if item.actors), ())
        recipients = next((item.recipients for _, item in told if item.recipients), ())
        for one in (
            reading.inferred[claim.id] for claim, _ in told if claim.id in reading.inferred
        ):
            actors, recipients = actors or one.actors, recipients or one.recipients
            if one.actors and all(party.root.endswith("(unnamed)") for party in actors):
                actors = one.actors
        place = next((item.place for _, item in told if item.place), None)
        found.append(
            {
                "type": payload.type,
                "mode": payload.modes[0] if payload.modes else None,
                "agent": event_names(actors),
                "agent_evidence": grade(actors),
                "target": event_names(recipients),
                "target_evidence": grade(recipients),
                "told": payload.telling,
                "by": names(claim.speakers),
                "place": place.name if place else None,
                "date_text": reading.document.words(payload.time.span)
                if payload.time and payload.time.span
                else None,
                "span": span(claim.span),
            }
        )
    return found


def _ceasefires(reading: Reading) -> list[Row]:
    """Write one row for each ceasefire and state told."""
    found: dict[tuple[str, frozenset[str]], Row] = {}
    for claim in reading.claims:
        payload = claim.payload
        if isinstance(payload, Ceasefire):
            status = CEASEFIRES.get(payload.status, payload.status)
            key = (status, frozenset(map(str, payload.parties)))
            found.setdefault(
                key,
                {
                    "broker": names(payload.brokers) or _announcer(claim, payload),
                    "parties": [str(party) for party in payload.parties],
                    "parties_evidence": grade(payload.parties),
                    "effective": payload.effective.value if payload.effective else None,
                    "status": status,
                    "violation_alleged_by": names(payload.breach_alleged_by),
                    "background": payload.background,
                    "span": span(claim.span),
                },
            )
    return list(found.values())


def _announcer(claim: Claim, payload: Ceasefire) -> str | None:
    """Return who calls for or offers one: the gold has it in the broker's place."""
    return names(claim.speakers) if payload.status in {"called for", "proposed"} else None


def _comment(comment: Comment) -> Row:
    return {
        "span": span(comment.span),
        "types": list(comment.types),
        "checkable": spans(comment.checkable),
        "verifiability": comment.verifiability,
        "boundary": comment.boundary,
        "reply_to": comment.reply_to,
    }
