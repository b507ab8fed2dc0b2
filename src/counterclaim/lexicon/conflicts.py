"""Loads conflict files: shipped ones by name, a user's own by path, each refusal in one line."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, cast, get_args

from counterclaim.errors import CounterclaimError
from counterclaim.records.conflict import Conflict, Member
from counterclaim.records.party import Party, PartyKind

FOLDER = "conflict_files"

FIELDS: Mapping[str, frozenset[str]] = {
    "the file": frozenset(
        {
            "name",
            "summary",
            "epoch",
            "until",
            "places",
            "languages",
            "outlets",
            "source",
            "party",
            "mediator",
            "phase",
        }
    ),
    "party": frozenset(
        {"name", "side", "from", "to", "patron", "aliases", "kind", "country", "note"}
    ),
    "mediator": frozenset({"name", "kind", "country", "members", "note"}),
    "phase": frozenset({"name", "from"}),
}
"""What may stand in each table of a conflict file."""


class ConflictError(CounterclaimError):
    """A conflict file cannot be used; the message names the file, the entry and what to write."""


def conflict_names() -> tuple[str, ...]:
    """Return the names of the shipped conflict files, in alphabetical order."""
    folder = files("counterclaim.lexicon") / FOLDER
    return tuple(
        sorted(
            item.name.removesuffix(".toml")
            for item in folder.iterdir()
            if item.name.endswith(".toml")
        )
    )


def load_conflict(name: str) -> Conflict:
    """Load a conflict file.

    Args:
        name: A shipped file's name, such as ``ukraine``, or the path of a file of one's own, which
            ends in ``.toml``.

    Raises:
        ConflictError: If there is no such file, or it is not as docs/conflicts.md says.
    """
    if name in conflict_names():
        content = (files("counterclaim.lexicon") / FOLDER / f"{name}.toml").read_bytes()
        return read_conflict(content, name)
    path = Path(name)
    if path.suffix != ".toml":
        raise ConflictError(
            f"there is no conflict file {name!r}: give the path of a .toml file, or one of {', '.join(conflict_names())}"
        )
    try:
        return read_conflict(path.read_bytes(), path.stem, str(path))
    except OSError as error:
        raise ConflictError(
            f"cannot read {path}: {error.strerror}; name a conflict file that exists"
        ) from error


def read_conflict(content: bytes, name: str, where: str | None = None) -> Conflict:
    """Read a conflict file's content.

    Args:
        content: The file's bytes: TOML in UTF-8.
        name: The conflict's id.
        where: How to name the file in messages.

    Raises:
        ConflictError: If it is not as docs/conflicts.md says.
    """
    where = where or f"{name}.toml"
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConflictError(f"{where} is not TOML in UTF-8: {error}") from error
    _check_fields(table, "the file", where)
    epoch = _day(table, "epoch", where, "the file")
    if epoch is None:
        raise ConflictError(
            f"{where} has no epoch: write the day the fighting began, as epoch = 2020-09-27"
        )
    members = tuple(
        _member(row, number, where) for number, row in enumerate(_rows(table, "party", where), 1)
    )
    _check_members(members, where)
    return Conflict(
        id=name,
        name=_text(table, "name", where, "the file"),
        epoch=epoch,
        until=_day(table, "until", where, "the file"),
        members=members,
        mediators=tuple(
            _party(row, f"mediator {number}", where)
            for number, row in enumerate(_rows(table, "mediator", where), 1)
        ),
        places=_texts(table, "places", where, "the file"),
        phases=tuple(
            (
                _text(row, "name", where, f"phase {number}"),
                _needed_day(row, where, f"phase {number}"),
            )
            for number, row in enumerate(_rows(table, "phase", where), 1)
        ),
        languages=_texts(table, "languages", where, "the file"),
        outlets=_texts(table, "outlets", where, "the file"),
        source=_texts(table, "source", where, "the file"),
        digest=hashlib.sha256(content).hexdigest()[:12],
    )


def _rows(table: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConflictError(f"{where}: {key} is not a list of tables: head each with [[{key}]]")
    for number, row in enumerate(rows, 1):
        _check_fields(row, key, where, number)
    return rows


def _check_fields(row: Mapping[str, Any], table: str, where: str, number: int = 0) -> None:
    unknown = sorted(set(row) - FIELDS[table])
    if unknown:
        entry = f"{table} {number}" if number else table
        raise ConflictError(
            f"{where}: {entry} has {unknown[0]!r}, which is no field of it: use {', '.join(sorted(FIELDS[table]))}"
        )


def _text(row: Mapping[str, Any], key: str, where: str, entry: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ConflictError(f'{where}: {entry} has no {key}: write {key} = "..."')
    return value


def _texts(row: Mapping[str, Any], key: str, where: str, entry: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConflictError(
            f'{where}: {key} of {entry} is not a list of names: write {key} = ["...", "..."]'
        )
    return tuple(value)


def _day(row: Mapping[str, Any], key: str, where: str, entry: str) -> date | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ConflictError(
            f"{where}: {key} of {entry} is not a day: write {key} = 2020-09-27, without quotes"
        )
    return value


def _needed_day(row: Mapping[str, Any], where: str, entry: str) -> date:
    value = _day(row, "from", where, entry)
    if value is None:
        raise ConflictError(
            f"{where}: {entry} has no from: write the day it began, as from = 2020-09-27"
        )
    return value


def _member(row: Mapping[str, Any], number: int, where: str) -> Member:
    entry = f"party {number}"
    party = _party(row, entry, where)
    side, patron = row.get("side"), row.get("patron")
    if not isinstance(side, str | None) or not isinstance(patron, str | None):
        raise ConflictError(f'{where}: side and patron of {entry} are words: write side = "A"')
    if side is None and patron is None:
        raise ConflictError(
            f'{where}: {entry}, {party.root}, has no side: write side = "A", or patron = "..." for a proxy'
        )
    first, last = _day(row, "from", where, entry), _day(row, "to", where, entry)
    if first is not None and last is not None and last < first:
        raise ConflictError(
            f"{where}: {entry}, {party.root}, ends on {last} before it begins on {first}"
        )
    return Member(
        party=party,
        side=side,
        first=first,
        last=last,
        patron=patron,
        aliases=_texts(row, "aliases", where, entry),
    )


def _party(row: Mapping[str, Any], entry: str, where: str) -> Party:
    root = _text(row, "name", where, entry)
    kind = row.get("kind")
    if kind is not None and kind not in get_args(PartyKind):
        raise ConflictError(
            f"{where}: kind of {entry}, {root}, is {kind!r}: use one of {', '.join(get_args(PartyKind))}"
        )
    return Party(root, None, cast("PartyKind", kind or "unknown"), row.get("country"))


def _check_members(members: tuple[Member, ...], where: str) -> None:
    if len({member.side for member in members if member.side is not None}) < 2:
        raise ConflictError(
            f'{where} has fewer than two sides: give at least two parties, with side = "A" and side = "B"'
        )
    roots = {member.party.root for member in members}
    for member in members:
        if member.patron is not None and member.patron not in roots:
            raise ConflictError(
                f"{where}: the patron of {member.party.root} is {member.patron!r}, who is no party of the file: add [[party]] for it"
            )
        if member.patron == member.party.root:
            raise ConflictError(f"{where}: {member.party.root} cannot be its own patron")
    for place, left in enumerate(members):
        for right in members[place + 1 :]:
            if left.party.root == right.party.root and _overlap(left, right):
                raise ConflictError(
                    f"{where}: {left.party.root} stands twice at the same time: give its entries from and to that do not overlap"
                )


def _overlap(left: Member, right: Member) -> bool:
    earliest, latest = date.min, date.max
    return (left.first or earliest) <= (right.last or latest) and (right.first or earliest) <= (
        left.last or latest
    )
