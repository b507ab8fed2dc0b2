"""Turn real reports with neutral gold into examples' form: which words mean which party comes from ``resolve``.

    python -m training.reader.real ../shared/corpus/dev --actors ../shared/bench/actors.json --scorer ../shared/bench/score_ledger.py --out dev.jsonl

For development and comparison; what is trained with them is told on the model's card.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.tasks import reading_of
from counterclaim.atlas.countries import find_country

STANCES = {"refuse_to_say": "withhold"}


def load_names(scorer: Path, actors: Path) -> Any:
    """Load the neutral scorer's normal form of names."""
    spec = importlib.util.spec_from_file_location("score_ledger", scorer)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Names(json.loads(actors.read_text("utf-8")))


def row_of(text: dict[str, Any], gold: dict[str, Any], told: dict[int, dict[str, Any]], names: Any) -> dict[str, Any]:
    """Return one report in the form of ``corpus/load.py``."""

    def norm(name: str | None) -> str | None:
        if name in {None, "-", "both"}:
            return None if name != "both" else "both"
        return " & ".join(names.root(part) for part in name.split(" & "))

    def near(words: str | None, span: list[int]) -> tuple[int, int] | None:
        hits = [hit.start() for hit in re.finditer(re.escape(words), text["text"])] if words else []
        start = min(hits, key=lambda hit: abs(hit - span[0]), default=None)
        return None if start is None or words is None else (start, start + len(words))

    reading = reading_of({key: text.get(key) for key in ("id", "text", "date", "outlet", "title")})
    mentions: dict[str, set[tuple[int, int]]] = defaultdict(set)
    resolution = reading.resolution
    for mention in resolution.parties:
        for party in mention.parties:
            if party.evidence != "inferred" and not party.root.endswith("(unnamed)"):
                mentions[names.root(party.root)].add((mention.span.start, mention.span.end))
    for mention in resolution.names:
        mentions[names.root(mention.party.root)].add((mention.span.start, mention.span.end))
    for mention in resolution.places:
        country = find_country(mention.place.country) if mention.place.country else None
        if country is not None:
            mentions[names.root(country.name)].add((mention.span.start, mention.span.end))
    return {
        "id": text["id"], "conflict": text.get("conflict") or "real", "text": text["text"], "outlet": text.get("outlet"),
        "unmarked": "places", "layers": "claims casualties undisclosed events ceasefires",
        "parties": [{"party": root, "role": "T", "mentions": sorted(spans)} for root, spans in mentions.items()],
        "casualties": [
            {**row, "victim_side": norm(row["victim_side"]), "side_span": None, "reported_by": norm(row["reported_by"]),
             "reporter_span": None, "part_of_span": near(row.get("part_of"), row["quote"]), "background": bool(row.get("background"))}
            for row in gold["casualties"] if row["kind"] in {"killed", "wounded", "missing", "captured", "displaced", "other"} and row["scope"] != "unclear"
        ],
        "claims": [
            {**row, "stance": STANCES.get(row["stance"], row["stance"]), "speaker": norm(row["speaker"]), "target": norm(row.get("target"))}
            for row in gold["claims"] if row["cue_span"]
        ],
        "events": [
            {**row, "place_span": near(row["place"], row["span"]), "time_span": near(row["date_text"], row["span"]), "agent": norm(row["agent"]), "target": norm(row["target"]), "agent_span": None, "target_span": None,
             "told": told[index]["told"] if index in told else row.get("told", "fact"),
             "by": norm(told[index]["by"] if index in told else row.get("by"))}
            for index, row in enumerate(gold["events"]) if len(text["text"][slice(*row["span"])]) < 60
        ],
        "ceasefires": [
            {**row, "parties": " & ".join(norm(name) or "" for name in row["parties"] or ()) or None, "broker": norm(row.get("broker")),
             "violation_alleged_by": norm(row.get("violation_alleged_by")), "background": bool(row.get("background"))}
            for row in gold["ceasefires"] if row["status"] in {"agreed", "in force", "violated", "collapsed", "called for", "proposed", "rejected"}
        ],
        "undisclosed": [{**row, "party": norm(row["party"])} for row in gold["undisclosed"]],
        "positions": [],
    }  # fmt: skip


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--actors", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--told", type=Path, default=Path("bench/gold/told.jsonl"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    names = load_names(args.scorer, args.actors)
    told = {row["id"]: {item["index"]: item for item in row["events"]} for row in map(json.loads, args.told.open(encoding="utf-8"))}
    gold = {row["id"]: row for row in map(json.loads, (args.folder / "gold.jsonl").open(encoding="utf-8"))}
    with args.out.open("w", encoding="utf-8") as out:
        for text in map(json.loads, (args.folder / "texts.jsonl").open(encoding="utf-8")):
            row = row_of(text, gold[text["id"]], told.get(text["id"], {}), names)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
