"""spaCy components, for those who have pipelines of their own.

``nlp.add_pipe("counterclaim_attribution")`` writes attributions to ``doc._.attributions``;
``nlp.add_pipe("counterclaim_claims")`` writes claims to ``doc._.claims`` and needs the first before it.
Both work on any English pipeline with a parser. spaCy imports this module whenever it loads any
pipeline, so everything heavy of ours is imported inside.
"""

import warnings
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory(  # type: ignore[untyped-decorator]
    "counterclaim_attribution",
    assigns=["doc._.attributions"],
    requires=["token.dep", "token.tag", "token.lemma"],
    default_config={"rules_only": False},
)
def make_attribution(nlp: Language, name: str, rules_only: bool) -> "AttributionComponent":  # noqa: ARG001, FBT001 - spaCy's signature
    """Make the component ``counterclaim_attribution``; ``rules_only`` leaves the model out."""
    return AttributionComponent(rules_only=rules_only)


@Language.factory(  # type: ignore[untyped-decorator]
    "counterclaim_claims",
    assigns=["doc._.claims"],
    requires=["token.dep", "token.tag", "token.lemma"],
    default_config={"rules_only": False},
)
def make_claims(nlp: Language, name: str, rules_only: bool) -> "ClaimsComponent":  # noqa: ARG001, FBT001 - spaCy's signature
    """Make the component ``counterclaim_claims``; ``rules_only`` leaves the model out."""
    return ClaimsComponent(rules_only=rules_only)


class AttributionComponent:
    """Finds who is made to say what; offsets are characters of ``doc.text``."""

    def __init__(self, *, rules_only: bool = False) -> None:
        self._rules_only = rules_only
        _extend()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.attributions``; the doc needs a dependency parse."""
        _need_parse(doc)
        from counterclaim.attribute import find_attributions  # noqa: PLC0415 - see the module's docstring
        from counterclaim.model import OpenedTagger, open_model  # noqa: PLC0415
        from counterclaim.pipeline.spacy_input import from_spacy_doc  # noqa: PLC0415

        taken = from_spacy_doc(doc)
        opened = OpenedTagger() if self._rules_only else open_model()
        if opened.problem is not None:
            warnings.warn(str(opened.problem), stacklevel=2)
        attributions, _ = find_attributions(
            taken.document, taken.passages, taken.sentences, taken.resolution, opened.tagger
        )
        doc._.attributions = attributions
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """Return nothing: the component has no state."""
        return b""

    def from_bytes(self, _data: bytes, **__: object) -> "AttributionComponent":
        """Take nothing."""
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        """Write nothing: the component has no state."""

    def from_disk(self, *_: object, **__: object) -> "AttributionComponent":
        """Read nothing."""
        return self


class ClaimsComponent(AttributionComponent):
    """Codes claims under the attributions found before it."""

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.claims``; finds the attributions itself where they are missing."""
        from counterclaim.coders import code_claims  # noqa: PLC0415 - see the module's docstring
        from counterclaim.pipeline.spacy_input import from_spacy_doc  # noqa: PLC0415

        if not doc._.attributions:
            doc = super().__call__(doc)
        taken = from_spacy_doc(doc)
        claims, _ = code_claims(
            taken.document, taken.sentences, taken.resolution, doc._.attributions
        )
        doc._.claims = claims
        return doc


def _need_parse(doc: Doc) -> None:
    if len(doc) and not doc.has_annotation("DEP"):
        msg = "counterclaim's components need a dependency parse: add them behind a parser"
        raise ValueError(msg)


def _extend() -> None:
    for name in ("attributions", "claims"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=partial(_get, name), setter=partial(_set, name))


def _set(name: str, doc: Doc, records: Sequence[Any]) -> None:
    """Keep records with a doc as text, so that they go where it goes: to bytes, a DocBin, a process."""
    from counterclaim.ledger.codec import dump  # noqa: PLC0415 - see the module's docstring

    doc.user_data[f"counterclaim_{name}"] = dump(tuple(records))


def _get(name: str, doc: Doc) -> tuple[Any, ...]:
    words = doc.user_data.get(f"counterclaim_{name}")
    return () if words is None else _load(name, words)


@lru_cache(maxsize=128)
def _load(name: str, words: str) -> tuple[Any, ...]:
    from counterclaim.ledger.codec import load  # noqa: PLC0415 - see the module's docstring
    from counterclaim.records.attribution import Attribution  # noqa: PLC0415
    from counterclaim.records.claim import Claim  # noqa: PLC0415

    if name == "claims":
        return load(tuple[Claim, ...], words)
    return load(tuple[Attribution, ...], words)
