from datetime import date

import pytest

from counterclaim.ingest.html_page import read_markup
from counterclaim.ingest.mainpart import without_repeats

HEAD = '<!DOCTYPE html><html lang="en"><head><title>Ost shelled</title>{head}</head><body>{body}</body></html>'
LEAD = "Two people were killed by Kestrian shelling of Ost on Monday, the interior ministry said."
MORE = "Kestria has not commented on the shelling of the town."


def page(body: str, head: str = "") -> str:
    return HEAD.format(head=head, body=body)


def lines(body: str, head: str = "") -> list[str]:
    return read_markup("page", page(body, head)).text.splitlines()


@pytest.mark.parametrize(
    "extra",
    [
        '<div class="share">Share</div>',
        '<div class="inline-promo"><h4>More on this story</h4><a href="/x">Blast in Varn kills 18 soldiers</a></div>',
        '<div class="relatedStories"><ul><li><a href="/y">Drone attack kills 40 in Osk</a></li></ul></div>',
        '<h3>Read more:</h3><p><a href="/x">Blast in Varn kills 18 soldiers, the army says</a></p>',
        '<ul><li><a href="/y">Drone attack kills 40 in Osk</a></li><li><a href="/z">Varn blast: 25 dead</a></li></ul>',
        '<p class="bio">Mira Tolan was wounded in Varn in 2012.</p>',
        '<div id="newsletter-signup"><p>Join 300,000 readers who said they like us.</p></div>',
        '<section class="cookie-banner"><p>Our 812 partners said they will store data.</p></section>',
    ],
)
def test_mainpart_leaves_out_what_is_around_the_report(extra: str) -> None:
    found = lines(f"<article><h1>Ost shelled</h1><p>{LEAD}</p>{extra}<p>{MORE}</p></article>")
    assert found == ["Ost shelled", LEAD, MORE]


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Ost shelled</h1><time>7 March</time><p>{LEAD}</p></article>",
        f"<article><h1>Ost shelled</h1><figure><figcaption>Three men at Varn</figcaption></figure><p>{LEAD}</p></article>",
    ],
)
def test_mainpart_gives_each_part_a_line_of_its_own(body: str) -> None:
    found = lines(body)
    assert found[0] == "Ost shelled"
    assert found[-1] == LEAD
    assert len(found) == 3


@pytest.mark.parametrize("box", ["consent", "gdpr", "cmp-wall"])
def test_mainpart_is_not_lost_to_a_banner(box: str) -> None:
    banner = f'<div class="{box}"><p>We and our 812 partners store data. You may withdraw at any time.</p></div>'
    for tag in ("div", "aside"):
        body = f"{banner}<main><{tag}><h1>Ost shelled</h1><p>{LEAD}</p><p>{MORE}</p></{tag}></main>"
        assert lines(body) == ["Ost shelled", LEAD, MORE]


def test_mainpart_keeps_a_report_whose_own_box_is_named_like_a_promotion() -> None:
    body = f'<div class="promo"><h1>Ost shelled</h1><p>{LEAD}</p><p>{MORE}</p></div>'
    assert LEAD in lines(body)


def test_mainpart_spells_the_day_of_posts() -> None:
    posts = "".join(
        f'<article><time datetime="{stamp}">{shown}</time><h2>{head}</h2><p>{words}</p></article>'
        for stamp, shown, head, words in (
            ("2024-03-20T00:40:00Z", "00.40 GMT", "Toll rises", LEAD),
            ("2024-03-19T10:39:00+01:00", "10.39 CET", "Quiet", MORE),
        )
    )
    found = lines(f"<main><h1>War live</h1>{posts}</main>")
    assert "20 March 2024 00.40 GMT" in found
    assert "19 March 2024 10.39 CET" in found


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            '<meta property="article:published_time" content="2023-01-02T23:30:00-05:00">',
            date(2023, 1, 2),
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2023-01-02"}]}</script>',
            date(2023, 1, 2),
        ),
        ('<meta name="DC.date.issued" content="2023/01/02">', date(2023, 1, 2)),
        ('<meta name="pubdate" content="2 January 2023">', date(2023, 1, 2)),
    ],
)
def test_mainpart_page_states_its_day(head: str, told: date) -> None:
    assert (
        read_markup("page", page(f"<article><p>{LEAD}</p><p>{MORE}</p></article>", head)).published
        == told
    )


def test_mainpart_tells_of_two_days() -> None:
    head = (
        '<link rel="canonical" href="https://bugle.example/2022/12/16/ost">'
        '<meta property="article:published_time" content="2023-01-02T08:00:00Z">'
    )
    found = read_markup("page", page(f"<article><p>{LEAD}</p><p>{MORE}</p></article>", head))
    assert found.published == date(2023, 1, 2)
    assert [problem.code for problem in found.problems] == ["date-conflict"]


def test_mainpart_a_dateline_cannot_be_later_than_its_page() -> None:
    head = '<meta property="article:published_time" content="2023-05-09T21:40:00Z">'
    for dateline, told in (("May 10", 10), ("May 9", 9), ("May 4", 9)):
        body = f"<article><h1>Ost shelled</h1><p>OST, Ardenia, {dateline} - {LEAD}</p></article>"
        assert read_markup("page", page(body, head)).published == date(2023, 5, told)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "Nine die in Varn\nShells hit a market in Varn on Monday\nShells hit a market in Varn on Monday",
            "Nine die in Varn\nShells hit a market in Varn on Monday",
        ),
        (
            "Nine people died when shells hit…\nNine people died when shells hit Varn on Monday, a doctor said.",
            "Nine people died when shells hit Varn on Monday, a doctor said.",
        ),
        ("| Varn | 9 | 9 | 9 | 9 | 9 |\n| Varn | 9 | 9 | 9 | 9 | 9 |",) * 2,
        ("Nine died.\nThe army said so.\nNine died.",) * 2,
        (
            "Nine people died in Varn on Monday.\nNine people died in Varn on Monday. Ten died in Ost.",
        )
        * 2,
    ],
    ids=["a line again", "a lead cut short", "rows of a table", "short lines", "a closed line"],
)
def test_mainpart_leads_and_captions_stand_once(text: str, kept: str) -> None:
    assert without_repeats(text) == kept


def test_mainpart_parts_what_a_broken_line_parts() -> None:
    found = lines(
        f"<article><h1>Ost shelled</h1><p>{LEAD}<br/>{MORE}</p><p>Rain fell.</p></article>"
    )
    assert f"{LEAD} {MORE}" in " ".join(found)
