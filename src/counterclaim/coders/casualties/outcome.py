"""Outcome: what happened to the persons that a number counts, read from the grammar around it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Outcome
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children, is_passive

_PATIENT = frozenset({"nsubjpass", "dobj", "obj"})
_TELLING = frozenset({"report", "record", "count", "see", "describe"})
"""Verbs whose object may be told of by a participle: "reported 17 people **dying**"."""
_OF = frozenset({"of", "to", "for", "at", "in"})


@dataclass(frozen=True, slots=True)
class Harm:
    """What harm was found, by which shape, on which word."""

    outcome: Outcome
    shape: str
    word: int
    words: str | None = None
    """The words of an outcome that is none of the six: "killed or wounded"."""


def read_harm(sentence: Sentence, anchor: int) -> Harm | None:
    """Read what happened to the persons that a word counts.

    Accepts, for the word W that carries the number N:
      1. "N W killed", "the dead W"           a participle or adjective of W
      2. "N deaths", "N wounded"              W is itself a word of harm
      3. "N W were killed"                    W suffers a verb
      4. "N W died", "N W fled"               W does what is suffered
      5. "killed N W", "killing N"            W is a verb's object
      6. "the death of N W"                   W belongs to a noun of harm
      7. "the toll rose to N", "a toll of N"  N stands at a toll
      8. "left N W dead"                      W is left so
      9. "claimed the lives of N W"
     10. "N W were among the dead", "the dead included N W"
     11. "N more were killed"                 whatever the parse makes of it

    Args:
        sentence: Where the number stands.
        anchor: The counted noun, or the number where no noun stands.

    Returns:
        The harm; None where the grammar gives none.
    """
    for reader in (
        _own_modifier,
        _own_noun,
        _clause,
        _harm_noun_of,
        _among,
        _toll,
        _left_dead,
        _lives_of,
        _right_after,
    ):
        found = reader(sentence, anchor)
        if found is None:
            continue
        if reader is _own_noun and found.outcome == "unspecified":
            found = _clause(sentence, anchor) or found
        if reader is _own_modifier and found.outcome == "wounded":
            said = _clause(sentence, anchor)
            found = said if said is not None and said.outcome == "killed" else found
        return _coordinated(sentence, found)
    return None


def _own_modifier(sentence: Sentence, anchor: int) -> Harm | None:
    lexicon = load_harm()
    for index in children(sentence, anchor, "acl", "amod", "relcl", "acomp", "advmod", "appos"):
        word = sentence[index]
        if word.dep == "relcl":
            if is_passive(sentence, index) and (
                word.lemma in lexicon.verbs or word.lemma in lexicon.person_verbs
            ):
                return _verb(sentence, index, "modifier")
            if word.lemma in lexicon.alone and not children(sentence, index, "dobj"):
                return Harm(lexicon.alone[word.lemma], "modifier", index)
            continue
        if (
            word.dep == "acl"
            and word.tag == "VBN"
            and (word.lemma in lexicon.verbs or word.lemma in lexicon.person_verbs)
        ):
            found = _verb(sentence, index, "modifier")
            is_dead = any(sentence[i].lower == "dead" for i in sentence.children[index])
            return Harm("killed", "modifier", index) if is_dead else found
        if word.dep == "acl" and word.tag == "VBG" and word.lemma in lexicon.alone:
            return Harm(lexicon.alone[word.lemma], "modifier", index)
        if word.lower in lexicon.alone:
            return Harm(lexicon.alone[word.lower], "modifier", index)
        if word.tag == "VBN" and word.lemma in lexicon.verbs:
            return _verb(sentence, index, "modifier")
    return None


def _verb(sentence: Sentence, index: int, shape: str) -> Harm:
    lexicon = load_harm()
    lemma = sentence[index].lemma
    outcome = lexicon.verbs.get(lemma) or lexicon.person_verbs[lemma]
    near = {
        sentence[i].lower
        for i in (*children(sentence, index), *range(index + 1, min(index + 3, len(sentence))))
    }
    if lemma in {"shoot", "stab", "beat", "burn", "hit", "strike"} and near & {"dead", "death"}:
        outcome = "killed"
    return Harm(outcome, shape, index)


def _own_noun(sentence: Sentence, anchor: int) -> Harm | None:
    lexicon = load_harm()
    word = sentence[anchor]
    if word.lemma in lexicon.nouns and word.pos in {"NOUN", "ADJ", "VERB", "PROPN", "NUM"}:
        if word.lemma in {"body", "loss", "remains"} and not _is_human_loss(sentence, anchor):
            return None
        return Harm(lexicon.nouns[word.lemma], "noun", anchor)
    if word.lower in lexicon.nouns:
        return Harm(lexicon.nouns[word.lower], "noun", anchor)
    return None


def _is_human_loss(sentence: Sentence, anchor: int) -> bool:
    if sentence[anchor].lemma in {"body", "remains"}:
        return True
    return any(
        sentence[i].lower in {"military", "civilian", "human", "troop", "combat", "personnel"}
        for i in sentence.children[anchor]
    )


def _clause(sentence: Sentence, anchor: int) -> Harm | None:
    """Read the verb that a counted noun is subject or object of."""
    lexicon = load_harm()
    word = sentence[anchor]
    if word.head == anchor:
        return None
    verb = word.head
    head = sentence[verb]
    if word.dep == "attr" and head.lemma == "be":
        above = sentence[head.head]
        if head.dep == "auxpass" and above.tag == "VBN" and above.lemma in lexicon.verbs:
            return _verb(sentence, above.index, "patient")
        return None
    if word.dep == "nsubj":
        for step in _subject_verbs(sentence, verb):
            lemma = sentence[step].lemma
            if lemma in lexicon.alone and not (
                lemma == "fall" and children(sentence, step, "dobj", "prep")
            ):
                return Harm(lexicon.alone[lemma], "subject", step)
            if sentence[step].lower in lexicon.alone:
                return Harm(lexicon.alone[sentence[step].lower], "subject", step)
            if sentence[step].tag == "VBN" and lemma in lexicon.verbs:
                return _verb(sentence, step, "subject")
            if any(sentence[i].lower == "dead" for i in children(sentence, step, "oprd", "acomp")):
                return Harm("killed", "subject", step)
            if lemma in {"suffer", "sustain", "receive"} and any(
                sentence[i].lemma in {"injury", "wound", "burn"}
                for i in children(sentence, step, "dobj")
            ):
                return Harm("wounded", "subject", step)
            if lemma == "lose" and any(
                sentence[i].lemma == "life" for i in children(sentence, step, "dobj")
            ):
                return Harm("killed", "subject", step)
            if lemma == "seek" and any(
                sentence[i].lemma in {"refuge", "shelter", "asylum"}
                for i in children(sentence, step, "dobj")
            ):
                return Harm("displaced", "subject", step)
            if lemma in {"be", "remain", "go", "become"}:
                for state in children(sentence, step, "acomp", "attr", "xcomp", "oprd", "advmod"):
                    if sentence[state].lower in lexicon.alone:
                        return Harm(lexicon.alone[sentence[state].lower], "state", state)
        return None
    if word.dep == "dobj" and head.lemma in _TELLING:
        for step in children(sentence, verb, "advcl", "ccomp", "acl"):
            if sentence[step].tag == "VBG" and sentence[step].lemma in lexicon.alone:
                return Harm(lexicon.alone[sentence[step].lemma], "subject", step)
    if word.dep in _PATIENT or (word.dep in {"ccomp", "dep", "oprd"} and verb < anchor):
        if head.lemma in lexicon.verbs:
            return _verb(sentence, verb, "patient")
        if _takes_persons(sentence, verb) and is_person_noun(sentence, anchor):
            return _person_verb(sentence, verb, anchor)
        if head.lemma in lexicon.alone and head.tag == "VBN" and word.dep == "nsubjpass":
            return Harm(lexicon.alone[head.lemma], "patient", verb)
        if word.dep == "nsubjpass":
            for step in children(sentence, verb, "xcomp", "ccomp", "oprd", "conj"):
                if children(sentence, step, "nsubj", "nsubjpass"):
                    continue
                if sentence[step].lemma in lexicon.verbs and sentence[step].tag in {"VBN", "VBD"}:
                    return _verb(sentence, step, "reported")
                if sentence[step].lower in lexicon.alone or sentence[step].lemma in lexicon.alone:
                    key = (
                        sentence[step].lower
                        if sentence[step].lower in lexicon.alone
                        else sentence[step].lemma
                    )
                    return Harm(lexicon.alone[key], "reported", step)
    return None


def _takes_persons(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb hurts a person here: "shot", not "shot down"."""
    downed = any(sentence[i].lower == "down" for i in children(sentence, verb, "prt"))
    return sentence[verb].lemma in load_harm().person_verbs and not downed


