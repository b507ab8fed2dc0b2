"""The notation: one line for one claim or attribution; printing and parsing are inverse.

A line reads like a sentence, then says where its words stand, then quotes them::

    Azerbaijan admit event ASSAULT/aerial Azerbaijan > Armenia at=Armenia{iso:AM} told=admitted
        [d-81c3e6a0b2f4#247-282 in=224-358 by=a-55e0c1d2f3a4] "launching airstrikes inside Armenia"
    Nagorno-Karabakh state killed 23 military of=Nagorno-Karabakh new [d-81c3e6a0b2f4#775-777 ...] "23"

(each on one line). Spaces in names are written as underscores; a name that holds an underscore or a
mark of the notation is written as a JSON string. ``-`` stands for nobody. What is known of a party or
place besides its name and id (kind, country, coordinates) is not written, and not compared either.
Traces are not written.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from counterclaim.records.attribution import Attribution, Quotation, Stance
from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    Claim,
    Event,
    Payload,
    Position,
    Withheld,
)
from counterclaim.records.count import Count, Qualifier
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.records.time import Time

_T = TypeVar("_T")


class NotationError(ValueError):
    """A line is not in the notation; the message says where it stops making sense."""


_BARE = re.compile(r"[^\s\"_{}\[\]&>=/\\,-][^\s\"_{}\[\]&>=/\\,]*(?: [^\s\"_{}\[\]&>=/\\,]+)*\Z")
_TOKEN = re.compile(r"(?:\"(?:\\.|[^\"\\])*\"|[^\s\"])+")
_NAME = re.compile(r"\"(?:\\.|[^\"\\])*\"|[^\"&/{}]+")
_LINE = re.compile(
    r"(?P<head>.*?) \[(?P<where>[^\]]*)\] (?P<quote>\"(?:\\.|[^\"\\])*\")\Z", re.DOTALL
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_COUNT = re.compile(
    r"(?P<low>\d*)(?P<dots>\.\.)?(?P<high>\d*)(?:/(?P<qualifier>[a-z_]+))?(?:=(?P<said>\d+))?\Z"
)


# ---------------------------------------------------------------- printing


def print_claim(claim: Claim, published: date | None = None) -> str:
    """Print a claim as one line.

    Args:
        claim: Any claim.
        published: Day to print before it, for a reader; it is not part of the claim.
    """
    where = [f"{claim.document_id}#{_span(claim.span)}", f"in={_span(claim.sentence)}"]
    if claim.attribution_id is not None:
        where.append(f"by={claim.attribution_id}")
    if claim.hedges:
        where.append(f"hedged={_spans(claim.hedges)}")
    head = [_parties(claim.speakers), claim.stance, *_print_payload(claim.payload)]
    if published is not None:
        head.insert(0, published.isoformat())
    return f"{' '.join(head)} [{' '.join(where)}] {_string(claim.quote)}"


def print_attribution(item: Attribution, words: str, published: date | None = None) -> str:
    """Print an attribution as one line.

    Args:
        item: Any attribution.
        words: The words of its content, for the reader; parsing leaves them out.
        published: Day to print before it.
    """
    where = [f"{item.document_id}#{_span(item.cue)}"]
    where += _pairs(
        says=_spans(item.content),
        by=_maybe_span(item.speaker_span),
        stance=_maybe_span(item.stance_words),
        hedged=_spans(item.hedges),
        inside=item.inside,
    )
    head = [_parties(item.speakers), item.stance, "says", _name(item.cue_entry), item.quotation]
    head += _pairs(
        to=_parties(item.targets) if item.targets else None,
        via=_parties(item.via) if item.via else None,
        at=_time(item.said_at),
        kept=None if item.is_claim else "no",
    )
    if published is not None:
        head.insert(0, published.isoformat())
    return f"{' '.join(head)} [{' '.join(where)}] {_string(words)}"


def _print_payload(payload: Payload) -> list[str]:
    match payload:
        case Event():
            return [
                "event",
                "/".join((payload.type, *payload.modes)),
                _parties(payload.actors),
                ">",
                _parties(payload.recipients),
                *_pairs(
                    at=_place(payload.place),
                    on=_time(payload.time),
                    told=payload.telling,
                    object=_maybe_span(payload.object),
                ),
            ]
        case Casualty():
            return [
                payload.outcome,
                _count(payload.count),
                payload.category,
                *_pairs(
                    of=_parties(payload.side) if payload.side else None,
                    group=None if payload.subgroup is None else _name(payload.subgroup),
                ),
                payload.measure,
                *_pairs(
                    relation=payload.relation,
                    period=_time(payload.period),
                    as_of=_time(payload.as_of),
                    since=_maybe_span(payload.since),
                    at=_place(payload.place),
                    part_of=_maybe_span(payload.part_of),
                    includes=_spans(payload.includes),
                    replaces=_maybe_span(payload.supersedes),
                    words=None if payload.outcome_words is None else _string(payload.outcome_words),
                    background="yes" if payload.background else None,
                    flags=",".join(_name(flag) for flag in payload.flags) or None,
                ),
            ]
        case Ceasefire():
            return [
                "ceasefire",
                _name(payload.status),
                _parties(payload.parties),
                *_pairs(
                    broker=_parties(payload.brokers) if payload.brokers else None,
                    on=_time(payload.effective),
                    at=_place(payload.place),
                    terms=None if payload.terms is None else _name(payload.terms),
                    breach_by=_parties(payload.breach_alleged_by)
                    if payload.breach_alleged_by
                    else None,
                    background="yes" if payload.background else None,
                ),
            ]
        case Position():
            return [
                "position",
                payload.act,
                _parties(payload.holders),
                ">",
                _parties(payload.addressees),
                *_pairs(what=_maybe_span(payload.what)),
            ]
        case Withheld():
            return [
                "withheld",
                _parties(payload.owners),
                *_pairs(what=_maybe_span(payload.what), since=_time(payload.since)),
            ]


def _pairs(**values: str | None) -> list[str]:
    return [f"{key}={value}" for key, value in values.items() if value is not None and value != ""]


def _string(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _name(words: str) -> str:
    return words.replace(" ", "_") if _BARE.match(words) else _string(words)


def _party(party: Party) -> str:
    return _name(party.root) if party.unit is None else f"{_name(party.root)}/{_name(party.unit)}"


def _parties(parties: Sequence[Party]) -> str:
    return "&".join(map(_party, parties)) or "-"


def _place(place: Place | None) -> str | None:
    if place is None:
        return None
    inside = [place.gazetteer_id or ""]
    if place.within is not None:
        inside.append(_string(place.within))
    return f"{_name(place.name)}{{{'|'.join(inside)}}}"


def _time(time: Time | None) -> str | None:
    if time is None:
        return None
    return _name(time.value) if time.span is None else f"{_name(time.value)}{{{_span(time.span)}}}"


def _span(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _maybe_span(span: Span | None) -> str | None:
    return None if span is None else _span(span)


def _spans(spans: Sequence[Span]) -> str:
    return ",".join(map(_span, spans))


def _count(count: Count) -> str:
    if count == Count(count.low, count.low, "exact", count.low) and count.low is not None:
        return str(count.low)
    low = "" if count.low is None else str(count.low)
    high = "" if count.high is None else str(count.high)
    said = "" if count.said is None else f"={count.said}"
    return f"{low}..{high}/{count.qualifier}{said}"


# ---------------------------------------------------------------- parsing


def parse_claim(line: str) -> Claim:
    """Parse one line back into its claim; the trace comes back empty.

    Raises:
        NotationError: If the line is not a claim in the notation.
    """
    tokens, where, quote = _split(line)
    speakers, stance = _read_parties(next(tokens)), cast("Stance", next(tokens))
    document_id, span, pairs = _read_where(where)
    try:
        payload = _read_payload(tokens)
    except (StopIteration, KeyError, IndexError) as error:
        msg = f"the line breaks off or misses a field: {line[:80]!r}"
        raise NotationError(msg) from error
    return Claim(
        document_id=document_id,
        span=span,
        quote=quote,
        sentence=_read_span(pairs["in"]),
        payload=payload,
        speakers=speakers,
        stance=stance,
        attribution_id=pairs.get("by"),
        hedges=_read_spans(pairs.get("hedged", "")),
    )


def parse_attribution(line: str) -> Attribution:
    """Parse one line back into its attribution; the trace comes back empty.

    Raises:
        NotationError: If the line is not an attribution in the notation.
    """
    tokens, where, _ = _split(line)
    speakers, stance = _read_parties(next(tokens)), cast("Stance", next(tokens))
    if next(tokens, "") != "says":
        msg = f"an attribution has “says” after its stance: {line[:80]!r}"
        raise NotationError(msg)
    entry, quotation = _read_name(next(tokens)), cast("Quotation", next(tokens))
    keyed = _read_pairs(tokens)
    document_id, cue, pairs = _read_where(where)
    return Attribution(
        document_id=document_id,
        cue=cue,
        cue_entry=entry,
        content=_read_spans(pairs.get("says", "")),
        speakers=speakers,
        speaker_span=_read_maybe(pairs.get("by"), _read_span),
        stance=stance,
        stance_words=_read_maybe(pairs.get("stance"), _read_span),
        targets=_read_parties(keyed["to"]) if "to" in keyed else (),
        quotation=quotation,
        hedges=_read_spans(pairs.get("hedged", "")),
        via=_read_parties(keyed["via"]) if "via" in keyed else (),
        inside=pairs.get("inside"),
        said_at=_read_maybe(keyed.get("at"), _read_time),
        is_claim=keyed.get("kept") != "no",
    )


def _split(line: str) -> tuple[Iterator[str], str, str]:
    match = _LINE.match(line.strip())
    if match is None:
        msg = f"a line ends in [where] and its quoted words: {line[:80]!r}"
        raise NotationError(msg)
    tokens = _TOKEN.findall(match["head"])
    if tokens and _DATE.match(tokens[0]):
        tokens = tokens[1:]
    if len(tokens) < 3:
        msg = f"a line begins with speakers, stance and kind: {line[:80]!r}"
        raise NotationError(msg)
    return iter(tokens), match["where"], json.loads(match["quote"])


def _read_where(where: str) -> tuple[str, Span, Mapping[str, str]]:
    first, *rest = where.split(" ")
    document_id, _, span = first.partition("#")
    return document_id, _read_span(span), _read_pairs(iter(rest))


def _read_pairs(tokens: Iterator[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for token in tokens:
        key, equals, value = token.partition("=")
        if not equals:
            msg = f"expected key=value, found {token!r}"
            raise NotationError(msg)
        found[key] = value
    return found


def _read_payload(tokens: Iterator[str]) -> Payload:
    kind = next(tokens)
    readers: Mapping[str, Callable[[Iterator[str]], Payload]] = {
        "event": _read_event,
        "ceasefire": _read_ceasefire,
        "position": _read_position,
        "withheld": _read_withheld,
    }
    reader = readers.get(kind)
    return reader(tokens) if reader is not None else _read_casualty(kind, tokens)


def _read_event(tokens: Iterator[str]) -> Event:
    type_, *modes = next(tokens).split("/")
    actors = _read_parties(next(tokens))
    next(tokens)
    recipients = _read_parties(next(tokens))
    keyed = _read_pairs(tokens)
    return Event(
        type=cast("Any", type_),
        modes=tuple(modes),
        actors=actors,
        recipients=recipients,
        place=_read_maybe(keyed.get("at"), _read_place),
        time=_read_maybe(keyed.get("on"), _read_time),
        telling=cast("Any", keyed["told"]),
        object=_read_maybe(keyed.get("object"), _read_span),
    )


def _read_casualty(outcome: str, tokens: Iterator[str]) -> Casualty:
    count, category = _read_count(next(tokens)), next(tokens)
    rest = list(tokens)
    measure = next(token for token in rest if "=" not in token)
    keyed = _read_pairs(iter(token for token in rest if token != measure))
    return Casualty(
        count=count,
        outcome=cast("Any", outcome),
        outcome_words=_read_maybe(keyed.get("words"), json.loads),
        category=cast("Any", category),
        subgroup=_read_maybe(keyed.get("group"), _read_name),
        side=_read_parties(keyed["of"]) if "of" in keyed else (),
        relation=cast("Any", keyed["relation"]),
        measure=cast("Any", measure),
        period=_read_maybe(keyed.get("period"), _read_time),
        as_of=_read_maybe(keyed.get("as_of"), _read_time),
        since=_read_maybe(keyed.get("since"), _read_span),
        place=_read_maybe(keyed.get("at"), _read_place),
        part_of=_read_maybe(keyed.get("part_of"), _read_span),
        includes=_read_spans(keyed.get("includes", "")),
        supersedes=_read_maybe(keyed.get("replaces"), _read_span),
        background="background" in keyed,
        flags=tuple(map(_read_name, _comma(keyed.get("flags", "")))),
    )


def _read_ceasefire(tokens: Iterator[str]) -> Ceasefire:
    status, parties = _read_name(next(tokens)), _read_parties(next(tokens))
    keyed = _read_pairs(tokens)
    return Ceasefire(
        status=cast("Any", status),
        brokers=_read_parties(keyed["broker"]) if "broker" in keyed else (),
        parties=parties,
        effective=_read_maybe(keyed.get("on"), _read_time),
        place=_read_maybe(keyed.get("at"), _read_place),
        terms=_read_maybe(keyed.get("terms"), _read_name),
        breach_alleged_by=_read_parties(keyed["breach_by"]) if "breach_by" in keyed else (),
        background="background" in keyed,
    )


def _read_position(tokens: Iterator[str]) -> Position:
    act, holders = next(tokens), _read_parties(next(tokens))
    next(tokens)
    addressees = _read_parties(next(tokens))
    keyed = _read_pairs(tokens)
    return Position(
        act=cast("Any", act),
        holders=holders,
        addressees=addressees,
        what=_read_maybe(keyed.get("what"), _read_span),
    )


def _read_withheld(tokens: Iterator[str]) -> Withheld:
    owners = _read_parties(next(tokens))
    keyed = _read_pairs(tokens)
    return Withheld(
        owners=owners,
        what=_read_maybe(keyed.get("what"), _read_span),
        since=_read_maybe(keyed.get("since"), _read_time),
    )


def _read_maybe(words: str | None, reader: Callable[[str], _T]) -> _T | None:
    return None if words is None else reader(words)


def _read_name(words: str) -> str:
    return str(json.loads(words)) if words.startswith('"') else words.replace("_", " ")


def _read_party(words: str) -> Party:
    names = [match.group() for match in _NAME.finditer(words)]
    return Party(_read_name(names[0]), _read_name(names[1]) if len(names) > 1 else None)


def _read_parties(words: str) -> tuple[Party, ...]:
    if words == "-":
        return ()
    found: list[str] = [""]
    for part in re.findall(r"\"(?:\\.|[^\"\\])*\"|&|[^\"&]+", words):
        if part == "&":
            found.append("")
        else:
            found[-1] += part
    return tuple(map(_read_party, found))


def _read_place(words: str) -> Place:
    match = re.match(
        r"(?P<name>\"(?:\\.|[^\"\\])*\"|[^{\"]+)\{(?P<id>[^|}]*)(?:\|(?P<within>\"(?:\\.|[^\"\\])*\"))?\}\Z",
        words,
    )
    if match is None:
        msg = f"a place is written name{{id}}: {words!r}"
        raise NotationError(msg)
    return Place(
        name=_read_name(match["name"]),
        gazetteer_id=match["id"] or None,
        within=_read_maybe(match["within"], json.loads),
    )


def _read_time(words: str) -> Time:
    match = re.match(r"(?P<value>\"(?:\\.|[^\"\\])*\"|[^{\"]+)(?:\{(?P<span>\d+-\d+)\})?\Z", words)
    if match is None:
        msg = f"a time is written value{{start-end}}: {words!r}"
        raise NotationError(msg)
    return Time(_read_name(match["value"]), _read_maybe(match["span"], _read_span))


def _read_span(words: str) -> Span:
    start, dash, end = words.partition("-")
    if not dash or not start.isdigit() or not end.isdigit():
        msg = f"a span is written start-end: {words!r}"
        raise NotationError(msg)
    return Span(int(start), int(end))


def _comma(words: str) -> list[str]:
    return re.findall(r"(?:\"(?:\\.|[^\"\\])*\"|[^\",])+", words)


def _read_spans(words: str) -> tuple[Span, ...]:
    return tuple(map(_read_span, _comma(words)))


def _read_count(words: str) -> Count:
    match = _COUNT.match(words)
    if match is None:
        msg = f"a count is written low..high/qualifier=said: {words!r}"
        raise NotationError(msg)
    low = int(match["low"]) if match["low"] else None
    if match["dots"] is None:
        return Count(low, low, "exact", low)
    high = int(match["high"]) if match["high"] else None
    said = int(match["said"]) if match["said"] else None
    return Count(low, high, cast("Qualifier", match["qualifier"]), said)
