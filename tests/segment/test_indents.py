"""Threads that indents show: names over lines that are set in under them."""

from counterclaim.records.text import Document
from counterclaim.segment import segment_document

REPORT = (
    "Shells hit the market of Ost on Monday\n\n"
    "Ardenia's army said that nine people were killed when shells hit the market of Ost on Monday, and that two of them "
    "were children.\n\n"
    "Kestria's defence ministry denied that its guns had fired on the town, and called for an inquiry.\n\n"
)


def cut_of(text: str) -> str:
    division, _ = segment_document(Document(text=text))
    return text[division.cut.at :].strip()


def test_divide_names_over_lines_set_in() -> None:
    thread = (
        "mara\n    i don't believe a word of it, they always say that!\n"
        "Toma B\n    me neither, where are the pictures?\n"
        "oldgunner\n    you lot never read the article, did you\n"
    )
    assert cut_of(REPORT + thread).startswith("mara")


def test_divide_replies_set_in_under_one_name() -> None:
    thread = (
        "Toma B\n"
        "    i don't care who fired first, my cousin lives there!!\n"
        "        mara\n"
        "        so sorry, hope he's ok :)\n"
        "        Toma B\n"
        "        thanks, he's fine, they're all in the cellar\n"
        "    oldgunner\n"
        "    lol, you'd believe anything\n"
    )
    assert cut_of(REPORT + thread).startswith("Toma B")


def test_divide_one_comment_under_a_name_and_a_day() -> None:
    thread = "Mara V. May 4, 2031 at 3:04 pm\nthat's not what i saw, i was there!\n"
    assert cut_of(REPORT + thread).startswith("Mara V.")


def test_divide_lists_set_in_stay_with_the_report() -> None:
    lists = (
        "What was hit\n    The market and the school beside it, the army said.\n"
        "Who was hurt\n    Nine people were killed and twelve were wounded, according to the hospital in Ost.\n"
        "What comes next\n    The council will meet on Thursday, an official of the United Nations said.\n"
    )
    assert cut_of(REPORT + lists) == ""
