"""A day of 20 feeds on loopback, with faults: what they serve hour by hour, and a program that watches them and may be killed."""

import json
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from counterclaim.alerts.rules import Secrets, read_setup
from counterclaim.alerts.running import collect, deliver
from counterclaim.ingest.fetch import make_fetcher, make_poller
from counterclaim.ingest.http_client import Reply, send
from counterclaim.ingest.url_safety import Target
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.reader_process import OwnReader, Reads
from counterclaim.records.feed import Feed
from counterclaim.service.feed_watcher import FeedWatcher, Seen

START = datetime(2024, 5, 20, 6, 0, tzinfo=UTC)
HOURS = 14
STEP = timedelta(hours=2)
PUBLIC = "93.184.216.34"
"""What every name resolves to; the request then goes to the test's own server."""

LEAD = "Ukraine said on Monday that 12 of its soldiers were killed when a bomb struck a barracks near Kharkiv."
MORE = "The bomb went through the roof of the canteen shortly after breakfast, residents of the village told reporters at the gate."
REPORTS: Mapping[str, str] = {
    "wire": f"KHARKIV (AFP) - {LEAD} {MORE}",
    "wire-cut": LEAD + " The barracks had been empty for most of the winter, and was full again since the spring began.",
    "wire-local": f"Old neighbours in Cork lit candles for the dead of the war on Monday night. {LEAD} {MORE}",
    "shelling": "Ukraine accused Russia of shelling Odesa on Monday. The city council said that trams would not run before the morning.",
    "denial": "Russia denied shelling Odesa on Monday. The ministry in Moscow said that its guns were silent along the whole of that coast.",
    "denial-again": "Russia denied on Monday that it had been shelling Odesa. Its embassy in Vienna sent the same words to all who asked.",
    "toll": "Ukraine said on Monday that 30 of its soldiers were killed near Bakhmut. It was the heaviest day of the month there, it said.",
    "edited": "Ukraine said on Monday that 5 of its soldiers were killed near Sumy. The road to the north was closed until the evening.",
    "edited-later": "Ukraine said on Monday that 8 of its soldiers were killed near Sumy. The road to the north was closed until the evening.",
    "football": "The home side won by two goals to one on Monday evening, and the crowd sang all the way to the station afterwards.",
    "late": "Ukraine said on Monday that 21 of its soldiers were killed near Kupiansk. The river there had risen and the bridge was down.",
}  # fmt: skip
"""Words of each report, by name."""

ANNOUNCED: Mapping[str, tuple[str, ...]] = {
    "bugle": ("wire",),
    "post": ("wire-cut",),
    "gazette": ("wire-local", "football"),
    "tribune": ("shelling",),
    "herald": ("denial",),
    "mirror": ("denial-again",),
    "courier": ("toll",),
    "edits": ("edited",),
    "aggregator": ("wire", "toll", "denial"),
    "slow": ("shelling",),
    "moved": ("late",),
    "broken": (),
    "gone": (),
    "flapping": ("football",),
    "json": ("toll",),
    "sitemap": ("denial-again",),
    "page": ("wire-cut",),
    "empty": (),
    "dropping": ("late",),
    "cut-off": (),
}
"""Reports that each of the 20 feeds announces. What one announces stands on its own host but for the aggregator's."""

HOMES = {
    "wire": "bugle", "wire-cut": "post", "wire-local": "gazette", "football": "gazette", "shelling": "tribune",
    "denial": "herald", "denial-again": "mirror", "toll": "courier", "edited": "edits", "late": "dropping",
}  # fmt: skip

DOCUMENTS = frozenset(f"https://{home}.example/{name}" for name, home in HOMES.items())
"""What the ledger must hold at the end of the day, each once."""

ALERTS = (
    "killed: 12 killed of Ukraine, says Ukraine",
    "killed: 30 killed of Ukraine, says Ukraine",
    "killed: 21 killed of Ukraine, says Ukraine",
    "killed: 5 killed of Ukraine, says Ukraine",
    "killed: 8 killed of Ukraine, says Ukraine",
    "denials: Russia denies",
)
"""What must be told, made by hand: each thing once, though wires, aggregators and two denials tell some of them often."""

RULES = """
channels:
  log: {kind: file, path: told.jsonl}
rules:
  - {name: killed, when: a new figure, side: Ukraine, outcome: killed, to: log}
  - {name: denials, when: a denial, party: Russia, to: log}
"""