def _subject_verbs(sentence: Sentence, verb: int) -> Iterator[int]:
    """Yield a verb and those that share its subject: complements and conjuncts."""
    yield verb
    yield from children(sentence, verb, "xcomp", "conj", "acomp")


def _person_verb(sentence: Sentence, verb: int, anchor: int) -> Harm | None:
    """Read a verb that hurts persons only in some uses: "held", "forced out of", "rescued"."""
    word = sentence[verb]
    if word.lemma in {"force", "drive"}:
        out = any(
            sentence[i].lower in {"out", "from", "away"}
            for i in children(sentence, verb, "prep", "advmod", "prt")
        )
        flees = any(
            sentence[i].lemma in {"flee", "leave"}
            for i in children(sentence, verb, "xcomp", "ccomp")
        )
        return Harm("displaced", "patient", verb) if out or flees else None
    if word.lemma == "take":
        near = {sentence[i].lower for i in range(max(0, verb - 2), min(len(sentence), anchor + 4))}
        return (
            Harm("captured", "patient", verb)
            if near & {"hostage", "prisoner", "captive", "hostages", "away"}
            else None
        )
    if word.lemma in {"lose", "bury"}:
        return Harm("killed", "patient", verb)
    return _verb(sentence, verb, "patient")


def is_person_noun(sentence: Sentence, anchor: int) -> bool:
    """Return whether a counted word stands for persons: a noun of the lexicon, a people, or no noun at all."""
    word = sentence[anchor]
    return (
        word.lemma in load_harm().groups
        or word.lower in load_harm().groups
        or word.entity in {"NORP", "CARDINAL", "PERSON"}
        or word.pos in {"NUM", "PRON"}
        or (word.pos == "PROPN" and word.dep == "nsubj")
    )


