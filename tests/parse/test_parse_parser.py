import pytest

from counterclaim.parse import load_parser, parse_passages
from counterclaim.parse.parser import PipelineError
from counterclaim.parse.repair import repair_sentence
from counterclaim.pipeline.resources import Tools
from counterclaim.records.text import Document, Passage, Span
from counterclaim.syntax.build import LONGEST_SENTENCE, from_table


def passages(text: str) -> tuple[Document, list[Passage]]:
    document = Document(text=text)
    spans: list[Passage] = []
    at = 0
    for block in text.split("\n"):
        spans.append(
            Passage(
                index=len(spans), span=Span(at, at + len(block)), kind="paragraph", region="report"
            )
        )
        at += len(block) + 1
    return document, spans


def test_parse_words_stand_where_the_document_has_them(tools: Tools) -> None:
    document, blocks = passages("“Ost is ours,” said Kestria.\nArdenia’s army denied it.")
    for sentence in parse_passages(document, blocks, tools.parser):
        for word in sentence:
            assert document.text[word.start : word.end] == word.text


def test_parse_sentences_are_numbered_through(tools: Tools) -> None:
    document, blocks = passages("One fell. Two rose.\nThree left.")
    sentences = parse_passages(document, blocks, tools.parser)
    assert [sentence.index for sentence in sentences] == [0, 1, 2]
    assert [sentence.passage.index for sentence in sentences] == [0, 0, 1]


def test_parse_an_empty_passage_gives_nothing(tools: Tools) -> None:
    document = Document(text="  \n ")
    blank = Passage(index=0, span=Span(0, 4), kind="paragraph", region="report")
    assert parse_passages(document, [blank], tools.parser) == ()


def test_parse_a_missing_pipeline_says_what_to_do() -> None:
    with pytest.raises(PipelineError, match="install it with pip"):
        load_parser("no_such_pipeline_at_all")


HIT_AND_DENIED = """
army      army    NOUN  NN  1 nsubj
confirmed confirm VERB  VBD 1 ROOT
areas     area    NOUN  NNS 4 nsubjpass
were      be      AUX   VBD 4 auxpass
hit       hit     VERB  VBN 1 ccomp
and       and     CCONJ CC  4 cc
denied    deny    VERB  VBD 4 conj
it        it      PRON  PRP 8 nsubj
fired     fire    VERB  VBD 6 ccomp
"""


def test_parse_a_denial_is_hung_on_the_verb_it_goes_on_with() -> None:
    mended = repair_sentence(from_table(HIT_AND_DENIED))
    assert mended[6].head == 1
    assert mended[5].head == 1
    assert mended.last[4] == 4


def test_parse_a_party_inside_what_is_said_keeps_its_own_denial() -> None:
    table = HIT_AND_DENIED.replace("areas     area    NOUN  NNS", "Kestria   Kestria PROPN NNP")
    assert repair_sentence(from_table(table))[6].head == 4


def test_parse_a_modal_cannot_be_shared_with_a_past_tense() -> None:
    table = """
he         he        PRON  PRP 1 nsubj
said       say       VERB  VBD 1 ROOT
Kestria    Kestria   PROPN NNP 4 nsubj
could      could     AUX   MD  4 aux
stop       stop      VERB  VB  1 ccomp
and        and       CCONJ CC  4 cc
reiterated reiterate VERB  VBD 4 conj
his        his       PRON  PRP$ 8 poss
demand     demand    NOUN  NN  6 dobj
"""
    assert repair_sentence(from_table(table))[6].head == 1


def test_parse_cuts_a_sentence_without_end(tools: Tools) -> None:
    """Each part stands by itself: no word hangs on one that is not there, and roots are called so."""
    text = "Kestria said 4 soldiers" + " and 4 soldiers" * 300 + " were killed."
    passage = Passage(index=0, span=Span(0, len(text)), kind="paragraph", region="report")
    sentences = parse_passages(Document(text=text), [passage], tools.parser)
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in sentences)
    assert sum(map(len, sentences)) > LONGEST_SENTENCE
    for sentence in sentences:
        assert all(sentence[root].dep == "ROOT" for root in sentence.roots())
