"""Casualties: figures of harm to persons, each with its side, group, scope and reporter."""

from collections.abc import Sequence

from counterclaim.atlas.countries import find_country
from counterclaim.coders.arguments import shares_clause
from counterclaim.coders.casualties.count_candidates import CountCandidate, find_candidates
from counterclaim.coders.casualties.count_scope import (
    ScopedNumber,
    classify_count_scope,
    read_days,
    read_since,
)
from counterclaim.coders.casualties.divided_counts import mark_parts
from counterclaim.coders.casualties.earlier_losses import is_background
from counterclaim.coders.casualties.elliptical_counts import PARTS, find_harm
from counterclaim.coders.casualties.figure_heads import FigureRead, decide, read_figure
from counterclaim.coders.casualties.figure_source import Reporter, read_reporter
from counterclaim.coders.casualties.harm_agents import Counted
from counterclaim.coders.casualties.outcome import Harm
from counterclaim.coders.casualties.side_from_location import is_placing
from counterclaim.coders.casualties.source_relation import read_relation
from counterclaim.coders.casualties.superseded_counts import mark_replaced, restated
from counterclaim.coders.casualties.victim_category import (
    GroupReading,
    classify_victims,
    named_part,
)
from counterclaim.coders.casualties.victim_side import infer_victim_side, is_branded, victim_side
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.event_location import EventLocations, resolve_event_location
from counterclaim.coders.unreal import is_unreal
from counterclaim.lexicon import part_of
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.evidence import EvidenceLink, counts, weakest
from counterclaim.records.mention import CountMention
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Problem, Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors

INFERRED = frozenset(
    {"accuser", "setting", "reporter", "both", "place", "place-before", "claimant", "only-group"}
)
"""Rules of a side that the words do not say; nor what they link it to."""
CARRIED = frozenset({"before", "health-authority", "ours"})
"""Rules of a side by a link: the figure it goes on with, the authority of whose people it is."""
OF_A_GROUP = frozenset({"member", "owner", "ours", "modifier"})
"""Rules of a side that the counted persons are said to belong to: an armed group's are fighters."""
NEAR = 5
"""Words from a number to the place that stands right behind it: "nine people in **Ost**"."""


