"""Write the pages that are made from the program itself: run ``make docs``.

``tests/test_docs.py`` fails when a page is stale, so that no page can say what the program does not do.
"""

import importlib
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = 96


def plan() -> str:
    """Return the floor plan: each room's own words, from the ground floor up."""
    from counterclaim import ROOMS  # noqa: PLC0415 - the page is made on demand

    lines = [
        "# The floor plan",
        "",
        "Made by `make docs` from the rooms' own words. A room imports only rooms on lower floors,",
        "and rooms of one floor never import each other; `tests/test_architecture.py` holds them to it.",
    ]
    for floor, rooms in enumerate(ROOMS):
        lines += ["", f"## Floor {floor}"]
        for room in rooms:
            words = (importlib.import_module(f"counterclaim.{room}").__doc__ or "").strip()
            lines += ["", f"### `{room}`", "", words]
    return "\n".join(lines) + "\n"


def command_line() -> str:
    """Return every command with its help."""
    import typer.main  # noqa: PLC0415 - the page is made on demand
    from typer.testing import CliRunner  # noqa: PLC0415

    from counterclaim.cli.app import app  # noqa: PLC0415

    lines = ["# The command line", "", "Made by `make docs` from the program's own help."]

    def add(path: tuple[str, ...], command: object) -> None:
        result = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "88", "TERM": "dumb"})
        name = " ".join(("counterclaim", *path))
        help_ = "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())
        lines.extend(["", f"## `{name}`", "", "```text", help_, "```"])
        for child, inner in getattr(command, "commands", {}).items():
            add((*path, child), inner)

    add((), typer.main.get_command(app))
    return "\n".join(lines) + "\n"


def stances() -> str:
    """Return what makes each stance: the cues that have it, and the rows that read it."""
    from counterclaim.lexicon import load_cues  # noqa: PLC0415 - the page is made on demand
    from counterclaim.lexicon.stances import FACTS, load_stances  # noqa: PLC0415
    from counterclaim.records.attribution import STANCES  # noqa: PLC0415

    rows = load_stances()
    lines = [
        "# How a stance is read",
        "",
        "Made by `make docs` from `lexicon/stances.yaml` and the cue lexicons. What each stance means stands in",
        "`docs/codebook/claims.md`.",
        "",
        "The cue's entry proposes a stance. Rows that ask only for facts of the cue are tried on the cue; the others",
        "on the clauses of what is said, the main one first. For each, the rows go from top to bottom, and the first",
        "that fits decides; the trace names it. Where none fits, the entry's stance stands. A stance read in a clause",
        "holds for that clause alone.",
        "",
        "| row | stance | changes | where | the clause has | as in | not in |",
        "|---|---|---|---|---|---|---|",
    ]
    lines.extend(
        "| "
        + " | ".join(
            (
                f"`{row.id}`",
                f"`{row.stance}`" if row.stance != "none" else "no claim",
                ", ".join(sorted(row.of)) or "any",
                ", ".join([*sorted(row.facts), *(f"not {fact}" for fact in sorted(row.barred))]),
                "; ".join(row.sets),
                row.examples[0],
                row.counter_examples[0],
            )
        )
        + " |"
        for row in rows
    )
    lines += ["", "## The facts", "", "| fact | holds where |", "|---|---|"]
    lines += [f"| {fact} | {words} |" for fact, words in FACTS.items()]
    lines += ["", "## The cues", "", "| stance | entries |", "|---|---|"]
    for stance in STANCES:
        entries = ", ".join(cue.id for cue in load_cues() if cue.stance == stance)
        lines.append(f"| `{stance}` | {entries or 'none: read from the content alone'} |")
    return "\n".join(lines) + "\n"


def demo_table() -> str:
    """Return the demo's table as it is printed, from the sides to the total line."""
    from rich.console import Console  # noqa: PLC0415 - the page is made on demand

    from counterclaim.cli.table import show_sheet  # noqa: PLC0415
    from counterclaim.pipeline.demo import demo_document  # noqa: PLC0415
    from counterclaim.pipeline.read import read_document  # noqa: PLC0415
    from counterclaim.service.report_view import build_report_view  # noqa: PLC0415

    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None)
    show_sheet(console, build_report_view(read_document(demo_document())))
    sections = _sections(out.getvalue())
    return "\n\n".join(
        sections[name] for name in ("Positions side by side", "Casualties", "Withheld")
    )


