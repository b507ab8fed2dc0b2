"""Loads the lexicons: YAML in, frozen entries out, each file with its digest."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import yaml

from counterclaim.lexicon.overlay import LexiconError, merge_rows, overlays
from counterclaim.records.attribution import Stance
from counterclaim.records.party import PartyKind

Sort = Literal["speech", "act", "show", "mind", "attitude"]
Role = Literal["verb", "noun", "phrase"]

NEVER_CLAIMS: frozenset[str] = frozenset({"show", "mind", "attitude"})
"""Sorts that the ledger does not keep unless an entry says ``claim: yes``."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which ``on``, ``no`` and ``yes`` are words: prepositions are our data."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One entry of verbs.yaml, nouns.yaml or phrases.yaml."""

    id: str
    role: Role
    forms: tuple[str, ...]
    """Lemmas for verbs and nouns; the words of the formula for phrases."""
    sort: Sort
    stance: Stance
    frames: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    """Words one of which must stand with the cue."""
    claim: Literal["yes", "no", "person", "other-doer", "doer"] = "yes"
    """Whether the ledger keeps it: always, never, or on the condition that verbs.yaml explains."""
    unless: frozenset[str] = frozenset()
    """Objects with which the word means something else."""
    carriers: frozenset[str] = frozenset()
    """Verbs that let a reporting noun stand without an owner: "reports **emerged** that"."""
    alone: bool = False
    """Whether it counts without any content."""
    needs: Literal["negation", "active"] | None = None
    """Only when negated; or never in the passive without a by-phrase."""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """One entry of hedges.yaml."""

    id: str
    patterns: tuple[str, ...]
    means: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownParty:
    """One entry of parties.yaml."""

    id: str
    aliases: tuple[str, ...]
    kind: PartyKind
    country: str | None = None
    people: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    of: str | None = None
    """Root of the state that an organ belongs to."""
    unit: str | None = None
    part_of: str | None = None
    """Root of the party of whose land and people it is a part that is governed apart."""
    shared: tuple[str, ...] = ()
    """Those of the aliases that other bodies bear too: "Red Cross", "Security Council"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """One entry of persons.yaml."""

    id: str
    """Full name."""
    surname: str
    """The name alone that is enough in a report; empty where it is too common."""
    root: str
    office: str
    first_year: int
    last_year: int | None
    """None while the office is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNoun:
    """One entry of roles.yaml."""

    id: str
    unit: str | None
    """Normal form of the unit; ``{noun}`` for the words themselves; None for the root alone."""
    kind: PartyKind
    words: tuple[str, ...]


def read_rows(name: str) -> list[dict[str, Any]]:
    """Read one lexicon file as rows, with the rows of lexicons of one's own (``overlay.py``).

    Args:
        name: File name in this package, such as ``verbs.yaml``.

    Raises:
        LexiconError: If the file is not a list of mappings with ids.
    """
    rows = _rows(name, _source(name))
    for own in overlays():
        if name in own.files:
            where = f"{own.name}/{name}"
            rows = merge_rows(rows, _rows(where, own.files[name]), where)
    return rows


def _rows(name: str, source: bytes) -> list[dict[str, Any]]:
    try:
        rows = yaml.load(source, Loader=_Loader)  # noqa: S506 - a safe loader, narrowed
    except yaml.YAMLError as error:
        msg = f"{name} is no YAML: {' '.join(str(error).split())}"
        raise LexiconError(msg) from error
    if not isinstance(rows, list):
        msg = f"{name} is not a list of entries; see the header of any other lexicon file"
        raise LexiconError(msg)
    for row in rows:
        if not isinstance(row, dict) or "id" not in row:
            msg = f"{name}: an entry has no id: {row!r}"
            raise LexiconError(msg)
    return rows


@cache
def digest(name: str) -> str:
    """Return the first 12 hex digits of a lexicon file's SHA-256, as signed on every reading."""
    return hashlib.sha256(_source(name)).hexdigest()[:12]


def _source(name: str) -> bytes:
    return (files("counterclaim.lexicon") / name).read_bytes()


def _many(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, cast("Iterable[object]", value)))


