"""Train the reader; resumes from its checkpoint.

    python -m training.reader.train --weights FOLDER --out run.pt [--set epochs=12] [--hours 2]

Reports come from corpus/reports, parted into train, dev and test by war (corpus/splits.json).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from training.reader.examples import IGNORED, Example, make_examples, vary
from training.reader.network import ReaderNetwork, build_network, save_network
from training.reader.settings import Settings
from tokenizers import Tokenizer

WEIGHTS = {"side": 1.5, "reporter": 1.5, "agent": 1.5, "target": 1.5, "side_name": 1.5, "antecedent": 0.5, "role": 0.4, "tag:party": 0.5}
"""Weights of heads in the loss; 1 where none is given."""


def load_corpus(root: Path, split: str) -> list[dict]:
    """Load the reports of a split: train, dev, test, or all."""
    sys.path.insert(0, str(root / "corpus"))
    import load  # noqa: PLC0415

    parts = json.loads((root / "corpus" / "splits.json").read_text("utf-8"))
    held = {war for part in ("dev", "test") for war in parts[part]}
    reports = load.load()
    if split == "all":
        return reports
    if split == "train":
        return [report for report in reports if report["conflict"] not in held]
    return [report for report in reports if report["conflict"] in parts[split]]


def batches(examples: Sequence[Example], most: int, generator: random.Random | None) -> Iterator[list[Example]]:
    """Group examples of like length."""
    order = list(examples)
    if generator:
        generator.shuffle(order)
        order.sort(key=lambda example: len(example.ids) + generator.random() * 40)
    else:
        order.sort(key=lambda example: len(example.ids))
    groups: list[list[Example]] = []
    group: list[Example] = []
    for example in order:
        if group and (len(group) + 1) * max(len(example.ids), len(group[-1].ids)) > most:
            groups.append(group)
            group = []
        group.append(example)
    if group:
        groups.append(group)
    if generator:
        generator.shuffle(groups)
    yield from groups


def forward(network: ReaderNetwork, group: Sequence[Example], ids: Sequence[Sequence[int]]) -> tuple[dict[str, Tensor], dict[str, tuple[float, int]]]:
    """Return the loss of each head over a batch, and what each head gets right: (right, asked)."""
    longest = max(map(len, ids))
    padded = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest)
    for row, item in enumerate(ids):
        padded[row, : len(item)] = torch.tensor(item)
        mask[row, : len(item)] = 1
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=network.training):
        hidden = network.encode(padded, mask)
    hidden = hidden.float()
    dropped = network.dropout(hidden)
    losses: dict[str, Tensor] = {}
    right: dict[str, tuple[float, int]] = {}
    for name, head in network.tag_heads.items():
        gold = torch.full((len(group), longest), IGNORED)
        for row, example in enumerate(group):
            inside = [label if offset[0] >= 0 else IGNORED for label, offset in zip(example.tags[name], example.offsets, strict=True)]
            gold[row, : len(inside)] = torch.tensor(inside)
        if (gold == IGNORED).all():
            continue
        scores = head(dropped)
        losses[f"tag:{name}"] = nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORED) * 4
        with torch.no_grad():
            guess = scores.argmax(-1)
            asked = (gold > 0) | ((guess > 0) & (gold == 0))
            right[f"tag:{name}"] = (float(((guess == gold) & asked).sum()), int(asked.sum()))
    flat = [(row, query) for row, example in enumerate(group) for query in example.queries]
    if not flat:
        return losses, right
    rows = torch.tensor([row for row, _ in flat])
    starts = torch.tensor([query.pieces[0] for _, query in flat])
    ends = torch.tensor([query.pieces[1] for _, query in flat])
    spans = network.dropout(network.spans(dropped, rows, starts, ends))
    for name, head in network.choice_heads.items():
        at = [index for index, (_, query) in enumerate(flat) if name in query.choices]
        if not at:
            continue
        gold = torch.tensor([flat[index][1].choices[name] for index in at])
        scores = head(spans[at])
        losses[name] = nn.functional.cross_entropy(scores, gold)
        right[name] = (float((scores.argmax(-1) == gold).sum()), len(at))
    for name in network.queries:
        at = [index for index, (_, query) in enumerate(flat) if query.pointers.get(name)]
        if not at:
            continue
        gold = torch.zeros(len(at), longest + 2, dtype=torch.bool)
        for row, index in enumerate(at):
            pointed = flat[index][1].pointers[name]
            gold[row, [piece if piece >= 0 else longest - 1 - piece for piece in pointed]] = True
        scores = network.point(name, spans[at], dropped, mask, rows[at], starts[at], ends[at])
        sure = scores.log_softmax(-1)
        losses[name] = -sure.masked_fill(~gold, -1e4).logsumexp(-1).mean()
        right[name] = (float(gold[torch.arange(len(at)), scores.argmax(-1)].sum()), len(at))
    return losses, right


@torch.no_grad()
def evaluate(network: ReaderNetwork, examples: Sequence[Example], most: int) -> dict[str, float]:
    """Return the share that each head gets right."""
    network.eval()
    total: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for group in batches(examples, most, None):
        _, right = forward(network, group, [example.ids for example in group])
        for name, (good, asked) in right.items():
            total[name][0] += good
            total[name][1] += asked
    network.train()
    return {name: round(good / asked, 3) for name, (good, asked) in sorted(total.items()) if asked}


def groups_of(network: ReaderNetwork, settings: Settings) -> list[dict]:
    """Return parameter groups: lower layers learn slower, heads faster."""
    groups = []
    network.embedding.words.weight.requires_grad_(False)  # what words mean is known; names must not be learnt
    for depth, part in enumerate((network.embedding, *network.layers)):
        rate = settings.learning_rate * settings.layer_decay ** (len(network.layers) - depth)
        groups.append({"params": [item for item in part.parameters() if item.requires_grad], "peak": rate})
    known = {id(parameter) for group in groups for parameter in group["params"]}
    heads = [item for item in network.parameters() if item.requires_grad and id(item) not in known]
    return [*groups, {"params": heads, "peak": settings.head_learning_rate}]


def train(reports: Sequence[dict], held: Sequence[dict], weights: Path, out: Path, settings: Settings, *, hours: float, start: Path | None = None, log_every: int = 100) -> ReaderNetwork:
    """Train, keeping a checkpoint after each epoch."""
    torch.set_num_threads(settings.threads)
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    examples = [example for report in reports for example in make_examples(report, tokenizer, settings.most_pieces)]
    dev = [example for report in held for example in make_examples(report, tokenizer, settings.most_pieces)]
    print(len(reports), "reports", len(examples), "windows;", len(held), "held", len(dev), flush=True)
    plain = [id_ for word, id_ in tokenizer.get_vocab().items() if word.isalpha() and len(word) > 3]
    plain.sort()
    network = build_network(weights, settings)
    if start is not None:
        known = network.state_dict()
        given = torch.load(start, weights_only=True)
        given = given.get("state", given)  # a checkpoint holds more than its weights
        if not set(given) & set(known):
            msg = f"{start} holds no weights of this network: give a state as start.py writes it, or a checkpoint"
            raise SystemExit(msg)
        network.load_state_dict({name: value for name, value in given.items() if name in known}, strict=False)
    optimizer = torch.optim.AdamW(groups_of(network, settings), weight_decay=settings.weight_decay)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    generator = random.Random(settings.seed)
    steps = sum(1 for _ in batches(examples, settings.batch_pieces, random.Random(0))) * settings.epochs
    step, first, begun = 0, 0, time.time()
    if out.exists():
        saved = torch.load(out, weights_only=False)
        if "optimizer" in saved:
            network.load_state_dict(saved["raw"])
            average = saved["state"]
            optimizer.load_state_dict(saved["optimizer"])
            step, first = saved["step"], saved["epoch"]
            print("resumed after epoch", first, flush=True)
    network.train()
    for epoch in range(first, settings.epochs):
        generator.seed(settings.seed + epoch)
        sums: dict[str, float] = defaultdict(float)
        for group in batches(examples, settings.batch_pieces, generator):
            ids = [vary(example, generator, plain, settings.hide) for example in group]
            losses, _ = forward(network, group, ids)
            loss = sum(WEIGHTS.get(name, 1.0) * value for name, value in losses.items())
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), settings.gradient_norm)
            rate = min(step / (settings.warmup * steps + 1), max(0.0, (steps - step) / (steps * (1 - settings.warmup) + 1)))
            for part in optimizer.param_groups:
                part["lr"] = part["peak"] * rate
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            decay = min(settings.average_decay, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    if value.requires_grad:
                        average[name].lerp_(value, 1 - decay)
            sums["loss"] += float(loss.detach())
            if step % log_every == 0:
                print(f"epoch {epoch + 1} step {step}/{steps} loss {sums['loss'] / log_every:.3f} {time.time() - begun:.0f} s", flush=True)
                sums.clear()
        raw = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average)
        if dev:
            print("epoch", epoch + 1, json.dumps(evaluate(network, dev, settings.batch_pieces)), flush=True)
        save_network(network, settings, out, raw=raw, optimizer=optimizer.state_dict(), step=step, epoch=epoch + 1)
        network.load_state_dict(raw)
        if time.time() - begun > hours * 3600:
            print("out of time after epoch", epoch + 1)
            break
    network.load_state_dict(average)
    return network


def read_settings(overrides: Sequence[str]) -> Settings:
    """Apply ``name=value`` to the defaults."""
    kinds = {field.name: type(field.default) for field in fields(Settings)}
    return replace(Settings(), **{name: kinds[name](value) for name, value in (item.split("=") for item in overrides)})


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--split", default="train", help="train, or all to ship")
    parser.add_argument("--held", default="dev")
    parser.add_argument("--share", type=float, default=1.0, help="of the training reports, for a learning curve")
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="further reports as JSON lines, as load.py gives them")
    parser.add_argument("--start", type=Path, help="encoder weights to start from (training.reader.start)")
    parser.add_argument("--hours", type=float, default=3.0)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    args = parser.parse_args()
    settings = read_settings(args.set)
    reports = load_corpus(args.root, args.split)
    random.Random(settings.seed).shuffle(reports)
    reports = reports[: math.ceil(args.share * len(reports))]
    for path in args.extra:
        reports += [json.loads(line) for line in path.open(encoding="utf-8")]
    train(reports, load_corpus(args.root, args.held) if args.held else [], args.weights, args.out, settings, hours=args.hours, start=args.start)


if __name__ == "__main__":
    main()
