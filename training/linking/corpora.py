"""The open sets that linking is trained and measured on, as rows of documents with their happenings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its text as it would be read, and the happenings that it tells of."""

    id: str
    text: str
    published: date | None
    gold: frozenset[str]


def gun_violence(folder: Path) -> list[Row]:
    """Registry incidents and the reports cited for each; a report may be cited for several."""
    found: dict[str, tuple[str, date, set[str]]] = {}
    for line in (folder / "gva-dev.jsonl").open(encoding="utf-8"):
        incident = json.loads(line)
        for item in incident["docs"]:
            day = date.fromisoformat(item["dct"][:10])
            found.setdefault(item["id"], (item["text"], day, set()))[2].add(incident["incident"])
    return [Row(name, text, day, frozenset(gold)) for name, (text, day, gold) in found.items()]


def ecb(folder: Path, part: str) -> list[Row]:
    """ECB+ news: each subtopic is one happening; no day of publication is kept."""
    return [
        Row(row["id"], " ".join(_sentences(row)), None, frozenset([row["subtopic"]]))
        for row in _lines(folder / f"ecbplus-{part}.jsonl")
    ]


def _lines(path: Path) -> Iterator[dict]:
    for line in path.open(encoding="utf-8"):
        yield json.loads(line)


def _sentences(row: dict) -> list[str]:
    sentences: dict[int, list[str]] = {}
    for _, number, word in row["tokens"]:
        sentences.setdefault(number, []).append({"``": '"', "''": '"'}.get(word, word))
    return [" ".join(words) for words in sentences.values()]


def actions(folder: Path, part: str) -> dict[str, dict[tuple[int, int], str]]:
    """Return the clusters of annotated actions by document and character offsets of ``ecb``'s text.

    Only those clusters that were annotated across documents; the others are of one document and would
    count as errors what is right.
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    for row in _lines(folder / f"ecbplus-{part}.jsonl"):
        at, offset = {}, 0
        for number, _, word in row["tokens"]:
            length = len({"``": '"', "''": '"'}.get(word, word))
            at[number] = (offset, offset + length)
            offset += length + 1
        spans = found.setdefault(row["id"], {})
        for mention in row["mentions"]:
            if "ACTION" in mention["type"] and mention.get("cross"):
                first, last = at[mention["tokens"][0]], at[mention["tokens"][-1]]
                spans[first[0], last[1]] = mention["cluster"]
    return found
