"""The ledger itself: a thin shell over the room's functions. Only ``post`` and its sisters write."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from counterclaim.ledger import claims, documents, figures, incidents, problems
from counterclaim.ledger.backup import copy_ledger
from counterclaim.ledger.batch import post_judgements
from counterclaim.ledger.changes import list_changes
from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.feed_state import names_held, note_feed, recall_feed
from counterclaim.ledger.judge import find_judgement, judgements_of, post_judgement
from counterclaim.ledger.linking_view import LinkingView, Relate, sides_by_document
from counterclaim.ledger.membership import file_incidents, index_states
from counterclaim.ledger.migrate import schema_of
from counterclaim.ledger.parties import list_figure_sides, list_parties
from counterclaim.ledger.post import Posted, file_problem, holds, post_reading, signature_mark
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.reindex import index_again
from counterclaim.ledger.remarks import find_remarks, tell_ahead
from counterclaim.ledger.rooms import Rooms
from counterclaim.ledger.stats import gather_stats, newest_seal
from counterclaim.ledger.verify import find_faults
from counterclaim.ledger.visibility import Scope, make_scope, posting_at
from counterclaim.ledger.words import exact_words
from counterclaim.records.account import Account
from counterclaim.records.feed import FeedState
from counterclaim.records.finding import Finding
from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import (
    Change,
    DocumentCard,
    Entry,
    Fault,
    Filed,
    FiledFigure,
    FiledJudgement,
    FiledProblem,
    Hit,
    IncidentCard,
    IncidentView,
    Page,
    PartyCount,
    Provenance,
    Stats,
    Thread,
)
from counterclaim.records.party import Party
from counterclaim.records.problem import Problem
from counterclaim.records.query import (
    EVERYTHING,
    ClaimQuery,
    FigureQuery,
    IncidentQuery,
    Known,
    ProblemQuery,
    SearchOrder,
)
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document

Found = TypeVar("Found")
Now = Callable[[], datetime]
CLOCK: Now = partial(datetime.now, UTC)

PAGE = 50
"""Rows of a page, where nobody says."""

MOST_FIGURES = 100_000
"""Figures of one series or table; a war of three years reported by ten outlets a day has 30,000."""


class Ledger(Rooms):
    """A ledger opened. Close it, or use it in a ``with`` statement; threads may share it."""

    def __init__(self, engine: Engine, now: Now = CLOCK) -> None:
        """Wrap an engine whose schema was checked."""
        super().__init__(engine, now)
        self._engine = engine
        self._now = now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine)

    # What writes

    def post(self, reading: Reading, relate: Relate | None = None) -> Posted:
        """File a reading: all of it, or nothing.

        Posting the same reading of the same text again does nothing; a reading by newer code or lexicons
        is added beside the old one; a known text met elsewhere adds where it was met.

        Args:
            reading: As ``desk`` read it.
            relate: Links its claims with those near them in the ledger; without it the reading's own
                incidents are filed as they are.
        """
        with writing(self._engine) as connection:
            return post_reading(PostingDraft(connection, self._now()), reading, relate)

    def judge(
        self,
        judgement: Judgement,
        relate: Relate | None = None,
        check: Callable[[Entry], None] | None = None,
    ) -> FiledJudgement:
        """File a judgement beside the row that it is about.

        Args:
            judgement: By a person, never by the program.
            relate: Links anew what the judgement binds or parts.
            check: Told the claim as it stands when nobody else can write; raises what forbids the judgement.

        Raises:
            LedgerError: If it names no such row, lacks a name or reason, or was made on another text.
        """
        with writing(self._engine) as connection:
            if check is not None:
                every = make_scope(connection, EVERYTHING)
                check(claims.find_claim(connection, judgement.subject, every))
            draft = PostingDraft(connection, self._now())
            if post_judgement(draft, judgement):
                named = []
                if relate is not None:
                    related = relate(LinkingView(connection))
                    named = file_incidents(draft, related, frozenset(), {})
                draft.close("judgement", judgement.subject, judgement.by)
                index_states(connection, named)
        return next(
            item
            for item in reversed(self.judgements(judgement.subject))
            if item.judgement == judgement
        )

    def judge_all(self, said: Sequence[Judgement], relate: Relate | None = None) -> int:
        """File several judgements as one posting; return how many are new."""
        with writing(self._engine) as connection:
            return post_judgements(PostingDraft(connection, self._now()), said, relate)

    def note_problem(self, source: str, problem: Problem) -> None:
        """Keep why a source could not be read. The same problem twice in a row is kept once."""
        with writing(self._engine) as connection:
            scope = make_scope(connection, EVERYTHING)
            open_ones = problems.list_problems(connection, scope, of_sources=True, limit=1_000)
            if any(item.source == source and item.problem == problem for item in open_ones):
                return
            draft = PostingDraft(connection, self._now())
            file_problem(draft, source, problem)
            draft.close("problem", source, "counterclaim")

    def note_feed(self, state: FeedState) -> None:
        """Remember a feed's state. A notepad beside the record: it is written over."""
        with writing(self._engine) as connection:
            note_feed(connection, state)

    def reindex(self) -> None:
        """Rebuild the indices of words and parties from the rows."""
        with writing(self._engine) as connection:
            index_again(connection)

    # What shows

    def feed(self, address: str) -> FeedState:
        """Return what is remembered of a feed."""
        with self._reading() as connection:
            return recall_feed(connection, address)

    def names_held(self, names: Sequence[str]) -> frozenset[str]:
        """Return those of some names or addresses under which a document was met."""
        with self._reading() as connection:
            return names_held(connection, names)

    def copy_to(self, target: str) -> int:
        """Copy the whole ledger into a new file or an empty database, prove it, and count its rows.

        Raises:
            LedgerError: If there is something at the target, or the copy has a fault.
        """
        return copy_ledger(self._engine, target)

    def holds(self, document: Document, signature: Mapping[str, str] | None = None) -> bool:
        """Return whether a document was filed as it stands, so that adding it would change nothing.

        Args:
            document: As taken in.
            signature: What would read it now; None accepts a reading by any version.
        """
        with self._reading() as connection:
            return holds(connection, document, signature)

    def documents(
        self, *, known: Known = EVERYTHING, limit: int = PAGE, after: str | None = None
    ) -> Page[DocumentCard]:
        """Return documents, the latest added first."""
        with self._reading() as connection:
            return documents.list_documents(connection, make_scope(connection, known), limit, after)

    def document(
        self, document_id: str, *, reading_id: str | None = None, known: Known = EVERYTHING
    ) -> Filed:
        """Return a document with its latest reading, or with the one named.

        Raises:
            UnknownRowError: If there is none.
        """
        with self._reading() as connection:
            scope = make_scope(connection, known.of_all)
            return documents.find_document(connection, document_id, scope, reading_id)

    def look_around(self, look: Callable[[LinkingView], Found]) -> Found:
        """Return what is found in the ledger as linking sees it; nothing is written."""
        with self._reading() as connection:
            return look(LinkingView(connection))

    def texts(self, document_ids: Sequence[str]) -> dict[str, str]:
        """Return the texts of documents by id; those that are not there are left out."""
        with self._reading() as connection:
            return documents.texts_of(connection, document_ids)

    def provenance(self, reading_ids: Sequence[str]) -> dict[str, Provenance]:
        """Return by whom the report of each reading was written, and what read it."""
        with self._reading() as connection:
            return documents.provenance_of(connection, reading_ids)

    def sides(self, document_ids: Sequence[str]) -> Mapping[str, tuple[Party, ...]]:
        """Return the parties to the conflict that each report is about, by its latest reading."""
        with self._reading() as connection:
            return sides_by_document(connection, document_ids, Scope(None, None))

    def accounts(self, reading_ids: Sequence[str]) -> dict[str, Account]:
        """Return the casualty accounts of single readings by id."""
        with self._reading() as connection:
            return documents.accounts_of(connection, reading_ids)

    def threads(
        self, *, known: Known = EVERYTHING, limit: int = PAGE, after: str | None = None
    ) -> Page[Thread]:
        """Return the reader discussions under reports; a page may be empty and still go on."""
        with self._reading() as connection:
            return documents.list_threads(connection, make_scope(connection, known), limit, after)

    def parties(
        self,
        *,
        beginning: str = "",
        known: Known = EVERYTHING,
        limit: int = PAGE,
        after: str | None = None,
    ) -> Page[PartyCount]:
        """Return the parties that claims name, by name; of one project, whatever day is asked for."""
        with self._reading() as connection:
            scope = make_scope(connection, known)
            return list_parties(connection, beginning, scope, limit, after)

    def figure_sides(
        self, *, known: Known = EVERYTHING, limit: int = PAGE
    ) -> tuple[PartyCount, ...]:
        """Return the sides whose losses are told, those with most figures first; of one project, whatever day is asked for."""
        with self._reading() as connection:
            return list_figure_sides(connection, make_scope(connection, known), limit)

    def last_posting(self) -> int:
        """Return the number of the latest posting: while it stays, every view stays."""
        with self._reading() as connection:
            return posting_at(connection, datetime.max.replace(tzinfo=UTC))

    def posting_at(self, instant: datetime) -> int:
        """Return the number of the latest posting done by an instant, UTC; 0 where there was none."""
        with self._reading() as connection:
            return posting_at(connection, instant)

    def stale_documents(self, signature: Mapping[str, str]) -> tuple[Document, ...]:
        """Return the documents whose latest reading was made by something else than the signature."""
        with self._reading() as connection:
            return tuple(documents.stale_documents(connection, signature_mark(signature)))

    def claims(
        self,
        query: ClaimQuery | None = None,
        *,
        known: Known = EVERYTHING,
        limit: int = PAGE,
        after: str | None = None,
        bare: bool = False,
    ) -> Page[Entry]:
        """Return claims, the latest filed first; ``bare`` ones without attribution and incident."""
        with self._reading() as connection:
            scope = make_scope(connection, known)
            asked = query or ClaimQuery()
            return claims.list_claims(connection, asked, scope, limit, after, bare=bare)

    def claim(self, claim_id: str, *, known: Known = EVERYTHING) -> Entry:
        """Return one claim, of the latest reading that has it.

        Raises:
            UnknownRowError: If there is none.
        """
        with self._reading() as connection:
            return claims.find_claim(connection, claim_id, make_scope(connection, known.of_all))

    def claims_by_id(self, ids: Sequence[str], *, known: Known = EVERYTHING) -> tuple[Entry, ...]:
        """Return claims by id, in the order of filing; those not seen are left out."""
        with self._reading() as connection:
            return claims.entries_by_id(connection, ids, make_scope(connection, known))

    def search(
        self,
        words: str,
        *,
        known: Known = EVERYTHING,
        order: SearchOrder = "newest",
        limit: int = PAGE,
        after: str | None = None,
    ) -> Page[Hit]:
        """Return the claims whose sentence has the words (``search.write_match`` says how to ask).

        Raises:
            SearchError: If there is no word in them.
        """
        with self._reading() as connection:
            scope = make_scope(connection, known)
            return claims.search_claims(
                connection, words, scope, order=order, limit=limit, after=after
            )

    def figures(
        self,
        query: FigureQuery | None = None,
        *,
        known: Known = EVERYTHING,
        limit: int = MOST_FIGURES,
    ) -> tuple[FiledFigure, ...]:
        """Return casualty figures in the order in which they were known."""
        with self._reading() as connection:
            scope = make_scope(connection, known)
            return figures.list_figures(connection, query or FigureQuery(), scope, limit)

    def incidents(
        self,
        query: IncidentQuery | None = None,
        *,
        known: Known = EVERYTHING,
        limit: int = PAGE,
        after: str | None = None,
    ) -> Page[IncidentCard]:
        """Return incidents, the latest changed first."""
        with self._reading() as connection:
            scope = make_scope(connection, known)
            return incidents.list_incidents(
                connection, query or IncidentQuery(), scope, limit, after
            )

    def incident(self, incident_id: str, *, known: Known = EVERYTHING) -> IncidentView:
        """Return one incident with all that bears on it.

        Raises:
            UnknownRowError: If there is none.
        """
        with self._reading() as connection:
            scope = make_scope(connection, known.of_all)
            return incidents.find_incident(connection, incident_id, scope)

    def judgements(
        self, subject: str | None = None, *, known: Known = EVERYTHING, verdict: str | None = None
    ) -> tuple[FiledJudgement, ...]:
        """Return judgements, oldest first: those about one row, or all; of one verdict, or of every."""
        with self._reading() as connection:
            scope = make_scope(connection, known)
            asked = None if subject is None else [subject]
            return judgements_of(connection, asked, scope, verdict)

    def judgement(self, judgement_id: str) -> FiledJudgement:
        """Return one judgement.

        Raises:
            UnknownRowError: If there is none.
        """
        with self._reading() as connection:
            return find_judgement(connection, judgement_id, make_scope(connection, EVERYTHING))

    def findings(self, incident_ids: Sequence[str]) -> Mapping[str, tuple[Finding, ...]]:
        """Return the findings of some incidents as they stand, by incident id."""
        with self._reading() as connection:
            return incidents.findings_of(connection, incident_ids)

    def seal(self) -> str:
        """Return the latest posting's seal: it changes whenever a view may."""
        with self._reading() as connection:
            return newest_seal(connection)

    def problems(
        self, *, of_sources: bool = False, known: Known = EVERYTHING, limit: int = 1_000
    ) -> tuple[FiledProblem, ...]:
        """Return problems, the latest first.

        Args:
            of_sources: Only sources that could not be read and have not been read since.
            known: What is shown.
            limit: The most.
        """
        with self._reading() as connection:
            scope = make_scope(connection, known)
            return problems.list_problems(connection, scope, of_sources=of_sources, limit=limit)

    def problem_page(
        self,
        query: ProblemQuery,
        *,
        known: Known = EVERYTHING,
        limit: int = PAGE,
        after: str | None = None,
    ) -> Page[FiledProblem]:
        """Return problems of sources and of the latest readings, the latest first."""
        with self._reading() as connection:
            scope = make_scope(connection, known)
            return problems.page_problems(connection, query, scope, limit, after)

    def problem_codes(self, *, known: Known = EVERYTHING) -> dict[str, int]:
        """Count the same problems by code, the most frequent first."""
        with self._reading() as connection:
            return problems.count_problems(connection, make_scope(connection, known))

    def changes(
        self, since: datetime, *, limit: int = 10_000, project: str | None = None
    ) -> tuple[Change, ...]:
        """Return what was recorded from an instant on: figures, denials, ceasefires, statuses, judgements."""
        with self._reading() as connection:
            scope = make_scope(connection, Known(project=project))
            return list_changes(connection, since, limit, scope)

    def stats(self, *, quick: bool = False) -> Stats:
        """Say how much the ledger holds; ``quick`` does not count claims by kind, nor rows one by one."""
        schema = schema_of(self._engine) or ""
        with self._reading() as connection:
            return gather_stats(connection, schema, self._engine.url, quick=quick)

    def verify(self, *, expect: str | Sequence[str] = ()) -> tuple[Fault, ...]:
        """Prove all that the ledger keeps but its notepads; give every fault found.

        Args:
            expect: Seals written down earlier, which must be in its chains.
        """
        with exact_words(), self._reading() as connection:
            return tuple(find_faults(connection, (expect,) if isinstance(expect, str) else expect))

    def remarks(self) -> tuple[str, ...]:
        """Say what ``verify`` leaves unproved, and where a clock was ahead or set back."""
        with self._reading() as connection:
            return tuple(find_remarks(connection, self._now()))

    def clock_ahead(self) -> str | None:
        """Say which postings are dated after this machine's clock; None where none is."""
        with self._reading() as connection:
            return tell_ahead(connection, self._now())
