"""Resources: what reading needs, loaded once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from counterclaim.lexicon.conflicts import load_conflict
from counterclaim.model import OpenedReader, OpenedTagger, Reader, Tagger, open_model, open_reader
from counterclaim.parse import DEFAULT_PIPELINE, Parser, load_parser
from counterclaim.pipeline.signature import PLACE_NAMES, package_version, signed_files
from counterclaim.records.conflict import Conflict
from counterclaim.records.problem import Problem
from counterclaim.resolve import settle_conflict
from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.pipeline.second_reader import Second


@dataclass(frozen=True, slots=True)
class Tools:
    """A parser, and the signature that a reading made with it bears."""

    parser: Parser
    signature: Mapping[str, str]
    conflict: Conflict | None = None
    """The conflict that reports are read in; without one the sides are inferred from each text."""
    tagger: Tagger | None = None
    """The attribution model; None to read by rules alone."""
    reader: Reader | None = None
    """The encoder and heads that read figures and happenings; None to read by rules alone."""
    problems: tuple[Problem, ...] = ()
    """Why there is no model, where one was asked for; every reading repeats it."""
    second: "Second | None" = None
    """A language model that reads beside; ``pipeline.second_reader.with_second_reader`` gives tools that have one."""
    every_subject: bool = False
    """Whether texts are read that are no reports of war; a person who names the conflict has them read too."""


SIGNED = "conflict/"
"""How the name begins under which a signature has a conflict file."""


@cache
def load_tools(
    pipeline: str = DEFAULT_PIPELINE,
    conflict: str | Conflict | None = None,
    *,
    rules_only: bool = False,
) -> Tools:
    """Load the tools once.

    Args:
        pipeline: Package or path of an English spaCy pipeline.
        conflict: Name of a shipped conflict file, or path of a file of one's own; or one that was read.
        rules_only: Leave the attribution model out: twice as fast, and less is found.

    Raises:
        CounterclaimError: If the pipeline or the conflict file cannot be used.
    """
    parser = load_parser(pipeline)
    signature = {"counterclaim": __version__, "parser": parser.name}
    signature |= {PLACE_NAMES: package_version(PLACE_NAMES), **signed_files()}
    opened = OpenedTagger() if rules_only else open_model()
    signature["model"] = opened.tagger.name if opened.tagger else "none: rules only"
    heads = OpenedReader() if rules_only else open_reader()
    signature["reader"] = heads.reader.name if heads.reader else "none: rules only"
    problems = tuple(item.problem for item in (opened, heads) if item.problem)
    read = load_conflict(conflict) if isinstance(conflict, str) else conflict
    tools = Tools(parser, MappingProxyType(signature), None, opened.tagger, heads.reader, problems)
    return tools if read is None else in_conflict(tools, read)


def in_conflict(tools: Tools, conflict: Conflict) -> Tools:
    """Return tools that read within a conflict, and sign its file.

    Raises:
        CounterclaimError: If the file names a party that nothing is known of.
    """
    found = settle_conflict(conflict)
    signature = {**tools.signature, f"{SIGNED}{found.id}": found.digest}
    return replace(tools, conflict=found, signature=MappingProxyType(signature))
