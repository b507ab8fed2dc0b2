"""Owners: whose an organ or an official is that no owner is told beside.

Nobody is given an owner because the report names it often. What links the words to an owner:

  1. the heading they stand under, or "in Kestria" that opens their sentence    told
  2. the document's own voice: a ministry's statement says "the ministry"       told
  3. the place that an official is of: "the **Ost** governor"                   told
  4. the same words with the same modifiers, whose owner was told before        carried
  5. fewer words of the same organ: "the ministry", of the health ministry      carried
  6. the place in which a government or a local official speaks or acts         inferred

Where none does, the owner is not told, and stays so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from counterclaim.atlas.countries import state_of
from counterclaim.lexicon import load_modifiers
from counterclaim.records.mention import NameMention, PlaceMention
from counterclaim.records.party import Party
from counterclaim.resolve.known_names import known_party
from counterclaim.resolve.roles import ORGANS, PERSONAL, RoleMatch
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, children

NEAR = 2
"""Sentences back in which an organ that two parties have still is the last one's."""

SHORT_NEAR = 3
"""Sentences back in which fewer words still mean the same organ."""

LOCAL = frozenset(
    "mayor governor prosecutor administrator official officials head chief police office mayor's".split()
)
"""Words of officials and offices that may be of a place."""

_STATES = frozenset({"state", "de facto authority"})
_PLACING = frozenset({"in", "at", "near", "inside", "outside", "across", "around", "over", "on"})
_FRAMES = frozenset({"in", "inside", "across"})
_SMALL = frozenset({"town", "district", "point", "region", "adm1", "adm2"})


@dataclass(frozen=True, slots=True)
class Held:
    """An organ whose owner is known, where it was told of."""

    sentence: int
    words: str
    modifiers: frozenset[str]
    owner: Party


_WITHOUT_ORGANS = frozenset({"organisation", "mediator", "media"})
"""Kinds of publishers that have no ministries, armies and police of their own."""


@dataclass(slots=True)
class Owners:
    """What is known so far of whose organs a document tells of."""

    names: Mapping[int, Mapping[int, NameMention]]
    places: Mapping[int, Sequence[PlaceMention]]
    sections: Mapping[int, Party]
    """The state whose heading a sentence stands under, by the sentence's index."""
    voice: Party | None = None
    held: list[Held] = field(default_factory=list)

    def note(self, sentence: int, words: str, modifiers: frozenset[str], owner: Party) -> None:
        """Remember whose an organ is."""
        self.held.append(Held(sentence, words, modifiers, owner))

    def find(self, sentence: Sentence, first: int, head: int, match: RoleMatch) -> Party | None:
        """Find whose organ or official it is, by the order of evidence above.

        Args:
            sentence: Where it stands.
            first: First word of its phrase.
            head: Last word of the role.
            match: The role.
        """
        modifiers = modifiers_of(sentence, first, match, self.names.get(sentence.index, {}))
        return (
            self._framed(sentence, match)
            or self._governed(sentence, head, match)
            or self._section(sentence)
            or self._spoken(match)
            or self._carried(sentence, head, match, modifiers)
            or self._placed(sentence, match, modifiers)
        )

    def _framed(self, sentence: Sentence, match: RoleMatch) -> Party | None:
        """Read the land that opens a sentence: "**In Kestria**, the army said ..."."""
        names = self.names.get(sentence.index, {})
        opening = names.get(0)
        if opening is not None and opening.last + 1 < len(sentence):
            mark = sentence[opening.last + 1].text
            if mark == ":" and opening.party.kind in _STATES:
                return opening.party
        if sentence[0].lower not in _FRAMES:
            return None
        if match.words.startswith(("mayor", "governor")):
            for place in self.places.get(sentence.index, ()):
                if place.first in {1, 2} and place.last < match.first:
                    return land_of(place)
        for index in range(1, min(4, len(sentence))):
            name = names.get(index)
            if name is not None and name.last < match.first:
                after = sentence[name.last + 1].text if name.last + 1 < len(sentence) else ""
                is_land = name.kind in {"name", "alias", "capital"} and name.party.kind in _STATES
                return name.party.known("told") if is_land and after == "," else None
        return None

    def _governed(self, sentence: Sentence, head: int, match: RoleMatch) -> Party | None:
        """Read the place that an official is of: "**Kherson** governor", "the mayor **of Tyre**"."""
        if not LOCAL & set(match.words.split()):
            return None
        near = {word.lower for word in sentence.words[max(0, match.first - 4) : match.first]}
        if near & load_modifiers()["installed"]:
            return None
        for place in self.places.get(sentence.index, ()):
            before = place.last < match.first and all(
                sentence[i].lower in {"'s", "’s", "regional", "city", "state", "provincial"}
                for i in range(place.last + 1, match.first)
            )
            behind = any(
                place.first in range(sentence.first[noun], noun + 1)
                for prep in children(sentence, head, "prep")
                if sentence[prep].lower == "of"
                for noun in children(sentence, prep, "pobj")
            )
            if before or behind:
                return land_of(place)
        return None

    def _section(self, sentence: Sentence) -> Party | None:
        return self.sections.get(sentence.index)

    def _spoken(self, match: RoleMatch) -> Party | None:
        """Return whose own statement the document is; "the ministry" in a bulletin of the UN is none of the UN's."""
        if self.voice is None or match.role.id in {"rebels", "group"}:
            return None
        owner = known_party(self.voice.root)
        if owner is not None and owner.kind in _WITHOUT_ORGANS and match.role.id in ORGANS:
            return None
        return owner

    def _carried(
        self, sentence: Sentence, head: int, match: RoleMatch, modifiers: frozenset[str]
    ) -> Party | None:
        """Return the owner of the same organ told before, where one alone can be meant."""
        if _defines_itself(sentence, head) or (
            match.role.id in {*PERSONAL, "source"} and not _is_definite(sentence, head)
        ):
            return None
        same = [
            item for item in self.held if item.modifiers == modifiers and item.words == match.words
        ]
        found = _one(same, sentence.index, NEAR)
        if found is None and not modifiers and not same:
            shorter = [item for item in self.held if item.words.endswith(f" {match.words}")]
            near = [item for item in shorter if sentence.index - item.sentence <= SHORT_NEAR]
            found = _one(near, sentence.index, NEAR)
        return (
            None
            if found is None
            else found.known("carried" if found.evidence == "told" else found.evidence)
        )

    def _placed(
        self, sentence: Sentence, match: RoleMatch, modifiers: frozenset[str]
    ) -> Party | None:
        """Suggest the state in which a government or a local official acts."""
        words = set(match.words.split()) | modifiers
        lexicon = load_modifiers()
        if not (words & lexicon["state"] or (words & LOCAL and words & lexicon["local"])):
            return None
        lands = {
            land.root: land
            for place in self.places.get(sentence.index, ())
            if place.rule != "adjective" and is_located(sentence, place.first)
            if (land := land_of(place)) is not None
        }
        return next(iter(lands.values())).known("inferred") if len(lands) == 1 else None


