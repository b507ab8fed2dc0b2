"""The main part of a page: what is around the report is taken out, and short pages are read block by block."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

AROUND = frozenset(
    """
    consent cookie cookies gdpr cmp onetrust newsletter signup subscribe subscription promo promos promotion related
    recommended recommendations recirc teaser teasers share sharing social advert adverts advertisement ads sponsored
    trending mostread popular bio outbrain taboola paywall donate donation upsell breadcrumb breadcrumbs
    """.split()
)
"""Words of a class or an id that set apart what is around a report: banners, promotions, other stories, buttons."""

AROUND_PAIRS = (
    "most read",
    "sign up",
    "read more",
    "more stories",
    "see also",
    "also read",
    "read next",
    "up next",
)

OTHER_STORIES = re.compile(
    r"\s*(?:more (?:on|from|about) (?:this|the) (?:story|topic|subject)|more (?:stories|on this)|related(?: (?:stories|articles"
    r"|content|topics|links|coverage))?|read (?:more|next|also)|see also|also read|most (?:read|popular|viewed)|trending(?: now)?"
    r"|recommended(?: (?:stories|for you))?|you may also like|up next|don[’']t miss)\s*:?\s*",
    re.IGNORECASE,
)
"""A heading over links to other stories."""

NEVER = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "form", "iframe", "nav", "select"}
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {*HEADINGS, "p", "li", "figcaption", "blockquote", "dt", "dd", "caption", "pre", "time"}
)
THREADS = frozenset({"comment", "comments", "commentlist", "disqus", "respond", "discussion"})
OUTSIDE = frozenset({"header", "footer", "aside"})

MOST_OF_PAGE = 0.5
"""Share of a page's letters that is never taken for what is around the report."""

LINKED_SHARE = 0.9
"""Share of a list's letters that stand in links, from which on it is a list of other stories."""

SHORT_PAGE = 3_000
"""Characters of main text under which extraction by density fails: it glues a page's parts together or drops them."""

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def clear_page(page: "HtmlElement") -> None:
    """Take out of a page what its markup sets apart from the report, and set posts' stamps and broken lines apart.

    Nothing is taken that holds the page's heading or half of its letters.
    """
    body = page.find("body")
    if body is None:
        return
    whole = len(_letters(body))
    doomed = [item for item in body.iter() if isinstance(item.tag, str) and _is_around(item)]
    doomed += [item for item in body.iter("ul", "ol", "div") if _is_link_list(item)]
    doomed += list(_other_stories(body))
    for item in doomed:
        if item.getparent() is None or item.tag in {"html", "body", "main"}:
            continue
        if next(item.iter("h1"), None) is not None or len(_letters(item)) > MOST_OF_PAGE * whole:
            continue
        item.drop_tree()
    _spell_stamps(body)
    for item in body.iter("br"):  # else what stands before it and behind it are read as one word
        item.tail = f"\n{item.tail or ''}"


def _names(item: "HtmlElement") -> str:
    said = " ".join(str(item.get(name) or "") for name in ("class", "id", "role", "data-component"))
    return " ".join(word.lower() for word in _WORDS.findall(said[:400]))


def _is_around(item: "HtmlElement") -> bool:
    if not (item.get("class") or item.get("id")):
        return False
    names = _names(item)
    return not AROUND.isdisjoint(names.split()) or any(pair in names for pair in AROUND_PAIRS)


def _letters(item: "HtmlElement") -> str:
    return "".join("".join(item.itertext()).split())


def _is_link_list(item: "HtmlElement") -> bool:
    """Return whether a list or a box holds nothing but two links or more."""
    links = list(item.iter("a"))
    if len(links) < 2 or next(item.iter("p"), None) is not None:
        return False
    whole = len(_letters(item))
    linked = sum(len(_letters(link)) for link in links)
    long = all(len("".join(link.itertext()).split()) >= 3 for link in links)
    return long and linked >= LINKED_SHARE * max(1, whole)


def _other_stories(body: "HtmlElement") -> Iterator["HtmlElement"]:
    """Yield headings over other stories, with the links that follow them."""
    for item in body.iter(*HEADINGS, "p", "strong"):
        words = "".join(item.itertext())
        if len(words) > 60 or not OTHER_STORIES.fullmatch(words):
            continue
        yield item
        following = item.getnext()
        while following is not None and following.tag not in HEADINGS:
            linked = sum(len(_letters(link)) for link in following.iter("a"))
            if linked < LINKED_SHARE * max(1, len(_letters(following))):
                break
            yield following
            following = following.getnext()


