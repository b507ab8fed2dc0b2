"""Statement views: who denied, admitted, accused or demanded what, of whom, when: narrowed by facets and counted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from types import MappingProxyType
from weakref import WeakKeyDictionary

import numpy as np

from counterclaim.ledger import Ledger
from counterclaim.records.list_facts import Saying, StatementFact
from counterclaim.records.party import Party
from counterclaim.records.project import projects_of
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.records.text import Span
from counterclaim.service.corrections import as_corrected
from counterclaim.service.facets import FacetCount, Facets, Frozen, Mask, narrowed
from counterclaim.service.incident_view import sentence_around

FACETS = ("act", "party", "organ", "target", "outlet", "month")
_NUMBERS = ("number", "day")

SORTS: Mapping[str, str] = MappingProxyType(
    {"day": "latest day", "oldest": "earliest day", "filed": "latest filed"}
)

MOST_VALUES = 16

MOST_READ = 2_000
"""Sayings whose sentences are looked through for words: the latest of the reports that have them."""

NOBODY = "nobody named"
"""Who speaks where the text names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingAsk:
    """Which sayings are wanted. Every field narrows; an empty one does not."""

    act: str = ""
    """A stance: deny, admit, accuse …"""
    party: str = ""
    """Root of who says it."""
    organ: str = ""
    target: str = ""
    """Root of whom it is said of or to."""
    outlet: str = ""
    month: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    """Words that its sentence holds."""
    above: int = 0
    """Number of a saying: only those filed after it."""
    sort: str = "day"

    @property
    def chosen(self) -> Mapping[str, str]:
        """Return the facets that narrow."""
        given = {name: getattr(self, name) for name in FACETS}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """One saying for reading."""

    said: StatementFact
    speakers: tuple[Party, ...]
    """As corrected by people."""
    is_corrected: bool
    words: str
    sentence: str
    span: Span
    """The words to show in the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingList:
    """One page of sayings, with the counts of their facets."""

    rows: tuple[SaidRow, ...]
    total: int
    counts: Mapping[str, tuple[FacetCount, ...]]


class Sayings:
    """Sayings of one ledger: of each document's latest reading. Threads may share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        """Forget all rows."""
        self._newest = 0
        self._facets = Facets(FACETS, _NUMBERS)
        self._by_id: dict[str, tuple[int, Saying]] = {}
        self._readings: dict[int, tuple[int, list[str]]] = {}
        self._corrected: dict[str, tuple[Party, ...]] = {}
        self._own: dict[str, Mask] = {}

    def _fresh(
        self, project: str | None
    ) -> tuple[Frozen, Mask | None, Mapping[str, tuple[Party, ...]]]:
        """Bring the rows up to the latest posting; return them, and those of a project."""
        with self._lock:
            if self._newest and self._ledger.facts.is_upset(self._newest):
                self._begin()
            before = self._newest
            newest, filed = self._ledger.facts.sayings(before)
            for item in filed:
                self._take(item)
            if newest != before:
                self._own = {}
                self._correct(self._ledger.facts.judged_claims(before))
            self._newest = newest
            rows = self._facets.frozen()
            own = None if project is None else self._of_project(rows, project)
            return rows, own, self._corrected

    def _of_project(self, rows: Frozen, project: str) -> Mask:
        """Hold for the sayings of a project: as claims are, by whom they name where a report is of several."""
        if project not in self._own:
            homes = self._ledger.projects.homes()
            reaches = self._ledger.projects.reaches()
            self._own[project] = rows.among(
                place
                for place, item in self._by_id.values()
                if project in (own := homes.get(item.document, ()))
                and (
                    len(own) == 1
                    or project
                    in projects_of(
                        {name: reaches[name] for name in own},
                        (*item.speakers, *item.targets),
                        None,
                    )
                )
            )
        return self._own[project]

    def _take(self, item: Saying) -> None:
        reading, names = self._readings.get(item.document, (0, []))
        if item.reading > reading:
            for name in names:
                self._facets.drop(self._by_id.pop(name)[0])
            reading, names = item.reading, []
        if item.id in self._by_id:
            return
        names.append(item.id)
        self._readings[item.document] = reading, names
        self._by_id[item.id] = self._add(item), item

    def _add(self, item: Saying) -> int:
        values: dict[str, Iterable[str]] = {
            "act": (item.stance,),
            "party": item.speakers or (NOBODY,),
            "organ": item.units,
            "target": item.targets,
            "outlet": (item.outlet,),
            "month": (item.known_on[:7],),
        }
        day = date.fromisoformat(item.known_on).toordinal()
        return self._facets.add(values, {"number": item.number, "day": day})

    def _correct(self, claim_ids: Sequence[str]) -> None:
        """Let sayings follow their claims where people corrected who speaks, and where that was taken back."""
        for entry in self._ledger.claims_by_id(claim_ids):
            claim = as_corrected(entry).claim
            held = self._by_id.get(claim.attribution_id or "")
            if held is None:
                continue
            row, item = held
            now = tuple(dict.fromkeys(party.root for party in claim.speakers))
            units = tuple(dict.fromkeys(party.unit for party in claim.speakers if party.unit))
            if claim.speakers != entry.claim.speakers:
                self._corrected[item.id] = claim.speakers
            elif self._corrected.pop(item.id, None) is None:
                continue
            self._facets.drop(row)
            added = self._add(replace(item, speakers=now, units=units))
            self._by_id[item.id] = added, item

    def find(
        self,
        ask: SayingAsk,
        *,
        known: Known = EVERYTHING,
        start: int = 0,
        limit: int = 50,
        is_counted: bool = True,
    ) -> SayingList:
        """Return one page of the sayings asked for, in their order.

        Args:
            ask: Which are wanted.
            known: By the day of publication, and of which project.
            start: Rows before the page.
            limit: Rows of the page.
            is_counted: Whether facets are counted.

        Raises:
            SearchError: If words are asked for and there is none in them.
            UnknownProjectError: If they are to be of a project that is not there.
        """
        if known.project is not None:
            self._ledger.projects.check(known.project)
        rows, own, corrected = self._fresh(known.project)
        day = rows.numbers["day"]
        base = rows.alive if own is None else rows.alive & own
        if ask.above:
            base = base & (rows.numbers["number"] > ask.above)
        if known.day is not None:
            base = base & (day <= known.day.toordinal())
        if ask.first is not None:
            base = base & (day >= ask.first.toordinal())
        if ask.last is not None:
            base = base & (day <= ask.last.toordinal())
        if ask.words:
            base = base & self._worded(rows, base, ask.words)
        chosen = {name: rows.holding(name, value) for name, value in ask.chosen.items()}
        places = np.flatnonzero(narrowed(base, chosen))
        number = rows.numbers["number"][places]
        keys = {
            "day": (-number, -day[places]),
            "oldest": (number, day[places]),
            "filed": (-number,),
        }[ask.sort]
        ordered: list[int] = number[np.lexsort(keys)[start : start + limit]].tolist()
        return SayingList(
            rows=self._read(ordered, corrected),
            total=len(number),
            counts={
                name: rows.count(name, narrowed(base, chosen, name), MOST_VALUES)
                for name in (FACETS if is_counted else ())
            },
        )

    def _worded(self, rows: Frozen, base: Mask, words: str) -> Mask:
        """Hold for the sayings whose sentence has the words, among those of reports that have them anywhere."""
        documents = self._ledger.facts.documents_matching(words)
        with self._lock:
            places = {
                item.id: place
                for place, item in self._by_id.values()
                if item.document in documents and place < len(base) and base[place]
            }
            numbers = [self._by_id[name][1].number for name in places]
        latest = sorted(numbers, reverse=True)[:MOST_READ]
        sought = [_stem(word) for word in _WORD.findall(words.casefold())]
        return rows.among(
            places[row.said.attribution.id]
            for row in self._read(latest, {})
            if all(word in row.sentence.casefold() for word in sought)
        )

    def _read(
        self, numbers: Sequence[int], corrected: Mapping[str, tuple[Party, ...]]
    ) -> tuple[SaidRow, ...]:
        found = self._ledger.facts.said(numbers)
        texts = self._ledger.texts(sorted({item.document_id for item in found.values()}))
        return tuple(
            _row(said, texts[said.document_id], corrected)
            for number in numbers
            if (said := found.get(number)) is not None
        )


_WORD = re.compile(r"\w+")


def _stem(word: str) -> str:
    """Leave off a plural's ending, as the index of words does."""
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _row(said: StatementFact, text: str, corrected: Mapping[str, tuple[Party, ...]]) -> SaidRow:
    item = said.attribution
    speakers = corrected.get(item.id)
    words = " … ".join(text[span.start : span.end] for span in item.content)
    return SaidRow(
        said=said,
        speakers=item.speakers if speakers is None else speakers,
        is_corrected=speakers is not None,
        words=" ".join(words.split()),
        sentence=" ".join(sentence_around(item.cue, text).split()),
        span=item.content[0] if item.content else item.cue,
    )


_open: "WeakKeyDictionary[Ledger, Sayings]" = WeakKeyDictionary()
_opening = Lock()


def sayings_of(ledger: Ledger) -> Sayings:
    """Return the sayings of an open ledger, made when they are first asked for."""
    with _opening:
        return _open.setdefault(ledger, Sayings(ledger))
