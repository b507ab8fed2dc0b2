"""Places of saying: places of a sentence that tell where something was said, or who else acts, and not where it happened."""

from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.locatives import Spot
from counterclaim.syntax.sentence import Sentence


def is_of_saying(setting: DocumentContext, sentence: Sentence, spot: Spot, index: int) -> bool:
    """Return whether a place only tells where what happened was told of.

    Accepts: "told reporters in **Highton** that Ost was shelled"; "in a message relayed from **Dell**, said".
    Near misses: "in **Ost**, officials said, six were killed"; "said six were killed in **Ost**".
    """
    word = sentence[index]
    place = sentence.cover(spot.first, spot.last)
    governor = sentence[spot.governor]
    for item in setting.sayings.get(sentence.index, ()):
        if not sentence.span.covers(item.cue):
            continue
        if not any(part.covers(word.span) for part in item.content):
            continue
        if any(part.covers(place) or part.covers(governor.span) for part in item.content):
            continue
        speaker = item.cue if item.speaker_span is None else item.speaker_span
        start = min(speaker.start, item.cue.start)
        if place.start > item.cue.start or (place.start > start and spot.manner in _SENT):
            return True
    return False


def acts_elsewhere(spot: Spot, index: int) -> bool:
    """Return whether a land does or suffers something else: "accused **Kestria** of supplying the guns"."""
    return (
        spot.place.precision == "country"
        and spot.manner in {"subject", "object"}
        and spot.governor != index
    )


_SENT = frozenset({"from", "through", "via"})
"""Prepositions that tell which way words came."""
