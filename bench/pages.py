"""Pages: how long the workbench works on each, and how large each is, over a hundred thousand and a million claims."""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient

from bench.growth import fill, multiply
from bench.reports import PARTIES, PLACES
from bench.results import RESULTS, keep
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.link import forget_texts
from counterclaim.serve import Settings, create_app
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.server import keep_what_stays
from counterclaim.service.ledger_account import memory_of

SMALL, LARGE = 100_000, 1_000_000
BUDGETS = {SMALL: 50.0, LARGE: 150.0}
"""Milliseconds of the processor at the median, by claims: those of the clock on the wall, kept beside them, depend
on what else the machine does."""

MOST_BYTES = 200_000
"""Of a page, before its charts."""

ASKED = 15
"""Times that each page is asked for, each time about something else where it can be."""

FIRST = "first asked after the start"
ANEW = "counted anew"
AGAIN = "asked again"
"""What is asked of a casualty account is asked after a report about others was filed: the account stands, the page is
made. Where a report about this side was filed, it is counted anew of claims decoded before. At the first asking after the
start they are decoded too. Asked again, the page itself is kept."""

Asking = Callable[[random.Random], str]


def askings(ledger: Ledger) -> Mapping[str, Asking]:
    """Return each page as a function that writes an address of it."""
    middle = ledger.claims(limit=200, after=str(ledger.stats().counts["claims"] // 2)).rows
    homes = [entry.incident_id for entry in middle if entry.incident_id]
    documents = [entry.claim.document_id for entry in middle]

    def one(address: str) -> Asking:
        return lambda _: address

    def of_party(address: str) -> Asking:
        return lambda chance: address + quote(chance.choice(PARTIES))

    return {
        "today": lambda chance: f"/?since=2020-01-{chance.randint(1, 28):02}",
        "incidents": one("/incidents"),
        "incidents of a party": of_party("/incidents?party="),
        "incidents of a status": one("/incidents?status=contested"),
        "incidents, single mentions too": one("/incidents?single=yes&sort=claims"),
        "incidents where both sides spoke": of_party("/incidents?both=yes&party="),
        "incidents of words": lambda chance: f"/incidents?q={chance.choice(PLACES)}",
        "who said what": one("/acts"),
        "who denied what": of_party("/acts?act=deny&party="),
        "who accused a party": of_party("/acts?act=accuse&target="),
        "an incident": lambda chance: f"/incidents/{chance.choice(homes)}",
        "casualties": one("/casualties"),
        "casualties of a side": of_party("/casualties?party="),
        "casualties of a side, first asked after the start": of_party("/casualties?party="),
        "casualties of a side, counted anew": of_party("/casualties?party="),
        "casualties of a side, asked again": of_party("/casualties?party="),
        "casualties of a side, as known on a day": of_party(
            "/casualties?known_on=2020-06-01&party="
        ),
        "casualties, own and enemy's counts of a harm": of_party(
            "/casualties?harm=killed&view=sides&party="
        ),
        "chart of a side, its specification": of_party("/casualties/chart.json?party="),
        "ceasefires": one("/ceasefires"),
        "ceasefires of a party": of_party("/ceasefires?party="),
        "positions": one("/positions"),
        "positions of a party": of_party("/positions?party="),
        "map": one("/map"),
        "map of a party": of_party("/map?party="),
        "timeline": one("/timeline"),
        "timeline of a party": of_party("/timeline?party="),
        "timeline of a party's own words": of_party("/timeline?role=speaker&party="),
        "sources": one("/sources"),
        "a source": lambda chance: f"/sources/{chance.choice(documents)}",
        "actors": one("/actors"),
        "an actor": of_party("/actors/"),
        "search": lambda chance: f"/search?q={chance.choice(PLACES)}+soldiers",
        "search, best fit": lambda chance: f"/search?order=best&q={chance.choice(PLACES)}+market",
        "discussion": one("/discussion"),
        "problems": one("/problems"),
        "method": one("/method"),
        "review": one("/review"),
        "review of one kind": one("/review?kind=casualty"),
        "review of a claim": lambda chance: f"/review/{chance.choice(middle).claim.id}",
        "review, likely the same": one("/review/pairs"),
        "review of an incident": lambda chance: f"/review/incidents/{chance.choice(homes)}",
        "rules": one("/rules"),
        "a claim by hand": lambda chance: (
            f"/sources/{chance.choice(documents)}/claim?words=soldiers&kind=casualty"
        ),
        "activity": one("/activity"),
        "imports": one("/imports"),
        "add": one("/add"),
        "API": one("/api"),
    }


def time_pages(path: Path) -> dict[str, dict[str, float]]:
    """Time every page over one ledger.

    Nothing that was made for an earlier ask is used again, no page and no account, but for the claims of casualty accounts.
    """
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    app = create_app(Settings(ledger=str(path)))
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        client.get("/method")
        keep_what_stays()
        asked = askings(app.state.ledger)
        return dict(_time_each(client, asked, chance))


def _time_each(
    client: TestClient, asked: Mapping[str, Asking], chance: random.Random
) -> Iterator[tuple[str, dict[str, float]]]:
    for name, asking in asked.items():
        client.get(asking(chance))
        spent, worked, sizes = [], [], []
        for _ in range(ASKED):
            address = asking(chance)
            _prepare(client, name, address)
            began, from_ = time.perf_counter(), time.process_time()
            answer = client.get(address)
            spent.append(1_000 * (time.perf_counter() - began))
            worked.append(1_000 * (time.process_time() - from_))
            sizes.append(len(answer.content))
            if answer.status_code != 200:
                msg = f"{address}: {answer.status_code}"
                raise RuntimeError(msg)
        row = {
            "median ms": round(statistics.median(spent), 1),
            "slowest ms": round(max(spent), 1),
            "median processor ms": round(statistics.median(worked), 1),
            "bytes": max(sizes),
        }
        print(name, row, flush=True)
        yield name, row


def _prepare(client: TestClient, name: str, address: str) -> None:
    """Bring what is kept into the state in which a page is to be asked for."""
    state = client.app.state  # type: ignore[attr-defined]  # our own app's
    memory = memory_of(state.ledger)
    if name.endswith(FIRST):
        state.ledger.losses.forget()
        memory.forget()
        forget_texts()
    elif name.endswith(ANEW):
        client.get(address)
        memory.forget(figures=False)
    elif address.startswith("/casualties"):
        client.get(address)
    if not name.endswith(AGAIN):
        state.shelf = LruCache()
        state.pages.forget()


def run_pages(source: Path | None, claims: int) -> int:
    """Time the pages over ledgers of 100,000 and a million claims; write the figures.

    Args:
        source: A ledger that ``growth`` or an earlier run made, to be timed alone; None makes both.
        claims: Of the larger ledger.
    """
    if source is not None:
        return _judge({_size(source): time_pages(source)})
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "pages.db"
        small = min(SMALL, claims)
        with open_ledger(str(path), create=True) as ledger:
            fill(ledger, small)
        found = {small: time_pages(path)}
        if claims > small:
            multiply(path, claims)
            found[claims] = time_pages(path)
    return _judge(found)


def _size(path: Path) -> int:
    with open_ledger(str(path)) as ledger:
        held = ledger.stats().counts["claims"]
    return round(held, -len(str(held)) + 2)


def _judge(found: Mapping[int, dict[str, dict[str, float]]]) -> int:
    """Keep the figures, and say which pages are over their budget."""
    path = RESULTS / "pages.json"
    before: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    keep("pages", {**before, **{f"{size:,} claims": rows for size, rows in found.items()}})
    over = [
        f"{name} over {size:,} claims"
        for size, rows in found.items()
        for name, row in rows.items()
        if row["median processor ms"] > BUDGETS.get(size, BUDGETS[LARGE])
        or row["bytes"] > MOST_BYTES
    ]
    print(f"over budget: {', '.join(over) or 'none'}")
    return 1 if over else 0
