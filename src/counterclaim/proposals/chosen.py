"""Chosen: which second reader is meant, by an option, the environment, or a settings file of one's own.

An endpoint in a folder that somebody else made is never used: the file is the user's, and nobody else may write to it.
"""

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from platformdirs import user_config_path

from counterclaim.errors import unknown_word
from counterclaim.proposals.settings import (
    KEY_VARIABLE,
    Budget,
    SecondReaderError,
    SecondReaderSettings,
    kept_replies,
    make_settings,
    read_guarded,
)

URL_VARIABLE = "COUNTERCLAIM_SECOND_READER"
MODEL_VARIABLE = "COUNTERCLAIM_SECOND_READER_MODEL"
POLICY_VARIABLE = "COUNTERCLAIM_SECOND_READER_POLICY"
FILE_VARIABLE = "COUNTERCLAIM_SETTINGS"

NOBODY = "none"
"""Given for an endpoint: no second reader in this run, whatever else names one."""

TABLE = "second-reader"
LARGEST = 100_000
"""Bytes of a settings file."""

FIELDS: Mapping[str, type] = MappingProxyType(
    {
        "url": str,
        "model": str,
        "policy": str,
        "most-calls": int,
        "most-tokens": int,
        "key-file": str,
    }
)
"""What the table may hold, and of which type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What whoever runs the program said of a second reader; None where nothing was said."""

    url: str | None = None
    model: str | None = None
    policy: str | None = None
    calls: int | None = None
    tokens: int | None = None
    key_file: Path | None = None


def choose_second_reader(
    given: Wishes,
    *,
    fresh: bool = False,
    environment: Mapping[str, str] | None = None,
) -> SecondReaderSettings | None:
    """Return the second reader that is meant, or None where nothing names an endpoint.

    What is given stands over the environment, and that over the settings file. Model and key file of the settings
    file are those of the endpoint beside them: they are taken for no other.

    Args:
        given: By options or arguments.
        fresh: Ask anew, whatever replies are kept.
        environment: Stands in for the process's own.

    Raises:
        SecondReaderError: If something cannot be used; the message says what to do.
    """
    told = os.environ if environment is None else environment
    if given.url == NOBODY:
        return None
    file, kept = _read_settings(told)
    url, named_in = given.url, ""
    if url is None:
        url, named_in = told.get(URL_VARIABLE) or None, f"${URL_VARIABLE}"
    if url is None:
        url, named_in = kept.url, str(file)
    if url is None or url == NOBODY:
        if given.model is not None or given.key_file is not None:
            raise SecondReaderError(
                "--model and --key-file are the second reader's: add --second-reader URL"
            )
        return None
    beside = kept if kept.url == url else Wishes()
    usual = Budget()
    return make_settings(
        url,
        given.model or told.get(MODEL_VARIABLE) or beside.model,
        policy=given.policy or told.get(POLICY_VARIABLE) or kept.policy or "contest",
        budget=Budget(
            calls=_first(given.calls, kept.calls, usual.calls),
            tokens=_first(given.tokens, kept.tokens, usual.tokens),
        ),
        cache=None if fresh else kept_replies(),
        key_file=given.key_file,
        usual_key_file=beside.key_file,
        named_in=named_in,
        environment=told,
    )


def settings_file(environment: Mapping[str, str] | None = None) -> Path:
    """Return where the settings file is looked for, whether or not there is one."""
    told = os.environ if environment is None else environment
    named = told.get(FILE_VARIABLE)
    return Path(named) if named else user_config_path("counterclaim") / "settings.toml"


def _first(*given: int | None) -> int:
    return next(item for item in given if item is not None)


def _read_settings(environment: Mapping[str, str]) -> tuple[Path, Wishes]:
    """Read the settings file; one that was not named need not be there.

    Raises:
        SecondReaderError: If it cannot be used.
    """
    path = settings_file(environment)
    if not environment.get(FILE_VARIABLE) and not path.is_file():
        return path, Wishes()
    return path, _wishes(path, _table(path, _read_own(path)))


def _read_own(path: Path) -> str:
    """Read a file that nobody else may write to: who writes there says where texts go."""
    refused = f"others can write to {path}, and so say where texts are sent: run chmod go-w {path}"
    kept = read_guarded(path, LARGEST, stat.S_IWGRP | stat.S_IWOTH, refused, "the settings")
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SecondReaderError(f"{path} is no text in UTF-8") from error


def _table(path: Path, words: str) -> dict[str, Any]:
    try:
        read = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        # Its message may repeat the line, and a line may hold a key that should not be there.
        raise SecondReaderError(f"{path} is not TOML: see docs/second-reader.md") from error
    for name in read:
        if name != TABLE:
            raise SecondReaderError(f"{path}: [{name[:40]}] is unknown: it may have [{TABLE}]")
    table = read.get(TABLE, {})
    if not isinstance(table, dict):
        raise SecondReaderError(f"{path}: {TABLE} is a table: write [{TABLE}] on a line of its own")
    return table


def _wishes(path: Path, table: Mapping[str, Any]) -> Wishes:
    for name, value in table.items():
        if name not in FIELDS:
            raise SecondReaderError(f"{path}: {_unknown(name)}")
        if type(value) is not FIELDS[name]:
            kind = "a whole number" if FIELDS[name] is int else "words in quotation marks"
            raise SecondReaderError(f"{path}: {name} is {kind}")
    key_file = table.get("key-file")
    return Wishes(
        url=table.get("url"),
        model=table.get("model"),
        policy=table.get("policy"),
        calls=table.get("most-calls"),
        tokens=table.get("most-tokens"),
        key_file=None if key_file is None else path.parent / Path(key_file).expanduser(),
    )


def _unknown(name: str) -> str:
    if "key" in name.casefold() or "token" in name.casefold():
        return f"a key does not belong here: put it into ${KEY_VARIABLE}, or into a file named by key-file"
    return unknown_word("setting", name, tuple(FIELDS))