def _spell_stamps(body: "HtmlElement") -> None:
    """Write the full day beside the clock times of a page's posts, as their markup gives it.

    A live page shows "00.40 GMT" and leaves the day to the markup; what a post calls yesterday depends on it.
    """
    times = [item for item in body.iter("time") if _day_of(item) is not None]
    if len(times) < 2 or len({_day_of(item) for item in times}) < 2:
        return
    for item in times:
        day = _day_of(item)
        shown = " ".join("".join(item.itertext()).split())
        if day is None or re.search(r"(?:19|20)\d\d", shown):
            item.tag = "p"
            continue
        for child in list(item):
            child.drop_tree()
        item.text = f"{day.day} {day:%B} {day.year} {shown}".strip()
        item.tag = "p"


def _day_of(item: "HtmlElement") -> date | None:
    try:
        return date.fromisoformat(str(item.get("datetime") or "")[:10])
    except ValueError:
        return None


def title_of(page: "HtmlElement") -> str | None:
    """Return the page's one main heading; None where it has none, or several."""
    found = [" ".join("".join(item.itertext()).split()) for item in page.iter("h1")]
    return found[0] if len(found) == 1 and found[0] else None


def plain(page: "HtmlElement") -> str:
    """Return a page as markup."""
    from lxml.html import tostring  # noqa: PLC0415 - lazily, for start-up time

    return str(tostring(page, encoding="unicode"))


def own_reading(page: "HtmlElement") -> str:
    """Return a page's main part, a line for each of its blocks: headings, paragraphs, list items, rows of tables."""
    roots = page.xpath("//main") or page.xpath("//article") or page.xpath("//*[@role='main']")
    root = roots[0] if len(roots) == 1 else page.find("body")
    if root is None:
        return ""
    return "\n".join(line for line in _lines(root) if line)


def _lines(item: "HtmlElement") -> Iterator[str]:
    for child in item:
        if not isinstance(child.tag, str) or child.tag in NEVER:
            continue
        if not THREADS.isdisjoint(_names(child).split()):
            continue
        inside = item.tag in {"main", "article"}
        if child.tag in OUTSIDE and not inside and next(child.iter("h1"), None) is None:
            continue
        if child.tag == "table":
            yield from _rows(child)
        elif child.tag in BLOCKS:
            words = " ".join("".join(child.itertext()).split())
            yield f"- {words}" if child.tag == "li" and words else words
        elif any(
            isinstance(under.tag, str) and under.tag in BLOCKS | {"table"} for under in child.iter()
        ):
            yield from _lines(child)
        else:
            yield " ".join("".join(child.itertext()).split())


def _rows(table: "HtmlElement") -> Iterator[str]:
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("td", "th")]
        if any(cells):
            yield f"| {' | '.join(cells)} |"


REPEATED_WORDS = 6
"""Words from which on a line that stands twice is the same lead or caption twice; shorter ones repeat by chance."""

_LETTERS = re.compile(r"[^\W_]+")


def without_repeats(text: str) -> str:
    """Return a page's text with each lead and caption once, however often its page shows it.

    Accepts:
      1. the same line again          a caption under two sizes of one picture, a lead above and below it
      2. a line that a later one      "Two people died when shells hit …" above the paragraph itself
         begins with
    Rows of tables stay: two towns may have the same count.
    """
    lines = text.split("\n")
    keys = [" ".join(_LETTERS.findall(line.lower())) for line in lines]
    long = [
        "|" not in line and len(key.split()) >= REPEATED_WORDS
        for line, key in zip(lines, keys, strict=True)
    ]
    seen: set[str] = set()
    begun = _beginnings(key for key, is_long in zip(keys, long, strict=True) if is_long)
    kept = []
    for line, key, is_long in zip(lines, keys, long, strict=True):
        if is_long and (key in seen or _is_cut(line, key, begun)):
            continue
        seen.add(key)
        kept.append(line)
    return "\n".join(kept)


def _beginnings(keys: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of some lines, of ``REPEATED_WORDS`` words and more, the whole lines aside."""
    found: set[str] = set()
    for key in keys:
        words = key.split()
        found.update(" ".join(words[:size]) for size in range(REPEATED_WORDS, min(len(words), 60)))
    return frozenset(found)


def _is_cut(line: str, key: str, begun: frozenset[str]) -> bool:
    """Return whether a line is a longer one cut short: it ends without a stop, or with dots."""
    return key in begun and (line.rstrip()[-1:].isalnum() or line.rstrip().endswith(("…", "...")))


def needs_own_reading(text: str, own: str) -> bool:
    """Return whether a page is to be read block by block, since extraction glued its parts together or left some out.

    Args:
        text: What extraction gave.
        own: What ``own_reading`` gave.
    """
    lines = [line for line in own.splitlines() if line.strip()]
    if len(lines) < 2 or not any(len(line.split()) > 5 for line in lines):
        return False
    if not text.strip():
        return True
    if "\n" not in text.strip():
        return True
    if len(own) > SHORT_PAGE:
        return False
    flat = " ".join(text.split())
    return any(
        len(line) > 40 and line.removeprefix("- ") not in flat and "|" not in line for line in lines
    )
