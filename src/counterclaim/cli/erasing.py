"""Runs withdraw, restore and erase, and lists what is withdrawn."""

from collections.abc import Sequence
from pathlib import Path

from counterclaim.cli.options import open_kept
from counterclaim.cli.rows import check_format, show_rows
from counterclaim.cli.saying import say, say_aside
from counterclaim.service.withdrawing import erase_report, restore_report, withdraw_report

COLUMNS = ("report", "withdrawn", "by", "reason")


def run_withdraw(address: str | None, document: str, by: str, reason: str) -> None:
    """Withdraw a report."""
    with open_kept(address) as ledger:
        done = withdraw_report(ledger, document, by=by, reason=reason)
    say(f"{document}: {done}; to bring it back: counterclaim restore {document}")


def run_restore(address: str | None, document: str, by: str, reason: str) -> None:
    """Bring a report back."""
    with open_kept(address) as ledger:
        done = restore_report(ledger, document, by=by, reason=reason)
    say(f"{document}: {done}")


def run_erase(
    address: str | None, document: str, words: Sequence[str], by: str, reason: str
) -> None:
    """Take words out of a report; leave with 2 where the database's files may still hold them."""
    with open_kept(address) as ledger:
        done, is_swept = erase_report(ledger, document, words, by=by, reason=reason)
    if done.rows:
        say(
            f"{document}: {done}; {done.rows:,} rows say less since. Backups and exports were not touched"
        )
    else:
        say(f"{document}: nothing was left to take out")
    if not is_swept:
        say_aside(
            "somebody else is at work in the database, and its files may still hold the words: stop servers and "
            "watchers, and run the same command again"
        )
        raise SystemExit(2)


def show_withdrawn(address: str | None, format_: str, output: Path | None) -> None:
    """List the withdrawals that hold."""
    check_format(format_)
    with open_kept(address) as ledger:
        rows = [
            {
                "report": item.document_id,
                "withdrawn": item.recorded_at.isoformat(timespec="seconds"),
                "by": item.by,
                "reason": item.reason,
            }
            for item in ledger.withdrawals.now()
        ]
    show_rows(rows, COLUMNS, format_, output, none="no report is withdrawn")
