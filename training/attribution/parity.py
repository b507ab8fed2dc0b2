"""Check that an export says what its checkpoint says.

    python -m training.attribution.parity --checkpoint run.pt --weights FOLDER --export FOLDER \\
        --gold dev.jsonl --scorer score_attribution.py [--tolerance 0.005]

Exits with 1 if the full-precision ONNX graph strays from torch, or if the export
loses more triple F1 against it than the tolerance.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import torch

from training.attribution.evaluate import TorchNetworks, load_scorer, open_tagger, summarise, tag_articles
from training.attribution.export import export
from training.attribution.network import load_network
from counterclaim.model.files import CONFIG, ENCODER, ROLES
from counterclaim.model.networks import OnnxNetworks
from counterclaim.model.windows import distance_to

_LOGITS = 2e-3
"""Largest difference of a score that the order of float additions explains, seen 2e-4 on random pieces."""


def largest_difference(checkpoint: Path, folder: Path) -> float:
    """Compare scores of torch and a full-precision export on a fixed batch with padding."""
    network, _ = load_network(checkpoint)
    chance = np.random.default_rng(0)
    ids = chance.integers(1000, 20000, (4, 40))
    mask = (np.arange(40) < np.array([[40], [33], [12], [5]])).astype(np.int64)
    distance = np.stack([distance_to((2, 4), 40)] * 4)
    worst = 0.0
    ours, theirs = TorchNetworks(network), OnnxNetworks(folder / ENCODER, folder / ROLES, threads=1)
    kept = mask.astype(bool)
    encoded = ours.encode(ids, mask)
    for mine, other in zip(encoded, theirs.encode(ids, mask), strict=True):
        worst = max(worst, float(np.abs(mine - other)[kept].max()))
    roles, others = (networks.mark(encoded[0], mask, distance) for networks in (ours, theirs))
    return max(worst, float(np.abs(roles - others)[kept].max()))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--export", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--tolerance", type=float, default=0.005, help="triple F1 that quantisation may lose")
    args = parser.parse_args()
    torch.set_num_threads(1)
    scorer = load_scorer(args.scorer)
    gold = scorer.read_rows(args.gold)
    bias = json.loads((args.export / CONFIG).read_text(encoding="utf-8"))["cue_bias"]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain"
        export(args.checkpoint, args.weights, plain, cue_bias=bias, full_precision=True)
        worst = largest_difference(args.checkpoint, plain)
        full = summarise(scorer, gold, tag_articles(open_tagger(plain, None, None, 1), args.gold))
    small = summarise(scorer, gold, tag_articles(open_tagger(args.export, None, None, 1), args.gold))
    print(f"largest difference of scores, torch and ONNX: {worst:.2g}")
    print("full precision", json.dumps(full))
    print("export        ", json.dumps(small))
    if worst > _LOGITS or full["triple"] - small["triple"] > 100 * args.tolerance:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
