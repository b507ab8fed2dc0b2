"""Load and check the corpus: reports in the notation of FORMAT.md to plain dictionaries.

    python corpus/load.py corpus/reports/*.txt              # report what does not fit
    python corpus/load.py --json out.jsonl corpus/reports/*.txt

Needs the standard library only. Offsets are half-open Python character offsets into ``text``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "reports"
KINDS = set(
    "agency local_press army_statement ministry_statement group_statement post ngo doctors un_sitrep monitor "
    "rights_report chronology live_blog interview opinion headlines encyclopedia bulletin".split()
)
STANCES = set(
    "state confirm admit deny accuse allege demand appeal promise threaten warn predict reject withhold correct".split()
)
OUTCOMES = set("killed wounded missing captured displaced other".split())
CATEGORIES = set("military civilian mixed unspecified".split())
SCOPES = set("incident new cumulative".split())
ATTRIBUTIONS = set("party opponent third_party author".split())
TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT MOBILIZE COERCE SANCTION PROTEST ASSAULT".split()
)
TOLD = set("fact alleged admitted denied demanded foretold".split())
STATUSES = {
    "agreed", "in force", "violated", "collapsed", "called for", "proposed", "rejected", "extended", "expired",
}  # fmt: skip
ACTS = set("demand offer refuse support oppose accept".split())
ROLE = re.compile(r"[A-LTM?]\Z")
VALUE = re.compile(r"(?:[<>]=?|~)?\d+(?:\.\d+)?\+?|\d+-\d+")
FIELDS = {"P": 3, "S": 6, "C": 10, "W": 3, "E": 11, "T": 6, "O": 4}
"""Fields of each kind of line, without the optional k=v at the end."""

Words = tuple[int, int]


@dataclass(slots=True)
class _Block:
    """One report while it is read."""

    id: str
    text: str
    problems: list[str] = field(default_factory=list)

    def complain(self, message: str) -> None:
        """Keep a problem, with the report it stands in."""
        self.problems.append(f"{self.id}: {message}")

    def find(
        self, words: str, what: str, *, near: int | None = None, after: int = 0
    ) -> Words | None:
        """Find words of the text.

        Args:
            words: As written in the annotation: may hold [brackets] or " ... ".
            what: Names the field in complaints.
            near: Where several places fit, the nearest to this offset is meant.
            after: Places before this offset do not count.
        """
        words = words.strip()
        if words in {"", "-"}:
            return None
        if " ... " in words:
            return self._shortened(words, what, near)
        inner = re.search(r"\[([^\[\]]*)\]", words)
        full = words.replace("[", "").replace("]", "") if inner else words
        hits = [hit for hit in occurrences(self.text, full) if hit >= after]
        if not hits:
            self.complain(f"{what}: {words!r} is not in the text")
            return None
        if len(hits) > 1 and near is None:
            self.complain(
                f"{what}: {words!r} stands {len(hits)} times: give context with [brackets]"
            )
            return None
        hit = hits[0] if near is None else min(hits, key=lambda place: abs(place - near))
        if inner:
            start = hit + inner.start()
            return start, start + len(inner[1])
        return hit, hit + len(full)

    def _shortened(self, words: str, what: str, near: int | None) -> Words | None:
        first, last = words.split(" ... ", 1)
        start = self.find(first, what, near=near)
        if start is None:
            return None
        hits = [hit for hit in occurrences(self.text, last.strip()) if hit >= start[0]]
        if not hits:
            self.complain(f"{what}: {last!r} does not stand after {first!r}")
            return None
        return start[0], hits[0] + len(last.strip())


def occurrences(text: str, words: str) -> list[int]:
    """Return the offsets at which words stand as whole words."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return [hit.start() for hit in re.finditer(before + re.escape(words) + after, text)]


