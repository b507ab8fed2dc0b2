"""Parties: the noun phrases of a document, and the parties they stand for.

The order of evidence for one noun phrase:

  1. a person's name, with title, apposition or public office    ``title``, ``person``, ``office``
  2. an organ or role of a named owner                           ``organ``
  3. a known name                                                ``name``
  4. both sides of the conflict                                  ``both``
  5. an organ without owner: the same one told of before          ``again``
  6. experts, civilians, media, unnamed officials                ``expert``, ``civilian``, ``media``
  7. a body unknown to the lexicon, by its own name              ``own-name``
  8. an organ whose owner nothing tells                          ``unnamed``

Whose an organ is that no owner is told beside: see ``owners.py``. Pronouns come after, in
``pronouns.py``; then organs whose owner is a pronoun ("**its** forces").
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from counterclaim.atlas.countries import find_country
from counterclaim.lexicon import load_modifiers
from counterclaim.records.mention import NameMention, PartyMention, PlaceMention
from counterclaim.records.party import Party
from counterclaim.records.text import Document
from counterclaim.resolve.bodies import Found, read_own_name, read_short_name, unknown_owner
from counterclaim.resolve.discourse import Discourse, rank_home
from counterclaim.resolve.holders import note_office, read_person, read_renamed
from counterclaim.resolve.known_names import is_borrowed, known_party
from counterclaim.resolve.nominal_mentions import (
    is_civil,
    read_bare_role,
    read_both,
    rebel_adjective,
    unit_of,
)
from counterclaim.resolve.outlet_party import outlet_voice
from counterclaim.resolve.owners import Owners, find_sections, modifiers_of
from counterclaim.resolve.persons import People, group_runs, with_full_names
from counterclaim.resolve.roles import (
    ORGANS,
    RoleMatch,
    role_ending_at,
    whose_diplomat,
)
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import NOMINAL, agent, children, conjuncts, phrase

OWNING = frozenset({"of", "for", "in", "from", "with", "at"})
"""Prepositions that bind a role to its owner: "spokesman **for** the army"."""

_INNER = frozenset({"compound", "amod", "nmod", "det", "nummod", "quantmod", "punct", "case"})
"""Relations of words that only modify the next one: their head is read instead."""


_QUARTERS = frozenset({"North", "South", "East", "West"})

_BODIES = frozenset({"organisation", "alliance", "mediator", "unknown"})
"""Kinds of parties that words for a body may go on to name."""

PAPERS = frozenset(
    {"statement", "communique", "communiqué", "release", "declaration", "figure", "tally", "report"}
)
"""Lemmas of what a body issues and speaks through."""


def find_parties(
    document: Document,
    sentences: Sequence[Sentence],
    names: Sequence[NameMention],
    places: Sequence[PlaceMention] = (),
) -> tuple[tuple[PartyMention, ...], tuple[Party, ...]]:
    """Resolve the noun phrases of a document to parties.

    Args:
        document: Whose text the sentences are.
        sentences: In document order.
        names: As ``find_names`` gives them.
        places: As ``find_places`` gives them: an official may be known by the place.

    Returns:
        One mention for each noun phrase that could be resolved, in reading order; and the
        parties that the document is about, most spoken of first. Coordinated phrases give one
        mention for each conjunct and one for the whole, at the first head.
    """
    runs, covered = group_runs(document, sentences, names)
    people = People(document.published.year if document.published else None)
    by_index = {sentence.index: sentence for sentence in sentences}
    for run in with_full_names(runs):
        if run.is_person:
            people.add(run, by_index[run.sentence])
    discourse = Discourse(
        document,
        covered,
        {(run.sentence, run.last): run for run in runs},
        people,
        rank_home(names),
        Owners(
            covered,
            _by_sentence(places),
            find_sections(sentences, covered),
            outlet_voice(document.outlet),
        ),
    )
    mentions: list[PartyMention] = []
    for sentence in sentences:
        mentions.extend(_in_sentence(sentence, discourse))
    return tuple(mentions), discourse.home


def _by_sentence(places: Sequence[PlaceMention]) -> dict[int, list[PlaceMention]]:
    found: dict[int, list[PlaceMention]] = {}
    for place in places:
        found.setdefault(place.sentence, []).append(place)
    return found


def _in_sentence(sentence: Sentence, discourse: Discourse) -> Iterator[PartyMention]:
    single: dict[int, PartyMention] = {}
    for word in sentence.words:
        if word.pos not in NOMINAL and word.index not in discourse.names.get(sentence.index, {}):
            continue
        if word.pos == "PRON" and word.lower not in {"both", "some", "others"}:
            continue
        if word.dep in _INNER and word.head == word.index + 1:
            continue
        if word.dep == "compound" and _leads_name(sentence, word.index):
            continue
        mention = identify(sentence, word.index, discourse)
        if mention is not None:
            mention = _of_both(sentence, mention, discourse.names.get(sentence.index, {}))
            single[word.index] = mention
            _remember(mention, discourse)
    for head, mention in list(single.items()):
        named = _by_its_name(sentence, mention, single)
        if named is not mention:
            single[head] = named
            bare = {party.root for party in mention.parties}
            discourse.groups = [party for party in discourse.groups if party.root not in bare]
            _remember(named, discourse)
    for head, mention in single.items():
        widened = _with_conjuncts(sentence, head, mention, single)
        if len(widened.parties) == 2 and widened is not mention:
            left, right = widened.parties
            discourse.pairs.append((sentence.index, (left, right)))
        yield widened


def _by_its_name(
    sentence: Sentence, mention: PartyMention, single: Mapping[int, PartyMention]
) -> PartyMention:
    """Return words for a body as the body whose name stands behind them: "the monitoring group **Ledger Watch**"."""
    if mention.rule != "body":
        return mention
    behind = mention.head + 1
    if behind < len(sentence) and sentence[behind].text == ",":
        behind += 1
    for other in single.values():
        if (
            other.first <= behind <= other.head
            and sentence[behind].text[:1].isupper()
            and other.rule in {"name", "own-name", "title"}
            and (behind == mention.head + 1 or sentence[other.head].dep == "appos")
            and all(party.kind in _BODIES for party in other.parties)
        ):
            named = tuple(
                replace(party, kind="organisation") if party.kind == "unknown" else party
                for party in other.parties
            )
            return replace(mention, parties=named)
    return mention


def _of_both(
    sentence: Sentence, mention: PartyMention, names: Mapping[int, NameMention]
) -> PartyMention:
    """Return the organ of two states to both: "**US and UK** forces"."""
    if len(mention.parties) != 1 or mention.parties[0].unit is None:
        return mention
    organ = mention.parties[0]
    for owner in children(sentence, mention.head, "nmod", "amod", "compound"):
        named = [names[at].party for at in conjuncts(sentence, owner) if at in names]
        roots = {party.root for party in named}
        if len(roots) > 1 and organ.root in roots:
            both = tuple(
                replace(organ, root=party.root, country=party.country)
                for party in dict.fromkeys(named)
            )
            return replace(mention, parties=both)
    return mention


def _leads_name(sentence: Sentence, index: int) -> bool:
    """Return whether a word is the title of the name right behind it: "Interior **Minister** Ali Varn"."""
    head = sentence[index].head
    return head > index and all(
        sentence[at].pos == "PROPN" and sentence[at].dep in {"compound", sentence[head].dep}
        for at in range(index + 1, head + 1)
    )


def _remember(mention: PartyMention, discourse: Discourse) -> None:
    for party in mention.parties:
        whole = party.whole() if party.unit else party
        if party.kind in {
            "armed group",
            "state",
            "organisation",
            "de facto authority",
            "mediator",
            "alliance",
        }:
            discourse.groups = [item for item in discourse.groups if item.root != whole.root]
            discourse.groups.append(party if party.unit is None else whole)
            discourse.group_at[whole.root] = mention.sentence


def _with_conjuncts(
    sentence: Sentence, head: int, mention: PartyMention, single: Mapping[int, PartyMention]
) -> PartyMention:
    """Widen a first conjunct to the whole coordination: "Russia, France and the US"."""
    if sentence[head].dep == "conj" or not children(sentence, head, "conj"):
        return mention
    group = [single[index] for index in conjuncts(sentence, head) if index in single]
    if len(group) < 2:
        return mention
    parties = tuple(dict.fromkeys(party for item in group for party in item.parties))
    last = max(item.last for item in group)
    return PartyMention(
        sentence=mention.sentence,
        head=head,
        first=mention.first,
        last=last,
        span=sentence.cover(mention.first, last),
        parties=parties,
        rule=mention.rule,
    )


def identify(sentence: Sentence, head: int, discourse: Discourse) -> PartyMention | None:
    """Resolve one noun phrase by the order of evidence; None when nothing is known of it."""
    first, last = phrase(sentence, head)
    names = discourse.names.get(sentence.index, {})
    found = (
        read_person(sentence, head, discourse)
        or read_renamed(sentence, head, discourse)
        or _organ(sentence, head, first, discourse)
        or _name(sentence, head, names)
        or _paper(sentence, head, names, discourse)
        or _half(sentence, head, discourse)
        or read_both(sentence, head, first, discourse)
        or read_short_name(sentence, head, discourse)
        or read_bare_role(sentence, head, first, discourse)
        or read_own_name(sentence, head, discourse)
    )
    if found is None or not found[0]:
        return None
    parties, rule = found
    note_office(sentence, head, found, discourse)
    if rule == "name" and head in names:
        first, last = min(first, names[head].first), max(last, names[head].last)
    return PartyMention(
        sentence=sentence.index,
        head=head,
        first=first,
        last=last,
        span=sentence.cover(first, last),
        parties=parties,
        rule=rule,
    )


def _organ(sentence: Sentence, head: int, first: int, discourse: Discourse) -> Found | None:
    """Read an organ, office or group of a named owner: "Azerbaijan's defence ministry"."""
    match = role_ending_at(sentence, head)
    names = discourse.names.get(sentence.index, {})
    if match is None or (
        head in names and names[head].last >= head and names[head].first <= match.first
    ):
        return None
    owner = find_owner(sentence, head, first, match, discourse)
    if owner is None:
        return None
    if match.role.id == "media" and owner.kind == "state":
        discourse.state_media[match.words] = unit_of(owner, match, sentence)
    if not (owner.kind == "state" and is_civil(sentence, first, match)):
        discourse.owners.note(
            sentence.index, match.words, modifiers_of(sentence, first, match, names), owner
        )
    if match.role.id == "rebels" and owner.kind == "state":
        known = known_party(f"{owner.root} rebels") or known_party(
            f"{rebel_adjective(owner)} rebels"
        )
        return (
            (known or Party(f"{owner.root} rebels", None, "armed group", owner.country)),
        ), "organ"
    return (unit_of(owner, match, sentence, first),), "organ"


_MANY = frozenset({"forces", "troops", "soldiers", "warplanes", "jets", "commandos", "marines"})
"""Fighters whom the land that they are in does not own: "**forces** in Kestria"."""


def find_owner(
    sentence: Sentence, head: int, first: int, match: RoleMatch, discourse: Discourse
) -> Party | None:
    """Find whose organ it is: a name before the noun, or one behind of, for, in, from.

    Accepts:
      1. a possessive or adjective     "Baku's defence ministry", "the Israeli army"
      2. a preposition's name          "the ministry of Azerbaijan", "a spokesman for the Taliban"
      3. a preposition's organ         "a spokesman for the Ukrainian military"
      4. an apposition                 "the party, Hamas,"
    Names in compounds such as "Iranian-backed" own nothing.
    """
    names = discourse.names.get(sentence.index, {})
    for index in range(match.first - 1, first - 1, -1):
        if sentence[index].text in {")", "_", "—", ";", ":"}:
            break
        if index in names and (
            not is_borrowed(sentence, names[index].last)
            or (match.role.id in ORGANS and _runs_it(sentence, names[index].last))
        ):
            between = {word.lower for word in sentence.words[names[index].last + 1 : match.first]}
            near = names[index]
            if near.kind == "adjective" and between & load_modifiers()["waters"]:
                return None
            if near.party.kind == "state" and _is_of_charity(match, between):
                return None
            far = next(
                (names[at] for at in range(near.first - 1, first - 1, -1) if at in names), None
            )
            owner = whose_diplomat(near, far, match.words).party
            return _opponents(owner, between) or owner
        run = discourse.runs.get((sentence.index, index))
        person = None if run is None else discourse.people.find(run.text)
        if person is not None and person.known is not None:
            return known_party(person.known.root)
        body = unknown_owner(sentence, index, match, discourse)
        if body is not None:
            return body
    for clause in children(sentence, head, "acl", "relcl"):
        if sentence[clause].lower in load_modifiers()["running"]:
            doer = agent(sentence, clause)
            if doer is not None and doer in names:
                return names[doer].party
    for prep in children(sentence, head, "prep"):
        if sentence[prep].lower not in OWNING:
            continue
        for noun in children(sentence, prep, "pobj"):
            is_seat = noun in names and names[noun].kind in {"capital", "seat"}
            if is_seat and _lies_elsewhere(sentence.index, names[noun], discourse):
                continue
            if sentence[prep].lower in {"in", "at"} and _is_guest(sentence, match):
                continue
            if sentence[prep].lower in {"in", "at"} and not (
                is_seat or _is_of_land(sentence, match)
            ):
                continue
            if noun in names:
                party = names[noun].party
                before = {word.lower for word in sentence.words[first : match.first]}
                return _opponents(party, before) or party
            inner = identify(sentence, noun, discourse)
            if inner is not None and inner.rule in {"organ", "name", "half", "again"}:
                return inner.parties[0]
    return None


_SPEAKING = frozenset({"official", "spokesperson", "leader", "source"})
"""Roles of those who speak for whoever is named before them."""


def _is_of_charity(match: RoleMatch, between: AbstractSet[str]) -> bool:
    """Return whether an official is a charity's, and not its land's: "a Kestrian **Red Cross** official"."""
    words = between | set(match.words.split())
    return match.role.id in _SPEAKING and bool(words & load_modifiers()["charities"])


def _is_guest(sentence: Sentence, match: RoleMatch) -> bool:
    """Return whether the town told of is only where somebody lives: "**diplomats** in Ost", "**Western** officials in Ost"."""
    lexicon = load_modifiers()
    before = sentence[match.first - 1].lower if match.first else ""
    speaks = match.role.id in {"official", "source"}
    is_guest = bool(set(match.words.split()) & lexicon["guests"])
    return is_guest or (speaks and before in lexicon["foreign"])


def _lies_elsewhere(sentence: int, name: NameMention, discourse: Discourse) -> bool:
    """Return whether a capital's name is another town's here: Tripoli in Lebanon."""
    for place in discourse.owners.places.get(sentence, ()):
        if place.first <= name.first <= place.last and place.place.country is not None:
            land = find_country(place.place.country)
            return land is not None and name.party.country not in {None, land.iso3}
    return False


def _is_of_land(sentence: Sentence, match: RoleMatch) -> bool:
    """Return whether "in Kestria" tells whose it is: an organ's land owns it, an officer's need not."""
    if match.words in _MANY:
        before = sentence[match.first - 1].lower if match.first else ""
        lexicon = load_modifiers()
        return before in lexicon["rebel"] | lexicon["state"] | lexicon["opposition"]
    return (
        match.role.id in ORGANS | {"rebels", "media", "source"}
        or match.words
        in {
            "official",
            "officials",
            "activist",
            "group",
        }
        or match.role.id in {"civilian", "expert"}
    )


def _runs_it(sentence: Sentence, last: int) -> bool:
    """Return whether a compound's first half owns the organ: "**Houthi**-run ministry"."""
    after = sentence.words[last + 1 : last + 3]
    return (
        len(after) == 2
        and after[0].text in {"-", "–"}
        and after[1].lower in load_modifiers()["running"]
    )


