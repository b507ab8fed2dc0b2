"""Pictures of every page of the workbench, over the demo report, for the documentation."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.workbench import find_chromium, make_demo_ledger, serving
from counterclaim.ledger import open_ledger

FOLDER = Path("docs/img/workbench")
MOST_BYTES = 150_000
WIDE, SMALL, PHONE = (1280, 720), (1000, 560), (390, 760)


@dataclass(frozen=True)
class Picture:
    """One picture: of which page, how wide, on which ground."""

    name: str
    address: str
    size: tuple[int, int] = WIDE
    dark: bool = False


def pictures(ledger: str) -> Iterator[Picture]:
    """List what is drawn."""
    with open_ledger(ledger) as kept:
        document = kept.documents().rows[0].id
        cards = kept.incidents().rows
    agreed = next(
        card.id for card in cards if any(s.status == "agreed_by_both" for s in card.slots)
    )
    pages = {
        "start": "/start",
        "today": "/?since=2020-01-01",
        "incidents": "/incidents",
        "incident": f"/incidents/{agreed}",
        "acts": "/acts",
        "casualties": "/casualties",
        "ceasefires": "/ceasefires",
        "positions": "/positions",
        "map": "/map?on=2020-10-14",
        "timeline": "/timeline",
        "sources": "/sources",
        "source": f"/sources/{document}",
        "making": f"/sources/{document}/claim?words=ballistic+missile+launcher&kind=event",
        "actors": "/actors",
        "actor": "/actors/Azerbaijan",
        "search": "/search?q=killed",
        "discussion": "/discussion",
        "problems": "/problems",
        "method": "/method",
        "review": "/review",
        "pairs": "/review/pairs",
        "add": "/add",
    }
    for name, address in pages.items():
        yield Picture(
            name, address, SMALL if name in {"source", "review", "acts", "map", "method"} else WIDE
        )
    phone = ("incident", "source", "timeline")
    yield from (Picture(f"{name}-phone", pages[name], PHONE) for name in phone)
    yield Picture("source-dark", pages["source"], SMALL, dark=True)


def run_screenshots(folder: Path | None) -> int:
    """Draw every page; 0 when each picture was small enough, 2 without a browser."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra of developers
    except ImportError:
        sys.stderr.write("screenshots need playwright: uv sync --group browser\n")
        return 2
    target = folder or FOLDER
    target.mkdir(parents=True, exist_ok=True)
    large: list[str] = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        ledger = make_demo_ledger(Path(scratch) / "demo.db")
        browser = play.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-lcd-text"]
        )
        with serving(ledger) as address:
            for picture in pictures(ledger):
                page = browser.new_page(
                    viewport={"width": picture.size[0], "height": picture.size[1]},
                    color_scheme="dark" if picture.dark else "light",
                )
                page.goto(address + picture.address, wait_until="networkidle")
                path = target / f"{picture.name}.png"
                page.screenshot(path=path)
                page.close()
                size = path.stat().st_size
                print(f"{path} {size:,} bytes")
                large += [picture.name] if size > MOST_BYTES else []
        browser.close()
    if large:
        sys.stderr.write(f"larger than {MOST_BYTES:,} bytes: {', '.join(large)}\n")
    return 1 if large else 0
