"""Incident narratives: the least and the most killed, as a reader of all sources set them."""

import json
from datetime import date, datetime
from pathlib import Path

from bench.toll import incident_toll
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.text import Document

RESULTS = Path(__file__).parent / "results"


def run_airwars(shared: Path) -> int:
    """Compare each narrative's toll with the register's minimum and maximum of civilians killed."""
    source = shared / "corpus" / "airwars" / "dev.jsonl"
    if not source.exists():
        print(f"no narratives at {source}: nothing measured; give --shared")
        return 0
    rows = [json.loads(line) for line in source.read_text("utf-8").split("\n") if line.strip()]
    tools = load_tools()
    low = high = both = 0
    for row in rows:
        document = Document(text=row["narrative"], name=row["id"], published=_day(row["date"]))
        toll = incident_toll(read_document(document, tools=tools).claims)
        given = (0, 0) if toll is None else (toll.low, toll.high)
        gold = tuple(row["killed"] or (0, 0))
        low += given[0] == gold[0]
        high += given[1] == gold[1]
        both += given == gold
    scores = {
        "command": "python -m bench airwars",
        "narratives": len(rows),
        "minimum exact": round(low / len(rows), 4),
        "maximum exact": round(high / len(rows), 4),
        "both exact": round(both / len(rows), 4),
    }
    (RESULTS / "airwars.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    print(json.dumps(scores, indent=1))
    return 0


def _day(words: str) -> date | None:
    try:
        return datetime.strptime(words, "%B %d, %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
