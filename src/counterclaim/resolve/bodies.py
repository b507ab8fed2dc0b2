"""Bodies that the lexicon does not know: by their own names, by the last word of those, and as owners of their officials."""

import re

from counterclaim.lexicon import load_modifiers
from counterclaim.records.party import Party, PartyKind
from counterclaim.records.text import Span
from counterclaim.resolve.discourse import Discourse
from counterclaim.resolve.roles import HONORIFICS, RoleMatch
from counterclaim.syntax.sentence import Sentence

Found = tuple[tuple[Party, ...], str]
"""The parties of a noun phrase, and the rule that found them."""

SHORT_REACH = 900
"""Characters back in which a body is still meant by the last word of its name."""


def read_short_name(sentence: Sentence, head: int, discourse: Discourse) -> Found | None:
    """Read a body by the last word of the name it was told of by: "the **force**", of the Lake Defence Force.

    Near misses: "**the front** near Ost", with no name before that ends so; "a **force** of 200 men".
    """
    word = sentence[head]
    lexicon = load_modifiers()
    fighting, serving = lexicon["short_fighting"], lexicon["short_serving"]
    noun = word.lower
    if noun not in fighting | serving | lexicon["short_bodies"]:
        return None
    if head == 0 or sentence[head - 1].lower not in {"the", "this"}:
        return None
    if any(sentence[index].dep in {"prep", "relcl", "acl"} for index in sentence.children[head]):
        return None
    text = discourse.document.text
    stem = noun.removesuffix("s").capitalize()
    pattern = re.compile(rf"\b(?:[A-Z][\w'’-]+ (?:of |for |the )?){{1,5}}{stem}s?\b")
    before = list(pattern.finditer(text, max(0, word.start - SHORT_REACH), word.start))
    if not before:
        return None
    name = Span(*before[-1].span())
    inside: Party | None = None
    for mentions in discourse.names.values():
        for mention in mentions.values():
            if mention.span.end == name.end and mention.span.end - mention.span.start > len(stem):
                return (mention.party.known("carried"),), "again"
            if name.covers(mention.span) and mention.party.kind == "state":
                inside = mention.party
    words = text[name.start : name.end].removeprefix("The ")
    if inside is not None and noun in fighting | serving:
        words = re.sub(r"^.*['’]s ", "", words)
        kind: PartyKind = "military" if noun in fighting else "government"
        return (Party(inside.root, words, kind, inside.country, "carried"),), "again"
    return (Party(words, None, "organisation", evidence="carried"),), "again"


def is_titled(sentence: Sentence, match: RoleMatch) -> bool:
    """Return whether a noun is part of a body's own name: "the **Organisation** of Kestrian Towns".

    Near miss: "the **organisation** of Kestrian towns", "The **group** in Ost".
    """
    behind = match.last + 2
    return (
        sentence[match.last].text[:1].isupper()
        and match.last > 0
        and behind < len(sentence)
        and sentence[behind - 1].lower in {"of", "for"}
        and sentence[behind].pos in {"PROPN", "ADJ", "NOUN"}
        and sentence[behind].text[:1].isupper()
    )


def unknown_owner(
    sentence: Sentence, index: int, match: RoleMatch, discourse: Discourse
) -> Party | None:
    """Return the body that the lexicon does not know and whose spokesman it is: "**LAKON**'s chair".

    Near misses: "**Ost**'s mayor", of a place; "**Varn**'s lawyer", of a person.
    """
    run = discourse.runs.get((sentence.index, index))
    if run is None or match.role.id not in {"leader", "official", "spokesperson", "minister"}:
        return None
    after = index + 1
    if after >= len(sentence) or sentence[after].lower not in {"'s", "’s", "'", "’"}:
        return None
    is_short = run.text.isupper() and len(run.text) > 2
    is_place = any(
        place.first <= index <= place.last
        for place in discourse.owners.places.get(sentence.index, ())
    )
    is_person = run.is_person or discourse.people.find(run.text) is not None
    if not is_short and (
        is_place or is_person or sentence[index].entity in {"GPE", "LOC", "FAC", "PERSON"}
    ):
        return None
    kind: PartyKind = "organisation" if sentence[index].entity == "ORG" else "unknown"
    return Party(run.text, None, kind)


def read_own_name(sentence: Sentence, head: int, discourse: Discourse) -> Found | None:
    """Read a capitalised body that the lexicon does not know, under its own name."""
    run = discourse.runs.get((sentence.index, head))
    if run is None or sentence[head].entity in {"GPE", "LOC", "FAC", "DATE", "EVENT", "LANGUAGE"}:
        return None
    if sentence[head].lower in HONORIFICS:
        return None
    if any(
        place.first <= head <= place.last
        for place in discourse.owners.places.get(sentence.index, ())
    ):
        return None
    known = _shortened(run.text, sentence, run.first, discourse)
    if known is not None:
        return (known,), "name"
    return (
        Party(run.text, None, "organisation" if sentence[head].entity == "ORG" else "unknown"),
    ), "own-name"


def _shortened(words: str, sentence: Sentence, first: int, discourse: Discourse) -> Party | None:
    """Return the body named in full before whose last words these are: "the **Times**", of Kestria's."""
    if first == 0 or sentence[first - 1].lower != "the":
        return None
    text = discourse.document.text
    for index in range(sentence.index, -1, -1):
        for name in discourse.names.get(index, {}).values():
            if name.span.start < sentence[first].start and text[
                name.span.start : name.span.end
            ].endswith(f" {words}"):
                return name.party
    return None
