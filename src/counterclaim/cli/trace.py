"""The trace view: one sentence, and what every room made of it."""

from datetime import date

from rich.console import Console
from rich.text import Text

from counterclaim.errors import CounterclaimError
from counterclaim.ingest import open_document
from counterclaim.parse import parse_passages
from counterclaim.pipeline.read import read_opened
from counterclaim.pipeline.resources import Tools
from counterclaim.records.notation import print_attribution, print_claim
from counterclaim.records.reading import Reading
from counterclaim.syntax.sentence import Sentence


class NoSuchSentenceError(CounterclaimError):
    """The report has no sentence of that number."""

    def __init__(self, number: int, total: int) -> None:
        super().__init__(f"there is no sentence {number}: the report has {total}; count from 1")


def show_trace(
    console: Console, source: str, number: int, published: date | None, tools: Tools
) -> None:
    """Print what each room received and gave for one sentence, with the rule behind each step."""
    opened = open_document(source, published=published)
    reading = read_opened(opened, tools=tools)
    sentences = parse_passages(opened.document, reading.division.passages, tools.parser)
    if not 1 <= number <= len(sentences):
        raise NoSuchSentenceError(number, len(sentences))
    sentence = sentences[number - 1]
    _head(console, f"sentence {number} of {len(sentences)}")
    console.print(Text(reading.document.words(sentence.span)))
    _parse(console, sentence)
    _resolve(console, reading, sentence)
    _attribute(console, reading, sentence)
    _code(console, reading, sentence)
    _check(console, reading, sentence)


def _head(console: Console, words: str) -> None:
    console.print(Text(f"\n{words}", style="bold"))


def _line(console: Console, *parts: str) -> None:
    console.print(Text("  " + "  ".join(part for part in parts if part)), soft_wrap=True)


def _parse(console: Console, sentence: Sentence) -> None:
    _head(console, f"parse gave {len(sentence)} words ({sentence.passage.kind})")
    for word in sentence:
        _line(
            console,
            f"{word.index:3} {word.text:16} {word.lemma:16} {word.tag:5} {word.dep:10} head {sentence[word.head].text}",
        )


def _resolve(console: Console, reading: Reading, sentence: Sentence) -> None:
    _head(console, "resolve gave")
    resolution, words = reading.resolution, reading.document.words
    for party in resolution.parties:
        if party.sentence == sentence.index:
            _line(
                console,
                f"party “{words(party.span)}” = {' & '.join(map(str, party.parties))}",
                f"rule {party.rule}",
            )
    for place in resolution.places_in(sentence.index):
        _line(
            console,
            f"place “{words(place.span)}” = {place.place.name} {place.place.gazetteer_id or ''}",
            f"rule {place.rule}",
        )
    for time in resolution.times_in(sentence.index):
        _line(console, f"time “{words(time.span)}” = {time.time.value}", f"rule {time.rule}")
    for count in resolution.counts_in(sentence.index):
        _line(console, f"number “{words(count.span)}” = {count.count}", f"rule {count.rule}")


def _attribute(console: Console, reading: Reading, sentence: Sentence) -> None:
    _head(console, "attribute gave")
    for item in reading.attributions:
        if sentence.span.covers(item.cue):
            _line(console, print_attribution(item, reading.document.words(*item.content)))
            for step in item.trace:
                _line(console, f"    {step}")


def _code(console: Console, reading: Reading, sentence: Sentence) -> None:
    _head(console, "coders gave")
    for claim in reading.claims:
        if sentence.span.covers(claim.span):
            _line(console, print_claim(claim))
            for step in claim.trace:
                _line(console, f"    {step}")


def _check(console: Console, reading: Reading, sentence: Sentence) -> None:
    _head(console, "link and check gave")
    here = {claim.id for claim in reading.claims if sentence.span.covers(claim.span)}
    for incident in reading.incidents:
        if here & set(incident.claim_ids):
            _line(
                console,
                f"{incident.kind} {incident.id}: {incident.label} ({len(incident.claim_ids)} claims)",
            )
            for step in incident.trace:
                _line(console, f"    {step}")
            for finding in reading.findings:
                if finding.incident_id == incident.id:
                    _line(
                        console,
                        f"    {finding.slot}: {finding.status} by rule {finding.rule}: {finding.reason}",
                    )
