"""The page: one self-contained HTML file, the report's text highlighted, each row linked to its words."""

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from counterclaim.export.highlights import Highlight, anchor, stretches
from counterclaim.pipeline.signature import DATA, LEXICON
from counterclaim.records.reading import Reading
from counterclaim.service.report_view import VERBS, build_report_view


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("counterclaim.export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["anchor"] = anchor
    return environment


def page(reading: Reading) -> str:
    """Write a reading as one HTML file: no script, nothing fetched, readable in print and dark."""
    template = _environment().get_template("reading.html")
    marks = list(marks_of(reading))
    blocks = [
        (passage.kind, list(stretches(reading.document.text, passage.span, marks)))
        for passage in reading.division.passages
    ]
    return template.render(
        sheet=build_report_view(reading),
        blocks=blocks,
        comments=[
            (
                number,
                comment.boundary,
                comment.reason,
                list(stretches(reading.document.text, comment.span, [])),
                anchor(comment.span),
            )
            for number, comment in enumerate(reading.comments, 1)
        ],
        signature=reading.signature,
        signed=sum(name.startswith((LEXICON, DATA)) for name in reading.signature),
        is_dated=reading.document.published is not None,
    )


def marks_of(reading: Reading) -> Iterator[Highlight]:
    """Yield the marks of a reading: its speech, its claims' words, and words of whose land a place is."""
    for wording in reading.wordings:
        yield Highlight(wording.span, "land", f"whose land: {wording.agreement}")
    for item in reading.attributions:
        if not item.is_claim:
            continue
        who = f"{item.speaker_name or 'nobody named'} {VERBS[item.stance]}"
        if item.speaker_span is not None:
            yield Highlight(item.speaker_span, "speaker", who, item.id)
        yield Highlight(item.cue, "cue", who, item.id)
        for span in item.content:
            yield Highlight(span, "content", who, item.id)
    for claim in reading.claims:
        yield Highlight(claim.span, claim.kind, claim.kind, claim.id)
