"""Reads one source from its words to its findings. Nothing is stored."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from counterclaim.attribute import find_attributions
from counterclaim.check import check_incidents, check_wordings
from counterclaim.coders import code_claims, code_events_as_plover
from counterclaim.desk.second import Sitting, check_counted, counted
from counterclaim.desk.tools import Tools, load_tools
from counterclaim.discussion import read_comments
from counterclaim.ingest import Opened, open_document
from counterclaim.link import link_claims
from counterclaim.parse import parse_passages
from counterclaim.reconcile import figures_of, reconcile
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.mention import Resolution
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from counterclaim.resolve import resolve_document
from counterclaim.segment import divide


def read(
    text: str,
    *,
    published: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    tools: Tools | None = None,
) -> Reading:
    """Read one report given as text.

    Args:
        text: The report, with or without the reader thread under it. Offsets in the result count its
            characters as given.
        published: Day of publication; without it relative days stay relative.
        outlet: Who published it.
        title: Its title.
        tools: Loaded tools; the default ones, if none are given. ``load_tools(rules_only=True)``
            gives those without the attribution model.

    Returns:
        The reading: attributions, claims, incidents, findings, the casualty account, comments,
        problems.

    Raises:
        CounterclaimError: If the text cannot be read at all; the message says what to do.

    Example:
        >>> reading = read("Ardenia denied that it had shelled Ost.")  # doctest: +SKIP
        >>> [item.stance for item in reading.attributions]  # doctest: +SKIP
        ['deny']
    """
    opened = open_document("pasted", text=text, published=published, outlet=outlet, title=title)
    return read_opened(opened, tools=tools)


def read_source(
    source: str,
    *,
    published: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    tools: Tools | None = None,
) -> Reading:
    """Read one report from a file, an address or ``-`` for standard input.

    Args:
        source: A path, an http or https address, or ``-``.
        published: Overrides the day that the source itself gives.
        outlet: Overrides the outlet that the source itself gives.
        title: Overrides the title.
        tools: Loaded tools; the default ones, if none are given.

    Raises:
        CounterclaimError: If the source cannot be read; the message says what to do.
    """
    opened = open_document(source, published=published, outlet=outlet, title=title)
    return read_opened(opened, tools=tools)


STEPS = (
    "setting the discussion apart",
    "parsing the sentences",
    "finding names, places, times and numbers",
    "finding who says what",
    "coding the claims",
    "linking and checking",
)
"""What is done with a report, in order, as it is told to whoever waits."""

Progress = Callable[[str], object]
"""Called with one of ``STEPS`` as it begins."""


def read_opened(
    opened: Opened, *, tools: Tools | None = None, progress: Progress | None = None
) -> Reading:
    """Read what ``ingest`` took in, its thread kept apart where the markup says so."""
    return read_document(
        opened.document,
        tools=tools,
        problems=opened.problems,
        thread=opened.thread,
        progress=progress,
    )


def read_document(
    document: Document,
    *,
    tools: Tools | None = None,
    problems: Sequence[Problem] = (),
    thread: Span | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read one document: the order of the rooms.

    Args:
        document: As taken in.
        tools: Loaded tools; the default ones, if none are given.
        problems: Those of taking it in.
        thread: Where markup sets a reader thread apart.
        progress: Told each step as it begins.
    """
    tools = tools or load_tools()
    steps = iter(STEPS)

    def begin() -> None:
        if progress is not None:
            progress(next(steps))

    begin()
    division, cut_problems = divide(document, comments_hint=thread)
    begin()
    sentences = parse_passages(document, division.passages, tools.parser)
    begin()
    resolution = resolve_document(document, sentences, conflict=tools.conflict)
    begin()
    attributions, speech_problems = find_attributions(
        document, division.passages, sentences, resolution, tools.tagger
    )
    sitting = (
        None if tools.second is None else Sitting(tools.second, document, sentences, resolution)
    )
    if sitting is not None:
        attributions = sitting.meet_speech(attributions)
    begin()
    against = () if tools.conflict is None else tools.conflict.against(document.published)
    claims, code_problems = code_claims(document, sentences, resolution, attributions, against)
    if sitting is not None:
        claims = sitting.meet_claims(claims)
    events, inferred = code_events_as_plover(
        document, sentences, resolution, attributions, claims=claims, against=against
    )
    begin()
    incidents = link_claims(claims)
    return Reading(
        document=document,
        division=division,
        attributions=attributions,
        claims=claims,
        events=events,
        inferred=inferred,
        incidents=incidents,
        findings=check_counted(
            incidents,
            claims,
            lambda parts, kept: check_incidents(
                parts, kept, resolution.home, attributions, published=document.published
            ),
        ),
        account=reconcile(
            *figures_of(counted(claims), document.published, find_epochs(claims, resolution))
        ),
        wordings=check_wordings(document, sentences, resolution),
        comments=read_comments(document, division),
        sides=resolution.home,
        conflict=tools.conflict,
        problems=(*problems, *tools.problems, *cut_problems, *speech_problems, *code_problems)
        + (() if sitting is None else sitting.problems()),
        signature=tools.signature,
        resolution=resolution,
        second=None if sitting is None else sitting.close(),
    )


def find_epochs(claims: Sequence[Claim], resolution: Resolution) -> dict[Span, date]:
    """Find the days that totals count from, where their words name one ("since 27 September")."""
    spans = [
        claim.payload.since
        for claim in claims
        if isinstance(claim.payload, Casualty) and claim.payload.since is not None
    ]
    return {
        span: mention.time.start
        for span in spans
        for mention in resolution.times
        if span.meets(mention.span) and mention.time.start is not None
    }


def read_many(documents: Sequence[Document], *, tools: Tools | None = None) -> Iterator[Reading]:
    """Read documents one after the other with the same tools, in their order."""
    tools = tools or load_tools()
    for document in documents:
        yield read_document(document, tools=tools)
