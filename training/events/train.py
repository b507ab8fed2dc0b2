"""Trains the typer of main events: python training/events/train.py [--shared ../shared] [--write]

Reads the development sentences in ``corpus/plover`` of the shared folder, measures by
cross-validation and, with --write, ships 8-bit weights without words in
``src/counterclaim/coders/data/events.npz`` and their card beside them.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from counterclaim.attribute import find_attributions
from counterclaim.coders.events.event_type_features import event_features
from counterclaim.coders.events.plover import code_plover, sentence_triggers
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.event_type_model import BUCKETS, EventTypeModel, hash_features, packed, typer_label
from counterclaim.pipeline.resources import load_tools
from counterclaim.lexicon import digest
from counterclaim.parse import parse_passages
from counterclaim.records.text import Document
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

OLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "FIGHT": "ASSAULT", "DISAPPROVE": "ACCUSE",
       "INVESTIGATE": "ACCUSE", "DEMAND": "REQUEST"}
SEED, FOLDS, ROUNDS, COST = 20, 5, 40, 2.0
RESULTS = Path(__file__).parents[2] / "bench/results"
DATA = Path(__file__).parents[2] / "src/counterclaim/coders/data"


def rows(shared):
    """Yield (text, type, corpus) of every development sentence; two versions of a type are made one."""
    folder = shared / "corpus" / "plover"
    for line in (folder / "plv-dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["sentence"], OLD.get(row["root"], row["root"]), "plv"
    for line in (folder / "plover-gsr.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], OLD.get(row["event"], row["event"]), "gsr"


def is_held(text):
    """Return whether a sentence belongs to the third that nobody looks at while developing."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


def setting_of(text):
    document = Document(text=text)
    division, _ = segment_document(document)
    sentences = parse_passages(document, division.passages, load_tools().parser)
    resolution = resolve_document(document, sentences)
    attributions, _ = find_attributions(document, division.passages, sentences, resolution)
    return DocumentContext(document, sentences, resolution, attributions)


def features_of(setting):
    found = set()
    for sentence in setting.sentences:
        found |= event_features(sentence, sentence_triggers(setting, sentence))
    return hash_features(found) if found else (np.zeros(0, np.int64), np.zeros(0, np.float32))


class Tally:
    """Root types that the whole coder gives, all of a sentence against the one of the gold."""

    def __init__(self):
        self.hits = self.given = self.rows = 0

    def add(self, setting, typer, label):
        events = code_plover(setting, (), typer, learned=False)
        given = {typer_label(event.type) for event in events if event.is_done}
        self.hits += label in given
        self.given += len(given)
        self.rows += 1

    def figures(self):
        precision, recall = self.hits / max(1, self.given), self.hits / max(1, self.rows)
        return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(2 * self.hits / max(1, self.given + self.rows), 4)}


def fit(rows_, labels, count):
    """Fit one linear machine a type, squared hinge, by dual coordinate descent (Hsieh et al. 2008).

    All types are stepped at once for each row. The bias is a column of its own with value 1.
    """
    draw = np.random.default_rng(SEED)
    weights, bias = np.zeros((BUCKETS, count)), np.zeros(count)
    duals = np.zeros((len(rows_), count))
    signs = np.where(np.asarray(labels)[:, None] == np.arange(count), 1.0, -1.0)
    ridge = 0.5 / COST
    for _ in range(ROUNDS):
        for i in draw.permutation(len(rows_)):
            columns, values = rows_[i]
            slope = signs[i] * (values @ weights[columns] + bias) - 1 + ridge * duals[i]
            fresh = np.maximum(duals[i] - slope / (values @ values + 1 + ridge), 0)
            step = (fresh - duals[i]) * signs[i]
            duals[i] = fresh
            weights[columns] += np.outer(values, step)
            bias += step
    return weights.astype(np.float32), bias.astype(np.float32)


def scores(model, row):
    return row[1] @ model[0][row[0]] + model[1]


def typer_of(model, names, factor=2.5):
    """Make the coder's typer of a model; the factor is near what ``sharpness`` finds."""
    return EventTypeModel(tuple(names), model[0] * np.float32(factor), model[1] * np.float32(factor))


def sharpness(table, gold):
    """Choose the factor on the scores that makes their softmax likeliest, on rows not trained on."""
    def loss(factor):
        powers = table * factor
        powers -= powers.max(1, keepdims=True)
        return float(np.mean(np.log(np.exp(powers).sum(1)) - powers[np.arange(len(gold)), gold]))

    return min(np.arange(0.5, 8.01, 0.25), key=loss)


