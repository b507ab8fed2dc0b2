"""Not war: how many texts about something else the program files claims or figures of.

A thousand texts: of our own words, filled in anew (``not_war.txt``: sport and games with the words of war, recipes,
films, business, accidents, courts, history), and what openly licensed packages that are installed hold: sentences of
some sixty other languages (spaCy, MIT), the manual of Python (PSF), descriptions and code of packages.
"""

import importlib
import random
import re
import sysconfig
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

from bench.results import keep
from counterclaim.errors import CounterclaimError
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools, load_tools

TEMPLATES = Path(__file__).parent / "not_war.txt"
CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
WANTED = 1_000
MOST_SHARE = 0.01
LONGEST = 4_000

LICENSED = re.compile(r"\b(?:MIT|BSD|Apache|PSF|ISC|Python Software)\b")

Text = tuple[str, str]
"""What it is, and its words."""


def templates(part: int | None = None) -> list[Text]:
    """Return the templates with their subjects; of every two, the first or the second where ``part`` is 0 or 1."""
    found: list[Text] = []
    subject = ""
    for block in TEMPLATES.read_text("utf-8").split("\n\n"):
        words = block.strip()
        if words.startswith("#"):
            first, _, words = words.partition("\n")
            subject = first.lstrip("# ")
        if words:
            found.append((subject, words))
    return found if part is None else found[part::2]


def fill(words: str, chance: random.Random) -> str:
    """Return a template with one of each choice."""
    return CHOICE.sub(lambda match: chance.choice(match[1].split("|")), words)


def own_texts(part: int | None, count: int, chance: random.Random) -> Iterator[Text]:
    """Yield texts of our own: whole, or their first sentences, or two of them, each once."""
    rows = templates(part)
    seen: set[str] = set()
    for at in range(count * 20):
        if len(seen) >= count:
            return
        subject, words = rows[at % len(rows)]
        text = fill(words, chance)
        shape = chance.random()
        if shape < 0.25:
            text = " ".join(re.split(r"(?<=[.!?])\s+", text)[: chance.randint(1, 2)])
        elif shape < 0.4:
            text = f"{text}\n\n{fill(chance.choice([w for s, w in rows if s == subject]), chance)}"
        if text not in seen:
            seen.add(text)
            yield subject, text


def other_languages(chance: random.Random, count: int) -> Iterator[Text]:
    """Yield sentences of other languages, alone and together."""
    import spacy  # noqa: PLC0415

    folder = Path(str(spacy.__file__)).parent / "lang"
    found: list[list[str]] = []
    for path in sorted(folder.glob("*/examples.py")):
        if path.parent.name in {"en", "tn"}:  # the examples of Setswana are English ones
            continue
        module = importlib.import_module(f"spacy.lang.{path.parent.name}.examples")
        found.append([line for line in module.sentences if line.strip()])
    singles = [("another language, a sentence", line) for lines in found for line in lines]
    chance.shuffle(singles)
    yield from ((kind, words) for kind, words in singles[: count // 2])
    for lines in [*found, *found][: count - count // 2]:
        size = chance.randint(2, max(2, len(lines)))
        yield "another language, several sentences", " ".join(lines[:size])


def manuals(chance: random.Random, count: int) -> Iterator[Text]:
    """Yield pages of Python's manual, and descriptions and code of installed packages."""
    from pydoc_data.topics import topics  # noqa: PLC0415

    pages = [("manual", words[:LONGEST]) for words in topics.values() if len(words) > 200]
    told = []
    for item in distributions():
        head, _, words = (item.read_text("METADATA") or "").partition("\n\n")
        licence = " ".join(line for line in head.splitlines() if line.startswith("License"))
        if LICENSED.search(licence) and len(words) > 300:
            told.append(("description of a package", words[:LONGEST]))
    library = Path(sysconfig.get_paths()["stdlib"])
    code = [
        ("code", path.read_text("utf-8", "replace")[:LONGEST])
        for path in sorted(library.glob("*.py"))[: count * 2]
    ]
    for rows in (pages, told, code):
        chance.shuffle(rows)
        yield from rows[: count // 3]


def gather(count: int = WANTED, seed: int = 11) -> list[Text]:
    """Return the texts, in a fixed order: six in ten of our own."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    found = [*other_languages(chance, 200), *manuals(chance, 180)]
    found += own_texts(1, count - len(found), chance)
    return found[:count]


def filed(text: str, tools: Tools) -> list[str]:
    """Return what the program files of a text: its claims and figures, in their own words."""
    try:
        reading = read(text, tools=tools)
    except CounterclaimError:
        return []
    said = [item for item in reading.attributions if item.is_claim]
    words = [reading.document.words(item.content[0] if item.content else item.cue) for item in said]
    return [*words, *(claim.quote for claim in reading.claims)]


def run_not_war(show: Callable[[str], None] = print) -> int:
    """Read the texts; print what was filed by kind, keep the figures; 1 where it is more than one in a hundred."""
    tools = load_tools()
    texts = gather()
    all_of, wrong = Counter[str](), Counter[str]()
    for kind, text in texts:
        all_of[kind] += 1
        found = filed(text, tools)
        if found:
            wrong[kind] += 1
            show(f"filed ({kind}): {' '.join(text.split())[:110]} -> {found[0][:60]}")
    share = sum(wrong.values()) / len(texts)
    for kind, number in sorted(all_of.items()):
        show(f"{kind}: {wrong[kind]} of {number}")
    show(
        f"texts that are not about war: {len(texts)}; something filed from {sum(wrong.values())} = {share:.1%}"
    )
    keep(
        "not-war",
        {
            "texts": len(texts),
            "filed from": sum(wrong.values()),
            "by kind": {kind: f"{wrong[kind]}/{number}" for kind, number in sorted(all_of.items())},
        },
    )
    return int(share > MOST_SHARE)


def fitting_texts(count: int) -> Sequence[Text]:
    """Return texts of every second template alone, to fit weights on; those of the others are never seen."""
    return list(own_texts(0, count, random.Random(5)))  # noqa: S311 - repeatable, not secret
