"""Figure source: who counted, which is not always who is quoted around the number."""

import re
from dataclasses import dataclass

from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.attribution import Attribution
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, child, prepositional_object

_ACTS = frozenset({"deny", "reject", "demand", "appeal", "promise", "threaten", "predict", "warn"})
"""Stances that put forward no account of what happened: a number told by the way is not theirs."""

_PAPERS = frozenset({"statement", "report", "figure", "communique", "release", "document", "tally"})
"""Speakers that pass on whoever issued them."""

_SAYING = frozenset({"say", "tell", "report", "state", "announce", "confirm", "add", "claim"})
"""Cue entries by which a count is passed on."""
_RUMOURS = frozenset({"report", "rumour", "rumor", "news", "allegation"})
_MOVED_BY = frozenset({"by", "at", "over", "about", "of"})
_TOLLS = frozenset({"toll", "count", "tally", "figure", "number"})
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who counted a figure."""

    speakers: tuple[Party, ...]
    attribution: Attribution | None
    """The saying it stands in; None in the document's own voice."""
    rule: str


def read_reporter(
    setting: DocumentContext, sentence: Sentence, span: Span, anchor: int
) -> Reporter:
    """Read who counted a figure.

    The order of evidence:
      0. reports that somebody only speaks of      "concerned by **reports that** 12 died": nobody named
         a toll that is called official            "the **official** toll stood at 12": the state's
      1. the innermost saying that it stands in    "12 died, **the ministry** said"
      2. not one whose act it only describes       "**claimed** an attack that killed 12": no count of theirs
      3. whoever issued the statement that says it "12 died, **the statement** said"
      4. the saying that its clause trails         "a shell fell, **officials** said, with 12 people killed"
      5. whose toll it is                          "**the Observatory's** tally stands at 371"
      6. who is set before or behind it            "**UN:** 50 killed", "six dead - **health ministry**"
      7. the body whose document it is             a ministry's own press release
    """
    if _is_hearsay(sentence, anchor):
        return Reporter((), None, "hearsay")
    authorities = _authorities(setting, sentence, anchor)
    if authorities is not None:
        return Reporter((authorities,), None, "official-toll")
    for item in setting.speakers_of(span):
        if _is_by_the_way(setting, sentence, item, anchor):
            continue
        if _is_paper(setting, item):
            issuer = _issuer(setting, item)
            if issuer is not None:
                return Reporter(issuer, item, "issuer")
        if item.speakers and _is_no_party(item.speakers[0]):
            continue
        inner = _relayed(setting, item, span)
        beside = _putting(setting, sentence, anchor)
        if beside and {p.root for p in beside}.isdisjoint(p.root for p in inner.speakers):
            return Reporter(beside, None, "putting")  # "A said 12 died, **while B put** it at 9"
        return Reporter(inner.speakers, inner, "saying")
    trailing = _trailing(setting, sentence, span, anchor)
    if trailing is not None:
        return Reporter(trailing.speakers, trailing, "trailing")
    putting = _putting(setting, sentence, anchor)
    if putting is not None:
        return Reporter(putting, None, "putting")
    owned = _toll_owner(setting, sentence, anchor)
    if owned is not None:
        return Reporter(owned, None, "toll-owner")
    tagged = _tagged(setting, sentence)
    if tagged is not None:
        return Reporter(tagged, None, "tag")
    voice = setting.resolution.voice
    return Reporter((voice,), None, "voice") if voice is not None else Reporter((), None, "author")


def _toll_owner(
    setting: DocumentContext, sentence: Sentence, anchor: int
) -> tuple[Party, ...] | None:
    """Read whose count a number is: "**the Observatory's** tally since 2011 stands at 371".

    Near miss: "**Kestria's** losses stand at 400", which nobody is said to have counted.
    """
    for above in ancestors(sentence, anchor):
        if sentence[above].pos not in {"VERB", "AUX"}:
            continue
        noun = child(sentence, above, "nsubj")
        if noun is None or sentence[noun].lemma not in _COUNTS or noun == anchor:
            return None
        for owner in sentence.children[noun]:
            if sentence[owner].dep == "poss":
                mention = setting.resolution.party_at(sentence.index, owner)
                return None if mention is None else mention.parties
        return None
    return None


_COUNTS = frozenset({"tally", "count", "tracker", "database", "record", "estimate"})
"""Nouns of what somebody counts; a toll or a figure may be of those who were lost."""


_SAYS = re.compile(r"\s*(?:says?|said|reports?|reported)?\s*[.!]?\s*\Z")
_MARKED = re.compile(r"(?:[:–—-]|,)\s*(?:the\s+)?\Z", re.IGNORECASE)


_PUTS = frozenset({"put", "place", "estimate", "set", "number", "count"})


def _putting(setting: DocumentContext, sentence: Sentence, anchor: int) -> tuple[Party, ...] | None:
    """Read who puts a number somewhere: "**Kestria** put the losses at 400"."""
    for above in ancestors(sentence, anchor):
        word = sentence[above]
        if word.pos != "VERB":
            continue
        if word.lemma in _PUTS:
            mention = setting.resolution.party_at(sentence.index, child(sentence, above, "nsubj"))
            return None if mention is None else mention.parties
        if word.dep in {"ccomp", "advcl", "relcl"}:
            return None
    return None


