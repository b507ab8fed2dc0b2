"""Withdrawing: a report counts no longer, and comes back, each by a further row with who and why."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, select

from counterclaim.ledger.claims import ROWS, make_entries
from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.errors import (
    KeptOutError,
    UnknownRowError,
    WithdrawalError,
    WithdrawnError,
)
from counterclaim.ledger.linking_view import LinkedIncidents, LinkingView, Relate
from counterclaim.ledger.membership import about_claim, file_incidents, index_states
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.tables import (
    attributions,
    claims,
    documents,
    erasures,
    postings,
    readings,
    withdrawals,
)
from counterclaim.ledger.visibility import Scope, chunks, make_scope, read_instant
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.records.withdrawn import Erasure, Withdrawal

EVERY = Scope(None, None)


class Withdrawals:
    """The withdrawals of one ledger. Threads may share it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine
        self._now = now

    def withdraw(
        self, document_id: str, *, by: str, reason: str, relate: Relate | None = None
    ) -> Withdrawal:
        """Let a report count no longer: its claims leave their incidents, which are checked anew.

        Args:
            document_id: Which.
            by: Who decides.
            reason: Why.
            relate: Links anew what is left of the incidents; without it they are only made smaller.

        Raises:
            UnknownRowError: If there is no such report.
            WithdrawalError: If it is withdrawn already, or nobody says who and why.
        """
        with writing(self._engine) as connection:
            number = find_document_number(connection, document_id)
            last = _latest(connection, number)
            if last is not None and last.withdrawn:
                raise WithdrawalError(f"{document_id} was {last}")
            _check(by, reason)
            draft = PostingDraft(connection, self._now())
            named = post_withdrawal(draft, number, by, reason, relate)
            draft.close("withdrawal", document_id, by)
            index_states(connection, named)
        return self.of(document_id)[-1]

    def restore(
        self,
        document_id: str,
        *,
        by: str,
        reason: str,
        reading_id: str | None = None,
        relate: Relate | None = None,
    ) -> Withdrawal:
        """Let a withdrawn report count again, as it was read.

        Args:
            document_id: Which.
            by: Who decides.
            reason: Why.
            reading_id: The reading that ``relate`` links; another one by now is refused.
            relate: Links its claims with those near them.

        Raises:
            UnknownRowError: If there is no such report.
            WithdrawalError: If it stands, all its words were taken out, or nobody says who and why.
        """
        with writing(self._engine) as connection:
            number = find_document_number(connection, document_id)
            last = _latest(connection, number)
            if last is None or not last.withdrawn:
                raise WithdrawalError(f"{document_id} is not withdrawn")
            if any(item.is_whole for item in erasures_of(connection, document_id)):
                raise WithdrawalError(f"{document_id} cannot come back: its words were taken out")
            _check(by, reason)
            newest = _newest_reading(connection, number)
            if reading_id is not None and newest[1] != reading_id:
                raise WithdrawalError(f"{document_id} was read again meanwhile: try once more")
            draft = PostingDraft(connection, self._now())
            draft.add(withdrawals, document=number, withdrawn=False, by=by, reason=reason)
            rows = connection.execute(ROWS.where(claims.c.reading == newest[0])).all()
            entries = make_entries(connection, rows, EVERY, bare=True)
            fresh = {
                entry.claim.id: about_claim(entry.claim, entry.known_on.isoformat())
                for entry in entries
            }
            related = relate(LinkingView(connection)) if relate and fresh else LinkedIncidents()
            named = file_incidents(draft, related, frozenset(), fresh)
            draft.close("restoration", document_id, by)
            index_states(connection, named)
        return self.of(document_id)[-1]

    def of(self, document_id: str) -> tuple[Withdrawal, ...]:
        """Return what was decided about a report, the first first; nothing where it always stood."""
        with reading(self._engine) as connection:
            return _rows(connection, documents.c.id == document_id)

    def standing(self, document_id: str, *, known: Known = EVERYTHING) -> Withdrawal | None:
        """Return the withdrawal that holds for a report; None where it stands, or stood then."""
        with reading(self._engine) as connection:
            seen = make_scope(connection, known).posted(withdrawals.c.posting)
            last = _rows(connection, and_(documents.c.id == document_id, seen))[-1:]
        return last[0] if last and last[0].withdrawn else None

    def check_standing(self, document_id: str, *, known: Known = EVERYTHING) -> None:
        """Pass where a report stands, or stood then.

        Raises:
            WithdrawnError: If it is withdrawn; the message says when, by whom and why.
        """
        gone = self.standing(document_id, known=known)
        if gone is not None:
            raise WithdrawnError(f"{document_id} was {gone}")

    def now(self) -> tuple[Withdrawal, ...]:
        """Return the withdrawals that hold, the latest first."""
        with reading(self._engine) as connection:
            found = _rows(connection, ~EVERY.stands(documents.c.n))
        last = {item.document_id: item for item in found}
        return tuple(sorted(last.values(), key=lambda item: item.recorded_at, reverse=True))

    def among(self, document_ids: Sequence[str]) -> frozenset[str]:
        """Return those of some reports that are withdrawn."""
        found: set[str] = set()
        with reading(self._engine) as connection:
            for some in chunks(sorted(set(document_ids))):
                wanted = select(documents.c.id).where(
                    documents.c.id.in_(some), ~EVERY.stands(documents.c.n)
                )
                found |= set(connection.execute(wanted).scalars())
        return frozenset(found)

    def check(self, document_id: str) -> None:
        """Pass where nothing keeps a text out of the ledger.

        Raises:
            KeptOutError: If it was withdrawn or erased; the message says what to do.
        """
        with reading(self._engine) as connection:
            why = tell_kept_out(connection, document_id)
        if why is not None:
            raise KeptOutError(why)

    def erasures(self, document_id: str) -> tuple[Erasure, ...]:
        """Return what was taken out of a report, the first first."""
        with reading(self._engine) as connection:
            return erasures_of(connection, document_id)


