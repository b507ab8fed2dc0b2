"""The texts that the gate is trained on: reports of the corpus, and news that is not about war."""

from __future__ import annotations

import csv
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "corpus"))

import load  # noqa: E402

HERE = Path(__file__).parent
CHUNK = 1_500
MOST_CHUNKS = 6


@dataclass(frozen=True, slots=True)
class Example:
    """One text with its label. ``group`` is the war, or the source of a text about something else."""

    text: str
    is_war: bool
    group: str
    kind: str


LABELS = HERE / "wikinews_labels.tsv"
"""Which articles of Wikinews tell of armed conflict, read and decided one by one; ``unsure`` is left out."""


def read_reports(folder: Path) -> list[Example]:
    """Read the corpus's reports; their marks, right or wrong, do not matter here."""
    reports = [item for path in sorted(folder.glob("*.txt")) for item in load.read_file(path)[0]]
    return [Example(item["text"], True, item["conflict"], item["kind"]) for item in reports]


def read_wikinews(paths: list[Path]) -> list[Example]:
    """Read Wikinews, labelled; what is not about war also by its later parts."""
    with LABELS.open(encoding="utf-8") as rows:
        labels = {row["title"]: row["label"] for row in csv.DictReader(rows, delimiter="\t")}
    found = []
    for path in paths:
        with path.open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                label = labels.get(row["title"], "other")
                if label == "unsure":
                    continue
                body = re.sub(r"[ ]*\n\n+", "\n\n", row["text"])
                text = f"{row['title']}\n\n{body}"
                parts = chunks(text) if label == "other" else [text]
                found += [Example(part, label == "war", f"wikinews:{row['title']}", "news") for part in parts]
    return found


def read_gum(folder: Path) -> list[Example]:
    """Read the parts of GUM that are licensed CC BY: news, interviews, articles, courts."""
    unsure = {"GUM_news_korea", "GUM_interview_peres", "GUM_interview_chomsky"}
    found = []
    for path in sorted(folder.glob("GUM_*.xml")):
        if path.stem in unsure or path.stem.split("_")[1] not in {"news", "interview", "academic", "court"}:
            continue
        blocks = []
        for block in re.split(r"</?(?:p|head|item|sp)\b[^>]*>", path.read_text("utf-8")):
            words = [line.split("\t")[0] for line in block.splitlines() if "\t" in line]
            if words:
                blocks.append(re.sub(r" ([,.;:!?'’)])", r"\1", " ".join(words)))
        found += [Example(part, False, f"gum:{path.stem}", path.stem.split("_")[1]) for part in chunks("\n".join(blocks))]
    return found


def read_near_misses() -> list[Example]:
    """Read the near misses: texts of our own with the words of war about something else."""
    found, topic = [], ""
    for block in (HERE / "near_misses.txt").read_text("utf-8").split("\n\n"):
        text = block.strip()
        if text.startswith("#"):
            first, _, text = text.partition("\n")
            topic = first.lstrip("# ")
        if text:
            found.append(Example(text, False, f"own:{len(found)}", f"near miss: {topic}"))
    return found


def chunks(text: str) -> list[str]:
    """Cut a text into parts as long as the gate looks."""
    parts = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    return [part for part in parts if len(part) > 200 or part is parts[0]][:MOST_CHUNKS]


FURNITURE = """
Home News World Politics Business Sport Culture Opinion Video Live Search Menu Sign in Register
Subscribe Newsletter Share on Facebook Share on Twitter Email this article Print Copy link Advertisement
Skip to main content Most read Related stories Read more Listen to this article Photo Getty Images
Updated hours ago min read By our correspondent Breaking news Latest headlines Terms of use Privacy
Cookies Accept all Manage preferences Contact us About us Careers Weather Markets Jobs Comments
"""


def with_furniture(text: str, chance: random.Random) -> str:
    """Put before a text what pages have around it, as a cheap extractor leaves it."""
    words = FURNITURE.split()
    start = chance.randrange(len(words))
    taken = (words * 3)[start : start + chance.randrange(5, 60)]
    return f"{' '.join(taken)}\n{text}"
