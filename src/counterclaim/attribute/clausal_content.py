"""Contents that are clauses: with or without "that", inverted, around the cue, or with to."""

from counterclaim.attribute.content import CLOSERS, EDGE, LINKS, Content, is_infinitive, trim
from counterclaim.attribute.cues import CueMatch
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children, is_below, is_passive, subtree

_WITHOUT_HEARER = frozenset({"say", "state", "report", "announce", "claim", "add"})
"""Verbs whose object is never whom they speak to."""
_DASHES = frozenset({"-", "–", "—", "--"})


def _clause_range(sentence: Sentence, head: int, outside: int) -> tuple[int, int]:
    """Return the unbroken range of a clause around its head, cut where the cue's own words begin."""
    inside = set(subtree(sentence, head))
    if is_below(sentence, outside, head):
        inside -= set(subtree(sentence, outside))
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def read_clause(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read a finite clause: with or without "that", before or after the cue, or around it.

    Accepts:
      1. a complement          "said **that the bridge was hit**"
      2. an inverted one       "**The bridge was hit**, Kestria said"
      3. a parenthetical cue   "**The bridge**, Kestria said, **was hit**"
      4. a gerund              "denied **targeting the school**", "admits **having fired**"
    """
    verb = match.head
    for clause in children(sentence, verb, "ccomp", "csubjpass"):
        if is_infinitive(sentence, clause) or sentence[clause].pos in {"SPACE", "ADJ"}:
            continue
        first, last = _clause_range(sentence, clause, verb)
        first = _with_lost_subject(sentence, match, clause, _skip_that(sentence, first, clause))
        first, last = trim(sentence, first, _within_dashes(sentence, verb, last))
        return Content(first, last, "clause", clause)
    around = (
        _parenthetical(sentence, match) or _quoted_as(sentence, verb) or _far_that(sentence, match)
    )
    if around is not None:
        return around
    for clause in children(sentence, verb, "xcomp", "advcl"):
        word = sentence[clause]
        if _is_gerund(sentence, clause) and clause > verb and word.dep == "xcomp":
            first, last = trim(sentence, sentence.first[clause], sentence.last[clause])
            return Content(first, last, "clause", clause)
        if word.dep == "advcl" and clause > verb and child(sentence, clause, "mark") is not None:
            mark = child(sentence, clause, "mark")
            if mark is not None and sentence[mark].lower == "that":
                first, last = trim(sentence, mark + 1, sentence.last[clause])
                return Content(first, last, "clause", clause)
    return None


def _with_lost_subject(sentence: Sentence, match: CueMatch, clause: int, first: int) -> int:
    """Take in a subject that the parser made the cue's object: "said **six men** were killed"."""
    lost = child(sentence, match.head, "dobj")
    if (
        lost is None
        or not match.head < lost < first
        or sentence[match.head].lemma not in _WITHOUT_HEARER
        or child(sentence, clause, "nsubj", "nsubjpass", "csubj", "expl") is not None
        or not (children(sentence, clause, "aux", "auxpass") or sentence[clause].tag == "VBD")
    ):
        return first
    return sentence.first[lost]


def _within_dashes(sentence: Sentence, verb: int, last: int) -> int:
    """End a content with the aside that it stands in: "a blast – which the army said **was its own** – killed"."""
    opened = next((index for index in range(verb - 1, 0, -1) if _is_dash(sentence, index)), None)
    if opened is None or sentence[opened + 1].tag not in {"WDT", "WP", "WRB"}:
        return last
    closed = next((index for index in range(verb + 1, last) if _is_dash(sentence, index)), None)
    return last if closed is None else closed - 1


def _is_dash(sentence: Sentence, index: int) -> bool:
    """Return whether a mark sets off an aside: not the hyphen of "al-Ost"."""
    word = sentence[index]
    return word.text in _DASHES and (word.text != "-" or word.start > sentence[index - 1].end)


def _is_gerund(sentence: Sentence, clause: int) -> bool:
    """Return whether a clause is a gerund: "**targeting** the school", "**having fired** first"."""
    return sentence[clause].tag == "VBG" or any(
        sentence[index].lower == "having" for index in children(sentence, clause, "aux")
    )


def _quoted_as(sentence: Sentence, verb: int) -> Content | None:
    """Read the clause before "the agency quoted the army as saying"."""
    word = sentence[verb]
    if word.dep != "pcomp" or sentence[word.head].lower != "as":
        return None
    quoting = sentence[word.head].head
    for clause in children(sentence, quoting, "ccomp"):
        if clause < quoting:
            first, last = _clause_range(sentence, clause, quoting)
            return Content(*trim(sentence, first, last), "quoted-as", clause)
    return None


def _far_that(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read a that-clause hung on a word between: "acknowledged in a report **that** ..."."""
    if match.cue.sort not in {"speech", "act", "show"}:
        return None
    for index in subtree(sentence, match.head):
        word = sentence[index]
        if (
            index <= match.head
            or word.lower != "that"
            or word.dep != "mark"
            or word.head == match.head
        ):
            continue
        if _is_another_verbs(sentence, word.head, match.head):
            continue
        return Content(*trim(sentence, index + 1, sentence.last[word.head]), "far-that", word.head)
    return None


def _is_another_verbs(sentence: Sentence, clause: int, verb: int) -> bool:
    """Return whether a verb stands between: "announced a pause, **asserting** that ..."."""
    for above in ancestors(sentence, clause):
        if above == verb:
            return False
        if sentence[above].pos == "VERB":
            return True
    return False


def _skip_that(sentence: Sentence, first: int, clause: int) -> int:
    while first < clause and (
        sentence[first].text in EDGE or sentence[first].lower in {"that", "how"}
    ):
        if sentence[first].lower == "that" and sentence[first].dep not in {"mark", "det"}:
            break
        if sentence[first].lower == "how":
            break
        first += 1
    return first


def _parenthetical(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read the clause that a cue hangs on: "..., Kestria said, ...", "..., officials say"."""
    verb = match.head
    word = sentence[verb]
    if word.head == verb or word.dep not in {"parataxis", "ccomp", "advcl", "dep", "conj"}:
        return None
    if match.cue.sort not in {"speech", "act"} or "clause" not in match.cue.frames:
        return None
    first, last = sentence.first[verb], sentence.last[verb]
    opens = (
        first == 0
        or sentence[first - 1].text in EDGE
        or sentence[first].text in EDGE
        or sentence[first - 1].lower in LINKS
    )
    closes = (
        last + 1 >= len(sentence)
        or sentence[last + 1].text in CLOSERS
        or sentence[last].text in CLOSERS
    )
    if word.dep != "parataxis" and not (
        opens and closes and last - first <= 6 and first > 0 and word.dep != "conj"
    ):
        return None
    if not (opens and closes):
        return None
    host = word.head
    inside = [index for index in subtree(sentence, host) if not first <= index <= last]
    while inside and (
        sentence[inside[0]].text in EDGE
        or (sentence[inside[0]].lower in LINKS and sentence[inside[0]].dep in {"cc", "advmod"})
    ):
        inside.pop(0)
    if not inside:
        return None
    start, stop = trim(sentence, inside[0], inside[-1])
    return Content(start, stop, "around", host)


def read_infinitive(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read to + verb: "vowed **to fight**", "urged Ardenia **to withdraw**"."""
    verb = match.head
    for clause in children(sentence, verb, "xcomp", "ccomp", "advcl"):
        if clause < verb or not is_infinitive(sentence, clause):
            continue
        if sentence[clause].dep == "advcl" and child(sentence, verb, "dobj", "dative") is None:
            continue
        target = child(sentence, clause, "nsubj") or child(sentence, verb, "dobj", "dative")
        if is_passive(sentence, verb):
            target = child(sentence, verb, "nsubjpass")
        first = next(
            index for index in children(sentence, clause, "aux") if sentence[index].tag == "TO"
        )
        inside = [index for index in subtree(sentence, clause) if index >= first]
        first, last = trim(sentence, first, inside[-1])
        return Content(first, last, "infinitive", clause, target)
    obj = child(sentence, verb, "dobj")
    if obj is not None:
        for clause in children(sentence, obj, "acl", "relcl"):
            if is_infinitive(sentence, clause):
                first = next(
                    index
                    for index in children(sentence, clause, "aux")
                    if sentence[index].tag == "TO"
                )
                return Content(
                    *trim(sentence, first, sentence.last[clause]), "infinitive", clause, obj
                )
    return None
