"""The war account: many dated reports of one war, read, linked and checked, as a page that a person can read.

Rows, parties, numbers, dates and document ids alone are printed: no sentence of the corpus leaves it.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bench.compare import Comparison, compare
from bench.tasks import Row, day
from counterclaim.check import CeasefireLifecycle, count_by_broker
from counterclaim.check.positions import PositionThread
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.finding import Finding, Incident, Voice
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.service.report_view import VERBS

TARGET = Path(__file__).parent / "results" / "war.md"
FAULTS = Path(__file__).parent / "war-faults.md"
MOST_INCIDENTS = 30
RUN = 7
"""Words in a row that no name or label has: as many shared with a report are a piece of its text."""

LARGE = 5
"""Persons from which the toll of one incident is listed."""

MOST_NAME = 34
"""Characters of a party's name: what is longer is a phrase of the text, and not a name."""


def run_war(shared: Path) -> int:
    """Read the development war corpus and write bench/results/war.md."""
    source = shared / "corpus" / "war" / "texts.jsonl"
    if not source.exists():
        print(f"no corpus at {source}: nothing read; give --shared")
        return 0
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    readings = [_read(row) for row in rows]
    page = "\n".join(account_page(compare(readings), len(rows)))
    if leaked := leaks(page, [row["text"] for row in rows]):
        print(f"not written: the page holds words of the corpus: {leaked!r}")
        return 1
    faults = FAULTS.read_text("utf-8") if FAULTS.exists() else ""
    TARGET.write_text(f"{page}\n\n{faults}", "utf-8")
    print(f"{len(rows)} documents: wrote {TARGET.name}, {len(page.splitlines())} lines")
    return 0


def leaks(page: str, texts: Iterable[str]) -> str | None:
    """Return the first run of ``RUN`` words that the page shares with a text; None where it shares none."""
    own = set(_runs(page))
    return next((run for text in texts for run in _runs(text) if run in own), None)


def _runs(text: str) -> Iterator[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _read(row: Row) -> Reading:
    document = Document(
        text=row["text"],
        name=row["id"],
        title=row.get("title"),
        outlet=row.get("outlet"),
        published=day(row.get("published")),
    )
    return read_document(document, tools=load_tools())


def account_page(account: Comparison, size: int) -> Iterator[str]:
    kinds = Counter(claim.kind for claim in account.claims.values())
    yield "# A war of 2014, as 33 reports tell it"
    yield ""
    yield "Made by `python -m bench war` from the development war corpus; not written by hand but for the last"
    yield "section. Documents are named by their first six letters and their day."
    yield ""
    yield f"{size} documents, {len(account.claims)} claims ({_counts(kinds)}), {len(account.incidents)} incidents,"
    wide = sum(len(_documents(item, account)) > 1 for item in account.incidents)
    yield f"{wide} of them told in more than one document. Statuses: {_counts(Counter(item.status for item in account.findings if item.slot != 'border'))}."
    yield from ("", "## The daily casualty account", "")
    yield from _casualties(account)
    yield from ("", "## Incidents, with both sides' positions", "")
    yield from _incidents(account)
    yield from ("", "## Ceasefires, in order", "")
    yield from _ceasefires(account)
    yield from ("", "## Contradictions", "")
    yield from _contradictions(account)
    yield from ("", "## Demands and offers, with answers", "")
    yield from _positions(account)


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.most_common())


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"


def _name(document: Document) -> str:
    when = "undated" if document.published is None else f"{document.published:%m-%d}"
    return f"{document.name[:6]}@{when}"


def _documents(incident: Incident, account: Comparison) -> list[Document]:
    ids = dict.fromkeys(account.claims[name].document_id for name in incident.claim_ids)
    return [account.documents[name] for name in ids]


def _party(root: str) -> str:
    return root if len(root) <= MOST_NAME else "(a phrase, not a name)"


def _parties(roots: Iterable[str]) -> str:
    return " & ".join(dict.fromkeys(_party(root) for root in roots)) or "-"


# ---------------------------------------------------------------- casualties


