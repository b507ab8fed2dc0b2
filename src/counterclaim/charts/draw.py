"""Drawing: a specification as SVG, PNG or a page that needs no network."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import vl_convert

from counterclaim.charts.rows import TableRow
from counterclaim.charts.theme import config

VEGA_LITE = "6.4"
"""The Vega-Lite that draws; one version for all three forms, so that they look the same."""

Spec = dict[str, Any]

HEADINGS = {
    "side": "Whose loss",
    "group": "Who",
    "outcome": "Harm",
    "number": "Number",
    "scope": "Scope",
    "day": "Up to",
    "reporter": "Reported by",
    "counted_by": "Counted by",
    "kind": "Kind",
    "known": "Public from",
    "figures": "Times told",
}


def draw_svg(spec: Spec) -> str:
    """Draw as SVG; the description becomes its accessible name."""
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    name = f'<svg role="img" aria-label="{escape(str(spec.get("description", "")), quote=True)}"'
    return str(drawn).replace("<svg", name, 1)


def draw_png(spec: Spec, *, scale: float = 2.0) -> bytes:
    """Draw as PNG, at two picture elements for each pixel unless told otherwise."""
    return bytes(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale))


def draw_page(wide: Spec, narrow: Spec, rows: Iterable[TableRow], title: str) -> str:
    """Draw as one HTML file without any address: chart, and the table behind it.

    The page takes the wide or the narrow specification by the window's width, and light or dark by the
    reader's own setting; without a script it shows the drawing that is in it.
    """
    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    page = Template((files("counterclaim.charts") / "page.html").read_text("utf-8"))
    return page.substitute(
        title=escape(title),
        description=escape(str(wide.get("description", ""))),
        svg=draw_svg(wide),
        specs=_json({"wide": wide, "narrow": narrow}),
        themes=_json({"light": config("light"), "dark": config("dark")}),
        script=str(script).replace("</script", "<\\/script"),
        table=_table(list(rows)),
    )


def _json(value: object) -> str:
    """Write JSON that no page takes for its own end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _table(rows: list[TableRow]) -> str:
    head = "".join(f'<th scope="col">{escape(words)}</th>' for words in HEADINGS.values())
    body = "\n".join(
        "<tr>"
        + "".join(f"<td>{escape(str(asdict(row)[name]))}</td>" for name in HEADINGS)
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
