"""Content frames: what is said, found where the cue's frames say it stands.

Every reader takes a sentence and a cue and gives the words of the content as index ranges, with
the target where the frame has one; or nothing. ``read_content`` tries the frames in order.
"""

from collections.abc import Callable, Mapping

from counterclaim.attribute.clausal_content import read_clause, read_infinitive
from counterclaim.attribute.content import EDGE, LINKS, Content, is_infinitive, trim
from counterclaim.attribute.cues import CueMatch
from counterclaim.attribute.nominal_content import (
    read_blame_on,
    read_called_on,
    read_figure,
    read_for_clause,
    read_object,
    read_predicate,
    read_preposition,
)
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children

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
            content = (
                reader(sentence, match) if reader else read_preposition(sentence, match, frame)
            )
        if content is not None and content.first <= content.last:
            return content
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
                return Content(*trim(sentence, mark + 1, sentence.last[clause]), "clause", clause)
        verb = sentence[noun].head
        if sentence[noun].dep in {"nsubj", "nsubjpass", "dobj"}:
            for clause in children(sentence, verb, "ccomp", "advcl", "acl"):
                mark = child(sentence, clause, "mark")
                if mark is not None and sentence[mark].lower == "that" and clause > noun:
                    return Content(
                        *trim(sentence, mark + 1, sentence.last[clause]), "clause", clause
                    )
        return None
    if frame == "infinitive":
        for clause in children(sentence, noun, "acl", "relcl", "xcomp"):
            if is_infinitive(sentence, clause) and clause > noun:
                first = next(
                    index
                    for index in children(sentence, clause, "aux")
                    if sentence[index].tag == "TO"
                )
                return Content(*trim(sentence, first, sentence.last[clause]), "infinitive", clause)
        return None
    for prep in children(sentence, noun, "prep"):
        inner = child(sentence, prep, "pobj", "pcomp")
        if sentence[prep].lower == frame and prep > noun and inner is not None:
            return Content(*trim(sentence, prep + 1, sentence.last[prep]), frame, inner)
    return None


def _around_phrase(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read the clause around "according to the ministry": all of it but the formula."""
    first, last = sentence.first[match.head], sentence.last[match.head]
    first = min(first, match.first)
    before = [index for index in range(first) if sentence[index].text not in EDGE]
    after = [
        index
        for index in range(last + 1, len(sentence))
        if sentence[index].text not in {*EDGE, ".", "”", '"'}
    ]
    if len(after) > len(before):
        start, stop = trim(sentence, after[0], len(sentence) - 1)
    elif before:
        start, stop = trim(sentence, 0, first - 1)
        while start < stop and sentence[start].lower in LINKS:
            start += 1
    else:
        return None
    host = next((index for index in range(start, stop + 1) if sentence[index].dep == "ROOT"), start)
    return Content(start, stop, "around", host)


_READERS: Mapping[str, Reader] = {
    "quote": lambda _sentence, _match: None,
    "bare": lambda _sentence, _match: None,
    "clause": read_clause,
    "infinitive": read_infinitive,
    "object": read_object,
    "predicate": read_predicate,
    "called-on": read_called_on,
    "for-clause": read_for_clause,
    "blame-on": read_blame_on,
    "noun": _noun_of_verb,
    "figure": read_figure,
}
