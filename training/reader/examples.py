"""Examples: annotated reports as word pieces, and what each head is to say of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from counterclaim.model.reading import NUMERAL, ReportWindow, cut_windows, numeral_in
from tokenizers import Tokenizer

from training.reader import labels

Span = tuple[int, int]
IGNORED = -100



@dataclass(slots=True)
class Query:
    """A span that heads are asked about, in pieces of its window."""

    pieces: Span
    choices: dict[str, int] = field(default_factory=dict)
    """Right label by head."""
    pointers: dict[str, list[int]] = field(default_factory=dict)
    """Right pieces by head; the specials stand behind the last piece, as negative numbers -1, -2, -3."""


@dataclass(slots=True)
class Example:
    """One window."""

    report: str
    conflict: str
    ids: list[int]
    offsets: list[Span]
    tags: dict[str, list[int]]
    """Labels of every piece, by tagging head; IGNORED where it is not asked."""
    queries: list[Query]
    names: frozenset[int] = frozenset()
    """Pieces that stand in names: what may be hidden in training."""


def make_examples(report: dict[str, Any], tokenizer: Tokenizer, most: int) -> Iterator[Example]:
    """Turn a report into examples, one a window.

    Args:
        report: As ``corpus/load.py`` gives it.
        tokenizer: Of the encoder.
        most: Pieces a window may have.
    """
    layers = set((report.get("layers") or "parties claims casualties undisclosed events ceasefires positions").split())
    for window in cut_windows(tokenizer, report["text"], heading=report.get("outlet"), most=most):
        yield _example(report, window, layers)


class _Maker:
    def __init__(self, report: dict[str, Any], window: ReportWindow) -> None:
        self.report, self.window = report, window
        self.places = "places" not in (report.get("unmarked") or "")
        """Whether places and days are marked wherever the text tells them."""
        self.by_party: dict[str, set[Span]] = {}
        self.by_root: dict[str, set[Span]] = {}
        for party in report["parties"]:
            spans = {tuple(span) for span in party["mentions"]}
            self.by_party.setdefault(party["party"], set()).update(spans)
            self.by_root.setdefault(root_of(party["party"]), set()).update(spans)

    def pieces(self, span: Sequence[int] | None) -> Span | None:
        return None if span is None else self.window.pieces_of(span[0], span[1])

    def all_pieces(self, spans: Any) -> list[int]:
        found: set[int] = set()
        for span in spans:
            pieces = self.pieces(span)
            if pieces:
                found.update(range(*pieces))
        return sorted(found)

    def party_pieces(self, name: str | None, anchor: Sequence[int] | None, *, whole: bool) -> list[int]:
        """Pieces that stand for the parties of a name: all their mentions, and the anchor."""
        spans: set[Span] = set() if anchor is None else {tuple(anchor)}  # type: ignore[arg-type]
        for one in (name or "").split(" & "):
            exact = set() if whole else self.by_party.get(one.strip(), set())
            spans |= exact or self.by_root.get(root_of(one), set())
        return self.with_heading(self.all_pieces(spans), name)

    def with_heading(self, pieces: list[int], name: str | None) -> list[int]:
        """Add the pieces of the heading where a party of the name publishes the report."""
        outlet = self.report.get("outlet") or ""
        if name and self.window.heading and root_of(name).lower() in outlet.lower():
            return sorted({*pieces, *range(*self.window.heading)})
        return pieces

    def name_pieces(self, name: str | None) -> list[int]:
        """Pieces where the parties' names stand, [-1] where the window has none, [-2] for all sides together."""
        if name is None:
            return [-1]
        if name == "both":
            return [-2]
        found: set[int] = set()
        for one in name.split(" & "):
            root = root_of(one)
            by_rank: dict[int, list[Span]] = {1: [], 2: []}
            for span in self.by_root.get(root, ()):
                for rank, token in naming(self.report["text"], span, root):
                    by_rank[rank].append(token)
            found.update(self.all_pieces(by_rank[2]) or self.all_pieces(by_rank[1]))
        return self.with_heading(sorted(found), name) or [-1]


ROLE_WORDS = frozenset(
    "the a an our we us their his her its my they he she it i army general staff ministry minister government command "
    "president presidency defence defense interior foreign health air force forces navy police state council committee "
    "colonel captain major lieutenant sergeant commander brigade battalion spokesman spokeswoman office headquarters "
    "coalition authorities enemy house parliament court hospital governor mayor prefect doctor dr mr mrs ms col gen lt "
    "capt maj brig joint national central armed civil military security border guard coast guards marshal leader deputy "
    "prime chief region district province side party movement front union both rebels residents soldiers troops fighters "
    "civilians people militants insurgents officials families health humanitarian action partners of and".split()
)
"""Words that tell what a party is, not which one."""


