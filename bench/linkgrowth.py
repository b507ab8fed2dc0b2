"""Growth: the time per claim of linking 1,000, 10,000 and 100,000 claims of an invented war."""

import gc
import json
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from counterclaim.link.document_frequencies import KNOWN, Background, load_background
from counterclaim.link.linker import Linker
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Payload
from counterclaim.records.count import exactly
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Time

RESULTS = Path(__file__).parent / "results" / "linkgrowth.json"
SIZES = (1_000, 10_000, 100_000)
PER_DOCUMENT = 5
DOCUMENTS_A_DAY = 40
"""The longer the ledger, the more days it holds: wars are not told faster because they last."""

_SIDES = [Party(name, None, "state") for name in ("Ardenia", "Kestria", "Lowland", "Upper Varn")]
_FIRST = "Ost Varn Mill Kel Dor Lim Sar Tor Ven Hal Bren Cast Fen Gor Isk".split()
_LAST = "bridge field ford gate haven hill holm market moor ridge stead ton wick wood".split()
_HIT = "a mill,a school,the market,a bridge,a depot,the station,a clinic,a farm,the port".split(",")
_HOW = "before dawn,at noon,in the evening,after midnight,while people queued for bread".split(",")
_MODES = ("heavy-weapons", "aerial", "drone", "firearms")
_SYLLABLES = "ba de fi go ku la me ni po ra se ti vo wu ya zo".split()
_OUTLETS = [f"The {name} Courier" for name in _FIRST]


def run_growth() -> int:
    """Link each size from nothing and write bench/results/linkgrowth.json."""
    rows = []
    for size in SIZES:
        documents = list(war(size))
        gc.collect()
        linker = Linker(background())
        started = time.perf_counter()
        for document, claims in documents:
            linker.add(document, claims)
        added = time.perf_counter() - started
        incidents = linker.incidents()
        seconds = time.perf_counter() - started
        rows.append(
            {
                "claims": size,
                "documents": len(documents),
                "incidents": len(incidents),
                "seconds": round(seconds, 2),
                "adding, microseconds per claim": round(added / size * 1e6, 1),
                "microseconds per claim": round(seconds / size * 1e6, 1),
                "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
        print(rows[-1])
    growth = rows[-1]["microseconds per claim"] / rows[0]["microseconds per claim"]
    print(f"time per claim grows {growth:.2f} times from {SIZES[0]:,} to {SIZES[-1]:,}")
    result = {
        "command": "python -m bench linkgrowth",
        "rows": rows,
        "growth": round(growth, 2),
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 0


def background() -> Background:
    """Return the shipped background with the invented sides as known as real ones would be."""
    sides = {word.lower(): KNOWN for side in _SIDES for word in side.root.split()}
    return Background({**load_background().table, **sides})


def war(claims: int, seed: int = 7) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """Invent the reporting of a war: documents of ``PER_DOCUMENT`` claims, each day's about that day's happenings."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    towns = [f"{a}{b.lower()}{c}" for a in _FIRST for b in _FIRST for c in _LAST]
    for number in range(claims // PER_DOCUMENT):
        day = date(2031, 1, 1) + timedelta(days=number // DOCUMENTS_A_DAY)
        today = random.Random(f"{seed} {day}")  # noqa: S311
        scenes = [_scene(today, towns) for _ in range(12)]
        yield _report(chance, day, number, chance.sample(scenes, PER_DOCUMENT))


_Scene = tuple[Party, Party, str, str, str, str, int, str]


def _scene(chance: random.Random, towns: list[str]) -> _Scene:
    doer, other = chance.sample(_SIDES, 2)
    return (
        doer,
        other,
        chance.choice(towns),
        chance.choice(_HIT),
        chance.choice(_HOW),
        chance.choice(_MODES),
        chance.randint(1, 30),
        f"{_name(chance)} {_name(chance)}",
    )


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _report(
    chance: random.Random, day: date, number: int, scenes: list[_Scene]
) -> tuple[Document, tuple[Claim, ...]]:
    sentences = [_sentence(chance, scene) for scene in scenes]
    text = f"Report {number}.\n" + "\n".join(sentences)
    document = Document(text=text, published=day, outlet=chance.choice(_OUTLETS))
    claims, at = [], len(f"Report {number}.\n")
    for sentence, scene in zip(sentences, scenes, strict=True):
        span = Span(at, at + len(sentence))
        claims.append(_claim(chance, document, day, span, scene))
        at += len(sentence) + 1
    return document, tuple(claims)


def _sentence(chance: random.Random, scene: _Scene) -> str:
    doer, other, town, hit, how, _, number, witness = scene
    who = chance.choice(
        [f"{other} said", f"{doer} confirmed that", "Residents said", f"{witness} said"]
    )
    return f"{who} {doer} struck {hit} in {town} {how}, and {number} people of {other} were killed, {witness} among the wounded."


def _claim(
    chance: random.Random, document: Document, day: date, span: Span, scene: _Scene
) -> Claim:
    doer, other, town, _, _, mode, number, _ = scene
    kind = chance.random()
    place = Place(name=town, gazetteer_id=f"gn:{town}", precision="town", country="XA")
    payload: Payload
    if kind < 0.7:
        payload = Event(
            type="ASSAULT",
            modes=(mode,),
            actors=(doer,),
            recipients=(other,),
            place=place,
            time=Time(day.isoformat()) if chance.random() < 0.6 else None,
        )
    elif kind < 0.95:
        payload = Casualty(
            count=exactly(number),
            outcome="killed",
            side=(other,),
            place=place,
            period=Time(day.isoformat()),
        )
    else:
        payload = Ceasefire(
            status="violated", parties=(doer, other), effective=Time(day.isoformat())
        )
    return Claim(
        document_id=document.id,
        span=span,
        quote=document.text[span.start : span.end][:40],
        sentence=span,
        payload=payload,
        speakers=(chance.choice([doer, other]),),
    )
