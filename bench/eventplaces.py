"""Type and place of events against the gold: python -m bench.eventplaces OUT.jsonl GOLD.jsonl TEXTS.jsonl

The neutral scorer has no level for places, so this one adds it: an event of the gold is found when one
of ours has its type and stands in the same sentence or overlaps it; its place is found when both tell
none, or when the words of one name hold the words of the other.
"""

import argparse
import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_SMALL = frozenset(
    "the of in near at province city region district town area northern southern eastern western".split()
)


def sentences_of(text: str, place: Sequence[int]) -> set[int]:
    """Return the numbers of the sentences that a stretch of text touches."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return {
        number
        for number, (first, last) in enumerate(pairwise(cuts))
        if first < place[1] and place[0] < last
    }


def same_place(mine: str | None, gold: str | None) -> bool:
    """Return whether two place names agree: neither told, or the words of one within the other's."""
    if not mine or not gold:
        return not mine and not gold
    left, right = (set(re.findall(r"\w+", name.lower())) - _SMALL for name in (mine, gold))
    return bool(left and right) and (left <= right or right <= left)


def match_events(text: str, ours: Sequence[Row], gold: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pair events one to one, those that overlap and agree in place first."""
    pairs = []
    for left, mine in enumerate(ours):
        for right, theirs in enumerate(gold):
            if mine["type"] != theirs["type"]:
                continue
            first, second = mine["span"], theirs["span"]
            overlap = first[0] < second[1] and second[0] < first[1]
            if overlap or sentences_of(text, first) & sentences_of(text, second):
                agree = same_place(mine.get("place"), theirs.get("place"))
                pairs.append((-2 * agree - overlap, left, right))
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for _, left, right in sorted(pairs):
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            found.append((ours[left], gold[right]))
    return found


def read_rows(path: Path) -> dict[str, Row]:
    """Read JSON lines by id."""
    return {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


def score(out: Path, gold: Path, texts: Path) -> dict[str, Any]:
    """Score type, and type with place, over the texts of the gold."""
    mine, theirs, words = read_rows(out), read_rows(gold), read_rows(texts)
    counts = {"type": 0, "type+place": 0, "type+place where the gold has a place": 0}
    placed = told = wanted = 0
    for name, row in theirs.items():
        ours = mine.get(name, {}).get("events", [])
        told, wanted = told + len(ours), wanted + len(row["events"])
        placed += sum(event.get("place") is not None for event in row["events"])
        for left, right in match_events(words[name]["text"], ours, row["events"]):
            counts["type"] += 1
            agree = same_place(left.get("place"), right.get("place"))
            counts["type+place"] += agree
            counts["type+place where the gold has a place"] += (
                agree and right.get("place") is not None
            )
    return {
        level: {
            "precision": round(hits / max(1, told), 4),
            "recall": round(hits / max(1, wanted if "where" not in level else placed), 4),
            "f1": round(2 * hits / max(1, told + wanted), 4) if "where" not in level else None,
            "tp": hits,
        }
        for level, hits in counts.items()
    } | {"predicted": told, "gold": wanted}


def main() -> int:
    """Print the scores as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("out", "gold", "texts"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    print(json.dumps(score(arguments.out, arguments.gold, arguments.texts), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
