"""Second factors: codes of six digits that change every half minute, as authenticator apps make them.

Source:
    RFC 6238 (TOTP) over RFC 4226 (HOTP), with HMAC-SHA-1, the one that every app knows.
"""

import hashlib
import hmac
import secrets
import struct
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote

STEP = 30
"""Seconds that a code holds."""

DIGITS = 6
AROUND = 1
"""Steps before and after the present one of which a code is taken: clocks differ."""


def new_factor() -> str:
    """Make a secret, as an app takes it: 160 bits in base 32."""
    return b32encode(secrets.token_bytes(20)).decode("ascii")


def code_at(factor: str, counter: int) -> str:
    """Return the code of one step."""
    key = b32decode(factor.encode("ascii"))
    digest = hmac.digest(key, struct.pack(">Q", counter), hashlib.sha1)
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(factor: str, code: str, now: datetime) -> int | None:
    """Return the step of which a code is; None when it is of none near now.

    Args:
        factor: The secret.
        code: As typed; spaces are passed over.
        now: The clock.
    """
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdecimal()):
        return None
    present = int(now.timestamp()) // STEP
    return next(
        (
            step
            for step in range(present - AROUND, present + AROUND + 1)
            if hmac.compare_digest(code_at(factor, step), typed)
        ),
        None,
    )


def address_of(factor: str, name: str, issuer: str = "Counterclaim") -> str:
    """Return the address by which an app takes a secret in."""
    label = quote(f"{issuer}:{name}", safe="")
    return f"otpauth://totp/{label}?secret={factor}&issuer={quote(issuer, safe='')}&digits={DIGITS}&period={STEP}"
