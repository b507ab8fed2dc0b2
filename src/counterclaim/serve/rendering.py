"""Rendering: records into pages. Everything is escaped unless this house wrote it."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, get_args
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from counterclaim.atlas.countries import find_country
from counterclaim.export.highlights import anchor
from counterclaim.records.claim import Casualty, Ceasefire, Claim, PositionAct
from counterclaim.records.finding import Finding, status_words
from counterclaim.records.ledger_rows import Entry, IncidentCard
from counterclaim.records.party import Party
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.query import EVERYTHING
from counterclaim.records.shown import shown
from counterclaim.records.text import mend
from counterclaim.records.time import bounds
from counterclaim.serve.people import csrf_token, current_person
from counterclaim.serve.project_choice import NAME, carry, choice_of
from counterclaim.serve.request_params import CLOCKS, link, url_with
from counterclaim.service.corrections import correction_marks, is_left_out
from counterclaim.service.fields import LABELS
from counterclaim.service.manual_claims import made_by
from counterclaim.service.report_view import MEASURES, VERBS, marked
from counterclaim.tell.choices import choice_words, options
from counterclaim.tell.glossary import words_of_page
from counterclaim.tell.words import DID, KINDS, QUESTIONS, SHORT, flag_words
from counterclaim.version import __version__

NAVIGATION: tuple[tuple[str, str], ...] = (
    ("/", "Today"),
    ("/incidents", "Incidents"),
    ("/acts", "Who said what"),
    ("/casualties", "Casualties"),
    ("/ceasefires", "Ceasefires"),
    ("/positions", "Positions"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/sources", "Sources"),
    ("/actors", "Actors"),
    ("/discussion", "Discussion"),
    ("/problems", "Problems"),
    ("/method", "Method"),
    ("/review", "Review"),
    ("/add", "Add"),
)
"""Pages in the order of an analyst's day: address and name."""

BAR = frozenset({"/", "/incidents", "/acts", "/casualties"})
"""Pages that a phone's bar has room for; a fifth entry leads to all."""

FOR_WRITERS = frozenset({"/review", "/add"})
"""Pages that are not offered to whoever may only read."""


def navigation_for(person: WorkbenchUser) -> tuple[tuple[str, str], ...]:
    """Return the pages that a person is offered: a reader none that write, a visitor by link none at all."""
    if person.shared and person.shared != "/":
        return ()
    return tuple(item for item in NAVIGATION if person.may("analyst") or item[0] not in FOR_WRITERS)


KIND_WORDS = KINDS
"""How a claim's kind is called on a page."""


LABEL = re.compile(r"([A-Z]{3,})(?:/([\w-]+))?\b")
"""How an incident's own label begins: ``ASSAULT/heavy-weapons``."""


MODE = re.compile(r"\((?:[a-z]+-)+[a-z]+\)")
"""How an act was done, in a label: ``(heavy-weapons)``."""

SORTS = re.compile(r"\b(?:media|expert|civilian): ")
"""Sorts of parties that stand before a name that is nobody's root."""

BEHIND_ORGAN = rf"$|[,;]| [&/] | (?:to|at|by)\b| (?:{'|'.join(get_args(PositionAct))}|withholds)\b"
"""What can stand behind an organ's or a person's name in an incident's label."""


def render(
    request: Request, template: str, *, status_code: int = 200, **context: Any
) -> HTMLResponse:
    """Write a page.

    Args:
        request: Whose page it is.
        template: Name of its template.
        status_code: HTTP status.
        context: What the template is told.
    """
    page = _environment().get_template(template)
    choice = choice_of(request)
    person = current_person(request)
    told = {
        "request": request,
        "path": request.scope["path"],
        "navigation": navigation_for(person),
        "bar": BAR,
        "person": person,
        "is_one_page": person.shared not in {"", "/"},
        "help": words_of_page(request.scope["path"]) if status_code < 400 else (),
        "csrf": csrf_token(request),
        "team": request.app.state.settings.team,
        "has_sheets": request.app.state.sheets is not None,
        "version": __version__,
        "known": EVERYTHING,
        "choice": choice,
        "asked_beside": [] if request.method not in {"GET", "HEAD"} else _beside(request),
        "clocks": CLOCKS,
        "again": lambda **changed: url_with(request, **changed),
    }
    words = carry(page.render(told | context), choice.carried)
    return HTMLResponse(shown(mend(words)), status_code)


def _beside(request: Request) -> list[tuple[str, str]]:
    """Return what an address asks for beside the project; the place in a list is left aside, which another has not."""
    return [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in {NAME, "after"}
    ]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("counterclaim.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": anchor,
        "words": plain_words,
        "flat": flat,
        "names": names,
        "root": root_words,
        "voices": humanise,
        "day": day_words,
        "instant": instant_words,
        "kind": lambda kind: KIND_WORDS.get(kind, kind),
        "verb": lambda stance: VERBS.get(stance, stance),
        "path": lambda words: quote(str(words), safe=""),
        "days": days_words,
        "entry_day": entry_day,
        "heading": heading,
        "country": country_words,
        "told": describe_claim,
        "party": party_words,
        "marks": correction_marks,
        "made_by": made_by,
        "left_out": is_left_out,
        "short": lambda slot: SHORT.get(slot, slot),
        "question": lambda slot: QUESTIONS.get(slot, slot),
        "flag": flag_words,
        "organs": _organs,
        "reason": reason_words,
        "first_big": lambda words: words[:1].upper() + words[1:],
        "field": lambda name: LABELS.get(name, name).lower(),
        "when": when_words,
        "did": lambda stance: DID.get(stance, stance),
    }
    environment.globals |= {
        "link": link,
        "options": options,
        "choice_words": choice_words,
        "source_link": source_link,
        "kind_words": lambda kind: KIND_WORDS.get(kind, kind),
        "plain_words": plain_words,
        "root_words": root_words,
        "same_words": str,
    }
    return environment


