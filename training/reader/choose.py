"""Choose the probability from which on each head decides, and from which on a party counts.

    python -m training.reader.choose --corpus dev [--real ../shared/corpus/dev]

Prints, by field, how often the grammar and the head are right on the same gold rows, and the threshold at
which the two together are right most often; and for parties the lowest threshold at which what counts is
right in 95 of 100.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.corpus import load_reports
from bench.scoring import Report, overlap
from bench.tasks import reading_of
from counterclaim.coders.casualties import claims, figure_heads
from counterclaim.records.claim import Casualty

GRID = [round(0.3 + 0.05 * step, 2) for step in range(14)] + [0.97, 1.01]
CATEGORIES = {"unknown": "unspecified", "paramilitary": "military"}


def names(parties: Any) -> str | None:
    """Join parties as the gold does."""
    return " & ".join(str(party) for party in parties if not party.root.endswith("(unnamed)")) or None


def record(rows: list[dict[str, Any]]) -> dict[str, list[tuple[bool, bool, float]]]:
    """Read reports; return for each field (grammar right, head right, probability)."""
    seen: list[tuple[Any, Any]] = []
    keep = figure_heads.decide

    def listen(span: Any, claim: Any, read: Any) -> Any:
        seen.append((claim, read))
        return keep(span, claim, read)

    claims.decide = listen
    for name in ("outcome", "category", "scope", "background"):
        figure_heads.THRESHOLDS[name] = 0.0
    figure_heads.THRESHOLDS["is-none"] = 2.0
    found: dict[str, list[tuple[bool, bool, float]]] = defaultdict(list)
    for row in rows:
        seen.clear()
        outlet = row.get("outlet") if row.get("outlet") != "-" else None
        reading_of({"id": row["id"], "text": row["text"], "date": row.get("date"), "outlet": outlet})
        report = Report({"parties": [], **row["gold"], "text": row["text"]})
        for claim, read in seen:
            gold = next((item for item in row["gold"]["casualties"] if overlap(item["quote"], (claim.span.start, claim.span.end)) and item["value_low"] in {claim.payload.count.low, claim.payload.count.said}), None)
            if not row["gold"].get("layers") or "casualties" in row["gold"]["layers"]:
                found["loss"].append((gold is not None, gold is not None, read.loss))
            if gold is None:
                continue
            payload: Casualty = claim.payload
            kind = "other" if payload.outcome == "unspecified" else payload.outcome
            head_kind = "other" if read.outcome == "unspecified" else read.outcome
            found["outcome"].append((kind == gold["kind"], head_kind == gold["kind"], read.sure["outcome"]))
            accepted = {gold["category"], *str(gold.get("cat_alt") or "").split(",")}
            found["category"].append((CATEGORIES.get(payload.category, payload.category) in accepted, CATEGORIES.get(read.category, read.category) in accepted, read.sure["category"]))
            accepted = {gold["scope"], *str(gold.get("scope_alt") or "").split(",")}
            found["scope"].append((payload.measure in accepted, read.measure in accepted, read.sure["scope"]))
            for name, mine, key, alt in (("side", payload.side, "victim_side", "side_alt"), ("reporter", claim.speakers, "reported_by", "rep_alt")):
                read_party = getattr(read, name)
                options = [gold[key], *str(gold.get(alt) or "").split(",")] if gold.get(alt) else [gold[key]]
                options = [None if item == "-" else item for item in options]
                theirs = "both" if read_party is not None and read_party.is_both else names(read_party.parties) if read_party else None
                found[name].append((
                    any(report.agree(names(mine), item) for item in options),
                    any(report.agree(theirs, item) for item in options),
                    read_party.probability if read_party else 0.0,
                ))
    return found


def choose(found: dict[str, list[tuple[bool, bool, float]]]) -> None:
    """Print what each threshold would bring."""
    for name, rows in found.items():
        if not rows:
            continue
        grammar = sum(one for one, _, _ in rows) / len(rows)
        head = sum(two for _, two, _ in rows) / len(rows)
        joint = {t: sum((two if p >= t else one) for one, two, p in rows) / len(rows) for t in GRID}
        best = max(joint, key=lambda t: joint[t])
        precise = [
            (t, round(sum(two for _, two, p in rows if p >= t) / max(1, sum(p >= t for _, _, p in rows)), 3), round(sum(p >= t for _, _, p in rows) / len(rows), 2))
            for t in GRID
        ]
        print(f"{name}: n {len(rows)} grammar {grammar:.3f} head {head:.3f} best {best} joint {joint[best]:.3f}", {t: round(v, 3) for t, v in joint.items()})
        print("   right above:", precise)


def real_rows(folder: Path) -> list[dict[str, Any]]:
    """Load real reports with gold in the form of the neutral scorer."""
    gold = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    texts = map(json.loads, (folder / "texts.jsonl").open(encoding="utf-8"))
    return [{**text, "gold": gold[text["id"]]} for text in texts]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="dev")
    parser.add_argument("--real", type=Path)
    args = parser.parse_args()
    rows = [{**report, "gold": report} for report in load_reports(args.corpus)]
    print("corpus")
    choose(record(rows))
    if args.real:
        print("real")
        choose(record(real_rows(args.real)))


if __name__ == "__main__":
    main()
