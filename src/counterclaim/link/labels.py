"""Labels: what an incident is called, made of its claims' own terms."""

from collections import Counter
from collections.abc import Iterable, Sequence

from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Position, Withheld
from counterclaim.records.party import Party
from counterclaim.records.place import Place


def label_of(claims: Sequence[Claim]) -> str:
    """Name an incident by what most of its claims say: type, doer, sufferer, place; or whose loss."""
    payloads = [claim.payload for claim in claims]
    match payloads[0]:
        case Event() as event:
            events = [item for item in payloads if isinstance(item, Event)]
            mode = _commonest(item.modes[0] for item in events if item.modes)
            return _joined(
                f"{event.type}/{mode}" if mode else event.type,
                _by("by", (item.actors for item in events)),
                _by("to", (item.recipients for item in events)),
                _at(item.place for item in events),
            )
        case Casualty() as figure:
            figures = [item for item in payloads if isinstance(item, Casualty)]
            return _joined(
                _by("of", (item.side for item in figures)) or "side not told",
                _commonest(item.category for item in figures if item.category != "unknown"),
                figure.subgroup or "",
                figure.outcome,
                _at(item.place for item in figures),
            )
        case Ceasefire():
            truces = [item for item in payloads if isinstance(item, Ceasefire)]
            return _joined(
                _commonest(item.terms for item in truces if item.terms),
                "ceasefire",
                _by("of", (item.parties for item in truces)),
                _by("by", (item.brokers for item in truces)),
            )
        case Position() as position:
            return _joined(_names(position.holders), position.act, _names(position.addressees))
        case Withheld() as withheld:
            return _joined(_names(withheld.owners) or "nobody named", "withholds")


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _names(parties: Sequence[Party]) -> str:
    return " & ".join(dict.fromkeys(party.root for party in parties))


def _commonest(values: Iterable[str]) -> str:
    """Return the value that stands most often, the first in the alphabet of several; empty for none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _by(word: str, groups: Iterable[Sequence[Party]]) -> str:
    name = _commonest(_names(sorted(group, key=str)) for group in groups if group)
    return f"{word} {name}" if name else ""


def _at(places: Iterable[Place | None]) -> str:
    name = _commonest(place.name for place in places if place is not None)
    return f"at {name}" if name else ""
