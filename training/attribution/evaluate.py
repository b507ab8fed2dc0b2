"""Tag annotated articles and score what comes out.

    python -m training.attribution.evaluate --model FOLDER_OR_CHECKPOINT --weights FOLDER \\
        --gold dev.jsonl --scorer score_attribution.py [--out predicted.jsonl] [--cue-bias 0.4]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import torch
from tokenizers import Tokenizer

from training.attribution.corpus import read_rows, split_paragraphs
from training.attribution.network import AttributionNetwork, load_network
from counterclaim.model.files import load_tagger
from counterclaim.model.labels import Floats, Ints
from counterclaim.model.tagger import Tagger
from counterclaim.records.text import Span
from training.attribution.settings import Settings

SUBSETS = ("all", "direct", "mixed", "indirect")


class TorchNetworks:
    """The networks of a checkpoint, in full precision, for `Tagger`."""

    def __init__(self, network: AttributionNetwork, *, low_precision: bool = False) -> None:
        self._network = network.eval()
        self._low = low_precision

    @torch.inference_mode()
    def encode(self, ids: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Run the encoder."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self._low):
            hidden, cues = self._network.encode(torch.from_numpy(ids), torch.from_numpy(mask))
        return hidden.float().numpy(), cues.numpy()

    @torch.inference_mode()
    def mark(self, hidden: Floats, mask: Ints, distance: Ints) -> Floats:
        """Run the role layers."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self._low):
            states = torch.from_numpy(hidden)
            roles = self._network.roles(
                states.bfloat16() if self._low else states, torch.from_numpy(mask), torch.from_numpy(distance))
        return roles.numpy()


def load_scorer(path: Path) -> ModuleType:
    """Import the scorer from a file."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_attribution"] = module
    spec.loader.exec_module(module)
    return module


def _moved(span: Span, start: int) -> list[int]:
    return [start + span.start, start + span.end]


def tag_articles(tagger: Tagger, path: Path) -> dict[str, dict]:
    """Tag the articles of a JSONL file, in the form that the scorer reads."""
    predicted = {}
    for row in read_rows(path):
        spans = split_paragraphs(row["text"])
        attributions = []
        for (start, _), found in zip(spans, tagger.tag([row["text"][s:e] for s, e in spans]), strict=True):
            for one in found:
                attributions.append({
                    "cue": [_moved(one.cue, start)],
                    "source": [_moved(one.source, start)] if one.source else [],
                    "content": [_moved(span, start) for span in one.content],
                    "probabilities": [one.cue_probability, one.source_probability, one.content_probability]})
        predicted[row["doc_id"]] = {"doc_id": row["doc_id"], "text": row["text"], "attributions": attributions}
    return predicted


def summarise(scorer: ModuleType, gold: dict, predicted: dict) -> dict[str, float]:
    """Return the figures that decide, as F1 in per cent."""
    result = scorer.score(gold, predicted)
    names = ("triple", "content partial", "source match", "cue overlap", "cue exact", "source exact", "content exact", "source empty")
    report = {name: round(100 * result[name]["f1"], 2) for name in names}
    report |= {f"triple {k}": round(100 * result["triple"][k], 2) for k in "pr"}
    for subset in SUBSETS[1:]:
        report[f"triple {subset}"] = round(100 * scorer.score(gold, predicted, subset)["triple"]["f1"], 2)
    return report


def evaluate_network(network: AttributionNetwork, settings: Settings, tokenizer: Tokenizer, dev: Path,
                     scorer_path: Path) -> dict[str, float]:
    """Tag and score the articles of a file with a torch network, no bias on cues."""
    scorer = load_scorer(scorer_path)
    tagger = Tagger(TorchNetworks(network, low_precision=True), tokenizer, max_pieces=settings.max_pieces)
    return summarise(scorer, scorer.read_rows(dev), tag_articles(tagger, dev))


def open_tagger(model: Path, weights: Path | None, cue_bias: float | None, threads: int) -> Tagger:
    """Open an exported folder or, in full precision, a checkpoint."""
    if model.is_dir():
        tagger = load_tagger(model, threads=threads)
        if cue_bias is not None:
            tagger.cue_bias = cue_bias
        return tagger
    if weights is None:
        raise SystemExit("a checkpoint needs --weights for its tokenizer")
    network, settings = load_network(model)
    return Tagger(TorchNetworks(network), Tokenizer.from_file(str(weights / "tokenizer.json")),
                  max_pieces=settings.max_pieces, cue_bias=cue_bias or 0.0)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="exported folder, or a checkpoint")
    parser.add_argument("--weights", type=Path, help="folder with tokenizer.json, for a checkpoint")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="write predictions here")
    parser.add_argument("--cue-bias", type=float, nargs="*", help="try these biases")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    scorer = load_scorer(args.scorer)
    gold = scorer.read_rows(args.gold)
    for bias in args.cue_bias or [None]:
        predicted = tag_articles(open_tagger(args.model, args.weights, bias, args.threads), args.gold)
        print(bias, json.dumps(summarise(scorer, gold, predicted)), flush=True)
        if args.out:
            with args.out.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in predicted.values())


if __name__ == "__main__":
    main()
