"""Trains the sieve of event triggers: python training/events/sieve.py [--shared ../shared] [--write]

Reads the development reports and their gold in ``corpus/dev`` of the shared folder. A trigger counts as
a happening when an event of the gold with its type stands in its sentence. Measured by leaving out
whole reports; with --write the readable weights go to ``src/counterclaim/coders/data/sieve.json``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

from counterclaim.attribute import find_attributions
from counterclaim.coders.events import claims as coder
from counterclaim.coders.events import event_location as places
from counterclaim.coders.document_context import DocumentContext
from counterclaim.pipeline.resources import load_tools
from counterclaim.parse import parse_passages
from counterclaim.records.text import Document
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.eventplaces import score, sentences_of  # noqa: E402
from bench.tasks import ledger  # noqa: E402

from counterclaim.coders.events.event_filter import Sieve  # noqa: E402

FOLDS, RIDGE = 6, 10.0
DONE = {"fact", "admitted", "alleged"}
DATA = Path(__file__).parents[2] / "src/counterclaim/coders/data/sieve.json"


def settings(texts):
    """Read rows as far as the coders' setting."""
    for row in texts:
        try:
            day = date.fromisoformat(str(row.get("date"))[:10])
        except ValueError:
            day = None
        document = Document(text=row["text"], name=row["id"], published=day)
        passages = segment_document(document)[0].passages
        sentences = parse_passages(document, passages, load_tools().parser)
        resolution = resolve_document(document, sentences)
        attributions, _ = find_attributions(document, passages, sentences, resolution)
        yield DocumentContext(document, sentences, resolution, attributions)


def pair(text, told, gold):
    """Pair triggers, each a type and a span, with events of the gold one to one, overlapping ones first."""
    pairs = []
    for left, (kind, span) in enumerate(told):
        for right, event in enumerate(gold):
            first, last = event["span"]
            overlap = span.start < last and first < span.end
            if kind == event["type"] and (overlap or sentences_of(text, (span.start, span.end)) & sentences_of(text, (first, last))):
                pairs.append((not overlap, left, right))
    found = {}
    for _, left, right in sorted(pairs):
        if left not in found and right not in found.values():
            found[left] = right
    return sorted(found.items())


def labels(text, found, gold):
    """Mark the triggers that have an event of the gold."""
    marks = np.zeros(len(found))
    for left, _ in pair(text, [(item.claim.payload.type, item.claim.span) for item in found], gold):
        marks[left] = 1
    return marks


def fit(matrix, marks):
    """Fit ridge logistic regression by Newton's steps."""
    design = np.hstack([matrix, np.ones((len(matrix), 1))])
    weights = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], RIDGE)
    penalty[-1] = 0
    for _ in range(12):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - marks) + penalty * weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty + 1e-6)
        weights -= np.linalg.solve(curve, slope)
    return weights


