"""Reader threads: how many rows set beside readers' claims speak of the same, and how many of those that do are found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.results import keep
from counterclaim.discussion import read_comments
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.reader_claims import read_reader_claims, told_in
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.claim import Claim
from counterclaim.records.text import Comment, Division, Document, ReportEnd, Span
from counterclaim.service.reader_threads import Rows, match_comments

CASES = Path(__file__).parents[1] / "tests" / "cases" / "reader-threads.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comment, the rows that a person set beside it, and those that are found."""

    under: str
    part: str
    text: str
    expected: frozenset[str]
    found: frozenset[str]

    @property
    def missed(self) -> frozenset[str]:
        return self.expected - self.found

    @property
    def wrong(self) -> frozenset[str]:
        return self.found - self.expected


def run_cases(tools: Tools | None = None, path: Path = CASES) -> tuple[Case, ...]:
    """Read the reports and the comments under them, and set the comments beside the rows of all reports."""
    tools = tools or load_tools()
    rows = yaml.safe_load(path.read_text("utf-8"))
    reports = {
        name: Document(text=row["text"], published=row["published"])
        for name, row in rows["reports"].items()
    }
    ledger: list[tuple[Document, Claim]] = []
    names: dict[str, str] = {}
    for name, report in reports.items():
        claims = read_document(report, tools=tools).claims
        ledger += [(report, claim) for claim in claims]
        names |= _named(name, claims)
    return tuple(
        _case(row, reports[row["under"]], ledger, names, tools) for row in rows["comments"]
    )


def _named(report: str, claims: Sequence[Claim]) -> dict[str, str]:
    """Name each row by its report and words, a second one of the same words with a 2."""
    seen: Counter[str] = Counter()
    found = {}
    for claim in sorted(claims, key=lambda item: item.span):
        words = f"{report}: {claim.quote}"
        seen[words] += 1
        found[claim.id] = words if seen[words] == 1 else f"{words} {seen[words]}"
    return found


def _case(
    row: Mapping[str, Any], report: Document, ledger: Rows, names: Mapping[str, str], tools: Tools
) -> Case:
    thread, division = _under(report, row["text"])
    said = read_reader_claims(
        thread, division.comments, lambda text: read_document(text, tools=tools, is_comment=True)
    )
    comments = read_comments(thread, division, told_in(said))
    stretches = match_comments(thread, comments, said, lambda _: ledger)
    found = {names[item.row.id] for own in stretches.values() for part in own for item in part.rows}
    return Case(
        under=row["under"],
        part=row["part"],
        text=row["text"],
        expected=frozenset(row["rows"]),
        found=frozenset(found),
    )


def _under(report: Document, words: str) -> tuple[Document, Division]:
    """Return a report with one comment set under it, known as the report."""
    start = len(report.text)
    text = report.text + words
    thread = Document(text=text, published=report.published).known_as(report.id)
    comment = Comment(span=Span(start, len(text)), boundary="sure", reason="set there by the bench")
    end = ReportEnd(at=start, boundary="sure", reason="set there by the bench")
    return thread, Division(report=Span(0, start), cut=end, passages=(), comments=(comment,))


def figures(cases: Sequence[Case]) -> dict[str, float]:
    """Return precision and recall over rows, and the share of comments that are right in all their rows."""
    right = sum(len(case.expected & case.found) for case in cases)
    found = sum(len(case.found) for case in cases)
    expected = sum(len(case.expected) for case in cases)
    whole = sum(case.expected == case.found for case in cases)
    return {
        "comments": len(cases),
        "precision": right / found if found else 1.0,
        "recall": right / expected if expected else 1.0,
        "whole": whole / len(cases) if cases else 1.0,
    }


def lines(cases: Sequence[Case]) -> Iterator[str]:
    """Yield the figures of each part, then what went wrong."""
    for part in ("tune", "held", "fresh"):
        own = [case for case in cases if case.part == part]
        told = figures(own)
        yield (
            f"{part}: {told['comments']:.0f} comments, precision {told['precision']:.2f}, "
            f"recall {told['recall']:.2f}, {told['whole']:.2f} right in all rows"
        )
    for case in cases:
        if case.wrong or case.missed:
            yield f"  {case.part} {case.text}"
            yield from (f"      not the same: {name}" for name in sorted(case.wrong))
            yield from (f"      missed: {name}" for name in sorted(case.missed))


if __name__ == "__main__":
    measured = run_cases()
    print("\n".join(lines(measured)))
    keep(
        "threads",
        {
            "command": "python -m bench.threads",
            **{
                part: {
                    name: round(value, 3)
                    for name, value in figures([c for c in measured if c.part == part]).items()
                }
                for part in ("tune", "held", "fresh")
            },
        },
    )
