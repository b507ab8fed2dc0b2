"""Withheld: what a party is said not to have said."""

from collections.abc import Iterator, Sequence

from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.statuses import Formula, load_formulas
from counterclaim.records.claim import Claim, Withheld
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence, Word
from counterclaim.syntax.walk import ancestors, subject

_MAY_SAY = frozenset(
    {"state", "government", "military", "ministry", "armed group", "de facto authority"}
)


def code_withheld(setting: DocumentContext) -> tuple[Claim, ...]:
    """Read what is withheld: figures, details, comment, a claim of responsibility.

    One claim for each formula of lexicon/withheld.yaml in a sentence, owned by the subject of its verb.
    Overlapping formulas give one claim, the earlier entry's.
    """
    text = setting.document.text
    told = [formula for formula in load_formulas() if formula.pattern.search(text)]
    return tuple(
        claim for sentence in setting.sentences for claim in _in_sentence(setting, sentence, told)
    )


def _in_sentence(
    setting: DocumentContext, sentence: Sentence, formulas: Sequence[Formula]
) -> Iterator[Claim]:
    text = setting.document.text
    taken: list[Span] = []
    for formula in formulas:
        for match in formula.pattern.finditer(text, sentence.span.start, sentence.span.end):
            core = Span(*match.span())
            if any(core.meets(other) for other in taken):
                continue
            taken.append(core)
            yield _claim(setting, sentence, formula, core, Span(*match.span("what")))


def _claim(
    setting: DocumentContext, sentence: Sentence, formula: Formula, core: Span, what: Span
) -> Claim:
    if formula.has_no_owner:
        owners, start = _absent_owner(setting, sentence, formula, core), core.start
    elif formula.is_passive:
        start = min(core.start, _passive_start(sentence, core))
        owners = _last_speaker(setting, sentence, core)
    elif formula.id == "without-details":
        owners, start = _teller(setting, sentence, core)
    else:
        owners, start = _owner(setting, sentence, core)
    text = setting.document.text
    end = core.end
    while end > core.start and text[end - 1] in " ,;:":
        end -= 1
    span = Span(min(start, core.start), end)
    since = setting.document.published
    return Claim(
        document_id=setting.document.id,
        span=span,
        quote=text[span.start : span.end],
        sentence=sentence.span,
        payload=Withheld(
            owners=owners,
            what=_tight(text, what),
            since=Time(since.isoformat()) if since is not None else None,
        ),
        stance="withhold",
        trace=(Step("coders", f"withheld:{formula.id}", text[core.start : core.end], core),),
    )


def _absent_owner(
    setting: DocumentContext, sentence: Sentence, formula: Formula, core: Span
) -> tuple[Party, ...]:
    """Return who owes what nobody has said: the unknown attackers, or whoever spoke of it last."""
    if "claim" in formula.id:
        return (Party("attackers (unknown)"),)
    return _last_speaker(setting, sentence, core)


def _last_speaker(setting: DocumentContext, sentence: Sentence, core: Span) -> tuple[Party, ...]:
    """Return the party that spoke last in the passage: it is expected to say the rest."""
    told = [
        item
        for item in setting.attributions
        if item.is_claim
        and item.speakers
        and item.speakers[0].kind not in {"media", "civilian", "expert", "unknown"}
        and item.cue.end <= core.start
        and sentence.passage.span.covers(item.cue)
    ]
    if told:
        return told[-1].speakers
    near = [
        item
        for item in setting.resolution.parties
        if item.parties[0].kind in _MAY_SAY
        and item.span.end <= core.start
        and sentence.passage.span.covers(item.span)
    ]
    if near:
        return (near[-1].parties[0],)
    return ()


def _passive_start(sentence: Sentence, core: Span) -> int:
    """Return where the words of "the duration **was not specified**" begin: at its subject."""
    for word in sentence.words:
        if core.start <= word.start < core.end and word.pos == "VERB":
            found = subject(sentence, word.index)
            if found is not None:
                return sentence[sentence.first[found]].start
    return core.start


def _teller(
    setting: DocumentContext, sentence: Sentence, core: Span
) -> tuple[tuple[Party, ...], int]:
    """Return who speaks in the sentence: "said two had died, **without giving names**"."""
    for item in setting.attributions:
        if sentence.span.covers(item.cue) and item.cue.end <= core.start and item.speakers:
            return item.speakers, core.start
    return _owner(setting, sentence, core)


def _tight(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in " ,":
        start += 1
    while end > start and text[end - 1] in ' ,;:”"':
        end -= 1
    return Span(start, end) if start < end else None


def _owner(
    setting: DocumentContext, sentence: Sentence, core: Span
) -> tuple[tuple[Party, ...], int]:
    """Return who withholds, and where its words begin: the subject of the verb in the formula."""
    verbs = [
        word
        for word in sentence.words
        if word.pos in {"VERB", "AUX"} and core.start <= word.start < core.end
    ]
    for word in sentence.words:
        if core.start <= word.start < core.end:
            verbs.extend(
                sentence[above]
                for above in ancestors(sentence, word.index)
                if sentence[above].pos in {"VERB", "AUX"}
            )
            break
    for word in (*verbs, *(item for item in sentence.words if item.start >= core.start)):
        found = subject(sentence, word.index)
        if found is None or sentence[found].start >= core.end:
            continue
        named = _issuing(setting, sentence, found)
        mention = setting.resolution.party_at(sentence.index, found)
        start = (
            core.start if _shares(sentence, found, word) else sentence[sentence.first[found]].start
        )
        if named is not None:
            return (named,), start
        if _is_neither_side(sentence, found):
            return (setting.sides[:2] if len(setting.sides) == 2 else ()), start
        if mention is not None:
            return mention.parties, start
        return (Party(setting.document.text[sentence[found].start : sentence[found].end]),), start
    return (), core.start


def _is_neither_side(sentence: Sentence, at: int) -> bool:
    """Return whether a subject stands for both sides without a name: "**neither side** has said"."""
    return sentence[at].lemma in {"side", "party", "neither"} and "neither" in {
        sentence[index].lower for index in (at, *sentence.children[at])
    }


def _issuing(setting: DocumentContext, sentence: Sentence, at: int) -> Party | None:
    """Return who issued a paper that says nothing: "a **NATO** statement gave no details"."""
    if sentence[at].lemma not in {"statement", "report", "communique", "release"}:
        return None
    for index in range(sentence.first[at], at):
        name = setting.names.get((sentence.index, index))
        if name is not None:
            return name.party
    return None


def _shares(sentence: Sentence, subject_at: int, verb: Word) -> bool:
    """Return whether a verb borrows its subject from an earlier one: "denied it and **has yet** …"."""
    while verb.dep == "conj" and verb.head > subject_at:
        verb = sentence[verb.head]
        if verb.pos == "VERB":
            return True
    return False
