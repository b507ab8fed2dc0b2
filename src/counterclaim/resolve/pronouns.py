"""Pronouns: whom he, she, it and they stand for, by role in the sentence and nearness.

Each candidate earns points: see ``POINTS``. The best wins; nobody wins with none. First and
second persons are read where quotations are known, in ``attribute``.
"""

from collections.abc import Iterator, Mapping, Sequence

from counterclaim.records.mention import PartyMention
from counterclaim.resolve.roles import PERSONAL, role_ending_at, singular
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import OBJECTS, SUBJECTS, is_below, subject

POINTS: Mapping[str, float] = {
    "subject": 3.0,
    "main clause": 1.0,
    "said something": 1.5,
    "possessor": -1.0,
    "number agrees": 4.0,
    "object beside an object": 4.0,
    "each sentence back": -1.6,
    "each mention since": -0.15,
}
"""What a candidate earns. Set by hand while reading the development reports; not swept."""

REACH = 4
"""Sentences looked back. An antecedent further off is right less than half the time."""

_HE = frozenset({"he", "him", "himself", "his"})
_SHE = frozenset({"she", "her", "herself", "hers"})
_IT = frozenset({"it", "itself", "its"})
_THEY = frozenset({"they", "them", "themselves", "their", "theirs"})
PRONOUNS = _HE | _SHE | _IT | _THEY

_WOMEN = frozenset(
    "ms ms. mrs mrs. miss spokeswoman woman mother wife sister daughter aunt girl queen princess chairwoman congresswoman".split()
)
_MEN = frozenset(
    "mr mr. spokesman man father husband brother son uncle boy king prince sheikh imam".split()
)
_JOURNALISTS = frozenset({"journalist", "reporter", "correspondent", "photographer"})
_SPEECH = frozenset(
    "say tell add state announce report claim note warn insist deny confirm write tweet accuse argue explain".split()
)
_BODIES = frozenset(
    {
        "state",
        "government",
        "ministry",
        "military",
        "armed group",
        "de facto authority",
        "alliance",
        "mediator",
        "organisation",
        "media",
        "unknown",
    }
)


