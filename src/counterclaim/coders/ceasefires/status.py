"""How a ceasefire fares: its status, read from the words that govern its name.

The words are read in the order in which the grammar puts them above the name, from the nearest
outward: "**refused** to **extend** the truce" has two levels, "**violations** of the truce" one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from counterclaim.lexicon.statuses import CeasefireLexicon, load_ceasefires
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import CeasefireStatus
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children, is_negated

CLAUSE = 110
"""Characters on either side of a ceasefire's name in which its status is read. A long clause; not the next one."""

_OVER = frozenset({"violated", "collapsed", "expired", "suspended"})
_OUTER = frozenset({"agreed", "rejected", "called for", "proposed"})
_CARRYING = frozenset(
    {"dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "xcomp", "acl", "advcl", "pcomp"}
)
"""Relations through which a word governs what is below it."""
_ASIDE = frozenset(
    "despite since after before during amid under until till following as while like ahead by".split()
)
"""Prepositions that set a ceasefire beside what a clause tells, and not under its verb."""
_CLAUSES = frozenset(
    {"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis", "acl", "xcomp", "pcomp"}
)
_DUE = frozenset({"due", "set", "supposed", "expected", "scheduled", "meant", "slated", "going"})
_TO_COME = re.compile(
    r"(?<!\w)(?:due|set|supposed|expected|scheduled|will|would)(?:\s+\w+){0,2}\s+(?:to\s+)?"
    r"(?:take|come|go|enter|begin|hold)(?!\w)",
    re.IGNORECASE,
)
_TOLD_WITH = ("aux", "auxpass", "neg", "prt", "acomp", "advmod", "oprd", "det", "amod", "compound")


@dataclass(frozen=True, slots=True)
class StatusMention:
    """One state told of a ceasefire, and the lexicon's entry that tells it."""

    status: CeasefireStatus
    rule: str
    words: Span | None = None
    """The part of the sentence that tells it, where that is not the whole: "the truce **agreed on Monday**"."""
    basis: Span | None = None
    """The words that tell it, where they stand outside the name's phrase: "**refused to extend**"."""


def ceasefire_statuses(
    text: str, sentence: Sentence, head: int, name: Span, speaker: Attribution | None
) -> tuple[StatusMention, ...]:
    """Read the states that a clause tells of one ceasefire: one, with those of a participle or a second verb.

    Rules, first match first:
      1. the words that govern the name, nearest first; what is asked, offered, agreed or refused
         outside overrules what is told inside                  "**refused to** extend the truce"
      2. a participle or relative clause of the name            "the truce **signed** in May"
      3. the words of the clause around it, by precedence of the lexicon
      4. the stance under which it is told                      an appeal, a demand

    A participle's state is told beside another, and a second verb's: "the truce **agreed** on Monday
    **took effect** on Tuesday and **held**".
    An accusation that one side ended a ceasefire tells of a breach.
    """
    lexicon = load_ceasefires()
    supposed = _is_supposed(sentence, head)
    main = _governed(sentence, head, lexicon, supposed=supposed)
    told = _by_participle(sentence, head, lexicon)
    if main is None and told is not None:
        main, told = told, None
    if main is None:
        main = _around(text, sentence, head, name, lexicon, supposed=supposed)
    if main is None and speaker is not None and speaker.stance in {"appeal", "demand"}:
        main = StatusMention("called for", f"stance:{speaker.stance}")
    if main is None:
        return ()
    if main.status == "collapsed" and speaker is not None and speaker.stance == "accuse":
        main = StatusMention("violated", f"accused-{main.rule}", main.words)
    rows = [main, *_by_conjuncts(sentence, head, lexicon), *(() if told is None else (told,))]
    if len(rows) > 1 and main.words is None and rows[1].words is not None:
        rows[0] = replace(main, words=_before(sentence, rows[1].words))
    return tuple({row.status: row for row in reversed(rows)}.values())[::-1]


# ---------------------------------------------------------------- what governs the name


def _governed(
    sentence: Sentence, head: int, lexicon: CeasefireLexicon, *, supposed: bool
) -> StatusMention | None:
    found: StatusMention | None = None
    read = [head]
    for level in _levels(sentence, head):
        told = _match(_level_words(sentence, level, head), lexicon, supposed=supposed, strong=True)
        if told is None or (told.status in _OVER and _ends_other(sentence, head, level)):
            continue
        if is_negated(sentence, level):
            told = _negated(told)
        elif told.status == "in force" and _is_due(sentence, level):
            told = StatusMention("agreed", f"due-{told.rule}")
        found = _combined(told, found)
        read.append(level)
    if found is None:
        return None
    return replace(found, basis=sentence.cover(min(read), max(read)))


def _ends_other(sentence: Sentence, head: int, verb: int) -> bool:
    """Return whether a ceasefire is what ends something else: "the truce **ended a week** of fighting"."""
    own = child(sentence, verb, "nsubj")
    obj = child(sentence, verb, "dobj")
    return own is not None and obj is not None and _is_it(sentence, head, own)


def _is_it(sentence: Sentence, head: int, subject: int) -> bool:
    is_relative = sentence[subject].tag in {"WDT", "WP"}
    return is_relative or sentence.first[subject] <= head <= sentence.last[subject]


def _levels(sentence: Sentence, head: int) -> Iterator[int]:
    """Yield the words above a name as far as each governs the one below, nearest first."""
    node = head
    while sentence[node].head != node:
        word = sentence[node]
        above = word.head
        if word.dep == "pobj":
            if sentence[above].lower in _ASIDE or _is_in_spite(sentence, above):
                return
            node = sentence[above].head
            yield node
        elif word.dep in {"compound", "nmod", "amod", "poss"}:
            node = above
            yield node
        elif word.dep == "conj" and sentence[above].pos == word.pos and word.pos != "VERB":
            node = above
        elif word.dep == "pcomp" and sentence[above].pos == "ADP":
            if sentence[above].lower in _ASIDE:
                return
            node = sentence[above].head
            yield node
        elif word.dep in _CARRYING and _carries(sentence, node, above):
            node = above
            yield node
        else:
            return


def _is_in_spite(sentence: Sentence, prep: int) -> bool:
    return sentence[sentence[prep].head].lower in {"spite", "wake", "middle"}


def _carries(sentence: Sentence, node: int, above: int) -> bool:
    """Return whether a clause stands under the word above it: "agreed **to extend**", "efforts **to reach**"."""
    if sentence[node].dep == "advcl":
        calls = next(row for row in load_ceasefires().statuses if row[1] == "called for")[2]
        is_infinitive = any(sentence[i].lower == "to" for i in children(sentence, node, "aux"))
        return is_infinitive and calls.search(_words_at(sentence, above)) is not None
    return sentence[node].dep != "acl" or sentence[node].tag in {"VB", "VBG"}


def _level_words(sentence: Sentence, level: int, head: int) -> str:
    """Return a governing word with what belongs to it: "has **broken** down", "went **into effect**"."""
    low, high = sentence.first[head], sentence.last[head]
    kept = {level, *children(sentence, level, *_TOLD_WITH)}
    for prep in children(sentence, level, "prep", "agent"):
        inner = child(sentence, prep, "pobj")
        kept |= {prep} if inner is None else {prep, inner}
    for obj in children(sentence, level, "dobj", "attr"):
        kept |= set() if low <= obj <= high else {obj}
    mine = {i for i in kept if i == level or not low <= i <= high}
    return " ".join(sentence[i].text for i in sorted(mine))


def _words_at(sentence: Sentence, index: int) -> str:
    after = sentence[index + 1].text if index + 1 < len(sentence) else ""
    return f"{sentence[index].text} {after}"


def _combined(outer: StatusMention, inner: StatusMention | None) -> StatusMention:
    """Join what a word tells with what the words below it tell."""
    if inner is None:
        return outer
    if outer.rule == "announced" or inner.status in _OVER:
        return inner
    if outer.rule == "goes-on" and inner.status == "agreed" and inner.rule != "deal":
        return StatusMention("proposed", f"to-be-{inner.rule}")
    if outer.status == "collapsed" and inner.status == "agreed" and outer.rule != inner.rule:
        is_noun = inner.rule == "deal"
        return outer if is_noun else StatusMention("proposed", f"{outer.rule}-to-agree")
    if outer.status in _OUTER or inner.status in {"agreed", "in force"}:
        return outer
    return inner


def _negated(told: StatusMention) -> StatusMention:
    if told.status == "agreed":
        return StatusMention("rejected", f"not-{told.rule}")
    if told.status == "in force":
        return StatusMention("violated", f"not-{told.rule}")
    return told


def _by_participle(
    sentence: Sentence, head: int, lexicon: CeasefireLexicon
) -> StatusMention | None:
    """Read "the truce **agreed** on Monday", "a ceasefire that **took effect** at noon"."""
    hosts = [head]
    if sentence[head].dep in {"compound", "nmod"}:
        hosts.append(sentence[head].head)
    for host in hosts:
        for clause in children(sentence, host, "acl", "relcl"):
            if sentence[clause].tag == "VB" or _is_modal(sentence, clause):
                continue
            words = _level_words(sentence, clause, clause)
            told = _match(words or sentence[clause].text, lexicon, supposed=False, strong=True)
            if told is None or (told.status in _OVER and _ends_other(sentence, host, clause)):
                continue
            if told.status not in {"called for", "proposed", "rejected"}:
                if is_negated(sentence, clause):
                    told = _negated(told)
                covered = sentence.cover(sentence.first[clause], sentence.last[clause])
                return StatusMention(told.status, told.rule, covered)
    return None


def _by_conjuncts(
    sentence: Sentence, head: int, lexicon: CeasefireLexicon
) -> Iterator[StatusMention]:
    """Read the further verbs of which a name is the subject: "was agreed **and took effect** on Tuesday"."""
    if sentence[head].dep not in {"nsubj", "nsubjpass"}:
        return
    for verb in children(sentence, sentence[head].head, "conj"):
        if child(sentence, verb, "nsubj", "nsubjpass") is not None:
            continue
        told = _match(_level_words(sentence, verb, head), lexicon, supposed=False, strong=True)
        if told is not None:
            told = _negated(told) if is_negated(sentence, verb) else told
            words = sentence.cover(sentence.first[verb], sentence.last[verb])
            yield replace(told, words=words, basis=sentence[verb].span)


def _before(sentence: Sentence, words: Span) -> Span | None:
    start = sentence.span.start
    return Span(start, words.start) if words.start > start else None


# ---------------------------------------------------------------- the clause around it


def _around(
    text: str,
    sentence: Sentence,
    head: int,
    name: Span,
    lexicon: CeasefireLexicon,
    *,
    supposed: bool,
) -> StatusMention | None:
    start = max(sentence.span.start, name.start - CLAUSE)
    end = min(sentence.span.end, name.end + CLAUSE)
    for clause in dict.fromkeys((_narrow(sentence, head, Span(start, end)), sentence.span)):
        window = text[clause.start : clause.end]
        told = _match(window, lexicon, supposed=supposed, strong=False)
        if told is not None and told.status == "in force" and _TO_COME.search(window):
            return StatusMention("agreed", f"due-{told.rule}")
        if told is not None:
            return told
    return None


def _match(
    words: str, lexicon: CeasefireLexicon, *, supposed: bool, strong: bool
) -> StatusMention | None:
    rows = (*lexicon.statuses, *(lexicon.governing if strong else lexicon.loose))
    for entry, status, pattern in rows:
        if pattern.search(words) and not (supposed and status in _OVER):
            return StatusMention(status, entry)
    return None


def _is_due(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb tells of what is to come: "**will** take effect", "is **due** to begin"."""
    above = sentence[sentence[verb].head]
    is_set = sentence[verb].dep == "xcomp" and above.lower in _DUE
    return is_set or any(
        sentence[i].lower in {"will", "would", "'ll", "shall"}
        for i in children(sentence, verb, "aux")
    )


def _is_modal(sentence: Sentence, verb: int) -> bool:
    return any(sentence[i].tag == "MD" for i in children(sentence, verb, "aux"))


def _is_supposed(sentence: Sentence, head: int) -> bool:
    """Return whether the clause only supposes: "**if** it breaks the truce", "**could** undermine it"."""
    for above in ancestors(sentence, head):
        word = sentence[above]
        if word.pos not in {"VERB", "AUX"}:
            continue
        below = [sentence[i] for i in children(sentence, above, "mark", "aux", "advmod")]
        return any(
            item.lower in {"if", "unless", "should", "whether"} or item.tag == "MD"
            for item in below
        )
    return False


def _narrow(sentence: Sentence, head: int, window: Span) -> Span:
    """Keep to the clause whose verb governs the name."""
    for above in ancestors(sentence, head):
        if sentence[above].pos in {"VERB", "AUX"} and sentence[above].dep in _CLAUSES:
            low, high = sentence.first[above], sentence.last[above]
            for other in children(sentence, above, "conj"):
                own = child(sentence, other, "nsubj", "nsubjpass")
                if own is not None and other > max(above, head):
                    high = min(high, sentence.first[other] - 1)
            span = sentence.cover(low, max(low, high))
            start, end = max(span.start, window.start), min(span.end, window.end)
            return Span(start, end) if start < end else window
    return window
