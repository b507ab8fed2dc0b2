"""The long description: the README with every link and picture made absolute, for pages that stand elsewhere."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?P<path>(?![a-z]+:|#)[^)\s]+)\)")


def absolute(words: str, source: str) -> str:
    """Return Markdown whose links to files lead into a repository, and whose pictures are had from it.

    Args:
        words: Markdown with links relative to the repository's root.
        source: Address of the repository.
    """
    root = source.rstrip("/")

    def lead(match: re.Match[str]) -> str:
        place = "raw" if match["picture"] else "blob"
        return f"{match['picture']}[{match['words']}]({root}/{place}/main/{match['path']})"

    return LINK.sub(lead, words)


class LongDescription(MetadataHookInterface):  # type: ignore[misc]  # the library's types are not installed here
    """Gives the package its long description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the README in, its links led to the address that ``project.urls`` names Source."""
        words = (Path(self.root) / "README.md").read_text("utf-8")
        text = absolute(words, metadata["urls"]["Source"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
