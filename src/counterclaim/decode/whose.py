"""Whose: a suggestion of whose an official, an organ or a fighter is, where the words do not tell.

The words still mean what they mean ("an official, of no stated side"): that is what counts. Beside it stands
whom the heads take them to be of, for a reader to accept in review.
"""

from dataclasses import replace

from counterclaim.decode.decoder import Decoder
from counterclaim.decode.grading import is_lone_person
from counterclaim.records.mention import PartyMention, Resolution
from counterclaim.records.party import Party

LEAST = 0.5
"""Probability from which on an owner is suggested."""

_OWNED = frozenset(
    {"official", "leader", "ministry", "military", "government", "armed group", "organisation"}
)


def suggest_owners(resolution: Resolution, decoder: Decoder) -> Resolution:
    """Return the names of a report with suggested owners beside parties of no stated side.

    Args:
        resolution: As settled by the words.
        decoder: What the heads say of the report.
    """
    parties = tuple(_with_owner(mention, decoder) for mention in resolution.parties)
    return replace(resolution, parties=parties)


def _with_owner(mention: PartyMention, decoder: Decoder) -> PartyMention:
    if len(mention.parties) != 1 or not _is_unowned(mention.parties[0]):
        return mention
    found = decoder.whose(mention.span)
    if found is None or len(found.parties) != 1 or found.probability < LEAST:
        return mention
    owner = found.parties[0].root
    if owner == mention.parties[0].root:
        return mention
    return replace(mention, parties=(replace(mention.parties[0], owner=owner),))


def _is_unowned(party: Party) -> bool:
    return is_lone_person(party) or (party.root.endswith("(unnamed)") and party.kind in _OWNED)
