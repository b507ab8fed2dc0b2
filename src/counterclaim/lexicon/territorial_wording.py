"""Loads wordings.yaml: words that say whose land a place is."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from counterclaim.lexicon.load import read_rows
from counterclaim.records.place import LandWord

Side = Literal["between", "between-back", "before", "after", "alone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingForm:
    """One way to say whose land a place is."""

    id: str
    where: Side
    says: LandWord
    pattern: re.Pattern[str]
    """Between: matched whole. Before: matched up to the place's beginning. After: from its end."""
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@cache
def load_wordings() -> tuple[WordingForm, ...]:
    """Load wordings.yaml once."""
    words, *rows = read_rows("wordings.yaml")
    lists = {"KIND": words["kinds"], "MANNER": words["manners"], "LAND": words["lands"]}
    return tuple(
        WordingForm(
            id=row["id"],
            where=row["where"],
            says=row["says"],
            pattern=re.compile(_filled(row["form"], lists) + _ENDS.get(row["where"], "")),
            examples=tuple((sentence, read) for sentence, read in row["examples"]),
            counter_examples=tuple(row["counter"]),
        )
        for row in rows
    )


_ENDS = {"between": r"\Z", "between-back": r"\Z", "before": r"\Z"}


def _filled(form: str, lists: dict[str, list[str]]) -> str:
    for name, words in lists.items():
        ordered = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        form = form.replace(f"{{{name}}}", ordered)
    return form
