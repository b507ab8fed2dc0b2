"""Asks the second reader about a report, stretch by stretch, within its budget."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil

from counterclaim.proposals.cache import Cache, key_of
from counterclaim.proposals.chunks import Chunk, Numbered, make_chunks
from counterclaim.proposals.client import (
    Answer,
    Client,
    ModeRefusedError,
    OutOfCallsError,
    SilentError,
)
from counterclaim.proposals.modes import MODES, Mode, make_body, parse_answer
from counterclaim.proposals.settings import SecondReaderError, SecondReaderSettings
from counterclaim.records.proposal import Cost
from counterclaim.records.text import Document

LETTERS_A_TOKEN = 3
"""Characters for one token, where nobody counted: fewer than any common tokeniser needs for English, so
that a budget errs on the side of spending less."""


@cache
def instruction() -> str:
    """Return what the model is told to do."""
    return files("counterclaim.proposals").joinpath("prompt.md").read_text("utf-8").strip()


def digest() -> str:
    """Return the first 12 hex digits of the instruction's SHA-256, which signatures name."""
    return hashlib.sha256(instruction().encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking about some documents may come to, if no reply is cached and none is repeated."""

    documents: int
    calls: int
    tokens: int
    """In and out together, every reply as long as it may be."""


def estimate(settings: SecondReaderSettings, reports: Sequence[Sequence[Numbered]]) -> Estimate:
    """Estimate the cost of asking about reports, each given by its sentences."""
    chunks = [chunk for items in reports for chunk in make_chunks(items, settings.chunk)]
    letters = sum(len(item.span) + 8 for chunk in chunks for item in chunk.sentences)
    inputs = ceil((letters + len(chunks) * len(instruction())) / LETTERS_A_TOKEN)
    return Estimate(len(reports), len(chunks), inputs + len(chunks) * settings.reply_tokens)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back about one document."""

    proposals: tuple[tuple[str, object], ...]
    """As the model made them, each with the name of its list."""
    cost: Cost
    unread: int
    """Chunks without an answer."""
    reasons: tuple[str, ...] = ()
    """Why, in words."""


class Asker:
    """Asks one second reader about any number of documents; the budget is for all of them together.

    Args:
        settings: Which reader.
        sleep: Waits between tries.
    """

    def __init__(
        self, settings: SecondReaderSettings, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.settings = settings
        self.spent = Cost()
        self.mode: Mode = MODES[0]
        """The strongest mode that the endpoint has not refused."""
        self._cache = Cache(settings.cache)
        self._client = Client(settings, self._call, sleep)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _call(self) -> None:
        """Count one request.

        Raises:
            OutOfCallsError: If the budget has none left.
        """
        if self.spent.calls >= self.settings.budget.calls:
            raise OutOfCallsError(f"the budget of {self.settings.budget.calls:,} calls is spent")
        self.spent = self.spent.plus(Cost(calls=1))

    def ask(self, document: Document, sentences: Sequence[Numbered]) -> Asked:
        """Ask about a document.

        Args:
            document: The document.
            sentences: Of its report alone: readers' comments never leave the machine.

        Raises:
            SecondReaderError: If the endpoint refuses the key or is not what it should be.
        """
        before = self.spent
        found: list[tuple[str, object]] = []
        unread, reasons = 0, []
        for chunk in make_chunks(sentences, self.settings.chunk):
            try:
                answer = self._answer(document, chunk)
            except (OutOfCallsError, SilentError) as error:
                unread += 1
                reasons.append(str(error))
                continue
            found += parse_answer(answer.words)
        after = self.spent
        cost = Cost(
            calls=after.calls - before.calls,
            tokens_in=after.tokens_in - before.tokens_in,
            tokens_out=after.tokens_out - before.tokens_out,
            estimated=after.estimated,
            from_cache=after.from_cache - before.from_cache,
        )
        return Asked(tuple(found), cost, unread, tuple(dict.fromkeys(reasons)))

    def _answer(self, document: Document, chunk: Chunk) -> Answer:
        """Ask in the strongest mode the endpoint has; one that it refuses or ignores is left for good."""
        while True:
            mode = self.mode
            try:
                answer = self._in_mode(mode, document, chunk)
            except ModeRefusedError as error:
                if mode == MODES[-1]:
                    raise SecondReaderError(f"it takes no mode of asking: {error}") from error
                self.mode = MODES[MODES.index(mode) + 1]
                continue
            if mode == "grammar" and not answer.words.lstrip().startswith("{"):
                self.mode = "schema"  # the grammar was passed over in silence
                continue
            if mode == "tool" and not answer.words.strip():
                self.mode = "plain"
                continue
            return answer

    def _in_mode(self, mode: Mode, document: Document, chunk: Chunk) -> Answer:
        settings = self.settings
        body = make_body(
            mode,
            document,
            chunk,
            (instruction(), question(document, chunk)),
            (settings.model, settings.reply_tokens),
        )
        name = key_of(settings.url, body)
        kept = self._cache.get(name)
        if kept is not None:
            self.spent = self.spent.plus(Cost(from_cache=1))
            return kept
        expected = ceil(len(instruction() + question(document, chunk)) / LETTERS_A_TOKEN)
        used = self.spent.tokens_in + self.spent.tokens_out
        if used + expected + settings.reply_tokens > settings.budget.tokens:
            raise OutOfCallsError(f"the budget of {settings.budget.tokens:,} tokens is spent")
        answer = self._client.ask(body)
        counted = answer.tokens_in is not None and answer.tokens_out is not None
        self.spent = self.spent.plus(
            Cost(
                tokens_in=expected if answer.tokens_in is None else answer.tokens_in,
                tokens_out=ceil(len(answer.words) / LETTERS_A_TOKEN)
                if answer.tokens_out is None
                else answer.tokens_out,
                estimated=not counted,
            )
        )
        self._cache.put(name, answer)
        return answer


def question(document: Document, chunk: Chunk) -> str:
    """Return a chunk's sentences with their numbers, one a line."""
    return "\n".join(
        f"[{item.number}] {' '.join(document.text[item.span.start : item.span.end].split())}"
        for item in chunk.sentences
    )
