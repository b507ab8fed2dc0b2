"""One document resolved: every kind of mention, in the order in which they need each other."""

from collections.abc import Sequence

from counterclaim.atlas.load import load_atlas
from counterclaim.records.conflict import Conflict
from counterclaim.records.mention import NameMention, PlaceMention, Resolution
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Epoch
from counterclaim.resolve.conflict import added_names, conflict_focus
from counterclaim.resolve.declared_names import declared_names
from counterclaim.resolve.known_names import find_names
from counterclaim.resolve.numbers import find_all_counts
from counterclaim.resolve.outlet_party import line_voices, outlet_voice
from counterclaim.resolve.parties import find_parties
from counterclaim.resolve.places import find_places
from counterclaim.resolve.pronouns import resolve_pronouns
from counterclaim.resolve.settling import own_organs, suggest_owners
from counterclaim.resolve.times import find_times
from counterclaim.syntax.sentence import Sentence


def _outside_bodies(
    places: Sequence[PlaceMention], names: Sequence[NameMention]
) -> tuple[PlaceMention, ...]:
    """Return places without those that are only a part of a known body's name: the "**Red Cross**", a town somewhere.

    Near misses: "**Kestria**'s army", "the **Ost** bombing": names of lands and towns that own or lie beside.
    """
    bodies: dict[int, list[Span]] = {}
    for name in names:
        if name.last > name.first and name.party.kind not in {"state", "de facto authority"}:
            bodies.setdefault(name.sentence, []).append(name.span)
    return tuple(
        place
        for place in places
        if place.rule in {"country", "adjective"}
        or not any(
            span.covers(place.span) and span != place.span
            for span in bodies.get(place.sentence, ())
        )
    )


def resolve_document(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    epoch: Epoch | None = None,
    conflict: Conflict | None = None,
) -> Resolution:
    """Resolve the mentions of one document.

    Args:
        document: Its ``published`` day anchors relative times.
        sentences: Of the report, in document order.
        epoch: When the fighting began; the conflict file's own, if none is given.
        conflict: Its parties come first among those that the document is about; its countries and
            places before others of the same name.

    Returns:
        Everything found; nothing that overlaps a time is also a count.
    """
    names = find_names(
        document, sentences, (*declared_names(document.text), *added_names(conflict))
    )
    focus = None if conflict is None else conflict_focus(conflict, document.published)
    places = _outside_bodies(find_places(sentences, load_atlas(), focus=focus), names)
    parties, home = find_parties(document, sentences, names, places)
    if conflict is not None:
        home = conflict.ordered(home, document.published)
        epoch = epoch or Epoch(conflict.epoch_on(document.published), conflict.name)
    parties = suggest_owners(sentences, parties, places, names)
    pronouns = resolve_pronouns(sentences, parties)
    parties = own_organs(sentences, parties, pronouns)
    said = find_times(document, sentences, epoch=epoch)
    times = tuple(mention for mention in said if mention.is_when)
    busy = {
        (time.sentence, index)
        for time in times
        if time.rule != "heading"
        for index in range(time.first, time.last + 1)
    }
    counts = tuple(
        count for count in find_all_counts(sentences) if (count.sentence, count.head) not in busy
    )
    return Resolution(
        names=names,
        parties=(*parties, *pronouns),
        places=places,
        times=times,
        stretches=tuple(mention for mention in said if not mention.is_when),
        counts=counts,
        home=home,
        voice=outlet_voice(document.outlet),
        line_voices=line_voices(document.text),
    )
