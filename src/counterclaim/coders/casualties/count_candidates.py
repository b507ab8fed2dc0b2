"""Count candidates: numbers that may count persons, with the words that they count."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.count import exactly
from counterclaim.records.mention import CountMention
from counterclaim.syntax.sentence import Sentence, Word
from counterclaim.syntax.walk import child, children, is_passive, phrase

_UNITS = frozenset(
    "year month day hour minute week km kilometre kilometer mile metre meter percent per cent dollar euro pound rocket "
    "missile shell tank plane aircraft drone vehicle truck house home building village town city country front time "
    "tonne ton barrel degree gmt am pm strike airstrike attack raid bomb site target position base checkpoint tunnel "
    "helicopter blast explosion car facility gun howitzer launcher system weapon rifle cannon battery armoured armored "
    "basis bases flat apartment storey floor room mosque church bridge trench outpost warehouse depot hangar refinery "
    "township town district province airport crossing jet ship boat bus third quarter".split()
)
"""Lemmas that a casualty figure never counts."""

_MEASURED = frozenset(
    "year hour day week month mile km yard foot strong member year-old minute -".split()
)
"""Words behind a hyphen that make the number a measure: "12-year", "900-strong"."""

_GROUPINGS = frozenset(
    "number group total couple dozen series handful majority string wave family lot score crowd half third quarter "
    "variety range host attack bomb blast raid strike battle war death violation act breach crime massacre insult "
    "provocation reminder blow setback step sign tragedy outrage disaster".split()
)
"""Singular nouns that stand for no single person."""

_NO_PERSONS = frozenset(
    {"GPE", "LOC", "NORP", "DATE", "TIME", "FAC", "EVENT", "LAW", "LANGUAGE", "PRODUCT"}
)
"""Entity types of proper nouns that name no person."""

_ARTICLES = frozenset({"a", "an"})

_OLDEST = 119
"""Years: a number behind a person that is no larger may be an age."""
_KIN = frozenset(
    "son daughter husband brother father uncle nephew niece cousin grandson grandfather fiance fiancee man"
    " granddaughter twin".split()
)
"""Words for one person that the lexicon's groups lack."""
_FAMILY = _KIN - {"man"} | {"wife", "mother", "sister", "aunt", "child", "baby", "grandmother"}
_AFTER_AGE = frozenset(
    {",", ".", ";", ")", "and", "or", "who", "was", "were", "from", "of", "—", "–"}
)


@dataclass(frozen=True, slots=True)
class CountCandidate:
    """A number with the word it counts."""

    count: CountMention
    anchor: int
    """The word that stands in the sentence's grammar for number and noun."""
    noun: int
    """The noun counted, which may stand behind "of"."""


def find_candidates(setting: DocumentContext, sentence: Sentence) -> Iterator[CountCandidate]:
    """Find the numbers of a sentence that may count persons.

    Accepts: numbers and number words; one person with an article ("**a girl** was killed"), one
    named ("killed **General Ali Hassan**"), one more ("and **another** injured"). Left out are
    measures, money, parts ("a third of them"), "no one", and what counts things.
    """
    taken: set[int] = set()
    thing: int | None = None
    for count in setting.resolution.counts_in(sentence.index):
        if count.count.low == 0 and count.count.high == 0:
            continue
        if _is_age(setting, sentence, count):
            continue
        candidate = _candidate(sentence, _one_more(sentence, count))
        counted = _counted(sentence, count)
        if counted != count.head and sentence[counted].pos == "NOUN":
            thing = counted if sentence[counted].lemma in _UNITS else None
        elif (
            thing is not None
            and sentence[counted].dep in {"dobj", "conj"}
            and not any(sentence[i].lower == "of" for i in children(sentence, counted, "prep"))
        ):
            continue  # "lost two tanks and captured **four**": four tanks
        if candidate is not None:
            taken.update({candidate.anchor, candidate.noun})
            yield candidate
    yield from _single_persons(sentence, taken)
    yield from _named_persons(setting, sentence, taken)


def _is_age(setting: DocumentContext, sentence: Sentence, count: CountMention) -> bool:
    """Return whether a number stands behind one person as an age: "Ali Hassan, **20**, of Kabul", "a boy (**9**)"."""
    at = count.first
    if at != count.last or at < 2 or sentence[at - 1].text not in {",", "("}:
        return False
    numeral = sentence[at].text
    if len(numeral) > 3 or not numeral.isdecimal() or not 0 < int(numeral) <= _OLDEST:
        return False
    if at + 1 < len(sentence) and sentence[at + 1].lower not in _AFTER_AGE:
        return False
    word = sentence[at - 2]
    if word.pos == "PROPN":
        known = setting.names.get((sentence.index, word.index))
        return known is None and word.entity not in _NO_PERSONS
    return word.tag == "NN" and (word.lemma in _KIN or word.lemma in load_harm().groups)


