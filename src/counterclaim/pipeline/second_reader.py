"""The second reader at work: asked about one document, its proposals grounded, met with the first's."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from counterclaim.check import Material, check_incidents
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.proposals import (
    Asker,
    Estimate,
    SecondReaderError,
    SecondReaderSettings,
    Wishes,
    choose_second_reader,
    estimate,
    ground,
    meet_figures,
    meet_speech,
)
from counterclaim.proposals.ask import Asked, digest
from counterclaim.proposals.chunks import Numbered
from counterclaim.proposals.figures import Ground, is_contested
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.mention import Resolution
from counterclaim.records.problem import Problem
from counterclaim.records.proposal import (
    Contest,
    Dropped,
    Policy,
    Proposed,
    SecondReading,
    contested_fields,
)
from counterclaim.records.shown import shown
from counterclaim.records.text import Document
from counterclaim.syntax.sentence import Sentence

Announce = Callable[[Document, Estimate], object]
"""Told what asking about a document may cost, before anything is sent."""


@dataclass(frozen=True, slots=True)
class Second:
    """A second reader, ready to be asked."""

    asker: Asker
    announce: Announce = lambda _document, _estimate: None


def with_second_reader(
    tools: Tools,
    settings: SecondReaderSettings,
    announce: Announce = lambda _document, _estimate: None,
    asker: Asker | None = None,
) -> Tools:
    """Return tools that ask a second reader too. The text of every report read with them is sent to it.

    Args:
        tools: The first reader's.
        settings: Which second reader, with which budget and policy.
        announce: Told of the cost before each document is sent.
        asker: One that is at work already; None for a new one.
    """
    signature: Mapping[str, str] = MappingProxyType(
        {
            **tools.signature,
            "second-reader": settings.name,
            "second-reader/policy": settings.policy,
            "second-reader/prompt": digest(),
        }
    )
    return replace(tools, signature=signature, second=Second(asker or Asker(settings), announce))


def second_reader(
    url: str | None = None,
    model: str | None = None,
    *,
    policy: Policy | None = None,
    most_calls: int | None = None,
    most_tokens: int | None = None,
    key_file: Path | None = None,
    fresh: bool = False,
    tools: Tools | None = None,
) -> Tools:
    """Return tools for ``read`` and ``read_many`` by which a language model reads beside, and may only point at words.

    The text of every report read with them, without readers' comments, is sent to the endpoint; a line on standard
    error says so.

    Args:
        url: The OpenAI-compatible endpoint, up to and including its ``/v1``; else the one of the environment's
            ``COUNTERCLAIM_SECOND_READER``, else that of the settings file (docs/second-reader.md).
        model: Its model's name; else the one that stands beside the endpoint.
        policy: What holds where the two readers differ: ``contest``, ``first-wins``,
            ``second-wins-when-grounded`` or ``agreed-only``. ``contest``, unless the settings say otherwise.
        most_calls: The most requests, over all reports read with these tools: 200, unless the settings say otherwise.
        most_tokens: The most tokens, in and out together: 500,000, unless the settings say otherwise.
        key_file: File with the endpoint's key, readable by you alone; else the environment's
            ``COUNTERCLAIM_SECOND_READER_KEY``.
        fresh: Ask anew, whatever replies are kept.
        tools: The first reader's; the default ones, if none are given.

    Raises:
        SecondReaderError: If it cannot be used as it is set; the message says what to do.

    Example:
        >>> both = second_reader("http://127.0.0.1:8080/v1", "NAME")  # doctest: +SKIP
        >>> reading = read("Ardenia denied that it had shelled Ost.", tools=both)  # doctest: +SKIP
        >>> reading.second.agreed  # doctest: +SKIP
    """
    given = Wishes(
        url=url,
        model=model,
        policy=policy,
        calls=most_calls,
        tokens=most_tokens,
        key_file=key_file,
    )
    settings = choose_second_reader(given, fresh=fresh)
    if settings is None:
        raise SecondReaderError("no second reader is named: give its address and its model's name")
    sys.stderr.write(f"{shown(settings.sending)}\n")
    return with_second_reader(tools or load_tools(), settings)


def number_sentences(sentences: Sequence[Sentence]) -> tuple[Numbered, ...]:
    """Number the sentences that the second reader is asked about: the report's, headlines left out."""
    told = [item for item in sentences if item.passage.kind != "headline"]
    return tuple(
        Numbered(number, item.span, item.passage.span) for number, item in enumerate(told, 1)
    )


