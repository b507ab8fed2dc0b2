"""The second reader measured with recorded replies: the first reader alone, the second alone, both by policy.

``python -m bench second`` without a file reads the reports of ``bench/replies/corpus-dev.jsonl`` with the replies
that a capable model gave once; no endpoint is asked. How they were made: ``bench/replies/README.md``.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any

from bench.findings import MOUTH
from bench.gate import gate_reports, measure
from bench.neutral import ledger_row
from bench.results import keep
from bench.scoring import Counts, score
from bench.tasks import document_of, tools
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.pipeline.second_reader import with_second_reader
from counterclaim.proposals import Asker, SecondReaderSettings, make_settings
from counterclaim.proposals.ask import LETTERS_A_TOKEN, instruction
from counterclaim.proposals.cache import Cache, key_of
from counterclaim.proposals.client import Answer
from counterclaim.proposals.settings import Budget
from counterclaim.records.problem import Step
from counterclaim.records.proposal import POLICIES, Policy, contested_fields, readers_of
from counterclaim.records.reading import Reading

REPLIES = Path(__file__).parent / "replies" / "corpus-dev.jsonl"
URL = "http://127.0.0.1:9/v1"
"""Where nobody answers: the replies are at hand."""

MODEL = "recorded"

PRECISIONS = {
    "claims cue": "cues that are a claim's",
    "claims +speaker": "with the speaker",
    "claims full": "with the words said",
    "claims full+stance": "with the stance",
    "casualties number": "numbers that are a figure's",
    "casualties +kind": "with what befell them",
    "casualties +reporter": "with every field",
}


@dataclass
class Tally:
    """What came of the proposals, over all reports."""

    proposed: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    agreed: int = 0
    added: int = 0
    contested: int = 0
    unread: int = 0
    ungrounded: int = 0
    """Rows signed by the second reader whose words are not the text's."""
    mouth: int = 0
    """Findings that put words into a side's mouth."""

    def take(self, reading: Reading) -> None:
        """Count one reading."""
        self.mouth += sum(finding.status in MOUTH for finding in reading.findings)
        second = reading.second
        if second is None:
            return
        self.proposed += len(second.proposed)
        self.dropped.update(second.drops)
        self.agreed += len(second.agreed)
        self.added += len(second.added)
        self.contested += len(second.contests)
        self.unread += second.unread
        self.ungrounded += sum(
            reading.document.words(claim.span) != claim.quote
            for claim in reading.claims
            if second.reader in readers_of(claim.trace)
        )


def load_replies() -> list[dict[str, str]]:
    """Load the recorded replies: ``{report, question, reply}``, one for each stretch asked about."""
    return [json.loads(line) for line in REPLIES.read_text("utf-8").splitlines() if line]


def fill_cache(folder: Path, replies: Sequence[Mapping[str, str]]) -> SecondReaderSettings:
    """Put replies where the program looks for them, and return settings that ask nobody else."""
    settings = replace(make_settings(URL, MODEL, cache=folder), budget=Budget(calls=0, tokens=0))
    cache = Cache(folder)
    for row in replies:
        body = {
            "model": settings.model,
            "messages": [
                {"role": "system", "content": instruction()},
                {"role": "user", "content": row["question"]},
            ],
            "temperature": 0,
            "max_tokens": settings.reply_tokens,
        }  # the mode "plain": nothing of the document but the question
        cache.put(key_of(settings.url, body), Answer(row["reply"], None, None))
    return settings


def tools_of(settings: SecondReaderSettings, policy: Policy) -> Tools:
    """Return tools that read with the recorded replies under a policy."""
    settings = replace(settings, policy=policy)
    asker = Asker(settings)
    asker.mode = "plain"
    return with_second_reader(tools(), settings, asker=asker)


def counted(reading: Reading) -> Reading:
    """Return a reading without the rows that await a person: what counts under its policy."""
    return _only(reading, lambda trace: not contested_fields(trace))


