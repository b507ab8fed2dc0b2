"""Tokens: the cookies of a session, and the token by which a form proves that we wrote it."""

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.requests import HTTPConnection

SESSION = "counterclaim_session"
FORM = "counterclaim_form"
"""Cookie of a browser that is not logged in: a random key for its forms, and nothing about anybody."""

SHARE = "counterclaim_share"
"""Cookie of a visitor with a share link: the link's own token."""

FIELD = "csrf_token"
HEADER = "x-csrf-token"


def cookie_name(name: str, *, https: bool) -> str:
    """Return a cookie's name; over TLS it is bound to this very host."""
    return f"__Host-{name}" if https else name


def read_cookie(connection: HTTPConnection, name: str, *, https: bool) -> str | None:
    """Return a cookie's value; None when it was not sent or is no token of ours."""
    value = connection.cookies.get(cookie_name(name, https=https))
    is_token = value is not None and 20 <= len(value) <= 100 and value.isascii()
    return value if is_token else None


def write_cookie(name: str, value: str, *, https: bool, seconds: int | None) -> str:
    """Write a ``Set-Cookie`` value; an empty token ends the cookie.

    Args:
        name: ``SESSION`` or ``FORM``.
        value: The token.
        https: Whether it may only go over TLS.
        seconds: How long it holds; None until the browser closes.
    """
    written: SimpleCookie = SimpleCookie()
    key = cookie_name(name, https=https)
    try:
        written[key] = value
    except CookieError as error:  # pragma: no cover - our tokens are plain
        raise AssertionError(value) from error
    written[key]["path"] = "/"
    written[key]["httponly"] = True
    written[key]["samesite"] = "Lax"
    if https:
        written[key]["secure"] = True
    if seconds is not None:
        written[key]["max-age"] = seconds
    return written[key].OutputString()


def new_key() -> str:
    """Make a random key."""
    return secrets.token_urlsafe(32)


def form_token(key: str) -> str:
    """Return the token that forms carry, from the session's token or the browser's key."""
    return hmac.new(key.encode(), b"counterclaim form", hashlib.sha256).hexdigest()


def is_form_token(key: str, given: str | None) -> bool:
    """Return whether a token is the key's."""
    return given is not None and hmac.compare_digest(
        form_token(key).encode(), given.encode("utf-8", "surrogatepass")
    )
