"""The app: one ledger, the pages, and what stands around them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from counterclaim.ledger import open_ledger
from counterclaim.ledger.errors import LedgerError
from counterclaim.serve.api import install_api
from counterclaim.serve.drafts import Drafts
from counterclaim.serve.errors import install_errors
from counterclaim.serve.head_requests import HeadAsGet
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.page_cache import KeptPages, PageShelf
from counterclaim.serve.pages import PAGES
from counterclaim.serve.pages.sheets import Sheets
from counterclaim.serve.people import install_people
from counterclaim.serve.project_choice import CarriesChoice
from counterclaim.serve.settings import Settings
from counterclaim.version import __version__


def create_app(settings: Settings, *, sheets: Sheets | None = None) -> FastAPI:
    """Make the workbench over one ledger.

    Args:
        settings: What it must be told; the ledger must exist and be of this version's schema.
        sheets: Writes pages to print, in a room above this one; None for none, and then no page leads to any.

    Raises:
        LedgerError: If the ledger cannot be opened; the message says what to do.
    """
    ledger = open_ledger(settings.ledger)
    if settings.project is not None:
        try:
            ledger.projects.check(settings.project)
        except LedgerError:
            ledger.close()
            raise
    drafts = Drafts(second_reader=settings.second_reader)

    @asynccontextmanager
    async def close_after(_: FastAPI) -> AsyncIterator[None]:
        yield
        drafts.close()
        ledger.close()

    app = FastAPI(
        title="Counterclaim",
        version=__version__,
        lifespan=close_after,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # its redirects repeat whatever the Host header says
    )
    app.state.ledger = ledger
    app.state.settings = settings
    app.state.shelf = LruCache()
    app.state.pages = PageShelf()
    app.state.drafts = drafts
    app.state.sheets = sheets
    app.add_middleware(CarriesChoice)
    app.add_middleware(KeptPages, shelf=app.state.pages)
    install_people(app, settings)
    app.add_middleware(HeadAsGet)
    install_errors(app)
    install_api(app)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount(
        "/static", StaticFiles(directory=str(files("counterclaim.serve") / "static")), "static"
    )
    return app
