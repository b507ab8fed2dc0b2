"""Archives: documents a second from WARC to Parquet, with the gate and without, and by one process or two."""

import gzip
import html
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counterclaim.archive.pool import Here, Pool, Processes
from counterclaim.archive.run import code_archives
from counterclaim.archive.stages import ArchiveSettings, Describe, Sift
from counterclaim.archive.views import run_query

RESULTS = Path(__file__).parent / "results" / "archives.json"
WAR_SHARE = 0.05
OTHERS = ("polnear/train.jsonl", "geo/dev.jsonl", "discussion/article-and-comments-train.jsonl")
"""News, local news, and whole pages with their readers' threads; a few of them do tell of war."""


def run_archives(shared: Path, documents: int) -> int:
    """Code a mixed archive by one process, by two, and a part of it with neither gate nor copies told.

    Tools are loaded before the clocks start. Seconds of processors are told beside those of the wall, since a shared
    machine stretches the latter.

    Args:
        shared: Where the corpora are.
        documents: How many pages the archive holds, one in twenty a report on war.
    """
    corpus = shared / "corpus"
    if not (corpus / "dev" / "texts.jsonl").exists():
        print(f"no corpus at {corpus}: nothing coded; give --shared")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = write_mixed(folder / "mixed.warc.gz", corpus, documents)
        write_mixed(folder / "small.warc.gz", corpus, documents // 10)
        bare = ArchiveSettings(gate=False, copies=False)
        runs = {
            "one process": timed(folder, "mixed", Here(ArchiveSettings()), ArchiveSettings()),
            "two processes": timed(
                folder, "mixed", Processes(2, ArchiveSettings()), ArchiveSettings()
            ),
            "neither gate nor copies, a tenth": timed(folder, "small", Here(bare), bare),
        }
        _, rows = run_query(
            folder / "out-mixed-1", "SELECT name FROM documents WHERE name LIKE '%/war/%'"
        )
        same = tree(folder / "out-mixed-1") == tree(folder / "out-mixed-2")
    one, two = runs["one process"], runs["two processes"]
    plain = runs["neither gate nor copies, a tenth"]
    result = {
        "command": f"python -m bench archives --figures {documents}",
        "documents": documents,
        "runs": runs,
        "times as fast as without gate and copies": round(
            one["documents a second of processor"] / plain["documents a second of processor"], 2
        ),
        "two processes, times as fast by the wall": round(one["seconds"] / two["seconds"], 2),
        "two processes, processor time beside one": round(
            two["processor seconds"] / one["processor seconds"], 2
        ),
        "two processes, share of it in the one that writes": round(
            two["of them here"] / two["processor seconds"], 3
        ),
        "same bytes": same,
        "reports on war lost": reports - len(rows),
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    return 0 if same else 1


def timed(folder: Path, name: str, pool: Pool, settings: ArchiveSettings) -> dict[str, Any]:
    """Code an archive; return documents, seconds, and memory in megabytes."""
    for ticket in [pool.submit(Describe()) for _ in range(pool.workers)]:
        pool.settle(ticket)
    pool.settle(pool.submit(Sift(())))
    here, below = seconds_here(), seconds_below(pool)
    started = time.perf_counter()
    manifest = code_archives(
        [str(folder / f"{name}.warc.gz")],
        folder / f"out-{name}-{pool.workers}",
        settings=settings,
        pool=Kept(pool),
    )
    spent = time.perf_counter() - started
    here, below = seconds_here() - here, seconds_below(pool) - below
    pool.close()
    return {
        "documents": manifest["items"],
        "outcomes": manifest["outcomes"],
        "seconds": round(spent, 1),
        "processor seconds": round(here + below, 1),
        "of them here": round(here, 1),
        "documents a second of processor": round(manifest["items"] / (here + below), 1),
        "megabytes here at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


class Kept:
    """A pool that a run does not close, so that its processes' times can be read afterwards."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.workers = pool.workers
        self.submit, self.settle = pool.submit, pool.settle

    def close(self) -> None:
        """Leave it open."""


def seconds_here() -> float:
    """Return the processor seconds of this process."""
    return time.process_time()


def seconds_below(pool: Pool) -> float:
    """Return the processor seconds of a pool's processes, as Linux tells them."""
    found = 0.0
    for hand in getattr(pool, "_hands", ()):
        words = (
            Path(f"/proc/{hand.process.pid}/stat").read_text("ascii").rpartition(") ")[2].split()
        )
        found += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def write_mixed(path: Path, corpus: Path, count: int) -> int:
    """Write an archive of pages, some of which tell of war; return how many do."""
    chance = random.Random(5)  # noqa: S311 - a sample, no secret
    war = [text for part in ("dev", "fresh") for text in texts_of(corpus / part / "texts.jsonl")]
    others = [text for name in OTHERS for text in texts_of(corpus / name)]
    reports = min(round(count * WAR_SHARE), len(war))
    pages = [(f"https://news.example/war/{at}", war[at]) for at in range(reports)]
    for at in range(count - reports):
        text = others[at % len(others)]
        if at >= len(others):  # halves of two texts, so that no page is a copy
            other = chance.choice(others)
            text = f"{text[: len(text) // 2]}\n\n{other[len(other) // 2 :]}"
        pages.append((f"https://news.example/other/{at}", text))
    chance.shuffle(pages)
    with path.open("wb") as stream:
        for address, text in pages:
            stream.write(record(address, page(text)))
    return reports


def texts_of(path: Path) -> Iterator[str]:
    """Return the texts of a file of rows."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line).get("text")
            if text:
                yield text


def page(text: str) -> bytes:
    """Return a text as a page of some 30 KB, with the furniture that news pages have."""
    title = html.escape(text.strip().partition("\n")[0][:90])
    body = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
    links = "".join(f'<li><a href="/s/{at}">Section {at}</a></li>' for at in range(40))
    cards = "".join(
        f'<div class="card"><a href="/a/{at}"><h4>Another story of the day, number {at}</h4></a></div>'
        for at in range(60)
    )
    script = f"<script>{'var a=[];for(i=0;i<9;i++){a.push({k:i});}' * 400}</script>"
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{script}</head><body>'
        f"<nav><ul>{links}</ul></nav><main><article><h1>{title}</h1>{body}</article></main>"
        f"<aside>{cards}</aside><footer>Terms Privacy Cookies</footer></body></html>"
    ).encode("utf-8", "replace")


def record(address: str, markup: bytes) -> bytes:
    """Return a page as a packed record of a web archive."""
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + markup
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(reply)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + reply + b"\r\n\r\n", 6)
