"""Drawing: a specification as SVG, PNG or a page that needs no network."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

import vl_convert

from counterclaim.charts.casualties import casualty_chart
from counterclaim.charts.chart_data import TableRow, table_rows
from counterclaim.charts.theme import Theme, config
from counterclaim.records.account import Account

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


CHART_SUFFIXES = (".svg", ".png", ".html")
"""Names of files that a chart can be drawn into."""

NARROW_WIDTH = 360
"""Width of the drawing that a page shows in a narrow window. Unit: pixels."""


def draw_account(
    account: Account,
    form: str,
    *,
    title: str = "Casualty account",
    width: int = 960,
    theme: Theme = "light",
) -> bytes:
    """Draw an account.

    Args:
        account: What is drawn; the page also holds it as a table.
        form: One of ``CHART_SUFFIXES``.
        title: Over the chart.
        width: Of the picture. Unit: pixels.
        theme: Of the picture; a page follows its reader's setting.
    """
    spec = casualty_chart(account, title=title, width=width, theme=theme)
    if form == ".png":
        return draw_png(spec)
    if form == ".svg":
        return draw_svg(spec).encode()
    narrow = casualty_chart(account, title=title, width=NARROW_WIDTH)
    return draw_page(spec, narrow, table_rows(account), title).encode()


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
