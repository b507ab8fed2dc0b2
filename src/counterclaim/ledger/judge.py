"""Judgements: kept beside what they are about, taken back by a further row, never an overwrite."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, or_, select

from counterclaim.ledger.codec import dump, load
from counterclaim.ledger.errors import JudgementError, StaleJudgementError, UnknownRowError
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.tables import (
    attributions,
    claims,
    documents,
    findings,
    incidents,
    judgements,
    postings,
    readings,
)
from counterclaim.ledger.visibility import Scope, chunks, read_instant
from counterclaim.records.judgement import OUTCOMES, PAIR_VERDICTS, Judgement
from counterclaim.records.ledger_rows import FiledJudgement

TABLES: dict[str, Table] = {
    "c": claims,
    "a": attributions,
    "i": incidents,
    "f": findings,
    "d": documents,
    "j": judgements,
}
"""Where a row is, by the letter its id begins with."""

NEEDS_REASON = frozenset({"discounted", "corrected", "note", "rejected", "tagged", "assigned"})


def post_judgement(draft: PostingDraft, judgement: Judgement) -> bool:
    """Add a judgement to a draft.

    Args:
        draft: An open posting.
        judgement: As decided.

    Returns:
        Whether it is new; the same standing judgement is not filed twice.

    Raises:
        JudgementError: If it lacks a name, a reason or a second row.
        UnknownRowError: If a row that it names is not in the ledger.
        StaleJudgementError: If it was made on another text.
    """
    _check(judgement)
    numbers = [
        find_row(draft.connection, row) for row in (judgement.subject, judgement.other) if row
    ]
    if judgement.verdict in OUTCOMES and judgement.evidence:
        find_row(draft.connection, judgement.evidence)
    if judgement.text_sha256 is not None:
        _check_text(draft.connection, judgement)
    takes_back = numbers[0] if judgement.verdict == "withdrawn" else None
    if _stands(draft.connection, judgement, takes_back):
        return False
    draft.add(
        judgements,
        id=judgement.id,
        subject=judgement.subject,
        other=judgement.other,
        verdict=judgement.verdict,
        takes_back=takes_back,
        body=dump(judgement),
    )
    return True


def _stands(connection: Connection, judgement: Judgement, takes_back: int | None) -> bool:
    """Return whether the same was decided and holds. What was said again after an undo is undone anew."""
    if takes_back is not None:
        return _is_undone(connection, judgement, takes_back)
    return any(
        filed.judgement == judgement and not filed.taken_back
        for filed in judgements_of(connection, [judgement.subject], Scope(None, None))
    )


def _is_undone(connection: Connection, judgement: Judgement, takes_back: int) -> bool:
    """Return whether the same person took it back already.

    Raises:
        JudgementError: If somebody else did, or it is an undo itself.
    """
    meant = connection.execute(select(judgements.c.verdict).where(judgements.c.n == takes_back))
    if meant.scalar() == "withdrawn":
        raise JudgementError("an undo is not undone: judge the row again instead")
    undone = select(judgements.c.id).where(judgements.c.takes_back == takes_back).limit(1)
    found = connection.execute(undone).scalar()
    if found is not None and found != judgement.id:
        raise JudgementError("somebody took this judgement back already")
    return found is not None


def find_judgement(connection: Connection, judgement_id: str, scope: Scope) -> FiledJudgement:
    """Return one judgement by id, the latest where it was made again after an undo.

    Raises:
        UnknownRowError: If there is none.
    """
    wanted = select(judgements.c.subject).where(judgements.c.id == judgement_id).limit(1)
    subject = connection.execute(wanted).scalar()
    found = () if subject is None else judgements_of(connection, [subject], scope)
    for filed in reversed(found):
        if filed.judgement.id == judgement_id:
            return filed
    raise UnknownRowError(judgement_id)


def _check(judgement: Judgement) -> None:
    if not judgement.by.strip():
        raise JudgementError("a judgement needs the name of who decides: give --by")
    if judgement.field is not None:
        _check_mended(judgement)
    elif judgement.verdict in PAIR_VERDICTS and judgement.other is None:
        raise JudgementError(f"{judgement.verdict} is about two rows: give the second with --other")
    is_explained = judgement.field is not None or bool(judgement.reason.strip())
    if judgement.verdict in NEEDS_REASON and not is_explained:
        raise JudgementError(f"{judgement.verdict} needs a reason: say why")
    if judgement.verdict == "rule" and judgement.field is None:
        raise JudgementError("a rule is made of the correction of one field: give the field")
    if judgement.verdict in OUTCOMES:
        _check_outcome(judgement)
    elif judgement.span is not None:
        raise JudgementError(f"{judgement.verdict} is about a whole row: leave the words out")
    if judgement.verdict == "withdrawn" and not judgement.subject.startswith("j-"):
        raise JudgementError("withdrawn takes back a judgement: give the judgement's id, j-...")


GROUNDS = ("c-", "i-", "f-")
"""What can show what became of a prediction: a claim, an incident, a finding."""


def _check_outcome(judgement: Judgement) -> None:
    if not judgement.subject.startswith("d-") or judgement.span is None:
        raise JudgementError(
            "what became of a prediction is said of a reader's comment: give its report's id, d-..., "
            "and which comment"
        )
    has_ground = (judgement.evidence or "").startswith(GROUNDS)
    if judgement.evidence and not has_ground:
        raise JudgementError(
            "the ground is a row of the ledger: give the id of a claim, an incident or a finding"
        )
    if judgement.verdict != "open" and not has_ground:
        raise JudgementError(
            "say by which row: give the id of the claim, incident or finding that shows it"
        )


FIELD_VERDICTS = {"corrected": "c-", "accepted": "c-", "rule": "j-"}
"""Verdicts that may be about one field, and of what: a rule is made of a correction."""


def _check_mended(judgement: Judgement) -> None:
    meant = FIELD_VERDICTS.get(judgement.verdict)
    if meant is None or not judgement.subject.startswith(meant):
        raise JudgementError("only a claim's field is corrected: give the claim's id, c-...")
    if judgement.after is None:
        raise JudgementError(f"say what {judgement.field} is to be: give the words")
    if judgement.verdict != "accepted" and judgement.after == judgement.before:
        raise JudgementError(f"the correction of {judgement.field} changes nothing")


def find_row(connection: Connection, row: str) -> int:
    """Return the number of the row with an id, the latest where several readings have it.

    Raises:
        UnknownRowError: If there is none.
    """
    table = TABLES.get(row.partition("-")[0])
    if table is not None:
        found = select(table.c.n).where(table.c.id == row).order_by(table.c.n.desc()).limit(1)
        number = connection.execute(found).scalar()
        if number is not None:
            return int(number)
    raise UnknownRowError(row)


def _check_text(connection: Connection, judgement: Judgement) -> None:
    prefix = judgement.subject.partition("-")[0]
    if prefix == "d":
        held = select(documents.c.sha256).where(documents.c.id == judgement.subject)
    elif prefix == "c":
        held = (
            select(documents.c.sha256)
            .join(claims, claims.c.document == documents.c.n)
            .where(claims.c.id == judgement.subject)
        )
    elif prefix == "a":
        held = (
            select(documents.c.sha256)
            .join(readings, readings.c.document == documents.c.n)
            .join(attributions, attributions.c.reading == readings.c.n)
            .where(attributions.c.id == judgement.subject)
        )
    else:
        return
    if judgement.text_sha256 not in set(connection.execute(held).scalars()):
        raise StaleJudgementError(judgement.subject)


def corrected_to(
    connection: Connection, root: str, fields: Sequence[str], scope: Scope
) -> tuple[str, ...]:
    """Return the ids of the claims of which a field was corrected to name a party.

    Args:
        connection: Any.
        root: Of the party.
        fields: Which fields name parties.
        scope: What is seen. A correction that was taken back counts too: it costs a look, no more.
    """
    wanted = select(judgements.c.subject, judgements.c.body).where(
        judgements.c.verdict == "corrected",
        judgements.c.body.contains(root, autoescape=True),
        scope.posted(judgements.c.posting),
    )
    found = {
        row.subject
        for row in connection.execute(wanted)
        if (said := load(Judgement, row.body)).field in fields
        and any(part.partition("/")[0].strip() == root for part in (said.after or "").split("&"))
    }
    return tuple(sorted(found))


FEW_ASKED = 60
"""Rows of which it is quickest to ask for their own judgements."""

FEW_JUDGED = 5_000
"""Judgements up to which it is quicker to look through them than to ask for many rows' own."""