def second_alone(reading: Reading) -> Reading:
    """Return a reading with the rows alone that the second reader signed.

    Under ``second-wins-when-grounded`` they bear its values wherever it gave one; what it was not asked for
    (a figure's scope, who counts it) is the house's.
    """
    second = reading.second
    assert second is not None, "a second reader was asked"
    return _only(reading, lambda trace: second.reader in readers_of(trace))


def _only(reading: Reading, is_kept: Callable[[Sequence[Step]], bool]) -> Reading:
    claims = tuple(claim for claim in reading.claims if is_kept(claim.trace))
    ids = {claim.id for claim in claims}
    incidents = (
        replace(item, claim_ids=tuple(id_ for id_ in item.claim_ids if id_ in ids))
        for item in reading.incidents
    )
    return replace(
        reading,
        attributions=tuple(item for item in reading.attributions if is_kept(item.trace)),
        claims=claims,
        incidents=tuple(item for item in incidents if item.claim_ids),
    )


def run_recorded(most: int | None = None) -> int:
    """Measure with the recorded replies, print, and keep the figures of all of them.

    Args:
        most: Reports; None for all. The figures of fewer are not kept.

    Returns:
        0; 1 if a row is not grounded, or a reply is no longer found.
    """
    replies = load_replies()[:most]
    reports = gate_reports(list(dict.fromkeys(row["report"] for row in replies)))
    letters = sum(len(instruction()) + len(row["question"]) + len(row["reply"]) for row in replies)
    found: dict[str, Any] = {
        "command": "python -m bench second",
        "replies": f"bench/replies/{REPLIES.name}: how they were made stands in the README beside",
        "reports": len(reports),
        "tokens a report, estimated": ceil(letters / LETTERS_A_TOKEN / len(reports)),
        "first alone": _figures(reports, tools()),
    }
    with tempfile.TemporaryDirectory() as folder:
        settings = fill_cache(Path(folder), replies)
        for policy in POLICIES:
            kept: dict[str, Reading] = {}
            found[policy] = _figures(reports, tools_of(settings, policy), kept)
            if policy == "second-wins-when-grounded":
                found["second alone"] = _alone(reports, kept)
    print(json.dumps(found, indent=1))
    if most is None:
        keep("second", found)
    sound = all(
        found[policy]["ungrounded rows"] == 0 == found[policy]["stretches unread"]
        for policy in POLICIES
    )
    return 0 if sound else 1


def _figures(
    reports: Sequence[dict[str, Any]], with_: Tools, kept: dict[str, Reading] | None = None
) -> dict[str, Any]:
    tally = Tally()

    def read(row: dict[str, Any]) -> dict[str, Any]:
        reading = read_document(document_of(row), tools=with_)
        tally.take(reading)
        if kept is not None:
            kept[row["id"]] = reading
        return ledger_row(counted(reading))

    figures: dict[str, Any] = dict(measure(reports, read))
    figures["findings that put words into a mouth"] = tally.mouth
    if with_.second is not None:
        figures |= {
            "proposals grounded": tally.proposed,
            "dropped": dict(tally.dropped.most_common()),
            "rows agreed on": tally.agreed,
            "rows added": tally.added,
            "fields differing": tally.contested,
            "stretches unread": tally.unread,
            "ungrounded rows": tally.ungrounded,
        }
    return figures


def _alone(
    reports: Sequence[dict[str, Any]], readings: Mapping[str, Reading]
) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of the rows that the second reader signed."""
    counts: Counts = Counter()
    for report in reports:
        counts.update(score(report, ledger_row(second_alone(readings[report["id"]]))))
    return {
        f"{measure_}: {meaning}": {
            "precision": _share(counts[measure_, "tp"], counts[measure_, "p"]),
            "recall": _share(counts[measure_, "tp"], counts[measure_, "g"]),
            "f1": _share(2 * counts[measure_, "tp"], counts[measure_, "p"] + counts[measure_, "g"]),
        }
        for measure_, meaning in PRECISIONS.items()
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
