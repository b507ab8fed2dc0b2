"""Asked: a parameter that an address does not know is refused, with the names that it does."""

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException


def check_parameters(request: Request) -> None:
    """Pass if every parameter of an address is one that it takes.

    Raises:
        HTTPException: If one is not; a slip of the pen would else be answered as if nothing had been asked.
    """
    route = request.scope.get("route")
    known = sorted(set(_names(getattr(route, "dependant", None))))
    odd = [name for name in request.query_params if name not in known]
    if odd:
        names = ", ".join(known) or "none"
        raise HTTPException(
            422, f"{odd[0][:40]!r} is no parameter of this address; it takes: {names}"
        )


def _names(dependant: Any) -> Iterator[str]:
    """Yield the names of all parameters that a route and what it depends on take."""
    if dependant is not None:
        yield from (field.alias for field in dependant.query_params)
        for item in dependant.dependencies:
            yield from _names(item)