def _casualties(account: Comparison) -> Iterator[str]:
    """Killed and wounded, one row a day and side: running totals, then new ones and larger incidents."""
    totals: _Days = defaultdict(list)
    others: _Days = defaultdict(list)
    for claim in account.claims.values():
        figure = claim.payload
        if not isinstance(figure, Casualty) or figure.background or not figure.side:
            continue
        if figure.outcome not in {"killed", "wounded"}:
            continue
        is_total = figure.measure == "cumulative"
        if not is_total and figure.measure != "new" and (figure.count.low or 0) < LARGE:
            continue
        document = account.documents[claim.document_id]
        side = _parties(party.root for party in figure.side)
        key = (_day(figure, document.published), side, figure.outcome)
        (totals if is_total else others)[key].append((figure, claim, document))
    yield "Running totals:"
    yield ""
    yield from _days(totals)
    yield from ("", f"New losses, and incidents of {LARGE} or more:", "")
    yield from _days(others)


_Days = defaultdict[tuple[str, str, str], list[tuple[Casualty, Claim, Document]]]


def _days(rows: _Days) -> Iterator[str]:
    head = (
        "day",
        "whose loss",
        "outcome",
        "figures, each with who reports it and in how many reports",
    )
    yield from _table(head, ((*key, _figures(told)) for key, told in sorted(rows.items())))


