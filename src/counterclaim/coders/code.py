"""Codes one document: every coder in its turn."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from counterclaim.coders.casualties.claims import code_casualties
from counterclaim.coders.casualties.labelled_counts import add_labelled
from counterclaim.coders.casualties.running_totals import add_running
from counterclaim.coders.ceasefires.claims import code_ceasefires
from counterclaim.coders.ceasefires.truce_heads import join_truces
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.claims import code_events
from counterclaim.coders.events.implied_participants import infer_participants
from counterclaim.coders.events.plover import code_plover
from counterclaim.coders.events.suggested_targets import suggest_targets
from counterclaim.coders.positions import code_positions
from counterclaim.coders.withheld import code_withheld
from counterclaim.coders.withheld_heads import join_withheld
from counterclaim.decode import Decoder
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event, Withheld
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.plover import Inferred, PloverEvent
from counterclaim.records.problem import Problem
from counterclaim.records.text import Document
from counterclaim.syntax.sentence import Sentence


def code_claims(
    document: Document,
    sentences: Sequence[Sentence],
    resolution: Resolution,
    attributions: Sequence[Attribution],
    against: Sequence[tuple[Party, Party]] = (),
    *,
    decoder: Decoder | None = None,
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Code a document's claims, in reading order.

    Args:
        document: The document.
        sentences: Of its report, parsed.
        resolution: Of the same sentences.
        attributions: Of the same sentences; thoughts among them, for positions.
        against: Who stands against whom on the day by the conflict file; none where there is none.
        decoder: What the reader's heads point at in the document; None to code by rules alone.

    Returns:
        Claims of all kinds, and the coders' problems.
    """
    setting = DocumentContext(document, sentences, resolution, attributions, decoder=decoder)
    events = code_events(setting)
    setting = replace(setting, fights=attack_pairs(events), against=tuple(against))
    casualties, problems = code_casualties(setting)
    casualties = add_running(setting, add_labelled(setting, casualties))
    withheld = join_withheld(setting, code_withheld(setting))
    claims = (
        *casualties,
        *(event for event in events if not _is_left_unsaid(document, event, withheld)),
        *join_truces(setting, code_ceasefires(setting)),
        *code_positions(setting),
        *withheld,
    )
    claims = suggest_targets(setting, claims)
    ordered = sorted(claims, key=lambda claim: (claim.span.start, claim.span.end, claim.kind))
    return tuple(ordered), problems


_ASKED = re.compile(
    r"\s*(?:on |about |of )?(?:how|whether|who|whom|when|where|why|if|what)\b", re.IGNORECASE
)


def _is_left_unsaid(document: Document, event: Claim, withheld: Sequence[Claim]) -> bool:
    """Return whether an event only stands in what nobody would say: "has not said **how many were killed**"."""
    return any(
        isinstance(claim.payload, Withheld)
        and claim.payload.what is not None
        and claim.payload.what.covers(event.span)
        and _ASKED.match(document.words(claim.payload.what)) is not None
        for claim in withheld
    )


def code_events_as_plover(
    document: Document,
    sentences: Sequence[Sentence],
    resolution: Resolution,
    attributions: Sequence[Attribution],
    *,
    claims: Sequence[Claim],
    against: Sequence[tuple[Party, Party]] = (),
) -> tuple[tuple[PloverEvent, ...], Mapping[str, Inferred]]:
    """Code a document's events in PLOVER's terms, and infer whom lone assaults are against.

    Args:
        document: The document.
        sentences: Of its report, parsed.
        resolution: Of the same sentences.
        attributions: Of the same sentences.
        claims: As ``code_claims`` gave them.
        against: Who stands against whom by the conflict file; none where there is none.

    Returns:
        Events in reading order; and by claim what is inferred.
    """
    setting = DocumentContext(document, sentences, resolution, attributions)
    fights = (*attack_pairs(claims), *against)
    return code_plover(setting, claims), infer_participants(claims, fights, attributions)


def attack_pairs(claims: Iterable[Claim]) -> tuple[tuple[Party, Party], ...]:
    """Return who is told to attack whom, for each event of force."""
    found: list[tuple[Party, Party]] = []
    for claim in claims:
        event = claim.payload
        if not isinstance(event, Event) or event.type != "ASSAULT":
            continue
        groups = (
            (event.actors, event.recipients)
            if event.recipients
            else (event.actors[:1], event.actors[1:])
        )
        found.extend(
            (left, right)
            for left in groups[0]
            for right in groups[1]
            if left.root != right.root
            and {left.kind, right.kind}.isdisjoint(
                {"civilian", "unknown", "media", "expert", "organisation"}
            )
        )
    return tuple(found)
