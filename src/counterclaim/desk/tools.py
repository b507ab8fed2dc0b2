"""Tools: what reading needs, loaded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from counterclaim.lexicon import digest
from counterclaim.parse import DEFAULT_PIPELINE, Parser, load_parser
from counterclaim.version import __version__

LEXICONS = (
    "casualties.yaml",
    "ceasefires.yaml",
    "discussion.yaml",
    "events.yaml",
    "hedges.yaml",
    "nouns.yaml",
    "numerals.yaml",
    "parties.yaml",
    "persons.yaml",
    "phrases.yaml",
    "roles.yaml",
    "times.yaml",
    "verbs.yaml",
    "withheld.yaml",
    "wordings.yaml",
)


@dataclass(frozen=True, slots=True)
class Tools:
    """A parser, and the signature that a reading made with it bears."""

    parser: Parser
    signature: Mapping[str, str]


@cache
def load_tools(pipeline: str = DEFAULT_PIPELINE) -> Tools:
    """Load the tools once.

    Args:
        pipeline: Package or path of an English spaCy pipeline.
    """
    parser = load_parser(pipeline)
    signature = {"counterclaim": __version__, "parser": parser.name}
    signature |= {f"lexicon/{name}": digest(name) for name in LEXICONS}
    return Tools(parser, MappingProxyType(signature))
