"""Chart files: charts and maps as pictures and specifications, and the script that draws them."""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, Literal, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from counterclaim.charts.draw import draw_png, draw_svg
from counterclaim.charts.theme import Theme
from counterclaim.charts.vega_bundle import vega_script
from counterclaim.export.separated import write_csv
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.request_params import AskingError
from counterclaim.version import __version__

router = APIRouter()

Form = Literal["svg", "png", "json"]
Spec = Mapping[str, Any]

MEDIA = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
WIDTHS = (320, 1600)
"""Least and most pixels of a picture."""

_pen = Lock()
"""One picture is drawn at a time: the drawing engine is one."""


@router.get("/static/vega.js")
def vega(request: Request) -> Response:
    """Return the script that draws; it changes only with the package."""
    mark = f'"vega-{__version__}"'
    headers = {"ETag": mark, "Cache-Control": "public, max-age=86400"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(vega_script(), media_type="text/javascript", headers=headers)


def ask_width(width: int = 960) -> int:
    """Read how wide a picture is to be. Unit: pixels."""
    return max(WIDTHS[0], min(width, WIDTHS[1]))


def ask_theme(theme: str = "light") -> Theme:
    """Read on which ground a picture stands.

    Raises:
        AskingError: If it is neither light nor dark.
    """
    if theme not in {"light", "dark"}:
        msg = f"theme {theme[:40]!r} is unknown: choose light or dark"
        raise AskingError(msg)
    return cast("Theme", theme)


def draw(shelf: LruCache, form: Form, spec: Spec, name: str) -> Response:
    """Return a specification in one form, as a file of a name."""
    words = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    makers: dict[str, Callable[[], bytes]] = {
        "json": words.encode,
        "svg": lambda: _drawn(lambda: draw_svg(dict(spec)).encode()),
        "png": lambda: _drawn(lambda: draw_png(dict(spec))),
    }
    body = shelf.get((form, words), makers[form])
    headers = {"Content-Disposition": f'inline; filename="{name}.{form}"'}
    return Response(body, media_type=MEDIA[form], headers=headers)


def _drawn(make: Callable[[], bytes]) -> bytes:
    with _pen:
        return make()


def csv_file(rows: Iterable[Mapping[str, Any]], name: str) -> Response:
    """Return rows as a CSV file of a name."""
    stream = io.StringIO()
    write_csv(rows, stream)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(
        stream.getvalue().encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers
    )
