"""Train the attribution network.

    python -m training.attribution.train --train train.jsonl --weights FOLDER --out run.pt \\
        [--settings settings.toml] [--set epochs=4] [--dev dev.jsonl --scorer score_attribution.py]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.attribution.corpus import Paragraph, read_paragraphs
from training.attribution.evaluate import evaluate_network
from training.attribution.examples import IGNORED, Batch, collate, epoch_batches
from training.attribution.network import AttributionNetwork, build_network, load_network, save_network
from training.attribution.settings import Settings, load_settings


def parameter_groups(network: AttributionNetwork, settings: Settings) -> list[dict]:
    """Set each layer's learning rate, and spare biases and norms the weight decay."""
    rates: dict[str, float] = {}
    top = len(network.layers)
    for name, _ in network.named_parameters():
        part, _, rest = name.partition(".")
        if part == "embedding":
            rates[name] = settings.learning_rate * settings.layer_decay ** top
        elif part == "layers":
            rates[name] = settings.learning_rate * settings.layer_decay ** (top - 1 - int(rest.split(".")[0]))
        elif part == "role_layers":
            rates[name] = settings.learning_rate
        else:
            rates[name] = settings.head_learning_rate
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        decay = settings.weight_decay if parameter.dim() > 1 and "norm" not in name else 0.0
        groups.setdefault((rates[name], decay), []).append(parameter)
    return [{"params": parameters, "lr": rate, "weight_decay": decay} for (rate, decay), parameters in groups.items()]


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses of a batch, each a mean over the pieces it looks at; 0 where there are none."""

    cue: Tensor
    role: Tensor

    def total(self, settings: Settings) -> Tensor:
        """Add them up."""
        return settings.cue_weight * self.cue + self.role


def _label_loss(scores: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    """Return the cross entropy of pieces (..., pieces, labels) over those not ignored."""
    total = nn.functional.cross_entropy(scores.flatten(0, -2), labels.flatten(), ignore_index=IGNORED,
                                        label_smoothing=smoothing, reduction="sum")
    return total / (labels != IGNORED).sum().clamp(min=1)


def losses(network: AttributionNetwork, batch: Batch, settings: Settings) -> Losses:
    """Run a batch and compare it with its labels."""
    smoothing = settings.label_smoothing
    hidden, cues = network.encode(batch.ids, batch.mask)
    cue = _label_loss(cues, batch.cue_labels, smoothing)
    if not len(batch.rows):
        return Losses(cue, cue.new_zeros(()))
    roles = network.roles(hidden[batch.rows], batch.role_mask, batch.distance)
    return Losses(cue, _label_loss(roles, batch.role_labels, smoothing))


class Average:
    """A running average of weights."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self._decay = decay
        self._steps = 0
        self._weights = [parameter.detach().clone() for parameter in network.parameters()]

    @torch.no_grad()
    def add(self, network: nn.Module) -> None:
        """Move the average towards the weights of this step."""
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + 10))
        torch._foreach_lerp_(self._weights, [p.detach() for p in network.parameters()], 1 - decay)

    @torch.no_grad()
    def swap(self, network: nn.Module) -> None:
        """Exchange the average and the weights of a network."""
        for kept, parameter in zip(self._weights, network.parameters(), strict=True):
            held = parameter.clone()
            parameter.copy_(kept)
            kept.copy_(held)


def rate_at(step: int, steps: int, warmup: float) -> float:
    """Return the share of the peak learning rate: a linear rise, then a linear fall to 0."""
    rising = max(1, int(steps * warmup))
    return (step + 1) / rising if step < rising else max(0.0, (steps - step) / max(1, steps - rising))


def train_epochs(network: AttributionNetwork, paragraphs: list[Paragraph], tokenizer: Tokenizer,
                 settings: Settings) -> Iterator[tuple[int, Average]]:
    """Train, and yield after each epoch its number and the running average."""
    optimizer = torch.optim.AdamW(parameter_groups(network, settings), fused=True)
    peaks = [group["lr"] for group in optimizer.param_groups]
    average = Average(network, settings.average_decay)
    steps, step, began = 0, 0, time.time()
    recent = [0.0] * 2
    for epoch in range(settings.epochs):
        network.train()
        epoch_examples = epoch_batches(paragraphs, tokenizer, settings, epoch)
        steps = steps or len(epoch_examples) * settings.epochs
        for examples in epoch_examples:
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * rate_at(step, steps, settings.warmup)
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(network, collate(examples), settings)
            found.total(settings).backward()
            nn.utils.clip_grad_norm_(network.parameters(), settings.gradient_norm)
            optimizer.step()
            optimizer.zero_grad()
            average.add(network)
            step += 1
            now = [found.cue.item(), found.role.item()]
            recent = [0.99 * old + 0.01 * new for old, new in zip(recent, now, strict=True)]
            if step % 100 == 0:
                shown = " ".join(f"{loss / (1 - 0.99 ** step):.4f}" for loss in recent)
                print(f"step {step}/{steps} cue role {shown} {time.time() - began:.0f}s", flush=True)
        yield epoch, average


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="annotated articles, JSONL")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the pretrained encoder and its tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from; its shape holds")
    parser.add_argument("--settings", type=Path, help="TOML file; the defaults are in settings.py")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="override one setting")
    parser.add_argument("--dev", type=Path, help="annotated articles to measure after each epoch")
    parser.add_argument("--scorer", type=Path, help="score_attribution.py")
    parser.add_argument("--every", type=int, default=2, help="measure every so many epochs, and at the end")
    args = parser.parse_args()
    settings = load_settings(args.settings, args.set)
    torch.set_num_threads(settings.threads)
    tokenizer = Tokenizer.from_file(str(args.weights / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    paragraphs = [paragraph for path in args.train for paragraph in read_paragraphs(path)]
    network = build_network(args.weights, settings)
    if args.start:
        network.load_state_dict(load_network(args.start)[0].state_dict())
    print(json.dumps(settings.to_dict()), flush=True)
    for epoch, average in train_epochs(network, paragraphs, tokenizer, settings):
        if settings.average_decay:
            average.swap(network)
        save_network(network, settings, args.out)
        last = epoch + 1 == settings.epochs
        if args.dev and args.scorer and (last or (epoch + 1) % args.every == 0):
            report = evaluate_network(network.eval(), settings, tokenizer, args.dev, args.scorer)
            print(f"epoch {epoch + 1}: {json.dumps(report)}", flush=True)
        if settings.average_decay:
            average.swap(network)


if __name__ == "__main__":
    main()
