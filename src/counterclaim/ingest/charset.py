"""Bytes to text: by byte order mark, by what the source says, as UTF-8, or by a stated fallback."""

import codecs
import re

from counterclaim.ingest.errors import BrokenTextError, tell_places
from counterclaim.records.problem import Problem
from counterclaim.records.text import LONE, Span, mend

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Longer marks before shorter ones that begin alike."""

META_REACH = 4_096
"""Bytes at the head of a page in which its charset stands; HTML asks for 1,024, many pages pass it."""

META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)

CHARSETS = frozenset(
    codecs.lookup(name).name
    for name in (
        "utf-8 ascii iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 "
        "iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 windows-1250 windows-1251 windows-1252 windows-1253 "
        "windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 cp874 koi8-r koi8-u macintosh "
        "mac-cyrillic ibm866 big5 big5hkscs gb2312 gbk gb18030 euc-jp euc-kr shift_jis cp932 cp949 iso2022_jp"
    ).split()
)
"""Charsets in which pages are written: those that browsers know. Python knows more, some of which are no charsets
of texts (``undefined``, ``unicode_escape``) or take quadratic time (``punycode``)."""

FALLBACK = "windows-1252"
"""What older English news pages and files are written in when they are not UTF-8 and do not say."""

MOST_BROKEN = 0.001
"""Broken places for each character beyond which a text is not worth reading: one a paragraph."""

FEWEST_GOOD = 10
"""Broken places for each good sequence beyond which bytes are taken for another charset."""

UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, and marks that change the direction of what stands around them."""

LONGEST_FIELD = 2_000
"""Characters of a title, an outlet or an author; an address has as many at most."""


def decode(
    name: str, data: bytes, *, said: str | None = None, is_markup: bool = False
) -> tuple[str, tuple[Problem, ...]]:
    """Decode a source's bytes.

    The charset is that of the byte order mark; else what the server said; else what the markup
    says; else UTF-8 when the bytes are UTF-8, whole or damaged; else windows-1252.

    Args:
        name: The source's name, for messages.
        data: The bytes.
        said: The charset the server named.
        is_markup: Whether the bytes are HTML, which may name its charset.

    Returns:
        The text without its byte order mark, and what was guessed or lost.

    Raises:
        BrokenTextError: If too many places cannot be decoded.

    Problems:
        charset-guessed: No charset was stated and the bytes are not UTF-8.
        broken-characters: Some places could not be decoded; each is shown as �.
    """
    for mark, charset in MARKS:
        if data.startswith(mark):
            return _mend(name, data[len(mark) :], charset)
    stated = _known(said) or (_known(_in_markup(data)) if is_markup else None)
    if stated is not None:
        return _mend(name, data, stated)
    if _is_utf8(data):
        return _mend(name, data, "utf-8")
    text, problems = _mend(name, data, FALLBACK)
    message = f"the text says no charset and is not UTF-8; it was read as {FALLBACK}"
    return text, (Problem("charset-guessed", message), *problems)


def clean_field(words: str | None) -> str | None:
    """Return a title, an outlet, an author or a name as one line that any page and terminal can show.

    Halves of characters become �, control characters and marks that turn the direction of writing become
    blanks, and what is longer than ``LONGEST_FIELD`` is cut.
    """
    if words is None:
        return None
    cut = words if len(words) <= LONGEST_FIELD else words[: LONGEST_FIELD - 1] + "…"
    return UNSHOWN.sub(" ", mend(cut)).strip() or None


def clean_pasted(name: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """Replace halves of characters that no encoding can carry; offsets stay as they are."""
    places = len(LONE.findall(text))
    if not places:
        return text, ()
    return _told(name, mend(text), "UTF-8", places)


def _in_markup(data: bytes) -> str | None:
    found = META.search(data[:META_REACH])
    return (found.group(1) or found.group(2)).decode("ascii", "ignore") if found else None


def _known(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        info = codecs.lookup(charset)
    except (LookupError, ValueError):
        return None
    if info.name not in CHARSETS:
        return None  # utf-16 without a mark is a mistake: the head could not be read as ASCII
    return FALLBACK if info.name in {"iso8859-1", "ascii"} else info.name


def _is_utf8(data: bytes) -> bool:
    """Return whether the bytes are UTF-8, whole or damaged.

    Bytes of another charset almost never make a good UTF-8 sequence: a few good ones among many
    broken tell of damage, not of another charset.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        broken = text.count("�")
        good = sum(ord(c) > 127 for c in text) - broken
        return good * FEWEST_GOOD >= broken
    return True


def _mend(name: str, data: bytes, charset: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(charset), ()
    except UnicodeDecodeError:
        text = data.decode(charset, "replace")
        lost = text.count("�")
        return _told(name, text, charset, lost)


def _told(name: str, text: str, charset: str, places: int) -> tuple[str, tuple[Problem, ...]]:
    if places > max(1, MOST_BROKEN * len(text)):
        raise BrokenTextError(name, charset, places)
    at = text.find("�")
    message = f"{tell_places(places)} not {charset} and shown as �"
    return text, (Problem("broken-characters", message, Span(at, at + 1)),)
