"""Peers: this engine and the open attribution engines that install from registries, side by side.

Every system reads the same documents in a process of its own, so that none pays for another's
imports or memory. Peers that are not installed are named and left out.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.results import keep
from bench.rows import warm
from bench.tasks import attribution, use

Row = dict[str, Any]
Reader = Callable[[Row], Row]

PARTS = ("cue overlap", "source match", "content partial", "triple")
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Peer:
    """One system to measure."""

    name: str
    package: str
    """That it needs."""
    start: Callable[[], Reader]
    """Loads it, and gives what reads a row."""


def _ours(*, rules_only: bool) -> Reader:
    use(rules_only=rules_only)
    warm("attribution")
    return attribution


def _textacy() -> Reader:
    """Load textacy's direct quotations, run a paragraph at a time.

    Over whole documents it refuses every one that has an odd number of quotation marks; a paragraph
    that it refuses gives nothing here.
    """
    from textacy.extract.triples import (  # noqa: PLC0415 - only in its own process
        direct_quotations,
    )

    from counterclaim.pipeline.resources import load_tools  # noqa: PLC0415

    nlp = load_tools(rules_only=True).parser.nlp

    def read(row: Row) -> Row:
        found: list[Row] = []
        for start, line in _lines(row["text"]):
            try:
                quotes = list(direct_quotations(nlp(line)))
            except ValueError:
                continue
            found.extend(
                {
                    "source": _covered(start, quote.speaker),
                    "cue": _covered(start, quote.cue),
                    "content": _covered(start, quote.content),
                }
                for quote in quotes
            )
        return {"doc_id": row["doc_id"], "attributions": found}

    return read


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line
        start += len(line)


def _covered(start: int, tokens: Sequence[Any]) -> list[list[int]]:
    words = list(tokens)
    if not words:
        return []
    return [[start + words[0].idx, start + words[-1].idx + len(words[-1])]]


PEERS = (
    Peer("counterclaim", "counterclaim", lambda: _ours(rules_only=False)),
    Peer("counterclaim, rules only", "counterclaim", lambda: _ours(rules_only=True)),
    Peer("textacy direct_quotations", "textacy", _textacy),
)


def run_peers(source: Path, shared: Path) -> int:
    """Run every installed system over a file of gold attributions and print the table."""
    scorer = shared / "bench" / "score_attribution.py"
    if not source.exists() or not scorer.exists():
        print(f"peers need {source} and {scorer}: nothing measured; give IN.jsonl and --shared")
        return 0
    table: dict[str, Row] = {}
    for peer in PEERS:
        if importlib.util.find_spec(peer.package) is None:
            print(f"{peer.name}: not installed (uv sync --group bench); left out")
            continue
        table[peer.name] = _measure(peer, source, scorer)
    _show(table)
    keep("peers", {"corpus": source.name, "systems": table})
    return 0


def _measure(peer: Peer, source: Path, scorer: Path) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "out.jsonl"
        told = subprocess.run(
            [sys.executable, "-m", "bench.peers", peer.name, str(source), str(predicted)],
            check=True,
            capture_output=True,
            text=True,
        )
        rate = float(told.stdout.split()[-1])
        figures: Row = {"documents_per_second": round(rate, 2)}
        for subset in ("all", *KINDS):
            scored = subprocess.run(
                [
                    sys.executable,
                    str(scorer),
                    "--json",
                    "--subset",
                    subset,
                    str(source),
                    str(predicted),
                ],
                check=True,
                capture_output=True,
                text=True,
            )
            figures[subset] = _figures(json.loads(scored.stdout))
    return figures


def _figures(scores: Row) -> Row:
    return {
        part: {key: round(float(scores[part][key]), 3) for key in ("p", "r", "f1")}
        for part in PARTS
    }


def _show(table: dict[str, Row]) -> None:
    print(
        f"{'system':28}{'docs/s':>8}  "
        + "".join(f"{part + ' P/R/F1':>24}" for part in PARTS)
        + "".join(f"{kind:>10}" for kind in KINDS)
    )
    for name, figures in table.items():
        parts = "".join(
            f"{'/'.join(format(figures['all'][part][key], '.3f') for key in ('p', 'r', 'f1')):>24}"
            for part in PARTS
        )
        kinds = "".join(f"{figures[kind]['triple']['f1']:10.3f}" for kind in KINDS)
        print(f"{name:28}{figures['documents_per_second']:8.2f}  {parts}{kinds}")


def main() -> None:
    """Run one system over a file; its documents per second are the last word printed."""
    name, source, target = sys.argv[1:4]
    read = next(peer for peer in PEERS if peer.name == name).start()
    rows = [json.loads(line) for line in Path(source).read_text("utf-8").splitlines()]
    read({"doc_id": "warm", "text": rows[0]["text"]})
    started = time.perf_counter()
    found = [read(row) for row in rows]
    seconds = time.perf_counter() - started
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    Path(target).write_text("".join(lines), "utf-8")
    print(len(rows) / seconds)


if __name__ == "__main__":
    main()
