"""The second reader measured: the first reader alone, and both under each policy, on reports with gold.

``python -m bench second SOURCE --second-reader URL --model NAME`` asks the endpoint once for each stretch of
text and keeps its replies in ``bench/replies``; whoever has the replies measures again without an endpoint,
since the question's hash finds them. Only replies that a model gave are kept: nothing here writes one.
The ledgers go beside SOURCE's name into the target folder, in the gold's form, for the neutral scorers.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.neutral import ledger_row
from bench.tasks import document_of, tools
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.second_reader import with_second_reader
from counterclaim.proposals import Asker, SecondReaderSettings, make_settings
from counterclaim.proposals.modes import Mode
from counterclaim.records.proposal import POLICIES, Cost, readers_of

REPLIES = Path(__file__).parent / "replies"


def run_second(
    source: Path, target: Path, url: str, model: str, mode: Mode = "grammar", *, most: int = 30
) -> int:
    """Read the first reports of a file under each policy, and print what came of it.

    Args:
        source: Rows ``{id, text, date?}``.
        target: Folder for the ledgers: ``first.jsonl``, and one for each policy.
        url: The endpoint's address; with every reply kept, it is not asked.
        model: Its model's name.
        mode: Of asking: the one in which the replies were made.
        most: Reports.
    """
    rows = [json.loads(line) for line in source.read_text("utf-8").split("\n") if line.strip()]
    rows = rows[:most]
    target.mkdir(parents=True, exist_ok=True)
    first = [
        {"id": row["id"], **ledger_row(read_document(document_of(row), tools=tools()))}
        for row in rows
    ]
    _write(target / "first.jsonl", first)
    settings = make_settings(url, model, cache=REPLIES)
    for policy in POLICIES:
        figures = _under(replace(settings, policy=policy), mode, rows, target / f"{policy}.jsonl")
        print(json.dumps({"policy": policy, "model": model, "reports": len(rows), **figures}))
    return 0


def _under(
    settings: SecondReaderSettings, mode: Mode, rows: list[dict[str, Any]], target: Path
) -> dict[str, Any]:
    asker = Asker(settings)
    asker.mode = mode
    both = with_second_reader(tools(), settings, asker=asker)
    found, cost, drops = [], Cost(), dict[str, int]()
    proposed = agreed = added = contested = unread = ungrounded = 0
    for row in rows:
        reading = read_document(document_of(row), tools=both)
        second = reading.second
        assert second is not None, "a second reader was asked"
        found.append({"id": row["id"], **ledger_row(reading)})
        cost = cost.plus(second.cost)
        proposed += len(second.proposed)
        agreed += len(second.agreed)
        added += len(second.added)
        contested += len(second.contests)
        unread += second.unread
        for reason, number in second.drops.items():
            drops[reason] = drops.get(reason, 0) + number
        ungrounded += sum(
            reading.document.words(claim.span) != claim.quote
            for claim in reading.claims
            if second.reader in readers_of(claim.trace)
        )
    asker.close()
    _write(target, found)
    return {
        "proposed": proposed,
        "dropped": drops,
        "agreed": agreed,
        "added": added,
        "fields differing": contested,
        "stretches unread": unread,
        "ungrounded rows": ungrounded,
        "calls": cost.calls,
        "from cache": cost.from_cache,
        "tokens a report": round((cost.tokens_in + cost.tokens_out) / max(1, len(rows))),
    }


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), "utf-8")
