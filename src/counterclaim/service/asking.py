"""Asking: how the words of a person become what is asked of a ledger, forgiving in spelling."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import get_args

from counterclaim.errors import CounterclaimError, unknown_word
from counterclaim.ledger import Ledger
from counterclaim.records.attribution import STANCES
from counterclaim.records.claim import Payload
from counterclaim.records.query import ClaimQuery
from counterclaim.service.parties import find_party
from counterclaim.service.report_view import VERBS

CLAIM_KINDS: tuple[str, ...] = tuple(kind.kind for kind in get_args(Payload))

NO_FORMS: Mapping[str, str] = MappingProxyType({})


class NotAskedError(CounterclaimError):
    """A word says nothing that can be asked; the message offers what can."""


def read_query(
    ledger: Ledger,
    *,
    speaker: str | None = None,
    party: str | None = None,
    stance: str | None = None,
    kind: str | None = None,
    document: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    mark: str = "",
) -> ClaimQuery:
    """Return which claims are asked for.

    Args:
        ledger: Whose parties are meant.
        speaker: Who says it, as people write it.
        party: Who has any role in it.
        stance: What is done by saying it, in any form of the verb.
        kind: Of claim, also in the plural.
        document: Id of one report.
        since: Known on this day or later.
        until: Known on this day or earlier.
        mark: What stands before the names of these in messages: ``--`` where they are options.

    Raises:
        NotAskedError: If a stance, kind or day is none.
        UnknownPartyError: If no claim names the party; it offers those that it may be.
    """
    return ClaimQuery(
        speaker=None if speaker is None else find_party(ledger, speaker),
        party=None if party is None else find_party(ledger, party),
        stance=None if stance is None else find_word(f"{mark}stance", stance, STANCES, VERBS),
        kind=None if kind is None else find_word(f"{mark}kind", kind, CLAIM_KINDS),
        document_id=document,
        first_day=asked_day(f"{mark}since", since),
        last_day=asked_day(f"{mark}until", until),
    )


def asked_day(name: str, value: date | str | None) -> date | None:
    """Return a day given as a date or as words.

    Raises:
        NotAskedError: If the words are no day.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        msg = f"{name} {value[:40]!r} is not a day: write it as 2020-10-14"
        raise NotAskedError(msg) from error


def find_word(
    name: str,
    words: str,
    known: Sequence[str],
    forms: Mapping[str, str] = NO_FORMS,
) -> str:
    """Return the word of a closed list that is meant: in any case, as a verb's form, in one number or the other.

    Raises:
        NotAskedError: If it is none of them; it offers the nearest.
    """
    asked = words.strip().casefold().replace("_", " ")
    by_form = {form: word for word, form in forms.items()}
    for word in known:
        stem = word.removesuffix("y")
        if asked in {
            word,
            word.removesuffix("s"),
            f"{word}s",
            f"{word}ed",
            f"{word}d",
            f"{stem}ied",
            f"{stem}ies",
        }:
            return word
    if asked in by_form:
        return by_form[asked]
    raise NotAskedError(unknown_word(name, words, known))
