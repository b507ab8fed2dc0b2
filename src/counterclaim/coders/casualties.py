"""Casualties: figures of harm to persons, each with its side, group, scope and reporter."""

from collections.abc import Sequence

from counterclaim.coders.candidates import Candidate, find_candidates
from counterclaim.coders.figure_heads import FigureRead, decide, read_figure
from counterclaim.coders.groups import GroupReading, read_group
from counterclaim.coders.harm import Harm, is_person_noun, read_harm
from counterclaim.coders.measures import (
    Figure,
    brings_total,
    read_days,
    read_measure,
    read_since,
)
from counterclaim.coders.reporters import Reporter, read_reporter
from counterclaim.coders.revisions import mark_replaced
from counterclaim.coders.setting import Setting
from counterclaim.coders.sides import Counted, read_relation, read_side, read_unsaid_side
from counterclaim.coders.unreal import is_unreal
from counterclaim.decode import Decoder
from counterclaim.lexicon import part_of
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.evidence import Link, counts, weakest
from counterclaim.records.mention import CountMention
from counterclaim.records.party import Party
from counterclaim.records.problem import Problem, Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, children

INFERRED = frozenset(
    {"setting", "reporter", "both", "place", "place-before", "claimant", "only-group"}
)
"""Rules of a side that the words do not say; nor what they link it to."""
CARRIED = frozenset({"before", "health-authority", "ours"})
"""Rules of a side by a link: the figure it goes on with, the authority of whose people it is."""
OF_A_GROUP = frozenset({"member", "owner", "ours", "modifier"})
"""Rules of a side that the counted persons are said to belong to: an armed group's are fighters."""
PARTS = frozenset({"including", "of-them", "were", "of-noun"})
"""Shapes of a number that divides the one before."""
_THOSE = frozenset(
    {"them", "those", "dead", "wounded", "injured", "victims", "killed", "foreigners", "hostages"}
)
_INCLUDING = frozenset({"including", "among"})


def code_casualties(setting: Setting) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
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
    decoder = (
        None
        if setting.readout is None
        else Decoder(setting.document, setting.resolution, setting.readout)
    )
    for sentence in setting.sentences:
        found = _in_sentence(setting, sentence, claims, decoder)
        claims.extend(found)
    return mark_replaced(setting, claims), tuple(problems)


def _harm_by_heads(candidate: Candidate, harm: Harm | None, read: FigureRead) -> Harm | None:
    """Let the heads add a loss that the grammar does not see, or take away one that is none."""
    if harm is None:
        explicit = candidate.count.rule not in {"article", "name"}
        if explicit and read.is_loss and read.outcome is not None:
            return Harm(read.outcome, "head", candidate.anchor)
        return None
    return None if read.is_none else harm


def _in_sentence(
    setting: Setting, sentence: Sentence, earlier: Sequence[Claim], decoder: Decoder | None
) -> list[Claim]:
    found: list[Claim] = []
    harms: dict[int, Harm] = {}
    for candidate in find_candidates(setting, sentence):
        read = read_figure(decoder, candidate.count.span)
        harm = _harm(setting, sentence, candidate, harms, found, earlier)
        if read is not None:
            harm = _harm_by_heads(candidate, harm, read)
        if harm is None or is_unreal(sentence, harm.word) is not None:
            continue
        harms[candidate.anchor] = harm
        claim = _claim(setting, sentence, candidate, harm, [*earlier, *found])
        found.append(claim if read is None else decide(sentence, claim, read))
    return sorted(found, key=lambda claim: claim.span.start)


def _harm(  # noqa: PLR0917 - the sentence, what was read in it, and what came before
    setting: Setting,
    sentence: Sentence,
    candidate: Candidate,
    harms: dict[int, Harm],
    found: Sequence[Claim],
    earlier: Sequence[Claim],
) -> Harm | None:
    """Read a candidate's harm from its own grammar, its coordination, or the figure it divides."""
    harm = read_harm(sentence, candidate.anchor)
    if harm is None and candidate.noun != candidate.anchor:
        harm = _of_noun(sentence, candidate)
    if harm is not None:
        if harm.shape == "subject" and not (
            is_person_noun(sentence, candidate.noun) or harm.outcome in {"killed", "wounded"}
        ):
            return None
        return harm
    follows = _follows(setting, sentence, candidate, found)
    if follows is not None:
        return follows
    if candidate.count.rule in {"article", "name"}:
        return _coordinate(sentence, candidate, harms)
    return _coordinate(sentence, candidate, harms) or _part(
        sentence, candidate, harms, found, earlier
    )


