"""A long line without a stop is gone through once: hostile text must not hold the reader."""

import time

import pytest

from counterclaim.parse.parser import _other_speakers
from counterclaim.resolve.declared_names import declared_names

PATIENCE = 5.0
"""Seconds for what takes a tenth of one; a search from every word takes minutes."""


@pytest.mark.parametrize(
    "line", ["said " * 60_000, "said x " * 40_000 + ";", "x said y; " * 30_000]
)
def test_parse_looks_for_other_speakers_once(line: str) -> None:
    begun = time.monotonic()
    list(_other_speakers(line, 0, len(line)))
    assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize("line", ["A-" * 150_000 + " ABC", "Ab’" * 100_000 + " ABC"])
def test_resolve_looks_for_initials_once(line: str) -> None:
    begun = time.monotonic()
    declared_names(line)
    assert time.monotonic() - begun < PATIENCE
