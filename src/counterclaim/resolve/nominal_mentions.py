"""Nominal mentions: parties that are told of without a name: "both sides", "the ministry", "the enclave"."""

from typing import TYPE_CHECKING

from counterclaim.atlas.countries import find_country
from counterclaim.lexicon import load_modifiers
from counterclaim.records.party import Party
from counterclaim.resolve.bodies import Found, is_titled
from counterclaim.resolve.discourse import Discourse
from counterclaim.resolve.roles import RoleMatch, role_ending_at
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children

if TYPE_CHECKING:
    from counterclaim.records.evidence import Evidence

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


_SIDED = frozenset({"state", "de facto authority", "armed group", "alliance"})
"""Kinds of party that can be the sides of a quarrel."""

_OF_OTHERS = frozenset({"its", "their", "his", "her"})
"""Pronouns that tell whose an organ is."""

_ANY_BODY = frozenset({"group", "organisation", "organization", "movement", "body", "party"})
"""Words by which any body is told of again; "the charity" is one that was called so."""

REACH = 3
"""Sentences back in which a pair, a group or a body still is the one that bare words mean."""

LONGEST_BODY = 8
"""Words of the longest name of a body."""


_UNNAMED = Party("officials (unnamed)", None, "official")


def rebel_adjective(owner: Party) -> str:
    """Write the owner before "rebels" as readers name them ("Syrian rebels")."""
    return {"Syria": "Syrian", "Libya": "Libyan"}.get(owner.root, owner.root)


def unit_of(owner: Party, match: RoleMatch, sentence: Sentence, first: int | None = None) -> Party:
    """Write an owner's organ in normal form.

    Args:
        owner: Whose it is.
        match: The role of the organ.
        sentence: Where it stands.
        first: First word of the phrase, for bodies that go by their own words.
    """
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
    if owner.kind in {"state", "de facto authority"} and is_civil(sentence, first, match):
        return body_of(sentence, match.first if first is None else first, match)
    if role.unit is None or (role.id in {"rebels", "group"} and owner.kind == "armed group"):
        return (
            owner
            if role.id != "government"
            else Party(owner.root, owner.unit, "government", owner.country, owner.evidence)
        )
    unit = role.unit.format(noun=words)
    return Party(owner.root, unit, role.kind, owner.country, owner.evidence)


COMMITTEES = frozenset({"committee", "committees", "council", "councils", "commission", "agency"})
"""Last words of bodies that are a state's or its citizens', as the words beside them tell."""


def is_civil(sentence: Sentence, first: int | None, match: RoleMatch) -> bool:
    """Return whether a body is its members' and no state's: a union, a charity, a residents' committee."""
    if match.role.id in {"civil", "group"}:
        return True
    if match.words.rsplit(" ", 1)[-1] not in COMMITTEES:
        return False
    start = match.first if first is None else first
    near = {word.lower for word in sentence.words[start : match.last + 1]}
    lexicon = load_modifiers()
    if near & lexicon["official"]:
        return False
    return bool(near & lexicon["civil"]) or match.words == "committees"


def body_of(sentence: Sentence, first: int, match: RoleMatch) -> Party:
    """Name a body by its own words: "Iranian rights group", "Ost Network for Human Rights"."""
    start = first
    for index in range(first, match.first):
        word = sentence[index]
        owned = (
            word.lower in {"'s", "’s", "’", "'"} and index and sentence[index - 1].pos == "PROPN"
        )
        if owned or word.lower in {"the", "a", "an"}:
            start = index + 1
        elif sentence[index].text in {"-", "–"} and sentence[index + 1].lower == "based":
            start = index + 2
    last = match.last
    if sentence[last].text[:1].isupper():
        while last + 2 < len(sentence) and sentence[last + 1].lower in {
            "for",
            "of",
            "against",
            "and",
            "on",
        }:
            if not sentence[last + 2].text[:1].isupper() or sentence[last + 2].text.isupper():
                break
            last += 2
            while last + 1 < len(sentence) and sentence[last + 1].pos == "PROPN":
                last += 1
    start = max(start, last - LONGEST_BODY)
    words = sentence.words[start : last + 1]
    text = " ".join(
        word.text if n == 0 or words[n - 1].end < word.start else f"\0{word.text}"
        for n, word in enumerate(words)
    ).replace(" \0", "")
    return Party(text, None, "organisation")


def _its_media(owner: Party, match: RoleMatch) -> Party:
    """Name the media of a country as readers do: "media: Kestrian state TV"."""
    country = None if owner.country is None else find_country(owner.country)
    of = country.adjectives[0] if country is not None and country.adjectives else owner.root
    return Party(f"media: {of} {match.words.replace('tv', 'TV')}", None, "media", owner.country)


