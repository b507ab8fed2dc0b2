"""Projects: conflict files brought into a ledger, and reports put where a person says they are of."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.ledger.project_membership import BY_FEED, BY_HAND
from counterclaim.lexicon.conflicts import FOLDER, conflict_names, read_conflict
from counterclaim.records.conflict import Conflict
from counterclaim.records.project import ProjectCard
from counterclaim.resolve import settle_conflict

ADDED = "added to it"
"""Why a report is of a project that was named when it was added."""


def conflict_content(given: str) -> tuple[str, bytes]:
    """Return the id and the bytes of a conflict file.

    Args:
        given: A shipped file's name, such as ``sudan``, or the path of a file of one's own that ends in ``.toml``.

    Raises:
        CounterclaimError: If there is none; the message says what to give.
    """
    if given in conflict_names():
        return given, (files("counterclaim.lexicon") / FOLDER / f"{given}.toml").read_bytes()
    path = Path(given)
    if path.suffix != ".toml":
        msg = f"there is no conflict file {given!r}: give the path of a .toml file, or one of {', '.join(conflict_names())}"
        raise CounterclaimError(msg)
    try:
        return path.stem, path.read_bytes()
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror}; name a conflict file that exists"
        raise CounterclaimError(msg) from error


def add_project(
    ledger: Ledger, given: str, *, by: str, name: str | None = None
) -> tuple[ProjectCard, int]:
    """Add a project by its conflict file, or its newer file, and propose which reports at hand are of it.

    Args:
        ledger: Where to.
        given: A shipped file's name, or the path of a ``.toml`` file.
        by: Who adds it.
        name: The project's id; the file's own name, where none is given.

    Returns:
        The project, and how many reports are or were of it.

    Raises:
        CounterclaimError: If the file cannot be used; the message says why.
    """
    own, content = conflict_content(given)
    settle_conflict(read_conflict(content, name or own, given))
    return ledger.projects.add(name or own, content, by=by)


def conflict_of(ledger: Ledger, project: str) -> Conflict:
    """Return the conflict in which the reports of a project are read.

    Raises:
        UnknownProjectError: If there is no such project.
    """
    ledger.projects.check(project)
    return ledger.projects.reaches()[project].conflict


def put_into(ledger: Ledger, document_id: str, project: str, *, by: str = "local") -> None:
    """Put a report into the project that it was added to, unless somebody decided about it before."""
    decided = any(
        item.project == project and item.basis == BY_HAND
        for item in ledger.projects.of_document(document_id)
    )
    if not decided:
        ledger.projects.assign(document_id, project, joined=True, by=by, why=ADDED)


def put_by_feed(ledger: Ledger, document_id: str, projects: Mapping[str, str]) -> None:
    """Put a report into projects because of the feeds that it came by; what a person decided of it stays.

    Args:
        ledger: Where to.
        document_id: The report's.
        projects: By id, each with the feed as people are told of it.
    """
    for project, feed in projects.items():
        why = f"came by {feed}, whose reports are put there"
        ledger.projects.assign(document_id, project, joined=True, by=feed, why=why, basis=BY_FEED)
