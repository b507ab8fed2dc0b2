"""Fit the weights that say whether two event claims are of one happening, on ECB+.

    python -m training.linking.claims [--shared ../shared] [--kept readings.pickle]

Every ECB+ document is read by the pipeline as it is; an event claim whose trigger overlaps an annotated
action takes that action's cluster. Weights start from stated beliefs (``PRIORS``) and are drawn to them
by a ridge, so that what ECB+ hardly shows (parties, places, days) keeps its belief.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.clusters import measure
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import load_tools
from counterclaim.link.document_frequencies import load_background
from counterclaim.link.clustering import group
from counterclaim.link.claim_features import Statement, compare, make_statement
from counterclaim.link.document_clusters import Stories
from counterclaim.records.claim import Claim, Event
from counterclaim.records.text import Document
from training.linking.corpora import actions, ecb
from training.linking.documents import DATA, keep_figures

PRIORS = {
    "same actor": 1.0,
    "same recipient": 1.0,
    "same place": 2.0,
    "same region": 0.4,
    "place within": 0.7,
    "same day": 1.5,
    "days apart": -0.9,
    "same mode": 0.6,
    "same word": 0.8,
    "wording": 3.0,
    "story": 1.5,
    "same document": 0.0,
    "same sentence": -1.0,
    "answer": 1.0,
}
CONSTANT = -4.5
RIDGE = 20.0
"""Pairs that a belief is worth."""

THRESHOLD = 0.5
Told = tuple[Document, tuple[Claim, ...]]


def read_all(shared: Path, part: str) -> list[Told]:
    """Read every document of a part."""
    tools = load_tools()
    documents = [Document(text=row.text, name=row.id) for row in ecb(shared / "corpus" / "linking", part)]
    return [(item, read_document(item, tools=tools).claims) for item in documents]


def pairs(told: Sequence[Told], gold: dict[str, dict[tuple[int, int], str]]) -> tuple[list[Statement], dict[str, str], list[tuple[int, int]], np.ndarray, np.ndarray]:
    """Compare the event claims that have a gold cluster, within documents and between linked ones."""
    background = load_background()
    stories = Stories(background)
    for document, _ in told:
        stories.add(document)
    items: list[Statement] = []
    keys: dict[str, str] = {}
    for document, claims in told:
        for claim in claims:
            key = _key(claim, gold[document.name])
            if isinstance(claim.payload, Event) and key is not None:
                items.append(make_statement(document, claim, background))
                keys[claim.id] = key
    at, rows = [], []
    for a, left in enumerate(items):
        for b in range(a + 1, len(items)):
            right = items[b]
            story = stories.chance(left.document_id, right.document_id)
            found = compare(left, right, story) if story > 0.5 else None
            if found is not None:
                at.append((a, b))
                rows.append([found[name] for name in PRIORS])
    answers = np.array([keys[items[a].claim.id] == keys[items[b].claim.id] for a, b in at], float)
    return items, keys, at, np.array(rows), answers


def _key(claim: Claim, gold: dict[tuple[int, int], str]) -> str | None:
    for (start, end), cluster in gold.items():
        if claim.span.start < end and start < claim.span.end:
            return cluster
    return None


def fit(matrix: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Fit by Newton steps, drawn to the beliefs; what comes out against its belief's sign is set to 0."""
    belief = np.array([*PRIORS.values(), CONSTANT])
    rows = np.hstack([matrix, np.ones((len(matrix), 1))])
    found = belief.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (chance - answers) + RIDGE * (found - belief)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + RIDGE * np.eye(len(found))
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return np.where((belief[:-1] * found[:-1] < 0), 0, found[:-1]).tolist() + [found[-1]]


def score(items: Sequence[Statement], keys: dict[str, str], at: Sequence[tuple[int, int]], chances: np.ndarray) -> dict[str, float]:
    """Group the claims and measure against the gold clusters."""
    table: dict[str, dict[str, float]] = {item.claim.id: {} for item in items}
    for (a, b), value in zip(at, chances, strict=True):
        left, right = items[a].claim.id, items[b].claim.id
        table[left][right] = table[right][left] = float(value)
    found = {name: str(number) for number, rows in enumerate(group(sorted(table), table, THRESHOLD)) for name in rows}
    return measure({name: frozenset([key]) for name, key in keys.items()}, {name: frozenset([key]) for name, key in found.items()})


def main() -> int:
    """Read, fit, print and keep figures, write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--kept", type=Path, help="a file to keep readings in between runs")
    arguments = parser.parse_args()
    if arguments.kept and arguments.kept.exists():
        told = pickle.loads(arguments.kept.read_bytes())  # our own file
    else:
        told = {part: read_all(arguments.shared, part) for part in ("train", "dev")}
        if arguments.kept:
            arguments.kept.write_bytes(pickle.dumps(told))
    folder = arguments.shared / "corpus" / "linking"
    _, _, _, matrix, answers = pairs(told["train"], actions(folder, "train"))
    weights = np.array(fit(matrix, answers))
    items, keys, at, unseen, gold = pairs(told["dev"], actions(folder, "dev"))
    chances = 1 / (1 + np.exp(-(unseen @ weights[:-1] + weights[-1])))
    keep_figures({
        f"ECB+ dev, event claims as coded ({len(items)}), held out": score(items, keys, at, chances),
        "ECB+ dev, event claims, every claim alone": score(items, keys, [], np.array([])),
        "ECB+ dev, event claims, same word and story": score(items, keys, at, (unseen[:, list(PRIORS).index("same word")] > 0) * 1.0),
    })
    print(len(answers), "pairs,", int(answers.sum()), "of one happening;", dict(zip([*PRIORS, "constant"], weights.round(2), strict=True)))
    path = DATA / "weights.json"
    kept = json.loads(path.read_text("utf-8"))
    kept["events undated"] = {
        "constant": round(float(weights[-1]), 3),
        "threshold": THRESHOLD,
        "weights": {name: round(float(value), 3) for name, value in zip(PRIORS, weights[:-1], strict=True) if value},
    }
    path.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
