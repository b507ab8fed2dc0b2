"""Claim features: a claim made ready to be compared with claims of other documents, and what forbids a link.

A number is never a feature: two figures are of one happening because of whose loss it was, where and
when, and a toll that rises from report to report stays one happening.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from counterclaim.link.comparison_cache import Memory, next_serial
from counterclaim.link.document_frequencies import Background
from counterclaim.link.text_features import STOP_WORDS, words_of
from counterclaim.records.ceasefire_terms import stated_hours
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Position, Withheld
from counterclaim.records.evidence import counts
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Document
from counterclaim.records.time import Time

LONGEST = 7
"""Days that a told time may span and still say when something happened."""

FARTHEST_TRUCE = 10
"""Days between a report and the start of a truce that it tells of; beyond, the date is of another one."""


_LASTING = ("lasting", "long-term", "permanent", "durable", "sustain", "open-ended", "indefinite")
"""Words for a ceasefire without an end: one hoped for beside the short one that holds."""

_WIDE = frozenset({"country", "region", "area"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim as linking sees it."""

    claim: Claim
    document_id: str
    sort: str
    """What must be equal: kind, and type, harm or act."""
    actors: frozenset[str]
    recipients: frozenset[str]
    speakers: frozenset[str]
    place: Place | None
    days: tuple[int, int] | None
    """First and last day told, as ordinals; None where the words name none."""
    published: int | None
    words: Mapping[str, float]
    """The sentence's content words, weighed, length 1."""
    trigger: str
    """First five letters of the words it stands on."""
    serial: int = field(default_factory=next_serial, compare=False, repr=False)
    """Its number in this process."""

    @property
    def day(self) -> int | None:
        """The day told, else that of publication."""
        return self.published if self.days is None else self.days[0]


_statements: Memory[tuple[int, int, Document], tuple[Statement, Background]] = Memory(16_384)
"""By the claim and background themselves, which are kept with what was made of them, and the document."""


def make_statement(document: Document, claim: Claim, background: Background) -> Statement:
    """Read a claim for linking; the same one again gives the same statement."""

    def make() -> tuple[Statement, Background]:
        return _make_statement(document, claim, background), background

    return _statements.get((id(claim), id(background), document), make)[0]


def _make_statement(document: Document, claim: Claim, background: Background) -> Statement:
    published = None if document.published is None else document.published.toordinal()
    actors, recipients, place, time = who_of(claim)
    sentence = document.text[claim.sentence.start : claim.sentence.end]
    return Statement(
        claim=claim,
        document_id=document.id,
        sort=_sort(claim),
        actors=_roots(actors),
        recipients=_roots(recipients),
        speakers=_roots(claim.speakers),
        place=place if place is not None and counts(place) else None,
        days=_days(claim, time, published),
        published=published,
        words=_weighed(sentence, background),
        trigger=claim.quote.lower()[:5],
    )


def who_of(
    claim: Claim,
) -> tuple[tuple[Party, ...], tuple[Party, ...], Place | None, Time | None]:
    """Return doers, others, place and time; a ceasefire's place is where its makers met, and ties nothing."""
    match claim.payload:
        case Event() as event:
            return event.actors, event.recipients, event.place, event.time
        case Casualty() as figure:
            return (), figure.side, figure.place, figure.as_of or figure.period
        case Ceasefire() as truce:
            return truce.brokers, truce.parties, None, truce.effective
        case Position() as position:
            return position.holders, position.addressees, None, None
        case Withheld() as withheld:
            return withheld.owners, (), None, withheld.since


def _sort(claim: Claim) -> str:
    match claim.payload:
        case Event() as event:
            return f"event {event.type}"
        case Casualty() as figure:
            running = "total" if figure.measure in {"cumulative", "snapshot"} else "toll"
            past = " before" if figure.background else ""
            return f"casualty {running}{past} {figure.outcome} {figure.subgroup or ''}"
        case Ceasefire() as truce:
            return "ceasefire before" if truce.background else "ceasefire"
        case Position() as position:
            return f"position {position.act}"
        case Withheld():
            return "withheld"


