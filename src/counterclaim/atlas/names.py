"""Names of places in the form in which they are compared."""

import re
import unicodedata

_SPECIAL = str.maketrans(
    {
        "ə": "e",
        "ǝ": "e",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "-": " ",
        "–": " ",
        "‐": " ",
        "‑": " ",
        "/": " ",
        ",": " ",
        ".": " ",
    }
    | dict.fromkeys("'’‘ʻʼʽ`´ʾʿʹ", "")
)

_SAINTS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}

ARTICLES = frozenset({"al", "el", "as", "ash", "ad", "adh", "an", "ar", "at", "az"})
"""The Arabic article as it is written before different letters."""


def without_accents(words: str) -> str:
    """Take the accents off letters. Letters that are no accented ones stay: ``ø``, ``ə``."""
    if words.isascii():
        return words
    parts = unicodedata.normalize("NFKD", words)
    return "".join(part for part in parts if not unicodedata.combining(part))


def fold_name(words: str) -> str:
    """Write a name without case, accents, hyphens, full stops and apostrophes.

    ``St.`` and ``Mt.`` at the start are written out. Letters of other scripts stay as they are.

    Example:
        >>> fold_name("Xankəndi"), fold_name("Deir ez-Zor"), fold_name("St. John’s")
        ('xankendi', 'deir ez zor', 'saint johns')
    """
    words = without_accents(words.lower())
    words = " ".join(words.translate(_SPECIAL).split())
    head, space, rest = words.partition(" ")
    return f"{_SAINTS[head]} {rest}" if space and head in _SAINTS else words


def without_article(key: str) -> str:
    """Take the Arabic article off a folded name; the name itself when it has none.

    Short rests are left alone: ``bab`` alone would say too little.
    """
    head, _, rest = key.partition(" ")
    return rest if head in ARTICLES and len(rest) >= 4 else key


def is_latin_name(words: str) -> bool:
    """Return whether an alternate name is a name in Latin letters that English text could carry.

    Drops names in other scripts, romanised keys all in lower case (``yi de li bo``), codes in
    capitals (``KVD``), and phrases with commas or digits.
    """
    if words == words.lower() or (words.isupper() and len(words) <= 4):
        return False
    return _LATIN.fullmatch(words) is not None


_LETTER = "A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff'’‘ʻʼʽ`´ʾʿʹ"
_LATIN = re.compile(rf"[{_LETTER}][{_LETTER}. \-–]{{1,60}}")
