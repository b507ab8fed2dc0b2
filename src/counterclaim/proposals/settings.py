"""Settings of the second reader: which endpoint, which model, which key, how much may be spent."""

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from counterclaim.errors import CounterclaimError, unknown_word
from counterclaim.records.proposal import POLICIES, Policy

KEY_VARIABLE = "COUNTERCLAIM_SECOND_READER_KEY"
KEY_FILE_VARIABLE = "COUNTERCLAIM_SECOND_READER_KEY_FILE"
LONGEST_KEY = 4_096


class SecondReaderError(CounterclaimError):
    """The second reader cannot be used as it is set."""


class Key:
    """A secret: it shows itself to nobody who prints it, and goes into no pickle."""

    __slots__ = ("_words",)

    def __init__(self, words: str) -> None:
        """Hold a key."""
        self._words = words

    def __repr__(self) -> str:
        return "Key(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    def header(self) -> str:
        """Return the value of the request's Authorization header."""
        return f"Bearer {self._words}"

    def hidden_in(self, words: str) -> str:
        """Return words of others with the key taken out."""
        return words.replace(self._words, "[key]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that one run may spend on the second reader."""

    calls: int = 200
    tokens: int = 500_000
    """In and out together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReaderSettings:
    """A second reader, as chosen by whoever runs the program."""

    url: str
    """Where the endpoint's paths begin: ``http://127.0.0.1:8080/v1``."""
    model: str
    key: Key | None = field(default=None, compare=False)
    policy: Policy = "contest"
    budget: Budget = Budget()
    cache: Path | None = None
    """Folder of replies; None to ask anew each time."""
    chunk: int = 3_000
    """The most characters of a report in one question."""
    reply_tokens: int = 1_500
    """The most tokens of one reply."""
    timeout: float = 120.0
    """Seconds."""
    named_in: str = field(default="", compare=False)
    """Which variable or file named the endpoint; empty where whoever runs the program gave it."""

    @property
    def host(self) -> str:
        """The endpoint's host and port, which messages and the ledger name."""
        parts = urlsplit(self.url)
        return parts.netloc

    @property
    def sending(self) -> str:
        """What a person is told before anything is sent: that text leaves the machine, where to, and the budget."""
        return (
            f"the text of the reports, without readers' comments, is sent to {self.host} (model {self.model}); "
            f"at most {self.budget.calls:,} calls and {self.budget.tokens:,} tokens in this run{self._because}"
        )

    @property
    def _because(self) -> str:
        if not self.named_in:
            return ""
        return f", as {self.named_in} says (--second-reader none: not this time)"

    @property
    def name(self) -> str:
        """The reader as traces name it: ``NAME at HOST``, without colons, which part a rule's words."""
        return f"{self.model} at {self.host}".replace(":", "_")


def make_settings(
    url: str,
    model: str | None,
    *,
    policy: str = "contest",
    budget: Budget | None = None,
    cache: Path | None = None,
    key_file: Path | None = None,
    usual_key_file: Path | None = None,
    named_in: str = "",
    environment: Mapping[str, str] | None = None,
) -> SecondReaderSettings:
    """Check what was asked for and find the key.

    Args:
        url: The endpoint's, up to and including its ``/v1``.
        model: Its model's name.
        policy: What holds where the readers differ.
        budget: The most to spend; the default one, if none is given.
        cache: Folder of replies; None for none.
        key_file: File that holds the key; else the environment says.
        usual_key_file: File that holds it where the environment says nothing either.
        named_in: Which variable or file named the endpoint.
        environment: Stands in for the process's own.

    Raises:
        SecondReaderError: If something cannot be used; the message says what to do.
    """
    address = check_url(url)
    if not model or not model.strip() or not model.isprintable():
        raise SecondReaderError(
            "name the model that the endpoint is to use: --model NAME, or beside the endpoint's address in the settings"
        )
    if policy not in POLICIES:
        raise SecondReaderError(unknown_word("--policy", policy, POLICIES))
    spend = budget or Budget()
    if spend.calls < 1 or spend.tokens < 1:
        raise SecondReaderError("a budget is at least one call and one token")
    key = find_key(key_file, usual_key_file, environment)
    parts = urlsplit(address)
    if key is not None and parts.scheme == "http" and not is_this_machine(parts.hostname or ""):
        msg = f"the key would cross the network in the clear: use https for {parts.netloc}"
        raise SecondReaderError(msg)
    return SecondReaderSettings(
        url=address,
        model=model.strip(),
        key=key,
        policy=next(item for item in POLICIES if item == policy),
        budget=spend,
        cache=cache,
        named_in=named_in,
    )


def kept_replies() -> Path:
    """Return the folder in which replies are kept, of whoever runs the program."""
    return user_cache_path("counterclaim") / "second-reader"


def check_url(url: str) -> str:
    """Return an endpoint's address without a slash at its end.

    Raises:
        SecondReaderError: If it is none, or holds a name and password or a query, where keys hide.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise SecondReaderError(f"the second reader's address cannot be read: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        msg = "the second reader's address begins with http:// or https:// and names a host"
        raise SecondReaderError(f"{msg}, as http://127.0.0.1:8080/v1")
    if parts.username is not None or parts.query or parts.fragment:
        msg = "keep names, passwords and keys out of the second reader's address: put the key into"
        raise SecondReaderError(f"{msg} {KEY_VARIABLE}, or into a file named by --key-file")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def find_key(
    file: Path | None = None,
    usual: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Key | None:
    """Find the key: in a file, else in the environment, else in the usual file; None where none has one.

    Args:
        file: Named by whoever runs the program.
        usual: Named by the settings file.
        environment: Stands in for the process's own.

    Raises:
        SecondReaderError: If a file cannot be read, or others can read it.
    """
    told = os.environ if environment is None else environment
    named, words = told.get(KEY_FILE_VARIABLE), told.get(KEY_VARIABLE)
    path = file or (Path(named) if named else None) or (None if words else usual)
    if path is not None:
        return _checked(_read_narrow(path), f"the key in {path}")
    return _checked(words, f"the key in {KEY_VARIABLE}") if words else None


def _read_narrow(path: Path) -> str:
    refused = f"others can read the key in {path}: run chmod 600 {path}"
    shut = stat.S_IRWXG | stat.S_IRWXO
    return read_guarded(path, LONGEST_KEY + 1, shut, refused, "the key").decode("utf-8", "replace")


def read_guarded(path: Path, most: int, shut: int, refused: str, what: str) -> bytes:
    """Read the beginning of a file that may not be open to others.

    Args:
        path: The file.
        most: Bytes that are read.
        shut: Bits of the file's mode none of which may be set.
        refused: What to say where one is.
        what: What the file holds, for messages.

    Raises:
        SecondReaderError: If it is open to others, or cannot be read.
    """
    try:
        with path.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & shut:
                raise SecondReaderError(refused)
            return stream.read(most)
    except OSError as error:
        raise SecondReaderError(f"cannot read {what} in {path}: {error.strerror}") from error


def _checked(words: str, what: str) -> Key:
    key = words.strip()
    if (
        not key
        or len(key) > LONGEST_KEY
        or not key.isascii()
        or not key.isprintable()
        or " " in key
    ):
        raise SecondReaderError(f"{what} is no key: one line of letters, digits and signs")
    return Key(key)