def tell_kept_out(connection: Connection, document_id: str) -> str | None:
    """Say why a text is not taken in again, and what to do; None where nothing keeps it out."""
    taken = erasures_of(connection, document_id)
    if taken:
        return f"{document_id}: of this text {taken[-1]}; it is not taken in again"
    last = _rows(connection, documents.c.id == document_id)[-1:]
    if not last or not last[0].withdrawn:
        return None
    return (
        f"{document_id}: this text was {last[0]}; it stays so. To bring it back: "
        f"counterclaim restore {document_id} --by NAME --reason WHY"
    )


def find_document_number(connection: Connection, document_id: str) -> int:
    """Return the number of a report.

    Raises:
        UnknownRowError: If there is none of the id.
    """
    found = connection.execute(select(documents.c.n).where(documents.c.id == document_id)).scalar()
    if found is None:
        raise UnknownRowError(document_id)
    return int(found)


def erasures_of(connection: Connection, document_id: str) -> tuple[Erasure, ...]:
    """Return what was taken out of a report, the first first."""
    wanted = (
        select(erasures, documents.c.id, postings.c.at)
        .join(documents, documents.c.n == erasures.c.document)
        .join(postings, postings.c.n == erasures.c.posting)
        .where(documents.c.id == document_id)
        .order_by(erasures.c.n)
    )
    return tuple(
        Erasure(
            document_id=row.id,
            is_whole=row.is_whole,
            by=row.by,
            reason=row.reason,
            rows=row.rows,
            sha256=row.sha256,
            recorded_at=read_instant(row.at),
        )
        for row in connection.execute(wanted)
    )


def post_withdrawal(
    draft: PostingDraft, number: int, by: str, reason: str, relate: Relate | None
) -> list[tuple[int, str]]:
    """Add a withdrawal to a draft, with what its claims leave.

    Args:
        draft: An open posting.
        number: The report's.
        by: Who decides.
        reason: Why.
        relate: Links anew what is left of the incidents.

    Returns:
        New states' numbers with the roots of the parties they name, for the index.
    """
    draft.add(withdrawals, document=number, withdrawn=True, by=by, reason=reason)
    newest, _ = _newest_reading(draft.connection, number)
    gone = frozenset(
        name
        for table in (claims, attributions)
        for name in draft.connection.execute(
            select(table.c.id).where(table.c.reading == newest)
        ).scalars()
    )
    related = relate(LinkingView(draft.connection, gone)) if relate else LinkedIncidents()
    return file_incidents(draft, related, gone, {})


def is_withdrawn(connection: Connection, number: int) -> bool:
    """Return whether a report, by its number, is withdrawn."""
    last = _latest(connection, number)
    return last is not None and last.withdrawn


def _check(by: str, reason: str) -> None:
    if not by.strip():
        raise WithdrawalError("say who decides: give --by")
    if not reason.strip():
        raise WithdrawalError("say why: give --reason")


def _latest(connection: Connection, number: int) -> Withdrawal | None:
    last = _rows(connection, documents.c.n == number)[-1:]
    return last[0] if last else None


def _rows(connection: Connection, where: ColumnElement[bool]) -> tuple[Withdrawal, ...]:
    wanted = (
        select(withdrawals, documents.c.id, postings.c.at)
        .join(documents, documents.c.n == withdrawals.c.document)
        .join(postings, postings.c.n == withdrawals.c.posting)
        .where(where)
        .order_by(withdrawals.c.n)
    )
    return tuple(
        Withdrawal(
            document_id=row.id,
            withdrawn=row.withdrawn,
            by=row.by,
            reason=row.reason,
            recorded_at=read_instant(row.at),
        )
        for row in connection.execute(wanted)
    )


def _newest_reading(connection: Connection, number: int) -> tuple[int, str]:
    wanted = select(readings.c.n, readings.c.id).where(readings.c.document == number)
    row = connection.execute(wanted.order_by(readings.c.n.desc()).limit(1)).one()
    return row.n, row.id
