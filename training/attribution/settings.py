"""Every number that shapes a training run, in one record."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Hyper-parameters of one run; the defaults are those of the shipped model."""

    seed: int = 20201014
    """Seeds weights, shuffling, dropout and augmentation."""
    max_pieces: int = 256
    """Longest window, in word pieces, [CLS] and [SEP] counted."""
    branch_layer: int = 6
    """Encoder layer (0 is the embedding) whose output the role layers start from."""
    role_layers: int = 2
    """Layers that are run again per cue, with the cue marked."""
    distance_buckets: bool = True
    """Add an embedding of the signed distance to the cue where the cue is marked."""
    epochs: int = 6
    batch_pieces: int = 1792
    """Padded pieces in a batch; about 32 paragraphs."""
    learning_rate: float = 2e-4
    """Peak rate of the topmost encoder layer."""
    head_learning_rate: float = 1e-3
    """Peak rate of the two heads and the cue markers."""
    layer_decay: float = 0.9
    """Rate of a layer relative to the layer above it."""
    warmup: float = 0.1
    """Share of the steps in which the rate rises; it then falls linearly to 0."""
    weight_decay: float = 0.01
    dropout: float = 0.1
    gradient_norm: float = 1.0
    label_smoothing: float = 0.0
    cue_weight: float = 1.0
    """Weight of the cue loss beside the role loss."""
    average_decay: float = 0.998
    """Decay per step of the running average of weights that is kept in the end; 0: no average."""
    augment: float = 0.15
    """Share of paragraphs whose surface is changed in each epoch (see augment.py)."""
    threads: int = 2

    def to_dict(self) -> dict[str, int | float | bool]:
        """Return the settings as a JSON object."""
        return asdict(self)


def load_settings(path: Path | None, overrides: list[str]) -> Settings:
    """Read settings from a TOML file, then apply `name=value` overrides.

    Args:
        path: A flat TOML table; None for the defaults.
        overrides: Each `name=value`, the value in TOML syntax.

    Raises:
        SystemExit: If a name is unknown or a value has another type than the default.
    """
    given = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    for override in overrides:
        given |= tomllib.loads(override)
    defaults = {field.name: field.default for field in fields(Settings)}
    for name, value in given.items():
        if name not in defaults:
            raise SystemExit(f"setting {name!r} is unknown; one of: {', '.join(defaults)}")
        if isinstance(defaults[name], float) and isinstance(value, int):
            given[name] = float(value)
        elif type(value) is not type(defaults[name]):
            raise SystemExit(f"setting {name!r} wants a value like {defaults[name]!r}, not {value!r}")
    return replace(Settings(), **given)
