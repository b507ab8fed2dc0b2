"""Running: the workbench behind a server of its own."""

import ipaddress
from collections.abc import Callable

import uvicorn

from counterclaim.errors import CounterclaimError
from counterclaim.serve.app import create_app
from counterclaim.serve.settings import Settings


class OpenHostError(CounterclaimError):
    """A workbench without accounts was asked to listen to other machines."""


def run(settings: Settings, told: Callable[[str], object] = lambda _: None) -> None:
    """Serve until stopped.

    Args:
        settings: How.
        told: Told the address, once the ledger is open.

    Raises:
        OpenHostError: If other machines could reach a workbench without accounts.
        LedgerError: If the ledger cannot be opened.
    """
    check_host(settings)
    app = create_app(settings)
    told(f"http://{settings.host}:{settings.port}/")
    uvicorn.run(
        app, host=settings.host, port=settings.port, log_level="warning", server_header=False
    )


def check_host(settings: Settings) -> None:
    """Pass if nobody but this machine can reach a workbench without accounts.

    Raises:
        OpenHostError: If somebody could.
    """
    if not settings.team and not is_loopback(settings.host):
        raise OpenHostError(
            f"--host {settings.host} would let other machines in without accounts: add --team, or leave --host out"
        )


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
