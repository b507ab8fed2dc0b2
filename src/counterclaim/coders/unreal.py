"""Unreal: what is told but did not happen: asked, feared, practised, played, plotted or meant otherwise."""

from collections.abc import Sequence
from functools import cache

from counterclaim.lexicon import load_unreal
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence, sentence_over
from counterclaim.syntax.walk import ancestors, child, children, is_below

_FUTURE = frozenset(
    {"will", "would", "shall", "'ll", "’ll", "could", "might", "may", "should", "must"}
)
_CONDITIONS = frozenset({"if", "unless", "whether"})
_FIGURATIVE = ("sport", "money", "law", "politics")
_TOLD_IN = frozenset({"novel", "film", "movie", "thriller", "videogame", "sequel", "screenplay"})
"""Works in which something is only told to happen: "**in the novel**, rebels shell Ost"."""
ENOUGH = 2
"""Words of one other field in a sentence that make its war a figure of speech."""


def is_unreal(sentence: Sentence, index: int) -> str | None:
    """Return why what a word tells did not happen; None where nothing says so.

    Accepts:
      1. a question                    "Did Kestria **shell** Ost?"                 question
      2. a forecast or condition       "300 patients **will die** if"               foretold
      3. a drill, a game, a film       "a drill simulated a **strike**"             practice, fiction
      4. a plot that was stopped       "foiled a plot to **kill** 40"               plot
      5. words of another field        "investors **bombarded** the bank"           figure of speech
    """
    if sentence[len(sentence) - 1].text in {"?", "?”", '?"'}:
        return "question"
    words = load_unreal()
    above = (index, *ancestors(sentence, index))
    for at in above:
        word = sentence[at]
        if word.pos in {"VERB", "AUX"} and _is_foretold(sentence, at):
            return "foretold"
        if word.dep in {"nsubj", "nsubjpass"} and word.pos == "NOUN":
            break
        if word.pos in {"VERB", "AUX"} and _is_finite(sentence, at):
            break
    verb = next((at for at in above if sentence[at].dep == "ROOT"), index)
    telling = _telling_words()
    for at, word in enumerate(sentence.words):
        lemma = word.lemma.lower()
        if lemma not in telling:
            continue
        governs = at in above or word.head in above
        if lemma in words["practice"] and governs and _rehearses(sentence, at):
            return "practice"
        if (
            lemma in words["fiction"]
            and sentence[at].dep in {"nsubj", "ROOT"}
            and at in (*above, *children(sentence, verb, "nsubj"))
        ):
            return "fiction"
        if lemma in _TOLD_IN and sentence[at].dep == "pobj" and is_below(sentence, at, verb):
            prep = sentence[sentence[at].head]
            if prep.lower in {"in", "of"} and sentence[prep.head].pos in {"VERB", "AUX"}:
                return "fiction"
        if (
            lemma in words["projection"]
            and sentence[at].dep == "pobj"
            and is_below(sentence, at, verb)
        ):
            return "foretold"
        if lemma in words["plot"] and at in above[1:]:
            return "plot"
    return "figure of speech" if is_figurative(sentence) else None


@cache
def _telling_words() -> frozenset[str]:
    """Return the lemmas that may make what a sentence tells a drill, a story, a plan or a plot."""
    words = load_unreal()
    return words["practice"] | words["fiction"] | words["projection"] | words["plot"] | _TOLD_IN


def tells_unreal(sentences: Sequence[Sentence], span: Span) -> bool:
    """Return whether some words stand in a sentence, at a word, that tells of nothing done."""
    sentence = sentence_over(sentences, span)
    return sentence is not None and _is_unreal_at(sentence, span)


def find_real(sentences: Sequence[Sentence], span: Span) -> Sentence | None:
    """Return the sentence in which some words tell what is told as done; None in a headline, or where nothing was done."""
    sentence = sentence_over(sentences, span)
    if sentence is None or sentence.passage.kind == "headline" or _is_unreal_at(sentence, span):
        return None
    return sentence


def _is_unreal_at(sentence: Sentence, span: Span) -> bool:
    at = next((word.index for word in sentence.words if word.end > span.start), None)
    return at is not None and is_unreal(sentence, at) is not None


def _is_finite(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb tells by itself when: what stands above it says nothing of it."""
    word = sentence[verb]
    return word.tag in {"VBD", "VBZ", "VBP"} or bool(children(sentence, verb, "aux", "auxpass"))


def _is_foretold(sentence: Sentence, verb: int) -> bool:
    modal = {sentence[i].lower for i in children(sentence, verb, "aux") if sentence[i].tag == "MD"}
    perfect = any(sentence[i].lower == "have" for i in children(sentence, verb, "aux"))
    if modal & _FUTURE and not (perfect and modal & {"may", "might", "could", "must"}):
        return True
    mark = child(sentence, verb, "mark")
    return mark is not None and sentence[mark].lower in _CONDITIONS


def _rehearses(sentence: Sentence, at: int) -> bool:
    """Return whether a drill is what tells the deed, rather than where it befell somebody."""
    word = sentence[at]
    if word.pos == "VERB":
        return True
    if word.dep in {"amod", "compound"}:
        return word.lemma.lower() in {"mock", "simulated", "fictional"}
    verb = sentence[word.head]
    if word.dep in {"nsubj", "nsubjpass"}:
        return verb.lemma.lower() in load_unreal()["practice"] | {
            "involve",
            "feature",
            "envisage",
            "see",
            "assume",
        }
    return False


def is_figurative(sentence: Sentence) -> bool:
    """Return whether a sentence speaks of another field in words of war: sport, trade, courts, elections."""
    words = load_unreal()
    lemmas = [word.lemma.lower() for word in sentence.words]
    if not words["armed"].isdisjoint(lemmas):
        return False
    nouns = [
        lemma
        for lemma, word in zip(lemmas, sentence.words, strict=True)
        if word.pos in {"NOUN", "PROPN"}
    ]
    return any(sum(map(words[field].__contains__, nouns)) >= ENOUGH for field in _FIGURATIVE)
