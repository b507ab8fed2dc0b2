"""The report: every corpus that is there, measured, with the command beside each figure."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.mission import check_source
from bench.resolving import score_finding, score_placing, score_times, toponyms
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
    _reports(shared, "dev", "development-ledger")
    _reports(shared, "fresh", "fresh-ledger")
    _source(shared)
    _places(shared / "corpus" / "geo")
    _times(shared / "corpus" / "timex")
    return 0


def _score(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _reports(shared: Path, corpus_name: str, name: str) -> None:
    """Score the ledgers of a folder of real reports with neutral gold."""
    corpus, scorer = shared / "corpus" / corpus_name, shared / "bench" / "score_ledger.py"
    if not corpus.exists():
        return
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
        _keep(name, json.loads(scores.read_text()))


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
    _write("source-lands", check_source(text))


def _places(corpus: Path) -> None:
    """Measure placing on the gold mentions, and finding on the bare texts."""
    if not corpus.exists():
        return
    gold = _rows(corpus / "dev.jsonl")
    texts = [{"id": row["id"], "text": row["text"], "date": row.get("date")} for row in gold]
    given = [
        text | {"mentions": [[item["start"], item["end"]] for item in toponyms(row)]}
        for text, row in zip(texts, gold, strict=True)
    ]
    scores = {
        "command": "python -m bench report",
        "placing_given_mentions": score_placing(gold, _ran("places", given)),
        "finding": score_finding(gold, _ran("places", texts)),
    }
    _write("places", scores)


def _times(corpus: Path) -> None:
    """Measure times with the gold's own document dates."""
    if not corpus.exists():
        return
    gold = _rows(corpus / "dev.jsonl")
    texts = [{"id": row["id"], "text": row["text"], "dct": row["dct"]} for row in gold]
    scores = score_times(gold, _ran("times", texts))
    _write("times", {"command": "python -m bench report", **scores})


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _ran(task: str, rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Run a task on rows; give its rows by id."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        run_task(task, source, target, 1)
        return {row["id"]: row for row in _rows(target)}


def _write(name: str, scores: dict[str, Any]) -> None:
    text = json.dumps(scores, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
    print(f"\n{name}\n{text}")


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
