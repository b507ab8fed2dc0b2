"""Proving: what came of a day, held against its lists."""

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.feeds.day import Day
from bench.feeds.serving import HOOK
from bench.feeds.watching import KEPT
from counterclaim.ingest.fetch import REDIRECTS
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.records.ledger_rows import every_row
from counterclaim.records.query import Known
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.told import incident_told
from counterclaim.service.versions import versions_of

ATOM = "{http://www.w3.org/2005/Atom}"

ASKED = "asked.jsonl"
"""Name of the file in which the day's server writes down what it was asked."""


@dataclass(slots=True)
class Proof:
    """What is wrong, in words, by kind; empty lists where all is right."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    alerts_missing: list[str] = field(default_factory=list)
    alerts_not_meant: list[str] = field(default_factory=list)
    alerts_twice: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def wrong(self) -> dict[str, list[str]]:
        """Return what is wrong, by kind."""
        kinds = {name: getattr(self, name) for name in self.__slots__ if name != "figures"}
        return {name: list(found) for name, found in kinds.items() if found}


def prove(day: Day, folder: Path) -> Proof:
    """Hold a day's ledger and what was sent against the day's lists."""
    proof = Proof()
    with open_ledger(str(folder / KEPT)) as ledger:
        proof.faults += [str(item) for item in ledger.verify()]
        _prove_reports(day, ledger, proof)
        _prove_wires(day, ledger, proof)
        proof.figures["claims"] = ledger.stats().counts["claims"]
    _prove_alerts(day, folder, proof)
    _prove_asking(folder, proof)
    return proof


def claims_of(folder: Path) -> list[str]:
    """Return what the ledger of a day holds now: each claim with the projects that it is of."""
    with open_ledger(str(folder / KEPT)) as ledger:
        rows = every_row(lambda after: ledger.claims(limit=500, after=after))
        return sorted(f"{entry.claim.id} {entry.document_name}" for entry in rows)


def _prove_reports(day: Day, ledger: Ledger, proof: Proof) -> None:
    wanted = {report.address: report for report in day.reports if report.is_had}
    held: Counter[str] = Counter()
    for card in every_row(lambda after: ledger.documents(limit=500, after=after)):
        filed = ledger.document(card.id)
        met = Counter(sighting.name for sighting in filed.sightings)
        held.update(met)
        proof.twice += [
            f"{card.id} met {number} times at {at}" for at, number in met.items() if number > 1
        ]
    versions = 0
    for address, report in wanted.items():
        found = versions_of(ledger, address)
        versions += len(found)
        if len(found) < len(report.texts):
            proof.lost.append(f"{address}: {len(found)} of {len(report.texts)} texts")
        if len(found) > len(report.texts):
            proof.twice.append(f"{address}: {len(found)} texts")
        if (
            not found
            or not found[-1].stands
            or any(
                item.stands
                for item in found[:-1]
                if not _elsewhere(ledger, item.document_id, address)
            )
        ):
            proof.lost.append(f"{address}: not the last text alone stands there")
            continue
        homes = {
            item.project
            for item in ledger.projects.of_document(found[-1].document_id)
            if item.joined
        }
        if homes != report.of:
            proof.misplaced.append(f"{address}: of {sorted(homes)}, not of {sorted(report.of)}")
    proof.twice += [
        f"{address}: in the ledger and in no list" for address in set(held) - set(wanted)
    ]
    proof.figures |= {"reports": len(wanted), "texts": versions}


def _elsewhere(ledger: Ledger, document_id: str, address: str) -> bool:
    return any(item.name != address for item in ledger.document(document_id).sightings)


def _prove_wires(day: Day, ledger: Ledger, proof: Proof) -> None:
    """Hold each wire to one origin, however many outlets have it, and each of its figures to one point of the account."""
    wires: dict[str, list[str]] = {}
    for report in day.reports:
        if report.wire is not None:
            wires.setdefault(report.wire, []).append(report.address)
    entries = list(every_row(lambda after: ledger.claims(limit=500, after=after)))
    points = [
        set(point.figure_ids)
        for war in day.wars
        for series in ledger_account(ledger, known=Known(project=war)).account.series
        for point in series.points
    ]
    for name, addresses in wires.items():
        own = [
            item
            for item in entries
            if item.document_name in addresses and item.claim.kind == "casualty"
        ]
        incidents = {item.incident_id for item in own if item.incident_id is not None}
        told = [str(incident_told(ledger, ledger.incident(item))) for item in incidents]
        proof.figures[f"the wire of {name}"] = "; ".join(told)
        if told != [f"told by {len(addresses)} outlets, 1 origin"]:
            proof.twice.append(f"the wire of {name}: {told}")
        ids = {item.claim.id for item in own}
        counted = sum(bool(ids & point) for point in points)
        if counted != 1:
            proof.twice.append(f"the wire of {name} is counted {counted} times")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)


def _prove_alerts(day: Day, folder: Path, proof: Proof) -> None:
    sent = list(_rows(folder / "alerts.jsonl"))
    left = list(day.alerts)
    for row in sent:
        match = next(
            (
                item
                for item in left
                if (item.rule, item.told) == (row["rule"], row["told"]) and row["report"] in item.by
            ),
            None,
        )
        if match is None:
            again = any((item.rule, item.told) == (row["rule"], row["told"]) for item in day.alerts)
            told = f"{row['rule']}: {row['told']} ({row['report']})"
            (proof.alerts_twice if again else proof.alerts_not_meant).append(told)
        else:
            left.remove(match)
    proof.alerts_missing += [f"{item.rule}: {item.told}" for item in left]
    keys = {row["key"] for row in sent}
    entries: list[str] = []
    if (folder / "alerts.atom").exists():
        feed = ET.parse(folder / "alerts.atom").getroot()  # noqa: S314 - our own file
        entries = [
            str(item.text).rpartition(":")[2] for item in feed.findall(f"{ATOM}entry/{ATOM}id")
        ]
    posts = [row for row in _rows(folder / ASKED) if row["address"] == HOOK]
    taken = [row for row in posts if row["status"] == 200]
    batches = {row["id"]: tuple(row["keys"]) for row in taken}
    hooked: list[str] = [key for batch in batches.values() for key in batch]
    for name, had in {"feed": entries, "webhook": hooked}.items():
        proof.alerts_twice += [f"{name}: {key}" for key, times in Counter(had).items() if times > 1]
        proof.alerts_missing += [f"{name}: {key}" for key in keys - set(had)]
        proof.alerts_not_meant += [f"{name}: {key}" for key in set(had) - keys]
    proof.figures |= {
        "alerts": len(sent),
        "alerts wanted": len(day.alerts),
        "posts to the webhook that failed": len(posts) - len(taken),
        "posts to the webhook again, under the same id": len(taken) - len(batches),
    }


def _prove_asking(folder: Path, proof: Proof) -> None:
    rows = [row for row in _rows(folder / ASKED) if row["address"] != HOOK]
    last: dict[str, datetime] = {}
    gaps: list[float] = []
    is_hop = False
    for row in rows:
        if row["address"].endswith("/robots.txt"):
            continue
        host = str(urlsplit(row["address"]).hostname)
        at = datetime.fromisoformat(row["at"])
        if host in last and not is_hop:
            gaps.append((at - last[host]).total_seconds())
        last[host], is_hop = at, row["status"] in REDIRECTS
    proof.figures |= {
        "requests": len(rows),
        "answers": dict(sorted(Counter(str(row["status"]) for row in rows).items())),
        "least seconds between two requests to a host, redirects aside": min(gaps, default=0.0),
    }
