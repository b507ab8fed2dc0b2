"""Name masking: a passage as the model is shown it, one state's name as good as another's.

A model has seen some states speak, deny and accuse more often than others, and what it makes of a
sentence must not hang on which state it names. So it is shown every state under a stand-in's name,
chosen by the order in which the report first names them: a report with two sides' names swapped is
then the same text to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from counterclaim.records.mention import NameMention
from counterclaim.records.text import Document, Passage, Span
from counterclaim.syntax.sentence import Sentence

STAND_INS = (
    ("Russia", "Russian", "Russians", "Moscow"),
    ("Turkey", "Turkish", "Turks", "Ankara"),
    ("Syria", "Syrian", "Syrians", "Damascus"),
    ("Egypt", "Egyptian", "Egyptians", "Cairo"),
    ("Iran", "Iranian", "Iranians", "Tehran"),
)
"""Name, adjective, people and capital. From the sixth state on they come round again."""

_KINDS = {"name": 0, "alias": 0, "adjective": 1, "people": 2, "capital": 3}
_MODIFIERS = frozenset({"compound", "amod", "nmod"})


@dataclass(frozen=True, slots=True)
class MaskedPassage:
    """A passage as the model is shown it."""

    text: str
    starts: Sequence[int]
    """For each character, where what it stands for begins in the document: itself, or a whole name."""
    ends: Sequence[int]
    """And where that ends."""

    def told(self, span: Span) -> Span:
        """Return the characters of the document that some of the text shown stands for."""
        return Span(self.starts[span.start], self.ends[span.end - 1])


def mask_names(
    document: Document,
    passages: Sequence[Passage],
    sentences: Sequence[Sentence],
    names: Sequence[NameMention],
) -> list[MaskedPassage]:
    """Write passages with stand-ins for the states that they name.

    Args:
        document: Whose passages they are.
        passages: Some of its passages, in reading order.
        sentences: Of the document.
        names: Known names of the whole document, in reading order.
    """
    states = [name for name in names if _is_state(name)]
    rows = dict(zip(dict.fromkeys(name.party.root for name in states), cycle(STAND_INS)))
    by_index = {sentence.index: sentence for sentence in sentences}
    by_passage: dict[int, list[NameMention]] = {}
    for name in states:
        by_passage.setdefault(by_index[name.sentence].passage.index, []).append(name)
    return [
        _shown(document.text, passage.span, by_passage.get(passage.index, ()), rows, by_index)
        for passage in passages
    ]


def _shown(
    text: str,
    span: Span,
    states: Sequence[NameMention],
    rows: Mapping[str, Sequence[str]],
    by_index: Mapping[int, Sentence],
) -> MaskedPassage:
    """Write one passage with its states' stand-ins."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = span.start
    for name in states:
        if name.span.start < at:
            continue
        start, new = _written(text, name, rows[name.party.root], by_index[name.sentence], at)
        pieces += [text[at:start], new]
        starts += [*range(at, start), *(start for _ in new)]
        ends += [*range(at + 1, start + 1), *(name.span.end for _ in new)]
        at = name.span.end
    pieces.append(text[at : span.end])
    starts += range(at, span.end)
    ends += range(at + 1, span.end + 1)
    return MaskedPassage("".join(pieces), starts, ends)


def _is_state(name: NameMention) -> bool:
    return name.party.kind == "state" and name.party.unit is None and name.kind in _KINDS


def _written(
    text: str, name: NameMention, row: Sequence[str], sentence: Sentence, at: int
) -> tuple[int, str]:
    """Return where the stand-in begins and its words: without "the", in the grammar of the name."""
    start, end = name.span.start, name.span.end
    old, kind = text[start:end], _KINDS[name.kind]
    if kind == 0:
        modifies = sentence[name.last].dep in _MODIFIERS
        if modifies and text[end : end + 1] not in {"'", "\u2019"}:
            kind = 1
        elif text[max(at, start - 4) : start].lower() == "the ":
            start -= 4
    new = row[kind]
    return start, new.upper() if old.isupper() and len(old) > 4 else new
