"""News agencies, and how reports write their names."""

from dataclasses import dataclass
from functools import cache

from counterclaim.lexicon.load import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One entry of agencies.yaml."""

    id: str
    names: tuple[str, ...]
    examples: tuple[str, ...]
    near: tuple[str, ...]
    """Lines that name it without bearing its mark."""


@cache
def load_agencies() -> tuple[Agency, ...]:
    """Load agencies.yaml once."""
    return tuple(
        Agency(
            id=row["id"],
            names=tuple(row["names"]),
            examples=tuple(row["examples"]),
            near=tuple(row["near"]),
        )
        for row in read_rows("agencies.yaml")
    )
