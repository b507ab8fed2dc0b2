"""Glossary: what the words of the pages mean, each in a sentence or two, and which of them a page needs.

It is the codebook for readers; docs/codebook/ has the rules in full.
"""

from collections.abc import Mapping
from types import MappingProxyType

from counterclaim.records.attribution import Stance

GLOSSARY: Mapping[str, str] = MappingProxyType(
    {
        "claim": "One thing that somebody is told to say: who says it, what they do by saying it, and what of. It stands on words of a report, and those words can always be opened.",
        "report": "A text by an outlet, as it was added. Its words are never changed; corrections stand beside them.",
        "incident": "What several claims are held to speak of together: one happening, loss or truce. People can merge and split incidents.",
        "single mention": "An incident of one claim in one report. It is folded away in lists until it is asked for.",
        "question": "What is asked of an incident: did it happen, who did it, where, when, how many. Each has a status of its own.",
        "status": "How the claims about a question stand to each other, by a numbered rule. It grades support, and never says who is right.",
        "origin": "Who stands behind a claim. One speaker is one origin, and so is one text that ten outlets print; readers’ comments are none.",
        "own count": "A side’s number of its own losses.",
        "enemy’s count": "A side’s number of the other side’s losses. It is never added to the other side’s own.",
        "others’ count": "A number by somebody who is no party to the war.",
        "new and in all": "A number of one day or one happening, and a running total. A total is compared with the total before, never added to it.",
        "not disclosed": "What a side is told to keep back. It is a finding of its own, and no zero.",
        "told, carried, inferred": "Told: the words say it. Carried: an earlier sentence says it. Inferred: no words do; it is shown, and counts in nothing until somebody says that it is right.",
        "contested field": "A field of which two readers have different readings. The claim counts nowhere until a person decides.",
        "truce": "A ceasefire with its life: proposed, agreed, in force, said to be broken, ended, as it is told of each party.",
        "breach": "What somebody calls a violation of a truce. It is what they allege; the truce’s state does not hang on it alone.",
        "position": "What a party demands, asks for, offers, refuses or backs.",
        "deny, admit, accuse": "What a speaker does by saying it. Silence is none of these, and saying something else is no denial.",
        "wire": "One text that several outlets print, whole or edited. It counts once.",
        "version": "A text that stood at the same address before or after. What it says now counts; what it said stays to be read.",
        "withdrawn": "Taken out of every number and list by a person, with a reason. It can be brought back.",
        "precision": "How exactly a place is told: a town is a pin, anything larger an area. Dashed is where the machine put it, filled where a person did.",
        "recognised border": "A border as most states recognise it. Beside it stands who held the place on that day, where that is known.",
        "known on a day": "What anybody could have read by then, or what this ledger held by then: two clocks, and you choose.",
        "checkable": "Said by a reader in a way that the ledger’s rows can be set beside. A reader’s comment is never a source.",
        "foretold": "A reader’s prediction. What became of it is said by a person, and the row that shows it is named.",
        "doubt": "A reason to look at a claim again. Doubts order the queue and enter no status.",
        "correction": "One field read otherwise by a person, with what was read before. It can be taken back.",
        "rule": "A correction made for every claim that has the same name, those of later reports too. It is shown before it is made, and taken back as one.",
        "kappa": "How often two people agree, less what chance alone would give: 1 is always, 0 is no better than chance.",
        "tag": "A word of your own beside a claim or an incident; each tag is a list.",
        "problem": "What could not be read, with the place in the text. Nothing is guessed in its stead.",
        "actor": "Whoever is named: a state, an armed group, an organ, an outlet, a person.",
        "lexicon": "The words by which reports are read, each with examples that it must match and near misses that it must not.",
        "seal": "A number made of every row before it: whoever has it can prove that no row was changed since.",
        "import": "Rows of another data set, set beside what was read. They support no status and enter no number.",
        "share link": "An address that shows one page, read only, until a day. It needs no account.",
        "second factor": "Six digits of an app on your phone, asked for beside the password.",
        "token": "What a program shows instead of a password. It may do no more than it was made for.",
    }
)  # fmt: skip
"""Each word with what it means."""

