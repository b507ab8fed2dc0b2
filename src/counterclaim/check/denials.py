"""Denials: which allegations a denial covers that stands elsewhere.

Source: docs/codebook/statuses.md, the scope of a denial.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from counterclaim.check.voices import counted, event_of, roots
from counterclaim.records.claim import Claim, Event
from counterclaim.records.finding import Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time, bounds

ANSWER_DAYS = 7
"""Days within which a denial in another report can be an answer."""


def covering_denials(
    told: Sequence[Claim],
    denials: Sequence[Claim],
    days: Mapping[str, date],
    actors: Sequence[Party],
    own: Sequence[Claim],
) -> Iterator[Voice]:
    """Return the denials that cover an allegation though they stand elsewhere.

    A denial of a general act covers a specific allegation when the denier is its doer, the place
    alleged lies inside the place denied, and the times overlap or are not told. A denial of a reason or
    a target covers nothing. Within one report a denial without a place answers what the report tells;
    in another it must name a place: "we have not fired" of one morning is no answer to a month of war.

    Args:
        told: The tellings of an incident.
        denials: Those that may cover them.
        days: Of publication, by document id.
        actors: The doers that count.
        own: All claims of the incident: these are no denials from elsewhere.
    """
    ids = {claim.id for claim in own}
    doers = roots(actors)
    for denial in denials:
        deniers = [party for party in counted(denial.speakers) if party.root in doers]
        if denial.id in ids or not deniers:
            continue
        denied = event_of(denial)
        if any(
            _covers(denied, event_of(claim)) and _may_answer(denial, claim, days) for claim in told
        ):
            for party in deniers:
                yield Voice(
                    party=party,
                    alignment="doer",
                    affirms=False,
                    stance="deny",
                    claim_id=denial.id,
                    scope_inferred=True,
                    evidence=party.evidence,
                )


def _may_answer(denial: Claim, claim: Claim, days: Mapping[str, date]) -> bool:
    """Return whether a denial is of the same report, or names a place and is printed within days of it."""
    if denial.document_id == claim.document_id:
        return True
    first, second = days.get(denial.document_id), days.get(claim.document_id)
    if first is None or second is None or event_of(denial).place is None:
        return False
    return abs((first - second).days) <= ANSWER_DAYS


def _covers(denied: Event, alleged: Event) -> bool:
    if denied.type != alleged.type:
        return False
    for mine, yours in (
        (denied.actors, alleged.actors),
        (denied.recipients, alleged.recipients),
    ):
        if roots(mine) and roots(yours) and not roots(mine) & roots(yours):
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
