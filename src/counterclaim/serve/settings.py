"""Settings: all that a running workbench must be told."""

from dataclasses import dataclass

from counterclaim.proposals import SecondReaderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the workbench runs. Fixed for its whole life."""

    ledger: str
    """Address of the ledger: a file, or ``postgresql://...``."""
    team: bool = False
    """Whether people sign in. Without it one local person works alone, on this machine only."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8000
    sites: tuple[str, ...] = ()
    """Names under which a shared workbench answers; empty: under any."""
    proxy: str | None = None
    """Network address of the proxy whose ``X-Forwarded-For`` is believed; None believes nobody's."""
    cors: tuple[str, ...] = ()
    """Origins of other sites whose pages may ask the API: ``https://desk.example``; with a token, where there are accounts."""
    upload_bytes: int = 20_000_000
    """Largest file or text that can be added from the page. Unit: bytes."""
    https: bool = False
    """Whether people reach it over TLS, ended by a proxy: cookies then never go without."""
    person: str = "local"
    """Under which name the one local person judges."""
    project: str | None = None
    """Id of the project that is shown where an address chooses none; None for all."""
    second_reader: SecondReaderSettings | None = None
    """A language model to which what is added from the page is sent, so that it may point at words; None sends nothing."""
    session_hours: float = 12
    """How long a session holds. Unit: hours."""
