"""Voices: whether a further report ever takes one away, over all pairs of the development reports.

No report is kept or printed: what is told is how many voices stood, and which were lost.
"""

import json
import time
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

from bench.compare import compare
from bench.tasks import day
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.finding import Finding, Incident

RESULTS = Path(__file__).parent / "results"
Stand = tuple[str, bool | None]

SLOTS = frozenset({"occurred", "figure", "agreement", "actor", "place"})


def run_voices(shared: Path) -> int:
    """Read each report alone and beside every other; count the voices that a second report takes away.

    Returns:
        0, or 1 where a voice was lost.
    """
    source = shared / "corpus" / "dev" / "texts.jsonl"
    if not source.exists():
        print(f"no corpora at {shared}: nothing measured; give --shared")
        return 0
    tools = load_tools()
    started = time.perf_counter()
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    readings = [
        read(
            row["text"],
            published=day(row.get("date")),
            outlet=row.get("outlet") or row["id"],
            tools=tools,
        )
        for row in rows
    ]
    voices = lost = pairs = 0
    for one, other in permutations(readings, 2):
        before = _stands(one.incidents, one.findings)
        both = compare([one, other])
        after = _stands(both.incidents, both.findings)
        pairs += 1
        voices += sum(map(len, before.values()))
        for claim_id, stood in before.items():
            gone = stood - after.get(claim_id, set())
            lost += len(gone)
            if gone:
                print(
                    f"{one.document.outlet} beside {other.document.outlet}: {claim_id} lost {sorted(map(str, gone))}"
                )
    seconds = time.perf_counter() - started
    result = {"reports": len(readings), "pairs": pairs, "voices": voices, "lost": lost}
    print(f"{result} in {seconds:.0f} s")
    (RESULTS / "voices.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return int(lost > 0)


def _stands(
    incidents: tuple[Incident, ...], findings: tuple[Finding, ...]
) -> Mapping[str, set[Stand]]:
    """Return which sides stand how in the incident of each claim; an outlet's own voice is anybody's."""
    members = {item.id: item.claim_ids for item in incidents}
    found: dict[str, set[Stand]] = {}
    for finding in findings:
        if finding.slot in SLOTS:
            for voice in finding.voices:
                root = "nobody" if voice.party is None else voice.party.root
                stand = ("outlet" if root.startswith("media: ") else root, voice.affirms)
                for name in members[finding.incident_id]:
                    found.setdefault(name, set()).add(stand)
    return found