def code_casualties(setting: DocumentContext) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Read the casualty figures of a document, in reading order.

    Accepts, for number N, persons W and harm H: the shapes of ``harm.read_harm``; and
      1. a number that goes on        "52 were killed and **2,400** wounded"
      2. a part of the one before     "including **71** civilians", "**three** of them were children"
      3. one person                   "**a girl** was killed"
      4. no one                       "**no** casualties"

    Returns:
        Claims, and problems.

    Problems:
        unread-number: A number beside a word of harm that the grammar does not tie to it.

    Source:
        docs/codebook/casualties.md.
    """
    claims: list[Claim] = []
    problems: list[Problem] = []
    known = EventLocations.of(setting)
    for sentence in setting.sentences:
        found = _in_sentence(known, sentence, claims)
        claims.extend(found)
    return mark_parts(setting, mark_replaced(setting, claims)), tuple(problems)


def _harm_by_heads(candidate: CountCandidate, harm: Harm | None, read: FigureRead) -> Harm | None:
    """Let the heads add a loss that the grammar does not see, or take away one that is none."""
    if harm is None:
        explicit = candidate.count.rule not in {"article", "name"}
        if explicit and read.is_loss and read.outcome is not None:
            return Harm(read.outcome, "head", candidate.anchor)
        return None
    return None if read.is_none else harm


def _is_spared(sentence: Sentence, anchor: int) -> bool:
    """Return whether a loss is one that did not happen: "took the town **without** losing a man"."""
    return any(sentence[above].lower == "without" for above in ancestors(sentence, anchor))


def _is_first_such(sentence: Sentence, candidate: CountCandidate) -> bool:
    """Return whether an ordinal only compares: "the **first** such deaths since the truce"."""
    after = candidate.count.last + 1
    return (
        candidate.count.rule == "ordinal"
        and after < len(sentence)
        and sentence[after].lower in {"such", "of"}
    )


def _in_sentence(
    known: EventLocations, sentence: Sentence, earlier: Sequence[Claim]
) -> list[Claim]:
    setting = known.setting
    found: list[Claim] = []
    harms: dict[int, Harm] = {}
    for candidate in find_candidates(setting, sentence):
        read = read_figure(setting.decoder, candidate.count.span)
        harm = find_harm(setting, sentence, candidate, harms=harms, found=found, earlier=earlier)
        if read is not None:
            harm = _harm_by_heads(candidate, harm, read)
        if harm is None or is_unreal(sentence, harm.word) is not None:
            continue
        if _is_spared(sentence, candidate.anchor) or _is_first_such(sentence, candidate):
            continue
        harms[candidate.anchor] = harm
        claim = _claim(known, sentence, candidate, harm, [*earlier, *found])
        found.append(
            claim
            if read is None
            else decide(sentence.span, claim, read, setting.opposed, text=setting.document.text)
        )
    found += restated(setting, sentence, [*earlier, *found])
    return sorted(found, key=lambda claim: claim.span.start)


def _claim(
    known: EventLocations,
    sentence: Sentence,
    candidate: CountCandidate,
    harm: Harm,
    earlier: Sequence[Claim],
) -> Claim:
    """Fill in one figure."""
    setting = known.setting
    count = candidate.count
    reporter = read_reporter(setting, sentence, count.span, candidate.anchor)
    speaker = reporter.attribution
    previous = _previous(earlier, sentence)
    if reporter.rule == "author" and harm.shape in PARTS and previous is not None:
        reporter = Reporter(previous.speakers, None, "of-the-whole")
    group = classify_victims(sentence, candidate.noun)
    if candidate.noun != candidate.anchor and (group is None or group.category == "unknown"):
        group = classify_victims(sentence, candidate.anchor) or group
    if harm.shape == "of-them":
        group = named_part(sentence, count.last) or group
    group = _inherit_group(group, previous, harm, candidate, sentence)
    harm_word = (
        harm.word
        if harm.shape in {"patient", "modifier", "reported", "coordinated", "left"}
        else None
    )
    counted = Counted(candidate.anchor, candidate.noun, group.category, harm_word)
    side, side_rule = victim_side(setting, sentence, counted, speaker)
    if candidate.count.rule == "name" and side_rule == "modifier":
        side, side_rule = (), "unknown"  # a person called Chad is of no Chad
    if _goes_on(previous, sentence, harm) and _is_enemys(previous):
        side, side_rule = (), "enemy"
    if harm.shape == "gapped":
        side, side_rule = _gapped_side(setting, sentence, count.first - 1), "lost"
    shared = _shared_side(group, previous, sentence, harm)
    if not side and harm.shape in PARTS:
        side, side_rule = shared
    measure, measure_rule = classify_count_scope(
        setting,
        sentence,
        ScopedNumber(
            count, candidate.anchor, harm.word, speaker.content if speaker is not None else ()
        ),
        previous.payload.measure
        if previous is not None and isinstance(previous.payload, Casualty)
        else None,
    )
    if harm.shape in PARTS and previous is not None and isinstance(previous.payload, Casualty):
        measure, measure_rule = previous.payload.measure, "of-the-whole"
    if not side and side_rule != "enemy":
        side, side_rule = infer_victim_side(
            setting, sentence, counted, measure=measure, shared=shared, speaker=speaker
        )
    side = tuple(_narrowed(setting, party) for party in side)
    if side_rule in INFERRED:
        side = tuple(party.known("inferred") for party in side)
    elif side_rule in CARRIED:
        side = tuple(party.known(weakest((party, EvidenceLink("carried")))) for party in side)
    if group.category == "unknown" and side_rule in OF_A_GROUP and _is_armed(setting, side[0]):
        group = GroupReading("military", None, None)
    since = read_since(setting, sentence) if measure == "cumulative" else None
    period, as_of = read_days(setting, sentence, count, measure)
    payload = Casualty(
        count=count.count,
        outcome=harm.outcome,
        outcome_words=harm.words,
        category=group.category,
        subgroup=group.subgroup,
        side=side,
        relation=read_relation(
            setting,
            side,
            reporter,
            is_enemys=side_rule == "enemy" or (not side and is_branded(sentence, counted)),
        ),
        measure=measure,
        period=period,
        as_of=as_of,
        since=since,
        place=_scope(_place(known, sentence, candidate, harm), side),
        background=is_background(setting, sentence, candidate.anchor, since),
        part_of=_part_of(previous, sentence, harm),
        includes=_included(earlier, sentence, harm) if measure_rule == "bringing-to" else (),
        flags=tuple(
            flag
            for flag, on in (
                ("as_of_shared", _shares_day(as_of, earlier, count)),
                ("side_inferred", any(not counts(party) for party in side)),
                ("hedged", _is_hedged(setting, sentence, count.span)),
            )
            if on
        ),
    )
    return Claim(
        document_id=setting.document.id,
        span=count.span,
        quote=setting.document.text[count.span.start : count.span.end],
        sentence=sentence.span,
        payload=payload,
        speakers=reporter.speakers,
        stance=speaker.stance if speaker is not None else "state",
        attribution_id=speaker.id if speaker is not None else None,
        trace=(
            Step(
                "resolve",
                f"number:{count.rule}",
                setting.document.text[count.span.start : count.span.end],
                count.span,
            ),
            Step(
                "coders", f"harm:{harm.shape}", sentence[harm.word].text, sentence[harm.word].span
            ),
            Step(
                "coders",
                f"group:{group.category}",
                sentence[group.word].text if group.word is not None else "",
                None,
            ),
            Step("coders", f"side:{side_rule}"),
            Step("coders", f"measure:{measure_rule}"),
            Step("coders", f"reporter:{reporter.rule}"),
        ),
    )


def _place(
    known: EventLocations, sentence: Sentence, candidate: CountCandidate, harm: Harm
) -> Place | None:
    """Find where the loss was: the place right behind the number, else that of its word of harm."""
    last = candidate.count.last
    for item in known.setting.resolution.places_in(sentence.index):
        if item.rule != "adjective" and last < item.first <= last + NEAR:
            between = sentence.words[last + 1 : item.first]
            if (
                between
                and between[-1].pos in {"ADP", "DET"}
                and all(word.pos in {"NOUN", "ADJ", "ADP", "DET"} for word in between)
            ):
                return item.place
    place = resolve_event_location(known, sentence, harm.word, "ASSAULT")[0]
    if place is None or place.evidence != "told":
        return place
    stands = any(
        item.place == place
        and is_placing(sentence, item.last)
        and shares_clause(sentence, harm.word, item.first)
        for item in known.setting.resolution.places_in(sentence.index)
    )
    return place if stands else None


def _scope(place: Place | None, side: Sequence[Party]) -> Place | None:
    """Leave out a place that is the whole land of the one state that suffered: it narrows nothing."""
    if place is None or place.precision != "country" or len(side) != 1:
        return place
    land = None if place.country is None else find_country(place.country)
    return None if land is not None and land.iso3 == side[0].country else place


def _shares_day(as_of: Time | None, earlier: Sequence[Claim], count: CountMention) -> bool:
    """Return whether another figure stands between an as-of day and this number: one day for both."""
    if as_of is None or as_of.span is None:
        return False
    return any(
        as_of.span.end <= claim.span.start and claim.span.end <= count.span.start
        for claim in earlier
    )


def _previous(earlier: Sequence[Claim], sentence: Sentence) -> Claim | None:
    """Return the figure before, in this sentence or in this passage."""
    for claim in reversed(earlier):
        if sentence.passage.span.covers(claim.span):
            return claim
        break
    return None


def _inherit_group(
    group: GroupReading | None,
    previous: Claim | None,
    harm: Harm,
    candidate: CountCandidate,
    sentence: Sentence,
) -> GroupReading:
    """Assign an elliptical number the group of the one it goes on with: "52 Palestinians ... and 2,400"."""
    if group is not None and sentence[candidate.noun].lower != "others":
        return group
    if harm.shape == "toll" and sentence[harm.word].lemma == "total":
        return GroupReading("unknown", None, None)
    near = sentence.words[max(0, candidate.count.first - 2) : candidate.count.first]
    if "total" in {word.lower for word in near}:
        return GroupReading("unknown", None, None)
    is_bare = (
        sentence[candidate.noun].pos in {"NUM", "PRON", "VERB", "ADJ"}
        or sentence[candidate.noun].lower in {"others", "more", "another"}
        or sentence[candidate.noun].lemma in load_harm().nouns
    )
    if (
        is_bare
        and previous is not None
        and isinstance(previous.payload, Casualty)
        and previous.sentence == sentence.span
        and harm.shape != "were"
    ):
        return GroupReading(previous.payload.category, previous.payload.subgroup, None)
    return GroupReading("unknown", None, None)


def _shared_side(
    group: GroupReading, previous: Claim | None, sentence: Sentence, harm: Harm
) -> tuple[tuple[Party, ...], str]:
    """Assign a figure that goes on with the one before, or divides it, the side of that one."""
    if previous is None or not isinstance(previous.payload, Casualty):
        return (), "unknown"
    before = previous.payload
    same = group.category in {before.category, "unknown"} or before.category == "unknown"
    own = before.relation == "self" and _goes_on(previous, sentence, harm)
    if ((same or own) and previous.sentence == sentence.span) or harm.shape in PARTS:
        return before.side, "before"
    return (), "unknown"


def _goes_on(previous: Claim | None, sentence: Sentence, harm: Harm) -> bool:
    """Return whether a figure shares its word of harm with the one before it in the sentence."""
    if previous is None or previous.sentence != sentence.span:
        return False
    same = any(
        step.rule.startswith("harm:") and step.span == sentence[harm.word].span
        for step in previous.trace
    )
    return same or harm.shape == "coordinated"


def _gapped_side(setting: DocumentContext, sentence: Sentence, index: int) -> tuple[Party, ...]:
    """Return who stands right before a number whose verb is left out: "and **Ardenia** 42"."""
    name = setting.names.get((sentence.index, index))
    if name is not None:
        return (name.party.whole(),)
    mention = setting.resolution.party_at(sentence.index, index)
    return () if mention is None else tuple(party.whole() for party in mention.parties)


def _is_enemys(claim: Claim | None) -> bool:
    return claim is not None and any(step.rule == "side:enemy" for step in claim.trace)


def _narrowed(setting: DocumentContext, party: Party) -> Party:
    """Read a people hurt in the one part of its land that the report tells of as that part's.

    The authorities there count them, so that one loss has one name. Source: parties.yaml, ``part_of``.
    """
    parts = [item for item in setting.resolution.home if part_of(item.root) == party.root]
    return parts[0].known(party.evidence) if len(parts) == 1 else party


def _is_armed(setting: DocumentContext, party: Party) -> bool:
    """Return whether a party is an armed group; the root of one of its units counts as it does."""
    kinds = {item.kind for item in setting.resolution.home if item.root == party.root}
    return "armed group" in kinds | {party.kind}


def _part_of(previous: Claim | None, sentence: Sentence, harm: Harm) -> Span | None:
    """Return the larger number that a figure divides: "40 people, including 12 children **and 9 women**"."""
    if previous is None or not isinstance(previous.payload, Casualty):
        return None
    if harm.shape in PARTS:
        return previous.payload.part_of or previous.span
    if harm.shape == "coordinated" and previous.sentence == sentence.span:
        return previous.payload.part_of
    return None


def _included(earlier: Sequence[Claim], sentence: Sentence, harm: Harm) -> tuple[Span, ...]:
    """Return the number that a total is brought from: the last of its kind of harm in the passage."""
    for claim in reversed(earlier):
        if not sentence.passage.span.covers(claim.span):
            break
        if isinstance(claim.payload, Casualty) and claim.payload.outcome == harm.outcome:
            return (claim.span,)
    return ()


def _is_hedged(setting: DocumentContext, sentence: Sentence, span: Span) -> bool:
    words = setting.document.text[max(sentence.span.start, span.start - 60) : span.end + 40].lower()
    return any(
        hedge in words
        for hedge in (
            "believed",
            "feared",
            "likely",
            "reportedly",
            "allegedly",
            "suspected",
            "may have",
        )
    )
