"""The tasks: each takes one row and gives one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bench.neutral import ledger_row, span, spans
from counterclaim.atlas.load import load_atlas
from counterclaim.atlas.mentions import resolve_mentions
from counterclaim.parse import parse_passages
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.attribution import Attribution
from counterclaim.records.mention import Resolution
from counterclaim.records.place import Place
from counterclaim.records.plover import Entity
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

Row = dict[str, Any]


_SETTINGS = {"rules_only": False}


def use(*, rules_only: bool) -> None:
    """Choose for this process whether the model is used."""
    _SETTINGS["rules_only"] = rules_only


def tools() -> Tools:
    """Return the tools that this process reads with."""
    return load_tools(rules_only=_SETTINGS["rules_only"])


def day(words: object) -> date | None:
    """Read a day where there is a whole one; a month or year alone is none."""
    try:
        return date.fromisoformat(str(words)[:10])
    except ValueError:
        return None


def document_of(row: Row) -> Document:
    """Take a row's text exactly as given."""
    return Document(
        text=row["text"],
        name=str(row.get("id", row.get("doc_id"))),
        title=row.get("title"),
        outlet=row.get("outlet"),
        published=day(row.get("date") or row.get("dct")),
    )


def reading_of(row: Row) -> Reading:
    """Read a row's text exactly as given."""
    return read_document(document_of(row), tools=tools())


def ledger(row: Row) -> Row:
    """``{id, text, date?, outlet?, title?}`` to the whole ledger in the gold's form."""
    return {"id": row["id"], **ledger_row(reading_of(row))}


def attribution(row: Row) -> Row:
    """Every attribution, thoughts included: what the model vouches for, where there is a model."""
    has_model = tools().tagger is not None
    return _attributions(row, lambda item: item.probability is not None or not has_model)


def claims_only(row: Row) -> Row:
    """The communicative acts alone."""
    return _attributions(row, lambda item: item.is_claim)


def _attributions(row: Row, keep: Callable[[Attribution], bool]) -> Row:
    reading = reading_of(row)
    return {
        "doc_id": row["doc_id"],
        "attributions": [_roles(item) for item in reading.attributions if keep(item)],
    }


def _roles(item: Attribution) -> Row:
    """Write one attribution's words: as the model tagged them where it did, else as the rules read.

    The corpus that the model learned from counts a "that", an "of" or a "who" in, as its scorer does;
    the ledger's own guidelines leave them out. Both readings stand in the record, one in its trace.
    """
    tagged: dict[str, list[Span]] = {"cue": [], "speaker": [], "content": []}
    for step in item.trace:
        if step.room == "model" and step.span is not None:
            tagged[step.rule.partition(":")[0]].append(step.span)
    if not tagged["cue"]:
        source = [item.speaker_span] if item.speaker_span else []
        tagged = {"cue": [item.cue], "speaker": source, "content": list(item.content)}
    return {
        "source": spans(tagged["speaker"]),
        "cue": spans(tagged["cue"]),
        "content": spans(tagged["content"]),
    }


def events(row: Row) -> Row:
    """PLOVER events of a sentence or two, speech acts included: those told as done, main ones first."""
    reading = reading_of(row)
    return {
        "id": row["id"],
        "events": [
            {
                "type": item.type,
                "mode": item.modes[0] if item.modes else None,
                "actor": entities(item.actors),
                "actor_codes": [entity.code for entity in item.actors],
                "recipient": entities(item.recipients),
                "recipient_codes": [entity.code for entity in item.recipients],
                "place": item.place.name if item.place else None,
                "telling": item.telling,
                "contexts": list(item.contexts),
                "score": item.score,
                "cameo": item.cameo,
                "span": span(item.span),
            }
            for item in reading.events
            if item.is_done
        ],
    }


def entities(found: Iterable[Entity]) -> str | None:
    """Write the entities of one role, joined by `` & ``; None for nobody."""
    return " & ".join(map(str, found)) or None


def places(row: Row) -> Row:
    """Places with coordinates: those found, or exactly the ``mentions`` given, in their order."""
    given = row.get("mentions")
    found = _found_places(row) if given is None else _given_places(row["text"], given)
    return {
        "id": row["id"],
        "places": [
            {
                "span": span(where),
                "name": row["text"][where.start : where.end],
                "lat": None if place is None else place.latitude,
                "lon": None if place is None else place.longitude,
                "country": None if place is None else place.country,
            }
            for where, place in found
        ],
    }


def _found_places(row: Row) -> list[tuple[Span, Place | None]]:
    return [(mention.span, mention.place) for mention in _resolution(row).places]


def _given_places(text: str, given: Sequence[Sequence[int]]) -> list[tuple[Span, Place | None]]:
    """Resolve the names of given positions, in whatever order they were given."""
    order = sorted(set(map(tuple, given)))
    if any(not 0 <= start < end <= len(text) for start, end in order):
        raise ValueError(f"mentions must be [start, end] within the text's {len(text)} characters")
    wanted = [Span(start, end) for start, end in order]
    placed = resolve_mentions(text, wanted, load_atlas(), surmise=True)
    by_span = dict(zip(order, placed, strict=True))
    return [(Span(start, end), by_span[start, end]) for start, end in given]


def times(row: Row) -> Row:
    """Time expressions of the whole text with TIMEX3 types and values."""
    resolution = _resolution(row, whole=True)
    said = sorted((*resolution.times, *resolution.stretches), key=lambda item: item.span.start)
    return {
        "id": row["id"],
        "times": [
            {"span": span(mention.span), "type": mention.kind, "value": mention.timex}
            for mention in said
            if mention.rule != "epoch"  # a clause: TIMEX3 marks none
        ],
    }


def _resolution(row: Row, *, whole: bool = False) -> Resolution:
    """Resolve a row's report, or its whole text where nothing in it is a reader's."""
    document = Document(text=row["text"], published=day(row.get("date") or row.get("dct")))
    end = len(document.text)
    division, _ = segment_document(document, comments_hint=Span(end, end) if whole else None)
    sentences = parse_passages(document, division.passages, tools().parser)
    return resolve_document(document, sentences)


def discussion(row: Row) -> Row:
    """Where the report ends, and the comments one by one."""
    division, _ = segment_document(Document(text=row["text"]))
    return {
        "id": row["id"],
        "report": span(division.report),
        "comments": spans(comment.span for comment in division.comments),
    }


TASKS: Mapping[str, Callable[[Row], Row]] = {
    "ledger": ledger,
    "attribution": attribution,
    "claims-only": claims_only,
    "events": events,
    "places": places,
    "times": times,
    "discussion": discussion,
}
"""Tasks by name."""
