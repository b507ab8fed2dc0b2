import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.records.text import Division, Document, Span
from counterclaim.segment import segment_document

REPORT = [
    "Kestrian guns shelled the pass above Varn on Tuesday, the Ardenian ministry said, and two soldiers were killed.",
    "Kestria’s army denied that it had fired. “Our guns were silent all day,” a spokesman told reporters on Tuesday.",
    "Monitors reported 14 explosions near the village of Osk, according to a statement that was seen on Wednesday.",
]
THREAD = [
    "what a joke, they always deny it",
    "I was in Varn last year and nobody there believed a word of it!",
    "Toma, you forget who started this. Why would they stop now?",
    "so much for the truce lol",
    "You are mistaken sir. The pass was never theirs.",
]
ESSAY = [
    "I have lived in Varn for thirty years, and I have never been so sure that we shall lose it.",
    "Why? You only have to walk down our main street on a market day to see what I mean!",
    "Nobody should believe that our leaders don’t know it. They do, and they look away.",
    "Perhaps we deserve them. I think of my father, who would never have let it come to this.",
    "What will you tell your children? I know what I shall tell mine.",
]


def cut(*parts: list[str], between: str = "\n") -> tuple[str, Division]:
    text = between.join(line for part in parts for line in part)
    return text, segment_document(Document(text=text))[0]


def said(text: str, division: Division) -> list[str]:
    return [text[c.span.start : c.span.end] for c in division.comments]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n"])
def test_divide_finds_where_readers_begin(between: str) -> None:
    text, division = cut(REPORT, THREAD, between=between)
    assert division.cut.at == text.index(THREAD[0]) - len(between)
    assert division.cut.boundary == "likely"
    assert "small letter" in division.cut.reason
    assert "finished paragraph" in division.cut.reason
    assert said(text, division) == THREAD


def test_divide_lets_readers_name_a_source_too() -> None:
    more = [
        "You are wrong, the ministry itself said so!",
        "Please CHECK what officials say before you print it!",
    ]
    text, division = cut(REPORT, THREAD[:3], more)
    assert division.cut.at == text.index(THREAD[0]) - 1


def test_divide_never_cuts_silently() -> None:
    text = "\n".join([*REPORT, *THREAD])
    division, (problem,) = segment_document(Document(text=text))
    assert problem.code == "discussion-cut"
    assert division.cut.reason in problem.message
    assert problem.span == Span(division.cut.at, len(text))


@pytest.mark.parametrize(
    "lines",
    [
        REPORT,
        ESSAY,
        [line for day in range(1, 15) for line in (f"May {day}, 2021 at 4:12 pm", REPORT[day % 3])],
        [*REPORT, "Read more: the truce", "Follow us on social media!", "Copyright Varn Courier"],
        [
            *REPORT,
            "VELM: I think you know why!",
            "RILL: Why?",
            "VELM: You tell me!",
            "RILL: I won’t.",
        ],
        [
            *REPORT,
            "the long siege of the upper town",
            "the loss of the bridge over the Tal",
            "the truce of the spring",
            "the flight of the villagers",
        ],
        [
            "Published: May 3, 2021",
            *REPORT,
            "Correction: May 4, 2021",
            "An earlier version named the wrong village.",
        ],
        ["Varn", "May 3, 2021", *REPORT, "May 4, 2021", *REPORT, "May 5, 2021", *REPORT],
        [*REPORT, "No comment", "The minister left."],
        ["Toma Velm", "We did not fire."],
        ["what a joke lol", "you are all wrong!"],
    ],
)
def test_divide_leaves_reports_whole(lines: list[str]) -> None:
    text, division = cut(lines)
    assert division.cut.at == len(text)
    assert division.comments == ()
    assert division.report == Span(0, len(text))


STAMPED = [
    (["Toma says:", "May 3, 2021 at 4:12 pm", "{}"], "begins"),
    (["Mara V.", "3 May 2021 16:12", "{}"], "begins"),
    (["{}", "Posted by: Toma | May 3, 2021 at 04:12 PM"], "ends"),
    (["by oldgunner (543817)", "{}"], "begins"),
    (["oldgunner · 2 days ago", "{}", "Reply"], "begins"),
]


@pytest.mark.parametrize(("shape", "where"), STAMPED)
def test_divide_splits_a_stamped_thread_at_its_stamps(shape: list[str], where: str) -> None:
    comments = [[line.format(words) for line in shape] for words in THREAD]
    text, division = cut(REPORT, *comments)
    assert division.cut.boundary == "sure"
    assert said(text, division) == ["\n".join(lines) for lines in comments]
    assert all(c.boundary == "sure" and where in c.reason for c in division.comments)


def test_divide_follows_a_heading() -> None:
    text, division = cut(
        REPORT, ["2 Comments"], ["They always deny it, don’t they?", "I was there."]
    )
    assert division.cut.at == text.index("\n2 Comments")
    assert division.cut.boundary == "sure"
    assert said(text, division) == ["They always deny it, don’t they?", "I was there."]


def test_divide_follows_a_heading_above_stamps() -> None:
    thread = [
        "Toma says:",
        "May 3, 2021 at 4:12 pm",
        "They fired.",
        "Mara says:",
        "May 3, 2021 at 5:12 pm",
        "They did not.",
    ]
    text, division = cut(REPORT, ["2 Comments", "Sort by: newest"], thread)
    assert text[: division.cut.at].endswith(REPORT[-1])
    assert len(division.comments) == 2