def keep_scores(shared, out):
    """Score the ledgers with the neutral scorer and with the level for places."""
    folder = shared / "corpus" / "dev"
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "scores.json"
        subprocess.run([sys.executable, str(shared / "bench" / "score_ledger.py"), str(out), "--gold", str(folder / "gold.jsonl"), "--texts", str(folder / "texts.jsonl"), "--json", str(target)], check=True, stdout=subprocess.DEVNULL)
        measures = json.loads(target.read_text())["measures"]
    told = {
        "command": "uv run python training/events/sieve.py --shared ../shared --ledger OUT.jsonl",
        "corpus": "dev, 60 reports; each read by models of places and of triggers trained on the other folds",
        "measures": {name: row for name, row in measures.items() if name.startswith("events")},
        "places": score(out, folder / "gold.jsonl", folder / "texts.jsonl"),
    }
    (Path(__file__).parents[2] / "bench/results/event-ledger.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(json.dumps(told, indent=1))


def labelled(read, texts, gold):
    """Return every trigger's features as a matrix, their names, what is right, and of which text each is."""
    found = [coder.find_candidates(setting) for setting in read]
    names = sorted({name for items in found for item in items for name in item.features})
    column = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((sum(map(len, found)), len(names)))
    for place, item in enumerate(item for items in found for item in items):
        for name, value in item.features.items():
            matrix[place, column[name]] = value
    marks = np.concatenate([labels(row["text"], items, gold[row["id"]]) for row, items in zip(texts, found)])
    report = np.concatenate([np.full(len(items), place) for place, items in enumerate(found)])
    return found, matrix, names, marks, report


def write_ledgers(stream, read, texts, gold, thresholds):
    """Read every report by models, of places and of triggers, that never saw it."""
    from training.events import whereabouts

    rows, features = whereabouts.read_cases(read, [gold[row["id"]] for row in texts])
    written = {}
    for fold in range(FOLDS):
        weights = whereabouts.weights_without(rows, features, fold)
        places.load_weights = lambda weights=weights: weights
        _, matrix, names, marks, report = labelled(read, texts, gold)
        fitted = fit(matrix[report % FOLDS != fold], marks[report % FOLDS != fold])
        sieve = Sieve(dict(zip(names, fitted[:-1])), float(fitted[-1]), *thresholds)
        coder.load_event_filter = lambda sieve=sieve: sieve
        for place, row in enumerate(texts):
            if place % FOLDS == fold:
                written[place] = json.dumps(ledger(row), ensure_ascii=False)
    stream.writelines(f"{written[place]}\n" for place in range(len(texts)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ledger", type=Path, help="write ledgers, each read by a sieve that never saw its report, and their scores to bench/results")
    arguments = parser.parse_args()
    folder = arguments.shared / "corpus" / "dev"
    texts = [json.loads(line) for line in (folder / "texts.jsonl").read_text("utf-8").splitlines()]
    gold = {row["id"]: row["events"] for row in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())}
    read = list(settings(texts))
    found, matrix, names, marks, report = labelled(read, texts, gold)
    rule = np.array([item.by_rule for items in found for item in items])
    done = np.array([coder._is_plainly_done(item.claim) for items in found for item in items])
    told = np.array([item.claim.payload.telling in DONE for items in found for item in items])
    total = sum(map(len, gold.values()))
    chance = np.zeros(len(marks))
    for fold in range(FOLDS):
        weights = fit(matrix[report % FOLDS != fold], marks[report % FOLDS != fold])
        out = report % FOLDS == fold
        chance[out] = 1 / (1 + np.exp(-(np.hstack([matrix[out], np.ones((out.sum(), 1))]) @ weights)))

    def measure(kept):
        kept = kept & told
        hits = float(marks[kept].sum())
        return {"precision": round(float(hits / max(1, kept.sum())), 3), "recall": round(hits / total, 3), "f1": round(float(2 * hits / (kept.sum() + total)), 3), "kept": int(kept.sum())}

    figures = {"rules": measure(rule)}
    best = None
    for low in (0.1, 0.15, 0.2, 0.25, 0.275, 0.3):
        for high in (0.25, 0.275, 0.3, 0.4, 0.5, 0.9):
            if high < low:
                continue
            row = measure(np.where(done, np.where(rule, chance >= low, chance >= high), rule))
            if best is None or row["f1"] > best[0]["f1"]:
                best = (row, low, high)
    figures["cross_validated"] = best[0]
    print(figures, best[1:])
    if arguments.ledger:
        shipped = coder.load_event_filter, places.load_weights
        with arguments.ledger.open("w", encoding="utf-8") as stream:
            write_ledgers(stream, read, texts, gold, best[1:])
        coder.load_event_filter, places.load_weights = shipped
        keep_scores(arguments.shared, arguments.ledger)
    if arguments.write:
        weights = fit(matrix, marks)
        table = {
            "what": "logistic model: does a trigger tell of a happening of its own",
            "data": f"{len(texts)} development reports of corpus/dev (news in ramybaly/Article-Bias-Prediction, which states no licence; statements in dstl/re3d): no words of them are kept, features are grammar and lexicon ids",
            "folds": FOLDS, "ridge": RIDGE, "figures_before_linking": figures,
            "again": "uv run python training/events/sieve.py --shared ../shared --write",
            "threshold": best[1], "surer": best[2], "bias": round(float(weights[-1]), 3),
            "weights": {name: round(float(value), 3) for name, value in zip(names, weights) if abs(value) >= 0.005},
        }
        DATA.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
