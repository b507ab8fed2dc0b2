"""Reports of our own making, as many as are wanted: for measuring the ledger, never the reading."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from counterclaim.pipeline.read import judge, read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.account import Account
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Claim, Event, Payload
from counterclaim.records.count import exactly
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Time
from counterclaim.segment import segment_document

BEGIN = date(2019, 1, 1)
PARTIES = tuple(
    f"{name}{end}"
    for name in ("Arden", "Kestr", "Ost", "Var", "Mor", "Tal", "Bel", "Sor", "Ner", "Lur")
    for end in ("ia", "land", "mark", "stan")
)
"""Forty parties in twenty wars."""
PLACES = tuple(
    f"{name}{end}"
    for name in (
        "Al",
        "Bra",
        "Cor",
        "Dun",
        "Els",
        "Fal",
        "Gor",
        "Hal",
        "Ilm",
        "Jor",
        "Kal",
        "Lom",
        "Mar",
        "Nol",
        "Orm",
        "Pel",
        "Quo",
        "Ral",
        "Sel",
        "Tor",
    )
    for end in ("ton", "burg", "wick", "ford", "grad")
)
OUTLETS = tuple(
    f"The {name}"
    for name in (
        "Bugle",
        "Courier",
        "Dispatch",
        "Echo",
        "Gazette",
        "Herald",
        "Ledger",
        "Mail",
        "News",
        "Observer",
    )
)


def write_reports(path: Path, number: int, tools: Tools) -> tuple[Reading, ...]:
    """Write short reports as JSON lines, and give them as read.

    Args:
        path: File to write.
        number: How many.
        tools: What reads them.
    """
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    rows = []
    for index in range(number):
        killed, wounded, total = (
            chance.randint(2, 90),
            chance.randint(2, 90),
            chance.randint(200, 900),
        )
        text = (
            f"Azerbaijan said on Monday that {killed} of its soldiers had been killed near Fuzuli. Armenia denied that it "
            f"had shelled the town and said {wounded} civilians were wounded. {total} people have died since the "
            f"fighting began, Armenia said. Report {index}.\n"
        )
        rows.append(
            {"text": text, "id": str(index), "published": (BEGIN + timedelta(index)).isoformat()}
        )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tuple(
        read_document(
            Document(
                text=row["text"],
                name=f"{path.name}#{row['id']}",
                published=date.fromisoformat(row["published"]),
                published_basis="given",
            ),
            tools=tools,
        )
        for row in rows
    )


DENSE, SPREAD = "dense", "spread"
"""Corpora: the same five years told ever more often, or the same number of reports a day for ever longer."""

DAILY = 10
"""Reports a day of the spread corpus."""
SCENES = 12
"""Happenings a day of the spread corpus: each is told by some four reports."""

Plan = tuple[str, str, str, int]
"""A happening: its doer, its sufferer, the town, the dead."""


def make_readings(
    claims: int, seed: int = 1, first: int = 0, *, corpus: str = DENSE, begin: date = BEGIN
) -> Iterator[Reading]:
    """Yield readings as they would come of reports, made without a parser, until they hold so many claims.

    Each report tells of three to six things in twenty wars on one day: a strike, as its doer and as its
    sufferer tell it, a day's dead and a running total. Reports of the dense corpus fall on any day of five
    years, each with happenings of its own: the more there are, the more of them meet. Those of the spread
    corpus come ``DAILY`` a day, one day after the other, and share the day's happenings.

    Args:
        claims: At least so many.
        seed: Another gives other reports.
        first: Number of the first report, in its name.
        corpus: ``DENSE`` or ``SPREAD``.
        begin: First day of the spread corpus.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    made, number = 0, first
    while made < claims:
        if corpus == SPREAD:
            day = begin + timedelta(days=(number - first) // DAILY)
            plans = chance.sample(_scenes(day), chance.randint(3, 6))
        else:
            day = BEGIN + timedelta(days=chance.randrange(5 * 365))
            plans = [_make_plan(chance) for _ in range(chance.randint(3, 6))]
        reading = _make_reading(number, day, plans, chance.choice(OUTLETS))
        made += len(reading.claims)
        number += 1
        yield reading


def _scenes(day: date) -> list[Plan]:
    """Return what happened on a day of the spread corpus, whoever tells of it."""
    chance = random.Random(day.toordinal())  # noqa: S311 - repeatable, not secret
    return [_make_plan(chance) for _ in range(SCENES)]


def _make_plan(chance: random.Random) -> Plan:
    war = chance.randrange(len(PARTIES) // 2)
    doer, sufferer = chance.sample([PARTIES[2 * war], PARTIES[2 * war + 1]], 2)
    return doer, sufferer, chance.choice(PLACES), chance.randint(1, 400)


def _make_reading(number: int, day: date, plans: Sequence[Plan], outlet: str) -> Reading:
    sentences: list[str] = []
    for doer, sufferer, place, count in plans:
        sentences += [
            f"{doer} admitted that its drones had struck {place}.",
            f"{sufferer} accused {doer} of shelling a market in {place}.",
            f"{sufferer} said {count} soldiers were killed there on the day.",
            f"The toll rose to {count * 7} since the fighting began, {sufferer} said.",
        ]
    text = f"Report {number} of {day}.\n\n" + " ".join(sentences) + "\n"
    document = Document(
        text=text,
        name=f"https://news.example/{number}",
        title=f"Report {number}",
        outlet=outlet,
        published=day,
        published_basis="given",
    )
    spans = []
    at = text.index("\n\n") + 2
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    attributions: list[Attribution] = []
    claims: list[Claim] = []
    for index, plan in enumerate(plans):
        _code(
            document,
            plan,
            spans[4 * index : 4 * index + 4],
            day=day,
            attributions=attributions,
            claims=claims,
        )
    sides = tuple(Party(name) for name in dict.fromkeys(plan[0] for plan in plans))
    incidents, findings = judge(document, claims, attributions, sides)
    return Reading(
        document=document,
        division=segment_document(document)[0],
        attributions=tuple(attributions),
        claims=tuple(claims),
        incidents=incidents,
        findings=findings,
        account=Account(series=(), totals=()),
        sides=sides,
        signature=MappingProxyType({"counterclaim": "bench"}),
    )


def _code(
    document: Document,
    plan: Plan,
    spans: Sequence[Span],
    *,
    day: date,
    attributions: list[Attribution],
    claims: list[Claim],
) -> None:
    """Code the four sentences of one happening."""
    doer, sufferer = Party(plan[0], kind="state"), Party(plan[1], kind="state")
    place = Place(
        name=plan[2], gazetteer_id=f"gn:{PLACES.index(plan[2])}", precision="town", country="XX"
    )
    time = Time(day.isoformat())
    strike = Event(
        type="ASSAULT",
        modes=("drone",),
        actors=(doer,),
        recipients=(sufferer,),
        place=place,
        time=time,
    )
    toll = Casualty(
        count=exactly(plan[3]),
        outcome="killed",
        category="military",
        side=(sufferer,),
        relation="self",
        measure="new",
        period=time,
        place=place,
    )
    payloads: tuple[tuple[Party, str, Payload], ...] = (
        (doer, "admit", replace(strike, telling="admitted")),
        (sufferer, "accuse", replace(strike, modes=("heavy-weapons",), telling="alleged")),
        (sufferer, "state", toll),
        (
            sufferer,
            "state",
            replace(
                toll, count=exactly(plan[3] * 7), measure="cumulative", period=None, as_of=time
            ),
        ),
    )
    for span, (speaker, stance, payload) in zip(spans, payloads, strict=True):
        said = Attribution(
            document_id=document.id,
            cue=Span(span.start, span.start + 4),
            cue_entry="say",
            content=(span,),
            speakers=(speaker,),
            stance=stance,  # type: ignore[arg-type]
        )
        attributions.append(said)
        claims.append(
            Claim(
                document_id=document.id,
                span=span,
                quote=document.text[span.start : span.end],
                sentence=span,
                payload=payload,
                speakers=(speaker,),
                stance=stance,  # type: ignore[arg-type]
                attribution_id=said.id,
            )
        )
