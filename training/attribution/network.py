"""The attribution network: one encoder, a cue head, and role layers run per cue."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution.encoder import Embedding, EncoderShape, Layer, PooledDropout, attention_bias, read_shape, read_weights
from counterclaim.model.labels import CUE_LABELS, ROLE_LABELS
from training.attribution.settings import Settings

_BUCKETS = 14
"""Buckets of distance on each side of a cue: 1 to 8 by ones, then doubling to 64, and beyond."""


def bucket(distance: Tensor) -> Tensor:
    """Turn signed distances in pieces into bucket indices in [0, 2 * _BUCKETS]; the cue is _BUCKETS."""
    away = distance.abs()
    coarse = 8 + sum((away > edge).long() for edge in (8, 12, 16, 24, 32, 64))
    return _BUCKETS + distance.sign() * torch.where(away <= 8, away, coarse)


class AttributionNetwork(nn.Module):
    """Scores cues once per window and roles once per cue."""

    def __init__(self, shape: EncoderShape, settings: Settings) -> None:
        super().__init__()
        self.shape = shape
        self.branch_layer = settings.branch_layer
        self.embedding = Embedding(shape, settings.dropout)
        self.layers = nn.ModuleList(Layer(shape, settings.dropout) for _ in range(shape.layers))
        self.role_layers = nn.ModuleList(Layer(shape, settings.dropout) for _ in range(settings.role_layers))
        self.mark = nn.Embedding(2 * _BUCKETS + 1, shape.width)
        self.cue_head = nn.Linear(shape.width, len(CUE_LABELS))
        self.role_head = nn.Linear(shape.width, len(ROLE_LABELS))
        self.dropout = PooledDropout(settings.dropout)
        nn.init.zeros_(self.mark.weight)
        nn.init.normal_(self.mark.weight[_BUCKETS], std=0.5)
        self.use_distance = settings.distance_buckets

    def encode(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return hidden states at the branch, and cue scores.

        Args:
            ids: Shape: (windows, pieces).
            mask: 1 for a piece, 0 for padding. Shape: (windows, pieces).

        Returns:
            Shapes (windows, pieces, width) and (windows, pieces, CUE_LABELS).
        """
        hidden = self.embedding(ids)
        if torch.is_autocast_enabled("cpu"):
            hidden = hidden.bfloat16()
        bias = attention_bias(mask, hidden.dtype)
        branch = hidden
        for number, layer in enumerate(self.layers, 1):
            hidden = layer(hidden, bias)
            if number == self.branch_layer:
                branch = hidden
        return branch, self.cue_head(self.dropout(hidden)).float()

    def roles(self, hidden: Tensor, mask: Tensor, distance: Tensor) -> Tensor:
        """Return role scores with one cue marked per row.

        Args:
            hidden: States at the branch. Shape: (cues, pieces, width).
            mask: Shape: (cues, pieces).
            distance: Signed distance to the cue in pieces. Shape: (cues, pieces).

        Returns:
            Shape (cues, pieces, ROLE_LABELS).
        """
        index = bucket(distance) if self.use_distance else torch.where(distance == 0, _BUCKETS, 0)
        hidden = hidden + self.mark(index).to(hidden.dtype)
        bias = attention_bias(mask, hidden.dtype)
        for layer in self.role_layers:
            hidden = layer(hidden, bias)
        return self.role_head(self.dropout(hidden)).float()


def build_network(weights: Path, settings: Settings) -> AttributionNetwork:
    """Make a network from pretrained encoder weights.

    The role layers begin as copies of the encoder layers that follow the branch or,
    where the branch is the top, of the topmost ones.
    """
    shape = read_shape(weights)
    torch.manual_seed(settings.seed)
    network = AttributionNetwork(shape, settings)
    embedding, layers = read_weights(weights, shape)
    network.embedding.load_state_dict(embedding)
    for layer, state in zip(network.layers, layers, strict=True):
        layer.load_state_dict(state)
    first = min(settings.branch_layer, shape.layers - settings.role_layers)
    for layer, state in zip(network.role_layers, layers[first:], strict=False):
        layer.load_state_dict(state)
    return network


def save_network(network: AttributionNetwork, settings: Settings, path: Path) -> None:
    """Write weights, sizes and settings of a network to one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"shape": asdict(network.shape), "settings": settings.to_dict(), "state": network.state_dict()}, path)


def load_network(path: Path) -> tuple[AttributionNetwork, Settings]:
    """Read a network written by `save_network`, ready to evaluate."""
    saved = torch.load(path, weights_only=True)
    settings = Settings(**saved["settings"])
    network = AttributionNetwork(EncoderShape(**saved["shape"]), settings)
    network.load_state_dict(saved["state"])
    return network.eval(), settings
