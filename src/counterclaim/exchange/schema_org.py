"""schema.org Claim: who claims what, where it appeared. No rating and no review: the program gives none."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from counterclaim.exchange.cells import counted, flat, why_left_out, words
from counterclaim.exchange.losses import Losses
from counterclaim.records.flat import FlatRow

CONTEXT = ["https://schema.org", {"cc": "urn:counterclaim:"}]

CARRIES = (
    "id", "speakers", "stance", "sentence", "quote", "kind", "outlet", "title", "address", "published", "reader",
    "permalink", "status",
)  # fmt: skip


def write_schema_org(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write claims as one JSON-LD graph. What people left out is not written."""
    losses = Losses("schema-org", CARRIES)
    stream.write(f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [')
    mark = "\n"
    for row in rows:
        if row["left_out"]:
            losses.skip(row, why_left_out(row))
            continue
        losses.carry(row, ["speakers"] if row["speaker_evidence"] == "inferred" else [])
        stream.write(mark + json.dumps(_claim(row), ensure_ascii=False))
        mark = ",\n"
    stream.write("\n]}\n")
    return losses


def _claim(row: FlatRow) -> dict[str, Any]:
    link = words(row, "permalink")
    speakers = counted(row, "speakers", "speaker_evidence")
    made: dict[str, Any] = {
        "@type": "Claim",
        "@id": link if "://" in link else f"urn:counterclaim:{row['id']}",
        "text": flat(words(row, "sentence") or words(row, "quote")),
        "cc:quote": row["quote"],
        "cc:kind": row["kind"],
        "cc:stance": row["stance"],
        "claimInterpreter": {
            "@type": "SoftwareApplication",
            "name": row["reader"] or "counterclaim",
        },
        "firstAppearance": _article(row),
    }
    if link:
        made["url"] = link
    if speakers:
        made["author"] = [{"@type": "Organization", "name": name} for name in speakers]
    if row["published"]:
        made["datePublished"] = words(row, "published")
    if row["status"]:
        made["cc:status"] = row["status"]
    return made


def _article(row: FlatRow) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": "NewsArticle", "headline": flat(words(row, "title")) or None}
    if words(row, "address").startswith(("http://", "https://")):
        made["url"] = row["address"]
    else:
        made["name"] = row["address"]
    if row["outlet"]:
        made["publisher"] = {"@type": "Organization", "name": row["outlet"]}
    return {name: value for name, value in made.items() if value is not None}
