"""Runs publish and sheet."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from counterclaim.cli.citing import tell_of_host
from counterclaim.cli.options import UsageError, open_kept
from counterclaim.cli.reading import atomic_path
from counterclaim.cli.rows import open_output
from counterclaim.cli.saying import say_aside
from counterclaim.ledger import Ledger
from counterclaim.publish.copies import write_copies
from counterclaim.publish.gather import choose_incidents, gather
from counterclaim.publish.sheet import sheet_of
from counterclaim.publish.site import SiteWords, write_site
from counterclaim.records.query import IncidentQuery, Known
from counterclaim.service.parties import find_party

COPIES = "sources.warc.gz"
LONGEST_ABOUT = 20_000


def run_publish(
    folder: Path,
    incidents: list[str],
    accounts: list[str],
    query: IncidentQuery | None,
    *,
    title: str,
    about: Path | None,
    charts: bool,
    warc: bool,
    known: Known,
    site: str,
    address: str | None,
) -> None:
    """Make the site.

    Raises:
        UsageError: If nothing was chosen.
    """
    if not incidents and not accounts and query is None:
        raise UsageError(
            "choose what is published: --incident i-…, --account SIDE, --party, or --all"
        )
    words = SiteWords(title=title, about=_paragraphs(about), address=site)
    with open_kept(address) as ledger:
        chosen = list(incidents)
        if query is not None:
            chosen += choose_incidents(ledger, query, known=known)
        made = gather(
            ledger, chosen, _sides(ledger, accounts), known=known, made_at=datetime.now(UTC)
        )
        size = write_site(ledger, made, folder, words, charts=charts)
        if warc:
            with atomic_path(folder / COPIES) as path:
                count = write_copies(ledger, made.documents, path)
            say_aside(f"{folder / COPIES}: {count:,} reports as they were read")
    say_aside(
        f"{folder}: {_count(len(made.incidents), 'incident')}, {_count(len(made.accounts), 'account')}, "
        f"{size / 1000:,.0f} KB before charts; open {folder / 'index.html'}"
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def run_sheet(
    row: str, output: Path | None, *, known: Known, site: str, address: str | None
) -> None:
    """Make one page to print.

    Raises:
        NoSheetError: If the row is of a kind that has no sheet.
    """
    with open_kept(address) as ledger:
        page = sheet_of(ledger, row, known=known, site=site, made_at=datetime.now(UTC))
    with open_output(output) as stream:
        stream.write(page)
    tell_of_host(site)


def _sides(ledger: Ledger, names: Sequence[str]) -> list[str]:
    return [name if name == "all" else find_party(ledger, name) for name in names]


def _paragraphs(about: Path | None) -> tuple[str, ...]:
    """Return the paragraphs of a publisher's own words.

    Raises:
        UsageError: If the file cannot be read.
    """
    if about is None:
        return ()
    try:
        words = about.read_text("utf-8")[:LONGEST_ABOUT]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--about {about}: it cannot be read as text in UTF-8") from error
    return tuple(part.strip() for part in words.split("\n\n") if part.strip())
