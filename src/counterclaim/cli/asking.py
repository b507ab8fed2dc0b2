"""Asking: how the words of a command become what is asked of a ledger, forgiving in spelling."""

import difflib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from counterclaim.cli.options import UsageError, read_day
from counterclaim.ledger import Ledger
from counterclaim.records.attribution import STANCES
from counterclaim.records.claim import Payload
from counterclaim.records.query import ClaimQuery
from counterclaim.service.parties import find_party
from counterclaim.service.report_view import VERBS

CLAIM_KINDS: tuple[str, ...] = tuple(kind.kind for kind in get_args(Payload))

NO_FORMS: Mapping[str, str] = MappingProxyType({})


def read_query(
    ledger: Ledger,
    *,
    speaker: str | None = None,
    party: str | None = None,
    stance: str | None = None,
    kind: str | None = None,
    document: str | None = None,
    first: str | None = None,
    last: str | None = None,
) -> ClaimQuery:
    """Return which claims are asked for.

    Raises:
        UsageError: If a stance, kind or day is none.
        UnknownPartyError: If no claim names the party; it offers those that it may be.
    """
    return ClaimQuery(
        speaker=None if speaker is None else find_party(ledger, speaker),
        party=None if party is None else find_party(ledger, party),
        stance=None if stance is None else find_word("--stance", stance, STANCES, VERBS),
        kind=None if kind is None else find_word("--kind", kind, CLAIM_KINDS),
        document_id=document,
        first_day=read_day("--since", first),
        last_day=read_day("--until", last),
    )


def find_word(
    option: str,
    words: str,
    known: Sequence[str],
    forms: Mapping[str, str] = NO_FORMS,
) -> str:
    """Return the word of a closed list that is meant: in any case, as a verb's form, or in the plural.

    Raises:
        UsageError: If it is none of them; it offers the nearest.
    """
    asked = words.strip().casefold().replace("_", " ")
    by_form = {form: word for word, form in forms.items()}
    for word in known:
        stem = word.removesuffix("y")
        if asked in {word, f"{word}s", f"{word}ed", f"{word}d", f"{stem}ied", f"{stem}ies"}:
            return word
    if asked in by_form:
        return by_form[asked]
    near = difflib.get_close_matches(asked, known, n=1, cutoff=0.6)
    meant = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"{option} {words!r} is unknown: {meant}choose one of {', '.join(known)}")