def _roots(parties: tuple[Party, ...]) -> frozenset[str]:
    """Return the roots of the parties that are not inferred: a guess ties nothing."""
    return frozenset(party.root for party in parties if counts(party))


def _days(claim: Claim, time: Time | None, published: int | None) -> tuple[int, int] | None:
    if time is None or not counts(time) or time.start is None or time.end is None:
        return None
    first, last = time.start.toordinal(), time.end.toordinal()
    if last - first > LONGEST:
        return None
    far = isinstance(claim.payload, Ceasefire) and published is not None
    if far and abs(first - (published or 0)) > FARTHEST_TRUCE:
        return None
    return first, last


def _weighed(sentence: str, background: Background) -> Mapping[str, float]:
    found = {
        word: background.rarity(word)
        for word in words_of(sentence)
        if word not in STOP_WORDS and len(word) > 2 and not word[0].isdigit()
    }
    length = math.sqrt(sum(value * value for value in found.values()))
    return {word: value / length for word, value in found.items()} if length else {}


# ---------------------------------------------------------------- what is compared at all


def is_dated(left: Statement, right: Statement) -> bool:
    """Return whether both claims have a day, told or of publication."""
    return left.day is not None and right.day is not None


def keys_of(statement: Statement) -> Iterator[str]:
    """Yield what a claim is found by: its sort with a place and week, or with its parties and day.

    A claim is kept under these and looked up under ``near_keys``.
    """
    yield from _keys(statement, 0)


def near_keys(statement: Statement) -> Iterator[str]:
    """Yield the keys of the days around, its own among them."""
    for shift in (-1, 0, 1):
        yield from _keys(statement, shift)