def read_file(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Read a file of reports.

    Returns:
        The reports, and a line for each thing that does not fit.
    """
    reports, problems = [], []
    for block in re.split(r"(?m)^@", path.read_text("utf-8"))[1:]:
        head, _, rest = block.partition("\n")
        text, mark, lines = rest.partition("\n=\n")
        id_ = head.split()[0] if head.split() else "?"
        if not mark:
            problems.append(f"{id_}: no line with = between text and annotation")
            continue
        found = _Block(id_, text.strip())
        reports.append(_report(found, head, lines))
        problems += found.problems
    return reports, problems


def load(paths: Sequence[Path] | None = None) -> list[dict[str, Any]]:
    """Load the corpus, or some files of it.

    Raises:
        ValueError: If a report does not fit the notation or an id is there twice.
    """
    reports: list[dict[str, Any]] = []
    problems: list[str] = []
    for path in paths if paths is not None else sorted(FOLDER.glob("*.txt")):
        some, wrong = read_file(path)
        reports += some
        problems += [f"{path.name}: {line}" for line in wrong]
    twice = [id_ for id_, count in Counter(report["id"] for report in reports).items() if count > 1]
    problems += [f"{id_} is there twice" for id_ in twice]
    if problems:
        raise ValueError("\n".join(problems))
    return reports


def _report(block: _Block, head: str, lines: str) -> dict[str, Any]:
    meta = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", head))
    if meta.get("kind") not in KINDS:
        block.complain(f"kind {meta.get('kind')!r} is none of {' '.join(sorted(KINDS))}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", meta.get("date", "")):
        block.complain("date must be YYYY-MM-DD")
    if not meta.get("conflict"):
        block.complain("no conflict=")
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in FIELDS}
    for line in lines.splitlines():
        if not line.strip():
            continue
        kind, _, rest = line.partition("|")
        fields = [part.strip() for part in rest.split("|")]
        if kind not in FIELDS or len(fields) < FIELDS[kind]:
            block.complain(f"line of too few fields or no known kind: {line[:90]}")
            continue
        extra = _extra(fields[FIELDS[kind] :])
        row = _READERS[kind](block, fields, extra)
        if row is not None:
            rows[kind].append(row)
    return {
        "id": block.id, **meta, "invented": meta.get("invented") == "1", "text": block.text,
        "parties": rows["P"], "claims": rows["S"], "casualties": rows["C"], "undisclosed": rows["W"],
        "events": rows["E"], "ceasefires": rows["T"], "positions": rows["O"],
    }  # fmt: skip


def _extra(fields: Sequence[str]) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in ";".join(fields).split(";") if "=" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _one_of(block: _Block, what: str, value: str, allowed: set[str]) -> None:
    if value not in allowed:
        block.complain(f"{what} {value!r} is none of {' '.join(sorted(allowed))}")


def _party(name: str) -> str | None:
    return None if name in {"-", ""} else name


def _parties(block: _Block, fields: Sequence[str], _extra: dict[str, str]) -> dict[str, Any]:
    party, role, mentions = fields[:3]
    if not ROLE.match(role):
        block.complain(f"role {role!r} is none of A, B, C ... M T ?")
    spans: set[Words] = set()
    for mention in filter(None, (part.strip() for part in mentions.split(";"))):
        if "[" in mention:
            found = block.find(mention, "mention")
            spans |= {found} if found else set()
        else:
            hits = occurrences(block.text, mention)
            if not hits:
                block.complain(f"mention: {mention!r} is not in the text")
            spans |= {(hit, hit + len(mention)) for hit in hits}
    return {"party": party, "role": role, "mentions": sorted(spans)}


def _claim(block: _Block, fields: Sequence[str], extra: dict[str, str]) -> dict[str, Any] | None:
    cue, words, speaker, stance, target, content = fields[:6]
    _one_of(block, "stance", stance, STANCES)
    cue_span = block.find(cue, "cue")
    if cue_span is None:
        return None
    span = block.find(content, "content", near=cue_span[0])
    return {
        "speaker": _party(speaker), "speaker_span": block.find(words, "speaker words", near=cue_span[0]),
        "cue": block.text[slice(*cue_span)], "cue_span": cue_span, "stance": stance, "target": _party(target),
        "span": span, **extra,
    }  # fmt: skip


def _figure(block: _Block, fields: Sequence[str], extra: dict[str, str]) -> dict[str, Any] | None:
    number, value, outcome, category, side, side_words, scope, reporter, reporter_words, voice = (
        fields[:10]
    )
    _one_of(block, "outcome", outcome, OUTCOMES)
    _one_of(block, "category", category, CATEGORIES)
    _one_of(block, "scope", scope, SCOPES)
    _one_of(block, "attribution", voice, ATTRIBUTIONS)
    if not VALUE.fullmatch(value):
        block.complain(f"value {value!r} is none of 16, 16-20, >=16, >16, <=550, ~300, 24+")
        return None
    quote = block.find(number, "number words")
    if quote is None:
        return None
    low, high, qualifier = bounds(value)
    for name in ("place", "day", "since"):
        if name in extra:
            extra[f"{name}_span"] = block.find(extra[name], name, near=quote[0])  # type: ignore[assignment]
    whole = block.find(extra["part_of"], "part_of", near=quote[0]) if "part_of" in extra else None
    return {
        **extra, "quote": quote, "value": value, "value_low": low, "value_high": high, "qual": qualifier,
        "explicit": extra.get("explicit") != "0", "kind": outcome, "category": category, "victim_side": _party(side),
        "side_span": block.find(side_words, "side words", near=quote[0]), "scope": scope,
        "reported_by": _party(reporter), "reporter_span": block.find(reporter_words, "reporter words", near=quote[0]),
        "attribution": voice, "background": extra.get("background") == "1", "part_of_span": whole,
    }  # fmt: skip


def bounds(value: str) -> tuple[int | None, int | None, str]:
    """Return the low and the high bound of a value as written, and its qualifier."""
    if value.endswith("+"):
        return int(value[:-1]), None, "vague"
    if "-" in value:
        low, high = value.split("-")
        return int(low), int(high), "range"
    number = int(float(re.sub(r"[<>=~]", "", value)))
    if value.startswith(">"):
        return number, None, "at_least" if "=" in value else "more_than"
    if value.startswith("<"):
        return None, number, "at_most"
    return number, number, "about" if value.startswith("~") else "exact"


def _withheld(
    block: _Block, fields: Sequence[str], _extra: dict[str, str]
) -> dict[str, Any] | None:
    span = block.find(fields[0], "withheld")
    return None if span is None else {"party": _party(fields[1]), "what": fields[2], "span": span}


def _event(block: _Block, fields: Sequence[str], extra: dict[str, str]) -> dict[str, Any] | None:
    trigger, type_, mode, agent, agent_words, target, target_words, place, time, told, by = fields[
        :11
    ]
    _one_of(block, "type", type_, TYPES)
    _one_of(block, "told", told, TOLD)
    span = block.find(trigger, "trigger")
    if span is None:
        return None
    return {
        **extra, "span": span, "type": type_, "mode": _party(mode), "agent": _party(agent),
        "agent_span": block.find(agent_words, "agent words", near=span[0]), "target": _party(target),
        "target_span": block.find(target_words, "target words", near=span[0]), "place": _party(place),
        "place_span": block.find(place, "place", near=span[0]), "date_text": _party(time),
        "time_span": block.find(time, "time", near=span[0]), "told": told, "by": _party(by),
    }  # fmt: skip


def _truce(block: _Block, fields: Sequence[str], extra: dict[str, str]) -> dict[str, Any] | None:
    words, status, parties, broker, effective, breach = fields[:6]
    _one_of(block, "status", status, STATUSES)
    span = block.find(words, "truce")
    if span is None:
        return None
    return {
        "span": span, "status": status, "parties": _party(parties), "broker": _party(broker),
        "effective": _party(effective), "violation_alleged_by": _party(breach), "background": extra.get("background") == "1",
    }  # fmt: skip


def _position(
    block: _Block, fields: Sequence[str], _extra: dict[str, str]
) -> dict[str, Any] | None:
    _one_of(block, "act", fields[1], ACTS)
    span = block.find(fields[0], "position")
    if span is None:
        return None
    return {
        "span": span,
        "act": fields[1],
        "holders": _party(fields[2]),
        "addressees": _party(fields[3]),
    }


_READERS: dict[str, Callable[[_Block, Sequence[str], dict[str, str]], dict[str, Any] | None]] = {
    "P": _parties, "S": _claim, "C": _figure, "W": _withheld, "E": _event, "T": _truce, "O": _position,
}  # fmt: skip


def counts(reports: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Count what a list of reports holds."""
    layers = ("parties", "claims", "casualties", "undisclosed", "events", "ceasefires", "positions")
    return {
        "reports": len(reports), "wars": len({report["conflict"] for report in reports}),
        "invented": sum(report["invented"] for report in reports),
        "words": sum(len(report["text"].split()) for report in reports),
        **{layer: sum(len(report[layer]) for report in reports) for layer in layers},
    }  # fmt: skip


def size(reports: Sequence[dict[str, Any]]) -> str:
    """Return what README.md says of the corpus' size."""
    held = counts(reports)
    return (
        f"{held['reports']:,} reports of {held['wars']} wars ({held['invented']} reports in invented ones), "
        f"{round(held['words'], -3):,} words, {held['casualties']:,} figures, {held['claims']:,} claims, "
        f"{held['events']:,} events, {held['ceasefires']:,} truces, {held['undisclosed']} things withheld"
    )


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for path in paths:
        yield Path(path)


def main() -> int:
    """Check files, and write them as JSON lines if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "files", nargs="*", help="files in the notation; without any, the whole corpus"
    )
    parser.add_argument("--json", metavar="OUT", help="write the reports there, one a line")
    options = parser.parse_args()
    reports, problems = [], []
    for path in _files(options.files) if options.files else sorted(FOLDER.glob("*.txt")):
        some, wrong = read_file(path)
        reports += some
        problems += [f"{path.name}: {line}" for line in wrong]
    print("\n".join(problems))
    if options.json:
        with Path(options.json).open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(report, ensure_ascii=False) + "\n" for report in reports)
    print(json.dumps(counts(reports)), f"{len(problems)} problems")
    print(size(reports))
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
