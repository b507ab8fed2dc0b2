"""Denials: which allegations a denial covers that stands elsewhere.

Source: docs/codebook/statuses.md, the scope of a denial.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim, Event
from counterclaim.records.finding import Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time, bounds

ANSWER_DAYS = 7
"""Days within which a denial in another report can be an answer."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the checking of events shares."""

    denials: Sequence[Claim]
    sides: Sequence[Party]
    answered: Mapping[str, Attribution]
    published: date | None
    days: Mapping[str, date]


def event_of(claim: Claim) -> Event:
    """Give the event that a claim tells of."""
    assert isinstance(claim.payload, Event)
    return claim.payload


def covering(
    told: Sequence[Claim], setting: Setting, actors: Sequence[Party], own: Sequence[Claim]
) -> Iterator[Voice]:
    """Give the denials that cover an allegation though they stand elsewhere.

    A denial of a general act covers a specific allegation when the denier is its doer, the place
    alleged lies inside the place denied, and the times overlap or are not told. A denial of a reason or
    a target covers nothing.
    """
    ids = {claim.id for claim in own}
    for denial in setting.denials:
        if denial.id in ids or not any(_is_near(denial, claim, setting.days) for claim in told):
            continue
        denied = event_of(denial)
        if not any(party.root == actor.root for party in denial.speakers for actor in actors):
            continue
        if any(
            _covers(denied, event_of(claim)) and _is_specific(denial, claim, setting)
            for claim in told
        ):
            for party in denial.speakers:
                yield Voice(
                    party=party,
                    alignment="doer",
                    affirms=False,
                    stance="deny",
                    claim_id=denial.id,
                    scope_inferred=True,
                )


def _is_near(denial: Claim, claim: Claim, days: Mapping[str, date]) -> bool:
    """Say whether two documents are near enough in time for one to answer the other."""
    first, second = days.get(denial.document_id), days.get(claim.document_id)
    if denial.document_id == claim.document_id or first is None or second is None:
        return denial.document_id == claim.document_id or not days
    return abs((first - second).days) <= ANSWER_DAYS


def _is_specific(denial: Claim, claim: Claim, setting: Setting) -> bool:
    """Say whether a denial is about enough to cover a telling among many documents.

    Within one document a denial without a place answers what the document tells. Among many it answers
    only charges of its own document: "we have not fired" of one morning is no answer to a month of war.
    """
    if not setting.days or event_of(denial).place is not None:
        return True
    is_charge = claim.stance in {"accuse", "allege"} or event_of(claim).telling == "alleged"
    return is_charge and denial.document_id == claim.document_id


def _covers(denied: Event, alleged: Event) -> bool:
    if denied.type != alleged.type:
        return False
    if (
        denied.actors
        and alleged.actors
        and not {party.root for party in denied.actors} & {party.root for party in alleged.actors}
    ):
        return False
    if (
        denied.recipients
        and alleged.recipients
        and not {party.root for party in denied.recipients}
        & {party.root for party in alleged.recipients}
    ):
        return False
    return _inside(alleged.place, denied.place) and _overlap(alleged.time, denied.time)


def _inside(inner: Place | None, outer: Place | None) -> bool:
    if outer is None:
        return True
    if inner is None:
        return False
    if inner.gazetteer_id is not None and inner.gazetteer_id == outer.gazetteer_id:
        return True
    return (
        outer.precision == "country"
        and outer.country is not None
        and inner.country == outer.country
    )


def _overlap(mine: Time | None, yours: Time | None) -> bool:
    if mine is None or yours is None:
        return True
    first, second = bounds(mine.value), bounds(yours.value)
    if None in first or None in second:
        return True
    return bool(first[0] <= second[1] and second[0] <= first[1])  # type: ignore[operator]  # None was ruled out