def _sections(table: str) -> dict[str, str]:
    """Cut a printed table at its headings: single lines after an empty one."""
    found: dict[str, list[str]] = {}
    lines = [line.rstrip() for line in table.splitlines()]
    inside = ""
    for before, line in zip(["", *lines], lines, strict=False):
        if not before and line and not line.startswith(" ") and "  " not in line:
            inside = line
        if inside:
            found.setdefault(inside, []).append(line)
    return {name: "\n".join(rows).rstrip() for name, rows in found.items()}


EXAMPLE = (
    "Armenia’s defence ministry said on Tuesday that Azerbaijani drones had shelled the town of "
    "Vardenis, killing two soldiers. Azerbaijan denied striking any target inside Armenia and has "
    "yet to disclose its own losses."
)


def example_lines() -> str:
    """Return the README's example paragraph as its ledger lines, and the finding on them."""
    from datetime import date  # noqa: PLC0415 - the page is made on demand

    from counterclaim.export.formats import notation  # noqa: PLC0415
    from counterclaim.pipeline.read import read_document  # noqa: PLC0415
    from counterclaim.records.text import Document  # noqa: PLC0415

    reading = read_document(Document(text=EXAMPLE, name="example", published=date(2020, 9, 30)))
    finding = next(item for item in reading.findings if item.status == "denied")
    return f"{notation(reading).rstrip()}\n\nfinding: {finding.status}, by rule {finding.rule}: {finding.reason}"


def figures() -> str:
    """Return the table of measured figures from ``bench/results``."""
    lines = ["| corpus | measure | precision | recall | F1 |", "|---|---|---|---|---|"]
    for name, words in (
        ("source-ledger", "the article it began with"),
        ("fresh-ledger", "29 reports, not trained on"),
        ("development-ledger", "60 reports, trained on"),
    ):
        scores = json.loads((ROOT / "bench" / "results" / f"{name}.json").read_text("utf-8"))
        for measure, row in scores["measures"].items():
            if row["gold"] and measure in SHOWN:
                lines.append(
                    f"| {words} | {SHOWN[measure]} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} |"
                )
    return "\n".join(lines)


SHOWN = {
    "claims cue": "claims: the cue found",
    "claims cue+speaker": "claims: and its speaker",
    "claims full": "claims: and its content",
    "claims full+stance": "claims: and its stance",
    "casualties +kind": "figures: number and kind of harm",
    "casualties +side": "figures: and whose loss",
    "casualties +reporter": "figures: every field right",
    "undisclosed": "withheld figures",
    "ceasefires +status": "ceasefires with their state",
    "events found+type": "events with their type",
}
"""The measures that the README shows, and how it words them."""

PAGES: dict[str, Callable[[], str]] = {
    "docs/plan.md": plan,
    "docs/cli.md": command_line,
    "docs/stances.md": stances,
}
BLOCKS: dict[str, Callable[[], str]] = {
    "demo": lambda: f"```text\n{demo_table()}\n```",
    "example": lambda: f"```text\n{example_lines()}\n```",
    "figures": figures,
}
"""What stands between ``<!-- name: made by make docs -->`` and ``<!-- /name -->`` in the README."""


def readme() -> str:
    """Return the README with its made blocks made again."""
    words = (ROOT / "README.md").read_text("utf-8")
    for name, make in BLOCKS.items():
        fence = re.compile(
            rf"(<!-- {name}: made by make docs -->\n).*?(<!-- /{name} -->)", re.DOTALL
        )
        made = f"{make()}\n"
        words, count = fence.subn(lambda match, made=made: match[1] + made + match[2], words)
        assert count == 1, f"README has no block {name}"
    return words


def main() -> int:
    """Write every made page."""
    for path, make in {**PAGES, "README.md": readme}.items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(make(), "utf-8")
        print(path)  # noqa: T201 - says what it wrote
    return 0


if __name__ == "__main__":
    sys.exit(main())
