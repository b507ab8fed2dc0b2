"""Withdrawing: a report is taken out of every incident, account and view, and comes back as it was."""

from collections.abc import Sequence

from counterclaim.ledger import Ledger
from counterclaim.records.ledger_rows import Filed
from counterclaim.records.reading import Reading
from counterclaim.records.withdrawn import Erasure, Withdrawal
from counterclaim.service.incremental_linking import link_into_ledger, relate_withdrawn


def withdraw_report(ledger: Ledger, document_id: str, *, by: str, reason: str) -> Withdrawal:
    """Let a report count no longer, and check anew what it bore on.

    Raises:
        LedgerError: If there is none, it is withdrawn already, or nobody says who and why.
    """
    return ledger.withdrawals.withdraw(document_id, by=by, reason=reason, relate=relate_withdrawn())


def restore_report(ledger: Ledger, document_id: str, *, by: str, reason: str) -> Withdrawal:
    """Let a withdrawn report count again: linked as if it had been there all along.

    Raises:
        LedgerError: If there is none, it stands, its words were taken out, or nobody says who and why.
    """
    filed = ledger.document(document_id)
    return ledger.withdrawals.restore(
        document_id,
        by=by,
        reason=reason,
        reading_id=filed.id,
        relate=link_into_ledger(as_reading(filed)),
    )


def erase_report(
    ledger: Ledger, document_id: str, words: Sequence[str] = (), *, by: str, reason: str
) -> tuple[Erasure, bool]:
    """Take words out of a report for good; where all of them go, the report is withdrawn first.

    Args:
        ledger: Which.
        document_id: Of the report.
        words: A name, in every form that the report has; none for the whole text.
        by: Who decides.
        reason: Why.

    Returns:
        What was done, and whether the database was swept of what stood there.

    Raises:
        LedgerError: If it cannot be done; the message says why.
    """
    if not words and ledger.withdrawals.standing(document_id) is None:
        withdraw_report(ledger, document_id, by=by, reason=reason)
    return ledger.erasures.erase(document_id, words, by=by, reason=reason)


def as_reading(filed: Filed) -> Reading:
    """Return a filed reading as it was read. Its incidents are the ledger's, and not in it."""
    return Reading(
        document=filed.document,
        division=filed.division,
        attributions=filed.attributions,
        claims=filed.claims,
        incidents=(),
        findings=(),
        account=filed.account,
        wordings=filed.wordings,
        comments=filed.comments,
        reader_claims=filed.reader_claims,
        sides=filed.sides,
        problems=filed.problems,
        signature=filed.signature,
    )
