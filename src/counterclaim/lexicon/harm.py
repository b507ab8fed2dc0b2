"""Loads casualties.yaml: harm words, persons, scope words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from counterclaim.lexicon.load import read_rows
from counterclaim.records.claim import Category, Outcome


@dataclass(frozen=True, slots=True)
class Group:
    """What a noun for persons says of them."""

    id: str
    category: Category
    subgroup: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmLexicon:
    """casualties.yaml, indexed by lemma."""

    verbs: Mapping[str, Outcome]
    """Lemma of a verb that hurts only persons, to the outcome."""
    person_verbs: Mapping[str, Outcome]
    """Lemma of a verb whose object must be a person, to the outcome."""
    alone: Mapping[str, Outcome]
    """Lemma or form said of the person who suffers, to the outcome."""
    nouns: Mapping[str, Outcome]
    tolls: frozenset[str]
    groups: Mapping[str, Group]
    new_before: frozenset[str]
    new_after: frozenset[str]
    cumulative: tuple[str, ...]
    """Words that make a figure a running total, longest first."""
    recent: tuple[str, ...]
    """Words for the day or two just past: a figure over them is new."""
    occasions: frozenset[str]
    """Nouns of one happening, which in the singular make a figure its toll."""
    moves: frozenset[str]
    """Lemmas of what a count does when it goes from one number to another."""


@cache
def load_harm() -> HarmLexicon:
    """Load casualties.yaml once."""
    rows = read_rows("casualties.yaml")
    tables: dict[str, dict[str, Outcome]] = {
        "verbs": {},
        "person_verbs": {},
        "alone": {},
        "nouns": {},
    }
    groups: dict[str, Group] = {}
    tolls: set[str] = set()
    before: set[str] = set()
    after: set[str] = set()
    cumulative: list[str] = []
    recent: list[str] = []
    occasions: set[str] = set()
    moves: set[str] = set()
    for row in rows:
        if row["kind"] == "harm":
            for name, table in tables.items():
                for word in row.get(name, ()):
                    table.setdefault(word, row["outcome"])
        elif row["kind"] == "toll":
            tolls.update(row["nouns"])
        elif row["kind"] in {"group", "subgroup"}:
            for noun in row["nouns"]:
                if row["kind"] == "subgroup" or noun not in groups:
                    groups[noun] = Group(row["id"], row["category"], row.get("subgroup"))
        else:
            before.update(row.get("before", ()))
            after.update(row.get("after", ()))
            cumulative.extend(row.get("words", ()))
            recent.extend(row.get("recent", ()))
            occasions.update(row.get("occasions", ()))
            moves.update(row.get("moves", ()))
    return HarmLexicon(
        verbs=tables["verbs"],
        person_verbs=tables["person_verbs"],
        alone=tables["alone"],
        nouns=tables["nouns"],
        tolls=frozenset(tolls),
        groups=groups,
        new_before=frozenset(before),
        new_after=frozenset(after),
        cumulative=tuple(sorted(cumulative, key=len, reverse=True)),
        recent=tuple(recent),
        occasions=frozenset(occasions),
        moves=frozenset(moves),
    )
