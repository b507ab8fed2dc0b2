"""Loads plover.yaml: PLOVER's types, modes and contexts with their scores and CAMEO roots."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from counterclaim.lexicon.load import read_rows


@dataclass(frozen=True, slots=True)
class Rating:
    """What the codebook gives a type or a mode of it."""

    score: float
    """From -10, conflict, to 10, cooperation."""
    cameo: str
    """CAMEO root, two digits."""


@dataclass(frozen=True, slots=True)
class PloverType:
    """One of the sixteen types."""

    name: str
    bare: Rating
    quad: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    modes: Mapping[str, Rating]

    def rating(self, modes: tuple[str, ...]) -> Rating:
        """Return the rating of the type with modes: of several modes the most extreme score."""
        rated = [self.modes[mode] for mode in modes if mode in self.modes]
        return max(rated, key=lambda rating: abs(rating.score)) if rated else self.bare


@dataclass(frozen=True, slots=True)
class Context:
    """One of PLOVER's topics."""

    name: str
    words: tuple[tuple[str, ...], ...]
    """Lemmas, or runs of lemmas, one of which gives the label."""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def load_types() -> Mapping[str, PloverType]:
    """Load the sixteen types by name."""
    return {
        row["id"]: PloverType(
            row["id"],
            Rating(float(row["score"]), row["cameo"]),
            int(row["quad"]),
            {
                mode: Rating(float(score), cameo)
                for mode, (score, cameo) in (row["modes"] or {}).items()
            },
        )
        for row in read_rows("plover.yaml")
        if row["kind"] == "type"
    }


@cache
def load_contexts() -> tuple[Context, ...]:
    """Load the contexts, in the order of the codebook."""
    return tuple(
        Context(
            row["id"],
            tuple(tuple(str(words).split()) for words in row["words"]),
            tuple(row["examples"]),
            tuple(row["not"]),
        )
        for row in read_rows("plover.yaml")
        if row["kind"] == "context"
    )


@cache
def context_index() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Index the context words by their first lemma: runs of lemmas with their labels."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for context in load_contexts():
        for words in context.words:
            found.setdefault(words[0], []).append((words, context.name))
    return {key: tuple(value) for key, value in found.items()}