def _opponents(party: Party, words: AbstractSet[str]) -> Party | None:
    """Return a state's rebels or opposition where such a word stands between: "a Syrian rebel group"."""
    if party.kind != "state":
        return None
    adjective = rebel_adjective(party)
    lexicon = load_modifiers()
    if words & lexicon["rebel"]:
        root = f"{adjective} rebels"
        return known_party(root) or Party(root, None, "armed group", party.country)
    if words & lexicon["opposition"]:
        root = f"{adjective} opposition"
        return known_party(root) or Party(root, None, "organisation", party.country)
    return None


def _name(sentence: Sentence, head: int, names: Mapping[int, NameMention]) -> Found | None:
    """Read a known name that is the head of its phrase, or modifies a plain noun for its people."""
    name = names.get(head)
    if name is None or is_borrowed(sentence, name.last):
        return None
    if name.kind == "adjective" and sentence[head].dep in {"amod", "compound", "nmod"}:
        return None
    before = names.get(name.first - 1)
    if name.kind in {"adjective", "people"} and before is not None and before.party.kind == "media":
        return (before.party,), "name"
    return (name.party,), "name"


def _paper(
    sentence: Sentence, head: int, names: Mapping[int, NameMention], discourse: Discourse
) -> Found | None:
    """Read a paper as whoever issued it: "a **NATO** mission statement", "**U.N.** figures"."""
    if sentence[head].lemma not in PAPERS:
        return None
    for index in children(sentence, head, "compound", "nmod", "amod"):
        match = role_ending_at(sentence, index)
        first = sentence.first[head]
        if match is None or match.role.id in {"civilian", "expert"} or index in names:
            continue
        owner = find_owner(sentence, index, first, match, discourse)
        if owner is not None:
            return (unit_of(owner, match, sentence, first),), "paper"
        bare = read_bare_role(sentence, index, first, discourse)
        if bare is not None:
            return bare[0], "paper"
    for index in children(sentence, head, "compound", "amod", "nmod", "poss"):
        for at in range(sentence.first[index], index + 1):
            if at in names and not is_borrowed(sentence, names[at].last):
                return (names[at].party,), "paper"
    return None


def _half(sentence: Sentence, head: int, discourse: Discourse) -> Found | None:
    """Read one of two lands that share a name by its quarter: "**the North**", of North Kestria's."""
    word = sentence[head]
    if word.text not in _QUARTERS or head == 0 or sentence[head - 1].lower != "the":
        return None
    if head + 1 < len(sentence) and sentence[head + 1].lower == "of":
        return None
    land = next((item for item in discourse.home if item.root.startswith(f"{word.text} ")), None)
    return None if land is None else ((land,), "half")
