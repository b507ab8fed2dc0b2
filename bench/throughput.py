"""Throughput: the bare spaCy pipeline and ``read`` in turn, on the same texts, in one process."""

import json
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench.tasks import day
from counterclaim.desk.read import read_document
from counterclaim.desk.tools import load_tools
from counterclaim.records.text import Document


def run_throughput(source: Path, rounds: int) -> int:
    """Print both medians, in documents per second, and their ratio."""
    rows = [json.loads(line) for line in source.read_text("utf-8").split("\n") if line.strip()]
    texts = [row["text"] for row in rows]
    documents = [Document(text=row["text"], published=day(row.get("date"))) for row in rows]
    tools = load_tools()

    def bare() -> None:
        for _ in tools.parser.nlp.pipe(texts):
            pass

    def whole() -> None:
        for document in documents:
            read_document(document, tools=tools)

    bare_rate, whole_rate = alternate(bare, whole, len(texts), rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"bare pipeline {bare_rate:.2f} documents per second (median of {rounds})")
    print(f"read, rules only {whole_rate:.2f} documents per second (median of {rounds})")
    print(f"ratio {whole_rate / bare_rate:.2f}; peak memory {peak:.0f} MiB")
    return 0


def alternate(
    first: Callable[[], None], second: Callable[[], None], size: int, rounds: int
) -> tuple[float, float]:
    """Run two pieces of work in turn, A B A B, after one warm-up each.

    Returns:
        Median rates, items per second.
    """
    first()
    second()
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, kept in zip((first, second), rates, strict=True):
            started = time.perf_counter()
            work()
            kept.append(size / (time.perf_counter() - started))
    return statistics.median(rates[0]), statistics.median(rates[1])
