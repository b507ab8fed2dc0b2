"""Reads one source from its words to its findings. Nothing is stored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from counterclaim.attribute import find_attributions
from counterclaim.check import Material, check_wordings
from counterclaim.coders import code_claims, code_events_as_plover, find_belligerents
from counterclaim.decode import Decoder, suggest_owners
from counterclaim.discussion import read_comments
from counterclaim.gate.subject import tell_subject
from counterclaim.ingest import Opened, as_day, open_document
from counterclaim.lexicon import load_state_outlets
from counterclaim.link import link_documents
from counterclaim.parse import parse_passages
from counterclaim.pipeline.one_thread import one_product_thread
from counterclaim.pipeline.reader_claims import only_checkable, read_reader_claims, told_in
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.pipeline.second_reader import Sitting, check_counted, counted
from counterclaim.reconcile import figures_of, reconcile
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.finding import Finding, Incident
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.text import Division, Document, Span
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document


def read(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    tools: Tools | None = None,
) -> Reading:
    """Read one report given as text.

    Args:
        text: The report, with or without the reader thread under it. Offsets in the result count its
            characters as given.
        published: Day of publication, as a date or as ``2020-10-14``; without it relative days stay
            relative.
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
    opened = open_document(
        "pasted", text=text, published=as_day(published), outlet=outlet, title=title
    )
    return read_opened(opened, tools=tools)


def read_source(
    source: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    tools: Tools | None = None,
) -> Reading:
    """Read one report from a file, an address or ``-`` for standard input.

    Args:
        source: A path, an http or https address, or ``-``.
        published: Overrides the day that the source itself gives; a date, or ``2020-10-14``.
        outlet: Overrides the outlet that the source itself gives.
        title: Overrides the title.
        tools: Loaded tools; the default ones, if none are given.

    Raises:
        CounterclaimError: If the source cannot be read; the message says what to do.
    """
    opened = open_document(source, published=as_day(published), outlet=outlet, title=title)
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
    is_comment: bool = False,
) -> Reading:
    """Read one document: the order of the rooms.

    Args:
        document: As taken in.
        tools: Loaded tools; the default ones, if none are given.
        problems: Those of taking it in.
        thread: Where markup sets a reader thread apart.
        progress: Told each step as it begins.
        is_comment: Whether it is a reader's comment: nothing under it is read then.
    """
    with one_product_thread():
        return _read(
            document,
            tools or load_tools(),
            problems=problems,
            thread=thread,
            progress=progress,
            is_comment=is_comment,
        )


