"""The discourse: what has been read of a document so far, sentence by sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from counterclaim.records.mention import NameMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document
from counterclaim.resolve.known_names import known_party
from counterclaim.resolve.owners import Owners
from counterclaim.resolve.persons import NameRun, People


@dataclass(slots=True)
class Discourse:
    """What has been read of a document so far, sentence by sentence."""

    document: Document
    names: Mapping[int, Mapping[int, NameMention]]
    runs: Mapping[tuple[int, int], NameRun]
    """Name runs by sentence and last word."""
    people: People
    home: tuple[Party, ...]
    owners: Owners
    """Whose organs were told so far."""
    state_media: dict[str, Party] = field(default_factory=dict)
    """Media told with their land before, by their role phrase: "state tv" -> Kestria's."""
    groups: list[Party] = field(default_factory=list)
    """Armed groups, bodies and states in order of last mention."""
    group_at: dict[str, int] = field(default_factory=dict)
    """The sentence in which each of them was last told of, by root."""

    pairs: list[tuple[int, tuple[Party, Party]]] = field(default_factory=list)
    """Two parties told together ("Kestria and Ardenia"), with the sentence."""
    office: tuple[int, Party] | None = None
    """The office last told without its holder's name, and in which sentence: "Kestria's chief prosecutor"."""
    holders: dict[str, Party] = field(default_factory=dict)
    """Persons named right after such an office, by full name, with whose officer they are taken to be."""

    def is_divided(self) -> bool:
        """Return whether the report is about a land that is governed apart from the state it tells of.

        Whose a hospital or an airline is, is then not known from the state alone.
        """
        return any(item.kind == "de facto authority" for item in self.home[:4])


def rank_home(names: Sequence[NameMention]) -> tuple[Party, ...]:
    """Order the parties a document is about: by mentions, the first sentences counting double.

    A capital counts half: it may be no more than a dateline.
    """
    weights: dict[str, float] = {}
    party_of: dict[str, Party] = {}
    for name in names:
        if name.party.kind in {"media", "organisation", "alliance", "people"}:
            continue
        weight = (0.5 if name.kind in {"capital", "seat"} else 1.0) * (
            2.0 if name.sentence < 4 else 1.0
        )
        whole = name.party if name.party.unit is None else known_party(name.party.root)
        if whole is None:
            continue
        weights[whole.root] = weights.get(whole.root, 0.0) + weight
        party_of[whole.root] = whole
    ranked = sorted(weights, key=lambda root: -weights[root])
    return tuple(party_of[root] for root in ranked)
