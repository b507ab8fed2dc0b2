"""Fit the weights that say whether two documents tell of one happening.

    python -m training.linking.documents [--shared ../shared]

Writes src/counterclaim/link/data/background.tsv and documents.json; prints five-fold figures, every
fold with a background and weights that have not seen it. Needs numpy alone.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from counterclaim.link.document_frequencies import UNSEEN, Background, with_known
from counterclaim.link.blocking import BlockingIndex
from counterclaim.link.clustering import group
from counterclaim.link.document_features import DocumentFeatures, compare, tfidf
from counterclaim.link.text_features import read_wording
from counterclaim.records.text import Document
from bench.clusters import measure
from training.linking.corpora import Row, ecb, gun_violence

DATA = Path(__file__).parents[2] / "src" / "counterclaim" / "link" / "data"
LEAST_HAPPENINGS = 4
"""Happenings that a word must stand in to enter the background: names of private persons do not."""
MOST_WORDS = 12_000


def background(groups: Iterable[Sequence[set[str]]]) -> dict[str, float]:
    """Return how rare words are: each happening of a corpus counts once, the corpus where it is commonest counts."""
    best: dict[str, float] = {}
    for corpus in groups:
        counts: Counter[str] = Counter()
        for words in corpus:
            counts.update(words)
        for word, count in counts.items():
            if count >= LEAST_HAPPENINGS:
                value = -math.log((count - 1) / len(corpus))
                best[word] = min(best.get(word, 99.0), value)
    kept = sorted(best, key=lambda word: (best[word], word))[:MOST_WORDS]
    return {word: round(min(best[word], UNSEEN), 2) for word in kept}


def happenings(rows: Sequence[Row]) -> list[set[str]]:
    """Return the words of each happening's documents together."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for key in row.gold:
            found.setdefault(key, set()).update(_words(row.text))
    return list(found.values())


def wars(folder: Path) -> list[set[str]]:
    """Return the words of encyclopedia articles on wars, so that the words of war are common ones."""
    lines = map(json.loads, (folder / "dev.jsonl").open(encoding="utf-8"))
    return [_words(row["text"]) for row in lines if row["corpus"] == "wikiwars"]


def _words(text: str) -> set[str]:
    wording = read_wording(text)
    return {*wording.words, *wording.names, *wording.pairs}


def candidates(items: Sequence[DocumentFeatures]) -> list[tuple[int, int]]:
    """Return the pairs that blocking lets through."""
    block: BlockingIndex[int] = BlockingIndex()
    pairs = set()
    for index, item in enumerate(items):
        pairs |= {(other, index) for other in block.neighbours(item)}
        block.add(index, item)
    return sorted(pairs)


@dataclass(frozen=True)
class Pairs:
    """The compared pairs of one set: positions, features, and whether they are of one happening."""

    rows: Sequence[Row]
    at: np.ndarray
    features: np.ndarray
    gold: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Row], table: Background, *, dated: bool) -> "Pairs":
        """Compare a set's documents as the room would."""
        documents = [Document(text=row.text, name=row.id, published=row.published if dated else None) for row in rows]
        wordings = [read_wording(item.text, item.published) for item in documents]
        wide = table.widened(zip(wordings, (item.published for item in documents), strict=True))
        items = [tfidf(item, wording, wide) for item, wording in zip(documents, wordings, strict=True)]
        pairs = candidates(items)
        values = np.array([list(compare(items[a], items[b]).values()) for a, b in pairs])
        gold = np.array([bool(rows[a].gold & rows[b].gold) for a, b in pairs], float)
        return cls(rows, np.array(pairs), values, gold)


