"""Start from the shipped attribution encoder: its int8 weights turned back into full precision.

    python -m training.reader.start --onnx src/counterclaim/model/data/encoder.onnx --weights FOLDER --out start.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.attribution.encoder import read_shape


def read_encoder(path: Path, layers: int) -> dict[str, torch.Tensor]:
    """Return the encoder's weights under the names of ``training.reader.network``.

    Args:
        path: An encoder as ``training.attribution.export`` writes it.
        layers: How many layers it has.
    """
    graph = onnx.load(str(path)).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    state: dict[str, torch.Tensor] = {}
    for name, value in stored.items():
        if name.startswith("network.") and value.dtype == np.float32:
            state[name.removeprefix("network.")] = torch.tensor(value)
    products = [node for node in graph.node if node.op_type == "MatMulInteger" and node.input[1] in stored]
    names = [f"layers.{layer}.{part}.weight" for layer in range(layers) for part in ("qkv", "out", "up", "down")]
    assert len(products) >= len(names), f"{path} has {len(products)} integer products, not {len(names)}"
    for node, name in zip(products, names, strict=False):
        state[name] = torch.tensor(_full(stored, node.input[1]).T.copy())
    for name in ("embedding.words.weight", "embedding.positions.weight"):
        if name not in state:
            state[name] = torch.tensor(_full(stored, f"network.{name}_quantized"))
    return state


def _full(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    base = name.removesuffix("_quantized")
    whole = stored[name].astype(np.float32) - stored[f"{base}_zero_point"].astype(np.float32)
    return whole * stored[f"{base}_scale"].astype(np.float32)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.save(read_encoder(args.onnx, read_shape(args.weights).layers), args.out)


if __name__ == "__main__":
    main()
