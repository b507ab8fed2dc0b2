"""Clauses of a comment, by its punctuation and joining words.

Readers write without a grammar that a parser could lean on; marks and joining words carry further.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.records.text import Span

SENTENCE = re.compile(
    r"""
    .+?
    (?:
        (?<![A-Z]) (?<!\b[A-Z]\.[A-Z]) (?<!\bMr) (?<!\bMrs) (?<!\bDr) (?<!\bGen)  # no abbreviation
        (?<![.!?…]) [.!?…]++ [\"”’)]*+ (?= \s | $ | [A-Z] )
    | $
    )
    """,
    re.DOTALL | re.VERBOSE,
)
"""A sentence: up to a full stop that is not an abbreviation's, or to the end of the line."""

JOINT = re.compile(
    r"""
      (?<!\s) \s* ; \s*
    | (?<!\s) \s* : \s+
    | (?<!\s) \s+ (?: — | – | --? | -/ ) \s+
    | (?<=\w) (?: — | – | -- ) (?=\w)
    | (?<!\s) ,? (?<!\s) \s+ but \s+
    | , \s+ (?: and | while | whereas | since | because | as | so | yet | nor
             | they | he | she | it | we | you | there | which ) \s+
    | (?<!\s) \s+ (?: since | because | although | though | whereas | while ) \s+
    | (?<!\s) \s+ and \s+
      (?= (?: \w+ \s+ )? (?: is | are | was | were | has | have | had | will | now
                           | [A-Z]\w+ [ ] (?: has | is | was | had ) ) \b )
    """,
    re.VERBOSE,
)
"""Where one clause ends and another begins."""

LEAD_IN = re.compile(
    r"""
    (?: \W
      | \b (?: and | but | or | so (?! [ ]far ) | yet | also | then | well | oh | btw
          | now [ ] that | because | since | although | while | whereas | that [ ] is
          | in [ ] fact | in [ ] reality | actually | certainly | of [ ] course | clearly | obviously
          | the [ ] (?: truth | fact | point ) [ ] is (?: [ ] that )?
          | it [ ] is [ ] (?: clear | obvious | a [ ] fact ) [ ] that
          | what [ ] [^,.!?\n]{3,60}? [ ] is [ ] (?: this | that | the [ ] following )
          | remember (?: [ ] that )? | as [ ] (?: for | we [ ] know ) | by [ ] the [ ] way
        ) \b [,:]? \s*
    )+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words before the clause proper that do not bear on its truth."""

FEWEST_WORDS = 4
"""Words of a clause that can state something: who, is, where, and one more."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a comment that may state one thing."""

    span: Span
    words: str
    sentence: str
    """The whole sentence it stands in: its end mark tells a question."""


def sentences_of(line: str) -> Iterator[str]:
    """Yield the sentences of a comment's line that are long enough to state something, with their end marks."""
    for found in SENTENCE.finditer(line):
        words = found.group().strip()
        if len(words.split()) >= FEWEST_WORDS:
            yield words


def clauses_of(text: str, line: Span) -> Iterator[Clause]:
    """Yield the clauses of one line, in order, without what leads into them.

    Args:
        text: The document's text.
        line: One line of a comment.
    """
    words = text[line.start : line.end]
    for sentence in SENTENCE.finditer(words):
        whole = sentence.group()
        if not whole.strip():
            continue
        begin = 0
        cuts = [(m.start(), m.end()) for m in JOINT.finditer(whole)]
        for end, following in [*cuts, (len(whole), len(whole))]:
            clause = _trim(whole[begin:end])
            if clause is not None:
                start = line.start + sentence.start() + begin + clause[0]
                span = Span(start, start + len(clause[1]))
                yield Clause(span, clause[1], whole.strip())
            begin = following


def _trim(words: str) -> tuple[int, str] | None:
    """Cut off lead-in words and end marks; None when too little is left."""
    lead = LEAD_IN.match(words)
    skip = lead.end() if lead else 0
    kept = words[skip:].rstrip(' \t.!?…,;:"”’)—–-/')
    if len(kept.split()) < FEWEST_WORDS:
        return None
    return skip, kept