def _one_more(sentence: Sentence, count: CountMention) -> CountMention:
    """Read "a third" as one person more; "the third" stays a running number."""
    if count.rule == "ordinal" and count.first and sentence[count.first - 1].lower in _ARTICLES:
        return replace(
            count,
            first=count.first - 1,
            span=sentence.cover(count.first - 1, count.last),
            count=exactly(1),
        )
    return count


def _candidate(sentence: Sentence, count: CountMention) -> CountCandidate | None:
    head = count.head
    after = sentence[head + 1].text if head + 1 < len(sentence) else ""
    if after in {"%", "-", "°"} and sentence[min(head + 2, len(sentence) - 1)].lower in _MEASURED:
        return None
    before = sentence[max(0, count.first - 1)]
    if count.first == 0:
        return _held(sentence, count, after)
    if after == "%" or before.text in {"$", "€", "£", "#", "No."} or before.lower == "no":
        return None
    return _held(sentence, count, after)


def _held(sentence: Sentence, count: CountMention, after: str) -> CountCandidate | None:
    """Find what a number counts, where it may count persons."""
    if after == "%" or _is_share(sentence, count):
        return None
    head = count.head
    anchor = _counted(sentence, count)
    if sentence[anchor].lemma in _UNITS or _is_name(sentence, count, anchor):
        return None
    noun = anchor
    for prep in children(sentence, anchor, "prep"):
        inner = child(sentence, prep, "pobj")
        if sentence[prep].lower == "of" and inner is not None and anchor == head:
            noun = inner
    if sentence[noun].lemma in _UNITS or _is_loose(sentence, count, anchor, noun):
        return None
    return CountCandidate(count, *(_tolled(sentence, count, anchor) or (anchor, noun)))


_TOLLS = frozenset({"number", "total", "count", "toll", "tally"})


def _tolled(sentence: Sentence, count: CountMention, anchor: int) -> tuple[int, int] | None:
    """Find whom a number counts that stands apart from them: "the number of **children** killed at 4,324".

    Returns:
        The anchor and the noun; None where no such toll stands before it.
    """
    link = sentence[count.first - 1].lower if count.first else ""
    word = sentence[anchor]
    if word.pos != "NUM":
        return None
    verb = sentence[word.head]
    told = link in {"to", "at", "as"} or (word.dep == "attr" and verb.lemma == "be")
    if not told:
        return None
    for toll in range(count.first - 1, max(-1, count.first - 14), -1):
        if sentence[toll].lemma not in _TOLLS:
            continue
        for prep in children(sentence, toll, "prep"):
            inner = child(sentence, prep, "pobj")
            if (
                sentence[prep].lower == "of"
                and inner is not None
                and children(sentence, inner, "acl")
            ):
                return inner, inner
        return None
    return None


def _is_name(sentence: Sentence, count: CountMention, anchor: int) -> bool:
    """Return whether digits behind a name are part of it: "the commander of **LIB 232**"."""
    if anchor != count.head or count.first == 0:
        return False
    before = sentence[count.first - 1]
    return (
        sentence[anchor].dep == "nummod"
        and sentence[anchor].head == before.index
        and before.pos == "PROPN"
        and before.text.isupper()
        and all(word.text.isdecimal() for word in sentence.words[count.first : count.last + 1])
    )


def _is_share(sentence: Sentence, count: CountMention) -> bool:
    """Return whether a number is part of a share: "**1 in 5** of its tanks", "one in five"."""
    words = sentence.words[count.last + 1 : count.last + 3]
    before = sentence.words[max(0, count.first - 2) : count.first]
    opens = len(words) == 2 and words[0].lower in {"in", "out"} and words[1].pos == "NUM"
    closes = len(before) == 2 and before[1].lower == "in" and before[0].pos == "NUM"
    return opens or closes


def _counted(sentence: Sentence, count: CountMention) -> int:
    """Return the word that carries a number in the grammar: the noun it stands before, or itself."""
    head = count.head
    while count.first <= sentence[head].head <= count.last and sentence[head].head != head:
        head = sentence[head].head
    word = sentence[head]
    if (
        word.dep
        in {
            "nummod",
            "quantmod",
            "compound",
            "amod",
            "advmod",
            "npadvmod",
            "nmod",
            "det",
            "predet",
        }
        and word.head > head
        and sentence[word.head].pos in {"NOUN", "PROPN", "ADJ", "PRON", "NUM", "VERB"}
    ):
        return word.head
    return head