def test_divide_keeps_one_stamped_comment_as_a_guess() -> None:
    text, division = cut(REPORT, ["Toma says:", "May 3, 2021 at 4:12 pm", "what a joke"])
    assert said(text, division) == ["Toma says:\nMay 3, 2021 at 4:12 pm\nwhat a joke"]
    assert division.cut.boundary == "guess"


def test_divide_follows_the_hint_of_the_markup() -> None:
    thread = ["The pass belongs to Ardenia.", "It belonged to Kestria in the old days."]
    text = "\n".join(REPORT) + "\n\n" + "\n".join(thread)
    start = text.index(thread[0])
    division, _ = segment_document(Document(text=text), comments_hint=Span(start, len(text)))
    assert division.cut.boundary == "sure"
    assert "markup" in division.cut.reason
    assert said(text, division) == thread


def test_divide_follows_a_hint_at_the_very_start() -> None:
    text = "They fired.\nThey did not."
    division, _ = segment_document(Document(text=text), comments_hint=Span(0, len(text)))
    assert (division.cut.at, division.passages) == (0, ())
    assert len(division.comments) == 2


def test_divide_joins_lines_that_go_on() -> None:
    more = ["What I mean is simple — they shelled the road,", "and the bridge — twice."]
    text, division = cut(REPORT, THREAD, more)
    assert said(text, division)[-1] == "\n".join(more)
    assert division.comments[-1].boundary in {"likely", "guess"}
    assert "go on because" in division.comments[-1].reason


def test_divide_says_why_a_lively_ending_stays() -> None:
    _, division = cut(ESSAY, ESSAY, ESSAY)
    assert division.cut.boundary == "likely"
    assert "not set off enough" in division.cut.reason


def test_divide_cuts_a_giant_line_into_passages() -> None:
    text = "The guns fell silent. " * 2000
    division, _ = segment_document(Document(text=text))
    spans = [p.span for p in division.passages]
    assert len(spans) > 10
    assert all(len(span) <= 3000 for span in spans)
    assert all(text[s.start : s.end].endswith("silent.") for s in spans)


def test_divide_cuts_a_giant_line_without_sentences() -> None:
    for text in ("x" * 7000, "ab " * 3000):
        division, _ = segment_document(Document(text=text))
        assert_whole(text, division)


def assert_whole(text: str, division: Division) -> None:
    """Hold a division to what every division must be."""
    spans = [p.span for p in division.passages]
    assert [p.index for p in division.passages] == list(range(len(spans)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 <= s.start < s.end <= division.cut.at for s in spans)
    held = {i for s in spans for i in range(s.start, s.end)}
    assert all(i in held for i in range(division.cut.at) if not text[i].isspace())
    said = [c.span for c in division.comments]
    assert all(a.end <= b.start for a, b in pairwise(said))
    assert all(division.cut.at <= s.start < s.end <= len(text) for s in said)
    assert all(not text[i].isspace() for s in (*spans, *said) for i in (s.start, s.end - 1))


LINES = st.sampled_from(
    [
        *REPORT,
        *THREAD,
        *ESSAY,
        *("", " ", "\t", "Comments", "12 Comments", "Leave a reply", "Reply", "Toma says:"),
        *(
            "May 3, 2021 at 4:12 pm",
            "7:28 PM",
            "oldGunner99",
            "- item",
            "# Heading",
            "----",
            "> so",
        ),
        *("Posted by: Toma | May 3, 2021 at 04:12 PM", "by oldgunner (543817)", "x" * 3500),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", "\n    "]))
def test_divide_keeps_every_character_of_any_mixture(lines: list[str], between: str) -> None:
    text = between.join(lines)
    assert_whole(text, segment_document(Document(text=text))[0])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.integers(0, 120))
def test_divide_keeps_every_character_of_any_text(text: str, at: int) -> None:
    assert_whole(text, segment_document(Document(text=text))[0])
    hint = Span(min(at, len(text)), len(text))
    assert_whole(text, segment_document(Document(text=text), comments_hint=hint)[0])


@pytest.mark.parametrize("bit", ["-", ".", " ; ", "“", "‘", "a.", "@a ", "I "])
def test_divide_takes_its_time_on_no_line(bit: str) -> None:
    line = bit * (30_000 // len(bit)) + "x"
    started = time.perf_counter()
    segment_document(Document(text="\n".join([*REPORT, line, line])))
    assert time.perf_counter() - started < 5


def test_divide_shows_its_reasons_in_plain_words() -> None:
    _, division = cut(REPORT, THREAD)
    reasons = [division.cut.reason, *(c.reason for c in division.comments)]
    assert all(re.fullmatch(r"[^\n_{}]{10,300}", reason) for reason in reasons)


def test_divide_gives_a_thread_its_first_post_under_a_very_short_report() -> None:
    report = [
        "Ardenia bombs Varn",
        "VARN, May 3 (Wire) - Ardenian jets bombed Varn on Tuesday, killing five people, officials said. Ardenia denied it.",
    ]
    posts = [
        f"#{n} {name} » Tue May 3, 2031 {n}:10 pm\n{words}"
        for n, name, words in [
            (1, "oldgunner", "I served there, they killed my friends!!"),
            (2, "mara77", "Source? Who counted them?"),
            (3, "toma", "This will be over by Friday, mark my words."),
        ]
    ]
    text, division = cut(report, posts)
    assert text[division.report.start : division.report.end] == "\n".join(report)
    assert said(text, division) == posts
