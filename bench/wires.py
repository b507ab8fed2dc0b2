"""Wires measured: pairs of reports of one origin, on pairs of our own and on a development corpus."""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench.results import keep
from counterclaim.link.wires import WINDOW, find_tie, find_wires, make_wire_text
from counterclaim.records.text import Document

GOLD = Path(__file__).parent / "gold" / "wires.jsonl"
"""Rows of two kinds: ``text`` (published, outlet, words) and pairs (left, right, one, by, kind, half). The half
``aside`` was looked at by nobody while the rules were made."""

LEAST_RUN = 0.5
"""Share of runs of five words in common that makes two reports of a corpus copies, for the second measurement."""

Row = dict[str, Any]


def read_gold() -> tuple[dict[str, Document], list[Row]]:
    """Read the texts, by name, and the pairs."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    texts = {
        row["text"]: Document(
            text=row["words"],
            name=row["text"],
            outlet=row["outlet"],
            published=date.fromisoformat(row["published"]),
        )
        for row in rows
        if "text" in row
    }
    return texts, [row for row in rows if "left" in row]


def score(texts: dict[str, Document], pairs: Sequence[Row]) -> dict[str, Any]:
    """Score pairs: precision, recall and F1 of "of one origin", and how often the reason is the right one."""
    told: Counter[str] = Counter()
    right_reason = 0
    wrong: list[Row] = []
    for pair in pairs:
        tie = find_tie(make_wire_text(texts[pair["left"]]), make_wire_text(texts[pair["right"]]))
        outcome = f"{'true' if (tie is not None) == pair['one'] else 'false'} {tie is not None}"
        told[outcome] += 1
        right_reason += tie is not None and tie.by == pair["by"]
        if outcome.startswith("false"):
            wrong.append({**pair, "found": None if tie is None else tie.by})
    hits = told["true True"]
    precision = hits / (hits + told["false True"]) if hits else 0.0
    recall = hits / (hits + told["false False"]) if hits else 0.0
    return {
        "pairs": len(pairs),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * hits / (2 * hits + told["false True"] + told["false False"]), 4)
        if hits
        else 0.0,
        "right reason": round(right_reason / hits, 4) if hits else 0.0,
        "wrong": wrong,
    }


def run_wires(shared: Path) -> int:
    """Print and keep the figures of both halves, by kind, and of a corpus of reports where it is there."""
    texts, pairs = read_gold()
    figures: dict[str, Any] = {}
    for half in ("tuned", "aside"):
        figures[half] = score(texts, [pair for pair in pairs if pair["half"] == half])
    kinds: defaultdict[str, list[Row]] = defaultdict(list)
    for pair in pairs:
        kinds[pair["kind"]].append(pair)
    figures["right by kind"] = {
        kind: f"{len(rows) - len(score(texts, rows)['wrong'])} of {len(rows)}"
        for kind, rows in kinds.items()
    }
    corpus = shared / "corpus" / "war" / "texts.jsonl"
    if corpus.exists():
        figures["development corpus"] = score_corpus(corpus)
    else:
        sys.stderr.write(f"skipped: {corpus} is not there\n")
    keep("wires", figures)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    return 0


def score_corpus(source: Path) -> dict[str, Any]:
    """Compare the wires of a corpus with its pairs that share half their runs of words: none may be missed."""
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    documents = [
        Document(
            text=row["text"],
            name=row["id"],
            outlet=row.get("outlet"),
            published=date.fromisoformat(row["published"]) if row.get("published") else None,
        )
        for row in rows
    ]
    days = {item.id: item.published or date.min for item in documents}
    wires = find_wires(documents)
    found = {(tie.left, tie.right) for tie in wires.ties if tie.by != "statement"}
    copies = {
        pair for pair in _copies(documents) if abs((days[pair[0]] - days[pair[1]]).days) <= WINDOW
    }
    return {
        "reports": len(documents),
        "copies": len(copies),
        "copies found": sum(pair in found or pair[::-1] in found for pair in copies),
        "ties": [
            {
                "by": tie.by,
                "share": tie.share,
                "left": tie.left_words[:160],
                "right": tie.right_words[:160],
            }
            for tie in wires.ties
        ],
    }


def _copies(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    texts = [make_wire_text(item) for item in documents]
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            shared = len(one.runs & other.runs)
            if shared >= LEAST_RUN * min(len(one.runs), len(other.runs)):
                yield one.document_id, other.document_id
