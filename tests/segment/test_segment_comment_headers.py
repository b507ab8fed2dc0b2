import pytest

from counterclaim.segment.comment_headers import form_of, stamp_of


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Comments", "heading"),
        ("12 Comments", "heading"),
        ("Leave a reply", "heading"),
        ("Toma says:", "named"),
        ("Toma Velm said...", "named"),
        ("Mara V. May 3, 2021 at 4:12 pm", "named"),
        ("oldgunnerMay 3, 2021 4:12 AM", "named"),
        ("Posted by: Toma | May 3, 2021 at 04:12 PM", "named"),
        ("by oldgunner (543817)", "named"),
        ("Toma · 2 days ago", "named"),
        ("1  Toma Velm http://varn.example/ | 5/3/2021 11:57:57 PM", "named"),
        ("May 3, 2021 at 4:12 pm", "dated"),
        ("3 May 2021 16:12", "dated"),
        ("09. Jul, 2021", "dated"),
        ("Tuesday July 24, @07:29AM", "dated"),
        ("2021-05-03T16:12:00Z", "dated"),
        ("7:28 PM", "timed"),
        ("Reply | Permalink", "button"),
        ("152 Fans", "button"),
        ("oldGunner99", "handle"),
        ("mountainman", "handle"),
    ],
)
def test_stamps_are_known(words: str, kind: str) -> None:
    assert stamp_of(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "The truce of May 3, 2021 was signed at 4:12 pm in the hall of the old customs house",
        "He said:",
        "The ministry said two soldiers died.",
        "Oct. 31, 2021 The long retreat.",
        "Published: July 23, 2021",
        "— Mara (@maravelm) October 30, 2021",
        "A history of the pass (2021)",
        "It rose by 4.5% in the year",
        "Varn",
        "Reply from the ministry",
        "what a joke",
        "a\nb",
        "x" * 200,
    ],
)
def test_stamps_are_not_seen_in_prose(words: str) -> None:
    assert stamp_of(words) is None


def test_stamps_of_one_system_have_one_form() -> None:
    first = form_of("Mara V. May 3, 2021 at 4:12 pm", "named")
    assert first == form_of("Toma, June 13, 2021 at 11:02 am", "named")
    assert first != form_of("Toma 3 May 2021", "named")
    assert form_of("Reply", "button") == "button"
