"""Descriptions: parties that are told of without a name: "both sides", "the ministry", "the enclave"."""

from counterclaim.atlas.countries import find_country
from counterclaim.records.party import Party
from counterclaim.resolve.discourse import Discourse
from counterclaim.resolve.names import known_party
from counterclaim.resolve.roles import ORGANS, RoleMatch, role_ending_at
from counterclaim.syntax.sentence import Sentence

_BOTH = frozenset(
    {
        "sides",
        "parties",
        "countries",
        "nations",
        "neighbours",
        "neighbors",
        "governments",
        "leaders",
        "armies",
        "foes",
        "rivals",
    }
)


_ALL_OF = frozenset({"both", "two", "warring", "all", "opposing", "rival"})


_LANDS = frozenset(
    {
        "country",
        "nation",
        "republic",
        "kingdom",
        "enclave",
        "region",
        "territory",
        "province",
        "breakaway region",
        "breakaway republic",
        "strip",
    }
)


_BREAKAWAY = frozenset(
    {"enclave", "territory", "breakaway region", "breakaway republic", "strip", "region"}
)
"""Words for a land; the second for one that is governed apart."""


_IN_REVOLT = frozenset({"rebel", "separatist", "insurgent"})
"""Words that set a group against the state it is told of."""


_UNNAMED = Party("officials (unnamed)", None, "official")


Found = tuple[tuple[Party, ...], str]


def rebel_adjective(owner: Party) -> str:
    """Write the owner before "rebels" as readers name them ("Syrian rebels")."""
    return {"Syria": "Syrian", "Libya": "Libyan"}.get(owner.root, owner.root)


def unit_of(owner: Party, match: RoleMatch, sentence: Sentence) -> Party:
    """Write an owner's organ in normal form."""
    role = match.role
    words = " ".join(word.text for word in sentence.words[match.first : match.last + 1])
    if owner.kind == "media":
        return Party(owner.root, None if role.id == "media" else words, "media")
    if role.id in {"expert", "civilian"}:
        prefix = "expert" if role.id == "expert" else "civilian"
        country = owner.root if owner.kind in {"state", "de facto authority"} else ""
        return Party(
            f"{prefix}: {f'{country} {words.lower()}'.strip()}", None, role.kind, owner.country
        )
    if role.id == "media":
        return _its_media(owner, match)
    if role.unit is None or (role.id in {"rebels", "group"} and owner.kind == "armed group"):
        return (
            owner
            if role.id != "government"
            else Party(owner.root, owner.unit, "government", owner.country)
        )
    unit = role.unit.format(noun=words)
    return Party(owner.root, unit, role.kind, owner.country)


def _its_media(owner: Party, match: RoleMatch) -> Party:
    """Name the media of a country as readers do: "media: Kestrian state TV"."""
    country = None if owner.country is None else find_country(owner.country)
    of = country.adjectives[0] if country is not None and country.adjectives else owner.root
    return Party(f"media: {of} {match.words.replace('tv', 'TV')}", None, "media", owner.country)


def read_both(sentence: Sentence, head: int, first: int, discourse: Discourse) -> Found | None:
    """Read "both sides", "the two countries", "the warring parties" as the two most spoken of."""
    word = sentence[head]
    if word.lower == "both" and word.pos == "PRON" and word.dep in {"pobj", "nsubj", "dobj"}:
        pass
    elif word.lower not in _BOTH or not any(
        sentence[index].lower in _ALL_OF for index in range(first, head)
    ):
        return None
    sides = [party for party in discourse.home if party.kind not in {"leader", "media"}][:2]
    return (tuple(sides), "both") if len(sides) == 2 else None


LOCAL = frozenset({"mayor", "governor", "prosecutor", "police", "judge", "inspector"})
"""Officials who serve the state that the report is about, whoever they are."""


def read_bare_role(sentence: Sentence, head: int, first: int, discourse: Discourse) -> Found | None:
    """Read an organ or role whose owner is not named beside it."""
    match = role_ending_at(sentence, head)
    if match is None:
        return None
    role = match.role
    definite = any(
        sentence[index].lower in {"the", "this", "these", "its", "their", "his", "our"}
        for index in range(first, head + 1)
    )
    if role.id in {"expert", "civilian"}:
        prefix = "expert" if role.id == "expert" else "civilian"
        words = " ".join(word.lower for word in sentence.words[match.first : match.last + 1])
        return (Party(f"{prefix}: {words}", None, role.kind),), prefix
    if role.id == "media":
        earlier = next(
            (party for party in reversed(discourse.groups) if party.kind == "media"), None
        )
        if earlier is None and match.words.startswith("state "):
            state = discourse.state()
            earlier = None if state is None else _its_media(state, match)
        return ((earlier or Party(f"media: {match.words}", None, "media")),), "media"
    if match.words in discourse.organs and (definite or role.id in ORGANS):
        return (unit_of(discourse.organs[match.words], match, sentence),), "again"
    if role.id in {"rebels", "group"}:
        if not definite and role.id == "group":
            return None
        kinds = (
            {"armed group"}
            if role.id == "rebels" or "group" not in match.words
            else {"armed group", "mediator", "organisation"}
        )
        group = next(
            (
                party
                for party in reversed(discourse.groups)
                if party.kind in kinds and "(unnamed)" not in party.root
            ),
            None,
        )
        if group is not None:
            return (group,), "again"
        if role.id == "group":
            return None
        state = discourse.state()
        lemmas = {sentence[index].lemma for index in range(first, head + 1)}
        known = (
            None
            if state is None or not lemmas & _IN_REVOLT
            else known_party(f"{rebel_adjective(state)} rebels")
        )
        if known is not None:
            return (known,), "focus"
        return (Party(f"{match.words} (unnamed)", None, "armed group"),), "own-name"
    if match.words in _LANDS and definite:
        land = _last_land(sentence, head, discourse, match.words)
        if land is not None:
            return (land,), "again"
    state = discourse.state()
    if role.id in ORGANS or role.id in {"leader", "minister"}:
        if state is None:
            return None
        return (unit_of(state, match, sentence),), "focus"
    if definite and state is not None and role.id == "spokesperson":
        owner = next(reversed(discourse.groups), state)
        return (unit_of(owner, match, sentence),), "again"
    if state is not None and LOCAL & set(match.words.split()):
        return (unit_of(state, match, sentence),), "focus"
    return (Party(_UNNAMED.root, match.words, _UNNAMED.kind),), "unnamed"


def _last_land(sentence: Sentence, head: int, discourse: Discourse, words: str) -> Party | None:
    """Give the state or authority named last: "Armenia's ministry ... inside **the country**"."""
    wanted = {"de facto authority"} if words in _BREAKAWAY else {"state"}
    names = discourse.names.get(sentence.index, {})
    for index in range(head - 1, -1, -1):
        if index in names and names[index].party.kind in wanted:
            return names[index].party.whole()
    found = next((party for party in reversed(discourse.groups) if party.kind in wanted), None)
    if found is None and words in _BREAKAWAY:
        return next((party for party in discourse.home if party.kind in wanted), None)
    return found
