"""Problems as JSON: RFC 9457, for programs."""

from http import HTTPStatus

from fastapi.responses import JSONResponse

from counterclaim.records.text import mend

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, instance: str) -> JSONResponse:
    """Write an error for a program.

    Args:
        status: HTTP status.
        detail: What happened and what to do.
        instance: The address that was asked.
    """
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": mend(detail),
        "instance": mend(instance),
    }
    return JSONResponse(body, status, media_type=MEDIA_TYPE)
