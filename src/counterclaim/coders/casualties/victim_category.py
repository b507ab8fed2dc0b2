"""Victim category: who the counted persons are: military, civilian, neither said, and which subgroup."""

from dataclasses import dataclass

from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Category
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, conjuncts


@dataclass(frozen=True, slots=True)
class GroupReading:
    """Category and subgroup, with the word they stand on; None where nothing says."""

    category: Category
    subgroup: str | None
    word: int | None


_MILITARY_WORDS = frozenset(
    "military army combat troop hamas rebel militant police insurgent taliban security armed enemy guerrilla".split()
)
_FORCES = frozenset(
    {
        "force",
        "forces",
        "army",
        "police",
        "military",
        "troops",
        "militia",
        "guard",
        "corps",
        "brigade",
    }
)


def classify_victims(sentence: Sentence, anchor: int) -> GroupReading | None:
    """Read who the counted persons are.

    Accepts:
      1. the counted noun              "12 **soldiers**", "three **children**"
      2. its modifier                  "23 **military** deaths", "**civilian** casualties"
      3. what it is a member of        "98 members of the **security forces**", "two of the **guards**"
      4. what it is said to be         "three were **policemen**"
      5. several together              "hundreds of **police, soldiers and civilians**"
      6. what part of them is          "41 citizens, **most of them civilians**": both kinds
    """
    part = _of_part(sentence, anchor)
    if part is not None:
        return part
    mixed = _of_coordination(sentence, anchor)
    if mixed is not None:
        return mixed
    found = _of_noun(sentence, anchor)
    if found is not None and found.category != "unknown":
        return found
    modifier = _of_modifier(sentence, anchor)
    if modifier is not None:
        return modifier
    member = _of_member(sentence, anchor)
    if member is not None and member.category != "unknown":
        return member
    said = _of_predicate(sentence, anchor)
    if said is not None:
        return said
    return found


_SHARES = frozenset({"most", "many", "some", "half", "majority", "several", "mostly"})
NEAR = 5
"""Words from persons to the comma behind which a part of them is told: "citizens **in two villages**, ..."."""


def _of_part(sentence: Sentence, anchor: int) -> GroupReading | None:
    """Read persons of whom a part is said to be of another kind than the noun tells: then they are of both.

    Accepts, behind the noun and a comma: a share or a number, "of them" or "of whom", and the part's noun. A part
    that only says more of the same kind ("villagers, three of them **women**") changes nothing; "all of them" tells
    the kind of all.
    """
    whole = _of_noun(sentence, anchor)
    if whole is None or whole.category == "unknown":
        return None
    words = sentence.words
    comma = next(
        (
            at
            for at in range(anchor + 1, min(len(words), anchor + 1 + NEAR))
            if words[at].text == ","
        ),
        None,
    )
    if comma is None:
        return None
    link = next(
        (
            at
            for at in range(comma + 2, min(len(words) - 2, comma + 6))
            if words[at].lower == "of" and words[at + 1].lower in {"them", "whom"}
        ),
        None,
    )
    if link is None or any(word.text in {",", ";"} for word in words[comma + 1 : link]):
        return None
    named = next(
        (
            at
            for at in range(link + 2, min(len(words), link + 6))
            if words[at].text not in {",", ";"} and _of_noun(sentence, at) is not None
        ),
        None,
    )
    part = None if named is None else _of_noun(sentence, named)
    if named is None or part is None or part.category == "unknown" or part.subgroup is not None:
        return None
    share = {word.lower for word in words[comma + 1 : link]}
    if share & {"all", "each"}:
        return part
    if "none" in share or not (
        share & _SHARES or any(word.pos == "NUM" for word in words[comma + 1 : link])
    ):
        return None
    is_both = part.category != whole.category or words[named].lemma == "civilian"
    return GroupReading("mixed", None, named) if is_both else None


def named_part(sentence: Sentence, last: int) -> GroupReading | None:
    """Read of what kind a part is, by the noun behind "of them": "140 **of them civilians**"."""
    for at in range(last + 3, min(len(sentence), last + 7)):
        if sentence[at].text in {",", ";"}:
            return None
        found = _of_noun(sentence, at)
        if found is not None:
            return found
    return None


def _of_coordination(sentence: Sentence, anchor: int) -> GroupReading | None:
    """Read one number of several kinds of people as mixed; nouns with numbers of their own do not count."""
    nouns = [anchor, *conjuncts(sentence, anchor)]
    if any(children(sentence, noun, "nummod", "det") for noun in nouns[1:]):
        return None
    found = [reading for noun in nouns if (reading := _of_noun(sentence, noun)) is not None]
    kinds = {reading.category for reading in found} - {"unknown"}
    return GroupReading("mixed", None, anchor) if len(kinds) > 1 else None


def _of_noun(sentence: Sentence, index: int) -> GroupReading | None:
    word = sentence[index]
    groups = load_harm().groups
    group = groups.get(word.lemma) or groups.get(word.lower)
    if group is None:
        return None
    if word.lemma in {"member", "personnel"}:
        return _of_member(sentence, index) or GroupReading(
            "military" if word.lemma == "personnel" else "unknown", None, index
        )
    if word.lemma == "officer" and any(
        sentence[i].lower == "police" for i in sentence.children[index]
    ):
        return GroupReading("military", "police", index)
    if word.lemma in {"worker", "driver"} and any(
        sentence[i].lower in {"aid", "relief", "health", "medical"}
        for i in sentence.children[index]
    ):
        return GroupReading(
            "civilian",
            "medical"
            if any(sentence[i].lower in {"health", "medical"} for i in sentence.children[index])
            else "aid workers",
            index,
        )
    return GroupReading(group.category, group.subgroup, index)


def _of_modifier(sentence: Sentence, anchor: int) -> GroupReading | None:
    for index in children(sentence, anchor, "amod", "compound", "nmod"):
        lower = sentence[index].lower
        if lower == "civilian":
            return GroupReading("civilian", None, index)
        if lower in _MILITARY_WORDS and sentence[anchor].lemma not in {"people", "civilian"}:
            return GroupReading("military", "police" if lower == "police" else None, index)
    return None


def _of_member(sentence: Sentence, anchor: int) -> GroupReading | None:
    for prep in children(sentence, anchor, "prep"):
        if sentence[prep].lower not in {"of", "from", "among"}:
            continue
        inner = child(sentence, prep, "pobj")
        if inner is None:
            continue
        if sentence[inner].lemma in _FORCES or sentence[inner].lower in _FORCES:
            return GroupReading("military", None, inner)
        reading = _of_noun(sentence, inner)
        if reading is not None:
            return reading
    for index in children(sentence, anchor, "compound", "nmod"):
        if sentence[index].lower in {"service", "crew", "gang", "militia"}:
            return GroupReading("military", None, index)
    return None


def _of_predicate(sentence: Sentence, anchor: int) -> GroupReading | None:
    verb = sentence[anchor].head
    if sentence[anchor].dep != "nsubj" or sentence[verb].lemma != "be":
        return None
    attribute = child(sentence, verb, "attr")
    return None if attribute is None else _of_noun(sentence, attribute)
