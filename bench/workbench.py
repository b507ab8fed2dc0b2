"""The workbench in a thread, over the demo report: for pictures and for tests in a browser."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.serve import Settings, create_app
from counterclaim.service.ledger_service import file_reading

STARTING = 30.0
"""Seconds within which a server must answer."""


def make_demo_ledger(path: Path) -> str:
    """Make a ledger that holds the demo report alone; give its address."""
    with open_ledger(str(path), create=True) as ledger:
        file_reading(ledger, read_document(demo_document()))
    return str(path)


@contextmanager
def serving(ledger: str, *, team: bool = False) -> Iterator[str]:
    """Serve a ledger on a free port of this machine; give the address, without a slash at its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(ledger=ledger, port=port, team=team))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _wait(server)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _wait(server: uvicorn.Server) -> None:
    until = time.monotonic() + STARTING
    while not server.started:
        if time.monotonic() > until:
            msg = "the workbench did not start"
            raise RuntimeError(msg)
        time.sleep(0.02)


def find_chromium() -> str | None:
    """Return the path of an installed Chromium; None where playwright's own is to be used."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
