"""The cache: replies by the hash of what was asked, so that one question is paid for once."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counterclaim.proposals.client import Answer


def key_of(url: str, body: Mapping[str, Any]) -> str:
    """Return the name of a question: a hash of the endpoint and all that it is asked. No key is in it."""
    words = json.dumps([url, body], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


class Cache:
    """A folder of replies that its owner alone can read.

    Args:
        folder: Where; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> Answer | None:
        """Return the reply kept under a name; None where there is none, or it cannot be read."""
        if self._folder is None:
            return None
        try:
            row = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
            return Answer(str(row["words"]), row["tokens_in"], row["tokens_out"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, name: str, answer: Answer) -> None:
        """Keep a reply, whole or not at all; a folder that cannot be written to costs only the saving."""
        if self._folder is None:
            return
        row = {
            "words": answer.words,
            "tokens_in": answer.tokens_in,
            "tokens_out": answer.tokens_out,
        }
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder)  # its owner's alone: 0600
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(row, stream, ensure_ascii=True)
            Path(temporary).replace(self._folder / f"{name}.json")
        except OSError:
            return
