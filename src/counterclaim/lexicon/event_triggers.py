"""Loads events.yaml and acts.yaml: the words of what happens, in PLOVER's types and modes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from counterclaim.lexicon.load import read_rows
from counterclaim.records.claim import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One entry of events.yaml or acts.yaml."""

    id: str
    type: EventType
    mode: str | None
    verbs: frozenset[str]
    nouns: frozenset[str]
    objects: frozenset[str]
    unless: frozenset[str]
    particles: frozenset[str]
    preps: frozenset[str]
    actors: str | None
    """``forces`` or ``officials`` where only such a subject makes the verb an event; ``crowd``: no army and no office."""
    symmetric: bool
    to: bool
    """Only with an infinitive: "refused **to** leave"."""
    intransitive: bool
    """Only without an object: "the minister **flew** to Ost", not "flew troops to Ost"."""
    adjectives: frozenset[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriggerIndex:
    """Triggers by verb lemma and by noun lemma; phrases of nouns by their last word."""

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Trigger], ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]
    last_words: frozenset[str]
    """What a noun of happening can end in: "raid" of "air raid", "fire" of "cease-fire"."""

    def may_name(self, *forms: str) -> bool:
        """Return whether a noun with one of these forms can be a trigger, or the last word of one."""
        return any(form in self.last_words for form in forms)


def _words(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(row.get(key) or ())


@cache
def load_triggers(name: str = "events.yaml") -> tuple[Trigger, ...]:
    """Load events.yaml or acts.yaml once."""
    return tuple(
        Trigger(
            id=row["id"],
            type=cast("EventType", row["type"]),
            mode=row.get("mode"),
            verbs=frozenset(_words(row, "verbs")),
            nouns=frozenset(_words(row, "nouns")),
            objects=frozenset(_words(row, "objects")),
            unless=frozenset(_words(row, "unless")),
            particles=frozenset(_words(row, "particles")),
            preps=frozenset(_words(row, "preps")),
            actors=row.get("actors"),
            symmetric=row.get("symmetric") == "yes",
            to=row.get("to") == "yes",
            intransitive=row.get("intransitive") == "yes",
            adjectives=frozenset(_words(row, "adjectives")),
            examples=_words(row, "examples"),
            counter_examples=_words(row, "not"),
        )
        for row in read_rows(name)
    )


@cache
def trigger_index(name: str = "events.yaml") -> TriggerIndex:
    """Index the triggers of one file; those with required companions come first."""
    adjectives: dict[str, list[Trigger]] = {}
    verbs: dict[str, list[Trigger]] = {}
    nouns: dict[str, list[Trigger]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Trigger]]] = {}
    for trigger in load_triggers(name):
        for adjective in trigger.adjectives:
            adjectives.setdefault(adjective, []).append(trigger)
        for verb in trigger.verbs:
            verbs.setdefault(verb, []).append(trigger)
        for noun in trigger.nouns:
            parts = tuple(noun.split())
            if len(parts) > 1:
                phrases.setdefault(parts[-1], []).append((parts, trigger))
            else:
                nouns.setdefault(noun, []).append(trigger)
    for entries in verbs.values():
        entries.sort(
            key=lambda item: (
                not item.particles,
                not item.objects,
                not item.to,
                not item.preps,
            )
        )
    for rows in phrases.values():
        rows.sort(key=lambda row: -len(row[0]))
    return TriggerIndex(
        {key: tuple(value) for key, value in verbs.items()},
        {key: tuple(value) for key, value in nouns.items()},
        {key: tuple(value) for key, value in phrases.items()},
        {key: tuple(value) for key, value in adjectives.items()},
        frozenset({*nouns, *phrases, *(noun.rpartition("-")[2] for noun in nouns)}),
    )
