"""Contents: what is said, found where the cue's frames say it stands.

Every reader takes a sentence and a cue and gives the words of the content as index ranges, with
the target where the frame has one; or nothing. ``read_content`` tries the frames in order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from counterclaim.attribute.cues import CueMatch
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, is_below, is_passive, subtree

_EDGE = frozenset({",", ";", ":", "—", "–", "-", "--", "(", ")"})
_ADDING = frozenset({"bring", "raise", "take", "push", "include"})
"""Participles that go on with a figure told: "12 deaths, **bringing** the total to 40"."""

_CLOSERS = _EDGE | {".", "”", '"', "?", "!"}
_LINKS = frozenset({"but", "and", "however", "meanwhile", "also", "still", "yet", "or", "so", "moreover"})


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a content in one sentence."""

    first: int
    last: int
    frame: str
    head: int
    """The word that heads it: its verb, or its noun."""
    target: int | None = None
    """Head of the noun phrase that is accused, asked or threatened."""


Reader = Callable[[Sentence, CueMatch], "Content | None"]


def read_content(sentence: Sentence, match: CueMatch) -> Content | None:
    """Try a cue's frames in order; the first that finds words gives the content.

    The frame ``quote`` is left to the caller, who knows the quotation marks.
    """
    if match.cue.role == "phrase":
        return _around_phrase(sentence, match)
    for frame in match.cue.frames:
        if match.cue.role == "noun":
            content = _noun_frame(sentence, match, frame)
        else:
            reader = _READERS.get(frame)
            content = reader(sentence, match) if reader else _preposition(sentence, match, frame)
        if content is not None and content.first <= content.last:
            return content
    return None


