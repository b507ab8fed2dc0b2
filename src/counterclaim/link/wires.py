"""Wires: reports that are one text by one hand, however many outlets print it, and the words that show it.

Two reports are of one origin by *passages* where what the shorter one tells stands in the other, word for word
or edited; by an agency's *mark* where both bear it and tell of one matter; by a *statement* where both quote the
same words. The last makes one origin of what is quoted, not of the reports around it. A bulletin's form filled
in anew and the background that closes reports for months are no ties: the news must be shared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations

from counterclaim.link.agency_marks import AgencyMark, find_marks
from counterclaim.link.comparison_cache import Memory
from counterclaim.link.document_frequencies import Background, load_background
from counterclaim.link.passages import (
    ComparedSentence,
    Match,
    match_passages,
    passages_of,
    quotes_of,
)
from counterclaim.records.link import Tie
from counterclaim.records.text import Document, Span

ALIKE = 0.45
"""Likeness from which two sentences are one, edited. Of two hands writing of one thing the tuned pairs show
none above 0.25; edited ones begin at 0.49."""

SURE = 0.7
"""Likeness asked of the other sentences where the first ones are a form filled in anew."""

HEAD = 2
"""Sentences at the top of a report that hold its news."""

LEAST_SHARE = 0.35
"""Share of the shorter report, by the weight of its words, that must stand in the other."""

ALONE_SHARE = 0.6
"""The share asked where but one sentence is shared, or none of those at the top."""

ENOUGH = 6
"""Runs of words that must be shared in all: two short sentences of one event share some by chance."""

EXACT = 0.95
"""Likeness from which sentences are one whatever their length."""

WINDOW = 3
"""Days between the printings of one wire."""

COPY_SHARE = 0.85
"""Share from which reports further apart are one text, printed late."""

FIGURES = 4
"""Figures in digits from which on they tell two texts apart: one printed late gives the same ones."""

ONE_MATTER = 0.4
"""Share of the words' weight in common from which two reports under one agency's mark tell of one matter; two of
its reports on one war have 0.3 in common."""

QUOTED = 0.7
"""Share of the shorter quotation's runs of words that must stand in the other."""

QUOTED_WORDS = 8
"""Words of a quotation from which it is nobody's chance."""

SHARED_RUNS = 4
"""Runs of words that two reports must share to be compared at all, where there are many."""

FEW = 12
"""Reports up to which all pairs are compared."""

CROWDED = 60
"""Reports that share one run of words, beyond which it is everybody's phrase."""

_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")


class WireText:
    """One report made ready to be compared; what a comparison does not ask for is not worked out."""

    def __init__(self, document: Document, background: Background) -> None:
        self.document_id = document.id
        self.published = document.published
        self.text = document.text
        self._outlet, self._author = document.outlet, document.author
        self._background = background

    @cached_property
    def figures(self) -> frozenset[str]:
        """What stands in digits."""
        return frozenset(_FIGURE.findall(self.text))

    @cached_property
    def passages(self) -> tuple[ComparedSentence, ...]:
        """Its sentences."""
        return passages_of(self.text, self._background)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Its content words, by how rare each is."""
        found: dict[str, float] = {}
        for item in self.passages:
            found |= item.weights
        return found

    @cached_property
    def runs(self) -> frozenset[int]:
        """Runs of words, of all its sentences."""
        return frozenset(run for item in self.passages for run in item.runs)

    @cached_property
    def marks(self) -> tuple[AgencyMark, ...]:
        """The agencies' marks on it."""
        return find_marks(self.text, self._outlet, self._author)

    @cached_property
    def quotes(self) -> tuple[tuple[frozenset[int], Span, int], ...]:
        """What stands in quotation marks."""
        return tuple(quotes_of(self.text))


_texts: Memory[tuple[str, str, str | None, date | None], WireText] = Memory(4_096)


def make_wire_text(document: Document, background: Background | None = None) -> WireText:
    """Make a report ready; those read lately are kept, with the text that they had."""
    table = background or load_background()
    key = (document.id, document.text, document.outlet, document.published)
    return _texts.get(key, lambda: WireText(document, table))


def forget_texts() -> None:
    """Let go of the reports that are kept: words were taken out of one."""
    _texts.forget()