def fit(matrix: np.ndarray, answers: np.ndarray, weight: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Fit a logistic regression by Newton steps; the last weight is the constant."""
    rows = np.hstack([matrix, np.ones((len(matrix), 1))])
    found = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], ridge)
    penalty[-1] = 0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weight * (chance - answers)) + penalty * found
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


AGAINST = ("days apart", "undated")
"""Features that may speak against; all others are agreements, and never do."""


def fit_agreements(matrix: np.ndarray, answers: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fit with agreements at 0 or above: those that come out below are left out, and the rest fitted again."""
    kept = list(range(matrix.shape[1]))
    while True:
        found = fit(matrix[:, kept], answers, weight)
        worst = [index for index, value in zip(kept, found, strict=False) if value < 0 and NAMES[index] not in AGAINST]
        if not worst:
            whole = np.zeros(matrix.shape[1] + 1)
            whole[kept], whole[-1] = found[:-1], found[-1]
            return whole
        kept = [index for index in kept if index not in worst]


NAMES = ("words", "lead", "names", "rarest pair", "pairs", "rarest name", "second name", "days apart", "undated", "named day", "age")
THRESHOLD = 0.5
GUN_VIOLENCE_UNDATED = 0.02
"""What a gun-violence pair without its days counts beside an ECB+ pair: the sets differ in size."""


def chances(weights: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Return the chance of each pair."""
    return 1 / (1 + np.exp(-np.clip(features @ weights[:-1] + weights[-1], -30, 30)))


def score(pairs: Pairs, values: np.ndarray) -> dict[str, float]:
    """Group the documents by these chances and measure against the gold."""
    table: dict[str, dict[str, float]] = {f"{index:06}": {} for index in range(len(pairs.rows))}
    for (a, b), value in zip(pairs.at, values, strict=True):
        table[f"{a:06}"][f"{b:06}"] = table[f"{b:06}"][f"{a:06}"] = float(value)
    found = {name: key for key, rows in enumerate(group(sorted(table), table, THRESHOLD)) for name in rows}
    ids = [f"{index:06}" for index in range(len(pairs.rows))]
    return measure(
        {name: pairs.rows[index].gold for index, name in enumerate(ids)},
        {name: frozenset([str(found[name])]) for name in ids},
    )


def folds(rows: Sequence[Row], number: int = 5) -> np.ndarray:
    """Return each document a fold; the documents of one happening share it."""
    keys = sorted({min(row.gold) for row in rows})
    random.Random(1).shuffle(keys)
    at = {key: index % number for index, key in enumerate(keys)}
    return np.array([at[min(row.gold)] for row in rows])


def crossed(pairs: Pairs) -> np.ndarray:
    """Score each pair by weights fitted on the other folds; pairs between folds are tested only."""
    fold = folds(pairs.rows)
    left, right = fold[pairs.at[:, 0]], fold[pairs.at[:, 1]]
    found = np.zeros(len(pairs.gold))
    for number in range(5):
        train = (left != number) & (right != number)
        weights = fit_agreements(pairs.features[train], pairs.gold[train], np.ones(train.sum()))
        found[~train] = chances(weights, pairs.features[~train])
    return found


def main() -> int:
    """Fit, print figures, write the data files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    corpus = parser.parse_args().shared / "corpus"
    guns, train, dev = gun_violence(corpus / "linking"), ecb(corpus / "linking", "train"), ecb(corpus / "linking", "dev")
    shipped = background([happenings(train), wars(corpus / "timex")])
    table = with_known(shipped)
    dated = Pairs.of(guns, table, dated=True)
    figures = {"gun violence, documents, five folds": score(dated, crossed(dated))}
    news, bare = Pairs.of(train, table, dated=False), Pairs.of(guns, table, dated=False)
    weight = np.concatenate([np.ones(len(news.gold)), np.full(len(bare.gold), GUN_VIOLENCE_UNDATED)])
    undated = fit_agreements(np.vstack([news.features, bare.features]), np.concatenate([news.gold, bare.gold]), weight)
    unseen = Pairs.of(dev, table, dated=False)
    figures["ECB+ dev, documents without days, held out"] = score(unseen, chances(undated, unseen.features))
    keep_figures(figures)
    everything = fit_agreements(dated.features, dated.gold, np.ones(len(dated.gold)))
    write_background(shipped)
    write_weights("dated", everything)
    write_weights("undated", undated)
    return 0


RESULTS = Path(__file__).parents[2] / "bench" / "results" / "linking.json"


def keep_figures(figures: dict[str, dict[str, float]]) -> None:
    """Print figures and put them into bench/results/linking.json beside the others there."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    for name, row in figures.items():
        print(name, row)
    RESULTS.write_text(json.dumps(dict(sorted({**kept, **figures}.items())), indent=1) + "\n", "utf-8")


def write_background(table: dict[str, float]) -> None:
    """Write the shipped table, commonest first."""
    lines = [
        "# word or pair of names, a tab, natural logarithm of one over its share of happenings",
        "# made by python -m training.linking.documents from ECB+ (CC BY 3.0) and WikiWars (CC BY-SA 3.0)",
        *(f"{word}\t{value}" for word, value in table.items()),
    ]
    (DATA / "background.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def write_weights(name: str, weights: np.ndarray) -> None:
    """Put one set into data/weights.json; the others stay."""
    path = DATA / "weights.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    kept[name] = {
        "constant": round(float(weights[-1]), 3),
        "threshold": THRESHOLD,
        "weights": {key: round(float(value), 3) for key, value in zip(NAMES, weights[:-1], strict=True) if abs(value) > 0.005},
    }
    path.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
