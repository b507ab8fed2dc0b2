"""Write a checkpoint as the files that ``counterclaim.model`` reads: int8 encoder, heads, config.

    python -m training.reader.export --checkpoint run.pt --out FOLDER [--thresholds thresholds.json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from counterclaim.model.reader_files import CONFIG, ENCODER, HEADS, LAYOUT
from torch import Tensor, nn

from training.attribution.export import OPSET, quantise
from training.reader.network import ReaderNetwork, load_network

NAME = "reader-minilm"


class _Encode(nn.Module):
    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.network.encode(ids, mask)


def write_encoder(network: ReaderNetwork, path: Path) -> None:
    """Write the encoder in full precision."""
    ids = torch.randint(1000, 2000, (3, 24))
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        _Encode(network).eval(), (ids, torch.ones_like(ids)), str(path), opset_version=OPSET, dynamo=False,
        input_names=["ids", "mask"], output_names=["hidden"],
        dynamic_axes={name: axes for name in ("ids", "mask", "hidden")})


def export(checkpoint: Path, folder: Path, *, full_precision: bool = False) -> None:
    """Write the encoder, the heads and the config with each file's hash."""
    network, settings = load_network(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "fp32.onnx"
    write_encoder(network, plain)
    if full_precision:
        shutil.move(plain, folder / ENCODER)
    else:
        quantise(plain, folder / ENCODER)
        plain.unlink()
    weights = {
        name: value.numpy().astype(np.float32)
        for name, value in network.state_dict().items()
        if not name.startswith(("embedding.", "layers."))
    }
    np.savez_compressed(folder / HEADS, **{name: value.astype(np.float16) for name, value in weights.items()})
    config = {
        "name": NAME, "layout": LAYOUT, "most_pieces": settings.most_pieces, "settings": settings.to_dict(),
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (ENCODER, HEADS)}}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full-precision", action="store_true")
    args = parser.parse_args()
    export(args.checkpoint, args.out, full_precision=args.full_precision)


if __name__ == "__main__":
    main()