def _tagged(setting: DocumentContext, sentence: Sentence) -> tuple[Party, ...] | None:
    """Read who stands before a colon, or behind a dash or colon at the end, as headlines are signed."""
    text = setting.document.text
    for mention in setting.resolution.parties:
        if mention.sentence != sentence.index or mention.rule in {"civilian", "pronoun"}:
            continue
        before = text[sentence.span.start : mention.span.start]
        after = text[mention.span.end : sentence.span.end]
        if not before.strip() and after.startswith(":") and any(c.isdigit() for c in after):
            land = (
                mention.parties[0].kind in {"state", "de facto authority"}
                and mention.rule == "name"
            )
            if not land:
                return mention.parties
        says = _SAYS.fullmatch(after)
        marked = _MARKED.search(before)
        if says and marked and (marked.group().strip()[:1] != "," or after.strip(" .!")):
            return mention.parties
    return None


def _is_hearsay(sentence: Sentence, anchor: int) -> bool:
    """Return whether a number stands in what unnamed reports say: "shocked **by reports that** 12 died"."""
    for index in ancestors(sentence, anchor):
        word = sentence[index]
        if word.lemma in _RUMOURS and word.dep == "pobj":
            owned = any(sentence[below].dep == "poss" for below in sentence.children[index])
            return not owned and sentence[word.head].lower in _MOVED_BY
    return False


def _authorities(setting: DocumentContext, sentence: Sentence, anchor: int) -> Party | None:
    """Return the state whose count is told as the official one: "the **official death toll** stood at 12"."""
    for index in (anchor, *ancestors(sentence, anchor)):
        for toll in sentence.children[index]:
            if sentence[toll].dep != "nsubj" or sentence[toll].lemma not in _TOLLS:
                continue
            if any(sentence[below].lower == "official" for below in sentence.children[toll]):
                place = prepositional_object(sentence, toll, "in")
                name = None if place is None else setting.names.get((sentence.index, place))
                if name is not None and name.party.kind == "state":
                    return Party(name.party.root, "officials", "government", name.party.country)
                states = [item for item in setting.sides if item.kind == "state"]
                if len(states) != 1:
                    return None
                mine = states[0]
                return Party(mine.root, "officials", "government", mine.country, "inferred")
        if sentence[index].dep in {"ccomp", "advcl"}:
            break
    return None


def _is_by_the_way(
    setting: DocumentContext, sentence: Sentence, item: Attribution, anchor: int
) -> bool:
    """Return whether a number stands in a clause that only describes what a saying is about."""
    claims_act = item.cue_entry.startswith("claim") or any(
        "responsib" in setting.document.words(content) for content in item.content
    )
    if item.quotation == "direct" or (item.stance not in _ACTS and not claims_act):
        return False
    for index in (anchor, *ancestors(sentence, anchor)):
        word = sentence[index]
        if not any(content.covers(word.span) for content in item.content):
            return False
        if word.dep in {"relcl", "acl"} or (claims_act and word.dep == "advcl"):
            return True
    return False


def _relayed(setting: DocumentContext, item: Attribution, span: Span) -> Attribution:
    """Return the party's saying that an outlet only passes on: "**Ali** said 12 died, AP reported"."""
    if not item.speakers or item.speakers[0].kind != "media":
        return item
    for other in setting.attributions:
        if (
            other.cue != item.cue
            and other.speakers
            and other.speakers[0].kind not in {"media", "unknown"}
            and other.cue_entry in _SAYING
            and any(content.covers(span) for content in other.content)
        ):
            return other
    return item


def _trailing(
    setting: DocumentContext, sentence: Sentence, span: Span, anchor: int
) -> Attribution | None:
    """Return the saying right before a "with" clause that goes on with what was said."""
    opened = any(
        (sentence[above].dep == "prep" and sentence[above].lower == "with")
        or (sentence[above].dep == "advcl" and sentence[above].tag == "VBG")
        for above in ancestors(sentence, anchor)
    )
    if not opened:
        return None
    before = [
        item
        for item in setting.attributions
        if item.is_claim
        and item.speakers
        and item.content
        and sentence.span.covers(item.cue)
        and item.content[-1].end <= item.cue.start < span.start
    ]
    return before[-1] if before else None


def _is_paper(setting: DocumentContext, item: Attribution) -> bool:
    if item.speaker_span is None or any(party.kind != "unknown" for party in item.speakers):
        return False
    words = setting.document.words(item.speaker_span).lower().split()
    return bool(words) and words[-1].rstrip("s") in _PAPERS


def _issuer(setting: DocumentContext, item: Attribution) -> tuple[Party, ...] | None:
    """Return the party that a statement names, or whose statement was told of last."""
    assert item.speaker_span is not None
    for name in setting.resolution.names:
        if item.speaker_span.covers(name.span):
            return (name.party,)
    before = [
        other
        for other in setting.attributions
        if other.cue.end < item.cue.start and other.speakers and other.speakers[0].kind != "unknown"
    ]
    return before[-1].speakers if before else None


def _is_no_party(party: Party) -> bool:
    """Return whether a speaker is no name and no known body: a slip of the grammar, such as a number."""
    return party.kind == "unknown" and (party.root[:1].islower() or party.root.lower() in _DAYS)
