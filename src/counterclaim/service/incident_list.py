"""Incident list: a ledger's incidents as a list that is narrowed by facets, sorted, counted and named.

It is kept beside an open ledger and brought up to each posting by what that posting changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from types import MappingProxyType
from weakref import WeakKeyDictionary

import numpy as np

from counterclaim.ledger import Ledger
from counterclaim.records.finding import Finding
from counterclaim.records.ledger_rows import Entry, IncidentView
from counterclaim.records.list_facts import IncidentFacts
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.facets import FacetCount, Facets, Frozen, Mask, narrowed
from counterclaim.tell.titles import Title, title_of

FACETS = ("kind", "status", "party", "place", "outlet", "month", "both", "two")
_HELD = (*FACETS, "project")
_NUMBERS = ("state", "first", "last", "known", "claims", "documents")

SORTS: Mapping[str, str] = MappingProxyType(
    {
        "changed": "latest changed",
        "day": "latest day",
        "oldest": "earliest day",
        "claims": "most statements",
        "reports": "most reports",
    }
)
"""Orders of the list, as people choose them."""

MOST_VALUES = 12
"""Values of a facet that are counted for a page."""

YES = "yes"

TELLING = frozenset(
    {
        "withdrawn",
        "agreed_by_both",
        "admitted",
        "confirmed_by_adversary",
        "contested",
        "denied",
        "corroborated",
    }
)
"""Statuses that are worth a word in a list: the others say that one side or one source tells of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAsk:
    """Which incidents are wanted. Every field narrows; an empty one does not."""

    kind: str = ""
    status: str = ""
    party: str = ""
    """Root."""
    place: str = ""
    outlet: str = ""
    month: str = ""
    """As ``2020-10``."""
    both: bool = False
    """Both sides spoke."""
    two: bool = False
    """Two origins or more affirm it."""
    first: date | None = None
    last: date | None = None
    words: str = ""
    """Words that a sentence of it holds."""
    single: bool = False
    """Whether single mentions are shown too: incidents of one statement that nothing else speaks of."""
    above: int = 0
    """Number of a state: only incidents that changed after it."""
    sort: str = "changed"

    @property
    def chosen(self) -> Mapping[str, str]:
        """Return the facets that narrow."""
        given = {name: getattr(self, name) for name in FACETS[:6]}
        given |= {"both": YES if self.both else "", "two": YES if self.two else ""}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Brief:
    """An incident in a line: its title, and how each question of it stands."""

    title: Title
    standings: tuple[tuple[str, str], ...]
    """Slot and status, each pair once, in the order of the slots."""

    @property
    def by_status(self) -> Mapping[str, tuple[str, ...]]:
        """Return the slots of each status that tells more than one source."""
        found: dict[str, tuple[str, ...]] = {}
        for slot, status in self.standings:
            if status in TELLING:
                found[status] = (*found.get(status, ()), slot)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentList:
    """One page of the list, with the counts of its facets."""

    facts: tuple[IncidentFacts, ...]
    total: int
    """Incidents that pass, over all pages."""
    folded: int
    """Single mentions that would pass too, and are folded away."""
    counts: Mapping[str, tuple[FacetCount, ...]]


