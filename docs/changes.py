"""Assemble the fragments of ``changelog.d/``: ``python docs/changes.py`` prints them, ``python docs/changes.py 0.2.0`` releases.

A fragment is one file, ``<topic>.<kind>.md``, with what a user of the program should know. Two changes never touch one file,
so that they never conflict. A release moves the fragments under the version's heading in ``docs/changelog.md``; until then
the site shows them there as not released yet.
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRAGMENTS = ROOT / "changelog.d"
PAGE = ROOT / "docs" / "changelog.md"

KINDS = {
    "added": "Added",
    "changed": "Changed",
    "fixed": "Fixed",
    "data": "Data",
    "codebook": "Codebook: changes of method",
}
"""Kinds of fragments and their headings, in the page's order."""

HEAD = "# Changes\n\nAssembled from `changelog.d/` by `docs/changes.py`.\n"
NEXT = "\n## Not released yet\n"


class FragmentError(ValueError):
    """A fragment's name tells no kind, or it says nothing."""


def read_fragments(folder: Path) -> dict[str, list[str]]:
    """Return what the fragments say, by kind, each kind in the order of topics.

    Args:
        folder: The folder of fragments.

    Raises:
        FragmentError: If a name has not the form ``topic.kind.md``, or a file is empty.
    """
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for path in sorted(folder.glob("*")):
        match = re.fullmatch(r"[a-z0-9-]+\.([a-z]+)\.md", path.name)
        if match is None or match[1] not in KINDS:
            raise FragmentError(
                f"{path.name}: name it topic.kind.md, with kind one of {', '.join(KINDS)}"
            )
        words = " ".join(path.read_text("utf-8").split())
        if not words:
            raise FragmentError(f"{path.name} says nothing")
        found[match[1]].append(words.removeprefix("- "))
    return found


def assemble(found: dict[str, list[str]]) -> str:
    """Return the fragments as Markdown, without a heading for the version."""
    parts = [
        f"\n### {heading}\n\n" + "\n".join(f"- {words}" for words in found[kind]) + "\n"
        for kind, heading in KINDS.items()
        if found[kind]
    ]
    return "".join(parts)


def released() -> str:
    """Return what the page says of versions that are out."""
    if not PAGE.exists():
        return ""
    _, mark, rest = PAGE.read_text("utf-8").partition("\n## Version ")
    return mark + rest


def page() -> str:
    """Return the page: what is not released yet, then the versions."""
    waiting = assemble(read_fragments(FRAGMENTS))
    return HEAD + (NEXT + waiting if waiting else "") + released()


def release(version: str) -> None:
    """Move all fragments under a version's heading, and take their files away.

    Args:
        version: As ``0.2.0``.
    """
    waiting = assemble(read_fragments(FRAGMENTS))
    day = datetime.now(UTC).date()
    PAGE.write_text(f"{HEAD}\n## Version {version}, {day}\n{waiting}{released()}", "utf-8")
    for path in FRAGMENTS.glob("*.md"):
        path.unlink()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        release(sys.argv[1])
    else:
        print(page())  # noqa: T201 - what it is run for
