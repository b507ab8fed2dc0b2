"""Soundness: what no ledger should hold, whatever the report; needs no gold, so any text will do.

Each document is read and its reading searched for rows that cannot be right by their form: words that are
not where they are said to be, speakers that are no names, years out of all bounds, numbers that count
something else than persons. A fault found is a fault; one not found may still be there.
"""

import json
import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from bench.results import RESULTS, keep
from bench.tasks import day, tools
from counterclaim.pipeline.read import read_document
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.notation import (
    parse_attribution,
    parse_claim,
    print_attribution,
    print_claim,
)
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span

SLOW = 3.0
"""Seconds from which a document is slow: a long report takes less than one."""
LONGEST = 60
"""Characters of a party's root; the longest official names of states and bodies have fewer."""
YEARS = range(1980, 2036)
"""Years that a report of our time may place an event or a figure in."""
MOST = 10_000_000
"""Persons: more than any single report of a conflict of these years counts as lost."""
FAR = 6_000
"""Kilometres between a town and all other places of a report from which the town is doubtful."""
SAMPLE = 100
"""Documents read of a larger file, evenly spread over it."""
SHOWN = 3
"""Examples printed for each fault; none is kept, since the texts are others'."""

_CLAUSE = re.compile(
    r"\b(?:which|that|who|whom|is|are|was|were|has|have|had|will|would|could|said|says)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"(?:which|that|who|whom|whose|what|it|he|she|they|we|i|you|this|these|those|any|even|inside|in|an?|the"
    r"|his|her|its|their|our|my)\b",
)
"""Words in small letters with which no name and no plain description begins."""
_WEAPON = re.compile(
    r"[\s-]*(?:(?!(?:at|to|in|by|with|from|near|on|of|and|or|a|an|the)\b)\w+[\s-])?(?:rockets?|missiles?|shells?"
    r"|mortars?|tanks?|vehicles?|drones?|jets?|aircraft|planes?|helicopters?|bombs?|rounds|airstrikes?|strikes?"
    r"|raids?|sorties|guns?|rifles?)\b(?!\s+\w+s?\s+(?:was|were|had|have|has|died)\b)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s-]*(?:kilomet(?:er|re)s?|km|miles?|mi\b|met(?:er|re)s?|feet|foot|yards?|acres?|hectares?"
    r"|tons?|tonnes?|kg|pounds?|dollars?|euros?|percent|per cent|%|years?|months?|weeks?|days?|hours?|minutes?)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"[\s-]*(?:year|month)s?[\s-]old|\s*,?\s+aged?\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|ages)\s+(?:of\s+)?\Z", re.IGNORECASE)
_DAY = re.compile(
    r"(?:\s+|\s*,\s*)(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\.?\s+\Z"
)
_STRONG = re.compile(
    r"\b(?:force|army|garrison|strength|contingent|unit|team|crowd|city|town|population|village)"
    r"\s+of\s+(?:about|some|around|nearly|over|more than|at least|up to)?\s*\Z",
    re.IGNORECASE,
)

Fault = tuple[str, str]
"""What kind it is, and the words that show it."""


def run_soundness(source: Path) -> int:
    """Read a file's documents and count what cannot be right.

    Takes rows ``{text, ...}`` and the other forms of the open corpora: token lists, and incidents with
    their ``docs``. Counts stand under the file's name in ``bench/results/soundness.json`` beside those
    of other files; examples are printed only.

    Returns:
        0, or 1 when a document could not be read at all.
    """
    documents = _spread(list(_documents(source)))
    counts, shown = Counter[str](), defaultdict[str, list[str]](list)
    claims = 0
    for document in documents:
        reading, faults = _examine(document)
        claims += 0 if reading is None else len(reading.claims) + len(reading.attributions)
        for kind, words in faults:
            counts[kind] += 1
            shown[kind].append(f"{document.name}: {words}")
    for kind, number in counts.most_common():
        sys.stdout.write(f"{kind} {number}\n")
        sys.stdout.writelines(f"    {words}\n" for words in shown[kind][:SHOWN])
    figures = {"documents": len(documents), "rows": claims, "faults": dict(sorted(counts.items()))}
    kept = RESULTS / "soundness.json"
    others = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    name = f"{source.parent.name}/{source.stem}"
    keep("soundness", dict(sorted({**others, name: figures}.items())))
    return 1 if counts["error"] else 0


def _spread(documents: list[Document]) -> list[Document]:
    step = max(1, math.ceil(len(documents) / SAMPLE))
    return documents[::step]


def _examine(document: Document) -> tuple[Reading | None, list[Fault]]:
    started = time.perf_counter()
    try:
        reading = read_document(document, tools=tools())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        return None, [("error", f"{type(error).__name__}: {error}")]
    spent = time.perf_counter() - started
    slow = [("slow", f"{spent:.1f} s")] if spent > SLOW else []
    return reading, [*slow, *find_faults(reading)]


def find_faults(reading: Reading) -> Iterator[Fault]:
    """Yield what in a reading cannot be right by its form."""
    for claim in reading.claims:
        yield from _misplaced(claim, reading.document)
        yield from _unprintable(claim)
        if isinstance(claim.payload, Casualty):
            yield from _miscounted(claim, claim.payload, reading.document.text)
        yield from _misdated(claim)
    for item in reading.attributions:
        line = print_attribution(item, reading.document.words(item.cue))
        if parse_attribution(line) != item:
            yield "notation", line
    told = [item for item in reading.attributions if item.is_claim]
    for party in dict.fromkeys(_parties((told, reading.claims))):
        yield from _misnamed(party)
    yield from _astray(reading)


# ---------------------------------------------------------------- words and notation


def _misplaced(claim: Claim, document: Document) -> Iterator[Fault]:
    end = len(document.text)
    if any(span.end > end for span in _walk(claim, Span)):
        yield "span outside", claim.quote
    if document.words(claim.span) != claim.quote:
        yield "quote", claim.quote


def _unprintable(claim: Claim) -> Iterator[Fault]:
    line = print_claim(claim)
    if parse_claim(line) != claim:
        yield "notation", line


# ---------------------------------------------------------------- parties


def _misnamed(party: Party) -> Iterator[Fault]:
    """A root is a name, or a plain description such as ``police`` or ``civilian: residents``."""
    kind, colon, rest = party.root.partition(": ")
    name = rest if colon else kind
    if not name.strip(" .,;:'\"-"):
        yield "party empty", str(party)
    elif len(party.root) > LONGEST:
        yield "party long", str(party)
    elif _SMALL.match(name):
        yield "party no name", str(party)
    elif not any(letter.isalpha() for letter in name):
        yield "party without letters", str(party)
    elif _CLAUSE.search(name):
        yield "party clause", str(party)


def _parties(value: object) -> Iterator[Party]:
    yield from _walk(value, Party)


def _walk(value: object, kind: type[Any]) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _walk(item, kind)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "trace":
                yield from _walk(getattr(value, field.name), kind)


# ---------------------------------------------------------------- numbers and days


def _miscounted(claim: Claim, figure: Casualty, text: str) -> Iterator[Fault]:
    """Numbers that count something else than persons, by the words around them."""
    before, after = text[max(0, claim.span.start - 40) : claim.span.start], text[claim.span.end :]
    after, words = after[:40], claim.quote
    seen = f"{before[-25:]}[{words}]{after[:25]}".replace("\n", " ")
    numeral = words.rsplit(" ", 1)[-1].replace(",", "")
    behind_name = re.search(r"[A-Z][a-z]+, \Z", before) and re.match(r"[,.]", after)
    if (
        (behind_name and numeral.isdigit() and len(numeral) < 3)
        or _AGED.search(before)
        or (_AGE.match(after) and (figure.count.said or 0) > 1)
    ):
        yield "number an age", seen
    elif numeral.isdigit() and (_DAY.match(after) or _MONTH.search(before)):
        yield "number a day", seen
    elif numeral.isdigit() and len(numeral) == 4 and int(numeral) in YEARS and "," not in words:
        yield "number a year", seen
    elif _WEAPON.match(after) and not re.match(r"[\s-]*\w+[\s-]*(?:and|,|in|by)\b", after):
        yield "number of weapons", seen
    elif _UNIT.match(after):
        yield "number a measure", seen
    elif _STRONG.search(before):
        yield "number a strength", seen
    if (figure.count.low or 0) > MOST:
        yield "number huge", seen


def _misdated(claim: Claim) -> Iterator[Fault]:
    payload = claim.payload
    times = (getattr(payload, name, None) for name in ("time", "period", "as_of", "effective"))
    for when in times:
        days = () if when is None else (when.start, when.end)
        if any(item is not None and item.year not in YEARS for item in days):
            yield "year", f"{when} {claim.quote}"


# ---------------------------------------------------------------- places


def _astray(reading: Reading) -> Iterator[Fault]:
    """Towns far from every other place of the report, where it has places enough to tell."""
    places = {
        item.place.gazetteer_id or item.place.name: item.place
        for item in reading.resolution.places
        if item.place.latitude is not None
    }
    if len(places) < 4:
        return
    for key, place in places.items():
        if place.precision in {"country", "region", "area"}:
            continue
        others = (item for name, item in places.items() if name != key)
        if all(_distance(place, item) > FAR for item in others):
            yield "place astray", f"{place.name} in {place.country}, of {len(places)}"


def _distance(left: Place, right: Place) -> float:
    """Kilometres on a sphere."""
    one, other = math.radians(left.latitude or 0), math.radians(right.latitude or 0)
    turn = math.radians((left.longitude or 0) - (right.longitude or 0))
    cosine = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(turn)
    return 6371 * math.acos(max(-1.0, min(1.0, cosine)))


# ---------------------------------------------------------------- rows of the open corpora


def _documents(source: Path) -> Iterator[Document]:
    for line in source.read_text("utf-8").split("\n"):
        if line.strip():
            yield from _texts(json.loads(line))


def _texts(row: Mapping[str, Any]) -> Iterable[Document]:
    for inner in row.get("docs", ()):
        yield from _texts(inner)
    text = row.get("text") or row.get("narrative") or _joined(row.get("tokens", ()))
    if text:
        name = str(row.get("id", row.get("doc_id")))
        when = day(row.get("date") or row.get("dct") or row.get("published"))
        yield Document(text=text, name=name, outlet=row.get("outlet"), published=when)


def _joined(tokens: Iterable[tuple[str, int, str]]) -> str:
    """Join tokens ``[id, sentence, word]`` to text, a line for each sentence."""
    lines = defaultdict[int, list[str]](list)
    for _, sentence, word in tokens:
        lines[sentence].append(word)
    return "\n".join(
        re.sub(r" ([,.;:!?)'’%])", r"\1", " ".join(words)).replace(" n't", "n't")
        for words in lines.values()
    )
