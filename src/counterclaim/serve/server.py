"""Server: the workbench behind a server of its own."""

import gc
import ipaddress
import re
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.serve.app import create_app
from counterclaim.serve.connections import ask_for_files, settings_of_server
from counterclaim.serve.pages.sheets import Sheets
from counterclaim.serve.people.hosts import read_host
from counterclaim.serve.settings import Settings
from counterclaim.service.incident_list import IncidentAsk, catalogue_of
from counterclaim.service.statement_views import SayingAsk, sayings_of

THRESHOLD = (20_000, 20, 50)
"""Objects made before the collector looks at the young, and how often it then looks at the older ones."""


class PlainPasswordsError(CounterclaimError):
    """Passwords would cross the network as they are typed."""


class SettingError(CounterclaimError):
    """A setting is none; the message says what to write."""


class OpenHostError(CounterclaimError):
    """A workbench without accounts was asked to listen to other machines."""


def run(
    settings: Settings,
    told: Callable[[str], object] = lambda _: None,
    *,
    sheets: Sheets | None = None,
) -> None:
    """Serve until stopped.

    Args:
        settings: How.
        told: Told the address, once the ledger is open.
        sheets: Writes pages to print, in a room above this one.

    Raises:
        OpenHostError: If other machines could reach a workbench without accounts.
        LedgerError: If the ledger cannot be opened.
    """
    check_host(settings)
    if not settings.person.strip() or not settings.person.isprintable():
        raise CounterclaimError("--name is the name under which you judge: it cannot be empty")
    app = create_app(settings, sheets=sheets)
    keep_what_stays()
    Thread(target=gather_lists, args=(app.state.ledger,), daemon=True).start()
    told(f"http://{settings.host}:{settings.port}/")
    ask_for_files()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        proxy_headers=settings.proxy is not None,
        forwarded_allow_ips=settings.proxy or "",
        **settings_of_server(),
    )


def gather_lists(ledger: Ledger) -> None:
    """Gather what lists are narrowed by before anybody asks: of 100,000 claims it takes seconds, once."""
    with suppress(
        Exception
    ):  # the workbench may stop meanwhile; whoever asks gathers it then, and sees why
        catalogue_of(ledger).find(IncidentAsk(), limit=1)
        sayings_of(ledger).find(SayingAsk(), limit=1)


def keep_what_stays() -> None:
    """Spare the garbage collector what a server holds for good: walking it would hold up a page now and then.

    Records hold no cycles, so that it finds little: it looks less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLD)


def check_host(settings: Settings) -> None:
    """Pass if nobody but this machine can reach a workbench without accounts.

    Raises:
        OpenHostError: If somebody could.
        PlainPasswordsError: If passwords would cross the network unencrypted.
    """
    for site in settings.sites:
        if read_host({"headers": [(b"host", site.encode("utf-8", "replace"))]}) != site.lower():
            raise SettingError(f"--site {site!r} is no name of a host: write it without a port")
    for origin in settings.cors:
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", origin):
            raise SettingError(f"--cors {origin!r} is no origin: write it as https://desk.example")
    try:
        proxy = settings.proxy and ipaddress.ip_address(settings.proxy)
    except ValueError:
        raise SettingError(
            f"--proxy {settings.proxy!r} is no network address: write the proxy's own, as 127.0.0.1"
        ) from None
    if proxy and not settings.team:
        raise SettingError(
            "--proxy is for --team: without accounts nobody else reaches the workbench"
        )
    if not settings.team and not is_loopback(settings.host):
        raise OpenHostError(
            f"--host {settings.host} would let other machines in without accounts: add --team, or leave --host out"
        )
    if settings.team and not settings.https and not is_loopback(settings.host):
        raise PlainPasswordsError(
            f"--host {settings.host} would send passwords unencrypted: put a proxy that speaks TLS before it, "
            "and add --https"
        )


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