def _read(
    document: Document,
    tools: Tools,
    *,
    problems: Sequence[Problem],
    thread: Span | None,
    progress: Progress | None,
    is_comment: bool,
) -> Reading:
    steps = iter(STEPS)

    def begin() -> None:
        if progress is not None:
            progress(next(steps))

    begin()
    division, cut_problems = segment_document(document, comments_hint=thread)
    other = None if tools.every_subject or tools.conflict else other_subject(document, division)
    if other is not None:
        return _unread(document, division, tools, (*problems, other))
    begin()
    sentences = parse_passages(document, division.passages, tools.parser)
    begin()
    resolution = resolve_document(document, sentences, conflict=tools.conflict)
    begin()
    decoder = read_heads(document, division, resolution, tools)
    if decoder is not None:
        resolution = suggest_owners(resolution, decoder)
        decoder = replace(decoder, resolution=resolution)
    attributions, speech_problems = find_attributions(
        document, division.passages, sentences, resolution, tools.tagger, decoder=decoder
    )
    sitting = (
        None if tools.second is None else Sitting(tools.second, document, sentences, resolution)
    )
    if sitting is not None:
        attributions = sitting.meet_speech(attributions)
    begin()
    against = () if tools.conflict is None else tools.conflict.against(document.published)
    claims, code_problems = code_claims(
        document, sentences, resolution, attributions, against, decoder=decoder
    )
    if sitting is not None:
        claims = sitting.meet_claims(claims)
    events, inferred = code_events_as_plover(
        document, sentences, resolution, attributions, claims=claims, against=against
    )
    begin()
    chances = {} if decoder is None else decoder.side_chances
    own = () if decoder is None else decoder.own_sides
    sides = find_belligerents(claims, attributions, resolution.home, chances, own)
    if tools.conflict is not None:
        named = {party.root for party in tools.conflict.parties_on(document.published)}
        inside = tuple(party for party in resolution.home if party.root in named)
        sides = (*inside, *(party for party in sides if party.root not in named))
    incidents, findings = judge(document, claims, attributions, sides)
    said = () if is_comment else read_reader_claims(document, division.comments, _as_reader(tools))
    comments = () if is_comment else read_comments(document, division, told_in(said))
    return Reading(
        document=document,
        division=division,
        attributions=attributions,
        claims=claims,
        events=events,
        inferred=inferred,
        incidents=incidents,
        findings=findings,
        account=reconcile(
            *figures_of(
                counted(claims), document.published, counting_start_dates(claims, resolution), sides
            )
        ),
        wordings=check_wordings(document, sentences, resolution),
        comments=comments,
        reader_claims=only_checkable(said, comments),
        sides=sides,
        conflict=tools.conflict,
        problems=(*problems, *tools.problems, *cut_problems, *speech_problems, *code_problems)
        + (() if sitting is None else sitting.problems()),
        signature=tools.signature,
        resolution=resolution,
        second=None if sitting is None else sitting.close(),
    )


def _as_reader(tools: Tools) -> Callable[[Document], Reading]:
    """Return what reads a comment: the same reader, on any subject, without a second one."""
    own = replace(tools, every_subject=True, second=None)
    return lambda document: read_document(document, tools=own, is_comment=True)


def other_subject(document: Document, division: Division) -> Problem | None:
    """Return the problem that a text is no report of war; None where it may be one.

    Problems:
        not-war: Nothing in the text tells of armed conflict; nothing is read of it.
    """
    verdict = tell_subject(document.words(division.report))
    if verdict.is_war:
        return None
    about = "" if verdict.subject is None else f" (it rather speaks of {verdict.subject})"
    message = (
        f"the text is no report of war{about}, and nothing was read of it; name its conflict with --conflict "
        "to have it read all the same"
    )
    return Problem("not-war", message)


def _unread(
    document: Document, division: Division, tools: Tools, problems: tuple[Problem, ...]
) -> Reading:
    """Return a reading that holds nothing but why."""
    return Reading(
        document=document,
        division=division,
        attributions=(),
        claims=(),
        incidents=(),
        findings=(),
        account=reconcile(*figures_of((), document.published, {}, ())),
        problems=problems,
        signature=tools.signature,
    )


def read_heads(
    document: Document, division: Division, resolution: Resolution, tools: Tools
) -> Decoder | None:
    """Run the reader over the report, without the thread under it; None to read by rules alone."""
    if tools.reader is None:
        return None
    report = document.text[: division.report.end]
    readout = tools.reader.read(report, publisher=document.outlet)
    readout.know(name.span for name in resolution.names)
    readout.know(mention.span for mention in resolution.parties)
    return Decoder(document, resolution, readout)


def judge(
    document: Document,
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    sides: Sequence[Party],
) -> tuple[tuple[Incident, ...], tuple[Finding, ...]]:
    """Link and check the claims of one report, by the rules that hold for many.

    What readers contest stands in its incident, and has no voice in a finding.
    """
    linker = link_documents([(document, claims)], attributions=attributions)
    incidents = linker.incidents()
    material = Material(
        claims={claim.id: claim for claim in claims},
        documents={document.id: document},
        origins=linker.origin_index(incidents),
        sides={document.id: sides},
        attributions=attributions,
        state_outlets=load_state_outlets(),
    )
    return incidents, check_counted(incidents, material)


def counting_start_dates(claims: Sequence[Claim], resolution: Resolution) -> dict[Span, date]:
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
