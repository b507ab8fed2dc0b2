"""Prepare pages for the site: links out of ``docs/`` lead to the repository, made pages say so.

A hook of MkDocs (``mkdocs.yml`` names it), used by ``make site`` alone. On a code host the same pages work
unchanged.
"""

import posixpath
import re
import runpy
from pathlib import Path
from typing import Any

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|mailto:|#)([^)\s]+)\)")
"""A Markdown link that is no picture, and stays within the repository."""

MADE = ("cli.md", "plan.md", "stances.md")
"""Pages that ``docs/generate.py`` writes."""

NOTE = '!!! note "Made by the program"\n\n    `make docs` writes this page; a change to it belongs in the code.\n\n'


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Return a page's Markdown with links that the site can follow.

    Args:
        markdown: The page as it stands in ``docs/``.
        page: The page; its path says from where relative links count.
        config: The settings, for the repository's address.
        files: The files of the site; a link to any other one leads to the repository.
    """
    path = page.file.src_uri
    if path == "changelog.md":
        return str(runpy.run_path(str(Path(__file__).parent / "changes.py"))["page"]())
    known = {item.src_uri for item in files if item.inclusion.is_included()}

    def lead(match: re.Match[str]) -> str:
        target, _, anchor = match[2].partition("#")
        resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if resolved in known:
            return match[0]
        where = posixpath.normpath(posixpath.join("docs", resolved))
        kind = "blob" if posixpath.splitext(where)[1] else "tree"
        address = f"{config.extra['repository']}/{kind}/main/{where}"
        return f"[{match[1]}]({address}{'#' + anchor if anchor else ''})"

    markdown = LINK.sub(lead, markdown)
    if path in MADE:
        heading, _, rest = markdown.partition("\n")
        markdown = f"{heading}\n\n{NOTE}{rest.lstrip()}"
    return markdown