_PLACES = frozenset({"in", "across", "near", "at", "around", "since", "outside", "elsewhere"})
"""Words behind a number that goes on with the one before: "nine in Ost, **three in** Vale"."""


def _follows(
    setting: Setting, sentence: Sentence, candidate: Candidate, found: Sequence[Claim]
) -> Harm | None:
    """Read a number that goes on with the figure before it, its own words left out.

    Accepts:
      1. "bringing the total since May **to 555**"
      2. "nine people in Ost, **three** in Vale and **two** in Dell"
      3. "Kestria reported 23 dead and Ardenia **42**"
    """
    last = found[-1] if found else None
    if last is None or not isinstance(last.payload, Casualty):
        return None
    text, span = setting.document.text, candidate.count.span
    outcome = last.payload.outcome
    word = candidate.anchor
    if brings_total(text[sentence.span.start : span.start]):
        return Harm(outcome if outcome == "wounded" else "killed", "toll", word)
    head = candidate.count.head
    is_bare = candidate.noun == candidate.anchor == head and sentence[head].pos == "NUM"
    if not is_bare or candidate.count.first == 0:
        return None
    before = sentence[candidate.count.first - 1]
    after = sentence[candidate.count.last + 1] if candidate.count.last + 1 < len(sentence) else None
    between = text[last.span.end : span.start]
    if any(mark in between for mark in ".;:") or _tells_anew(sentence, last.span.end, span.start):
        return None
    goes_on = before.lower in {"and", ","} and after is not None and after.lower in _PLACES
    gapped = (sentence.index, before.index) in setting.names and (
        after is None or after.text in {".", ",", ";"}
    )
    return Harm(outcome, "gapped" if gapped else "coordinated", word) if goes_on or gapped else None


