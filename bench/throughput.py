"""Throughput: the bare spaCy pipeline and ``read`` in turn, on the same texts, in one process.

Seconds are those of the processor, of all threads together: those of the wall depend on what else the machine does.
"""

import json
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.results import keep
from bench.tasks import day
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.text import Document

Work = Callable[[], None]

BARE, RULES, MODEL, ALONE = "bare pipeline", "read, rules only", "read, model on", "model alone"


def run_throughput(source: Path, rounds: int) -> int:
    """Print the median rates in documents per second of the processor, their ratios to the bare pipeline, and memory."""
    rows = [json.loads(line) for line in source.read_text("utf-8").split("\n") if line.strip()]
    documents = [Document(text=row["text"], published=day(row.get("date"))) for row in rows]
    works = {BARE: bare(documents), RULES: reading(documents, load_tools(rules_only=True))}
    tools = load_tools()
    if tools.tagger is None:
        print(*tools.problems, sep="\n")
    else:
        works |= {MODEL: reading(documents, tools), ALONE: tagging(documents, tools)}
    rates = alternate(works, len(documents), rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratios = {name: rate / rates[BARE] for name, rate in rates.items()}
    for name, rate in rates.items():
        print(f"{name:18} {rate:6.2f} documents per second, {ratios[name]:.2f} of bare")
    print(f"medians of {rounds} rounds over {len(documents)} documents; peak memory {peak:.0f} MiB")
    keep(
        "throughput",
        {
            "documents": len(documents),
            "rounds": rounds,
            "documents_per_second": {name: round(rate, 2) for name, rate in rates.items()},
            "of_bare": {name: round(ratio, 3) for name, ratio in ratios.items()},
            "peak_memory_mib": round(peak),
        },
    )
    return 0


def bare(documents: list[Document]) -> Work:
    """Run the spaCy pipeline over whole texts, and nothing of ours."""
    nlp = load_tools(rules_only=True).parser.nlp

    def work() -> None:
        for _ in nlp.pipe([document.text for document in documents]):
            pass

    return work


def reading(documents: list[Document], tools: Tools) -> Work:
    """Read every document from its words to its findings."""

    def work() -> None:
        for document in documents:
            read_document(document, tools=tools)

    return work


def tagging(documents: list[Document], tools: Tools) -> Work:
    """Run the model alone over the lines of every document."""
    tagger = tools.tagger
    assert tagger is not None

    def work() -> None:
        for document in documents:
            tagger.tag([line for line in document.text.splitlines() if line.strip()])

    return work


def alternate(works: Mapping[str, Work], size: int, rounds: int) -> dict[str, float]:
    """Run pieces of work in turn, A B C A B C, after one warm-up each.

    Returns:
        Median rates, items per second of the processor.
    """
    for work in works.values():
        work()
    rates: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            started = time.process_time()
            work()
            rates[name].append(size / (time.process_time() - started))
    return {name: statistics.median(kept) for name, kept in rates.items()}
