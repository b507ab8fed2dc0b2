"""Start: first steps, shown in place of Today while the ledger is empty, with the demo report at hand."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from counterclaim.ledger import Ledger
from counterclaim.pipeline.demo import demo_document
from counterclaim.serve.pages.add import Adder, DraftsAsked
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter(prefix="/start")


@router.get("", response_class=HTMLResponse)
def start(request: Request, ledger: LedgerAsked) -> HTMLResponse:
    """Show the first steps."""
    return first_steps(request, is_empty=is_empty(ledger))


def first_steps(request: Request, *, is_empty: bool) -> HTMLResponse:
    """Show the first steps, in place of whatever page is asked for."""
    return render(request, "start.html", is_empty=is_empty)


def is_empty(ledger: Ledger) -> bool:
    """Return whether a ledger holds no report."""
    return not ledger.documents(limit=1).rows


@router.post("/demo")
def read_demo(person: Adder, drafts: DraftsAsked) -> RedirectResponse:
    """Read the demo report as a draft, to be kept or dropped like any other."""
    document = demo_document()
    draft = drafts.begin(
        person.name,
        document.title or document.name,
        lambda reader: reader.open_text(
            document.name,
            document.text,
            published=document.published,
            outlet=document.outlet,
            title=document.title,
        ),
    )
    return RedirectResponse(f"/add/{draft.id}", 303)
