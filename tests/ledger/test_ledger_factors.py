"""Second factors: the codes of the standard, near now, and each opening one session."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.errors import PeopleError
from counterclaim.ledger.factors import STEP, address_of, code_at, new_factor, step_of

SECRET = b32encode(b"12345678901234567890").decode()
"""Of RFC 6238, appendix B."""

WORDS = "four plain words here"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_ledger_factor_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // STEP) == code


def test_ledger_factor_takes_codes_near_now_only() -> None:
    now = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
    present = int(now.timestamp()) // STEP
    for around, taken in ((0, True), (1, True), (-1, True), (2, False), (-2, False)):
        found = step_of(SECRET, code_at(SECRET, present + around), now)
        assert (found is not None) == taken
    for wrong in ("", "12345", "1234567", "12345a", "٣٣٣٣٣٣"):
        assert step_of(SECRET, wrong, now) is None
    typed = code_at(SECRET, present)
    assert step_of(SECRET, f"{typed[:3]} {typed[3:]}", now) == present


def test_ledger_factor_secrets_are_long_and_differ() -> None:
    assert len({new_factor() for _ in range(20)}) == 20
    assert len(new_factor()) == 32
    assert address_of(SECRET, "Ada Lowe").startswith("otpauth://totp/Counterclaim%3AAda%20Lowe?")


@pytest.fixture
def kept(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setattr("counterclaim.ledger.passwords.COST", (16, 8, 1))
    ledger = open_ledger(f"{tmp_path}/people.db", create=True)
    ledger.people.add("Ada", "admin", WORDS, by="test")
    return ledger


def test_ledger_factor_is_asked_for_and_a_code_opens_one_session(kept: Ledger) -> None:
    hour = timedelta(hours=1)
    kept.people.change("Ada", factor=SECRET, by="Ada")
    code = code_at(SECRET, int(kept.people.now().timestamp()) // STEP)
    assert kept.people.log_in("Ada", WORDS, hour) is None
    assert kept.people.log_in("Ada", "other words here", hour, code) is None
    assert kept.people.log_in("Ada", WORDS, hour, code) is not None
    assert kept.people.log_in("Ada", WORDS, hour, code) is None, "the same code again"
    kept.people.change("Ada", role="admin", by="Ada")
    assert kept.people.accounts()[0].has_factor, "another change keeps it"
    kept.people.change("Ada", factor="", by="Ada")
    assert kept.people.log_in("Ada", WORDS, hour) is not None
    assert kept.verify() == ()


def test_ledger_tickets_hold_once_and_until_their_end(kept: Ledger) -> None:
    day = timedelta(days=1)
    token = kept.tickets.make("join", by="Ada", lasts=day, role="analyst")
    with pytest.raises(PeopleError, match="12 to"):
        kept.tickets.use(token, name="Ben", password="short")
    assert kept.tickets.use(token, name="Ben", password=WORDS) == "Ben"
    with pytest.raises(PeopleError, match="no more"):
        kept.tickets.use(token, name="Cy", password=WORDS)
    again = kept.tickets.make("recover", by="Ada", lasts=day, name="Ben")
    kept.tickets.use(again, name="Ada", password="five other plain words")
    assert kept.people.log_in("Ben", "five other plain words", day) is not None
    assert kept.people.log_in("Ada", "five other plain words", day) is None
    for lasts in (timedelta(days=400), timedelta()):
        with pytest.raises(PeopleError, match="days"):
            kept.tickets.make("join", by="Ada", lasts=lasts)
    with pytest.raises(PeopleError, match="no open account"):
        kept.tickets.make("recover", by="Ada", lasts=day, name="Nobody")
    for path in ("incidents", "//evil.example", "https://evil.example"):
        with pytest.raises(PeopleError, match="page of this workbench"):
            kept.tickets.make("share", by="Ada", lasts=day, path=path)