@cache
def load_cues() -> tuple[Cue, ...]:
    """Load verbs, nouns and phrases, in the order of the files."""
    cues = [_cue(row, "verb", "verb") for row in read_rows("verbs.yaml")]
    cues += [_cue(row, "noun", "noun") for row in read_rows("nouns.yaml")]
    cues += [_cue(row, "phrase", "words") for row in read_rows("phrases.yaml")]
    return tuple(cues)


def _cue(row: Mapping[str, Any], role: Role, form_key: str) -> Cue:
    claim = row.get("claim")
    return Cue(
        id=row["id"],
        role=role,
        forms=_many(row[form_key]),
        sort=row["sort"],
        stance=cast("Stance", row["stance"]),
        frames=_many(row.get("frames") or row.get("content")),
        words=frozenset(_many(row.get("words"))) if role != "phrase" else frozenset(),
        claim=claim or ("no" if row["sort"] in NEVER_CLAIMS else "yes"),
        unless=frozenset(_many(row.get("unless"))),
        carriers=frozenset(_many(row.get("carriers"))),
        alone=row.get("alone") == "yes",
        needs=row.get("needs"),
        examples=_many(row.get("examples")),
        counter_examples=_many(row.get("not")),
    )


@cache
def load_hedges() -> tuple[Hedge, ...]:
    """Load the hedges."""
    return tuple(
        Hedge(
            id=row["id"],
            patterns=_many(row["pattern"]),
            means=row["means"],
            examples=_many(row.get("examples")),
            counter_examples=_many(row.get("not")),
        )
        for row in read_rows("hedges.yaml")
    )


@cache
def load_nonspeaking_nouns() -> frozenset[str]:
    """Load the nouns that never speak: things.yaml and the happenings of events.yaml."""
    rows = {row["id"]: frozenset(_many(row["words"])) for row in read_rows("things.yaml")}
    happenings = {
        noun
        for row in read_rows("events.yaml")
        for noun in _many(row.get("nouns"))
        if " " not in noun
    }
    return (rows["objects"] | rows["abstract"] | happenings) - rows["speaking"]


@cache
def load_parties() -> tuple[KnownParty, ...]:
    """Load the parties that are not states."""
    return tuple(
        KnownParty(
            id=row["id"],
            aliases=_many(row.get("aliases")),
            kind=cast("PartyKind", row["kind"]),
            country=row.get("country"),
            people=_many(row.get("people")),
            adjectives=_many(row.get("adjectives")),
            members=_many(row.get("members")),
            of=row.get("of"),
            unit=row.get("unit"),
            part_of=row.get("part_of"),
            shared=_many(row.get("shared")),
        )
        for row in read_rows("parties.yaml")
    )


@cache
def part_of(root: str) -> str | None:
    """Return the root of whose land and people a party is a part that is governed apart."""
    return next((party.part_of for party in load_parties() if party.id == root), None)


@cache
def load_persons() -> tuple[KnownPerson, ...]:
    """Load the named persons who speak for a party."""
    return tuple(
        KnownPerson(
            id=row["id"],
            surname=row["surname"],
            root=row["root"],
            office=row["office"],
            first_year=row["from"],
            last_year=row.get("to"),
        )
        for row in read_rows("persons.yaml")
    )


@cache
def load_roles() -> tuple[RoleNoun, ...]:
    """Load the role nouns."""
    return tuple(
        RoleNoun(
            id=row["id"],
            unit=None if row.get("unit") in {None, "null"} else row["unit"],
            kind=cast("PartyKind", row["kind"]),
            words=_many(row["words"]),
        )
        for row in read_rows("roles.yaml")
    )


@cache
def load_modifiers() -> Mapping[str, frozenset[str]]:
    """Load the words beside an organ that tell whose it is, by the id of their set."""
    return {row["id"]: frozenset(_many(row["words"])) for row in read_rows("modifiers.yaml")}


@cache
def load_unreal() -> Mapping[str, frozenset[str]]:
    """Load the words by which what is told did not happen, by the id of their set."""
    return {row["id"]: frozenset(_many(row["words"])) for row in read_rows("unreal.yaml")}


@cache
def load_state_outlets() -> frozenset[str]:
    """Load outlets.yaml once: the names of outlets under a state's control, in small letters."""
    rows = read_rows("outlets.yaml")
    return frozenset(
        name.lower() for row in rows for name in (row["id"], *_many(row.get("aliases")))
    )