def judged_among(connection: Connection, ids: Sequence[str]) -> Sequence[str]:
    """Narrow ids to those that may have been judged, where many are asked for and few were judged."""
    if len(ids) <= FEW_ASKED:
        return ids
    wanted = select(judgements.c.subject, judgements.c.other).limit(FEW_JUDGED + 1)
    rows = connection.execute(wanted).all()
    if len(rows) > FEW_JUDGED:
        return ids
    judged = {name for row in rows for name in row}
    return [id_ for id_ in ids if id_ in judged]


def judgements_of(
    connection: Connection,
    subjects: Sequence[str] | None,
    scope: Scope,
    verdict: str | None = None,
) -> tuple[FiledJudgement, ...]:
    """Return the judgements about some rows, oldest first; all of them where no row is named.

    Args:
        connection: Any.
        subjects: Ids; a judgement about two rows is found under both.
        scope: What is seen: a judgement taken back later than that still stands.
        verdict: Only those of this verdict; None gives all.
    """
    back = judgements.alias("back")
    taken_back = (
        select(back.c.n)
        .where(back.c.takes_back == judgements.c.n, scope.posted(back.c.posting))
        .exists()
    )
    wanted = (
        select(
            judgements.c.n,
            judgements.c.id,
            judgements.c.body,
            postings.c.at,
            taken_back.label("taken_back"),
        )
        .join(postings, postings.c.n == judgements.c.posting)
        .where(scope.posted(judgements.c.posting))
    )
    if verdict is not None:
        wanted = wanted.where(judgements.c.verdict == verdict)
    found: dict[int, FiledJudgement] = {}
    for some in [None] if subjects is None else chunks(sorted(set(subjects))):
        narrowed = (
            wanted
            if some is None
            else wanted.where(or_(judgements.c.subject.in_(some), judgements.c.other.in_(some)))
        )
        for row in connection.execute(narrowed):
            found[row.n] = FiledJudgement(
                judgement=load(Judgement, row.body).known_as(row.id),
                recorded_at=read_instant(row.at),
                taken_back=bool(row.taken_back),
            )
    return tuple(found[number] for number in sorted(found))
