"""A BERT encoder that can be entered and left at any layer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """Sizes of an encoder, read from the `config.json` beside its weights."""

    vocabulary: int
    positions: int
    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one pool of random numbers.

    Drawing fresh numbers for each mask takes a tenth of a training step on a
    processor, and is not spread over threads.
    """

    _POOL = 1 << 22

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.pool = torch.empty(0)

    def forward(self, hidden: Tensor) -> Tensor:
        """Drop a share of the values while training."""
        if not self.training or not self.share:
            return hidden
        if len(self.pool) < hidden.numel() or self.pool.dtype != hidden.dtype:
            kept = torch.rand(max(self._POOL, 2 * hidden.numel())) >= self.share
            self.pool = kept.to(hidden.dtype) / (1 - self.share)
        start = int(torch.randint(len(self.pool) - hidden.numel() + 1, ()))
        return hidden * self.pool[start:start + hidden.numel()].view_as(hidden)


class Layer(nn.Module):
    """Self-attention and a feed-forward network, normalised after each (BERT)."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.output_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = PooledDropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Run one layer.

        Args:
            hidden: Shape: (rows, pieces, width).
            bias: Added to attention scores, very low where a piece is padding.
                Shape: (rows, 1, 1, pieces).

        Returns:
            Shape: (rows, pieces, width).
        """
        rows, pieces, width = hidden.shape
        parts = self.qkv(hidden).view(rows, pieces, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        # Written out, not scaled_dot_product_attention: on processors its backward pass takes
        # three times as long as these products at 32 to 128 pieces.
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(rows, pieces, width)
        hidden = self.attention_norm(hidden + self.dropout(self.out(mixed)))
        inner = nn.functional.gelu(self.up(hidden))
        return self.output_norm(hidden + self.dropout(self.down(inner)))


class Embedding(nn.Module):
    """Word pieces and their positions."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = PooledDropout(dropout)

    def forward(self, ids: Tensor) -> Tensor:
        """Embed pieces. Shape: (rows, pieces) to (rows, pieces, width)."""
        at = torch.arange(ids.shape[1], device=ids.device)
        return self.dropout(self.norm(self.words(ids) + self.positions(at)))


def attention_bias(mask: Tensor, dtype: torch.dtype) -> Tensor:
    """Turn a mask (1 piece, 0 padding; rows, pieces) into a bias (rows, 1, 1, pieces)."""
    return ((mask - 1) * 1e4).to(dtype)[:, None, None, :]


def read_shape(folder: Path) -> EncoderShape:
    """Read the sizes of a BERT encoder from its folder."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return EncoderShape(
        vocabulary=config["vocab_size"], positions=config["max_position_embeddings"],
        width=config["hidden_size"], layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"], inner=config["intermediate_size"],
        epsilon=config["layer_norm_eps"])


def read_weights(folder: Path, shape: EncoderShape) -> tuple[dict[str, Tensor], list[dict[str, Tensor]]]:
    """Read pretrained BERT weights under this module's names.

    The embedding of token type 0, which every piece has, is added to the positions.

    Returns:
        State of the `Embedding`, and of each `Layer` from the lowest up.
    """
    raw = {name.removeprefix("bert."): value.float() for name, value in load_file(folder / "model.safetensors").items()}
    embedding = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "positions.weight": raw["embeddings.position_embeddings.weight"] + raw["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"]}
    return embedding, [_layer_weights(raw, f"encoder.layer.{i}.") for i in range(shape.layers)]


def _layer_weights(raw: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    names = {
        "out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "output_norm": "output.LayerNorm"}
    state = {}
    for kind in ("weight", "bias"):
        state[f"qkv.{kind}"] = torch.cat([raw[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")])
        state |= {f"{ours}.{kind}": raw[f"{prefix}{theirs}.{kind}"] for ours, theirs in names.items()}
    return state