def naming(text: str, span: Span, root: str) -> Iterator[tuple[int, Span]]:
    """Find the words of a mention that name its party: rank 2 by its root or a form of it, 1 by another name.

    Args:
        text: The report.
        span: The mention.
        root: Of the party.
    """
    wanted = [word for word in re.findall(r"\w+", root.lower()) if word not in {"the", "of", "and", "for"}]
    own = [word for word in wanted if word not in ROLE_WORDS] or wanted
    initials = "".join(word[0] for word in re.findall(r"\w+", root) if word[0].isupper()).lower()
    opens = re.search(r"(?:^|[.!?:\n]\W*)$", text[max(0, span[0] - 4) : span[0]]) is not None
    for match in re.finditer(r"\w[\w'’.]*", text[slice(*span)]):
        word = match.group().lower().replace(".", "").removesuffix("'s").removesuffix("’s")
        at = (span[0] + match.start(), span[0] + match.end())
        if not match.group()[0].isupper():
            continue
        if (len(word) > 1 and word == initials) or any(_alike(word, one) for one in own):
            yield 2, at
        elif word not in ROLE_WORDS and not (opens and match.start() == 0 and " " in text[slice(*span)]):
            yield 1, at


def _alike(word: str, name: str) -> bool:
    """Whether a word is a form of a name: "Kestrian", of Kestria."""
    least = min(max(3, len(name) - 2), 6)
    return word == name or word[:least] == name[:least]


def root_of(name: str) -> str:
    """Return the root of a party's name."""
    return name.split("/")[0].strip()


def _example(report: dict[str, Any], window: ReportWindow, layers: set[str]) -> Example:
    maker = _Maker(report, window)
    size = len(window.ids)
    tags = {name: [0] * size for name in labels.TAGS}
    asked = {"outcome": "casualties", "event": "events", "truce": "ceasefires", "withheld": "undisclosed", "party": "parties"}
    for name, layer in asked.items():
        if layer not in layers:
            tags[name] = [IGNORED] * size
    queries: list[Query] = []
    for figure in report["casualties"]:
        queries += _figure(maker, figure, tags["outcome"])
    for event in report["events"]:
        queries += _event(maker, event, tags["event"])
    for truce in report["ceasefires"]:
        queries += _truce(maker, truce, tags["truce"])
    for row in report["undisclosed"]:
        queries += _withheld(maker, row, tags["withheld"])
    for claim in report["claims"]:
        queries += _claim(maker, claim)
    if "parties" in layers:
        queries += _parties(maker, tags["party"])
    if "casualties" in layers:
        queries += _other_numbers(maker, report)
    text = report["text"]
    names = {
        window.ids[index]
        for query in queries if "role" in query.choices
        for index in range(*query.pieces)
        if text[window.offsets[index][0]].isupper() and window.offsets[index][1] - window.offsets[index][0] > 2
    }
    return Example(report["id"], report["conflict"], list(window.ids), list(window.offsets), tags, queries, frozenset(names))


def _mark(tags: list[int], pieces: Span, label: int) -> None:
    for index in range(*pieces):
        tags[index] = label


def _figure(maker: _Maker, figure: dict[str, Any], tags: list[int]) -> list[Query]:
    span = numeral_in(maker.report["text"], *figure["quote"])
    pieces = maker.pieces(span)
    if pieces is None:
        return []
    outcome = labels.OUTCOMES.index(figure["kind"])
    _mark(tags, pieces, outcome)
    query = Query(pieces)
    query.choices = {
        "outcome": outcome,
        "category": labels.CATEGORIES.index(figure["category"]),
        "scope": labels.SCOPES.index(figure["scope"]),
        "attribution": labels.ATTRIBUTIONS.index(figure["attribution"]),
        "background": int(figure["background"]),
    }
    side, reporter = figure["victim_side"], figure["reported_by"]
    query.pointers["side"] = (
        [-1] if side is None else [-2] if side == "both" else maker.party_pieces(side, figure["side_span"], whole=True)
    )
    query.pointers["reporter"] = [-1] if reporter is None else maker.party_pieces(reporter, figure["reporter_span"], whole=False)
    query.pointers["side_name"] = maker.name_pieces(side)
    query.pointers["reporter_name"] = maker.name_pieces(reporter)
    whole = figure.get("part_of_span")
    query.pointers["part_of"] = [-1] if whole is None else maker.all_pieces([numeral_in(maker.report["text"], *whole)])
    for name, key in (("loss_place", "place_span"), ("loss_day", "day_span")):
        if maker.places:
            query.pointers[name] = [-1] if not figure.get(key) else maker.all_pieces([figure[key]])
    return [query, *_named(maker, side, figure["side_span"]), *_named(maker, reporter, figure["reporter_span"])]


def _named(maker: _Maker, name: str | None, anchor: Sequence[int] | None) -> list[Query]:
    """Ask where the party's name stands that words of a figure, event or claim mean."""
    pieces = maker.pieces(anchor)
    if pieces is None or name in {None, "?"}:
        return []
    return [Query(pieces, {}, {"named": maker.name_pieces(name)})]


