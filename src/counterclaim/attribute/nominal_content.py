"""Contents that are noun phrases: objects, what they are called, and what stands behind a preposition."""

from counterclaim.attribute.content import ADDING, Content, is_infinitive, trim
from counterclaim.attribute.cues import CueMatch
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import agent, child, children, is_passive, subject, subtree

_TO_A_FIGURE = frozenset({"to", "at", "from"})
_MANY = frozenset({"dozens", "scores", "hundreds", "thousands", "millions"})


def read_object(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read the object noun phrase: "confirmed **the attack**"; in a relative clause, its noun."""
    verb = match.head
    obj = _hyphened(sentence, verb, child(sentence, verb, "dobj", "obj"))
    if obj is not None and obj > verb:
        if sentence[obj].pos == "PRON" and sentence[obj].lower in {
            "himself",
            "themselves",
            "itself",
            "herself",
        }:
            return None
        first, last = trim(
            sentence,
            min(
                sentence.first[index]
                for index in children(sentence, verb, "dobj", "obj")
                if index > verb
            ),
            sentence.last[obj],
        )
        prep = next(
            (
                p
                for p in children(sentence, verb, "prep")
                if p == last + 1 and sentence[p].lower in {"of", "on", "in", "against", "as"}
            ),
            None,
        )
        if prep is not None:
            last = sentence.last[prep]
        for clause in children(sentence, verb, "advcl"):
            if clause > last and sentence[clause].lemma in ADDING and sentence[clause].tag == "VBG":
                last = trim(sentence, first, sentence.last[clause])[1]
        return Content(max(first, verb + 1), last, "object", obj)
    if (obj is not None and sentence[obj].tag in {"WDT", "WP"}) or (
        obj is None and sentence[verb].dep == "relcl" and not is_passive(sentence, verb)
    ):
        noun = sentence[verb].head
        inside = [index for index in subtree(sentence, noun) if index < sentence.first[verb]]
        if sentence[verb].dep == "relcl" and inside and sentence[noun].pos in {"NOUN", "PROPN"}:
            return Content(*trim(sentence, inside[0], inside[-1]), "object", noun)
    if is_passive(sentence, verb):
        return _passive_subject(sentence, match)
    return _no_thanks(sentence, verb)


def _hyphened(sentence: Sentence, verb: int, obj: int | None) -> int | None:
    """Go on from the first half of a compound taken for objects of their own: "the **co**-chairs"."""
    while obj is not None and obj + 2 < len(sentence) and sentence[obj + 1].text == "-":
        if sentence[obj + 2].head != verb or sentence[obj + 2].dep not in {"dobj", "appos"}:
            break
        obj += 2
    return obj


def _passive_subject(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read what a passive is said of: its subject, or the noun it hangs on.

    Accepts:
      1. a subject of its own                "**the raid** was condemned by Kestria"
      2. a relative pronoun, for its noun    "**the raids** that were claimed by the brigade"
      3. a shared subject                    "**the raids** went on and were condemned by Kestria"
      4. the noun of a participle            "**a raid** claimed by the brigade"
    """
    verb = match.head
    if sentence[verb].dep == "acl":
        names_act = match.cue.stance != "state" and agent(sentence, verb) is not None
        return None if not names_act else _up_to(sentence, sentence[verb].head, verb)
    found = subject(sentence, verb)
    if found is None:
        return None
    if any(sentence[index].tag in {"WDT", "WP"} for index in children(sentence, verb, "nsubjpass")):
        return _up_to(sentence, found, verb)
    return Content(
        *trim(sentence, sentence.first[found], min(sentence.last[found], verb - 1)),
        "subject",
        found,
    )


def _up_to(sentence: Sentence, noun: int, verb: int) -> Content | None:
    inside = [index for index in subtree(sentence, noun) if index < sentence.first[verb]]
    if not inside or sentence[noun].pos not in {"NOUN", "PROPN"}:
        return None
    return Content(*trim(sentence, inside[0], inside[-1]), "subject", noun)


def _no_thanks(sentence: Sentence, verb: int) -> Content | None:
    """Read "said **no thanks**", which has no syntax of its own."""
    for word in children(sentence, verb, "npadvmod", "intj", "dobj"):
        if sentence[word].lower in {"thanks", "no"} and word > verb:
            return Content(sentence.first[word], sentence.last[word], "object", word)
    return None


def read_predicate(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read an object and what it is called or said to be.

    Accepts:
      1. "called **the raid a provocation**"
      2. "described **the raid as an outrage**"
      3. "**Two men** were reported **killed**"
    """
    verb = match.head
    obj = child(sentence, verb, "dobj", "obj")
    called = [
        index
        for index in children(sentence, verb, "oprd", "attr", "acomp", "xcomp", "ccomp")
        if index > verb and not is_infinitive(sentence, index)
    ]
    if is_passive(sentence, verb):
        subject = child(sentence, verb, "nsubjpass")
        if subject is None or not called:
            return None
        first, _ = trim(sentence, sentence.first[subject], sentence.last[subject])
        return Content(first, sentence.last[subject], "predicate", called[0])
    as_phrase = next(
        (p for p in children(sentence, verb, "prep") if sentence[p].lower == "as" and p > verb),
        None,
    )
    if (
        obj is None
        and called
        and sentence[called[0]].pos in {"NOUN", "ADJ", "PROPN"}
        and child(sentence, called[0], "nsubj") is not None
    ):
        first, last = trim(sentence, sentence.first[called[0]], sentence.last[called[0]])
        return Content(first, last, "predicate", called[0], child(sentence, called[0], "nsubj"))
    if obj is None and as_phrase is not None:
        return Content(*trim(sentence, as_phrase, sentence.last[as_phrase]), "predicate", as_phrase)
    if obj is not None:
        second = [index for index in children(sentence, verb, "dobj", "obj") if index > obj]
        if (
            not called
            and second
            and sentence[second[0]].pos in {"NOUN", "PROPN"}
            and child(sentence, second[0], "det") is not None
        ):
            called = second
        nested = next(
            (p for p in children(sentence, obj, "prep") if sentence[p].lower == "as" and p > obj),
            None,
        )
        tail = called[0] if called else as_phrase if as_phrase is not None else nested
        if tail is None or sentence.last[tail] < obj:
            return None
        first, last = trim(
            sentence, sentence.first[obj], max(sentence.last[tail], sentence.last[obj])
        )
        return Content(max(first, verb + 1), last, "predicate", tail, obj)
    return None


def read_preposition(sentence: Sentence, match: CueMatch, word: str) -> Content | None:
    """Read the object of a preposition: "accused Ardenia **of shelling the port**"."""
    verb = match.head
    obj = child(sentence, verb, "dobj", "dative")
    hosts = (
        [verb, *children(sentence, verb, "oprd", "acomp")]
        if obj is None
        else [verb, *_chain(sentence, obj)]
    )
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
            first, last = trim(sentence, prep + 1, last)
            return Content(first, last, word, inner, target)
    return None


def _chain(sentence: Sentence, noun: int) -> list[int]:
    """Return an object and the nouns that end its phrase, where a preposition may be hung by mistake."""
    found = [noun]
    for node in found:
        found.extend(children(sentence, node, "conj", "pobj", "amod", "acomp", "oprd"))
        found.extend(
            index
            for prep in children(sentence, node, "prep")
            for index in children(sentence, prep, "pobj")
        )
    return found


def read_called_on(sentence: Sentence, match: CueMatch) -> Content | None:
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
                if index > noun and is_infinitive(sentence, index)
            ),
            None,
        )
        if clause is None:
            return None
        first, last = trim(
            sentence, sentence.first[noun], max(sentence.last[clause], sentence.last[noun])
        )
        return Content(first, last, "called-on", clause, noun)
    return None


def read_for_clause(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read "for X to do": X is the target, and stands in the content."""
    verb = match.head
    for clause in children(sentence, verb, "advcl", "ccomp", "xcomp"):
        mark = child(sentence, clause, "mark")
        if mark is None or sentence[mark].lower != "for" or clause < verb:
            continue
        first, last = trim(sentence, mark + 1, sentence.last[clause])
        return Content(
            first, last, "for-clause", clause, child(sentence, clause, "nsubj", "nsubjpass")
        )
    return None


def read_blame_on(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read "blamed the blast **on** Kestria": the object is the content, Kestria the target."""
    verb = match.head
    obj = child(sentence, verb, "dobj")
    if obj is None:
        return None
    for host in _chain(sentence, obj):
        for prep in (*children(sentence, verb, "prep"), *children(sentence, host, "prep")):
            target = child(sentence, prep, "pobj")
            if sentence[prep].lower == "on" and prep > obj and target is not None:
                return Content(
                    *trim(sentence, sentence.first[obj], sentence.last[prep]),
                    "blame-on",
                    obj,
                    target,
                )
    return None


def read_figure(sentence: Sentence, match: CueMatch) -> Content | None:
    """Read a toll and its number: "raised **the death toll to 40**", "put **the number at 40**"."""
    verb = match.head
    obj = child(sentence, verb, "dobj", "nsubjpass")
    if obj is None:
        return None
    preps = [*children(sentence, verb, "prep"), *children(sentence, obj, "prep")]
    ends = [
        sentence.last[prep]
        for prep in preps
        if prep > obj and (sentence[prep].lower in _TO_A_FIGURE or _in_the_many(sentence, prep))
    ]
    if not ends:
        return None
    return Content(*trim(sentence, sentence.first[obj], max(ends)), "figure", obj)


def _in_the_many(sentence: Sentence, prep: int) -> bool:
    """Return whether a figure is only a size: "put the toll **in the hundreds**"."""
    noun = child(sentence, prep, "pobj")
    return sentence[prep].lower == "in" and noun is not None and sentence[noun].lower in _MANY
