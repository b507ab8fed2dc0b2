"""Sentences that speak to a machine: nothing that a language model says of them is believed."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_JOINERS = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
"""Characters without width, with which words are hidden from a search."""


@dataclass(frozen=True, slots=True)
class MachineWords:
    """One entry of machine_words.yaml."""

    id: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@cache
def load_machine_words() -> tuple[MachineWords, ...]:
    """Load machine_words.yaml once."""
    text = files("counterclaim.proposals").joinpath("data/machine_words.yaml").read_text("utf-8")
    return tuple(
        MachineWords(
            row["id"], re.compile(row["pattern"]), tuple(row["examples"]), tuple(row["not"])
        )
        for row in yaml.safe_load(text)
    )


def speaks_to_machine(words: str) -> str | None:
    """Return the id of the entry by which words speak to a machine; None where they do not."""
    plain = " ".join(_JOINERS.sub("", words).lower().split())
    return next((item.id for item in load_machine_words() if item.pattern.search(plain)), None)
