"""The client: one question to an OpenAI-compatible endpoint, patiently, and never with a key in a message."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from counterclaim.proposals.settings import SecondReaderError, SecondReaderSettings

MOST_TRIES = 4
FIRST_WAIT = 1.0
"""Seconds before the second try; doubled with each."""
LONGEST_WAIT = 60.0
"""Seconds; an endpoint that asks for more is given up."""
LARGEST_REPLY = 2_000_000
"""Bytes."""
LONGEST_TOLD = 200
"""Characters of an endpoint's own words that a message repeats."""

AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may succeed."""
UNABLE = frozenset({400, 415, 422, 501})
"""Answers that say that the question was not understood: another mode may be."""


class ModeRefusedError(SecondReaderError):
    """The endpoint does not understand this mode of asking."""


class OutOfCallsError(SecondReaderError):
    """The budget has no further call."""


class SilentError(SecondReaderError):
    """The endpoint gave no usable answer, however often it was asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered."""

    words: str
    tokens_in: int | None
    """As the endpoint counts; None where it does not."""
    tokens_out: int | None


class Client:
    """Asks one endpoint.

    Args:
        settings: Which.
        may_call: Called before each request; raises where the budget is spent.
        sleep: Waits between tries.
    """

    def __init__(
        self,
        settings: SecondReaderSettings,
        may_call: Callable[[], None] = lambda: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._may_call = may_call
        self._sleep = sleep
        headers = {"Accept": "application/json", "User-Agent": "counterclaim"}
        if settings.key is not None:
            headers["Authorization"] = settings.key.header()
        self._http = _httpx().Client(
            headers=headers, timeout=settings.timeout, follow_redirects=False, trust_env=False
        )

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def ask(self, body: Mapping[str, Any]) -> Answer:
        """Put one question, again where the endpoint is busy or does not answer.

        Raises:
            ModeRefusedError: If the endpoint does not understand the question's form.
            OutOfCallsError: If the budget is spent.
            SilentError: If no usable answer comes.
            SecondReaderError: If the endpoint refuses the key or has no such path.
        """
        why = ""
        for number in range(MOST_TRIES):
            self._may_call()
            status, content, wait = self._post(body)
            if status is None:
                why = content.decode()
            elif status in AGAIN:
                why = f"it answered {status}"
            else:
                return self._read(status, content)
            pause = max(wait, FIRST_WAIT * 2**number)
            if number + 1 < MOST_TRIES and pause <= LONGEST_WAIT:
                self._sleep(pause)
            else:
                break
        raise SilentError(f"the second reader at {self._settings.host} is silent: {why}")

    def _post(self, body: Mapping[str, Any]) -> tuple[int | None, bytes, float]:
        """Send a question; the status is None where nothing came back."""
        httpx = _httpx()
        try:
            with self._http.stream(
                "POST", f"{self._settings.url}/chat/completions", json=dict(body)
            ) as reply:
                content = bytearray()
                for piece in reply.iter_bytes():
                    content += piece
                    if len(content) > LARGEST_REPLY:
                        return None, b"its answer is too large", LONGEST_WAIT + 1
                return reply.status_code, bytes(content), _wait(reply.headers.get("retry-after"))
        except httpx.HTTPError as error:
            return None, type(error).__name__.encode(), 0.0

    def _read(self, status: int, content: bytes) -> Answer:
        host = self._settings.host
        if status in UNABLE:
            raise ModeRefusedError(f"{host} answered {status}: {self._told(content)}")
        if status in {401, 403}:
            msg = f"{host} refuses the key ({status}): set COUNTERCLAIM_SECOND_READER_KEY, or --key-file"
            raise SecondReaderError(msg)
        if status != 200:
            msg = (
                f"{host} answered {status}: check the address, which ends in /v1 for most servers, "
            )
            raise SecondReaderError(f"{msg}and the model's name; {self._told(content)}")
        try:
            reply = json.loads(content)
            message = reply["choices"][0]["message"]
            calls = message.get("tool_calls") or ()
            words = calls[0]["function"]["arguments"] if calls else message.get("content")
            used = reply.get("usage") or {}
            counted = _count(used.get("prompt_tokens")), _count(used.get("completion_tokens"))
        except (
            ValueError,
            KeyError,
            IndexError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            msg = f"{host} answers in another form than /chat/completions has"
            raise SilentError(msg) from error
        return Answer(words if isinstance(words, str) else "", *counted)

    def _told(self, content: bytes) -> str:
        """Return an endpoint's own words in one short line without the key."""
        words = " ".join(content.decode("utf-8", "replace").split())
        if self._settings.key is not None:
            words = self._settings.key.hidden_in(words)
        return "".join(letter for letter in words[:LONGEST_TOLD] if letter.isprintable())


def _count(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _wait(words: str | None) -> float:
    """Return the seconds that an endpoint asks to be left alone; 0 where it does not say."""
    try:
        seconds = float(words or 0)
    except ValueError:
        return 0.0
    return seconds if 0 <= seconds < float("inf") else LONGEST_WAIT + 1


def _httpx() -> ModuleType:
    try:
        import httpx  # noqa: PLC0415 - an extra: who reads without a second reader needs none
    except ImportError as error:
        msg = "the second reader needs httpx: pip install 'counterclaim[second-reader]'"
        raise SecondReaderError(msg) from error
    return httpx
