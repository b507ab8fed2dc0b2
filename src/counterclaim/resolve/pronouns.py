"""Pronouns: whom he, she, it and they stand for, by role in the sentence and nearness.

Each candidate earns points: see ``POINTS``. The best wins; nobody wins with none. First and
second persons are read where quotations are known, in ``attribute``.
"""

from collections.abc import Iterator, Mapping, Sequence

from counterclaim.records.evidence import Evidence, EvidenceLink, weakest
from counterclaim.records.mention import PartyMention
from counterclaim.resolve.roles import PERSONAL, role_ending_at, singular
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import OBJECTS, SUBJECTS, ancestors, children, is_below, subject

POINTS: Mapping[str, float] = {
    "subject": 3.0,
    "main clause": 1.0,
    "said something": 1.5,
    "possessor": -1.0,
    "number agrees": 4.0,
    "object beside an object": 4.0,
    "tied by the clause": 6.0,
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
            grade = _grade(by_index[best.sentence], best, sentence)
            mention = PartyMention(
                sentence=sentence.index,
                head=word.index,
                first=word.index,
                last=word.index,
                span=word.span,
                parties=tuple(
                    party.known(weakest((party, EvidenceLink(grade)))) for party in best.parties
                ),
                rule="pronoun",
            )
            found.append(mention)
            by_sentence.setdefault(sentence.index, []).append(mention)
            by_sentence[sentence.index].sort(key=lambda item: item.head)
    return tuple(found)


def _grade(home: Sentence, best: PartyMention, sentence: Sentence) -> Evidence:
    """Grade the tie: carried from the subject or owner of the clause before, else inferred."""
    word = home[best.head]
    is_near = sentence.index - home.index <= 1
    leads = word.dep in SUBJECTS or (word.dep == "poss" and sentence.index == home.index)
    follows = best.rule == "pronoun" or leads or word.dep in {"agent", "ROOT"}
    if is_near and follows:
        return "carried"
    by = word.dep == "pobj" and home[word.head].lower in {"to", "by"}
    return "carried" if by and sentence.index == home.index else "inferred"


def _is_empty_it(sentence: Sentence, index: int) -> bool:
    """Return whether "it" stands for no thing: "it is clear that", "it was not known whether"."""
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
    steered = _steered(sentence, index)
    tied = _tied(sentence, index)
    for mention, home in _candidates(sentence, index, by_index, by_sentence):
        if not _fits(home, mention, pronoun.lower):
            continue
        if mention.sentence == sentence.index and _same_clause(sentence, index, mention.head):
            continue
        if steered is not None and (mention.sentence != sentence.index or mention.head != steered):
            continue
        points = _points(home, mention, sentence.index) + since * POINTS["each mention since"]
        if pronoun.lower in _THEY and (
            len(mention.parties) > 1 or home[mention.head].tag in {"NNS", "NNPS"}
        ):
            points += POINTS["number agrees"]
        if _is_beside(sentence, index, mention):
            points += POINTS["object beside an object"]
        if mention.sentence == sentence.index and mention.head in tied:
            points += POINTS["tied by the clause"]
        since += 1
        if best is None or points > best_points:
            best, best_points = mention, points
    return best


def _steered(sentence: Sentence, index: int) -> int | None:
    """Return who does what an infinitive says, where an object does: "urged **them** to end their siege".

    A pronoun that owns something there is that object's, and nobody else's.
    """
    if sentence[index].dep != "poss":
        return None
    verb = sentence[sentence[index].head].head
    word = sentence[verb]
    if (
        word.pos != "VERB"
        or word.dep not in {"xcomp", "ccomp"}
        or sentence[word.head].pos != "VERB"
    ):
        return None
    has_to = any(sentence[i].tag == "TO" for i in children(sentence, verb, "aux"))
    own = children(sentence, verb, "nsubj")
    told = children(sentence, word.head, "dobj", "dative")
    if not has_to:
        return None
    return own[0] if own else told[0] if told else None


def _tied(sentence: Sentence, index: int) -> frozenset[int]:
    """Return the words that the clause itself ties a pronoun to.

    Accepts:
      1. the owner of what is claimed       "**Kestria's** claim that its jets ..."
      2. the object of a clash              "engaged **the troops** as they tried to advance"
      3. who does what a person's clause    "**Varn** fled to Ost, where he asked for asylum, the ministry said"
         hangs on
    """
    found: set[int] = set()
    if sentence[index].lower in _HE | _SHE:
        found.update(_doer_above(sentence, index))
    for above in ancestors(sentence, index):
        word = sentence[above]
        if word.pos not in {"VERB", "AUX"}:
            continue
        host = sentence[word.head]
        if word.dep in {"acl", "ccomp"} and host.pos == "NOUN":
            found.update(children(sentence, host.index, "poss"))
        if word.dep == "advcl" and sentence[index].lower in _THEY and host.pos == "VERB":
            marks = {sentence[i].lower for i in children(sentence, above, "mark", "advmod")}
            own = subject(sentence, above)
            is_led = not children(sentence, above, "nsubj") and sentence[index].dep in OBJECTS
            if is_led or (marks & {"as", "when", "while"} and own == index):
                found.update(children(sentence, host.index, "dobj"))
    return frozenset(found)


def _doer_above(sentence: Sentence, index: int) -> list[int]:
    """Return the subject of the deed that a pronoun's clause hangs on, where it is no act of saying."""
    hosts = [
        above for above in ancestors(sentence, index) if sentence[above].pos in {"VERB", "AUX"}
    ]
    for host in hosts[1:]:
        own = [at for at in children(sentence, host, "nsubj") if at < index]
        if own:
            return [] if sentence[host].lemma in _SPEECH else own
    return []


def _candidates(
    sentence: Sentence,
    index: int,
    by_index: Mapping[int, Sentence],
    by_sentence: Mapping[int, Sequence[PartyMention]],
) -> Iterator[tuple[PartyMention, Sentence]]:
    """Yield the mentions before a word, nearest first."""
    for back in range(REACH + 1):
        home = by_index.get(sentence.index - back)
        if home is None:
            return
        for mention in reversed(by_sentence.get(home.index, ())):
            if _waits(home, mention):
                continue
            if back == 0 and mention.head >= index:
                continue
            yield mention, home


def _waits(home: Sentence, mention: PartyMention) -> bool:
    """Return whether a mention waits itself for the pronoun that owns it: "**its** forces"."""
    return mention.rule in {"unnamed", "own-name"} and any(
        home[index].tag == "PRP$" for index in children(home, mention.head, "poss")
    )


def _fits(home: Sentence, mention: PartyMention, pronoun: str) -> bool:
    """Return whether a party can be so called: number, person or body, and sex where a title tells."""
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
    """Return whether a mention stands for one human being."""
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
    """Return whether both hang on one verb, or one inside the other: they then differ."""
    if is_below(sentence, pronoun, candidate) and sentence[pronoun].tag != "PRP$":
        return True
    mine, theirs = sentence[pronoun].head, sentence[candidate].head
    if sentence[pronoun].dep in OBJECTS and subject(sentence, mine) == candidate:
        return True
    return mine == theirs and sentence[pronoun].dep != "poss"


def _is_beside(sentence: Sentence, pronoun: int, mention: PartyMention) -> bool:
    """Return whether both are objects of one subject's verbs: "appealed to **both sides** and asked **them**"."""
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
