"""Turn paragraphs into windows of word pieces with labels, and windows into batches."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from counterclaim.model.labels import Ints, Pieces
from counterclaim.model.windows import PassageWindow, batches, cut_points, distance_to, make_window
from training.attribution.augment import augment
from training.attribution.corpus import GoldAttribution, Paragraph, Span
from training.attribution.settings import Settings

IGNORED = -100
"""Label of pieces that no loss looks at: [CLS], [SEP] and padding."""

_POOL = 1280
"""Windows among which those of like length are put together."""


@dataclass(frozen=True, slots=True)
class RoleExample:
    """One cue of a window, and the roles of the window's pieces towards it."""

    cue: Pieces
    labels: Ints
    """Index into ROLE_LABELS, or IGNORED on the marks. Shape: (pieces,)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its labels."""

    window: PassageWindow
    cue_labels: Ints
    """Index into CUE_LABELS, or IGNORED on the marks. Shape: (pieces,)."""
    roles: tuple[RoleExample, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows and the cues in them, padded."""

    ids: Tensor
    """Shape: (windows, pieces)."""
    mask: Tensor
    cue_labels: Tensor
    """Shape: (windows, pieces)."""
    rows: Tensor
    """Window of each cue; rows that fill up point at window 0. Shape: (cues,)."""
    role_mask: Tensor
    """Shape: (cues, pieces)."""
    distance: Tensor
    """Signed distance to the cue, in pieces. Shape: (cues, pieces)."""
    role_labels: Tensor
    """Shape: (cues, pieces)."""


def _touched(offsets: Ints, span: Span) -> Ints:
    """Return the indices of the pieces that a span of characters touches."""
    return np.flatnonzero((offsets[:, 0] < span[1]) & (offsets[:, 1] > span[0]))


def _blank(window: PassageWindow) -> Ints:
    labels = np.zeros(len(window.ids), dtype=np.int64)
    labels[[0, -1]] = IGNORED
    return labels


def _label(labels: Ints, window: PassageWindow, spans: Iterable[Span], begin: int) -> None:
    """Write B and I labels over the pieces that each span touches."""
    for span in spans:
        touched = _touched(window.offsets, span)
        labels[touched] = begin + 1
        labels[touched[:1]] = begin


def _role_example(attribution: GoldAttribution, window: PassageWindow) -> RoleExample | None:
    cue = _touched(window.offsets, (attribution.cue[0][0], attribution.cue[-1][1]))
    if not len(cue):
        return None
    labels = _blank(window)
    _label(labels, window, attribution.content, 3)
    _label(labels, window, attribution.source, 1)
    labels[cue] = 0
    return RoleExample((int(cue[0]), int(cue[-1]) + 1), labels)


def make_examples(paragraphs: Sequence[Paragraph], tokenizer: Tokenizer, max_pieces: int) -> list[Example]:
    """Cut paragraphs into labelled windows; a cue and its roles stay in the cue's window."""
    marks = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    encodings = tokenizer.encode_batch([p.text for p in paragraphs], add_special_tokens=False)
    examples = []
    for index, (paragraph, encoding) in enumerate(zip(paragraphs, encodings, strict=True)):
        ids = np.array(encoding.ids, dtype=np.int64)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        for start, end in cut_points(paragraph.text, offsets, max_pieces - 2):
            window = make_window(index, ids[start:end], offsets[start:end], marks)
            cues = _blank(window)
            _label(cues, window, ((a.cue[0][0], a.cue[-1][1]) for a in paragraph.attributions), 1)
            roles = (_role_example(attribution, window) for attribution in paragraph.attributions)
            examples.append(Example(window, cues, tuple(filter(None, roles))))
    return examples


def _rounded(number: int, step: int) -> int:
    """Round up, so that few shapes occur: each new one costs the processor a compilation."""
    return -(-number // step) * step


def _pad(rows: Sequence[Ints], value: int, row_step: int = 1) -> Ints:
    longest = _rounded(max((len(row) for row in rows), default=1), 16)
    padded = np.full((_rounded(len(rows), row_step), longest), value, dtype=np.int64)
    for padded_row, row in zip(padded, rows, strict=False):
        padded_row[:len(row)] = row
    return padded


def collate(examples: Sequence[Example]) -> Batch:
    """Pad windows and their cues into tensors."""
    ids = _pad([example.window.ids for example in examples], 0)
    mask = _pad([np.ones_like(example.window.ids) for example in examples], 0)
    cue_labels = _pad([example.cue_labels for example in examples], IGNORED)
    cues = [(row, role) for row, example in enumerate(examples) for role in example.roles]
    shape = (_rounded(len(cues), 8), ids.shape[1])
    rows, role_mask = np.zeros(shape[0], dtype=np.int64), np.zeros(shape, dtype=np.int64)
    distance, labels = np.ones(shape, dtype=np.int64), np.full(shape, IGNORED, dtype=np.int64)
    for at, (row, role) in enumerate(cues):
        size = len(role.labels)
        rows[at] = row
        role_mask[at, :size] = 1
        distance[at] = distance_to(role.cue, shape[1])
        labels[at, :size] = role.labels
    return Batch(*map(torch.from_numpy, (ids, mask, cue_labels, rows, role_mask, distance, labels)))


def epoch_batches(paragraphs: Sequence[Paragraph], tokenizer: Tokenizer, settings: Settings,
                  epoch: int) -> list[list[Example]]:
    """Return the shuffled, freshly augmented batches of one epoch, windows of like length together."""
    chance = random.Random(settings.seed * 1000 + epoch)
    surfaced = [augment(p, chance) if chance.random() < settings.augment else p for p in paragraphs]
    examples = make_examples(surfaced, tokenizer, settings.max_pieces)
    chance.shuffle(examples)
    groups = []
    for start in range(0, len(examples), _POOL):
        pool = examples[start:start + _POOL]
        lengths = [_rounded(len(example.window.ids), 16) for example in pool]
        groups += [[pool[i] for i in batch] for batch in batches(lengths, settings.batch_pieces)]
    chance.shuffle(groups)
    return groups