def read_both(sentence: Sentence, head: int, first: int, discourse: Discourse) -> Found | None:
    """Read "both sides", "the two countries", "the warring parties".

    The order of evidence: the two told together last, in this sentence or just before; the two that
    this sentence tells of besides whoever acts in it; the only two of the report.
    """
    word = sentence[head]
    if word.lower == "both" and word.pos == "PRON" and word.dep in {"pobj", "nsubj", "dobj"}:
        pass
    elif word.lower not in _BOTH or not any(
        sentence[index].lower in _ALL_OF for index in range(first, head)
    ):
        return None
    states = word.lower in {"countries", "nations", "governments", "neighbours", "neighbors"}
    kinds = {"state", "de facto authority"} if states else _SIDED
    for at, pair in reversed(discourse.pairs):
        if sentence.index - at <= REACH and all(party.kind in kinds for party in pair):
            return tuple(party.known("carried") for party in pair), "both"
    if states:
        here = _beside(sentence, discourse, head)
        if len(here) == 2:
            return tuple(party.known("carried") for party in here), "both"
    sides = [party for party in discourse.home if party.kind in kinds]
    if len(sides) < 2:
        return None
    grade: Evidence = "carried" if len(sides) == 2 else "inferred"
    return tuple(party.known(grade) for party in sides[:2]), "both"


def _beside(sentence: Sentence, discourse: Discourse, head: int) -> list[Party]:
    """Collect the states that a sentence names, but whoever acts in it."""
    found: dict[str, Party] = {}
    acting: set[str] = set()
    for index, name in discourse.owners.names.get(sentence.index, {}).items():
        if name.party.kind not in {"state", "de facto authority"} or index >= head:
            continue
        word = sentence[index]
        while word.dep in {"compound", "amod", "poss", "nmod"} and word.head != word.index:
            word = sentence[word.head]
        if word.dep in {"nsubj", "nsubjpass"}:
            acting.add(name.party.root)
        found[name.party.root] = name.party
    return [party for root, party in found.items() if root not in acting]


def read_bare_role(sentence: Sentence, head: int, first: int, discourse: Discourse) -> Found | None:
    """Read an organ or role whose owner is not named beside it."""
    match = role_ending_at(sentence, head)
    if match is None:
        return None
    role = match.role
    definite = any(
        sentence[index].lower in {"the", "this", "these"} for index in range(first, head + 1)
    )
    if role.id in {"expert", "civilian"}:
        prefix = "expert" if role.id == "expert" else "civilian"
        words = " ".join(word.lower for word in sentence.words[match.first : match.last + 1])
        return (Party(f"{prefix}: {words}", None, role.kind),), prefix
    if role.id == "media":
        earlier = discourse.state_media.get(match.words)
        return ((earlier or Party(f"media: {match.words}", None, "media")),), "media"
    if role.id in {"civil", "group"} or is_civil(sentence, first, match):
        return _bare_body(sentence, first, match, discourse, definite=definite)
    if match.words in _LANDS and definite:
        land = _last_land(sentence, head, discourse, match.words)
        if land is not None:
            return (land.known("carried"),), "again"
    owner = (
        None
        if has_owner_pronoun(sentence, head)
        else discourse.owners.find(sentence, first, head, match)
    )
    if role.id == "rebels":
        return _bare_rebels(sentence, first, match, discourse, owner, definite=definite)
    if owner is not None:
        return (unit_of(owner, match, sentence, first),), "again"
    if role.id in {"leader", "minister", "official", "spokesperson", "source"}:
        body = _bodys_head(sentence, match, discourse)
        return ((body or unnamed_official(match.words)),), "again" if body else "unnamed"
    if match.words in _LANDS or _has_own_owner(sentence, first, match):
        return None
    return (unnamed_organ(sentence, first, match),), "unnamed"


def _has_own_owner(sentence: Sentence, first: int, match: RoleMatch) -> bool:
    """Return whether a name unknown to the lexicon stands before an organ: "the **Kestrian** ministry"."""
    return any(
        sentence[index].text[:1].isupper() and sentence[index].pos in {"PROPN", "ADJ"} and index > 0
        for index in range(first, match.first)
    )


def unnamed_official(words: str) -> Party:
    """Name an official whose owner is not told."""
    return Party(_UNNAMED.root, words, _UNNAMED.kind)


def unnamed_organ(sentence: Sentence, first: int, match: RoleMatch) -> Party:
    """Name an organ whose owner is not told by its own words: "government forces (unnamed)"."""
    near = load_modifiers()
    kept = near["state"] | near["rebel"] | near["opposition"] | near["local"]
    before = [
        sentence[index].lower
        for index in range(first, match.first)
        if sentence[index].lower in kept
    ]
    return Party(f"{' '.join([*before, match.words])} (unnamed)", None, match.role.kind)


def has_owner_pronoun(sentence: Sentence, head: int) -> bool:
    """Return whether a pronoun tells whose it is: "**its** forces"."""
    return any(
        sentence[index].tag == "PRP$" and sentence[index].lower in _OF_OTHERS
        for index in children(sentence, head, "poss")
    )