def source_link(document_id: str, span: Any = None, reading_id: str | None = None) -> str:
    """Return the address of words in their report."""
    address = link(f"/sources/{document_id}", reading=reading_id)
    return address if span is None else f"{address}#{anchor(span)}"


def plain_words(name: str) -> str:
    """Write a name of the records as words: ``agreed_by_both`` as ``agreed by both``."""
    return status_words(name)


def flat(words: str, limit: int = 240) -> str:
    """Write words on one line, cut where they grow too long."""
    one = " ".join(words.split())
    return one if len(one) <= limit else one[: limit - 2].rsplit(" ", 1)[0] + " …"


def names(parties: tuple[Party, ...], none: str = "") -> str:
    """Write parties for readers: ``Ministry of Defence, Armenia`` for ``Armenia/Ministry of Defence``."""
    return " & ".join(marked(party_words(party), party.evidence) for party in parties) or none


def party_words(party: Party) -> str:
    """Write one party: its organ or person before its root; a sort that stands for a name behind it."""
    sort, colon, name = party.root.partition(": ")
    root = party.root if not colon else name if sort == "media" else f"{name} ({sort})"
    words = root if party.unit is None else f"{party.unit}, {root}"
    return words if party.owner is None else f"{words} (perhaps of {party.owner})"


def root_words(name: str) -> str:
    """Write a party's name as the ledger prints it for readers: ``Ministry of Defence, Armenia``."""
    root, _, unit = name.partition("/")
    return party_words(Party(root, unit or None))


def humanise(words: str) -> str:
    """Write a rule's sentence for readers, without sorts before names (``media: Reuters``) and hyphens in acts."""
    return MODE.sub(lambda found: found[0].replace("-", " "), SORTS.sub("", words))


def reason_words(finding: Finding) -> str:
    """Write why a status stands, with its speakers as people name them."""
    words = finding.reason
    for party in {voice.party for voice in finding.voices if voice.party is not None}:
        if party.unit is not None:
            words = words.replace(str(party), f"{party.unit} of {party.root}")
    return humanise(words)


def country_words(code: str | None) -> str:
    """Write the name of a country of a code; the code where it is nobody's."""
    country = None if code is None else find_country(code)
    return code or "" if country is None else country.name


def describe_claim(claim: Claim) -> str:
    """Tell a figure or a ceasefire in a few words: ``Azerbaijan: 42 killed, civilian, in all``."""
    match claim.payload:
        case Casualty() as payload:
            group = payload.subgroup or ("" if payload.category == "unknown" else payload.category)
            harm = payload.outcome_words or payload.outcome
            parts = (f"{payload.count} {harm}", group, MEASURES[payload.measure])
            side = names(payload.side, "side not told")
            return f"{side}: {', '.join(part for part in parts if part)}"
        case Ceasefire() as payload:
            return f"{names(payload.parties, 'parties not told')}: {payload.status}"
    return ""


def heading(card: IncidentCard) -> str:
    """Name an incident in words: what is said to have occurred, or its own label."""
    told = next((slot.proposition for slot in card.slots if slot.slot == "occurred"), None)
    words = card.label if told is None else told.removesuffix(" occurred")
    words = humanise(_organs(words, card.parties)).removeprefix("of ")
    label = LABEL.match(words)
    if label is not None:
        mode = f" ({label[2].replace('-', ' ')})" if label[2] else ""
        words = f"{label[1].lower()}{mode}{words[label.end() :]}"
    return words[:1].upper() + words[1:]


def _organs(words: str, roots: Iterable[str]) -> str:
    """Write organs and persons for readers: ``Ministry of Defence (Armenia)`` for ``Armenia/Ministry of Defence``."""
    for root in sorted(roots, key=len, reverse=True):
        organ = re.compile(rf"(?<!\w){re.escape(root)}/(?P<unit>[^/&,;]+?)(?={BEHIND_ORGAN})")
        behind = root.replace("\\", r"\\")
        words = organ.sub(rf"\g<unit> ({behind})", words)
    return words


def day_words(day: date | None) -> str:
    """Write a day as people do: ``14 Oct 2020``."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def entry_day(entry: Entry) -> str:
    """Write the day a claim was published; where nobody said, the day its report was added."""
    known = day_words(entry.known_on)
    return known if entry.published is not None else f"not dated, added {known}"


def days_words(first: date | None, last: date | None) -> str:
    """Write one day or a stretch of days."""
    if first is None or last is None or first == last:
        return day_words(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def when_words(value: str) -> str:
    """Write the days that a time covers, where its own form does not say it: ``21–27 Jul 2014`` for ``2014-W30``."""
    first, last = bounds(value)
    is_plain = first == last and first is not None and value == first.isoformat()
    return "" if is_plain else days_words(first, last)


def instant_words(at: datetime) -> str:
    """Write an instant, UTC."""
    return f"{at.day} {at:%b %Y, %H:%M} UTC"
