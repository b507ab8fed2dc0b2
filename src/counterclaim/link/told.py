"""Told by whom: how many outlets carry what is claimed, and from how many origins they have it."""

from collections.abc import Iterable, Mapping, Sequence

from counterclaim.link.agency_marks import AgencyMark
from counterclaim.link.origins import NOBODY, speaks_itself, voice_of
from counterclaim.link.wires import Wires
from counterclaim.records.claim import Claim
from counterclaim.records.link import OriginWords, Tie, Told, ToldOrigin
from counterclaim.records.report_name import report_name
from counterclaim.records.text import Document

MOST_SHOWN = 4
"""Pairs of words that show an origin; one is enough, a page of them proves no more."""


def tell_origins(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    wires: Wires,
    printed: Mapping[str, Sequence[str]] | None = None,
) -> Told:
    """Say by how many outlets claims are told, and from how many origins, with the words that show it.

    A speaker is one origin, however often repeated. What a report says itself, or has from somebody without a name,
    is its hand's: the agency's whose mark it bears, that of the first to print it, or its own. Speakers who are
    quoted with the very same words are one.

    Args:
        claims: Of one incident, or behind one number.
        documents: Those that carry them, by id.
        wires: Knows which of these are by one hand.
        printed: All outlets that printed the text of each; its own one alone, where none are given.
    """
    by_document = {
        name: tuple((printed or {}).get(name, ())) or (item.outlet or item.name,)
        for name, item in documents.items()
    }
    keys: dict[str, list[Claim]] = {}
    for claim in claims:
        for key in _keys(claim, documents, wires):
            keys.setdefault(key, []).append(claim)
    origins = [
        _origin(key, rows, documents, wires, by_document)
        for key, rows in _joined(keys, wires.ties).items()
    ]
    return Told(
        outlets=_outlets(
            _in_order({claim.document_id for claim in claims}, documents), by_document
        ),
        origins=tuple(sorted(origins, key=lambda item: (-len(item.outlets), item.name))),
    )


def _keys(claim: Claim, documents: Mapping[str, Document], wires: Wires) -> list[str]:
    roots = list(dict.fromkeys(party.root for party in claim.speakers))
    if not speaks_itself(claim) and roots:
        return [f"speaker {root}" for root in roots]
    return [f"hand {voice_of(claim.document_id, documents, wires)}"]


def _joined(keys: Mapping[str, list[Claim]], ties: Iterable[Tie]) -> dict[str, list[Claim]]:
    """Join origins whose claims stand in words that both reports quote."""
    home = {key: key for key in keys}

    def root(key: str) -> str:
        while home[key] != key:
            key = home[key]
        return key

    for tie in ties:
        if tie.by != "statement":
            continue
        quoted = [
            key
            for key, rows in keys.items()
            if any(_stands_in(claim, tie) for claim in rows) and key.startswith("speaker ")
        ]
        for other in quoted[1:]:
            home[root(other)] = root(quoted[0])
    found: dict[str, list[Claim]] = {}
    for key, rows in keys.items():
        found.setdefault(root(key), []).extend(rows)
    return found


def _stands_in(claim: Claim, tie: Tie) -> bool:
    spans = {tie.left: tie.left_span, tie.right: tie.right_span}
    span = spans.get(claim.document_id)
    return span is not None and claim.span.start < span.end and span.start < claim.span.end


def _in_order(names: Iterable[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (str(documents[name].published or "9"), name)))


def _outlets(names: Sequence[str], by_document: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(outlet for name in names for outlet in by_document[name]))


def _origin(
    key: str,
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    wires: Wires,
    by_document: Mapping[str, tuple[str, ...]],
) -> ToldOrigin:
    sort, _, name = key.partition(" ")
    homes = _in_order({claim.document_id for claim in claims}, documents)
    ties = [tie for tie in wires.ties if tie.left in homes and tie.right in homes]
    if sort == "speaker":
        by = "statement"
        shown = [_quoted(claim) for claim in _one_each(claims)]
    else:
        own = [tie for tie in ties if tie.by != "statement"]
        marks = [(home, mark) for home in homes for mark in wires.marks_of(home)]
        by = (
            own[0].by
            if own
            else "mark"
            if any(mark.agency == name for _, mark in marks)
            else "alone"
        )
        shown = [item for tie in own for item in _shown(tie)]
        shown += [_marked(home, mark) for home, mark in marks if mark.agency == name]
    return ToldOrigin(
        name=(name if sort == "speaker" else report_name(name, documents)) or NOBODY,
        by=by,
        outlets=_outlets(homes, by_document),
        document_ids=homes,
        claim_ids=tuple(dict.fromkeys(claim.id for claim in claims)),
        shown=tuple(dict.fromkeys(item for item in shown if item.words))[: 2 * MOST_SHOWN],
    )


def _one_each(claims: Sequence[Claim]) -> list[Claim]:
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.document_id, claim)
    return list(first.values())


def _quoted(claim: Claim) -> OriginWords:
    return OriginWords(claim.document_id, claim.span, " ".join(claim.quote.split()))


def _shown(tie: Tie) -> tuple[OriginWords, OriginWords]:
    return (
        OriginWords(tie.left, tie.left_span, tie.left_words),
        OriginWords(tie.right, tie.right_span, tie.right_words),
    )


def _marked(home: str, mark: AgencyMark) -> OriginWords:
    return OriginWords(home, mark.span, mark.words)