def _other_numbers(maker: _Maker, report: dict[str, Any]) -> list[Query]:
    """Ask of numbers that are no losses, so that the head learns to say so."""
    taken = [numeral_in(report["text"], *figure["quote"]) for figure in report["casualties"]]
    found = []
    for match in NUMERAL.finditer(report["text"]):
        span = (match.start(), match.end())
        if any(a < span[1] and span[0] < b for a, b in taken):
            continue
        pieces = maker.pieces(span)
        if pieces:
            found.append(Query(pieces, {"outcome": 0}))
    return found


def _event(maker: _Maker, event: dict[str, Any], tags: list[int]) -> list[Query]:
    pieces = maker.pieces(event["span"])
    if pieces is None:
        return []
    _mark(tags, pieces, labels.EVENT_TYPES.index(event["type"]))
    query = Query(pieces, {"told": labels.TOLD.index(event["told"])})
    for role in ("agent", "target"):
        name = event[role]
        query.pointers[role] = [-1] if name is None else maker.party_pieces(name, event[f"{role}_span"], whole=True)
        query.pointers[f"{role}_name"] = maker.name_pieces(name)
    query.pointers["teller"] = [-1] if event["by"] is None else maker.party_pieces(event["by"], None, whole=False)
    for name, key in (("event_place", "place_span"), ("event_time", "time_span")):
        if maker.places or event.get(key):
            query.pointers[name] = [-1] if not event.get(key) else maker.all_pieces([event[key]])
    return [query, *(one for role in ("agent", "target") for one in _named(maker, event[role], event[f"{role}_span"]))]


def _truce(maker: _Maker, truce: dict[str, Any], tags: list[int]) -> list[Query]:
    pieces = maker.pieces(truce["span"])
    if pieces is None:
        return []
    _mark(tags, pieces, labels.STATUSES.index(truce["status"]))
    query = Query(pieces, {"truce_background": int(truce["background"])})
    parties = truce["parties"]
    both = parties is not None and (parties == "both" or len(parties.split(" & ")) > 1)
    query.pointers["truce_party"] = (
        [-1] if parties is None else maker.party_pieces(parties, None, whole=True) or ([-2] if both else [])
    )
    for name, key in (("broker", "broker"), ("breach", "violation_alleged_by")):
        query.pointers[name] = [-1] if truce[key] is None else maker.party_pieces(truce[key], None, whole=True)
    return [query]


def _withheld(maker: _Maker, row: dict[str, Any], tags: list[int]) -> list[Query]:
    pieces = maker.pieces(row["span"])
    if pieces is None:
        return []
    _mark(tags, pieces, 1)
    return [Query(pieces, {}, {"owner": [-1] if row["party"] is None else maker.party_pieces(row["party"], None, whole=True)})]


def _claim(maker: _Maker, claim: dict[str, Any]) -> list[Query]:
    pieces = maker.pieces(claim["cue_span"])
    if pieces is None:
        return []
    query = Query(pieces, {"stance": labels.STANCES.index(claim["stance"])})
    speaker, target = claim["speaker"], claim["target"]
    query.pointers["speaker"] = [-1] if speaker in {None, "?"} else maker.party_pieces(speaker, claim["speaker_span"], whole=False)
    query.pointers["addressee"] = [-1] if target is None else maker.party_pieces(target, None, whole=True)
    query.pointers["speaker_name"] = maker.name_pieces(None if speaker == "?" else speaker)
    query.pointers["addressee_name"] = maker.name_pieces(target)
    return [query, *_named(maker, speaker, claim["speaker_span"])]


def _parties(maker: _Maker, tags: list[int]) -> list[Query]:
    found = []
    for party in maker.report["parties"]:
        role = party["role"]
        label = labels.ROLES.index("side" if role in "ABCDEFGHIJKL" else role)
        spans = {tuple(span) for span in party["mentions"]}
        same = maker.by_root[root_of(party["party"])]
        for span in spans:
            pieces = maker.pieces(span)
            if pieces is None:
                continue
            _mark(tags, pieces, 1)
            query = Query(pieces, {"role": label})
            others = [other for other in same if other[1] <= span[0] or other[0] >= span[1]]
            if party["party"] == "?":
                query.pointers["antecedent"] = query.pointers["named"] = [-2]
            else:
                query.pointers["antecedent"] = maker.all_pieces(others) or [-1]
                query.pointers["named"] = maker.name_pieces(party["party"])
            found.append(query)
    return found


def vary(example: Example, generator: random.Random, plain: Sequence[int], share: float) -> list[int]:
    """Return the piece ids with some words exchanged for others, the same word always for the same.

    Names are so hidden now and then: what is learnt must not hang on who is named.

    Args:
        example: The window.
        generator: Of chance.
        plain: Ids of whole-word pieces to draw from.
        share: Of the windows that are changed.
    """
    if generator.random() >= share:
        return example.ids
    hidden = {id_: generator.choice(plain) for id_ in sorted(example.names) if generator.random() < 0.5}
    return [hidden.get(id_, id_) for id_ in example.ids]
