"""Trains the choice of an event's place: python training/events/whereabouts.py [--shared ../shared] [--write]

Reads the development reports and their gold in ``corpus/dev`` of the shared folder. A trigger takes the
place of the gold's event of its type in its sentence; an option is right where its name holds the words
of the gold's or the other way round. Measured by leaving out whole reports; with --write the readable
weights go to ``src/counterclaim/coders/data/whereabouts.json``.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.eventplaces import same_place  # noqa: E402
from training.events.sieve import FOLDS, pair, settings  # noqa: E402

from counterclaim.coders.events import claims as coder  # noqa: E402
from counterclaim.coders.events.event_location import EventLocations, find_options  # noqa: E402

RIDGE = 2.0
DATA = Path(__file__).parents[2] / "src/counterclaim/coders/data/whereabouts.json"


def cases(setting, gold):
    """Yield for each trigger with an event of the gold its options and which of them are right."""
    told = [*coder.triggers_of(setting)]
    known = EventLocations.of(setting, coder.event_types_by_sentence(told))
    matches = [(sentence, match) for sentence, found in told for match in found]
    spans = [(match.trigger.type, sentence.cover(match.first, match.last)) for sentence, match in matches]
    for left, right in pair(setting.document.text, spans, gold):
        sentence, match = matches[left]
        options = find_options(known, sentence, match.index, match.trigger.type)
        told = gold[right].get("place")
        yield options, np.array([same_place(item.place and item.place.name, told) for item in options], dtype=float)


def narrowest(options, marks):
    """Of several right options leave those that tell most: "Ost" of "Ost, Lowland"."""
    for is_wide in (lambda item: item.spot.is_container, lambda item: item.place.precision == "country"):
        kept = [mark and not (item.spot and is_wide(item)) for item, mark in zip(options, marks)]
        marks = kept if any(kept) else marks
    return np.array(marks, dtype=float)


def fit(rows, names):
    """Fit a ridge conditional logit by gradient steps with momentum of Nesterov."""
    data = [(matrix, best) for matrix, marks, best in rows if best.any() and not best.all()]
    weights, speed = np.zeros(len(names)), np.zeros(len(names))
    for _ in range(400):
        ahead = weights + 0.9 * speed
        slope = -RIDGE * ahead
        for matrix, marks in data:
            points = matrix @ ahead
            shares = np.exp(points - points.max())
            right = shares * marks
            slope += matrix.T @ (right / right.sum() - shares / shares.sum())
        speed = 0.9 * speed + 0.01 * slope
        weights = weights + speed
    return weights


def as_matrix(options, column):
    matrix = np.zeros((len(options), len(column)))
    for place, option in enumerate(options):
        for name in option.features:
            if name in column:
                matrix[place, column[name]] = 1.0
    return matrix


def read_cases(texts, golds):
    """Return for each text its cases, features as columns, and the features' names."""
    found = [list(cases(setting, gold)) for setting, gold in zip(texts, golds)]
    names = sorted({name for items in found for options, _ in items for option in options for name in option.features})
    column = {name: place for place, name in enumerate(names)}
    return [[(as_matrix(options, column), marks, narrowest(options, marks)) for options, marks in items] for items in found], names


def weights_without(rows, names, fold):
    """Fit on the texts of the other folds; on all, if the fold is None."""
    weights = fit([row for place, items in enumerate(rows) if place % FOLDS != fold for row in items], names)
    return {name: round(float(value), 3) for name, value in zip(names, weights) if abs(value) >= 0.005}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.shared / "corpus" / "dev"
    texts = [json.loads(line) for line in (folder / "texts.jsonl").read_text("utf-8").splitlines()]
    gold = {row["id"]: row["events"] for row in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())}
    rows, names = read_cases(settings(texts), [gold[row["id"]] for row in texts])
    hits = total = ceiling = 0
    for fold in range(FOLDS):
        table = weights_without(rows, names, fold)
        weights = np.array([table.get(name, 0.0) for name in names])
        for items in rows[fold::FOLDS]:
            for matrix, marks, _ in items:
                hits += marks[int(np.argmax(matrix @ weights))]
                ceiling += marks.any()
                total += 1
    figures = {"right": round(float(hits) / total, 3), "an option is right": round(float(ceiling) / total, 3), "events": total}
    print(figures)
    if arguments.write:
        table = {
            "what": "choice model: which told place is a happening's, or none",
            "data": f"{len(texts)} development reports of corpus/dev (news in ramybaly/Article-Bias-Prediction, which states no licence; statements in dstl/re3d): no words of them are kept, features are grammar",
            "folds": FOLDS, "ridge": RIDGE, "cross_validated": figures,
            "again": "uv run python training/events/whereabouts.py --shared ../shared --write",
            "weights": weights_without(rows, names, None),
        }
        DATA.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