def sure(table, gold):
    """Say how often the best type is right where its chance is at least a half."""
    chance = np.exp(table - table.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    kept = chance.max(1) >= 0.5
    return {"share": round(float(kept.mean()), 3), "right": round(float((table.argmax(1) == gold)[kept].mean()), 3)}


def measure(gold, guessed, names):
    """Accuracy, which is micro F1 with one type a sentence, and macro F1 over the types of the gold."""
    f1 = {}
    for k in sorted(set(gold)):
        tp = int(((gold == k) & (guessed == k)).sum())
        f1[names[k]] = round(2 * tp / max(1, int((gold == k).sum() + (guessed == k).sum())), 3)
    return {"sentences": len(gold), "micro_f1": round(float((gold == guessed).mean()), 4),
            "macro_f1": round(float(np.mean(list(f1.values()))), 4), "by_type": f1}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data = list(rows(arguments.shared))
    names = sorted({label for _, label, _ in data})
    gold = np.array([names.index(label) for _, label, _ in data])
    held = np.array([is_held(text) for text, _, _ in data])
    plv = np.array([corpus == "plv" for _, _, corpus in data])
    settings = [setting_of(text) for text, _, _ in data]
    matrix = [features_of(setting) for setting in settings]
    results = {}
    for name, pool in (("cross_validated_seen_part", ~held), ("cross_validated_all", np.ones_like(held))):
        mine = np.flatnonzero(plv & pool)
        fold = np.random.default_rng(SEED).permutation(len(mine)) % FOLDS
        table = np.zeros((len(mine), len(names)))
        twins, coded, by_rule = {}, Tally(), Tally()
        for place, i in enumerate(mine):  # a sentence told twice falls into one fold
            fold[place] = twins.setdefault(data[i][0], fold[place])
        for f in range(FOLDS):
            train = [*mine[fold != f], *np.flatnonzero(~plv)]
            model = fit([matrix[i] for i in train], gold[train], len(names))
            for place in np.flatnonzero(fold == f):
                table[place] = scores(model, matrix[mine[place]])
                coded.add(settings[mine[place]], typer_of(model, names), data[mine[place]][1])
                by_rule.add(settings[mine[place]], None, data[mine[place]][1])
        results[name] = measure(gold[mine], table.argmax(1), names)
        factor = sharpness(table, gold[mine])
        results[name]["sharpness"] = float(factor)
        results[name] |= {"whole_coder": coded.figures(), "whole_coder_rules_alone": by_rule.figures()}
        results[name]["above_half"] = sure(table * factor, gold[mine])
    train = np.flatnonzero(~held | ~plv)
    model = fit([matrix[i] for i in train], gold[train], len(names))
    unseen = np.flatnonzero(held & plv)
    results["trained_on_seen_part_read_on_the_other_third"] = measure(
        gold[unseen], np.array([scores(model, matrix[i]).argmax() for i in unseen]), names)
    coded = Tally()
    for i in unseen:
        coded.add(settings[i], typer_of(model, names), data[i][1])
    results["trained_on_seen_part_read_on_the_other_third"]["whole_coder"] = coded.figures()
    for name, row in results.items():
        print(row["whole_coder"], row.get("whole_coder_rules_alone"))
        print(f"{name}: {row['sentences']} sentences, micro F1 {row['micro_f1']}, macro F1 {row['macro_f1']}")
    if arguments.write:
        weights, bias = fit(matrix, gold, len(names))
        weights, bias = weights * factor, bias * factor
        DATA.mkdir(exist_ok=True)
        np.savez_compressed(DATA / "events.npz", **packed(names, weights, bias))
        card = {
            "what": "linear model over hashed features; says the PLOVER type of a sentence's main event; YIELD is CONCEDE or RETREAT",
            "data": [
                {"name": "PLV, development part", "sentences": int(plv.sum()), "from": "github.com/snowood1/Zero-Shot-PLOVER", "licence": "none stated by the repository; its sentences are not shipped, weights only"},
                {"name": "PLOVER gold standard records", "sentences": int((~plv).sum()), "from": "github.com/openeventdata/PLOVER", "licence": "CC BY-SA 4.0; its sentences are not shipped, weights only"},
            ],
            "seed": SEED, "folds": FOLDS, "rounds": ROUNDS, "cost": COST, "buckets": BUCKETS,
            "figures": results,
            "lexicons": {name: digest(name) for name in ("events.yaml", "acts.yaml")},
            "again": "uv run python training/events/train.py --shared ../shared --write",
            "limits": "trained on single news sentences that each tell of one act; on other sentences its chances are too high",
        }
        (DATA / "events.card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
        told = {"command": card["again"], "corpus": "plover, development part: root types, YIELD for CONCEDE and RETREAT", "figures": results}
        (RESULTS / "plover-events.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
