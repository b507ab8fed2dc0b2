"""What can be wrong with a ledger: each error says what happened, where, and what to do."""

from collections.abc import Sequence

from counterclaim.errors import CounterclaimError

MOST_NAMED = 12
"""Names that one message lists."""


class LedgerError(CounterclaimError):
    """A ledger cannot be used as asked."""


class NoLedgerError(LedgerError):
    """There is no ledger at the address."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: there is no ledger here; make one with: counterclaim init --ledger {where}"
        )


class LedgerExistsError(LedgerError):
    """There is something at the address already."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where}: there is a ledger here already; nothing was changed")


class ForeignDatabaseError(LedgerError):
    """The database holds something else."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: this is not a Counterclaim ledger; name another file or database"
        )


class OldSchemaError(LedgerError):
    """The ledger was made by an earlier version."""

    def __init__(self, where: str, found: str, wanted: str) -> None:
        super().__init__(
            f"{where}: the ledger has schema {found} and this version needs {wanted}; "
            f"run: counterclaim ledger migrate --ledger {where}"
        )


class NewSchemaError(LedgerError):
    """The ledger was made by a later version."""

    def __init__(self, where: str, found: str) -> None:
        super().__init__(
            f"{where}: the ledger has schema {found}, which this version does not know; "
            "install the version of counterclaim that made it, or a later one"
        )


class LedgerAddressError(LedgerError):
    """The address names no database that can be used."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: give a file such as counterclaim.db, or postgresql://user@host/database"
        )


class UnreachableError(LedgerError):
    """The database cannot be opened."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where}: the ledger cannot be opened ({why}); check the address and rights"
        )


class NoDriverError(LedgerError):
    """The PostgreSQL driver is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "a ledger on PostgreSQL needs its driver: pip install 'counterclaim[postgresql]'"
        )


class FullError(LedgerError):
    """There is no room left."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: the disk or the database is full; what was added is kept: make room and run the "
            "same command again"
        )


class ReadOnlyError(LedgerError):
    """The ledger stands where nothing can be written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: the ledger can be read here and not written; copy the file to where it can be"
        )


class UnreadableCopyError(LedgerError):
    """The ledger cannot be written, and a part of it stands in its log."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: the last postings stand in {where}-wal, which can be read only where files can be written; "
            "copy both files to such a place"
        )


class BusyError(LedgerError):
    """Another program holds the ledger."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where}: another program is writing to the ledger; run the command again"
        )


class StorageError(LedgerError):
    """The database failed in another way."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(
            f"{where}: the database failed ({why}); run: counterclaim ledger verify, and restore a backup where it names a fault"
        )


class UnknownRowError(LedgerError):
    """No row has the id."""

    def __init__(self, row: str) -> None:
        super().__init__(
            f"{row}: the ledger has no such row; ids are listed by incidents and search"
        )


class UnknownProjectError(LedgerError):
    """There is no project of the name."""

    def __init__(
        self, project: str, near: Sequence[str], known: Sequence[str], *, ships: bool = False
    ) -> None:
        word = project[:60]
        if ships:
            told = f"its conflict file ships; add it: counterclaim project add {project}"
        elif near:
            told = f"did you mean {' or '.join(near)}?"
        elif known:
            more = ", ..." if len(known) > MOST_NAMED else ""
            told = f"there are {', '.join(known[:MOST_NAMED])}{more}"
        else:
            told = "there is none yet; add one: counterclaim project add FILE"
        super().__init__(f"no project is called {word!r}: {told}")


class StaleJudgementError(LedgerError):
    """A judgement was made on another text."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"{subject}: the judgement was made on another text than the ledger's; look at it again"
        )


class JudgementError(LedgerError):
    """A judgement lacks what it needs."""


class CollisionError(LedgerError):
    """Two texts have one short id."""

    def __init__(self, row: str) -> None:
        super().__init__(
            f"{row}: another text in the ledger has the same short id; add this one to a ledger of its own"
        )


class WithdrawalError(LedgerError):
    """A report cannot be withdrawn, brought back or erased as asked."""


class WithdrawnError(LedgerError):
    """A report, or a claim of it, is asked for that was withdrawn."""


class KeptOutError(CounterclaimError):
    """A text is not taken in: it was withdrawn, or its words were taken out. It concerns one source, not the ledger."""


class SearchError(LedgerError):
    """The words cannot be searched for."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{words!r} has no word to search for; give one word or more")


class CopyError(LedgerError):
    """A copy does not prove."""

    def __init__(self, where: str, fault: str) -> None:
        super().__init__(
            f"{where}: the copy has a fault ({fault}); run counterclaim ledger verify on the original"
        )


class PeopleError(LedgerError):
    """An account cannot be opened or changed as asked."""
