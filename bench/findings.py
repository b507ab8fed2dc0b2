"""Findings: which of those that put words into a side's mouth are false.

A finding puts words into a mouth where it says that somebody admitted something, that both sides agree
on it, or that an adversary confirmed it. It holds where the gold has that party say so: for a
happening, that the party itself tells an act of its own (or, of the other side, affirms it); for a
figure, that the party gives the number of its own dead.
"""

import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.tasks import ledger

Row = Mapping[str, Any]
Roots = Callable[[str | None], Iterable[str]]
Near = Callable[[tuple[int, int], tuple[int, int]], bool]
MOUTH = frozenset({"admitted", "agreed_by_both", "confirmed_by_adversary", "self_reported"})
AFFIRMING = frozenset({"state", "confirm", "admit", "allege"})
RESULTS = Path(__file__).parent / "results"
GOLD = Path(__file__).parent / "gold"
"""Our own layers over the gold of others: names and numbers only."""


def load_scorer(shared: Path) -> ModuleType:
    """Load the neutral scorer, for its way of comparing names and places in a text."""
    path = shared / "bench" / "score_ledger.py"
    spec = importlib.util.spec_from_file_location("score_ledger", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Judge:
    """Judges findings of one report against its gold."""

    def __init__(self, roots: Roots, near: Near, gold: Row) -> None:
        """Make a judge.

        Args:
            roots: Takes a name in normal form; returns the roots that it means.
            near: Whether two stretches of the report overlap or share a sentence.
            gold: The report's gold.
        """
        self._roots = roots
        self._is_near = near
        self._gold = gold

    def _same(self, one: str | None, other: str | None) -> bool:
        return bool(set(self._roots(one)) & set(self._roots(other)))

    def _near(self, one: Sequence[int], other: Sequence[int]) -> bool:
        return self._is_near((one[0], one[1]), (other[0], other[1]))

    def says_it(self, party: str, span: Sequence[int]) -> bool:
        """Whether the gold has a party put something forward about these words."""
        return any(
            self._same(claim["speaker"], party)
            and claim["stance"] in AFFIRMING
            and claim["span"] is not None
            and self._near(claim["span"], span)
            for claim in self._gold["claims"]
        ) or any(
            self._same(by_of(event), party) and self._near(event["span"], span)
            for event in self._gold["events"]
        )

    def owns_act(self, party: str, span: Sequence[int]) -> bool:
        """Whether the gold has a party tell an act of its own in these words."""
        return any(
            told_of(event) == "admitted"
            and self._same(event["agent"], party)
            and self._near(event["span"], span)
            for event in self._gold["events"]
        )

    def owns_up(self, party: str, span: Sequence[int]) -> bool:
        """Whether the gold has a party own up in these words, and gives the act to nobody else.

        Not every act has an event in the gold: "it has banned artillery, Ukraine said". Then the party's
        own claim over these words decides, unless an event of the same sentence has another doer.
        """
        says = any(
            self._same(claim["speaker"], party)
            and claim["span"] is not None
            and (
                (claim["stance"] in AFFIRMING and self._overlaps(claim["span"], span))
                or (claim["stance"] in {"admit", "confirm"} and self._near(claim["span"], span))
            )
            for claim in self._gold["claims"]
        )
        others = [
            event
            for event in self._gold["events"]
            if self._near(event["span"], span) and event["agent"] is not None
        ]
        return says and (not others or any(self._same(event["agent"], party) for event in others))

    def _overlaps(self, one: Sequence[int], other: Sequence[int]) -> bool:
        return one[0] < other[1] and other[0] < one[1]

    def counts_own(self, party: str, span: Sequence[int]) -> bool:
        """Whether the gold has a party give the number of its own losses in these words."""
        return any(
            self._same(row["reported_by"], party)
            and self._same(row["victim_side"], party)
            and self._near(row["quote"], span)
            for row in self._gold["casualties"]
        )

    def agrees(self, party: str, span: Sequence[int]) -> bool:
        """Whether the gold has a party to an agreement told in these words."""
        return any(
            self._near(row["span"], span)
            and any(self._same(name, party) or name == "both" for name in row["parties"] or ())
            for row in self._gold["ceasefires"]
        ) or any(
            event["type"] in {"AGREE", "CONSULT", "COOPERATE"}
            and self._near(event["span"], span)
            and (self._same(event["agent"], party) or self._same(event["target"], party))
            for event in self._gold["events"]
        )

    def is_true(self, finding: Row) -> bool:
        """Whether every mouth that a finding speaks for said so."""
        voices = [voice for voice in finding["voices"] if voice["affirms"] and voice["party"]]
        doers = [voice for voice in voices if voice["alignment"] == "doer"]
        others = [voice for voice in voices if voice["alignment"] == "other side"]
        if finding["status"] == "confirmed_by_adversary":
            return bool(others) and all(self._says(voice) for voice in others)
        if not doers or not any(self._is_own(finding, voice) for voice in doers):
            return False
        return finding["status"] != "agreed_by_both" or any(self._says(voice) for voice in others)

    def _says(self, voice: Row) -> bool:
        return voice["span"] is not None and self.says_it(voice["party"], voice["span"])

    def _is_own(self, finding: Row, voice: Row) -> bool:
        if voice["span"] is None:
            return False
        party, span = voice["party"], voice["span"]
        if finding["slot"] == "figure":
            return self.counts_own(party, span)
        return self.owns_act(party, span) or self.agrees(party, span) or self.owns_up(party, span)

    def told(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Find what the gold has parties say of their own acts: who, and the words."""
        for event in self._gold["events"]:
            if told_of(event) == "admitted" and event["agent"]:
                yield event["agent"], event["span"]

    def is_kept(self, party: str, span: Sequence[int], findings: Sequence[Row]) -> bool:
        """Whether some finding has a party say of its own act what it says in these words."""
        return any(
            finding["status"] in MOUTH
            and finding["slot"] != "figure"
            and any(
                voice["affirms"]
                and voice["span"] is not None
                and self._same(voice["party"], party)
                and self._near(voice["span"], span)
                for voice in finding["voices"]
            )
            for finding in findings
        )


def told_of(event: Row) -> str:
    """Return how an event is told; from ``alleged_by`` in gold that has no ``told``."""
    if event.get("told"):
        return str(event["told"])
    by = event.get("alleged_by")
    if not by:
        return "fact"
    same = str(by).split("/")[0] == str(event.get("agent") or "").split("/")[0]
    return "admitted" if same else "alleged"


def by_of(event: Row) -> str | None:
    """Return who tells an event."""
    return event.get("by") or event.get("alleged_by")


def judge_all(shared: Path, folder: str, sides: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Read the reports of a folder of gold and judge their findings.

    Args:
        shared: Where the corpora are.
        folder: ``dev`` or ``fresh``.
        sides: The parties of each report with their roles, where they are annotated.
    """
    scorer = load_scorer(shared)
    names = scorer.Names(json.loads((shared / "bench" / "actors.json").read_text("utf-8")))
    where = shared / "corpus" / folder
    texts = [json.loads(line) for line in (where / "texts.jsonl").open(encoding="utf-8")]
    gold = {
        row["id"]: row for row in map(json.loads, (where / "gold.jsonl").open(encoding="utf-8"))
    }
    _add_told(gold)
    false: Counter[str] = Counter()
    made: Counter[str] = Counter()
    told = kept = 0
    right = {"found": 0, "gold": 0, "both": 0}
    wrong: list[dict[str, Any]] = []
    for text in texts:
        row = ledger({key: text.get(key) for key in ("id", "text", "date", "outlet", "title")})
        judge = Judge(names.roots, scorer.Text(text["text"]).near, gold[text["id"]])
        for finding in row["findings"]:
            if finding["status"] in MOUTH:
                status = (
                    f"{finding['status']} ({'figure' if finding['slot'] == 'figure' else 'act'})"
                )
                made[status] += 1
                if not judge.is_true(finding):
                    false[status] += 1
                    wrong.append({"id": text["id"], **finding})
        for party, span in judge.told():
            told += 1
            kept += judge.is_kept(party, span, row["findings"])
        if text["id"] in sides:
            _count_sides(names, row["parties"], sides[text["id"]], right)
    total = sum(made.values())
    return {
        "command": f"python -m bench findings ({folder})",
        "findings that put words into a mouth": total,
        "false": sum(false.values()),
        "share false": round(sum(false.values()) / total, 3) if total else None,
        "by status": {status: [false[status], made[status]] for status in sorted(made)},
        "own acts told in the gold": told,
        "of these found": kept,
        "sides": _shares(right),
        "wrong": wrong,
    }


def _add_told(gold: Mapping[str, Row]) -> None:
    """Add how events are told, from our own layer over the gold."""
    path = GOLD / "told.jsonl"
    for row in map(json.loads, path.open(encoding="utf-8")) if path.exists() else ():
        for item in row["events"] if row["id"] in gold else ():
            event = gold[row["id"]]["events"][item["index"]]
            event["told"], event["by"] = item["told"], item["by"]


def _count_sides(
    names: Any, found: Sequence[Row], gold: Sequence[Row], right: dict[str, int]
) -> None:
    mine = {frozenset(names.roots(row["party"])) for row in found if row["side"] not in {"M", "T"}}
    theirs = {
        frozenset(names.roots(row["party"])) for row in gold if row["role"] not in {"M", "T", "?"}
    }
    right["found"] += len(mine)
    right["gold"] += len(theirs)
    right["both"] += len(mine & theirs)


def _shares(right: Mapping[str, int]) -> dict[str, float] | None:
    if not right["gold"]:
        return None
    return {
        "precision": round(right["both"] / max(1, right["found"]), 3),
        "recall": round(right["both"] / right["gold"], 3),
    }


def run_findings(shared: Path) -> int:
    """Judge the findings on the development reports and on those handed over later; print and keep."""
    if not (shared / "corpus").exists():
        print(f"no corpora at {shared}: nothing measured; give --shared")
        return 0
    roles = GOLD / "parties.jsonl"
    sides = (
        {row["id"]: row["parties"] for row in map(json.loads, roles.open(encoding="utf-8"))}
        if roles.exists()
        else {}
    )
    found = {}
    for folder in ("dev", "fresh"):
        judged = judge_all(shared, folder, sides)
        wrong = judged.pop("wrong")
        if folder == "dev":
            for row in wrong:
                print(
                    "false:",
                    row["id"],
                    row["status"],
                    row["slot"],
                    row["proposition"],
                    [v["party"] for v in row["voices"]],
                )
        found[folder] = judged
    print(json.dumps(found, indent=1))
    (RESULTS / "findings.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0