def _bodys_head(sentence: Sentence, match: RoleMatch, discourse: Discourse) -> Party | None:
    """Read the head of the international body told of just before: "the **director general**"."""
    body = last_body(sentence.index, match, discourse)
    return (
        None if body is None else Party(body.root, match.words, "official", body.country, "carried")
    )


def last_body(sentence: int, match: RoleMatch, discourse: Discourse) -> Party | None:
    """Return the international body told of just before, for a title that only such bodies have."""
    if match.words not in load_modifiers()["bodies"]:
        return None
    bodies = [
        party
        for party in discourse.groups
        if party.kind in {"alliance", "mediator", "organisation"}
        and sentence - discourse.group_at.get(party.root, -9) <= REACH
    ]
    return bodies[-1] if bodies else None


def _bare_body(
    sentence: Sentence, first: int, match: RoleMatch, discourse: Discourse, *, definite: bool
) -> Found | None:
    """Read a body of no state: "the group", of the one told before; else by its own words."""
    *kind_words, last_word = match.words.split()
    own = [
        sentence[index]
        for index in range(first, match.first)
        if sentence[index].pos in {"NOUN", "ADJ", "PROPN"}
        and sentence[index].lower not in load_modifiers()["passing"]
    ]
    lexicon = load_modifiers()
    plain = {word.lower for word in own} | set(kind_words)
    if _is_named_behind(sentence, match, discourse) or is_titled(sentence, match):
        return (body_of(sentence, first, match),), "body"
    if definite and (plain <= lexicon["armed"] or plain <= lexicon["watching"]):
        kinds: set[str] = {"armed group", "organisation"}
        if plain:
            kinds = {"armed group"} if plain <= lexicon["armed"] else {"organisation"}
        elif last_word == "group":
            kinds.add("mediator")
        near = [
            party
            for party in discourse.groups
            if party.kind in kinds
            and "(unnamed)" not in party.root
            and sentence.index - discourse.group_at.get(party.root, -9) <= REACH
        ]
        fits = [party for party in near if last_word in party.root.lower()]
        if not fits and last_word in _ANY_BODY:
            fits = near
        if not fits and plain:
            fits = [party for party in discourse.groups if party.kind in kinds][-1:]
        if fits:
            return (fits[-1].known("carried"),), "again"
    if match.role.id == "group" and not definite:
        return None
    return (body_of(sentence, first, match),), "body"


def _is_named_behind(sentence: Sentence, match: RoleMatch, discourse: Discourse) -> bool:
    """Return whether a body's own name follows, and speaks for it: "the aid group **Mercy Hands**"."""
    behind = match.last + 1
    if behind >= len(sentence) or sentence[behind].pos != "PROPN":
        return False
    return behind in discourse.names.get(sentence.index, {}) or sentence[behind].dep != "nsubj"


def _bare_rebels(
    sentence: Sentence,
    first: int,
    match: RoleMatch,
    discourse: Discourse,
    owner: Party | None,
    *,
    definite: bool,
) -> Found:
    """Read fighters of no named group: those of the same words before, the one group told of, or nobody's."""
    if owner is not None and owner.kind != "state":
        return (unit_of(owner, match, sentence, first),), "again"
    groups = [
        party
        for party in discourse.groups
        if party.kind == "armed group" and "(unnamed)" not in party.root
    ]
    if definite and groups:
        recent = [
            party
            for party in groups
            if sentence.index - discourse.group_at.get(party.root, -9) <= REACH
        ]
        if len(recent) == 1 or len(groups) == 1:
            is_guess = match.words in load_modifiers()["unnamed_doers"]
            if match.words.startswith("faction") and sentence[match.last].tag == "NNS":
                return (Party(f"{match.words} (unnamed)", None, "armed group"),), "own-name"
            return ((recent or groups)[-1].known("inferred" if is_guess else "carried"),), "again"
    return (Party(f"{match.words} (unnamed)", None, "armed group"),), "own-name"


def _last_land(sentence: Sentence, head: int, discourse: Discourse, words: str) -> Party | None:
    """Find the state or authority named last: "Armenia's ministry ... inside **the country**".

    An adjective names whose a thing is, not where: it counts only where no name stands.
    """
    wanted = {"de facto authority"} if words in _BREAKAWAY else {"state"}
    names = discourse.names.get(sentence.index, {})
    before = [names[index] for index in range(head - 1, -1, -1) if index in names]
    fits = [name for name in before if name.party.kind in wanted]
    plain = [name for name in fits if name.kind not in {"adjective", "people"}]
    if plain or fits:
        return (plain or fits)[0].party.whole()
    found = next((party for party in reversed(discourse.groups) if party.kind in wanted), None)
    if found is None and words in _BREAKAWAY:
        return next((party for party in discourse.home if party.kind in wanted), None)
    return found