def _harm_noun_of(sentence: Sentence, anchor: int) -> Harm | None:
    """Read "the death of N", "the killing of N", "the bodies of N", "an injury to N"."""
    lexicon = load_harm()
    word = sentence[anchor]
    if word.dep == "poss" and sentence[word.head].lemma in lexicon.nouns:
        return Harm(lexicon.nouns[sentence[word.head].lemma], "of", word.head)
    if word.dep != "pobj" or sentence[word.head].lower not in _OF:
        return None
    host = sentence[word.head].head
    noun = sentence[host]
    if noun.lemma in lexicon.nouns and noun.pos == "NOUN":
        if noun.lemma in {"loss", "casualty"} and sentence[word.head].lower in {"in", "at"}:
            return None
        return Harm(lexicon.nouns[noun.lemma], "of", host)
    if noun.tag == "VBG" and noun.lemma in lexicon.verbs:
        return _verb(sentence, host, "of")
    if noun.lemma in {"abduction", "kidnapping", "release", "capture", "detention", "arrest"}:
        return Harm("captured", "of", host)
    if noun.lemma in {"evacuation", "displacement", "expulsion", "exodus"}:
        return Harm("displaced", "of", host)
    return None


def _toll(sentence: Sentence, anchor: int) -> Harm | None:
    """Read a number at a toll: "the toll rose to 61", "a death toll of 61", "put the number killed at 61"."""
    for above in (anchor, *ancestors(sentence, anchor)):
        if sentence[above].dep == "agent" or sentence[above].lower == "by":
            return None
        for noun in (above, *children(sentence, above, "nsubj", "nsubjpass", "dobj")):
            word = sentence[noun]
            if noun != anchor and _is_toll(sentence, noun) and abs(noun - anchor) <= 14:
                return Harm(_toll_outcome(sentence, noun), "toll", noun)
            if (
                word.lemma in {"total", "figure", "loss"}
                and noun != anchor
                and abs(noun - anchor) <= 10
            ):
                below = {sentence[i].lemma for i in sentence.children[noun]} | {word.lemma}
                if below & {"loss", "death", "casualty", "killed", "dead", "fatality"}:
                    outcome: Outcome = "unspecified" if "casualty" in below else "killed"
                    return Harm(outcome, "toll", noun)
        if sentence[above].pos == "VERB" and sentence[above].lemma not in {
            "rise",
            "stand",
            "reach",
            "climb",
            "put",
            "raise",
            "bring",
            "be",
            "give",
            "exceed",
            "pass",
            "update",
            "revise",
            "increase",
            "jump",
            "go",
            "take",
            "push",
            "say",
            "lower",
        }:
            break
    return None