def _is_loose(sentence: Sentence, count: CountMention, anchor: int, noun: int) -> bool:
    """Return whether the words are too loose for a figure.

    They are where "many" stands alone or divides ("many of them"), and where a fraction or ordinal
    does not count persons ("a third of them", "the second explosion", "one of the jets").
    """
    words = {word.lower for word in sentence.words[count.first : count.last + 1]}
    if "many" in words and (noun != anchor or anchor == count.head):
        return True
    lexicon = load_harm()
    target = sentence[noun]
    if count.rule == "ordinal" and noun == anchor == count.head:
        return any(sentence[i].lower == "of" for i in children(sentence, anchor, "prep"))
    is_one_of = noun != anchor and words <= {"one", "two", "another"} and target.pos == "NOUN"
    persons = {*lexicon.groups, *lexicon.nouns}
    return is_one_of and target.lemma not in persons and target.lower not in persons


def _single_persons(sentence: Sentence, taken: set[int]) -> Iterator[CountCandidate]:
    """Find one person told without a number: "a nine-year-old girl was killed", "another was hurt"."""
    for word in sentence.words:
        if word.index in taken:
            continue
        if word.lower == "another" and word.dep in {"nsubj", "nsubjpass", "dobj", "conj"}:
            yield _one(sentence, word.index, word.index)
            continue
        if word.tag not in {"NN", "NNP"} or word.dep in {"compound", "amod", "nmod"}:
            continue
        article = next(
            (
                index
                for index in children(sentence, word.index, "det")
                if sentence[index].lower in _ARTICLES
            ),
            None,
        )
        if word.lemma in _GROUPINGS or (word.dep == "appos" and sentence[word.head].tag == "NNP"):
            continue
        if article is None and _is_kin_of_victim(sentence, word):
            yield _one(sentence, word.index, word.index)
        if article is not None and _may_be_person(sentence, word):
            first, _ = phrase(sentence, word.index)
            yield _one(sentence, max(first, article), word.index)


def _is_kin_of_victim(sentence: Sentence, word: Word) -> bool:
    """Return whether one of somebody's family is told beside them: "Ali Hassan and **his wife** were killed"."""
    host = sentence[_lead(sentence, word).head]
    return (
        word.dep == "conj"
        and word.tag == "NN"
        and word.lemma in _FAMILY
        and (host.lemma == "die" or load_harm().verbs.get(host.lemma) in {"killed", "wounded"})
        and any(sentence[at].tag == "PRP$" for at in children(sentence, word.index, "poss"))
    )


def _may_be_person(sentence: Sentence, word: Word) -> bool:
    """Return whether a singular noun is a person: by the lexicon, as one of a people, or killed as one."""
    lexicon = load_harm()
    if word.lemma in lexicon.groups or (word.tag == "NNP" and word.entity == "NORP"):
        return True
    host = sentence[word.head]
    return (
        word.tag == "NN"
        and word.dep in {"nsubjpass", "dobj"}
        and host.lemma in lexicon.verbs
        and lexicon.verbs[host.lemma] in {"killed", "wounded"}
        and word.lemma not in _GROUPINGS | _UNITS | lexicon.occasions | set(lexicon.nouns)
    )


def _named_persons(
    setting: DocumentContext, sentence: Sentence, taken: set[int]
) -> Iterator[CountCandidate]:
    """Find one person told by name as the patient of a killing: "killed **Ali Hassan**"."""
    verbs = load_harm().verbs
    for word in sentence.words:
        if word.index in taken or word.dep == "appos" or not _is_personal_name(sentence, word):
            continue
        lead = _lead(sentence, word)
        verb = sentence[lead.head]
        is_patient = (lead.dep == "dobj" and verb.pos == "VERB") or (
            lead.dep == "nsubjpass" and is_passive(sentence, lead.head)
        )
        if not is_patient or verbs.get(verb.lemma) != "killed":
            continue
        first = word.index
        while (
            first > 0 and sentence[first - 1].tag == "NNP" and sentence[first - 1].lower.isalpha()
        ):
            first -= 1
        if setting.names.get((sentence.index, word.index)) is None:
            yield _one(sentence, first, word.index, rule="name")


def _lead(sentence: Sentence, word: Word) -> Word:
    """Return the first of the persons that one is told with: "**Ali Hassan**, a nurse, and Omar Said were killed"."""
    while word.dep in {"conj", "appos"} and word.head < word.index:
        word = sentence[word.head]
    return word


def _is_personal_name(sentence: Sentence, word: Word) -> bool:
    """Return whether a proper noun names a person: by the parser, or as a name of two words at least."""
    if word.tag != "NNP" or word.entity in _NO_PERSONS:
        return False
    parts = [i for i in children(sentence, word.index, "compound") if sentence[i].tag == "NNP"]
    return word.entity == "PERSON" or bool(parts)


def _one(sentence: Sentence, first: int, head: int, rule: str = "article") -> CountCandidate:
    mention = CountMention(
        sentence=sentence.index,
        first=first,
        last=head,
        head=head,
        span=sentence.cover(first, head),
        count=exactly(1),
        rule=rule,
    )
    return CountCandidate(mention, head, head)
