"""Fields: what of a claim people may correct beyond its speaker, number, place and time, kind by kind.

Each field is a row of one table: of which claims it is, how it is written, how it is read back. A field of
a closed list offers the list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, get_args

from counterclaim.lexicon.event_triggers import load_triggers
from counterclaim.records.claim import (
    Casualty,
    Category,
    Ceasefire,
    CeasefireStatus,
    Claim,
    Event,
    EventType,
    Measure,
    Outcome,
    Position,
    PositionAct,
    Telling,
    Withheld,
)
from counterclaim.records.evidence import Evidence, weakest
from counterclaim.records.judgement import Mendable
from counterclaim.service.spelling import (
    CorrectionError,
    known_parties,
    parse_parties,
    print_parties,
)

YES, NO = "yes", "no"

SCOPES: Mapping[Measure, str] = MappingProxyType(
    {
        "new": "new",
        "cumulative": "in all",
        "incident": "in one incident",
        "snapshot": "at one moment",
    }
)
"""What a number counts, in the words of the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field that can be corrected."""

    label: str
    """For people."""
    of: type | tuple[type, ...]
    """Of which payloads it is."""
    choices: Callable[[], tuple[str, ...]] | None = None
    """Its closed list of words; None where any words will do."""
    attribute: str = ""
    """The payload's attribute."""
    is_party: bool = False
    strict: bool = True
    """Whether only the choices will do."""


def _listed(kind: object) -> Callable[[], tuple[str, ...]]:
    return lambda: tuple(get_args(kind))


def _kinds() -> tuple[str, ...]:
    """Return the kinds of act that the lexicon of happenings knows: ``ASSAULT/aerial``."""
    found = {
        trigger.type + (f"/{trigger.mode}" if trigger.mode else "")
        for trigger in load_triggers("events.yaml")
    }
    return tuple(sorted({*found, *get_args(EventType)}))


FIELDS: Mapping[Mendable, Field] = MappingProxyType(
    {
        "harm": Field(label="Harm", of=Casualty, attribute="outcome", choices=_listed(Outcome)),
        "category": Field(
            label="Who they were", of=Casualty, attribute="category", choices=_listed(Category)
        ),
        "group": Field(label="Of which group", of=Casualty, attribute="subgroup"),
        "scope": Field(
            label="What the number counts",
            of=Casualty,
            attribute="measure",
            choices=lambda: tuple(SCOPES.values()),
        ),
        "background": Field(
            label="Told of an earlier war",
            of=(Casualty, Ceasefire),
            attribute="background",
            choices=lambda: (NO, YES),
        ),
        "kind": Field(label="Kind of act", of=Event, choices=_kinds),
        "telling": Field(label="Told as", of=Event, attribute="telling", choices=_listed(Telling)),
        "doer": Field(label="Who did it", of=Event, attribute="actors", is_party=True),
        "target": Field(label="To whom", of=Event, attribute="recipients", is_party=True),
        "status": Field(
            label="Status of the truce",
            of=Ceasefire,
            attribute="status",
            choices=_listed(CeasefireStatus),
        ),
        "parties": Field(
            label="Parties to the truce", of=Ceasefire, attribute="parties", is_party=True
        ),
        "broker": Field(label="Broker", of=Ceasefire, attribute="brokers", is_party=True),
        "breach": Field(
            label="Who alleges a breach",
            of=Ceasefire,
            attribute="breach_alleged_by",
            is_party=True,
        ),
        "terms": Field(label="Terms", of=Ceasefire, attribute="terms"),
        "act": Field(
            label="What the position does",
            of=Position,
            attribute="act",
            choices=_listed(PositionAct),
        ),
        "holder": Field(label="Whose position", of=Position, attribute="holders", is_party=True),
        "addressee": Field(
            label="Of whom it is asked", of=Position, attribute="addressees", is_party=True
        ),
        "owner": Field(label="Who withholds it", of=Withheld, attribute="owners", is_party=True),
    }
)
"""The table. Fields that need more than one attribute are read by name below."""

LABELS: Mapping[Mendable, str] = MappingProxyType(
    {
        "speaker": "Who says it",
        "stance": "What they do by saying it",
        "side": "Whose loss",
        "number": "How many",
        "place": "Place",
        "time": "Day or time",
        **{name: field.label for name, field in FIELDS.items()},
    }
)
"""How a field is called on a page."""

PARTY_FIELDS: frozenset[Mendable] = frozenset(
    {"speaker", "side", *(name for name, field in FIELDS.items() if field.is_party)}
)
"""Fields that hold parties."""


def has_field(claim: Claim, name: Mendable) -> bool:
    """Return whether a claim has a field of the table."""
    return name in FIELDS and isinstance(claim.payload, FIELDS[name].of)


def read_field(claim: Claim, name: Mendable) -> str:
    """Return a field of the table as words that ``set_field`` reads back."""
    field, payload = FIELDS[name], claim.payload
    if isinstance(payload, Event) and name == "kind":
        return "/".join((payload.type, *payload.modes))
    value: Any = getattr(payload, field.attribute)
    if field.is_party:
        return print_parties(value)
    if name == "scope":
        return SCOPES[value]
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def set_field(claim: Claim, name: Mendable, words: str) -> Claim:
    """Return a claim with a field of the table set from words.

    Raises:
        CorrectionError: If the words are not of the field's list.
    """
    field, payload = FIELDS[name], claim.payload
    if isinstance(payload, Event) and name == "kind":
        return _set_kind(claim, payload, words)
    if field.choices is not None and words not in field.choices():
        raise CorrectionError(
            f"{words!r} is no {field.label.casefold()}: choose one of {', '.join(field.choices())}"
        )
    value: Any = words or None
    if field.is_party:
        value = known_parties(parse_parties(words), claim)
    elif name == "scope":
        value = next(key for key, said in SCOPES.items() if said == words)
    elif name == "background":
        value = words == YES
    changed: dict[str, Any] = {field.attribute: value}
    if name == "harm" and isinstance(payload, Casualty) and words != payload.outcome:
        changed["outcome_words"] = None
    return claim.corrected(payload=replace(payload, **changed))


def _set_kind(claim: Claim, payload: Event, words: str) -> Claim:
    type_, *modes = words.split("/")
    known = next((item for item in get_args(EventType) if item == type_.strip().upper()), None)
    if known is None or not all(mode.strip() for mode in modes):
        raise CorrectionError(
            f"{words!r} is no kind of act: write ASSAULT, ASSAULT/aerial or one of {', '.join(get_args(EventType))}"
        )
    heard = tuple(mode.strip() for mode in modes)
    return claim.corrected(payload=replace(payload, type=known, modes=heard))


def grade_of(claim: Claim, name: Mendable) -> Evidence | None:
    """Return how a field's value is known; None where it is no graded one, or nothing is there."""
    payload: Any = claim.payload
    values: tuple[Any, ...]
    match name:
        case "speaker":
            values = claim.speakers
        case "side":
            values = payload.side
        case "place":
            values = () if payload.place is None else (payload.place,)
        case "time":
            held = (
                getattr(payload, item, None)
                for item in ("time", "as_of", "period", "effective", "since")
            )
            values = tuple(item for item in held if hasattr(item, "evidence"))
        case _ if name in FIELDS and FIELDS[name].is_party:
            values = getattr(payload, FIELDS[name].attribute)
        case _:
            return None
    return weakest(values) if values else None


def choices_of(name: Mendable) -> tuple[str, ...]:
    """Return the words of a field's closed list; none where any words will do."""
    field = FIELDS.get(name)
    return () if field is None or field.choices is None else field.choices()
