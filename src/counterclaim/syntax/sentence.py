"""Sentences: words with parts of speech, heads and relations, in document coordinates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from counterclaim.records.text import Passage, Span


@dataclass(frozen=True, slots=True)
class Word:
    """One token of one sentence.

    Relations follow the ClearNLP scheme of spaCy's English models (``nsubj``, ``dobj``, ``ccomp``).
    """

    index: int
    """Position in its sentence, from 0."""
    start: int
    """First character in the document's text."""
    end: int
    text: str
    lemma: str
    """Lower case."""
    pos: str
    """Universal part of speech."""
    tag: str
    """Penn Treebank tag."""
    dep: str
    head: int
    """Index of the head in the sentence; its own index for the root."""
    entity: str = ""
    """Entity type of the parser's own recogniser, empty for none."""
    lower: str = ""

    @property
    def span(self) -> Span:
        """The word's characters in the document."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence. Indices are positions in ``words``."""

    words: tuple[Word, ...]
    index: int
    """Position among the document's sentences, from 0."""
    passage: Passage
    children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    """For each word, its dependants from left to right."""
    first: tuple[int, ...] = field(default=(), repr=False)
    """For each word, the leftmost index of its subtree."""
    last: tuple[int, ...] = field(default=(), repr=False)
    """For each word, the rightmost index of its subtree, inclusive."""

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __getitem__(self, index: int) -> Word:
        return self.words[index]

    @property
    def span(self) -> Span:
        """The sentence's characters in the document."""
        return Span(self.words[0].start, self.words[-1].end)

    def cover(self, first: int, last: int) -> Span:
        """Return the characters from one word to another, both included."""
        return Span(self.words[first].start, self.words[last].end)

    def roots(self) -> list[int]:
        """Return the words that head themselves: one, or several after a repair."""
        return [word.index for word in self.words if word.head == word.index]


def make_sentence(words: Sequence[Word], index: int, passage: Passage) -> Sentence:
    """Build a sentence, with each word's dependants and the edges of its subtree.

    Args:
        words: In order, with ``index`` 0, 1, 2 ...; every ``head`` is an index among them.
        index: Position among the document's sentences.
        passage: The block it stands in.
    """
    children: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head != word.index:
            children[word.head].append(word.index)
    first = list(range(len(words)))
    last = list(range(len(words)))
    for node in reversed(_top_down(words, children)):
        for child in children[node]:
            first[node] = min(first[node], first[child])
            last[node] = max(last[node], last[child])
    return Sentence(
        tuple(words), index, passage, tuple(map(tuple, children)), tuple(first), tuple(last)
    )


def _top_down(words: Sequence[Word], children: Sequence[Sequence[int]]) -> list[int]:
    """Order the words so that each stands after its head."""
    order = [word.index for word in words if word.head == word.index]
    for node in order:
        order.extend(children[node])
    return order


def sentence_over(sentences: Sequence[Sentence], span: Span) -> Sentence | None:
    """Return the sentence in which some words stand whole; None where none holds them."""
    return next((sentence for sentence in sentences if sentence.span.covers(span)), None)
