"""Heads: what the encoder's states say of pieces, of spans, and of where spans point.

The encoder reads each window of a report once. A head is one or two small matrices over its states:
*tags* label every piece, *choices* label a span, *pointers* score every piece of the window as what
a span refers to. All return probabilities; what becomes of them is decided in ``coders``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from counterclaim.model.labels import Floats
from counterclaim.model.reading import (
    CHOICES,
    POINTERS,
    SPECIALS,
    TAGS,
    Pieces,
    ReportWindow,
    cut_windows,
)
from counterclaim.records.text import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUCKETS = 12
EDGES = (1, 2, 4, 8, 12, 16, 24, 32, 64, 128, 256)
"""Distances in pieces at which a pointer's bias changes."""

Encode = Callable[[Sequence[ReportWindow]], list[Floats]]
"""Runs the encoder over windows; one array a window, shape: (pieces, width)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces with one label."""

    span: Span
    """Characters of the report."""
    label: int
    """Index into the head's labels."""
    probability: float
    """Mean over the pieces."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where a span points, as probabilities that sum to one."""

    window: ReportWindow
    pieces: Floats
    """Shape: (pieces,)."""
    nothing: float
    """Probability that the text does not tell."""
    both: float
    """Probability of all sides together; for an antecedent, of no stated owner."""

    def mass(self, span: Span) -> float:
        """Return the probability of the pieces that meet some characters of the report."""
        found = self.window.pieces_of(span.start, span.end)
        return 0.0 if found is None else float(self.pieces[found[0] : found[1]].sum())

    def heading(self) -> float:
        """Return the probability of the heading: of who publishes the report."""
        found = self.window.heading
        return 0.0 if found is None else float(self.pieces[found[0] : found[1]].sum())


@dataclass(frozen=True)
class Heads:
    """The heads' matrices, by name."""

    weights: Mapping[str, Floats]

    def linear(self, name: str, states: Floats) -> Floats:
        """Apply one linear layer. Shape: (..., width) to (..., size)."""
        scores: Floats = states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return scores


@dataclass(frozen=True)
class Readout:
    """One report as the encoder read it; heads are run when asked."""

    heads: Heads
    windows: tuple[ReportWindow, ...]
    states: tuple[Floats, ...]
    """One array a window. Shape: (pieces, width)."""
    name: str = "unnamed"
    """Signed on every reading made with it."""
    _spans: dict[Pieces, tuple[int, Pieces, Floats] | None] = field(
        default_factory=dict, repr=False
    )
    _keys: dict[tuple[int, str], Floats] = field(default_factory=dict, repr=False)
    _chosen: dict[tuple[str, Span], Floats | None] = field(default_factory=dict, repr=False)

    def choose(self, head: str, span: Span) -> Floats | None:
        """Return the probabilities of a choice for a span; None where no window holds it.

        Args:
            head: One of ``reading.CHOICES``.
            span: Characters of the report.

        Returns:
            Shape: (labels of the head,).
        """
        key = (head, span)
        if key not in self._chosen:
            found = self._span(span)
            self._chosen[key] = (
                None
                if found is None
                else softmax(self.heads.linear(f"choice_heads.{head}", found[2]))
            )
        return self._chosen[key]

    def point(self, head: str, span: Span) -> Pointed | None:
        """Return where a span points; None where no window holds it.

        Args:
            head: One of ``reading.POINTERS``.
            span: Characters of the report.
        """
        found = self._span(span)
        if found is None:
            return None
        row, (start, end), vector = found
        weights = self.heads.weights
        query = self.heads.linear(f"queries.{head}", vector)
        keys = self._keys.get((row, head))
        if keys is None:
            keys = self._keys[row, head] = self.heads.linear(f"keys.{head}", self.states[row])
        scale = len(query) ** -0.5
        near = weights[f"distances.{head}"][buckets_around(start, end, len(keys))]
        scores = keys @ query * scale + near
        special = weights[f"specials.{head}"] @ query * scale + weights[f"special_bias.{head}"]
        sure = softmax(np.concatenate((scores, special)))
        return Pointed(self.windows[row], sure[: len(keys)], float(sure[-2]), float(sure[-1]))

    def runs(self, head: str) -> Iterator[Run]:
        """Find the runs of pieces that a tagging head labels, in reading order.

        Args:
            head: One of ``reading.TAGS``.
        """
        for window, states in zip(self.windows, self.states, strict=True):
            sure = softmax(self.heads.linear(f"tag_heads.{head}", states))
            yield from _runs(window, sure)

    def tag(self, head: str, span: Span) -> Floats | None:
        """Return the mean probabilities of a tagging head over some characters. Shape: (labels,)."""
        row = self._window(span)
        if row is None:
            return None
        found = self.windows[row].pieces_of(span.start, span.end)
        assert found is not None
        mean: Floats = softmax(
            self.heads.linear(f"tag_heads.{head}", self.states[row][found[0] : found[1]])
        ).mean(axis=0)
        return mean

    def know(self, spans: Iterable[Span]) -> None:
        """Take in many spans that will be asked about: together they cost a third of what they cost one by one."""
        found: dict[Pieces, tuple[int, Pieces]] = {}
        for span in spans:
            key = (span.start, span.end)
            place = None if key in self._spans else self._place(span)
            if place is not None:
                found[key] = place
        if found:
            vectors = self._vectors(list(found.values()))
            for (key, (row, pieces)), vector in zip(found.items(), vectors, strict=True):
                self._spans[key] = row, pieces, vector

    def _window(self, span: Span) -> int | None:
        """Return the window that speaks for a span: where its first piece is in the core."""
        held = None
        for row, window in enumerate(self.windows):
            found = window.pieces_of(span.start, span.end)
            if found is None:
                continue
            held = row
            if window.core[0] <= found[0] < window.core[1]:
                return row
        return held

    def _span(self, span: Span) -> tuple[int, Pieces, Floats] | None:
        """Return a span's window, pieces and vector."""
        key = (span.start, span.end)
        if key not in self._spans:
            place = self._place(span)
            self._spans[key] = None if place is None else (*place, self._vectors([place])[0])
        return self._spans[key]

    def _place(self, span: Span) -> tuple[int, Pieces] | None:
        """Return a span's window and pieces."""
        row = self._window(span)
        if row is None:
            return None
        pieces = self.windows[row].pieces_of(span.start, span.end)
        assert pieces is not None
        return row, pieces

    def _vectors(self, places: Sequence[tuple[int, Pieces]]) -> Floats:
        """Return the vectors of spans, given by their windows and pieces. Shape: (spans, width)."""
        parts = [
            np.concatenate(
                (self.states[row][start], self.states[row][end - 1], self.states[row][0])
            )
            for row, (start, end) in places
        ]
        # A lone vector stays one: as a matrix of one row it takes several times as long.
        states = np.stack(parts) if len(parts) > 1 else parts[0]
        return gelu(self.heads.linear("span_hidden", states)).reshape(len(parts), -1)


