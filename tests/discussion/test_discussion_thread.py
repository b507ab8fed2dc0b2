import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.discussion import read_comments
from counterclaim.discussion.acts import ORDER
from counterclaim.records.text import Comment, Division, Document, ReportEnd, Span

REPORT = (
    "Kestrian guns shelled the pass above Varn on Tuesday, the Ardenian ministry said.\n"
    "Kestria denied that it had fired. Talks are to begin in Osk on Friday, monitors said."
)


def thread(*comments: str) -> tuple[str, Division]:
    """Set comments under the report, each as one comment."""
    text, found = REPORT, []
    for comment in comments:
        text += "\n"
        found.append(
            Comment(span=Span(len(text), len(text) + len(comment)), boundary="sure", reason="x")
        )
        text += comment
    end = len(REPORT)
    cut = ReportEnd(at=end, boundary="sure", reason="x")
    return text, Division(report=Span(0, end), cut=cut, passages=(), comments=tuple(found))


def read(*comments: str) -> tuple[Comment, ...]:
    text, division = thread(*comments)
    return read_comments(Document(text=text), division)


def checked(*comments: str) -> list[str]:
    text, division = thread(*comments)
    got = read_comments(Document(text=text), division)
    return [text[s.start : s.end] for c in got for s in c.checkable]


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("could go on for years", {"prediction"}),
        ("This will end badly for Varn.", {"prediction"}),
        ("Who armed them in the first place?", {"question"}),
        ("What if they come back", {"question"}),
        ("I think they are both to blame.", {"opinion"}),
        ("What a disgrace", {"opinion"}),
        ("so it goes", {"opinion"}),
        ("Kestria should hand back the pass.", {"proposal"}),
        ("The only solution is a corridor through the valley.", {"proposal"}),
        ("You are such a troll.", {"insult", "reply"}),
        ("Kestria sold 40 guns to Ardenia in 2019.", {"checkable"}),
    ],
)
def test_discussion_gives_types(words: str, types: set[str]) -> None:
    (comment,) = read(words)
    assert types <= set(comment.types)


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("The army crossed the river.", {"prediction", "question", "proposal", "insult"}),
        ("“Who are you?” they asked the guards.", {"question"}),
        ("I should know.", {"proposal"}),
        ("They lost the will to fight.", {"prediction"}),
    ],
)
def test_discussion_withholds_types(words: str, types: set[str]) -> None:
    (comment,) = read(words)
    assert not types & set(comment.types)


def test_discussion_keeps_the_order_of_types() -> None:
    (comment,) = read("Why do they shell Varn? They will never stop. Kestria should leave!")
    assert list(comment.types) == sorted(comment.types, key=ORDER.index)


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("Kestria held the pass until 1994.", ["Kestria held the pass until 1994"]),
        ("But in fact the pass is inside Ardenia!", ["the pass is inside Ardenia"]),
        (
            "Ardenia occupied Osk in 2008, and it has never left the town; sad.",
            ["Ardenia occupied Osk in 2008", "it has never left the town"],
        ),
        ("some 6,000 civilians fled in 1994", ["some 6,000 civilians fled in 1994"]),
        (
            "Kestria warned that it will cross the river.",
            ["Kestria warned that it will cross the river"],
        ),
    ],
)
def test_discussion_finds_what_can_be_checked(words: str, spans: list[str]) -> None:
    assert checked(words) == spans


@pytest.mark.parametrize(
    "words",
    [
        "Did Kestria occupy Osk in 2008?",
        "Kestria should leave Osk.",
        "I think Kestria occupied Osk.",
        "Kestria will occupy Osk.",
        "They were there all day.",
        "What a sad mess in Varn",
        "Kestria left",
    ],
)
def test_discussion_leaves_what_cannot_be_checked(words: str) -> None:
    assert checked(words) == []


@pytest.mark.parametrize(
    ("comments", "reply_to"),
    [
        (["They fired first.", "You are mistaken, sir."], 0),
        (
            [
                "They fired first.",
                "They fired last.",
                "“They fired first.” That is what they all say.",
            ],
            None,
        ),
        (
            [
                "Nobody in the whole valley believes that.",
                "x",
                "“Nobody in the whole valley believes” it, really",
            ],
            0,
        ),
        (["Toma says:\nThey fired first.", "Mara says:\nSo it goes.", "@Toma they did not"], 0),
        (
            [
                "Toma says:\nThey fired first.",
                "Mara says:\nSo it goes.",
                "Toma, the guns were ours.",
            ],
            0,
        ),
        (
            [
                "Toma says:\nThey fired first.",
                "So it goes.",
                "Mara in reply to Toma May 3, 2021 4:12 pm\nnope",
            ],
            0,
        ),
        (["The Sorvians pay for all this.", "So it goes.", "All Sorvians are poor."], 0),
        (["Kestria pays for this.", "So it goes.", "Kestria is poor."], None),
        (["The Sorvians pay.", "a b", "c d", "e f", "g h", "All Sorvians are poor."], None),
        (["@mara not so"], None),
        (["They fired.", "@nobodyhere not so"], 0),
    ],
)
def test_discussion_tells_whom_a_comment_answers(comments: list[str], reply_to: int | None) -> None:
    assert read(*comments)[-1].reply_to == reply_to


def test_discussion_reads_no_stamp_as_words() -> None:
    (comment,) = read("Toma Velm says:\nMay 3, 2021 at 4:12 pm\nso it goes\nReply")
    assert comment.types == ("opinion",)
    assert comment.checkable == ()


def test_discussion_takes_stressed_words_for_no_names() -> None:
    assert checked("the BOTH of them and both") == []


def test_discussion_marks_what_has_nothing_in_common() -> None:
    first, second = read("Kestria fired.", "Cheap watches and handbags: visit Glitterstore today")
    assert "off_topic" in second.types
    assert "off_topic" not in first.types


def test_discussion_changes_nothing_else() -> None:
    text, division = thread("Kestria fired.", "You lie.")
    got = read_comments(Document(text=text), division)
    assert [(c.span, c.boundary, c.reason) for c in got] == [
        (c.span, c.boundary, c.reason) for c in division.comments
    ]


def test_discussion_of_nothing_is_empty() -> None:
    assert read() == ()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(min_size=1, max_size=60).filter(lambda t: bool(t.strip())),
            st.sampled_from(
                [
                    "Toma says:",
                    "@Toma no",
                    "Kestria left Osk in 2008; so what?",
                    "Ardenia sold 3 guns — twice",
                ]
            ),
        ),
        max_size=6,
    )
)
def test_discussion_spans_lie_inside_their_comments(comments: list[str]) -> None:
    text, division = thread(*comments)
    got = read_comments(Document(text=text), division)
    for i, comment in enumerate(got):
        assert all(comment.span.covers(span) for span in comment.checkable)
        assert all(
            a.end <= b.start for a, b in zip(comment.checkable, comment.checkable[1:], strict=False)
        )
        assert comment.reply_to is None or 0 <= comment.reply_to < i
        assert ("checkable" in comment.types) == bool(comment.checkable)
        assert comment.types


@pytest.mark.parametrize("bit", ["a ", ".", " ; ", "“", "I ", "the ", "A-"])
def test_discussion_takes_its_time_on_no_comment(bit: str) -> None:
    started = time.perf_counter()
    read(bit * (30_000 // len(bit)) + "x")
    assert time.perf_counter() - started < 5
