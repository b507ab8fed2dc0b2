"""Project choice: which project a reader looks at, and how the choice goes along from page to page in their addresses."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.errors import CounterclaimError
from counterclaim.records.project import EVERY

NAME = "project"
"""The parameter that chooses."""

ADDRESS = re.compile(
    r'(\s(?:href|src|action|formaction|data-wide|data-narrow|data-layers)=")(/(?!/|static/|api|log|join)[^"#]*)(#[^"]*)?"'
)
"""An attribute of our own that leads on within the workbench; in the words of reports quotation marks are escaped."""

GET_FORM = re.compile(r'<form(?=[^>]*\smethod="get")(?![^>]*\sclass="project")[^>]*>')


@dataclass(frozen=True, slots=True)
class Choice:
    """Which project a page is of, and between which a reader may choose."""

    project: str | None
    """None for all."""
    names: tuple[tuple[str, str], ...]
    """Id and name of each project of the ledger."""
    carried: str
    """What addresses carry on: the choice that this page's own address makes; empty where it makes none."""

    @property
    def name(self) -> str:
        """Return the name of the project."""
        return dict(self.names).get(self.project or "", "all projects")


def choice_of(request: Request) -> Choice:
    """Return what a request chooses; where its ledger cannot be asked, nothing."""
    state = request.app.state
    try:
        names = state.ledger.projects.names()
    except CounterclaimError:
        names = ()
    known = {EVERY, *(name for name, _ in names)}
    asked = request.query_params.get(NAME, "")
    carried = asked if asked in known else ""
    chosen = carried or state.settings.project or EVERY
    return Choice(None if chosen == EVERY or chosen not in known else chosen, names, carried)


def carry(page: str, project: str) -> str:
    """Return a page whose links and forms lead on within a project.

    Args:
        page: HTML of our own, with the words of others escaped.
        project: Its id; ``all`` for all; empty to leave the page as it is.
    """
    if not project:
        return page
    value = quote(project, safe="")
    field = f'<input type="hidden" name="{NAME}" value="{value}">'

    def lead(found: re.Match[str]) -> str:
        address = found[2].replace("&amp;", "&")
        with_project = with_choice(address, project).replace("&", "&amp;")
        return f'{found[1]}{with_project}{found[3] or ""}"'

    return GET_FORM.sub(lambda found: found[0] + field, ADDRESS.sub(lead, page))


def with_choice(address: str, project: str) -> str:
    """Return an address of the workbench that chooses a project, unless it chooses one itself.

    Args:
        address: Path and query, with or without a fragment.
        project: Its id.
    """
    whole, mark, fragment = address.partition("#")
    path, _, query = whole.partition("?")
    if NAME in parse_qs(query, keep_blank_values=True):
        return address
    asked = (
        f"{query}&{NAME}={quote(project, safe='')}"
        if query
        else f"{NAME}={quote(project, safe='')}"
    )
    return f"{path}?{asked}{mark}{fragment}"


class CarriesChoice:
    """Middleware: a redirect within the workbench keeps the project that was chosen."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; lead its redirects on within the project."""
        query = scope.get("query_string", b"").decode("latin-1")
        chosen = parse_qs(query).get(NAME, [""])[0] if scope["type"] == "http" else ""
        if not chosen or scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return

        async def lead(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                headers = MutableHeaders(scope=message)
                where = headers.get("location", "")
                if where.startswith("/") and not where.startswith("//"):
                    headers["location"] = with_choice(where, chosen)
            await send(message)

        await self._app(scope, receive, lead)