def _keys(statement: Statement, shift: int) -> Iterator[str]:
    if statement.sort.startswith("casualty total"):
        if not shift:
            yield _total_key(statement)
        return
    day = statement.day
    when = "-" if day is None else str(day // _stretch(statement) + shift)
    head = f"{statement.sort}|{when}"
    if statement.place is not None and statement.place.precision not in {"country", "region"}:
        yield f"{head}|at {statement.place.gazetteer_id or statement.place.name}"
    if statement.sort.startswith("ceasefire"):
        yield from (f"{head}|of {root}" for root in sorted(statement.recipients))
    elif statement.actors and statement.recipients:
        yield f"{head}|{_names(statement.actors)} > {_names(statement.recipients)}"
    elif statement.actors or statement.recipients:
        yield f"{head}|{_names(statement.actors)}>{_names(statement.recipients)}"


def _total_key(statement: Statement) -> str:
    """Name a running total: whose, which persons, what harm, up to which day."""
    figure = statement.claim.payload
    assert isinstance(figure, Casualty)
    return f"{statement.sort}|{figure.category}|{_names(statement.recipients)}|{statement.day}"


def _stretch(statement: Statement) -> int:
    return 3 if statement.sort.startswith(("ceasefire", "position")) else 2


def _names(roots: frozenset[str]) -> str:
    return "&".join(sorted(roots))


# ---------------------------------------------------------------- features


def compare(left: Statement, right: Statement, story: float) -> dict[str, float] | None:
    """Return what speaks for and against one happening, by name; None when something forbids it.

    Forbidden: other sorts; places apart; days told apart by more than one
    (two for a ceasefire, which is agreed on one day and starts on another); for losses, other sides or
    other kinds of persons; a denial that names no place of what it denies.

    Args:
        left: A claim.
        right: Another.
        story: Chance that their documents tell of one main happening, 1 for one document.
    """
    if not may_join(left, right):
        return None
    where = place_relation(left.place, right.place)
    told = left.days is not None and right.days is not None
    found = {
        "same actor": _shared(left.actors, right.actors),
        "same recipient": _shared(left.recipients, right.recipients),
        "same place": float(where == "same place"),
        "same region": float(where == "same region"),
        "place within": float(where == "place within"),
        "same day": float(told),
        "days apart": _days_apart(left, right),
        "same mode": _mode(left.claim, right.claim),
        "same word": float(left.trigger == right.trigger),
        "wording": _likeness(left, right),
        "story": story,
        "same document": float(left.document_id == right.document_id),
        "same sentence": float(
            left.document_id == right.document_id and left.claim.sentence == right.claim.sentence
        ),
        "answer": float(_is_answer(left, right)),
    }
    return {**found, **_truce(left.claim, right.claim)}


def may_join(left: Statement, right: Statement) -> bool:
    """Return whether nothing forbids two claims to be of one happening; ``compare`` says what does."""
    if left.sort != right.sort or _is_other_loss(left, right) or _apart(left, right):
        return False
    where = place_relation(left.place, right.place)
    return where != "apart" and not _is_wide_denial(left, right, where)


def cannot_be_one(left: Statement, right: Statement) -> bool:
    """Return whether two claims contradict one happening: places or days apart, or another's loss."""
    if left.sort != right.sort:
        return False
    where = place_relation(left.place, right.place)
    return where == "apart" or _apart(left, right) or _is_other_loss(left, right)


def place_relation(mine: Place | None, yours: Place | None) -> str | None:
    """Say how two places stand: the same, one within the other, apart; None where that is not known."""
    if mine is None or yours is None:
        return None
    known = mine.gazetteer_id is not None and mine.gazetteer_id == yours.gazetteer_id
    if known or mine.name == yours.name:
        return "same region" if mine.precision in _WIDE else "same place"
    if mine.country is None or yours.country is None:
        return None
    if mine.country != yours.country:
        return "apart"
    return "place within" if {mine.precision, yours.precision} & _WIDE else "apart"


def _is_other_loss(left: Statement, right: Statement) -> bool:
    first, second = left.claim.payload, right.claim.payload
    if type(first) is not Casualty or type(second) is not Casualty:
        return False
    if "unknown" not in {first.category, second.category} and first.category != second.category:
        return True
    return _shared(left.recipients, right.recipients) < 0


def _apart(left: Statement, right: Statement) -> bool:
    if left.days is None or right.days is None:
        return False
    slack = 2 if left.sort.startswith("ceasefire") else 1
    return left.days[0] > right.days[1] + slack or right.days[0] > left.days[1] + slack


def _is_wide_denial(left: Statement, right: Statement, where: str | None) -> bool:
    payloads = [left.claim.payload, right.claim.payload]
    tellings = {payload.telling for payload in payloads if isinstance(payload, Event)}
    return "denied" in tellings and len(tellings) > 1 and where != "same place"


def _days_apart(left: Statement, right: Statement) -> float:
    if left.day is None or right.day is None:
        return 0.0
    return math.log1p(abs(left.day - right.day))


def _shared(mine: frozenset[str], yours: frozenset[str]) -> float:
    if not mine or not yours:
        return 0.0
    return 1.0 if mine & yours else -1.0


def _mode(left: Claim, right: Claim) -> float:
    first, second = left.payload, right.payload
    if not isinstance(first, Event) or not isinstance(second, Event):
        return 0.0
    return _shared(frozenset(first.modes) - {"destroy"}, frozenset(second.modes) - {"destroy"})


def _truce(left: Claim, right: Claim) -> dict[str, float]:
    first, second = left.payload, right.payload
    if not isinstance(first, Ceasefire) or not isinstance(second, Ceasefire):
        return {}
    return {"same terms": _shared(_terms(first), _terms(second))}


def _terms(truce: Ceasefire) -> frozenset[str]:
    """Return how long it is to hold, in hours, or that it is to last; nothing where neither is told."""
    words = (truce.terms or "").lower()
    hours = stated_hours(words)
    if hours is not None:
        return frozenset([str(hours)])
    return frozenset(["lasting"]) if any(word in words for word in _LASTING) else frozenset()


def _likeness(left: Statement, right: Statement) -> float:
    small, large = sorted((left.words, right.words), key=len)
    return sum(value * large[word] for word, value in small.items() if word in large)


def _is_answer(left: Statement, right: Statement) -> bool:
    if not {left.claim.stance, right.claim.stance} & {"confirm", "deny"}:
        return False
    return bool(left.speakers and right.speakers) and not left.speakers & right.speakers
