"""Ledger service: reads documents into a ledger, judges, reads again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterclaim.check import Material, check_incidents
from counterclaim.ingest import Opened
from counterclaim.ingest.sources import KnownOfSource, put_known
from counterclaim.ledger import Ledger
from counterclaim.ledger.documents import SUPERSEDED
from counterclaim.ledger.errors import UnknownRowError
from counterclaim.ledger.linking_view import LinkedIncidents, LinkingView
from counterclaim.ledger.post import Posted, sha256
from counterclaim.lexicon import load_state_outlets
from counterclaim.link import index_origins
from counterclaim.link.origins import speaks_itself
from counterclaim.pipeline.read import read_opened
from counterclaim.pipeline.reader_process import ReadsTaken
from counterclaim.pipeline.resources import SIGNED, Tools, in_conflict
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import Entry, Filed, FiledJudgement, IncidentView
from counterclaim.records.problem import Problem
from counterclaim.records.proposal import contested_fields
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.service.corrected_claims import check_correction
from counterclaim.service.correction_rules import apply_rules
from counterclaim.service.corrections import SETTLING, as_corrected, is_left_out
from counterclaim.service.incremental_linking import (
    link_into_ledger,
    recheck_after_correction,
    relink_after_judgement,
)
from counterclaim.service.manual_claims import (
    MakingError,
    carry_made,
    is_read_alike,
    made_by,
    with_made,
)
from counterclaim.service.told import hands_of


def file_opened(
    ledger: Ledger, opened: Opened, *, reader: ReadsTaken, again: bool = False
) -> Posted:
    """Read what was taken in and file it, unless the ledger has it.

    Args:
        ledger: Where to.
        opened: As ``ingest`` takes it in.
        reader: What reads.
        again: Read a document that the ledger has, if what read it then was another version.

    Raises:
        KeptOutError: If its text was withdrawn or erased: it does not come back by itself.
    """
    ledger.withdrawals.check(opened.document.id)
    opened = as_met_before(ledger, opened)
    signature = reader.signature if again else None
    if ledger.holds(opened.document, signature):
        return Posted("known", opened.document.id, 0)
    return file_reading(ledger, reader.read(opened))


def as_met_before(ledger: Ledger, opened: Opened) -> Opened:
    """Return what was taken in with the day that was given when the same file or address was added before.

    That nobody gives it again takes nothing back. A day, title and outlet of its own stand; a copy of the text under
    another name keeps its own.
    """
    document = opened.document
    if document.published is not None:
        return opened
    try:
        before = ledger.document(document.id).document
    except UnknownRowError:
        return opened
    if before.published is None or (before.name, before.text) != (document.name, document.text):
        return opened
    known = KnownOfSource(
        published=before.published,
        basis=before.published_basis or "given",
        outlet=None if document.outlet else before.outlet,
        title=None if document.title else before.title,
    )
    return put_known(opened, known)


def file_reading(ledger: Ledger, reading: Reading) -> Posted:
    """File what was read already, linked with what the ledger has, and as the rules that people made say.

    What people made by hand on the same report stays beside what is read of it now.
    """
    reading = carry_made(ledger, reading)
    posted = ledger.post(reading, link_into_ledger(reading))
    if posted.claims:
        apply_rules(ledger, reading.claims)
    return posted


def read_again(ledger: Ledger, *, tools: Tools) -> Iterator[Posted]:
    """Read again each document whose latest reading was made by another version; add it beside the old.

    What was read with a project's conflict file is read with it as it stands now.

    Args:
        ledger: Whose documents.
        tools: What reads now.
    """
    conflicts = {name: reach.conflict for name, reach in ledger.projects.reaches().items()}
    for document in ledger.stale_documents(tools.signature):
        filed = ledger.document(document.id)
        names = (name.removeprefix(SIGNED) for name in filed.signature if name.startswith(SIGNED))
        home = next((conflicts[name] for name in names if name in conflicts), None)
        own = tools if home is None else in_conflict(tools, home)
        if is_read_alike(filed.signature, own.signature):
            continue
        opened = _reopened(document, filed.problems, filed.division.report)
        yield file_reading(ledger, read_opened(opened, tools=own))


def file_made(
    ledger: Ledger, filed: Filed, claim: Claim, said: Attribution | None, *, by: str, seen: str
) -> FiledJudgement:
    """File a claim made by hand, and that who made it accepts it.

    Args:
        ledger: Where to.
        filed: The report, as it was when the claim was made.
        claim: As ``make_claim`` made it.
        said: The attribution made with it; None where there is one already, or the report itself says it.
        by: Who made it.
        seen: SHA-256 of the text that was shown.

    Raises:
        MakingError: If the report was read or added to since, its text counts no longer, or another one
            was shown. Nothing is filed then.
        WithdrawnError: If the report is withdrawn.
    """
    ledger.withdrawals.check_standing(filed.document.id)
    if SUPERSEDED in filed.signature:
        raise MakingError("this text stands at its address no more, and counts no longer")
    if seen != sha256(filed.document.text):
        raise MakingError("another text was shown: look at the report again")
    read = Reading(
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
    made = [*(item for item in filed.claims if made_by(item)), claim]
    reading = with_made(read, made, (*filed.attributions, *([said] if said else ())))
    linked = link_into_ledger(reading)

    def relate(around: LinkingView) -> LinkedIncidents:
        if around.gone:
            raise MakingError("the report was read or added to meanwhile: look at it again")
        return linked(around)

    ledger.post(reading, relate)
    return judge(
        ledger,
        Judgement(
            subject=claim.id,
            verdict="accepted",
            by=by,
            reason="made by hand on these words",
            text_sha256=seen,
        ),
    )


def _reopened(document: Document, problems: Sequence[Problem], report: Span) -> Opened:
    """Return a filed document as it was taken in: with the problems of taking it in alone."""
    kept = tuple(item for item in problems if item.code in INGEST_PROBLEMS)
    thread = Span(report.end, len(document.text)) if report.end < len(document.text) else None
    return Opened(document, kept, thread)


INGEST_PROBLEMS = frozenset({"no-date", "date-of-dateline", "charset-guessed", "broken-characters"})
"""Problems that belong to a source's bytes, which are gone when its text is read again."""


