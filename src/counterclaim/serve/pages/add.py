"""Add: a report by paste, address or file; read at once, and stored only when somebody says so."""

from dataclasses import replace
from typing import Annotated, cast

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from counterclaim.ingest import Opened
from counterclaim.ingest.files import TEXT_LIMIT
from counterclaim.ingest.sources import Raw, take_raw
from counterclaim.pipeline.reader_process import Reads
from counterclaim.serve.drafts import Drafts, ReportDraft, Take
from counterclaim.serve.errors import ForbiddenError, RequestTooLargeError
from counterclaim.serve.people import WorkbenchUser, current_person
from counterclaim.serve.people.auth_middleware import FORM_BYTES
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import AskingError, LedgerAsked, link, read_day
from counterclaim.serve.source_view import lay_out_report
from counterclaim.service.ledger_service import file_reading

router = APIRouter(prefix="/add")

ADDERS = frozenset({"analyst", "admin"})
"""Roles that may add."""

MOST_WORDS = 2_000
"""Characters of a field that is not the report itself."""

Words = Annotated[str, Form(max_length=MOST_WORDS)]


def ask_drafts(request: Request) -> Drafts:
    """Return the drafts of this workbench."""
    return cast("Drafts", request.app.state.drafts)


def ask_adder(request: Request) -> WorkbenchUser:
    """Return who asks, if they may add.

    Raises:
        ForbiddenError: If they may only read.
    """
    person = current_person(request)
    if person.role not in ADDERS:
        msg = f"{person.name} may read and not add: an analyst or an admin may"
        raise ForbiddenError(msg)
    return person


DraftsAsked = Annotated[Drafts, Depends(ask_drafts)]
Adder = Annotated[WorkbenchUser, Depends(ask_adder)]


@router.get("", response_class=HTMLResponse)
def add(request: Request, person: Adder) -> HTMLResponse:
    """Show the three ways to add a report."""
    del person
    most = request.app.state.settings.upload_bytes
    second = request.app.state.settings.second_reader
    return render(request, "add.html", most=most, most_text=TEXT_LIMIT, second_reader=second)


@router.post("/text")
async def add_text(request: Request, person: Adder, drafts: DraftsAsked) -> RedirectResponse:
    """Read a pasted report. Its form is taken by hand: of a field, the framework takes one megabyte."""
    most = FORM_BYTES + request.app.state.settings.upload_bytes
    async with request.form(max_part_size=most) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    return _begin_text(request, person, drafts, given)


def _begin_text(
    request: Request, person: WorkbenchUser, drafts: Drafts, given: dict[str, str]
) -> RedirectResponse:
    text = given.get("text", "")
    day = read_day("published", given.get("published"))
    title, outlet = (_words(given, name) for name in ("title", "outlet"))
    _check_size(request, len(text.encode("utf-8", "replace")))
    if len(text) > TEXT_LIMIT:
        msg = f"the text has {len(text):,} characters, and {TEXT_LIMIT:,} are taken at most"
        raise RequestTooLargeError(msg)

    def take(reader: Reads) -> Opened:
        return reader.open_text(
            "pasted", text, published=day, outlet=outlet or None, title=title or None
        )

    return _begin(drafts, person, title or "pasted", take)


def _words(given: dict[str, str], name: str) -> str:
    words = given.get(name, "")
    if len(words) > MOST_WORDS:
        msg = f"the {name} has {len(words):,} characters, and {MOST_WORDS:,} are taken at most"
        raise AskingError(msg)
    return words


@router.post("/address")
def add_address(
    person: Adder, drafts: DraftsAsked, address: Words = "", published: Words = ""
) -> RedirectResponse:
    """Fetch a report under guard, and read it."""
    day = read_day("published", published)
    wanted = address.strip()
    if not wanted.lower().startswith(("http://", "https://")):
        msg = f"{wanted[:80]!r} is no web address: it begins with http:// or https://"
        raise AskingError(msg)

    def take(reader: Reads) -> Opened:
        return reader.open_raw(take_raw(wanted), wanted, published=day)

    return _begin(drafts, person, wanted, take)


