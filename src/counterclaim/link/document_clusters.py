"""Document clusters: documents that tell of one main happening, and documents that are copies of each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from counterclaim.link.blocking import BlockingIndex
from counterclaim.link.clustering import Group, Groups
from counterclaim.link.comparison_cache import Memory
from counterclaim.link.document_features import (
    DocumentFeatures,
    compare,
    document_features,
    resemblance,
    tfidf,
)
from counterclaim.link.document_frequencies import Background, load_background
from counterclaim.link.text_features import read_wording
from counterclaim.link.weights import Weights, load_weights
from counterclaim.records.link import Link, SamenessJudgement
from counterclaim.records.text import Document

COPY = 0.5
"""Resemblance from which two documents are one text, edited: half of all runs of words in common."""


_compared: Memory[tuple[int, int], tuple[float, float]] = Memory(50_000)
"""By the numbers of two tellings. The weights are those that ship, and never change."""


class Stories:
    """Documents, one after the other; each is compared with its neighbours alone.

    Example:
        >>> stories = Stories()
        >>> stories.add(Document(text="A shell hit the mill at Ost."))
        {}
    """

    def __init__(
        self, background: Background | None = None, judgements: Iterable[SamenessJudgement] = ()
    ) -> None:
        self._background = background or load_background()
        self._weights = {True: load_weights("dated"), False: load_weights("undated")}
        self._tellings: dict[str, DocumentFeatures] = {}
        self._block: BlockingIndex[str] = BlockingIndex()
        self._groups = Groups(self._weights[True].threshold, judgements)
        self._copies = Groups(COPY)

    def add(self, document: Document) -> Mapping[str, float]:
        """Take in a document and compare it with its neighbours.

        Returns:
            The chance of one main happening by neighbour; nothing for a text that is there already.
        """
        if document.id in self._tellings:
            return {}
        return self.add_telling(document_features(document, self._background))

    def add_telling(self, telling: DocumentFeatures) -> Mapping[str, float]:
        """Take in a document that was made ready before."""
        name = telling.document_id
        self._groups.add(name)
        self._copies.add(name)
        found: dict[str, float] = {}
        for other in sorted(self._block.neighbours(telling)):
            found[other], alike = self._compared(telling, self._tellings[other])
            self._groups.tie(name, other, found[other])
            if alike > 0:
                self._copies.tie(name, other, alike)
        self._block.add(name, telling)
        self._tellings[name] = telling
        return found

    def _compared(self, left: DocumentFeatures, right: DocumentFeatures) -> tuple[float, float]:
        """Return the chance of one main happening, and how much two texts resemble each other."""

        def compared() -> tuple[float, float]:
            features = compare(left, right)
            chance = self._weights_for(features).chance_of(features)
            return chance, resemblance(left, right)

        early, late = left.serial, right.serial
        return _compared.get((early, late) if early < late else (late, early), compared)

    def _weights_for(self, features: Mapping[str, float]) -> Weights:
        """Choose the undated weights when either document has no day of publication."""
        return self._weights[not features["undated"]]

    def link(self, left: str, right: str) -> Link:
        """Say why two documents are or are not held to tell of one main happening."""
        features = compare(self._tellings[left], self._tellings[right])
        return self._weights_for(features).link(left, right, features)

    def chance(self, left: str, right: str) -> float:
        """Return the chance that two documents tell of one main happening.

        1 of a document with itself, 0 where blocking kept two apart.
        """
        return 1.0 if left == right else self._groups.chance(left, right)

    def judge(self, judgement: SamenessJudgement) -> None:
        """Let a judgement about two documents stand."""
        self._groups.judge(judgement)

    def stories(self) -> tuple[Group, ...]:
        """Return all groups of documents."""
        return self._groups.all_groups()

    def copies_of(self, document_id: str) -> Group:
        """Return the documents that are the same text, edited; itself among them."""
        return self._copies.group_of(document_id)


def find_stories(documents: Sequence[Document]) -> tuple[str, ...]:
    """Group a whole collection, with the collection's own counts in the background.

    The same words on another day are taken as another document: what a page says when its report is
    gone ("this article is no longer available") stands for many happenings.

    Args:
        documents: In any order.

    Returns:
        For each document, in the order given, the name of its story; equal names mean one happening.
    """
    wordings = [read_wording(item.text, item.published) for item in documents]
    background = load_background().widened(
        zip(wordings, (item.published for item in documents), strict=True)
    )
    stories = Stories(background)
    names = [f"{item.id} {item.published}" for item in documents]
    seen: set[str] = set()
    for name, item, wording in zip(names, documents, wordings, strict=True):
        if name not in seen:
            seen.add(name)
            stories.add_telling(replace(tfidf(item, wording, background), document_id=name))
    first = {name: members[0] for members in stories.stories() for name in members}
    return tuple(first[name] for name in names)