def judge(ledger: Ledger, judgement: Judgement) -> FiledJudgement:
    """File a judgement, and link anew what it binds or parts.

    Raises:
        LedgerError: If it cannot stand; the message says why.
        CorrectionError: If it corrects a field with words that cannot be read.
    """

    def check(entry: Entry) -> None:
        check_correction(entry.claim, entry.judgements, judgement)

    taken_back = None
    if judgement.verdict == "withdrawn" and judgement.subject.startswith("j-"):
        taken_back = ledger.judgement(judgement.subject).judgement
    meant = taken_back or judgement
    relate = None
    if meant.verdict in {"same", "different"}:
        relate = relink_after_judgement(judgement, taken_back)
    elif meant.verdict in SETTLING and meant.subject.startswith("c-"):
        relate = recheck_after_correction([judgement], [] if taken_back is None else [taken_back])
    return ledger.judge(judgement, relate, None if judgement.field is None else check)


def view_incident(ledger: Ledger, incident_id: str, *, known: Known = EVERYTHING) -> IncidentView:
    """Return one incident as known on a day, its claims as corrected by people.

    By the day of publication its findings are computed from what was public then.

    Raises:
        UnknownRowError: If there is none.
    """
    view = ledger.incident(incident_id, known=known)
    view = replace(
        view,
        entries=tuple(as_corrected(entry) for entry in view.entries),
        beside=tuple(as_corrected(entry) for entry in view.beside),
    )
    if known.day is None or known.clock == "recorded":
        return view
    counted = {
        entry.claim.id: entry.claim
        for entry in (*view.entries, *view.beside)
        if not is_left_out(entry)
    }
    kept = tuple(name for name in view.incident.claim_ids if name in counted)
    if not kept:
        return view
    part = replace(view.incident, claim_ids=kept)
    carriers = {entry.claim.document_id: entry for entry in (*view.entries, *view.beside)}
    own = [counted[name] for name in kept]
    _, wires = hands_of(ledger, filter(speaks_itself, own), one_matter=True)
    material = Material(
        claims=counted,
        documents=carriers,
        origins=index_origins(own, carriers, wires),
        sides=view.sides,
        attributions=[item for item in view.attributions if not contested_fields(item.trace)],
        today=known.day,
        state_outlets=load_state_outlets(),
    )
    findings = check_incidents([part], material)
    return replace(
        view, findings=tuple(replace(item, incident_id=view.incident.id) for item in findings)
    )
