"""Write a checkpoint as int8 ONNX files that `counterclaim.model` reads.

    python -m training.attribution.export --checkpoint run.pt --weights FOLDER --out FOLDER [--cue-bias 0.4]

The folder appears whole or not at all: everything is written beside it and then renamed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.attribution.network import AttributionNetwork, load_network
from counterclaim.model.files import CONFIG, ENCODER, ROLES, TOKENIZER
from counterclaim.model.labels import CUE_LABELS, LAYOUT, ROLE_LABELS

NAME = "polnear-minilm"
"""Signed, with the start of the encoder's hash, on every reading made with the model."""

OPSET = 17
"""The first with LayerNormalization as one operator."""


class _Encode(nn.Module):
    def __init__(self, network: AttributionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.encode(ids, mask)


class _Mark(nn.Module):
    def __init__(self, network: AttributionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, hidden: Tensor, mask: Tensor, distance: Tensor) -> Tensor:
        return self.network.roles(hidden, mask, distance)


def write_encoder(network: AttributionNetwork, path: Path) -> None:
    """Write the encoder and cue head in full precision."""
    ids = torch.randint(1000, 2000, (3, 24))
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        _Encode(network).eval(), (ids, torch.ones_like(ids)), str(path), opset_version=OPSET, dynamo=False,
        input_names=["ids", "mask"], output_names=["hidden", "cues"],
        dynamic_axes={name: axes for name in ("ids", "mask", "hidden", "cues")})


def write_roles(network: AttributionNetwork, path: Path) -> None:
    """Write the role layers and role head in full precision."""
    hidden = torch.randn(3, 24, network.shape.width)
    distance = torch.arange(24).repeat(3, 1) - 5
    axes = {0: "cues", 1: "pieces"}
    torch.onnx.export(
        _Mark(network).eval(), (hidden, torch.ones_like(distance), distance), str(path), opset_version=OPSET,
        dynamo=False, input_names=["hidden", "mask", "distance"], output_names=["roles"],
        dynamic_axes={name: axes for name in ("hidden", "mask", "distance", "roles")})


def quantise(source: Path, target: Path) -> None:
    """Turn the constant sides of matrix products, and embeddings, into 8-bit integers.

    The heads stay in full precision: they are small, and their rounding would go
    straight into the probabilities.
    """
    heads = [node.name for node in onnx.load(str(source)).graph.node if "_head" in node.name]
    quantize_dynamic(source, target, per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=heads,
                     op_types_to_quantize=["MatMul", "Gather"])


def replace_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fill a new folder and put it where the old one was."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=folder.name, dir=folder.parent))
    try:
        fill(fresh)
        fresh.chmod(0o755)
        old = fresh.with_name(fresh.name + ".old")
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def export(checkpoint: Path, weights: Path, folder: Path, *, cue_bias: float,
           full_precision: bool = False) -> None:
    """Write the networks, the tokenizer and the config with every file's hash."""
    network, settings = load_network(checkpoint)

    def fill(fresh: Path) -> None:
        for name, write in ((ENCODER, write_encoder), (ROLES, write_roles)):
            plain = fresh / ("fp32-" + name)
            write(network, plain)
            if full_precision:
                plain.rename(fresh / name)
            else:
                quantise(plain, fresh / name)
                plain.unlink()
        shutil.copyfile(weights / TOKENIZER, fresh / TOKENIZER)
        files = sorted(path.name for path in fresh.iterdir())
        config = {
            "name": NAME, "layout": LAYOUT, "cue_labels": CUE_LABELS, "role_labels": ROLE_LABELS, 
            "cue_bias": cue_bias, "max_pieces": settings.max_pieces, "settings": settings.to_dict(),
            "sha256": {name: hashlib.sha256((fresh / name).read_bytes()).hexdigest() for name in files}}
        (fresh / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")

    replace_folder(folder, fill)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="folder with tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cue-bias", type=float, default=0.0, help="positive finds fewer cues; tuned on dev")
    parser.add_argument("--full-precision", action="store_true", help="skip quantisation, for comparison")
    args = parser.parse_args()
    export(args.checkpoint, args.weights, args.out, cue_bias=args.cue_bias,
           full_precision=args.full_precision)


if __name__ == "__main__":
    main()