def _trim(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Take commas, dashes and linking words off the edges; quotation marks stay."""
    while first < last and (sentence[first].text in _EDGE or sentence[first].pos == "SPACE"):
        first += 1
    while last > first and (sentence[last].text in _EDGE or sentence[last].pos == "SPACE" or sentence[last].text == "."):
        last -= 1
    return first, last


def _clause_range(sentence: Sentence, head: int, outside: int) -> tuple[int, int]:
    """Give the unbroken range of a clause around its head, cut where the cue's own words begin."""
    inside = set(subtree(sentence, head))
    if is_below(sentence, outside, head):
        inside -= set(subtree(sentence, outside))
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def _clause(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read a finite clause: with or without "that", before or after the cue, or around it.

    Accepts:
      1. a complement          "said **that the bridge was hit**"
      2. an inverted one       "**The bridge was hit**, Kestria said"
      3. a parenthetical cue   "**The bridge**, Kestria said, **was hit**"
      4. a gerund              "denied **targeting the school**", "admits **having fired**"
    """
    verb = match.head
    for clause in children(sentence, verb, "ccomp", "csubjpass"):
        if _is_infinitive(sentence, clause) or sentence[clause].pos in {"SPACE", "ADJ"}:
            continue
        first, last = _clause_range(sentence, clause, verb)
        first = _skip_that(sentence, first, clause)
        first, last = _trim(sentence, first, last)
        return Content(first, last, "clause", clause)
    around = _parenthetical(sentence, match) or _quoted_as(sentence, verb) or _far_that(sentence, match)
    if around is not None:
        return around
    for clause in children(sentence, verb, "xcomp", "advcl"):
        word = sentence[clause]
        if word.tag == "VBG" and clause > verb and word.dep == "xcomp":
            first, last = _trim(sentence, sentence.first[clause], sentence.last[clause])
            return Content(first, last, "clause", clause)
        if word.dep == "advcl" and clause > verb and child(sentence, clause, "mark") is not None:
            mark = child(sentence, clause, "mark")
            if mark is not None and sentence[mark].lower == "that":
                first, last = _trim(sentence, mark + 1, sentence.last[clause])
                return Content(first, last, "clause", clause)
    return None


def _quoted_as(sentence: Sentence, verb: int) -> Content | None:
    """Read the clause before "the agency quoted the army as saying"."""
    word = sentence[verb]
    if word.dep != "pcomp" or sentence[word.head].lower != "as":
        return None
    quoting = sentence[word.head].head
    for clause in children(sentence, quoting, "ccomp"):
        if clause < quoting:
            first, last = _clause_range(sentence, clause, quoting)
            return Content(*_trim(sentence, first, last), "quoted-as", clause)
    return None


def _far_that(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read a that-clause hung on a word between: "acknowledged in a report **that** ..."."""
    if match.cue.sort not in {"speech", "act", "show"}:
        return None
    for index in subtree(sentence, match.head):
        word = sentence[index]
        if index <= match.head or word.lower != "that" or word.dep != "mark" or word.head == match.head:
            continue
        return Content(*_trim(sentence, index + 1, sentence.last[word.head]), "far-that", word.head)
    return None


def _skip_that(sentence: Sentence, first: int, clause: int) -> int:
    while first < clause and (sentence[first].text in _EDGE or sentence[first].lower in {"that", "how"}):
        if sentence[first].lower == "that" and sentence[first].dep not in {"mark", "det"}:
            break
        if sentence[first].lower == "how":
            break
        first += 1
    return first


def _is_infinitive(sentence: Sentence, clause: int) -> bool:
    helpers = children(sentence, clause, "aux", "auxpass")
    if not any(sentence[index].tag == "TO" for index in helpers):
        return False
    return sentence[clause].tag == "VB" or any(sentence[index].lemma in {"have", "be"} for index in helpers)


def _parenthetical(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read the clause that a cue hangs on: "..., Kestria said, ...", "..., officials say"."""
    verb = match.head
    word = sentence[verb]
    if word.head == verb or word.dep not in {"parataxis", "ccomp", "advcl", "dep", "conj"}:
        return None
    if match.cue.sort not in {"speech", "act"} or "clause" not in match.cue.frames:
        return None
    first, last = sentence.first[verb], sentence.last[verb]
    opens = first == 0 or sentence[first - 1].text in _EDGE or sentence[first].text in _EDGE or sentence[first - 1].lower in _LINKS
    closes = last + 1 >= len(sentence) or sentence[last + 1].text in _CLOSERS or sentence[last].text in _CLOSERS
    if word.dep != "parataxis" and not (opens and closes and last - first <= 6 and first > 0 and word.dep != "conj"):
        return None
    if not (opens and closes):
        return None
    host = word.head
    inside = [index for index in subtree(sentence, host) if not first <= index <= last]
    while inside and (sentence[inside[0]].text in _EDGE or (sentence[inside[0]].lower in _LINKS and sentence[inside[0]].dep in {"cc", "advmod"})):
        inside.pop(0)
    if not inside:
        return None
    start, stop = _trim(sentence, inside[0], inside[-1])
    return Content(start, stop, "around", host)


def _infinitive(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read to + verb: "vowed **to fight**", "urged Ardenia **to withdraw**"."""
    verb = match.head
    for clause in children(sentence, verb, "xcomp", "ccomp", "advcl"):
        if clause < verb or not _is_infinitive(sentence, clause):
            continue
        if sentence[clause].dep == "advcl" and child(sentence, verb, "dobj", "dative") is None:
            continue
        target = child(sentence, clause, "nsubj") or child(sentence, verb, "dobj", "dative")
        if is_passive(sentence, verb):
            target = child(sentence, verb, "nsubjpass")
        first = next(index for index in children(sentence, clause, "aux") if sentence[index].tag == "TO")
        inside = [index for index in subtree(sentence, clause) if index >= first]
        first, last = _trim(sentence, first, inside[-1])
        return Content(first, last, "infinitive", clause, target)
    obj = child(sentence, verb, "dobj")
    if obj is not None:
        for clause in children(sentence, obj, "acl", "relcl"):
            if _is_infinitive(sentence, clause):
                first = next(index for index in children(sentence, clause, "aux") if sentence[index].tag == "TO")
                return Content(*_trim(sentence, first, sentence.last[clause]), "infinitive", clause, obj)
    return None


def _object(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read the object noun phrase: "confirmed **the attack**"; in a relative clause, its noun."""
    verb = match.head
    obj = child(sentence, verb, "dobj", "obj")
    if obj is not None and obj > verb:
        if sentence[obj].pos == "PRON" and sentence[obj].lower in {"himself", "themselves", "itself", "herself"}:
            return None
        first, last = _trim(sentence, sentence.first[obj], sentence.last[obj])
        prep = next((p for p in children(sentence, verb, "prep") if p == last + 1 and sentence[p].lower in {"of", "on", "in", "against", "as"}), None)
        if prep is not None:
            last = sentence.last[prep]
        for clause in children(sentence, verb, "advcl"):
            if clause > last and sentence[clause].lemma in _ADDING and sentence[clause].tag == "VBG":
                last = _trim(sentence, first, sentence.last[clause])[1]
        return Content(max(first, verb + 1), last, "object", obj)
    if obj is not None and sentence[obj].tag in {"WDT", "WP"} or (obj is None and sentence[verb].dep == "relcl" and not is_passive(sentence, verb)):
        noun = sentence[verb].head
        inside = [index for index in subtree(sentence, noun) if index < sentence.first[verb]]
        if sentence[verb].dep == "relcl" and inside and sentence[noun].pos in {"NOUN", "PROPN"}:
            return Content(*_trim(sentence, inside[0], inside[-1]), "object", noun)
    if is_passive(sentence, verb):
        subject = child(sentence, verb, "nsubjpass")
        if subject is not None:
            return Content(*_trim(sentence, sentence.first[subject], sentence.last[subject]), "subject", subject)
    return None


def _predicate(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read an object and what it is called or said to be.

    Accepts:
      1. "called **the raid a provocation**"
      2. "described **the raid as an outrage**"
      3. "**Two men** were reported **killed**"
    """
    verb = match.head
    obj = child(sentence, verb, "dobj", "obj")
    called = [index for index in children(sentence, verb, "oprd", "attr", "acomp", "xcomp", "ccomp") if index > verb and not _is_infinitive(sentence, index)]
    if is_passive(sentence, verb):
        subject = child(sentence, verb, "nsubjpass")
        if subject is None or not called:
            return None
        first, _ = _trim(sentence, sentence.first[subject], sentence.last[subject])
        return Content(first, sentence.last[subject], "predicate", called[0])
    as_phrase = next((p for p in children(sentence, verb, "prep") if sentence[p].lower == "as" and p > verb), None)
    if obj is None and called and sentence[called[0]].pos in {"NOUN", "ADJ", "PROPN"} and child(sentence, called[0], "nsubj") is not None:
        first, last = _trim(sentence, sentence.first[called[0]], sentence.last[called[0]])
        return Content(first, last, "predicate", called[0], child(sentence, called[0], "nsubj"))
    if obj is None and as_phrase is not None:
        return Content(*_trim(sentence, as_phrase, sentence.last[as_phrase]), "predicate", as_phrase)
    if obj is not None:
        second = [index for index in children(sentence, verb, "dobj", "obj") if index > obj]
        if not called and second and sentence[second[0]].pos in {"NOUN", "PROPN"} and child(sentence, second[0], "det") is not None:
            called = second
        nested = next((p for p in children(sentence, obj, "prep") if sentence[p].lower == "as" and p > obj), None)
        tail = called[0] if called else as_phrase if as_phrase is not None else nested
        if tail is None or sentence.last[tail] < obj:
            return None
        first, last = _trim(sentence, sentence.first[obj], max(sentence.last[tail], sentence.last[obj]))
        return Content(max(first, verb + 1), last, "predicate", tail, obj)
    return None


def _preposition(sentence: Sentence, match: CueMatch, word: str) -> Content | None:
    """Read the object of a preposition: "accused Ardenia **of shelling the port**"."""
    verb = match.head
    obj = child(sentence, verb, "dobj", "dative")
    hosts = [verb, *children(sentence, verb, "oprd", "acomp")] if obj is None else [verb, *_chain(sentence, obj)]
    for host in hosts:
        for prep in children(sentence, host, "prep", "agent", "dative", "mark"):
            if sentence[prep].lower != word or prep < verb:
                continue
            inner = child(sentence, prep, "pobj", "pcomp")
            if inner is None or sentence[inner].entity in {"DATE", "TIME"}:
                continue
            last = sentence.last[prep]
            target = obj
            if is_passive(sentence, verb):
                target = child(sentence, verb, "nsubjpass")
            first, last = _trim(sentence, prep + 1, last)
            return Content(first, last, word, inner, target)
    return None


def _chain(sentence: Sentence, noun: int) -> list[int]:
    """Give an object and the nouns that end its phrase, where a preposition may be hung by mistake."""
    found = [noun]
    for node in found:
        found.extend(children(sentence, node, "conj", "pobj", "amod", "acomp", "oprd"))
        found.extend(index for prep in children(sentence, node, "prep") for index in children(sentence, prep, "pobj"))
    return found


def _called_on(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read "on X to do": X is the target, and stands in the content."""
    verb = match.head
    for prep in children(sentence, verb, "prep", "prt"):
        if sentence[prep].lower not in {"on", "upon"}:
            continue
        noun = child(sentence, prep, "pobj")
        if noun is None:
            continue
        clause = next(
            (
                index
                for host in (verb, noun, prep)
                for index in children(sentence, host, "xcomp", "advcl", "acl", "relcl", "ccomp")
                if index > noun and _is_infinitive(sentence, index)
            ),
            None,
        )
        if clause is None:
            return None
        first, last = _trim(sentence, sentence.first[noun], max(sentence.last[clause], sentence.last[noun]))
        return Content(first, last, "called-on", clause, noun)
    return None


def _for_clause(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read "for X to do": X is the target, and stands in the content."""
    verb = match.head
    for clause in children(sentence, verb, "advcl", "ccomp", "xcomp"):
        mark = child(sentence, clause, "mark")
        if mark is None or sentence[mark].lower != "for" or clause < verb:
            continue
        first, last = _trim(sentence, mark + 1, sentence.last[clause])
        return Content(first, last, "for-clause", clause, child(sentence, clause, "nsubj", "nsubjpass"))
    return None


def _blame_on(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read "blamed the blast **on** Kestria": the object is the content, Kestria the target."""
    verb = match.head
    obj = child(sentence, verb, "dobj")
    if obj is None:
        return None
    for host in _chain(sentence, obj):
        for prep in (*children(sentence, verb, "prep"), *children(sentence, host, "prep")):
            target = child(sentence, prep, "pobj")
            if sentence[prep].lower == "on" and prep > obj and target is not None:
                return Content(*_trim(sentence, sentence.first[obj], sentence.last[prep]), "blame-on", obj, target)
    return None


def _figure(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read a toll and its number: "raised **the death toll to 40**", "put **the number at 40**"."""
    verb = match.head
    obj = child(sentence, verb, "dobj", "nsubjpass")
    if obj is None:
        return None
    for prep in (*children(sentence, verb, "prep"), *children(sentence, obj, "prep")):
        if sentence[prep].lower in {"to", "at", "from"} and prep > obj:
            return Content(*_trim(sentence, sentence.first[obj], sentence.last[prep]), "figure", obj)
    return None


def _noun_of_verb(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read what the noun of a carrying verb says: "issued a statement **that** ..."."""
    for noun in children(sentence, match.head, "dobj", "nsubjpass"):
        for frame in ("clause", "infinitive", "of", "for", "about"):
            content = _noun_content(sentence, noun, frame)
            if content is not None:
                return content
    return None


def _noun_frame(sentence: Sentence, match: CueMatch, frame: str) -> Content | None:
    """Read the content of a reporting noun."""
    noun = match.last if match.cue.words else match.head
    return _noun_content(sentence, noun, frame) or (
        _noun_content(sentence, match.head, frame) if noun != match.head else None
    )


def _noun_content(sentence: Sentence, noun: int, frame: str) -> Content | None:
    if frame == "clause":
        for clause in children(sentence, noun, "acl", "ccomp", "relcl", "advcl"):
            mark = child(sentence, clause, "mark")
            if mark is not None and sentence[mark].lower == "that":
                return Content(*_trim(sentence, mark + 1, sentence.last[clause]), "clause", clause)
        verb = sentence[noun].head
        if sentence[noun].dep in {"nsubj", "nsubjpass", "dobj"}:
            for clause in children(sentence, verb, "ccomp", "advcl", "acl"):
                mark = child(sentence, clause, "mark")
                if mark is not None and sentence[mark].lower == "that" and clause > noun:
                    return Content(*_trim(sentence, mark + 1, sentence.last[clause]), "clause", clause)
        return None
    if frame == "infinitive":
        for clause in children(sentence, noun, "acl", "relcl", "xcomp"):
            if _is_infinitive(sentence, clause) and clause > noun:
                first = next(index for index in children(sentence, clause, "aux") if sentence[index].tag == "TO")
                return Content(*_trim(sentence, first, sentence.last[clause]), "infinitive", clause)
        return None
    for prep in children(sentence, noun, "prep"):
        inner = child(sentence, prep, "pobj", "pcomp")
        if sentence[prep].lower == frame and prep > noun and inner is not None:
            return Content(*_trim(sentence, prep + 1, sentence.last[prep]), frame, inner)
    return None


def _around_phrase(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read the clause around "according to the ministry": all of it but the formula."""
    first, last = sentence.first[match.head], sentence.last[match.head]
    first = min(first, match.first)
    before = [index for index in range(first) if sentence[index].text not in _EDGE]
    after = [index for index in range(last + 1, len(sentence)) if sentence[index].text not in {*_EDGE, ".", "”", '"'}]
    if len(after) > len(before):
        start, stop = _trim(sentence, after[0], len(sentence) - 1)
    elif before:
        start, stop = _trim(sentence, 0, first - 1)
        while start < stop and sentence[start].lower in _LINKS:
            start += 1
    else:
        return None
    host = next((index for index in range(start, stop + 1) if sentence[index].dep == "ROOT"), start)
    return Content(start, stop, "around", host)


_READERS: Mapping[str, Reader] = {
    "quote": lambda _sentence, _match: None,
    "bare": lambda _sentence, _match: None,
    "clause": _clause,
    "infinitive": _infinitive,
    "object": _object,
    "predicate": _predicate,
    "called-on": _called_on,
    "for-clause": _for_clause,
    "blame-on": _blame_on,
    "noun": _noun_of_verb,
    "figure": _figure,
}
