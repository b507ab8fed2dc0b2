"""Rendering: templates of published pages, with the workbench's words for days, parties and statuses."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from counterclaim.records.text import mend
from counterclaim.serve.rendering import (
    KIND_WORDS,
    day_words,
    days_words,
    entry_day,
    flat,
    heading,
    humanise,
    instant_words,
    names,
    plain_words,
    root_words,
)
from counterclaim.service.corrections import is_left_out
from counterclaim.service.report_view import VERBS
from counterclaim.version import __version__


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("counterclaim.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "words": plain_words,
        "flat": flat,
        "names": names,
        "root": root_words,
        "voices": humanise,
        "day": day_words,
        "days": days_words,
        "instant": instant_words,
        "entry_day": entry_day,
        "kind": lambda kind: KIND_WORDS.get(kind, kind),
        "verb": lambda stance: VERBS.get(stance, stance),
        "heading": heading,
        "left_out": is_left_out,
        "web": web_address,
    }
    environment.globals |= {"version": __version__}
    return environment


def web_address(words: str | None) -> str:
    """Return an address that may be followed; nothing where it is none of the web's."""
    given = (words or "").strip()
    return given if given.lower().startswith(("http://", "https://")) else ""


def static_text(name: str) -> str:
    """Return a file that goes with the pages."""
    return files("counterclaim.publish").joinpath("static", name).read_text("utf-8")


def style() -> Markup:
    """Return the style sheet, to be written into a page that stands alone."""
    return Markup(static_text("site.css"))  # noqa: S704 - our own file


def render(template: str, **context: object) -> str:
    """Write a page."""
    return mend(_environment().get_template(template).render(context)) + "\n"
