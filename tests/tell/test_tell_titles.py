"""Titles: an incident is called as a person would call it, and says no more than its claims do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from counterclaim.lexicon.plover import load_types
from counterclaim.records.claim import Claim, Payload, Position, Withheld
from counterclaim.records.count import Count
from counterclaim.records.finding import Alignment, Finding, Slot, Voice
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time
from counterclaim.tell.titles import load_happenings, title_of
from counterclaim.tell.words import days_name, flag_words, listed, party_name, plain_name
from tests.happenings import ARDENIA, DAY, KESTRIA, claim, document, killed, place, shelling, truce

SPOKEN = {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}
"""Types that are acts of speech: their modes tell what is asked or threatened, not what happened."""

REPORT = document("Kestria was shelled on Sunday.")


def told(*payloads: Payload) -> list[Claim]:
    return [claim(REPORT, payload) for payload in payloads]


def finding(slot: Slot, *voices: tuple[Party, Alignment, bool]) -> Finding:
    return Finding(
        incident_id="i-1",
        slot=slot,
        proposition="",
        status="contested",
        rule=5,
        reason="",
        voices=tuple(
            Voice(party=party, alignment=alignment, affirms=affirms)
            for party, alignment, affirms in voices
        ),
    )


def title(claims: Sequence[Claim], *findings: Finding, reported: date | None = None) -> str:
    return str(title_of(claims, findings, reported=reported))


def test_tell_titles_name_what_where_when_and_who_says_so() -> None:
    strike = replace(shelling(), modes=("aerial",), place=place(within="inside"))
    both = finding("occurred", (ARDENIA, "doer", True), (KESTRIA, "other side", True))
    assert title(told(strike), both) == (
        "Airstrikes on Kestria inside Ost, 4 May 2031: admitted by Ardenia, confirmed by Kestria"
    )


def test_tell_titles_keep_the_accused_where_it_denies() -> None:
    said = finding("occurred", (KESTRIA, "other side", True), (ARDENIA, "doer", False))
    assert title(told(shelling()), said) == (
        "Shelling by Ardenia of Kestria in Ost, 4 May 2031: according to Kestria, denied by Ardenia"
    )


def test_tell_titles_say_when_it_was_reported_where_no_words_date_it() -> None:
    undated = told(shelling(on=None))
    assert (
        title(undated, reported=DAY) == "Shelling by Ardenia of Kestria in Ost, reported 4 May 2031"
    )
    assert title(undated) == "Shelling by Ardenia of Kestria in Ost"


def test_tell_titles_hold_nothing_that_is_inferred() -> None:
    guessed = shelling(
        by=(ARDENIA.known("inferred"),),
        at=place(evidence="inferred"),
        on=None,
    )
    assert title(told(guessed)) == "Shelling of Kestria"


@pytest.mark.parametrize(
    ("payloads", "words"),
    [
        ([killed(12)], "12 people of Kestria killed in Ost, 4 May 2031"),
        ([killed(1)], "1 person of Kestria killed in Ost, 4 May 2031"),
        ([killed(12), killed(15)], "12 to 15 people of Kestria killed in Ost, 4 May 2031"),
        (
            [replace(killed(3), category="civilian", measure="new")],
            "3 more civilians of Kestria killed in Ost, 4 May 2031",
        ),
        (
            [
                replace(
                    killed(555),
                    measure="cumulative",
                    period=None,
                    as_of=Time("2031-05-04"),
                    category="military",
                    place=None,
                )
            ],
            "555 soldiers of Kestria killed in all by 4 May 2031",
        ),
        (
            [replace(killed(1), count=Count(101, None, "at_least", 100))],
            "More than 100 people of Kestria killed in Ost, 4 May 2031",
        ),
    ],
)
def test_tell_titles_tell_numbers(payloads: list[Payload], words: str) -> None:
    assert title(told(*payloads)) == words


def test_tell_titles_of_truces_tell_their_life_in_order() -> None:
    states = told(
        truce("violated", on=DAY, terms="humanitarian", broken=(KESTRIA,)),
        truce("agreed", on=DAY, terms="humanitarian", brokers=(Party("Lowland"),)),
        truce("proposed"),
    )
    assert title(states) == (
        "Humanitarian ceasefire of Ardenia and Kestria brokered by Lowland, 4 May 2031: "
        "agreed, violated (breach alleged by Kestria)"
    )


def test_tell_titles_quote_positions_and_silences() -> None:
    asked = told(Position(act="demand", holders=(KESTRIA,), addressees=(ARDENIA,)))
    kept = told(Withheld(owners=(ARDENIA,)))
    assert title(asked) == "Kestria demands of Ardenia “Kestria was shelled on Sunday.”"
    assert title(kept) == "Not disclosed by Ardenia: “Kestria was shelled on Sunday.”"


def test_tell_titles_have_words_for_every_type_and_mode() -> None:
    known = load_happenings()
    for name, kind in load_types().items():
        assert name in known
        modes = {f"{name}/{mode}" for mode in kind.modes}
        own = {item for item in known if item.startswith(f"{name}/")}
        assert own - modes <= {"AGREE/ceasefire"}
        assert modes <= own or name in SPOKEN
    assert all(item.words and item.to and item.examples for item in known.values())
    for item in known.values():
        assert all(words.startswith(item.words) for words in item.examples)
        assert not any(words.startswith(f"{item.words} ") for words in item.counter_examples)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (DAY, DAY, "4 May 2031"),
        (date(2031, 5, 4), date(2031, 5, 9), "4–9 May 2031"),
        (date(2031, 5, 30), date(2031, 6, 2), "30 May – 2 June 2031"),
        (date(2031, 5, 1), date(2031, 5, 31), "May 2031"),
        (date(2031, 1, 1), date(2031, 12, 31), "2031"),
        (None, DAY, "4 May 2031"),
        (None, None, ""),
    ],
)
def test_tell_days_are_written_as_people_do(
    first: date | None, last: date | None, words: str
) -> None:
    assert days_name(first, last) == words


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("unanswered(0)", "the accused has not answered"),
        ("unanswered(12)", "the accused had not answered 12 days later"),
        ("also self_reported", "also self-reported"),
        ("partial_admission(effect, place)", "admitted in part: not effect, place"),
        ("something_new", "something new"),
    ],
)
def test_tell_flags_are_plain_words(flag: str, words: str) -> None:
    assert flag_words(flag) == words


def test_tell_names_are_plain() -> None:
    assert party_name(Party("Ardenia", "Ministry of Defence")) == "Ministry of Defence, Ardenia"
    assert party_name("media: The Bugle") == "The Bugle"
    assert party_name("expert: Nour") == "Nour (expert)"
    assert plain_name("rebels (unnamed)") == "rebels"
    assert listed(["A", "B", "A", "C"]) == "A, B and C"
    assert listed("ABCDE") == "A, B and 3 others"


def test_tell_places_keep_the_words_that_place_them() -> None:
    northern = Place(name="Kestria", within="northern")
    north_of = Place(name="Ost", within="north of")
    assert "in northern Kestria" in title(told(shelling(at=northern)))
    assert "north of Ost" in title(told(shelling(at=north_of)))
