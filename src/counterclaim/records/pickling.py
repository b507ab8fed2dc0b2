"""Pickling: read-only mappings can be sent to another process and kept in a file."""

import copyreg
from types import MappingProxyType
from typing import Any


def _reduce_mapping(value: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _make_mapping, (dict(value),)


def _make_mapping(value: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Make a read-only mapping where it is taken out: the class itself has no name to send."""
    return MappingProxyType(value)


def allow_mappings() -> None:
    """Let read-only mappings be pickled, which Python does not by itself."""
    copyreg.pickle(MappingProxyType, _reduce_mapping)