def resolve_pronouns(
    sentences: Sequence[Sentence], mentions: Sequence[PartyMention]
) -> tuple[PartyMention, ...]:
    """Resolve third-person pronouns to parties already mentioned.

    Args:
        sentences: In document order.
        mentions: Of the same document, in reading order.

    Returns:
        One mention for each pronoun that could be resolved, rule ``pronoun``.
    """
    by_sentence: dict[int, list[PartyMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    by_index = {sentence.index: sentence for sentence in sentences}
    found: list[PartyMention] = []
    for sentence in sentences:
        for word in sentence.words:
            if word.lower not in PRONOUNS or word.tag not in {"PRP", "PRP$"}:
                continue
            if word.lower in _IT and _is_empty_it(sentence, word.index):
                continue
            best = _antecedent(sentence, word.index, by_index, by_sentence)
            if best is None:
                continue
            mention = PartyMention(
                sentence=sentence.index,
                head=word.index,
                first=word.index,
                last=word.index,
                span=word.span,
                parties=best.parties,
                rule="pronoun",
            )
            found.append(mention)
            by_sentence.setdefault(sentence.index, []).append(mention)
            by_sentence[sentence.index].sort(key=lambda item: item.head)
    return tuple(found)


def _is_empty_it(sentence: Sentence, index: int) -> bool:
    """Say whether "it" stands for no thing: "it is clear that", "it was not known whether"."""
    word = sentence[index]
    if word.dep == "expl":
        return True
    if word.dep not in SUBJECTS or sentence[word.head].lemma not in {
        "be",
        "become",
        "remain",
        "seem",
        "appear",
    }:
        return False
    return any(
        sentence[child].dep in {"ccomp", "csubj", "xcomp"}
        or (sentence[child].dep == "acomp" and sentence.children[child])
        for child in sentence.children[word.head]
    )


def _antecedent(
    sentence: Sentence,
    index: int,
    by_index: Mapping[int, Sentence],
    by_sentence: Mapping[int, Sequence[PartyMention]],
) -> PartyMention | None:
    pronoun = sentence[index]
    best: PartyMention | None = None
    best_points = 0.0
    since = 0
    for mention, home in _candidates(sentence, index, by_index, by_sentence):
        if not _fits(home, mention, pronoun.lower):
            continue
        if mention.sentence == sentence.index and _same_clause(sentence, index, mention.head):
            continue
        points = _points(home, mention, sentence.index) + since * POINTS["each mention since"]
        if pronoun.lower in _THEY and (
            len(mention.parties) > 1 or home[mention.head].tag in {"NNS", "NNPS"}
        ):
            points += POINTS["number agrees"]
        if _is_beside(sentence, index, mention):
            points += POINTS["object beside an object"]
        since += 1
        if best is None or points > best_points:
            best, best_points = mention, points
    return best


def _candidates(
    sentence: Sentence,
    index: int,
    by_index: Mapping[int, Sentence],
    by_sentence: Mapping[int, Sequence[PartyMention]],
) -> Iterator[tuple[PartyMention, Sentence]]:
    """Give the mentions before a word, nearest first."""
    for back in range(REACH + 1):
        home = by_index.get(sentence.index - back)
        if home is None:
            return
        for mention in reversed(by_sentence.get(home.index, ())):
            if back == 0 and mention.head >= index:
                continue
            yield mention, home


def _fits(home: Sentence, mention: PartyMention, pronoun: str) -> bool:
    """Say whether a party can be so called: number, person or body, and sex where a title tells."""
    personal = is_person(home, mention)
    plural = (
        len(mention.parties) > 1
        or home[mention.head].tag in {"NNS", "NNPS"}
        or (mention.rule == "pronoun" and home[mention.head].lower in _THEY)
    )
    if pronoun in _THEY:
        return plural or not personal
    if pronoun in _IT:
        return (
            not personal
            and len(mention.parties) == 1
            and mention.parties[0].kind in _BODIES
            and not (
                plural
                and mention.parties[0].kind == "military"
                and mention.rule not in {"pronoun", "name"}
            )
        )
    if not personal or plural:
        return False
    titles = {word.lower for word in home.words[mention.first : mention.last + 1]}
    if mention.rule == "pronoun":
        return home[mention.head].lower in (_HE if pronoun in _HE else _SHE)
    return not titles & (_WOMEN if pronoun in _HE else _MEN)


def is_person(home: Sentence, mention: PartyMention) -> bool:
    """Say whether a mention stands for one human being."""
    if mention.rule in {"title", "person"}:
        return True
    if mention.rule == "pronoun":
        return home[mention.head].lower in _HE | _SHE
    if len(mention.parties) != 1 or mention.rule == "name":
        return False
    match = role_ending_at(home, mention.head)
    if match is None or match.role.id not in PERSONAL | {"source", "rebels", "media"}:
        return mention.rule == "own-name" and home[mention.head].entity == "PERSON"
    word = home[mention.head]
    if match.role.id == "media" and singular(word.lower) not in _JOURNALISTS:
        return False
    return word.tag not in {"NNS", "NNPS"} and singular(word.lower) == word.lower


def _same_clause(sentence: Sentence, pronoun: int, candidate: int) -> bool:
    """Say whether both hang on one verb, or one inside the other: they then differ."""
    if is_below(sentence, pronoun, candidate) and sentence[pronoun].tag != "PRP$":
        return True
    mine, theirs = sentence[pronoun].head, sentence[candidate].head
    if sentence[pronoun].dep in OBJECTS and subject(sentence, mine) == candidate:
        return True
    return mine == theirs and sentence[pronoun].dep != "poss"


def _is_beside(sentence: Sentence, pronoun: int, mention: PartyMention) -> bool:
    """Say whether both are objects of one subject's verbs: "appealed to **both sides** and asked **them**"."""
    if mention.sentence != sentence.index or sentence[pronoun].dep not in OBJECTS:
        return False
    word = sentence[mention.head]
    host = sentence[word.head] if word.dep == "pobj" else word
    verb = sentence[pronoun].head
    return (
        word.dep in {*OBJECTS, "pobj"}
        and host.head == sentence[verb].head
        and sentence[verb].dep == "conj"
    )


def _points(home: Sentence, mention: PartyMention, now: int) -> float:
    word = home[mention.head]
    points = 4.0 + (now - home.index) * POINTS["each sentence back"]
    if word.dep in SUBJECTS:
        points += POINTS["subject"]
        verb = home[word.head]
        if verb.head == verb.index:
            points += POINTS["main clause"]
        if verb.lemma in _SPEECH:
            points += POINTS["said something"]
    elif word.dep == "poss":
        points += POINTS["possessor"]
    return points
