"""Identities: a record's id is a hash of what makes it what it is."""

import hashlib
import json
from typing import TypeAlias

Part: TypeAlias = "str | int | float | bool | list[Part] | tuple[Part, ...] | None"

ID_DIGITS = 12
"""Hex digits kept of each SHA-256: 48 bits, a chance near 1 in 600 of any collision in a million rows."""


def make_id(prefix: str, *parts: Part) -> str:
    """Hash the parts, in order, into a short id such as ``c-3f9a0c1d22be``.

    Args:
        prefix: Kind of record, one or two letters.
        parts: Strings, numbers, None, and nested sequences of them.

    Returns:
        The prefix, a hyphen and ``ID_DIGITS`` hex digits.
    """
    words = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:ID_DIGITS]}"