def find_tie(left: WireText, right: WireText, *, one_matter: bool = False) -> Tie | None:
    """Return what shows that two reports, or words that both quote, are of one origin; None where nothing does.

    Args:
        left: The one printed first.
        right: The other.
        one_matter: Whether they are known to tell of one happening: an agency's mark on both is then enough.
    """
    if _days_apart(left, right) > WINDOW and _has_other_figures(left, right):
        return None
    matches = match_passages(left.passages, right.passages, ALIKE)
    statement = _by_statement(left, right)
    if statement is not None:
        quoted = (statement.left_span, statement.right_span)
        beside = [item for item in matches if not _is_quoted(item, quoted)]
        if all(item.is_other_news for item in beside):
            return statement
    share = _share(matches, left, right)
    if _is_one_text(matches, share, left, right):
        best = max(
            (item for item in matches if not item.is_other_news),
            key=lambda item: (item.likeness * item.left.weight, -item.left.order),
        )
        return _tie("passages", left, right, (best.left.span, best.right.span), share)
    return _by_mark(left, right, one_matter=one_matter) or statement


def _has_other_figures(left: WireText, right: WireText) -> bool:
    """Return whether most figures of the text that has fewer are not in the other: no print of one text."""
    least = min(len(left.figures), len(right.figures))
    return least >= FIGURES and 2 * len(left.figures & right.figures) < least


def _is_quoted(match: Match, quoted: tuple[Span | None, Span | None]) -> bool:
    """Return whether what two sentences share is the quotation in them."""
    spans = (match.left.span, match.right.span)
    return all(
        there is not None and span.meets(there) for span, there in zip(spans, quoted, strict=True)
    )


def _share(matches: Sequence[Match], left: WireText, right: WireText) -> float:
    """Return how much of the shorter report stands in the other, by the weight of its sentences."""
    mine = {item.left.order: item.left.weight for item in matches if not item.is_other_news}
    theirs = {item.right.order: item.right.weight for item in matches if not item.is_other_news}
    whole = (
        sum(item.weight for item in left.passages),
        sum(item.weight for item in right.passages),
    )
    parts = (sum(mine.values()), sum(theirs.values()))
    return max((part / all_ for part, all_ in zip(parts, whole, strict=True) if all_), default=0.0)


def _is_one_text(matches: Sequence[Match], share: float, left: WireText, right: WireText) -> bool:
    kept = [item for item in matches if not item.is_other_news]
    shared = sum(len(item.left.runs & item.right.runs) for item in kept)
    if not kept or (shared < ENOUGH and all(item.likeness < EXACT for item in kept)):
        return False
    if _days_apart(left, right) > WINDOW and share < COPY_SHARE:
        return False
    news = [item for item in kept if min(item.left.order, item.right.order) < HEAD]
    if any(
        item.is_other_news and max(item.left.order, item.right.order) < HEAD for item in matches
    ):
        sure = [item for item in news if item.likeness >= SURE]
        return len(sure) >= 1 and len(kept) >= len(matches) - 1 and _days_apart(left, right) == 0
    if news and len(kept) > 1:
        return share >= LEAST_SHARE
    return share >= ALONE_SHARE


def _by_mark(left: WireText, right: WireText, *, one_matter: bool) -> Tie | None:
    theirs = {mark.agency: mark for mark in right.marks}
    shared = [(mark, theirs[mark.agency]) for mark in left.marks if mark.agency in theirs]
    if not shared or _days_apart(left, right) > WINDOW:
        return None
    matter = _matter(left, right)
    whole = [pair for pair in shared if all(mark.extent == "whole" for mark in pair)]
    if matter < ONE_MATTER and not (one_matter and whole):
        return None
    one, other = (whole or shared)[0]
    return _tie("mark", left, right, (one.span, other.span), matter, agency=one.agency)


def _matter(left: WireText, right: WireText) -> float:
    both = sum(value for word, value in left.weights.items() if word in right.weights)
    least = min(sum(left.weights.values()), sum(right.weights.values()))
    return both / least if least else 0.0


def _by_statement(left: WireText, right: WireText) -> Tie | None:
    if _days_apart(left, right) > WINDOW:
        return None
    for runs, span, size in left.quotes:
        for other, there, length in right.quotes:
            if min(size, length) < QUOTED_WORDS:
                continue
            share = len(runs & other) / min(len(runs), len(other))
            if share >= QUOTED:
                return _tie("statement", left, right, (span, there), share)
    return None


def _days_apart(left: WireText, right: WireText) -> int:
    if left.published is None or right.published is None:
        return 0
    return abs((left.published - right.published).days)