class Reader:
    """Reads reports: the encoder's states, and the heads over them."""

    def __init__(
        self, encode: Encode, heads: Heads, tokenizer: "Tokenizer", *, most_pieces: int, name: str
    ) -> None:
        """Join an encoder and heads.

        Args:
            encode: Runs the encoder.
            heads: Trained with it.
            tokenizer: Must give offsets into the text as passed in.
            most_pieces: Longest window.
            name: Signed on every reading.
        """
        self.name = name
        self._encode = encode
        self._heads = heads
        self._tokenizer = tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._most = most_pieces

    def read(self, text: str, *, publisher: str | None = None) -> Readout:
        """Read a report once.

        Args:
            text: The report; offsets in what heads return count its characters.
            publisher: Who publishes it: to whom "we" and "our forces" may point.
        """
        windows = tuple(cut_windows(self._tokenizer, text, heading=publisher, most=self._most))
        return Readout(self._heads, windows, tuple(self._encode(windows)), self.name)


def _runs(window: ReportWindow, sure: Floats) -> Iterator[Run]:
    labels = sure.argmax(axis=-1)
    index, last = window.core
    while index < last:
        label = int(labels[index])
        end = index + 1
        while end < len(labels) - 1 and labels[end] == label and label:
            end += 1
        if label and window.offsets[index][0] >= 0:
            span = Span(window.offsets[index][0], window.offsets[end - 1][1])
            yield Run(span, label, float(sure[index:end, label].mean()))
        index = end


def bucket(distance: np.ndarray) -> np.ndarray:
    """Turn signed distances in pieces into indices of a pointer's biases."""
    away = np.searchsorted(EDGES, np.abs(distance), side="right")
    return np.asarray(BUCKETS + np.sign(distance) * away)


def buckets_around(start: int, end: int, pieces: int) -> np.ndarray:
    """Return the indices of a pointer's biases for each piece of a window, by its distance to a span.

    Args:
        start: First piece of the span.
        end: Piece behind its last.
        pieces: How many the window has.

    Returns:
        Shape: (pieces,).
    """
    inside = end - start
    before, behind = _ladders(-(-pieces // _STEP) * _STEP)
    return np.concatenate(
        (before[len(before) - start :], np.full(inside, BUCKETS), behind[: pieces - end])
    )


_STEP = 256
"""Ladders of distances are made for windows of so many pieces, or twice as many, and so on."""


@cache
def _ladders(most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices for the pieces before a span, and for those behind it. Shape of both: (most,)."""
    away = np.arange(1, most + 1)
    return bucket(-away[::-1]), bucket(away)


def softmax(scores: Floats) -> Floats:
    """Return probabilities over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    sure: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return sure


def gelu(values: Floats) -> Floats:
    """Return the Gaussian error linear unit, by its own formula (Abramowitz and Stegun 7.1.26)."""
    scaled = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * scaled)
    series = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    error = np.sign(values) * (1.0 - series * np.exp(-scaled * scaled))
    result: Floats = (0.5 * values * (1.0 + error)).astype(np.float32)
    return result


def check_shapes(weights: Mapping[str, Floats]) -> None:
    """Check that heads are there for every label set.

    Raises:
        ValueError: If a matrix is missing or has another number of labels.
    """
    for kind, sizes in (("tag_heads", TAGS), ("choice_heads", CHOICES)):
        for head, size in sizes.items():
            if weights[f"{kind}.{head}.bias"].shape != (size,):
                msg = f"{kind}.{head} has other labels than this version reads"
                raise ValueError(msg)
    for head in POINTERS:
        if weights[f"special_bias.{head}"].shape != (len(SPECIALS),):
            msg = f"pointer {head} has other special places than this version reads"
            raise ValueError(msg)
