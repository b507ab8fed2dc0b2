"""Words: text of any characters as databases can keep it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from counterclaim.records.text import mend

LEAD = "\uf8ff"
"""Private-use character that leads an escaped one."""

_ODD = re.compile("[\x00\ud800-\udfff\uf8ff]")
_ESCAPED = re.compile(LEAD + "([0-9a-f]{4})")

_exact: ContextVar[bool] = ContextVar("exact", default=False)


@contextmanager
def exact_words() -> Iterator[None]:
    """Read rows with the very characters that were filed, as proofs and copies need them.

    Otherwise halves of characters, which a ledger of version 0.1.0 may hold, are given as �.
    """
    token = _exact.set(True)
    try:
        yield
    finally:
        _exact.reset(token)


class EscapedText(TypeDecorator[str]):
    """Text of any characters. Databases refuse NUL and lone surrogates: those are written escaped."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escape what the database refuses."""
        del dialect
        if value is None or _ODD.search(value) is None:
            return value
        return _ODD.sub(lambda match: f"{LEAD}{ord(match[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the characters as they were, and as they can be shown."""
        del dialect
        if value is None or LEAD not in value:
            return value
        words = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        return words if _exact.get() else mend(words)
