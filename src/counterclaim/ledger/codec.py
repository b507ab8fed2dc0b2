"""Records as JSON and back, with nothing lost: also what stands outside a record's identity."""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from counterclaim.records.claim import Casualty, Ceasefire, Event, Position, Withheld
from counterclaim.records.text import Span

Record = TypeVar("Record")
Coder = Callable[[Any], Any]

PAYLOADS: Mapping[str, type] = MappingProxyType(
    {item.kind: item for item in (Event, Casualty, Ceasefire, Position, Withheld)}
)
"""Payload classes by the tag that tells them apart in a union."""


def dump(value: object) -> str:
    """Write a record as one line of JSON. Fields at their default are left out.

    Args:
        value: A record, or a tuple or mapping of records.
    """
    return json.dumps(_encode(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Record], words: str) -> Record:
    """Read a record from what ``dump`` wrote.

    Args:
        kind: The record's class.
        words: One JSON value.
    """
    found: Record = _decoder(kind)(json.loads(words))  # type: ignore[arg-type]  # classes are hashable
    return found


def _encode(value: object) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Span():
            return [value.start, value.end]
        case tuple() | list():
            return [_encode(item) for item in value]
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _encode(item) for key, item in value.items()}
    return _encoder(type(value))(value)  # type: ignore[arg-type]  # classes are hashable


@cache
def _encoder(kind: type) -> Coder:
    """Make the function that writes one class: its fields but those at their default."""
    assert is_dataclass(kind), f"{kind.__name__} is no record"
    plan = [(item.name, _default(item)) for item in fields(kind)]
    tag = getattr(kind, "kind", None) if kind in PAYLOADS.values() else None

    def encode(value: object) -> dict[str, Any]:
        found = {} if tag is None else {"kind": tag}
        for name, default in plan:
            item = getattr(value, name)
            if default is MISSING or type(item) is not type(default) or item != default:
                found[name] = _encode(item)
        return found

    return encode


def _default(item: Any) -> object:
    if item.default is not MISSING:
        return item.default
    return item.default_factory() if item.default_factory is not MISSING else MISSING


@cache
def _decoder(kind: Any) -> Coder:
    """Make the function that reads one type."""
    if kind in {str, int, float, bool, types.NoneType} or get_origin(kind) is Literal:
        return _same
    if kind is date:
        return date.fromisoformat
    if kind is Span:
        return lambda value: Span(value[0], value[1])
    origin = get_origin(kind)
    if origin is tuple:
        one = _decoder(get_args(kind)[0])
        return lambda value: tuple(one(item) for item in value)
    if origin in {Union, types.UnionType}:
        return _union(get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        one = _decoder(get_args(kind)[1])
        return lambda value: MappingProxyType({key: one(item) for key, item in value.items()})
    return _record(kind)


def _same(value: Any) -> Any:
    return value


def _union(members: tuple[Any, ...]) -> Coder:
    rest = tuple(member for member in members if member is not types.NoneType)
    if set(rest) == set(PAYLOADS.values()):
        return lambda value: _decoder(PAYLOADS[value["kind"]])(value)
    if len(rest) > 1:
        return _by_fields(rest)
    one = _decoder(rest[0])
    if one is _same:
        return _same
    return lambda value: None if value is None else one(value)


def _by_fields(members: tuple[Any, ...]) -> Coder:
    """Make the function that reads one of several classes, told apart by the fields that they need."""
    assert all(is_dataclass(member) for member in members), f"no way to tell {members} apart"
    told_by = [
        (
            {item.name for item in fields(member) if _default(item) is MISSING},
            {item.name for item in fields(member)},
            member,
        )
        for member in members
    ]

    def decode(value: Mapping[str, Any]) -> Any:
        kind = next(member for need, known, member in told_by if need <= value.keys() <= known)
        return _decoder(kind)(value)

    return decode


def _record(kind: Any) -> Coder:
    assert isinstance(kind, type), f"{kind} is no record"
    assert is_dataclass(kind), f"{kind.__name__} is no record"
    hints = get_type_hints(kind)
    coders = {item.name: _decoder(hints[item.name]) for item in fields(kind)}
    if all(coder is _same for coder in coders.values()):
        return _plain_record(kind, frozenset(coders))

    def decode(value: Mapping[str, Any]) -> Any:
        return kind(**{name: coders[name](item) for name, item in value.items() if name in coders})

    return decode


SHARED = 8_192
"""Records of one class that are kept to be given again: parties, counts and times recur in every claim."""


def _plain_record(kind: type, names: frozenset[str]) -> Coder:
    """Make the function that reads a record of plain values alone: equal ones are one, as none can change."""

    @lru_cache(maxsize=SHARED)
    def make(items: tuple[tuple[str, Any], ...]) -> Any:
        return kind(**{name: value for name, value in items if name in names})

    return lambda value: make(tuple(value.items()))
