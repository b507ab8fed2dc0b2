"""ETags: an answer is the same while the ledger is, and is then not made or sent again."""

import hashlib
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from starlette.responses import Response

from counterclaim.serve.request_params import LedgerAsked
from counterclaim.version import __version__


class NotModifiedError(Exception):
    """The program has this answer already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def install_tags(app: FastAPI) -> None:
    """Answer 304 where a program has the answer already."""

    @app.exception_handler(NotModifiedError)
    def same(request: Request, error: NotModifiedError) -> Response:
        del request
        return Response(status_code=304, headers={"etag": error.tag})


def tag_answer(request: Request, response: Response, ledger: LedgerAsked) -> None:
    """Put the ledger's state and what is asked into an ETag, before anything is looked up.

    Raises:
        NotModifiedError: If the program says it has this answer.
    """
    asked = f"{__version__}\n{ledger.seal()}\n{request.scope['path']}\n{request.scope['query_string']!r}"
    tag = f'"{hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'
    given = request.headers.get("if-none-match", "")
    if tag in {item.strip().removeprefix("W/") for item in given.split(",")}:
        raise NotModifiedError(tag)
    response.headers["etag"] = tag


Tagged = Annotated[None, Depends(tag_answer)]