def _is_toll(sentence: Sentence, noun: int) -> bool:
    word = sentence[noun]
    if word.lemma in load_harm().tolls:
        return True
    if word.lemma not in {"number", "figure"}:
        return False
    below = list(range(noun + 1, min(noun + 7, len(sentence))))
    return any(
        sentence[i].lemma in load_harm().verbs
        or sentence[i].lower
        in {"dead", "deaths", "wounded", "injured", "casualties", "missing", "displaced"}
        for i in below
    )


def _toll_outcome(sentence: Sentence, noun: int) -> Outcome:
    words = {sentence[i].lower for i in range(max(0, noun - 3), min(noun + 7, len(sentence)))}
    if words & {"injury", "injured", "wounded"} and not words & {"death", "dead", "killed"}:
        return "wounded"
    if words & {"casualty", "casualties"} and not words & {"death", "dead", "killed"}:
        return "unspecified"
    if words & {"displaced", "refugees"} and not words & {"death", "dead", "killed"}:
        return "displaced"
    return "killed"


_AMONG = frozenset(
    {"dead", "killed", "wounded", "injured", "victim", "casualty", "missing", "hostage", "captive"}
)
"""Lemmas or forms of those among whom somebody is counted."""


def _among(sentence: Sentence, anchor: int) -> Harm | None:
    """Read "N W were among the dead", "among the dead were N W", "the dead included N W"."""
    word = sentence[anchor]
    verb = word.head
    if sentence[verb].lemma == "be":
        below = [*children(sentence, verb, "prep"), *children(sentence, anchor, "prep")]
        for prep in below:
            inner = child(sentence, prep, "pobj", "pcomp")
            if sentence[prep].lower == "among" and inner is not None:
                return _of_those(sentence, inner)
    if sentence[verb].lemma == "include" and word.dep in {"dobj", "nsubj"}:
        whole = child(sentence, verb, "nsubj")
        if whole is not None and whole != anchor:
            return _of_those(sentence, whole)
    return None


def _of_those(sentence: Sentence, noun: int) -> Harm | None:
    """Read the harm of those whom a noun stands for: "the dead", "the freed hostages", "those killed"."""
    lexicon = load_harm()
    word = sentence[noun]
    for form in (word.lower, word.lemma):
        if form in _AMONG:
            outcome = lexicon.alone.get(form) or lexicon.nouns.get(form)
            return Harm(
                outcome if outcome not in {None, "unspecified"} else "killed", "among", noun
            )
    for index in children(sentence, noun, "acl", "amod", "relcl"):
        if sentence[index].tag == "VBN" and sentence[index].lemma in lexicon.verbs:
            return _verb(sentence, index, "among")
    return None