def _tie(
    by: str,
    left: WireText,
    right: WireText,
    spans: tuple[Span | None, Span | None],
    share: float,
    *,
    agency: str | None = None,
) -> Tie:
    here, there = spans

    def words(item: WireText, span: Span | None) -> str:
        return agency or "" if span is None else " ".join(item.text[span.start : span.end].split())

    return Tie(
        by=by,
        left=left.document_id,
        right=right.document_id,
        left_span=here,
        right_span=there,
        left_words=words(left, here),
        right_words=words(right, there),
        share=round(share, 3),
        agency=agency,
    )


class Wires:
    """The reports of a view by the hand that wrote them."""

    def __init__(
        self,
        texts: Iterable[WireText],
        *,
        one_matter: bool = False,
        among: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        self._texts = {item.document_id: item for item in texts}
        self.ties: list[Tie] = []
        self._home = {name: name for name in self._texts}
        for left, right in self._near() if among is None else self._in_order(among):
            tie = find_tie(self._texts[left], self._texts[right], one_matter=one_matter)
            if tie is None:
                continue
            self.ties.append(tie)
            if tie.by != "statement":
                self._unite(left, right)
        self._members: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._texts:
            self._members[self._root(name)].append(name)

    def _near(self) -> Iterable[tuple[str, str]]:
        names = sorted(self._texts, key=self._order)
        if len(names) <= FEW:
            return list(combinations(names, 2))
        holders: defaultdict[object, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for run in self._texts[name].runs:
                holders[run].append(number)
        shared: Counter[tuple[int, int]] = Counter()
        for held in holders.values():
            if 1 < len(held) <= CROWDED:
                shared.update(combinations(held, 2))
        near = {pair for pair, count in shared.items() if count >= SHARED_RUNS}
        marked: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for mark in self._texts[name].marks:
                marked[mark.agency].append(number)
        for pair in (pair for held in marked.values() for pair in combinations(held, 2)):
            if shared[pair]:
                near.add(pair)
        return [(names[one], names[other]) for one, other in sorted(near)]

    def _in_order(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return pairs with the report first that was printed first, in the order of reports."""
        numbers = {name: number for number, name in enumerate(sorted(self._texts, key=self._order))}
        near = {
            (min(pair, key=numbers.__getitem__), max(pair, key=numbers.__getitem__))
            for pair in pairs
        }
        return sorted(near, key=lambda pair: (numbers[pair[0]], numbers[pair[1]]))

    def _order(self, name: str) -> tuple[date, str]:
        return self._texts[name].published or date.max, name

    def _root(self, name: str) -> str:
        while self._home[name] != name:
            name = self._home[name]
        return name

    def _unite(self, left: str, right: str) -> None:
        one, two = sorted((self._root(left), self._root(right)), key=self._order)
        self._home[two] = one

    def copies_of(self, document_id: str) -> tuple[str, ...]:
        """Return the reports of one hand with one, itself among them, the first printed first."""
        if document_id not in self._home:
            return (document_id,)
        return tuple(sorted(self._members[self._root(document_id)], key=self._order))

    def agency_of(self, document_id: str) -> str | None:
        """Return the agency whose mark one of a wire's reports bears; a whole text's before a contribution's."""
        copies = [self._texts[name] for name in self.copies_of(document_id) if name in self._texts]
        for extent in ("whole", "part"):
            found = Counter(
                mark.agency for item in copies for mark in item.marks if mark.extent == extent
            )
            if found and (extent == "whole" or len(copies) > 1):
                return min(found, key=lambda name: (-found[name], name))
        return None

    def marks_of(self, document_id: str) -> tuple[AgencyMark, ...]:
        """Return the agencies' marks on one report."""
        return self._texts[document_id].marks if document_id in self._texts else ()


def find_wires(
    documents: Iterable[Document],
    background: Background | None = None,
    *,
    one_matter: bool = False,
    among: Iterable[tuple[str, str]] | None = None,
) -> Wires:
    """Bring reports together by the hand that wrote them.

    Args:
        documents: In any order; the same ones give the same wires.
        background: How rare words are; the shipped one, if none is given.
        one_matter: Whether all of them are known to tell of one happening.
        among: The pairs that are compared, by their ids, where it is known which matter; else all that come near.
    """
    texts = (make_wire_text(item, background) for item in documents)
    return Wires(texts, one_matter=one_matter, among=among)