def modifiers_of(
    sentence: Sentence, first: int, match: RoleMatch, names: Mapping[int, NameMention]
) -> frozenset[str]:
    """Collect the words that tell one organ from another: "**government** forces", "**rebel** fighters"."""
    return frozenset(
        sentence[index].lower
        for index in range(first, match.first)
        if index not in names
        and sentence[index].pos in {"NOUN", "ADJ", "PROPN", "VERB"}
        and sentence[index].lower not in load_modifiers()["passing"]
    )


def _defines_itself(sentence: Sentence, head: int) -> bool:
    """Return whether a phrase brings what tells it apart: "the forces **which committed the crime**"."""
    return any(
        sentence[index].dep == "acl"
        or (
            sentence[index].dep == "relcl"
            and sentence[max(0, sentence.first[index] - 1)].text != ","
        )
        for index in sentence.children[head]
    )


def _is_definite(sentence: Sentence, head: int) -> bool:
    return (
        any(
            sentence[index].lower in {"the", "this", "these", "that"}
            for index in children(sentence, head, "det")
        )
        or sentence[head].pos == "PROPN"
    )


def _one(held: Sequence[Held], sentence: int, near: int) -> Party | None:
    """Return the only owner there is, else the last one if it was told of just before."""
    if not held:
        return None
    last = held[-1]
    if len({item.owner.root for item in held}) == 1:
        return last.owner
    recent = {item.owner.root for item in held if sentence - item.sentence < near}
    return last.owner if recent == {last.owner.root} else None


def land_of(place: PlaceMention) -> Party | None:
    """Return the state whose recognised land a place is; None where none is settled, or which place is meant is not told."""
    return None if place.place.evidence == "inferred" else state_of(place.place)


def is_located(sentence: Sentence, index: int) -> bool:
    """Return whether a place tells where something happens: "in Ost", "near Ost"."""
    for above in (index, *ancestors(sentence, index)):
        if sentence[above].dep == "prep":
            return sentence[above].lower in _PLACING
        if sentence[above].pos in {"VERB", "AUX"}:
            return False
    return False


def find_sections(
    sentences: Sequence[Sentence], names: Mapping[int, Mapping[int, NameMention]]
) -> dict[int, Party]:
    """Find the headings that are a land's name and nothing more, and what stands under them."""
    found: dict[int, Party] = {}
    current: Party | None = None
    for sentence in sentences:
        land = _heading(sentence, names.get(sentence.index, {}))
        if land is not None:
            current = land
        elif current is not None:
            found[sentence.index] = current
    return found


def _heading(sentence: Sentence, names: Mapping[int, NameMention]) -> Party | None:
    words = [word.index for word in sentence.words if word.text[:1].isalnum()]
    if not words or len(words) > 4 or any(index not in names for index in words):
        return None
    name = names[words[0]]
    is_one = all(names[index] is name for index in words)
    ends = sentence.words[-1].text
    return (
        name.party
        if is_one and name.party.kind in _STATES and ends not in {".", "—", "–", "-"}
        else None
    )