def _right_after(sentence: Sentence, anchor: int) -> Harm | None:
    """Read the harm said right behind a number, whatever the parse makes of it.

    Accepts:
      1. "more than 100 more **were injured**"
      2. "said six villagers from one house **were killed**": a passive that lost its subject to the cue
    """
    lexicon = load_harm()
    at = anchor + 1
    while at < min(anchor + 3, len(sentence)) and sentence[at].lower in {
        "more",
        "others",
        "people",
    }:
        at += 1
    if at + 1 < len(sentence) and sentence[at].lower in {"was", "were", "are"}:
        agrees = (sentence[at].lower == "was") == (sentence[anchor].tag == "NN")
        word = sentence[at + 1]
        if word.tag in {"VBN", "VBD"} and word.lemma in lexicon.verbs and agrees:
            return Harm(lexicon.verbs[word.lemma], "patient", word.index)
    if sentence[anchor].dep != "dobj":
        return None
    for verb in children(sentence, sentence[anchor].head, "ccomp"):
        word = sentence[verb]
        orphan = child(sentence, verb, "nsubj", "nsubjpass") is None
        if verb > anchor and orphan and is_passive(sentence, verb) and word.lemma in lexicon.verbs:
            return Harm(lexicon.verbs[word.lemma], "patient", verb)
    return None


def _left_dead(sentence: Sentence, anchor: int) -> Harm | None:
    """Read "left 148 people dead", "with 12 dead", "clashes that have left scores dead"."""
    lexicon = load_harm()
    word = sentence[anchor]
    host = word.head
    if word.dep in {"nsubj", "dobj", "nsubjpass"} and sentence[host].lower in lexicon.alone:
        return Harm(lexicon.alone[sentence[host].lower], "left", host)
    if word.dep in {"dobj", "nsubj"} and sentence[host].lemma in {"leave", "find", "report"}:
        for index in children(sentence, host, "oprd", "acomp", "ccomp", "xcomp", "advcl"):
            if sentence[index].lower in lexicon.alone:
                return Harm(lexicon.alone[sentence[index].lower], "left", index)
            if sentence[index].lemma in lexicon.verbs and sentence[index].tag == "VBN":
                return _verb(sentence, index, "left")
    after = anchor + 1
    if (
        after < len(sentence)
        and sentence[after].lower in lexicon.alone
        and sentence[after].lower not in {"held", "hostage", "missing"}
    ):
        return Harm(lexicon.alone[sentence[after].lower], "left", after)
    return None


def _lives_of(sentence: Sentence, anchor: int) -> Harm | None:
    """Read "claimed the lives of 67 Israelis", "claimed 40,000 lives"."""
    word = sentence[anchor]
    noun = anchor if word.lemma == "life" else None
    if noun is None and word.dep == "pobj" and sentence[sentence[word.head].head].lemma == "life":
        noun = sentence[word.head].head
    if noun is None:
        return None
    verb = sentence[sentence[noun].head]
    if verb.lemma in {"claim", "take", "cost", "lose", "end"}:
        return Harm("killed", "lives", noun)
    return None


_MEANS = frozenset(
    {"shoot", "stab", "beat", "hit", "strike", "knife", "burn", "torture", "trap", "poison"}
)
"""Verbs that tell how somebody comes to harm: with "and killed" behind them, that one is dead."""


def _coordinated(sentence: Sentence, harm: Harm) -> Harm:
    """Read one number said of two harms: "killed or wounded 15,000" is neither alone.

    "Shot and killed" is one harm, told by its means and its outcome.
    """
    for other in children(sentence, harm.word, "conj"):
        word = sentence[other]
        lexicon = load_harm()
        second = lexicon.verbs.get(word.lemma) or lexicon.alone.get(word.lower)
        if (
            second is None
            or second == harm.outcome
            or {second, harm.outcome} & {"captured", "displaced"}
        ):
            continue
        own = any(
            sentence[i].dep in {"dobj", "nsubjpass", "nsubj", "agent"} and i > harm.word
            for i in sentence.children[other]
            if sentence[i].dep != "agent"
        )
        numbers = any(
            sentence[i].pos == "NUM"
            for i in range(min(harm.word, other) + 1, max(harm.word, other))
        )
        if not own and not numbers and other - harm.word <= 3:
            is_end = second == "killed" and sentence[harm.word].lemma in _MEANS
            if is_end and sentence[other - 1].lower in {"and", "then"}:
                return replace(harm, outcome="killed")
            return Harm(
                "unspecified",
                harm.shape,
                harm.word,
                f"{sentence[harm.word].text} {sentence[other - 1].text} {word.text}",
            )
    return harm