def _figures(told: Sequence[tuple[Casualty, Claim, Document]]) -> str:
    """Return the figures of one day and side, the one told most first."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for figure, claim, document in told:
        group = "" if figure.category == "unknown" else f" {figure.subgroup or figure.category}"
        part = " of them" if figure.part_of is not None else ""
        speakers = _parties(party.root for party in claim.speakers)
        by = "the report" if claim.attribution_id is None else speakers
        relation = "" if figure.relation == "narrator" else f", {figure.relation}"
        found[f"{figure.count}{group}{part}"][f"{by}{relation}"].add(_name(document))
    ordered = sorted(found.items(), key=lambda row: (-len(set().union(*row[1].values())), row[0]))
    return "; ".join(
        f"**{number}** ("
        + ", ".join(
            f"{by} ×{len(names)}" if len(names) > 1 else by for by, names in tellers.items()
        )
        + ")"
        for number, tellers in ordered
    )


def _day(figure: Casualty, published: date | None) -> str:
    """Return the day a figure counts to: a running total told without one counts to the day of printing.

    The day behind "since" is that of its beginning.
    """
    time = figure.as_of if figure.measure == "cumulative" else figure.as_of or figure.period
    if (
        time is not None
        and time.span is not None
        and figure.since is not None
        and time.span.meets(figure.since)
    ):
        time = None
    if time is not None and time.end is not None:
        return time.end.isoformat()
    return "no day" if published is None else f"{published.isoformat()} (printed)"


def _told(documents: Sequence[Document]) -> str:
    return ", ".join(dict.fromkeys(_name(document) for document in documents))


# ---------------------------------------------------------------- incidents


def _incidents(account: Comparison) -> Iterator[str]:
    """The incidents of most outlets first, then those on which parties disagree or agree."""
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in account.findings:
        findings[finding.incident_id].append(finding)
    events = [item for item in account.incidents if item.kind == "event" and findings[item.id]]
    chosen = sorted(events, key=lambda item: _worth(item, findings[item.id], account))
    for incident in chosen[:MOST_INCIDENTS]:
        yield from _incident(incident, findings[incident.id], account)


def _worth(incident: Incident, findings: Sequence[Finding], account: Comparison) -> tuple[int, ...]:
    outlets = {document.outlet for document in _documents(incident, account)}
    spoken = {
        voice.party.root
        for finding in findings
        for voice in finding.voices
        if voice.party is not None and not voice.party.root.startswith("media")
    }
    tense = {"agreed_by_both", "contested", "denied", "confirmed_by_adversary", "withdrawn"}
    strong = sum(finding.status in tense for finding in findings)
    return (-3 * len(outlets) - len(spoken) - min(strong, 2), -len(incident.claim_ids))


def _incident(
    incident: Incident, findings: Sequence[Finding], account: Comparison
) -> Iterator[str]:
    documents = _documents(incident, account)
    days = sorted(item.published for item in documents if item.published is not None)
    span = f"{days[0]:%m-%d}" if days[0] == days[-1] else f"{days[0]:%m-%d} to {days[-1]:%m-%d}"
    yield f"### {_label(incident.label)} — told {span}, {len(incident.claim_ids)} claims in {len(documents)} documents"
    yield ""
    rows = (
        (
            finding.slot,
            f"{finding.status} ({finding.rule})",
            _stands(finding.voices, affirms=True),
            _stands(finding.voices, affirms=False),
            ", ".join(finding.flags),
        )
        for finding in findings
        if finding.slot in {"occurred", "actor", "place"}
    )
    yield from _table(("slot", "status (rule)", "affirm", "deny", "flags"), rows)
    yield ""
    yield f"Told in {_told(documents)}." + _why(incident)
    yield ""


def _label(label: str) -> str:
    return label if len(label) < 110 else f"{label[:110]}…"


def _stands(voices: Sequence[Voice], *, affirms: bool) -> str:
    told = [
        f"{'nobody named' if voice.party is None else _party(voice.party.root)} ({VERBS[voice.stance]})"
        for voice in voices
        if voice.affirms is affirms
    ]
    return "; ".join(dict.fromkeys(told)) or "-"


def _why(incident: Incident) -> str:
    """Return the weakest link that holds the incident together: where a reader should look first."""
    scored = [step.rule for step in incident.trace if " = " in step.rule]
    if not scored:
        return ""
    weakest = min(scored, key=lambda rule: float(rule.partition(" = ")[0]))
    return f" Weakest link: `{weakest}`."


# ---------------------------------------------------------------- ceasefires


def _ceasefires(account: Comparison) -> Iterator[str]:
    lives = [life for life in account.ceasefires if life.changes]
    head = (
        "start",
        "between",
        "broker",
        "terms",
        "states, with the day each was told",
        "breach alleged by (against)",
        "now",
    )
    yield from _table(head, (_life(life) for life in lives if life.was_agreed))
    yield ""
    counts = count_by_broker(lives)
    yield (
        "Agreed ceasefires by broker: "
        + ", ".join(f"{name} {n}" for name, n in counts.items())
        + "."
    )
    yield ""
    wishes = [life for life in lives if not life.was_agreed]
    if wishes:
        yield "Calls and proposals that came to nothing in these reports:"
        yield ""
        yield from _table(("told", "between", "state", "who"), map(_wish, wishes))


def _wish(life: CeasefireLifecycle) -> tuple[str, ...]:
    stands = (f"{_party(name)} {', '.join(rows)}" for name, rows in life.stands.items())
    told = _short(life.changes[0].day)
    return (told, _parties(life.parties), life.state, "; ".join(stands))


def _life(life: CeasefireLifecycle) -> tuple[str, ...]:
    changes = ", ".join(f"{item.state} {_short(item.day)}" for item in life.changes)
    breaches = "; ".join(
        dict.fromkeys(
            f"{_party(item.alleged_by)} ({_parties(item.accused)}) {_short(item.day)}"
            for item in life.breaches
        )
    )
    start = "-" if life.start is None else life.start.isoformat()
    return (
        start,
        _parties(life.parties),
        _parties(life.brokers),
        life.terms or "-",
        changes,
        breaches or "-",
        life.state,
    )


def _short(value: date | None) -> str:
    return "-" if value is None else f"{value:%m-%d}"


# ---------------------------------------------------------------- contradictions and positions


def _contradictions(account: Comparison) -> Iterator[str]:
    labels = {incident.id: incident.label for incident in account.incidents}
    rows = Counter(
        (
            item.kind,
            item.slot,
            _party(item.left),
            _party(item.right),
            _label(labels[item.incident_id]),
        )
        for item in account.contradictions
    )
    yield from _table(
        ("kind", "slot", "affirms", "denies or differs", "incident", "pairs of claims"),
        ((*row, number) for row, number in sorted(rows.items())),
    )


def _positions(account: Comparison) -> Iterator[str]:
    asked = [
        item
        for item in account.positions
        if item.addressees and item.act in {"demand", "appeal", "offer", "condition"}
    ]
    asked.sort(key=lambda item: (item.first or date.max, item.incident_id))
    yield from _table(
        ("first told", "who", "act", "of whom", "answer"),
        (_position(item, account) for item in asked),
    )


def _position(item: PositionThread, account: Comparison) -> tuple[str, ...]:
    today = max(doc.published for doc in account.documents.values() if doc.published is not None)
    answers = "; ".join(
        dict.fromkeys(
            f"{_party(reply.party)} {reply.answer} {_short(reply.day)}" for reply in item.replies
        )
    )
    silent = "" if item.first is None else f"unanswered({(today - item.first).days})"
    return (
        _short(item.first),
        _parties(item.holders),
        item.act,
        _parties(item.addressees),
        answers or silent,
    )