class Sitting:
    """The second reader over one document.

    Args:
        second: Whom to ask.
        document: The document.
        sentences: Of its report, parsed.
        resolution: Of the same sentences.
    """

    def __init__(
        self,
        second: Second,
        document: Document,
        sentences: Sequence[Sentence],
        resolution: Resolution,
    ) -> None:
        self._settings = second.asker.settings
        self._document = document
        self._resolution = resolution
        self._sentences = number_sentences(sentences)
        if self._sentences:
            second.announce(document, estimate(self._settings, [self._sentences]))
        self._asked: Asked = second.asker.ask(document, self._sentences)
        proposed, dropped = ground(document, self._sentences, resolution, self._asked.proposals)
        self._proposed: tuple[Proposed, ...] = proposed
        self._dropped: tuple[Dropped, ...] = dropped
        self._attributions: tuple[Attribution, ...] = ()
        self._contests: tuple[Contest, ...] = ()
        self._agreed: tuple[str, ...] = ()
        self._added: tuple[str, ...] = ()

    def meet_speech(self, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
        """Return the attributions of both readers."""
        met = meet_speech(
            self._document,
            self._resolution,
            attributions,
            self._proposed,
            reader=self._settings.name,
            policy=self._settings.policy,
        )
        self._attributions = met.attributions
        self._contests, self._agreed, self._added = met.contests, met.agreed, met.added
        self._dropped = (*self._dropped, *met.dropped)
        return met.attributions

    def meet_claims(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the claims of both readers; called after ``meet_speech``."""
        met = meet_figures(
            Ground(self._document, self._sentences, self._resolution, self._attributions),
            claims,
            self._proposed,
            reader=self._settings.name,
            policy=self._settings.policy,
        )
        self._contests = (*self._contests, *met.contests)
        self._agreed = (*self._agreed, *met.agreed)
        self._added = (*self._added, *met.added)
        return met.claims

    def close(self) -> SecondReading:
        """Return what the second reader made of the document."""
        return SecondReading(
            reader=self._settings.name,
            policy=self._settings.policy,
            proposed=self._proposed,
            dropped=self._dropped,
            contests=self._contests,
            agreed=self._agreed,
            added=self._added,
            cost=self._asked.cost,
            unread=self._asked.unread,
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return what a reader of the ledger must know: what went unread, was dropped, is contested."""
        reading = self.close()
        found = []
        if reading.unread:
            why = "; ".join(self._asked.reasons)
            told = f"{reading.unread} of the report's stretches: {why}; the first reader read them alone"
            found.append(Problem("second-reader-unread", f"the second reader did not read {told}"))
        if reading.dropped:
            counts = ", ".join(f"{number} {reason}" for reason, number in reading.drops.items())
            found.append(
                Problem(
                    "second-reader-dropped",
                    f"{len(reading.dropped)} proposals of the second reader are not words of the "
                    f"text as they should be, and were dropped: {counts}",
                )
            )
        found += [
            Problem(
                "contested-between-readers",
                f"the first reader has the {item.field} {item.first!r}, the second {item.second!r}; "
                "it is not counted until a person decides",
                item.span,
            )
            for item in reading.contests
            if item.holds == "neither"
        ]
        return tuple(found)


def counted(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims that count: those of which the readers contest no field."""
    return tuple(claim for claim in claims if not is_contested(claim))


def check_counted(incidents: Sequence[Incident], material: Material) -> tuple[Finding, ...]:
    """Check incidents without the claims and bare denials that are contested between readers.

    Args:
        incidents: Of all claims; their findings bear their ids.
        material: Of all claims.
    """
    sayings = [item for item in material.attributions if not contested_fields(item.trace)]
    material = replace(material, attributions=sayings)
    kept = {claim.id: claim for claim in counted(tuple(material.claims.values()))}
    if len(kept) == len(material.claims):
        return check_incidents(incidents, material)
    parts: dict[str, str] = {}
    left: list[Incident] = []
    for incident in incidents:
        names = tuple(name for name in incident.claim_ids if name in kept)
        part = incident if names == incident.claim_ids else replace(incident, claim_ids=names)
        if names:
            parts[part.id] = incident.id
            left.append(part)
    found = check_incidents(left, replace(material, claims=kept))
    return tuple(replace(item, incident_id=parts[item.incident_id]) for item in found)
