"""Headers: what the browser is told so that nothing but our own script and style ever runs."""

from starlette.datastructures import MutableHeaders

_ALLOWED = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{name} {where}" for name, where in _ALLOWED.items())
"""No inline script or style, nothing from elsewhere, no frame around us, no form that leaves."""

HEADERS: dict[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def secure(headers: MutableHeaders, *, https: bool, is_static: bool) -> None:
    """Add the headers to an answer.

    Args:
        headers: Of the answer.
        https: Whether it goes over TLS.
        is_static: Whether it is a file of ours, the same for everybody.
    """
    for name, value in HEADERS.items():
        headers[name] = value
    if https:
        headers["strict-transport-security"] = "max-age=31536000"
    if not is_static:
        headers.setdefault("cache-control", "private, no-cache")
        headers.add_vary_header("cookie")


def allow(headers: MutableHeaders, origin: str) -> None:
    """Let pages of another site, which a setting names, read an answer of the API; its cookies never go along."""
    headers["access-control-allow-origin"] = origin
    headers["access-control-allow-methods"] = "GET, HEAD, POST, OPTIONS"
    headers["access-control-allow-headers"] = "authorization, content-type, if-none-match"
    headers["access-control-expose-headers"] = "etag, link, location, retry-after"
    headers["access-control-max-age"] = "600"
    headers["cross-origin-resource-policy"] = "cross-origin"
    headers.add_vary_header("origin")
