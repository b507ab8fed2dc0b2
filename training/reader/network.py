"""The reader's network: an encoder, and heads over its states."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import torch
from counterclaim.model.reading import CHOICES, POINTERS, SPECIALS, TAGS
from torch import Tensor, nn

from training.attribution.encoder import (
    Embedding,
    EncoderShape,
    Layer,
    PooledDropout,
    attention_bias,
    read_shape,
    read_weights,
)
from training.reader.settings import Settings

BUCKETS = 12
"""Buckets of distance between a span and a piece, on each side."""
_EDGES = (1, 2, 4, 8, 12, 16, 24, 32, 64, 128, 256)


def bucket(distance: Tensor) -> Tensor:
    """Turn signed distances in pieces into indices in [0, 2 * BUCKETS]."""
    away = sum((distance.abs() >= edge).long() for edge in _EDGES)
    return BUCKETS + distance.sign() * away


class ReaderNetwork(nn.Module):
    """Reads a window once; heads then label pieces, label spans, and point from spans to pieces."""

    def __init__(self, shape: EncoderShape, settings: Settings) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        self.embedding = Embedding(shape, settings.dropout)
        self.layers = nn.ModuleList(Layer(shape, settings.dropout) for _ in range(shape.layers))
        self.dropout = PooledDropout(settings.dropout)
        self.tag_heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in TAGS.items()})
        self.span_hidden = nn.Linear(3 * width, settings.span_width)
        self.choice_heads = nn.ModuleDict({name: nn.Linear(settings.span_width, size) for name, size in CHOICES.items()})
        size = settings.pointer_width
        self.queries = nn.ModuleDict({name: nn.Linear(settings.span_width, size) for name in POINTERS})
        self.keys = nn.ModuleDict({name: nn.Linear(width, size) for name in POINTERS})
        self.specials = nn.ParameterDict({name: nn.Parameter(torch.randn(len(SPECIALS), size) * 0.1) for name in POINTERS})
        self.special_bias = nn.ParameterDict({name: nn.Parameter(torch.zeros(len(SPECIALS))) for name in POINTERS})
        self.distances = nn.ParameterDict({name: nn.Parameter(torch.zeros(2 * BUCKETS + 1)) for name in POINTERS})
        self.scale = size**-0.5

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the top states. Shapes: (windows, pieces), (windows, pieces) to (windows, pieces, width)."""
        hidden = self.embedding(ids)
        bias = attention_bias(mask, hidden.dtype)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden

    def spans(self, hidden: Tensor, rows: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """Return vectors of spans: their first and last piece and the window's mark. Shape: (spans, span_width)."""
        parts = (hidden[rows, starts], hidden[rows, ends - 1], hidden[rows, 0])
        return nn.functional.gelu(self.span_hidden(torch.cat(parts, -1)))

    def point(self, name: str, spans: Tensor, hidden: Tensor, mask: Tensor, rows: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """Score where spans point. Shape: (spans, pieces + SPECIALS); the specials come last."""
        query = self.queries[name](spans)
        keys = self.keys[name](hidden)[rows]
        at = torch.arange(hidden.shape[1])
        distance = torch.clamp(at - starts[:, None], max=0) + torch.clamp(at - (ends[:, None] - 1), min=0)
        scores = (keys @ query[:, :, None]).squeeze(-1) * self.scale + self.distances[name][bucket(distance)]
        scores = scores + (mask[rows] - 1) * 1e4
        special = query @ self.specials[name].T * self.scale + self.special_bias[name]
        return torch.cat((scores, special), -1)


def build_network(weights: Path, settings: Settings) -> ReaderNetwork:
    """Make a network from pretrained encoder weights."""
    shape = read_shape(weights)
    torch.manual_seed(settings.seed)
    network = ReaderNetwork(shape, settings)
    embedding, layers = read_weights(weights, shape)
    network.embedding.load_state_dict(embedding)
    for layer, state in zip(network.layers, layers, strict=True):
        layer.load_state_dict(state)
    return network


def save_network(network: ReaderNetwork, settings: Settings, path: Path, **more: object) -> None:
    """Write weights, sizes and settings to one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    torch.save({"shape": asdict(network.shape), "settings": settings.to_dict(), "state": network.state_dict(), **more}, fresh)
    fresh.replace(path)


def load_network(path: Path) -> tuple[ReaderNetwork, Settings]:
    """Read a network written by `save_network`, ready to evaluate."""
    saved = torch.load(path, weights_only=False)
    settings = Settings(**saved["settings"])
    network = ReaderNetwork(EncoderShape(**saved["shape"]), settings)
    network.load_state_dict(saved["state"])
    return network.eval(), settings