KINDS_KEPT: Mapping[str, str] = MappingProxyType(
    {
        "event": "What was done, by whom, to whom, where and when; whether it is told as done, alleged, denied or admitted.",
        "casualty": "How many, with “at least” and “up to” as told; killed, wounded, missing, captured or displaced; soldiers, fighters or civilians; whose loss; who counts; of a day, of one happening, or in all; as of when.",
        "ceasefire": "Who the truce is between and who brokered it; proposed, agreed, in force, broken, ended; from when; on what terms; who alleges a breach.",
        "position": "What is demanded, asked for, offered, refused or backed; by whom, of whom.",
        "withheld": "What is not said: losses, details, who did it; and who keeps it back.",
    }
)
"""Of each kind of claim what is kept, in plain words."""

STANCES: Mapping[Stance, str] = MappingProxyType(
    {
        "state": "says that it is so",
        "confirm": "says that what another said is so",
        "admit": "says that it is so against its own interest: its act, its loss",
        "deny": "says that it is not so; it needs a no in the words",
        "accuse": "says that another did wrong",
        "allege": "says so, and the report keeps its distance",
        "demand": "wants another to do it, and may press",
        "appeal": "wants another to do it, and asks",
        "promise": "binds itself",
        "threaten": "says that harm will come from itself",
        "warn": "says that harm may come",
        "predict": "says what will be",
        "reject": "will not have it, or calls it wrong",
        "withhold": "will not say",
        "correct": "puts its own earlier words right",
        "retract": "takes its own earlier words back",
    }
)
"""What a speaker does by each, in plain words; docs/codebook/claims.md has examples."""

LOSSES: tuple[str, ...] = (
    "A number stands as it was told: “at least 40” is no 40, “dozens” stays a word with its least.",
    "A side’s own count, its enemy’s count of it and others’ counts are three series. They are set side by side and never added.",
    "The newest total of a counter stands; a later one replaces it, and both stay to be read.",
    "Numbers of single days are never added to a total that holds them.",
    "One text in many outlets gives its number once.",
    "What is not disclosed is shown as that, and no sum takes it for zero.",
    "Whatever is inferred (whose loss, which day) is shown, marked, and in no sum.",
)
"""How numbers of the dead and wounded are treated; docs/casualties.md has the numbered rules."""

PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "/": ("claim", "incident", "status", "new and in all", "deny, admit, accuse"),
        "/incidents": ("incident", "single mention", "question", "status", "origin", "wire"),
        "/acts": ("claim", "deny, admit, accuse", "origin"),
        "/casualties": (
            "own count",
            "enemy’s count",
            "others’ count",
            "new and in all",
            "not disclosed",
            "told, carried, inferred",
            "known on a day",
        ),
        "/ceasefires": ("truce", "breach", "known on a day"),
        "/positions": ("position", "claim"),
        "/map": ("precision", "recognised border", "told, carried, inferred"),
        "/timeline": ("claim", "known on a day"),
        "/sources": ("report", "wire", "version", "withdrawn", "claim"),
        "/actors": ("actor", "claim"),
        "/search": ("claim",),
        "/discussion": ("checkable", "foretold", "origin"),
        "/problems": ("problem",),
        "/imports": ("import",),
        "/method": ("status", "origin", "lexicon", "seal"),
        "/review": (
            "doubt",
            "told, carried, inferred",
            "contested field",
            "correction",
            "rule",
            "kappa",
            "tag",
        ),
        "/rules": ("rule", "correction"),
        "/activity": ("correction", "rule"),
        "/add": ("report", "claim", "problem"),
        "/people": ("share link", "second factor"),
        "/account": ("second factor", "token"),
        "/api": ("token", "claim"),
    }
)
"""Words that a page needs, by the beginning of its address."""


def words_of_page(path: str) -> tuple[tuple[str, str], ...]:
    """Return the words that a page needs, with what each means; none where a page explains itself."""
    home = max((page for page in PAGES if _is_of(path, page)), key=len, default="")
    return tuple((word, GLOSSARY[word]) for word in PAGES.get(home, ()))


def _is_of(path: str, page: str) -> bool:
    return path == page or (page != "/" and path.startswith(f"{page}/"))