class Clock:
    """A clock that stands in a file, so that whoever is killed goes on at its hour."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> datetime:
        if not self._path.exists():
            return START
        return datetime.fromisoformat(self._path.read_text("utf-8"))

    def later(self, by: timedelta) -> None:
        partial = self._path.with_suffix(".partial")
        partial.write_text((self() + by).isoformat(), "utf-8")
        partial.replace(self._path)

    def sleep(self, seconds: float) -> None:
        self.later(timedelta(seconds=seconds))


class World:
    """The 20 feeds' server."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asked: dict[str, int] = {}
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host = self.headers["Host"].partition(":")[0].removesuffix(".example")
                status, headers, body = world.answer(host, self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header(
                    "Content-Length", str(len(body) + (99 if host == "cut-off" else 0))
                )
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                del args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, host: str, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return what a host says at this hour."""
        if path == "/robots.txt":
            return 404, {}, b""
        age = self._clock() - START
        if path != "/feed":
            return self._page(path.strip("/"), age)
        self._asked[host] = self._asked.get(host, 0) + 1
        match host:
            case "slow":
                time.sleep(0.3)
            case "moved":
                return 301, {"Location": "https://dropping.example/feed"}, b""
            case "broken":
                return 200, {"Content-Type": "application/rss+xml"}, b"<html><p>maintenance</p>"
            case "gone":
                return 410, {}, b""
            case "flapping" if self._asked[host] % 2:
                return 503, {"Retry-After": "600"}, b""
            case "dropping" if age > timedelta(hours=3):
                return 200, {"Content-Type": "application/rss+xml"}, rss([]).encode()
        names = [f"https://{HOMES[name]}.example/{name}" for name in ANNOUNCED[host]]
        if host == "json":
            return (
                200,
                {"Content-Type": "application/feed+json"},
                json.dumps(
                    {
                        "version": "https://jsonfeed.org/version/1.1",
                        "items": [{"url": name, "title": "T"} for name in names],
                    }
                ).encode(),
            )
        if host == "sitemap":
            rows = "".join(f"<url><loc>{name}</loc></url>" for name in names)
            return 200, {"Content-Type": "text/xml"}, f"<urlset>{rows}</urlset>".encode()
        if host == "page":
            rows = "".join(f"<a href='{name}'>T</a><a href='/about'>About</a>" for name in names)
            return 200, {"Content-Type": "text/html"}, f"<html>{rows}</html>".encode()
        return 200, {"Content-Type": "application/rss+xml"}, rss(names).encode()

    def _page(self, name: str, age: timedelta) -> tuple[int, dict[str, str], bytes]:
        if name == "late" and age < timedelta(hours=1):
            return 500, {}, b""
        if name == "edited" and age > timedelta(hours=5):
            name = "edited-later"
        words = REPORTS[name]
        page = f"<html><head><meta property='article:published_time' content='2024-05-20'></head><body><article><p>{words}</p></article></body></html>"
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()


def rss(names: list[str]) -> str:
    """Write a feed of addresses."""
    items = "".join(
        f"<item><title>T</title><link>{name}</link><source url='https://x.example'>The {name.split('/')[2].removesuffix('.example').title()}</source></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>"


def feeds() -> list[Feed]:
    """Return the 20 feeds."""
    kinds = {
        "sitemap": {"kind": "sitemap"},
        "page": {"kind": "page", "select": r"\.example/[\w-]+$"},
    }
    return [
        Feed(address=f"https://{name}.example/feed", every_minutes=120, **kinds.get(name, {}))  # type: ignore[arg-type]  # fields by name
        for name in ANNOUNCED
    ]


def watch_once(ledger: Ledger, reader: Reads, port: int, clock: Clock) -> list[Seen]:
    """Ask what is due at this hour, over real sockets."""

    def go(target: Target, ip: str, headers: Mapping[str, str], limit: int) -> Reply:
        del ip
        here = replace(target, scheme="http", port=port)
        return send(here, "127.0.0.1", headers, limit)

    def resolve(host: str, port: int) -> tuple[str, ...]:
        del host, port
        return (PUBLIC,)

    watch = FeedWatcher(
        ledger,
        feeds(),
        reader,
        poll=make_poller(resolve=resolve, send=go),
        fetch=make_fetcher(resolve=resolve, send=go),
        now=clock,
        sleep=clock.sleep,
    )
    return list(watch.once())


def live(folder: Path, port: int, reader: Reads) -> None:
    """Go through the rest of the day: watch, alert, wait."""
    clock = Clock(folder / "clock")
    rules = folder / "alerts.yaml"
    rules.write_text(RULES, "utf-8")
    setup, secrets = read_setup(rules), Secrets(None, {})
    with open_ledger(str(folder / "day.db"), now=clock) as ledger:
        while clock() < START + timedelta(hours=HOURS):
            watch_once(ledger, reader, port, clock)
            outcome = collect(ledger, setup, clock(), START - timedelta(days=1))
            deliver(ledger, setup, secrets, clock(), outcome)
            clock.later(STEP)


if __name__ == "__main__":
    from counterclaim.pipeline.resources import load_tools

    live(Path(sys.argv[1]), int(sys.argv[2]), OwnReader(load_tools()))
