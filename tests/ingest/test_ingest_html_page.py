from datetime import UTC, date, datetime

import pytest

from counterclaim.ingest.errors import MarkupError, TooLargeError
from counterclaim.ingest.html_page import MARKUP_LIMIT, date_of_address, read_markup

LINES = [
    "Kestrian guns shelled the pass above Varn on Tuesday, the Ardenian ministry said in a note.",
    "Kestria denied that it had fired. “Our guns were silent all day,” a spokesman told reporters.",
    "The ministry said that 14 soldiers had been killed since the fighting began in the spring.",
]
COMMENTS = [
    "They always deny it, don’t they? I was there in the old days and it was the same.",
    "You are wrong, friend. Kestria never held the pass in those days.",
]


def page(head: str = "", *, comments: bool = False) -> str:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    thread = "".join(
        f"<li class='comment'><cite>reader</cite><div class='comment-content'><p>{line}</p></div></li>"
        for line in COMMENTS
    )
    section = f"<section id='comments'><ol class='commentlist'>{thread}</ol></section>"
    return (
        f"<html lang='en'><head><title>Pass shelled | Varn Courier</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article>{body}</article>{section if comments else ''}"
        "<footer>All rights reserved</footer></body></html>"
    )


def test_markup_gives_the_main_text_and_nothing_around_it() -> None:
    article = read_markup("x", page())
    assert article.text.splitlines() == LINES
    assert article.thread is None


def test_markup_keeps_the_thread_apart() -> None:
    article = read_markup("x", page(comments=True))
    assert article.thread is not None
    thread = article.text[article.thread.start : article.thread.end]
    assert thread.splitlines() == COMMENTS
    assert article.text[: article.thread.start].rstrip().splitlines() == LINES


def test_markup_reads_what_the_head_says() -> None:
    head = (
        "<meta property='og:site_name' content='Varn Courier'>"
        "<meta property='og:title' content='Pass shelled'>"
        "<meta name='author' content='Ansa Rill'>"
        "<meta property='article:published_time' content='2021-05-04T10:00:00Z'>"
    )
    article = read_markup("x", page(head))
    assert (article.title, article.outlet, article.author) == (
        "Pass shelled",
        "Varn Courier",
        "Ansa Rill",
    )
    assert (article.published, article.published_basis) == (date(2021, 5, 4), "markup")


def test_markup_takes_the_date_of_the_address_when_the_page_has_none() -> None:
    article = read_markup("x", page(), address="https://varn.example/2021/05/04/pass")
    assert (article.published, article.published_basis) == (date(2021, 5, 4), "address")


def test_markup_invents_no_date() -> None:
    article = read_markup("x", page())
    assert (article.published, article.published_basis) == (None, None)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/2021/05/04/pass", date(2021, 5, 4)),
        ("/2021-5-4/", date(2021, 5, 4)),
        ("/2021/13/40/", None),
        (f"/{datetime.now(UTC).year + 2}/01/01/", None),
        ("/20210504", None),
        ("", None),
    ],
)
def test_markup_reads_dates_in_addresses(address: str, told: date | None) -> None:
    assert date_of_address(address) == told


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<html><body>" + "<div>" * 100_000 + "x", MarkupError),
        ("<!DOCTYPE html [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><html>&c;</html>", MarkupError),
        ("<html><body>" + "<p>x</p>" * 100_000, TooLargeError),
        ("x" * (MARKUP_LIMIT + 1), TooLargeError),
        ("<html><body></body></html>", MarkupError),
        ("", MarkupError),
        ("<" * 1000, MarkupError),
    ],
)
def test_markup_refuses_bombs_and_pages_without_an_article(
    markup: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        read_markup("x.html", markup)
    assert "\n" not in str(caught.value)
