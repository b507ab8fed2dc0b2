import pytest

from counterclaim.syntax.build import from_table
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import (
    agent,
    conjuncts,
    is_below,
    is_negated,
    is_passive,
    phrase,
    prepositional_object,
    subject,
    subtree,
)

COORDINATED = """
Kestria   Kestria  PROPN NNP 1 nsubj
confirmed confirm  VERB  VBD 1 ROOT
it        it       PRON  PRP 1 dobj
and       and      CCONJ CC  1 cc
denied    deny     VERB  VBD 1 conj
the       the      DET   DT  6 det
rest      rest     NOUN  NN  4 dobj
"""
CONTROLLED = """
Kestria   Kestria  PROPN NNP 1 nsubj
refused   refuse   VERB  VBD 1 ROOT
to        to       PART  TO  3 aux
say       say      VERB  VB  1 xcomp
"""
RELATIVE = """
the       the      DET   DT  1 det
army      army     NOUN  NN  5 nsubj
which     which    PRON  WDT 3 nsubj
fired     fire     VERB  VBD 1 relcl
first     first    ADV   RB  3 advmod
left      leave    VERB  VBD 5 ROOT
"""
PASSIVE = """
Ost       Ost      PROPN NNP 2 nsubjpass
was       be       AUX   VBD 2 auxpass
hit       hit      VERB  VBN 2 ROOT
by        by       ADP   IN  2 agent
rockets   rocket   NOUN  NNS 3 pobj
"""


@pytest.mark.parametrize(
    ("table", "verb", "who"),
    [
        (COORDINATED, 4, "Kestria"),
        (CONTROLLED, 3, "Kestria"),
        (RELATIVE, 3, "army"),
        (PASSIVE, 2, "Ost"),
    ],
    ids=["coordinated", "controlled", "relative", "passive"],
)
def test_syntax_subjects_are_found_where_english_leaves_them(
    table: str, verb: int, who: str
) -> None:
    sentence = from_table(table)
    found = subject(sentence, verb)
    assert found is not None
    assert sentence[found].text == who


def test_syntax_a_passive_has_its_agent() -> None:
    sentence = from_table(PASSIVE)
    assert is_passive(sentence, 2)
    assert agent(sentence, 2) == 4
    assert not is_passive(from_table(COORDINATED), 1)


def test_syntax_no_subject_is_none() -> None:
    assert subject(from_table("Leave leave VERB VB 0 ROOT"), 0) is None


def test_syntax_a_loop_in_the_heads_does_not_hang() -> None:
    sentence = from_table("a a NOUN NN 1 conj\nb b NOUN NN 0 conj")
    assert subject(sentence, 0) is None


def test_syntax_negation_is_a_words_own() -> None:
    sentence = from_table(
        "did do AUX VBD 2 aux\nnot not PART RB 2 neg\nfire fire VERB VB 2 ROOT\nbut but CCONJ CC 2 cc\nleft leave VERB VBD 2 conj"
    )
    assert is_negated(sentence, 2)
    assert not is_negated(sentence, 4)


def test_syntax_subtrees_know_their_edges() -> None:
    sentence = from_table(COORDINATED)
    assert subtree(sentence, 4) == [4, 5, 6]
    assert (sentence.first[1], sentence.last[1]) == (0, 6)
    assert is_below(sentence, 6, 1)
    assert not is_below(sentence, 1, 6)


def test_syntax_a_phrase_keeps_its_prepositions_and_leaves_its_clauses() -> None:
    table = """
the    the    DET  DT  1 det
head   head   NOUN NN  4 nsubj
of     of     ADP  IN  1 prep
police police NOUN NNS 2 pobj
spoke  speak  VERB VBD 4 ROOT
"""
    sentence = from_table(table)
    assert phrase(sentence, 1) == (0, 3)
    assert prepositional_object(sentence, 1, "of") == 3
    assert phrase(from_table(RELATIVE), 1) == (0, 1)


def test_syntax_conjuncts_come_in_order() -> None:
    sentence: Sentence = from_table(
        "a a NOUN NN 0 ROOT\nand and CCONJ CC 0 cc\nb b NOUN NN 0 conj\nand and CCONJ CC 2 cc\nc c NOUN NN 2 conj"
    )
    assert conjuncts(sentence, 0) == [0, 2, 4]


def test_walk_takes_a_phrase_of_any_depth() -> None:
    depth = 3_000
    rows = "\n".join(
        f"army army NOUN NN {max(0, n - 1)} {'pobj' if n else 'ROOT'}" for n in range(depth)
    )
    assert phrase(from_table(rows), 0) == (0, depth - 1)