@router.post("/file")
def add_file(
    request: Request,
    person: Adder,
    drafts: DraftsAsked,
    file: Annotated[UploadFile | None, File()] = None,
    *,
    published: Words = "",
) -> RedirectResponse:
    """Read an uploaded file; its name is only a name."""
    day = read_day("published", published)
    if file is None or not file.filename:
        raise AskingError("no file was chosen: choose a text, HTML, Markdown or PDF file")
    most = request.app.state.settings.upload_bytes
    data = file.file.read(most + 1)
    _check_size(request, len(data))
    name = file.filename.replace("\\", "/").rsplit("/", 1)[-1][:200] or "uploaded"
    return _begin(
        drafts, person, name, lambda reader: reader.open_raw(Raw(name, data), name, published=day)
    )


def _check_size(request: Request, size: int) -> None:
    most = request.app.state.settings.upload_bytes
    if size > most:
        msg = f"the report is larger than {most:,} bytes"
        raise RequestTooLargeError(msg)


def _begin(drafts: Drafts, person: WorkbenchUser, source: str, take: Take) -> RedirectResponse:
    draft = drafts.begin(person.name, source, take)
    return RedirectResponse(f"/add/{draft.id}", 303)


@router.get("/{draft_id}", response_class=HTMLResponse)
def draft(
    request: Request, person: Adder, drafts: DraftsAsked, ledger: LedgerAsked, draft_id: str
) -> HTMLResponse:
    """Show a draft: how far it is, or what was read, to be kept or dropped."""
    found = drafts.find(draft_id, person.name)
    if found.state != "ready" or found.reading is None:
        return render(request, "draft.html", draft=found)
    return render(
        request,
        "draft.html",
        draft=found,
        report=lay_out_report(found.reading),
        document=found.reading.document,
        is_known=ledger.holds(found.reading.document),
    )


@router.get("/{draft_id}/state")
def state(person: Adder, drafts: DraftsAsked, draft_id: str) -> dict[str, object]:
    """Say how far a draft is, for the page's script."""
    found = drafts.find(draft_id, person.name)
    return {"state": found.state, "step": found.step, "done": found.done, "steps": found.steps}


@router.post("/{draft_id}/again")
def read_again(
    person: Adder, drafts: DraftsAsked, draft_id: str, published: Words = ""
) -> RedirectResponse:
    """Read a draft again with its day of publication."""
    day = read_day("published", published)
    old = drafts.drop(draft_id, person.name)
    opened = _opened(old)
    problems = tuple(
        item
        for item in opened.problems
        if day is None or item.code not in {"no-date", "date-of-dateline"}
    )
    document = replace(
        opened.document,
        published=day or opened.document.published,
        published_basis="given" if day else opened.document.published_basis,
    )
    return _begin(drafts, person, old.source, lambda _: Opened(document, problems, opened.thread))


def _opened(found: ReportDraft) -> Opened:
    if found.opened is None:
        raise AskingError("the report is not taken in yet: wait until it is read")
    return found.opened


@router.post("/{draft_id}/keep")
def keep(
    person: Adder, drafts: DraftsAsked, ledger: LedgerAsked, draft_id: str
) -> RedirectResponse:
    """Store what was read."""
    found = drafts.find(draft_id, person.name)
    if found.reading is None:
        raise AskingError("the report is not read yet: wait until it is")
    posted = file_reading(ledger, found.reading)
    drafts.drop(draft_id, person.name)
    return RedirectResponse(link(f"/sources/{posted.document_id}", kept="yes"), 303)


@router.post("/{draft_id}/drop")
def drop(person: Adder, drafts: DraftsAsked, draft_id: str) -> RedirectResponse:
    """Forget a draft; nothing was stored."""
    drafts.drop(draft_id, person.name)
    return RedirectResponse("/add", 303)
