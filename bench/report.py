"""The report: every corpus that is there, measured, with the command beside each figure."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.rows import run_task

RESULTS = Path(__file__).parent / "results"


def run_report(shared: Path) -> int:
    """Measure what can be measured here and write ``bench/results``.

    Corpora are read where they are and never copied; where they are missing, the report says so.
    """
    if not (shared / "corpus").exists():
        print(f"no corpora at {shared}: nothing measured; give --shared")
        return 0
    RESULTS.mkdir(exist_ok=True)
    _development(shared)
    _source(shared)
    return 0


def _score(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _development(shared: Path) -> None:
    corpus, scorer = shared / "corpus" / "dev", shared / "bench" / "score_ledger.py"
    with tempfile.TemporaryDirectory() as folder:
        predicted, scores = Path(folder) / "out.jsonl", Path(folder) / "scores.json"
        run_task("ledger", corpus / "texts.jsonl", predicted, 1)
        _score(
            [
                str(scorer),
                str(predicted),
                "--gold",
                str(corpus / "gold.jsonl"),
                "--texts",
                str(corpus / "texts.jsonl"),
                "--json",
                str(scores),
            ]
        )
        _keep("development-ledger", json.loads(scores.read_text()))


def _source(shared: Path) -> None:
    corpus, scorer = shared / "corpus" / "source", shared / "bench" / "score_ledger.py"
    text = (corpus / "article.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        rows, predicted, scores = (
            Path(folder) / name for name in ("in.jsonl", "out.jsonl", "scores.json")
        )
        rows.write_text(
            json.dumps({"id": "SEED", "text": text, "date": "2020-10-14"}) + "\n", "utf-8"
        )
        run_task("ledger", rows, predicted, 1)
        _score(
            [
                str(scorer),
                str(predicted),
                "--gold",
                str(corpus / "gold.jsonl"),
                "--texts",
                str(rows),
                "--seed-text",
                str(corpus / "article.txt"),
                "--json",
                str(scores),
            ]
        )
        _keep("source-ledger", json.loads(scores.read_text()))


def _keep(name: str, scores: dict[str, Any]) -> None:
    """Write one set of scores and print its table."""
    (RESULTS / f"{name}.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    print(f"\n{name} ({scores['texts']} texts)")
    for measure, row in scores["measures"].items():
        if row["gold"]:
            print(
                f"  {measure:26} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}  ({row['tp']} of {row['gold']})"
            )
    for measure, value in scores["accuracy"].items():
        if value is not None:
            print(f"  {measure:26} {value:.3f}")