def _tells_anew(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether another verb of harm stands between two numbers."""
    lexicon = load_harm()
    return any(
        start <= word.start < end and word.pos == "VERB" and word.lemma in lexicon.verbs
        for word in sentence.words
    )


def _of_noun(sentence: Sentence, candidate: Candidate) -> Harm | None:
    """Read a harm said of the noun behind "of": "dozens of people killed", "three of the dead"."""
    lexicon = load_harm()
    for index in children(sentence, candidate.noun, "acl", "amod", "relcl"):
        word = sentence[index]
        if word.tag == "VBN" and word.lemma in lexicon.verbs:
            return Harm(lexicon.verbs[word.lemma], "of-modifier", index)
    word = sentence[candidate.noun]
    if word.lower in {
        "dead",
        "wounded",
        "injured",
        "killed",
        "missing",
        "captives",
        "hostages",
        "victims",
    }:
        outcome = lexicon.alone.get(word.lower) or lexicon.nouns.get(word.lemma) or "killed"
        return Harm(outcome, "of-noun", candidate.noun)
    return None


def _coordinate(sentence: Sentence, candidate: Candidate, harms: dict[int, Harm]) -> Harm | None:
    """Share the harm of the noun that this one is coordinated with."""
    index = candidate.anchor
    while True:
        above = _coordinated_with(sentence, index)
        if above is None:
            break
        index = above
        if index in harms:
            return Harm(harms[index].outcome, "coordinated", harms[index].word, harms[index].words)
        own = read_harm(sentence, index)
        if own is not None:
            return Harm(own.outcome, "coordinated", own.word, own.words)
    return None


def _coordinated_with(sentence: Sentence, index: int) -> int | None:
    """Give what a noun goes with: by "and", in apposition, or by "along with" and "as well as"."""
    word = sentence[index]
    if word.dep in {"conj", "appos"}:
        return word.head
    if word.dep == "pobj" and sentence[word.head].lower in {"with", "as"}:
        prep = sentence[word.head]
        before = sentence[max(0, prep.index - 1)].lower
        if before in {"along", "together", "well"}:
            host = sentence[prep.head]
            while host.lower in {"along", "together", "well", "as"} and host.head != host.index:
                host = sentence[host.head]
            if host.pos == "VERB":
                return child(sentence, host.index, "dobj", "nsubjpass")
            return host.index
    return None


def _part(
    sentence: Sentence,
    candidate: Candidate,
    harms: dict[int, Harm],
    found: Sequence[Claim],
    earlier: Sequence[Claim],
) -> Harm | None:
    """Share the harm of the figure that this number divides or goes on with.

    Accepts:
      1. "40 dead, **including 12** children", "among them 3 women"
      2. "all but **three** of whom", "**17** of them"
      3. "**142** of the dead were students", "**three** were policemen"
    """
    anchor = candidate.anchor
    for above in ancestors(sentence, anchor):
        word = sentence[above]
        if word.lower in _INCLUDING and word.dep in {"prep", "ROOT", "advcl", "acl"}:
            host = word.head
            if host in harms:
                return Harm(harms[host].outcome, "including", harms[host].word)
            if found and isinstance(found[-1].payload, Casualty):
                return Harm(found[-1].payload.outcome, "including", above)
            return None
        if word.pos == "VERB" and word.lemma not in {"be", "include"}:
            break
    noun = sentence[candidate.noun]
    before = [*earlier[-1:], *found]
    last = before[-1] if before else None
    if last is None or not isinstance(last.payload, Casualty):
        return None
    near = sentence.index - _sentence_of(last, sentence) <= 1
    if noun.lower in {"them", "whom", "those"} and near:
        return Harm(last.payload.outcome, "of-them", candidate.noun)
    verb = sentence[anchor].head
    if (
        sentence[anchor].dep == "nsubj"
        and sentence[verb].lemma == "be"
        and near
        and child(sentence, verb, "attr") is not None
        and candidate.count.rule != "article"
    ):
        attribute = child(sentence, verb, "attr")
        if (
            attribute is not None
            and is_person_noun(sentence, attribute)
            and sentence[anchor].pos == "NUM"
            and (candidate.noun == anchor or noun.lower in _THOSE)
        ):
            return Harm(last.payload.outcome, "were", verb)
    return None


def _sentence_of(claim: Claim, sentence: Sentence) -> int:
    return sentence.index if claim.sentence == sentence.span else sentence.index - 1


def _claim(
    setting: Setting,
    sentence: Sentence,
    candidate: Candidate,
    harm: Harm,
    earlier: Sequence[Claim],
) -> Claim:
    """Fill in one figure."""
    count = candidate.count
    reporter = read_reporter(setting, sentence, count.span, candidate.anchor)
    speaker = reporter.attribution
    previous = _previous(earlier, sentence)
    if reporter.rule == "author" and harm.shape in PARTS and previous is not None:
        reporter = Reporter(previous.speakers, None, "of-the-whole")
    group = read_group(sentence, candidate.noun)
    if candidate.noun != candidate.anchor and (group is None or group.category == "unknown"):
        group = read_group(sentence, candidate.anchor) or group
    group = _inherit_group(group, previous, harm, candidate, sentence)
    harm_word = (
        harm.word
        if harm.shape in {"patient", "modifier", "reported", "coordinated", "left"}
        else None
    )
    counted = Counted(candidate.anchor, candidate.noun, group.category, harm_word)
    side, side_rule = read_side(setting, sentence, counted, speaker)
    if harm.shape == "gapped":
        name = setting.names[sentence.index, count.first - 1]
        side, side_rule = (name.party.whole(),), "lost"
    shared = _shared_side(group, previous, sentence, harm)
    if not side and harm.shape in PARTS:
        side, side_rule = shared
    measure, measure_rule = read_measure(
        setting,
        sentence,
        Figure(count, candidate.anchor, harm.word, speaker.content if speaker is not None else ()),
        previous.payload.measure
        if previous is not None and isinstance(previous.payload, Casualty)
        else None,
    )
    if harm.shape in PARTS and previous is not None and isinstance(previous.payload, Casualty):
        measure, measure_rule = previous.payload.measure, "of-the-whole"
    if not side and side_rule != "enemy":
        side, side_rule = read_unsaid_side(setting, sentence, counted, measure, shared)
    side = tuple(_narrowed(setting, party) for party in side)
    if side_rule in INFERRED:
        side = tuple(party.known("inferred") for party in side)
    elif side_rule in CARRIED:
        side = tuple(party.known(weakest((party, Link("carried")))) for party in side)
    if group.category == "unknown" and side_rule in OF_A_GROUP and _is_armed(setting, side[0]):
        group = GroupReading("military", None, None)
    period, as_of = read_days(setting, sentence, count, measure)
    payload = Casualty(
        count=count.count,
        outcome=harm.outcome,
        outcome_words=harm.words,
        category=group.category,
        subgroup=group.subgroup,
        side=side,
        relation=read_relation(setting, side, reporter, is_enemys=side_rule == "enemy"),
        measure=measure,
        period=period,
        as_of=as_of,
        since=read_since(setting, sentence) if measure == "cumulative" else None,
        part_of=_part_of(previous, sentence, harm),
        includes=(previous.span,) if measure_rule == "bringing-to" and previous is not None else (),
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


def _shares_day(as_of: Time | None, earlier: Sequence[Claim], count: CountMention) -> bool:
    """Say whether another figure stands between an as-of day and this number: one day for both."""
    if as_of is None or as_of.span is None:
        return False
    return any(
        as_of.span.end <= claim.span.start and claim.span.end <= count.span.start
        for claim in earlier
    )


def _previous(earlier: Sequence[Claim], sentence: Sentence) -> Claim | None:
    """Give the figure before, in this sentence or in this passage."""
    for claim in reversed(earlier):
        if sentence.passage.span.covers(claim.span):
            return claim
        break
    return None


def _inherit_group(
    group: GroupReading | None,
    previous: Claim | None,
    harm: Harm,
    candidate: Candidate,
    sentence: Sentence,
) -> GroupReading:
    """Give an elliptical number the group of the one it goes on with: "52 Palestinians ... and 2,400"."""
    if group is not None and sentence[candidate.noun].lower != "others":
        return group
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
    """Give a figure that goes on with the one before, or divides it, that one's side."""
    if previous is None or not isinstance(previous.payload, Casualty):
        return (), "unknown"
    before = previous.payload
    same = group.category in {before.category, "unknown"} or before.category == "unknown"
    own = before.relation == "self" and harm.shape == "coordinated"
    if ((same or own) and previous.sentence == sentence.span) or harm.shape in PARTS:
        return before.side, "before"
    return (), "unknown"


def _narrowed(setting: Setting, party: Party) -> Party:
    """Read a people hurt in the one part of its land that the report tells of as that part's.

    The authorities there count them, so that one loss has one name. Source: parties.yaml, ``part_of``.
    """
    parts = [item for item in setting.resolution.home if part_of(item.root) == party.root]
    return parts[0].known(party.evidence) if len(parts) == 1 else party


def _is_armed(setting: Setting, party: Party) -> bool:
    """Say whether a party is an armed group; the root of one of its units counts as it does."""
    kinds = {item.kind for item in setting.resolution.home if item.root == party.root}
    return "armed group" in kinds | {party.kind}


def _part_of(previous: Claim | None, sentence: Sentence, harm: Harm) -> Span | None:
    """Give the larger number that a figure divides: "40 people, including 12 children **and 9 women**"."""
    if previous is None or not isinstance(previous.payload, Casualty):
        return None
    if harm.shape in PARTS:
        return previous.payload.part_of or previous.span
    if harm.shape == "coordinated" and previous.sentence == sentence.span:
        return previous.payload.part_of
    return None


def _is_hedged(setting: Setting, sentence: Sentence, span: Span) -> bool:
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
