"""Train what tells a report of war from a text about something else (``gate/subject.py``).

    PYTHONPATH=src:. python -m training.gate.subject --wikinews DIR --gum DIR

The gate is made to lose nothing, so none of its words speaks against war by much. Here words of other subjects do:
the same texts, in whole and in pieces of a sentence or two, and every second template of ``bench/not_war.txt``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.notwar import fitting_texts, own_texts
from counterclaim.gate.features import BUCKETS, hash_words
from counterclaim.gate.model import DATA, open_gate
from counterclaim.gate.subject import count_features, read_words, tell_subject
from training.gate.examples import (
    ROOT,
    Example,
    read_gum,
    read_near_misses,
    read_reports,
    read_wikinews,
    with_furniture,
)
from training.gate.train import Matrix, beliefs, mixed, quantised, split

PENALTY = 1e-4
STEPS = 70
FOLDS = 3
LEAST, MOST = -2.0, 3.0
RECALL = {"whole": 0.999, "pieces": 0.98}
OUT = DATA


def forms(item: Example, others: Sequence[list[str]], chance: random.Random) -> list[str]:
    """Return a text in the forms in which it may be given: whole, cut, a sentence or two, among other words."""
    sentences = [part for part in split(item.text) if len(part.split()) > 4] or [item.text]
    found = [item.text, item.text, with_furniture(item.text, chance), item.text[: chance.randrange(150, 700)]]
    for size in (1, 2, 3):
        at = chance.randrange(len(sentences))
        found.append(" ".join(sentences[at : at + size]))
    if item.is_war:
        found.append(mixed(sentences, chance.choice(list(others)), chance))
    return found


def fit(rows: Sequence[set[int]], labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a logistic regression whose weights may speak against war too; both classes weigh the same."""
    matrix = Matrix(rows)
    weight = np.where(labels, 0.5 / labels.sum(), 0.5 / (~labels).sum())
    believed = beliefs() * 0.5
    w, bias, last, last_bias = believed.copy(), 0.0, believed.copy(), 0.0
    for step in range(STEPS):
        ahead = w + (step / (step + 3)) * (w - last)
        ahead_bias = bias + (step / (step + 3)) * (bias - last_bias)
        error = weight * (1 / (1 + np.exp(-matrix.scores(ahead, ahead_bias))) - labels)
        last, last_bias = w, bias
        w = np.clip(ahead - 3.0 * (matrix.gradient(error) + PENALTY * (ahead - believed)), LEAST, MOST)
        bias = ahead_bias - 3.0 * error.sum()
    return w, float(bias)


def spread(examples: Sequence[Example], seed: int) -> tuple[list[str], list[bool], list[int]]:
    """Return every form of every text, its label and which text it is of."""
    chance = random.Random(seed)
    others = [split(item.text) for item in examples if not item.is_war]
    texts, labels, of = [], [], []
    for at, item in enumerate(examples):
        for text in forms(item, others, chance):
            texts.append(text)
            labels.append(item.is_war)
            of.append(at)
    return texts, labels, of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wikinews", type=Path, required=True, help="folder with the .csv files")
    parser.add_argument("--gum", type=Path, required=True, help="folder with GUM's xml files")
    said = parser.parse_args()
    own = [Example(text, False, f"template:{text[:40]}", "template") for _, text in fitting_texts(300)]
    examples = [
        *read_reports(ROOT / "corpus/reports"),
        *read_wikinews(sorted(said.wikinews.glob("*.csv"))),
        *read_gum(said.gum),
        *read_near_misses(),
        *read_near_misses(),
        *own,
    ]
    texts, told, of = spread(examples, 7)
    labels = np.array(told)
    rows = [hash_words(text) for text in texts]
    groups = sorted({item.group for item in examples})
    random.Random(3).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    part = np.array([fold[examples[at].group] for at in of])
    scores = np.zeros(len(rows))
    for number in range(FOLDS):
        kept = np.flatnonzero(part != number)
        w, bias = fit([rows[i] for i in kept], labels[kept])
        held = np.flatnonzero(part == number)
        scores[held] = Matrix([rows[i] for i in held]).scores(w, bias)
    is_first = np.array([at == 0 or of[at - 1] != of[at] for at in range(len(of))])
    real = np.array([not examples[at].group.startswith("wikinews") for at in of])
    words, gate = read_words(), open_gate()
    counted = [
        count_features(text, words, score, gate.score(text)) for text, score in zip(texts, scores, strict=True)
    ]
    names = list(counted[0])
    table = np.array([list(item.values()) for item in counted])
    short = table[:, names.index("short")] > 0
    names_war = table[:, names.index("no conflict")] == 0
    trained = ~(labels & short & ~names_war) & (real | ~labels | is_first)
    second = weigh(table[trained], labels[trained])
    final = table @ second
    card: dict[str, object] = {
        "texts": {"war": int(sum(i.is_war for i in examples)), "other": int(sum(not i.is_war for i in examples))}
    }
    whole = is_first & labels & real
    ours = np.sort(final[whole])
    print("whole", np.quantile(ours, [0, 0.001, 0.002, 0.005, 0.01]).round(2))
    pieces = labels & short & names_war & real
    print("pieces", np.quantile(final[pieces], [0, 0.01, 0.02, 0.03, 0.05, 0.1]).round(2))
    threshold = min(float(np.quantile(ours, 1 - RECALL["whole"])), float(np.quantile(final[pieces], 1 - RECALL["pieces"])))
    card["left out by war, whole: read"] = round(float((ours >= threshold).mean()), 4)
    card["left out by war, a sentence or two that name a thing of war: read"] = round(float((final[pieces] >= threshold).mean()), 4)
    card["left out, other texts let through"] = round(float((final[~labels] >= threshold).mean()), 4)
    w, bias = fit(rows, labels)
    codes, step = quantised(w)
    digest = hashlib.sha256(codes.tobytes()).hexdigest()[:12]
    np.savez_compressed(OUT / "subject.npz", codes=codes)
    weights = {name: round(float(value), 4) for name, value in zip(names, second, strict=True)}
    told_all = {"name": f"subject-{digest}", "step": step, "bias": bias, "weights": weights, "threshold": round(threshold, 3), "card": card}
    (OUT / "subject.json").write_text(json.dumps(told_all, indent=1) + "\n", "utf-8")
    unseen = [text for _, text in own_texts(1, 600, random.Random(8))]
    through = [text for text in unseen if tell_subject(text).is_war]
    card["templates not trained on, let through"] = f"{len(through)}/{len(unseen)}"
    (OUT / "subject.json").write_text(json.dumps(told_all, indent=1) + "\n", "utf-8")
    print(json.dumps(card, indent=1), threshold, weights)


def weigh(table: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Fit the weights of what is counted: a small logistic regression, by Newton's steps."""
    weight = np.where(labels, 0.5 / labels.sum(), 0.5 / (~labels).sum())
    found = np.zeros(table.shape[1])
    for _ in range(40):
        chances = 1 / (1 + np.exp(-table @ found))
        gradient = table.T @ (weight * (chances - labels)) + 1e-3 * found
        bend = table.T @ (table * (weight * chances * (1 - chances))[:, None]) + 1e-3 * np.eye(len(found))
        found -= np.linalg.solve(bend, gradient)
    return found


if __name__ == "__main__":
    main()