class Catalogue:
    """Incidents of one ledger. Threads may share it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        """Forget all rows."""
        self._newest = 0
        self._facets = Facets(_HELD, _NUMBERS)
        self._facts: list[IncidentFacts] = []
        self._places: dict[str, int] = {}
        self._briefs: dict[str, Brief] = {}

    def _fresh(self) -> tuple[Frozen, Sequence[IncidentFacts], Mapping[str, int]]:
        """Bring the rows up to the latest posting; return them."""
        with self._lock:
            if self._newest and self._ledger.facts.is_rewritten(self._newest):
                self._begin()
            newest, changed = self._ledger.facts.incidents(self._newest)
            if newest != self._newest:
                self._briefs = {}
            for item in changed:
                self._take(item)
            self._newest = newest
            return self._facets.frozen(), self._facts, self._places

    def _take(self, item: IncidentFacts) -> None:
        before = self._places.pop(item.id, None)
        if before is not None:
            self._facets.drop(before)
        if not item.is_open:
            return
        first, last = item.first_day or item.known_on, item.last_day or item.known_on
        values = {
            "kind": (item.kind,),
            "status": item.statuses,
            "party": item.parties,
            "place": item.places,
            "outlet": item.outlets,
            "month": (first[:7],),
            "both": (YES,) if item.both_spoke else (),
            "two": (YES,) if item.two_origins else (),
            "project": item.projects,
        }
        numbers = {
            "state": item.state,
            "first": _ordinal(first),
            "last": _ordinal(last),
            "known": _ordinal(item.known_on),
            "claims": item.claims,
            "documents": item.documents,
        }
        self._places[item.id] = self._facets.add(values, numbers)
        self._facts.append(item)

    def find(
        self,
        ask: IncidentAsk,
        *,
        known: Known = EVERYTHING,
        start: int = 0,
        limit: int = 50,
        is_counted: bool = True,
    ) -> IncidentList:
        """Return one page of the incidents asked for, in their order.

        Args:
            ask: Which are wanted.
            known: By the day of publication, of which project; the other clock is not for lists of what stands now.
            start: Rows before the page.
            limit: Rows of the page.
            is_counted: Whether facets are counted.

        Raises:
            SearchError: If words are asked for and there is none in them.
            UnknownProjectError: If they are to be of a project that is not there.
        """
        if known.project is not None:
            self._ledger.projects.check(known.project)
        rows, facts, places = self._fresh()
        base = _base(rows, ask, known)
        if ask.words:
            found = self._ledger.facts.matching(ask.words)
            base = base & rows.among(places[name] for name in found if name in places)
        mention = (rows.numbers["claims"] == 1) & (rows.numbers["documents"] <= 1)
        shown = base if ask.single else base & ~mention
        chosen = {name: rows.holding(name, value) for name, value in ask.chosen.items()}
        passing = narrowed(shown, chosen)
        hidden = 0 if ask.single else int(np.count_nonzero(narrowed(base & mention, chosen)))
        order = _order(rows, np.flatnonzero(passing), ask.sort)
        return IncidentList(
            facts=tuple(facts[int(place)] for place in order[start : start + limit]),
            total=len(order),
            folded=hidden,
            counts={
                name: rows.count(name, narrowed(shown, chosen, name), MOST_VALUES)
                for name in (FACETS if is_counted else ())
            },
        )

    def briefs(
        self, incident_ids: Sequence[str], *, known: Known = EVERYTHING
    ) -> Mapping[str, Brief]:
        """Return some incidents in a line each, whole whatever their project, by id; those not seen are left out."""
        if known.of_all != EVERYTHING:
            return briefs_of(self._ledger, incident_ids, known=known)
        self._fresh()
        held = self._briefs
        missing = [name for name in dict.fromkeys(incident_ids) if name not in held]
        held.update(briefs_of(self._ledger, missing))
        return {name: held[name] for name in incident_ids if name in held}


def briefs_of(
    ledger: Ledger, incident_ids: Sequence[str], *, known: Known = EVERYTHING
) -> dict[str, Brief]:
    """Return some incidents of a ledger in a line each, by id."""
    found = ledger.facts.gists(incident_ids, known=known)
    return {
        name: brief
        for name, gist in found.items()
        if (brief := _brief(gist.entries, gist.findings)) is not None
    }


def brief_of(view: IncidentView) -> Brief:
    """Return one incident in a line, as it was handed over."""
    found = _brief(view.entries, view.findings)
    return found or Brief(Title(view.card.label), ())


def _brief(entries: Sequence[Entry], findings: Sequence[Finding]) -> Brief | None:
    corrected = [as_corrected(entry) for entry in entries]
    counted = [entry for entry in corrected if not is_left_out(entry)] or corrected
    if not counted:
        return None
    counted.sort(key=lambda entry: entry.known_on)
    published = [entry.published for entry in counted if entry.published is not None]
    reported = min(published, default=None)
    title = title_of([entry.claim for entry in counted], findings, reported=reported)
    told = ((item.slot, item.status) for item in findings if item.slot != "border")
    return Brief(title, tuple(dict.fromkeys(told)))


def _base(rows: Frozen, ask: IncidentAsk, known: Known) -> Mask:
    base = rows.alive
    if ask.above:
        base = base & (rows.numbers["state"] > ask.above)
    if known.project is not None:
        base = base & rows.holding("project", known.project)
    if known.day is not None:
        base = base & (rows.numbers["known"] <= known.day.toordinal())
    if ask.first is not None:
        base = base & (rows.numbers["last"] >= ask.first.toordinal())
    if ask.last is not None:
        base = base & (rows.numbers["first"] <= ask.last.toordinal())
    return base


def _order(
    rows: Frozen, places: "np.ndarray[tuple[int], np.dtype[np.int64]]", sort: str
) -> list[int]:
    changed = -rows.numbers["state"][places]
    keys = {
        "changed": (changed,),
        "day": (changed, -rows.numbers["last"][places]),
        "oldest": (changed, rows.numbers["first"][places]),
        "claims": (changed, -rows.numbers["claims"][places]),
        "reports": (changed, -rows.numbers["claims"][places], -rows.numbers["documents"][places]),
    }[sort]
    return [int(place) for place in places[np.lexsort(keys)]]


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


_open: "WeakKeyDictionary[Ledger, Catalogue]" = WeakKeyDictionary()
_opening = Lock()


def catalogue_of(ledger: Ledger) -> Catalogue:
    """Return the catalogue of an open ledger, made when it is first asked for."""
    with _opening:
        return _open.setdefault(ledger, Catalogue(ledger))
