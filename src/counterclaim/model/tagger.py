"""The tagger: passages in, tagged attributions out.

Two small networks are run. The *encoder* reads every window of word pieces once and marks the cues
("said", "according to"); the *role layers* then read the window of each cue found, with that cue
marked, and say which pieces are its source and which its content. Linking is so by construction:
sources may be shared, and contents may hold other attributions.

Source:
    The two-step tagging of one cue at a time follows the reading of PolNeAR (Newell, Margolin and
    Ruths 2018) as labels of a cue, not of a text.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from counterclaim.model.decoding import CueFound, find_cues, read_roles
from counterclaim.model.labels import Floats
from counterclaim.model.networks import Networks
from counterclaim.model.tagged import Tagged
from counterclaim.model.windows import PassageWindow, batches, cut_points, distance_to, make_window

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BATCH_PIECES = 1024
"""Pieces a batch, padding counted. 512 to 4096 measured alike on sixty reports; memory grows with it."""


class Tagger:
    """Tags the attributions in passages of text."""

    def __init__(
        self,
        networks: Networks,
        tokenizer: "Tokenizer",
        *,
        max_pieces: int,
        cue_bias: float = 0.0,
        name: str = "unnamed",
    ) -> None:
        """Join networks and a tokenizer.

        Args:
            networks: What scores pieces.
            tokenizer: Must give offsets into the text as passed in.
            max_pieces: Longest window, its two marks counted.
            cue_bias: Log odds that a cue needs beyond even; negative finds more.
            name: Signed on every reading made with it.
        """
        self.name = name
        self.cue_bias = cue_bias
        self._networks = networks
        self._tokenizer = tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._marks = (_id_of(tokenizer, "[CLS]"), _id_of(tokenizer, "[SEP]"))
        self._max_pieces = max_pieces

    def tag(self, passages: Sequence[str]) -> list[tuple[Tagged, ...]]:
        """Tag the attributions of each passage.

        Args:
            passages: Paragraphs, of one document or of many; one longer than the window is cut at
                the ends of sentences.

        Returns:
            One tuple a passage, in reading order of the cues.
        """
        found: list[list[Tagged]] = [[] for _ in passages]
        windows = list(self._windows(passages))
        for batch in batches([len(window.ids) for window in windows], BATCH_PIECES):
            for passage, tagged in self._tag_batch([windows[index] for index in batch]):
                found[passage].append(tagged)
        return [tuple(sorted(items, key=lambda item: item.cue)) for items in found]

    def _windows(self, passages: Sequence[str]) -> Iterator[PassageWindow]:
        encodings = self._tokenizer.encode_batch(list(passages), add_special_tokens=False)
        for index, (passage, encoding) in enumerate(zip(passages, encodings, strict=True)):
            ids = np.array(encoding.ids, dtype=np.int64)
            offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
            for start, end in cut_points(passage, offsets, self._max_pieces - 2):
                yield make_window(index, ids[start:end], offsets[start:end], self._marks)

    def _tag_batch(self, windows: Sequence[PassageWindow]) -> Iterator[tuple[int, Tagged]]:
        ids = np.zeros((len(windows), max(len(window.ids) for window in windows)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
        hidden, scores = self._networks.encode(ids, mask)
        cues = find_cues(windows, scores, self.cue_bias)
        for batch in batches([len(cue.window.ids) for cue in cues], BATCH_PIECES):
            some = [cues[index] for index in batch]
            yield from read_roles(some, self._role_scores(some, hidden))

    def _role_scores(self, cues: Sequence[CueFound], hidden: Floats) -> Floats:
        """Run the role layers over the windows of cues. Shape: (cues, pieces, ROLE_LABELS)."""
        longest = max(len(cue.window.ids) for cue in cues)
        mask = np.zeros((len(cues), longest), dtype=np.int64)
        for row, cue in enumerate(cues):
            mask[row, : len(cue.window.ids)] = 1
        distance = np.stack([distance_to(cue.pieces, longest) for cue in cues])
        states = hidden[[cue.row for cue in cues], :longest]
        return self._networks.mark(states, mask, distance)


def _id_of(tokenizer: "Tokenizer", mark: str) -> int:
    found = tokenizer.token_to_id(mark)
    if found is None:
        msg = f"the tokenizer has no {mark}: it belongs to another encoder"
        raise ValueError(msg)
    return found
