"""Holders: persons, and whose they are: by title, by an earlier mention, by public office."""

from counterclaim.records.party import Party, PartyKind
from counterclaim.resolve.bodies import Found
from counterclaim.resolve.discourse import Discourse
from counterclaim.resolve.known_names import known_party
from counterclaim.resolve.nominal_mentions import last_body
from counterclaim.resolve.persons import Person
from counterclaim.resolve.roles import PERSONAL, role_ending_at
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children

NEXT = 3
"""Sentences after an unnamed office in which its holder is named."""


def note_office(sentence: Sentence, head: int, found: Found, discourse: Discourse) -> None:
    """Remember an office told without a name: the next person told without an office may hold it."""
    match = role_ending_at(sentence, head)
    parties, rule = found
    if (
        match is not None
        and match.role.id in {"leader", "minister", "spokesperson", "official"}
        and rule == "organ"
        and sentence[head].tag == "NN"
        and sentence[head].dep in {"nsubj", "nsubjpass"}
        and len(parties) == 1
    ):
        discourse.office = (sentence.index, parties[0])


def read_person(sentence: Sentence, head: int, discourse: Discourse) -> Found | None:
    """Read a person: by this mention's title, by an earlier one's, or by public office."""
    run = discourse.runs.get((sentence.index, head))
    if run is None:
        run = (
            next(
                (
                    item
                    for (index, last), item in discourse.runs.items()
                    if index == sentence.index and item.first <= head <= last
                ),
                None,
            )
            if sentence[head].pos == "PROPN"
            else None
        )
    if run is None:
        return None
    person = discourse.people.find(run.text)
    if person is None:
        return None
    _fill_office(sentence, head, person, discourse)
    return (_party_of(person, discourse),), "title" if person.roles else "person"


def _fill_office(sentence: Sentence, head: int, person: Person, discourse: Discourse) -> None:
    """Take a person who speaks right after an unnamed office, with none of his own, as its holder."""
    if person.roles or person.owner is not None or person.known is not None:
        return
    if (
        discourse.office is None
        or sentence[head].dep != "nsubj"
        or person.full in discourse.holders
    ):
        return
    index, office = discourse.office
    if person.sentence == sentence.index and 0 < sentence.index - index <= NEXT:
        discourse.holders[person.full] = office
        discourse.office = None


def read_renamed(sentence: Sentence, head: int, discourse: Discourse) -> Found | None:
    """Read a role by the person named in apposition to it: "the mayor of Ost, **Ivan Petrov**"."""
    match = role_ending_at(sentence, head)
    if match is None or match.role.id not in PERSONAL:
        return None
    for name in children(sentence, head, "appos"):
        if sentence[name].pos == "PROPN" and sentence[name].entity in {"PERSON", ""}:
            found = read_person(sentence, name, discourse)
            if found is not None and found[1] == "title":
                return found[0], "title"
    return None


def _party_of(person: Person, discourse: Discourse) -> Party:
    name = person.full
    if person.known is not None:
        root = known_party(person.known.root)
        country = None if root is None else root.country
        return Party(person.known.root, person.known.id, "leader", country)
    role = next((match.role for match in person.roles if match.role.id in PERSONAL), None)
    if role is None and person.roles:
        role = person.roles[-1].role
    kind: PartyKind = (
        "leader" if role is not None and role.id in {"leader", "minister"} else "official"
    )
    owner = person.owner.party if person.owner is not None else None
    if owner is not None and owner.kind == "media":
        return Party(owner.root, name, "media")
    if role is not None and role.id in {"expert", "civilian"}:
        country = None if owner is None else owner.country
        prefix = "expert" if role.id == "expert" else "civilian"
        return Party(f"{prefix}: {name}", None, role.kind, country)
    if owner is None and role is not None and not person.is_civil:
        owner = _owner_by_role(person, discourse)
    if owner is None and name in discourse.holders:
        office = discourse.holders[name]
        return Party(office.root, name, office.kind, office.country, "inferred")
    if owner is not None:
        return Party(owner.root, name, kind, owner.country, owner.evidence)
    is_official = role is not None and role.id not in {"media", "civil", "group"}
    return Party(name, None, "official" if is_official and not person.is_civil else "unknown")


def _owner_by_role(person: Person, discourse: Discourse) -> Party | None:
    """Find whose official a person is whose owner is not told beside the name."""
    if person.home is None:
        return None
    for match in person.roles:
        first = match.first
        while first > 0 and person.home[first - 1].pos in {"NOUN", "ADJ"}:
            first -= 1
        owner = discourse.owners.find(person.home, first, match.last, match)
        if owner is not None:
            return owner
        body = last_body(person.home.index, match, discourse)
        if body is not None:
            return body.known("carried")
    return None
