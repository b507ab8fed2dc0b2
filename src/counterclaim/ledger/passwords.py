"""Passwords: kept as scrypt hashes, each with its own salt and the cost it was made at."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from threading import BoundedSemaphore

from counterclaim.ledger.errors import PeopleError

COST = (2**15, 8, 3)
"""N, r, p of scrypt: 32 MiB and about 0.3 s, as the OWASP password storage guide asks (2025)."""

SHORTEST, LONGEST = 12, 1024
"""Characters of a password. Length is all that is asked (NIST SP 800-63B)."""

_AT_ONCE = BoundedSemaphore(2)
"""Hashes computed at one time, so that a flood of logins takes 64 MiB and not the machine."""


def check_password(password: str, name: str) -> None:
    """Pass if a password may be used.

    Raises:
        PeopleError: If it is too short or long, one character over and over, or the person's name.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PeopleError(f"a password has {SHORTEST} to {LONGEST:,} characters")
    if len(set(password)) < 4 or password.casefold() == name.casefold():
        raise PeopleError(
            "this password is easily guessed: use several words, not one sign repeated"
        )


def hash_password(password: str) -> str:
    """Hash a password with a new salt: ``scrypt$N$r$p$salt$hash``."""
    salt = secrets.token_bytes(16)
    cost = COST
    digest = _scrypt(password, salt, cost)
    numbers = "$".join(map(str, cost))
    return f"scrypt${numbers}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def matches(password: str, kept: str | None) -> bool:
    """Return whether a password is the one kept. Without one kept it takes as long, and says no."""
    if kept is None:
        _scrypt(password, b"nobody has this.", COST)
        return False
    _, *numbers, salt, digest = kept.split("$")
    n, r, p = map(int, numbers)
    return hmac.compare_digest(_scrypt(password, b64decode(salt), (n, r, p)), b64decode(digest))


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    with _AT_ONCE:
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"),
            salt=salt,
            n=n,
            r=r,
            p=p,
            maxmem=256 * n * r,
            dklen=32,
        )
