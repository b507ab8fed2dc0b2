"""Flat columns: what the flat tables of claims have, by name, kind and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

FlatTable = Literal["claims", "figures", "events", "ceasefires"]
ColumnKind = Literal["words", "list", "whole", "number", "flag", "day", "instant"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the flat tables."""

    name: str
    kind: ColumnKind
    meaning: str


def _columns(*rows: tuple[str, ColumnKind, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_WHO = _columns(
    ("id", "words", "The claim's id."),
    ("kind", "words", "event, casualty, ceasefire, position or withheld."),
    ("speakers", "list", "Who is made to say it; none in the report's own voice."),
    ("speaker_evidence", "words", "How the speaker is known: told, carried or inferred."),
    ("stance", "words", "What the speaker does by saying it."),
    ("quote", "words", "The words that the claim stands on."),
    ("sentence", "words", "The sentence that holds them."),
)
_EVENT = _columns(
    ("event_type", "words", "PLOVER's type."),
    ("event_modes", "list", "PLOVER's modes."),
    ("telling", "words", "As what the event is told; only fact, admitted and alleged are done."),
    ("actors", "list", "Who is said to have done it."),
    ("actor_evidence", "words", "How the doer is known."),
    ("recipients", "list", "To whom."),
    ("recipient_evidence", "words", "How the sufferer is known."),
    ("object", "words", "What was hit, taken or destroyed, as worded."),
)
_FIGURE = _columns(
    ("low", "whole", "The least number meant."),
    ("high", "whole", "The most; empty where no bound is said."),
    ("qualifier", "words", "How exactly the number is told."),
    ("said", "whole", "The number in the words themselves."),
    ("outcome", "words", "killed, wounded, missing, captured, displaced or unspecified."),
    ("outcome_words", "words", "The words of an unspecified outcome."),
    ("category", "words", "military, paramilitary, civilian, mixed or unknown."),
    ("subgroup", "words", "Children, police and so on."),
    ("side", "list", "Whose loss it is."),
    ("side_evidence", "words", "How the side is known."),
    ("relation", "words", "The reporter's relation to the side."),
    ("measure", "words", "new, cumulative, incident or snapshot."),
    ("period", "words", "The stretch that a new or incident figure covers."),
    ("period_evidence", "words", "How the stretch is known."),
    ("as_of", "words", "The day up to which a total counts."),
    ("as_of_evidence", "words", "How that day is known."),
    ("since", "words", "The words that name a total's start."),
    ("part_of", "words", "The larger number that this one divides."),
    ("includes", "list", "Numbers that this one holds already."),
    ("supersedes", "words", "The number that it is said to replace."),
    ("flags", "list", "What else is to be known of the figure."),
)
_CEASEFIRE = _columns(
    ("ceasefire_status", "words", "The state that is told."),
    ("parties", "list", "Between whom."),
    ("parties_evidence", "words", "How the parties are known."),
    ("brokers", "list", "Brokered by whom."),
    ("broker_evidence", "words", "How the broker is known."),
    ("terms", "words", "As worded: humanitarian, 72-hour."),
    ("breach_alleged_by", "list", "Who alleges a breach."),
    ("accuser_evidence", "words", "How the accuser is known."),
)
_AGO = _columns(
    ("background", "flag", "Whether it belongs to an earlier war or phase, told for context."),
)
_POSITION = _columns(
    ("position", "words", "demand, appeal, offer, refuse, commit, support, oppose, threaten."),
    ("holders", "list", "Whose position it is."),
    ("holder_evidence", "words", "How the holder is known."),
    ("addressees", "list", "To whom it is put."),
    ("addressee_evidence", "words", "How the addressee is known."),
    ("owners", "list", "Who has not said it."),
    ("owner_evidence", "words", "How that party is known."),
    ("what", "words", "What is wanted, or withheld, as worded."),
)
_WHERE = _columns(
    ("place", "words", "The place as the source names it."),
    ("place_within", "words", "How the text places it: inside, near, northern."),
    ("place_evidence", "words", "How the place is known."),
    ("place_id", "words", "Its id in the gazetteer."),
    ("place_precision", "words", "point, town, district, region, country or area."),
    ("place_country", "words", "ISO alpha-2 of the recognised sovereign."),
    ("latitude", "number", "Degrees north; of the centre of anything larger than a town."),
    ("longitude", "number", "Degrees east."),
    ("time", "words", "The time that is spoken of, as a TIMEX3 value."),
    ("time_evidence", "words", "How it is known."),
    ("first_day", "day", "Its first day, where it is dated."),
    ("last_day", "day", "Its last day."),
)
_STANDING = _columns(
    ("status", "words", "How the claims on this stand to each other: never who is right."),
    ("status_rule", "whole", "The rule that gives the status."),
    ("status_reason", "words", "Why."),
    ("finding", "words", "Id of the finding."),
    ("incident", "words", "Id of the incident that holds the claim."),
)
_SOURCE = _columns(
    ("outlet", "words", "Who published the report."),
    ("title", "words", "The report's title."),
    ("address", "words", "Where it came from, in full: an address or a file."),
    ("author", "words", "Who wrote it."),
    ("published", "day", "Day of publication; empty where nobody said."),
    ("known_on", "day", "Day of publication, or of adding where nobody said."),
    ("start", "whole", "First character of the quote in the report's text, from 0."),
    ("end", "whole", "The character after its last."),
    ("sentence_start", "whole", "First character of the sentence."),
    ("sentence_end", "whole", "The character after its last."),
    ("document", "words", "Id of the report's text."),
    ("attribution", "words", "Id of the saying that the claim comes from."),
    ("cue", "words", "The word that reports the saying."),
    ("quotation", "words", "direct, mixed or indirect."),
    ("via", "list", "Who carried it."),
    ("targets", "list", "Who is accused, asked or threatened."),
    ("hedges", "list", "Words that keep a distance."),
    ("evidence", "words", "The weakest grade among the claim's parties, place and days."),
    ("inferred", "list", "Fields that no words tell: they count in nothing."),
    ("corrections", "list", "What people changed, in words."),
    ("judgements", "list", "What people decided."),
    (
        "left_out",
        "flag",
        "Whether it is out of every number: people left it out, or a field is contested.",
    ),
    (
        "contested",
        "list",
        "Fields that two readers have otherwise: it counts in nothing until a person decides.",
    ),
    ("read_by", "list", "Who read this row: rules, model, and a second reader by its name."),
    ("reader", "words", "What read the report: the program's version, the parser, the models."),
    ("reading", "words", "Id of the reading."),
    ("recorded_at", "instant", "When this ledger recorded it, UTC."),
    ("permalink", "words", "Its lasting address in the workbench."),
)

COLUMNS: Mapping[FlatTable, tuple[Column, ...]] = MappingProxyType(
    {
        "claims": (
            *_WHO, *_EVENT, *_FIGURE, *_CEASEFIRE, *_AGO, *_POSITION,
            *_WHERE, *_STANDING, *_SOURCE,
        ),
        "figures": (*_WHO, *_FIGURE, *_AGO, *_WHERE, *_STANDING, *_SOURCE),
        "events": (*_WHO, *_EVENT, *_WHERE, *_STANDING, *_SOURCE),
        "ceasefires": (*_WHO, *_CEASEFIRE, *_AGO, *_WHERE, *_STANDING, *_SOURCE),
    }
)  # fmt: skip
"""The columns of each table, in order."""
