"""The text: what the reading of one document's attributions shares."""

from dataclasses import dataclass

from counterclaim.attribute.quotes import Quote
from counterclaim.records.mention import Resolution
from counterclaim.records.text import Document


@dataclass(frozen=True, slots=True)
class Text:
    """One document with its quotations and mentions."""

    document: Document
    quotes: tuple[Quote, ...]
    resolution: Resolution
