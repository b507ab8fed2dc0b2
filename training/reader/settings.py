"""Every number that shapes a training run."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyper-parameters of one run; the defaults are those of the shipped reader."""

    seed: int = 20201014
    most_pieces: int = 320
    """Longest window, in word pieces, marks and heading counted."""
    span_width: int = 384
    pointer_width: int = 64
    epochs: int = 10
    batch_pieces: int = 900
    learning_rate: float = 2e-4
    """Peak rate of the topmost layer."""
    head_learning_rate: float = 1e-3
    layer_decay: float = 0.9
    warmup: float = 0.1
    weight_decay: float = 0.01
    dropout: float = 0.1
    gradient_norm: float = 5.0
    average_decay: float = 0.99
    """Decay of the running average of weights that is kept in the end."""
    hide: float = 0.35
    """Share of windows in which names are hidden, anew in every epoch."""
    threads: int = 1

    def to_dict(self) -> dict[str, int | float]:
        """Return the settings as a JSON object."""
        return asdict(self)
