"""Train what tells whether a reader's proposition can be verified: hashed features and a linear model.

    PYTHONPATH=src python -m training.verifiability.train verifiability-train.jsonl [--only-measure]

Needs numpy and scikit-learn. ``README.md`` says where the propositions come from. Figures go to
``bench/results/verifiability.json``, the weights with their card to ``src/counterclaim/discussion/data``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from counterclaim.discussion.bodies import body_of, names_in
from counterclaim.discussion.checkable import find_marked
from counterclaim.discussion.proposition_features import BLOCKS, BUCKETS, features_of
from counterclaim.discussion.verifiability import SURELY_OWN, name_of
from counterclaim.records.text import VERIFIABILITIES, Comment, Span

ROOT = Path(__file__).parents[2]
OUT = ROOT / "src/counterclaim/discussion/data"
RESULTS = ROOT / "bench/results/verifiability.json"
COMMAND = "PYTHONPATH=src python -m training.verifiability.train verifiability-train.jsonl"

GIVEN = {
    "unverifiable": "unverifiable",
    "verifiable-nonexperiential": "verifiable",
    "verifiable-experiential": "own experience",
}
"""Labels of the data, as the program names them."""

STRENGTH = 8.0
"""Inverse of the penalty."""
STEPS = 100
FOLDS = 5
RULES = {"apr": "rights of air passengers", "ms": "mortgage servicing"}
"""The two rules that the comments are on, by their names in the data."""

LIMITS = (
    "Comments on two rules of the United States: on another subject it errs more, as the figures with a rule left out show, "
    "and on a war nobody has measured it but on the few threads of the project's own corpus.",
    "It judges a proposition by its words alone, without the comment around it.",
    "Single sentences in English.",
)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read the propositions, in the order of the file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def matrix(texts: Sequence[str], blocks: Sequence[str] = BLOCKS) -> sparse.csr_matrix:
    """Return the features of texts. Shape: (texts, BUCKETS)."""
    rows, columns, values = [], [], []
    for at, text in enumerate(texts):
        found = features_of(text)
        for block in blocks:
            own = sorted(found[block])
            rows += [at] * len(own)
            columns += own
            values += [1 / np.sqrt(max(len(own), 1))] * len(own)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS))


def fit(features: sparse.csr_matrix, labels: np.ndarray) -> LogisticRegression:
    """Fit one row of weights a label; labels weigh the same, however rare."""
    return LogisticRegression(
        C=STRENGTH, class_weight="balanced", max_iter=STEPS, tol=1e-3
    ).fit(features, labels)


def left_out(
    features: sparse.csr_matrix, labels: np.ndarray, splits: Sequence[tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:
    """Return for each proposition the chances that a model gives it that did not see its part. Shape: (propositions, labels)."""
    found = np.zeros((len(labels), len(VERIFIABILITIES)))
    for seen, held in splits:
        found[held] = fit(features[seen], labels[seen]).predict_proba(features[held])
    return found


def told_by_signs(texts: Sequence[str]) -> np.ndarray:
    """Return what the signs of the lexicon alone tell, which know no experience."""
    found = []
    for text in texts:
        body = body_of(text, Comment(span=Span(0, len(text)), boundary="sure", reason=""))
        known = names_in(text)
        found.append(int(bool(find_marked(text, body, known, frozenset()))))
    return np.array(found)


def figures(truth: np.ndarray, found: np.ndarray) -> dict[str, Any]:
    """Return F1 over labels, by label, and of telling what can be verified at all from what cannot."""
    each = f1_score(truth, found, average=None, labels=range(len(VERIFIABILITIES)))
    return {
        "macro-F1, three labels": round(float(np.mean(each)), 3),
        "macro-F1, verifiable or not": round(f1_score(truth > 0, found > 0, average="macro"), 3),
        "macro-F1, verifiable by others or not": round(
            f1_score(truth == 1, found == 1, average="macro"), 3
        ),
        "F1": {name: round(float(each[i]), 3) for i, name in enumerate(VERIFIABILITIES)},
    }


def quantised(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights as bytes, and what a step of them is worth."""
    step = float(np.abs(weights).max()) / 127
    return np.round(weights / step).astype(np.int8), step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--only-measure", action="store_true")
    parser.add_argument("--blocks", nargs="+", default=list(BLOCKS), choices=BLOCKS)
    said = parser.parse_args()
    rows = read_rows(said.rows)
    texts = [row["text"] for row in rows]
    labels = np.array([VERIFIABILITIES.index(GIVEN[row["label"]]) for row in rows])
    comments = [f"{row['rule']} {row['comment']}" for row in rows]
    rules = np.array([row["rule"] for row in rows])
    features = matrix(texts, said.blocks)
    folds = list(GroupKFold(FOLDS).split(texts, labels, comments))
    by_rule = [(np.where(rules != name)[0], np.where(rules == name)[0]) for name in RULES]
    crossed = left_out(features, labels, by_rule).argmax(1)
    chances = left_out(features, labels, folds)
    held_out = chances.argmax(1)
    own = VERIFIABILITIES.index("own experience")
    signs = told_by_signs(texts)
    card: dict[str, Any] = {
        "data": "readers' comments on two rules of the United States, their propositions labelled by people "
        "(Park and Cardie 2014); no licence is stated, and none of its text is in the package",
        "propositions": dict(Counter(VERIFIABILITIES[i] for i in labels)),
        "blocks": said.blocks,
        "five folds, no comment in two": figures(labels, held_out),
        "the same, joined with the signs as threads are read": figures(
            labels,
            np.where(
                signs == 0,
                held_out,
                np.where(chances[:, own] >= SURELY_OWN, own, VERIFIABILITIES.index("verifiable")),
            ),
        ),
        "left out by rule": {
            RULES[name]: figures(labels[held], crossed[held])
            for name, (_, held) in zip(RULES, by_rule, strict=True)
        },
        "signs of the lexicon alone": figures(labels, signs),
        "limits": list(LIMITS),
    }
    print(json.dumps(card, indent=1))
    if said.only_measure:
        return
    whole = fit(features, labels)
    codes, step = quantised(whole.coef_)
    OUT.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(OUT / "verifiability.npz", codes=codes)
    bias = [round(float(value), 5) for value in whole.intercept_]
    told = {"name": name_of(codes), "step": step, "bias": bias, "card": card}
    (OUT / "verifiability.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    RESULTS.write_text(json.dumps({"command": COMMAND, "model": told["name"], **card}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
