"""The client keeps to its budget, waits, steps down through the modes, and keeps its key to itself."""

import json
import pickle
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from counterclaim.proposals import Asker, Budget, SecondReaderError, make_settings
from counterclaim.proposals.chunks import Numbered, make_chunks
from counterclaim.proposals.modes import MODES, parse_answer
from counterclaim.proposals.settings import KEY_FILE_VARIABLE, KEY_VARIABLE
from counterclaim.records.text import Document, Span
from tests.endpoint import Body, Reply, mode_of, proposals, serving, speech

TEXT = "Ardenia said it had shelled Ost. Kestria denied that. A truce held. Nobody spoke."
DOCUMENT = Document(text=TEXT)
SECRET = "sk-tell-nobody-1234"


def numbered(text: str = TEXT) -> tuple[Numbered, ...]:
    found: list[Numbered] = []
    at = 0
    for part in text.split(". "):
        end = min(at + len(part) + 1, len(text))
        found.append(Numbered(len(found) + 1, Span(at, end), Span(0, len(text))))
        at += len(part) + 2
    return tuple(found)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.delenv(KEY_FILE_VARIABLE, raising=False)


def asker(url: str, waits: list[float] | None = None, **fields: object) -> Asker:
    settings = make_settings(url, "tiny", **fields)  # type: ignore[arg-type]
    return Asker(settings, (waits if waits is not None else []).append)


def test_proposals_strongest_mode_is_asked_first() -> None:
    with serving(lambda _: Reply(content=proposals())) as endpoint:
        asked = asker(endpoint.url).ask(DOCUMENT, numbered())
    assert [mode_of(body) for body in endpoint.bodies] == ["grammar"]
    assert (asked.proposals, asked.unread, asked.cost.calls) == ((), 0, 1)


@pytest.mark.parametrize("strongest", MODES)
def test_proposals_refused_modes_are_stepped_down_from(strongest: str) -> None:
    row = speech(1, "Ardenia", "said", "it had shelled Ost", "state")

    def answer(body: Body) -> Reply:
        if MODES.index(mode_of(body)) < MODES.index(strongest):
            return Reply(status=400, content=b'{"error": "unknown field"}')
        return Reply(content=proposals(row), as_tool=mode_of(body) == "tool")

    with serving(answer) as endpoint:
        one = asker(endpoint.url)
        found = one.ask(DOCUMENT, numbered())
        one.ask(Document(text=TEXT + " "), numbered())
    assert found.proposals == (("claims", row),)
    wanted = MODES[: MODES.index(strongest) + 1]
    assert [mode_of(body) for body in endpoint.bodies] == [*wanted, strongest]


def test_proposals_grammar_passed_over_in_silence_is_left() -> None:
    def answer(body: Body) -> Reply:
        return Reply(content="Sure! Here:" if mode_of(body) == "grammar" else proposals())

    with serving(answer) as endpoint:
        asker(endpoint.url).ask(DOCUMENT, numbered())
    assert [mode_of(body) for body in endpoint.bodies] == ["grammar", "schema"]


def test_proposals_endpoint_that_takes_no_mode_is_told() -> None:
    with (
        serving(lambda _: Reply(status=422, content=b"no")) as endpoint,
        pytest.raises(SecondReaderError, match="takes no mode of asking"),
    ):
        asker(endpoint.url).ask(DOCUMENT, numbered())


def test_proposals_busy_endpoint_is_asked_again_ever_later() -> None:
    replies: Iterator[Reply] = iter(
        [
            Reply(status=503, content=b""),
            Reply(status=429, content=b"", headers={"Retry-After": "7"}),
            Reply(content=proposals()),
        ]
    )
    waits: list[float] = []
    with serving(lambda _: next(replies)) as endpoint:
        asked = asker(endpoint.url, waits).ask(DOCUMENT, numbered())
    assert waits == [1.0, 7.0]
    assert (asked.unread, asked.cost.calls) == (0, 3)


def test_proposals_silent_endpoint_leaves_the_text_unread() -> None:
    waits: list[float] = []
    with serving(lambda _: Reply(status=500, content=b"")) as endpoint:
        asked = asker(endpoint.url, waits).ask(DOCUMENT, numbered())
    assert asked.unread == 1
    assert waits == [1.0, 2.0, 4.0]
    assert "it answered 500" in asked.reasons[0]


@pytest.mark.parametrize(
    "content", [b"<html>", b"[]", b'{"choices": []}', b'{"choices": [7]}', b"[" * 9_000]
)
def test_proposals_other_forms_of_answer_are_no_answer(content: bytes) -> None:
    with serving(lambda _: Reply(content=content)) as endpoint:
        asked = asker(endpoint.url).ask(DOCUMENT, numbered())
    assert asked.unread == 1


def test_proposals_answer_without_end_is_cut_off() -> None:
    with serving(lambda _: Reply(content=b"x" * 2_000_001)) as endpoint:
        asked = asker(endpoint.url).ask(DOCUMENT, numbered())
    assert asked.reasons == (
        f"the second reader at {endpoint.url[7:-3]} is silent: its answer is too large",
    )


def test_proposals_redirect_is_not_followed() -> None:
    with serving(lambda _: Reply(content=proposals())) as other:
        moved = Reply(
            status=307, content=b"", headers={"Location": f"{other.url}/chat/completions"}
        )
        with serving(lambda _: moved) as endpoint, pytest.raises(SecondReaderError, match="307"):
            asker(endpoint.url).ask(DOCUMENT, numbered())
    assert not other.bodies


def test_proposals_budget_of_calls_is_kept_over_tries_and_documents() -> None:
    with serving(lambda _: Reply(status=503, content=b"")) as endpoint:
        one = asker(endpoint.url, budget=Budget(calls=5, tokens=10**6))
        first = one.ask(DOCUMENT, numbered())
        second = one.ask(Document(text=TEXT + " "), numbered())
        assert one.ask(Document(text=TEXT + "  "), numbered()).cost.calls == 0
    assert len(endpoint.bodies) == 5
    assert (first.cost.calls, second.cost.calls) == (4, 1)
    assert "budget of 5 calls" in second.reasons[0]


def test_proposals_budget_of_tokens_is_kept_before_asking() -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 100}
    with serving(lambda _: Reply(content=proposals(), usage=usage)) as endpoint:
        one = asker(endpoint.url, budget=Budget(calls=100, tokens=3_600))
        costs = [
            one.ask(Document(text=TEXT + " " * count), numbered(TEXT)).cost for count in range(4)
        ]
        # the texts differ, the sentences do not: no cache is set, so each is asked
    assert one.spent.tokens_in + one.spent.tokens_out <= 3_600
    assert [cost.calls for cost in costs] == [1, 1, 0, 0]
    assert not one.spent.estimated


def test_proposals_cache_is_paid_for_once_and_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with serving(lambda _: Reply(content=proposals())) as endpoint:
        asker(endpoint.url, cache=folder).ask(DOCUMENT, numbered())
        again = asker(endpoint.url, cache=folder).ask(DOCUMENT, numbered())
        assert (again.cost.calls, again.cost.from_cache, len(endpoint.bodies)) == (0, 1, 1)
        (kept,) = folder.iterdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        kept.write_text("{", "utf-8")  # cut off: asked anew
        assert asker(endpoint.url, cache=folder).ask(DOCUMENT, numbered()).cost.calls == 1


def test_proposals_key_goes_to_the_endpoint_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, SECRET)

    def answer(_: Body) -> Reply:
        return Reply(status=404, content=f"no such thing for Bearer {SECRET}".encode())

    with serving(answer) as endpoint:
        settings = make_settings(endpoint.url, "tiny", cache=tmp_path)
        with pytest.raises(SecondReaderError) as caught:
            Asker(settings).ask(DOCUMENT, numbered())
    assert endpoint.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert SECRET not in str(caught.value)
    assert "[key]" in str(caught.value)
    assert SECRET not in repr(settings)
    assert SECRET not in settings.name
    assert SECRET not in json.dumps(endpoint.bodies)
    with pytest.raises(TypeError):
        pickle.dumps(settings.key)


def test_proposals_key_file_is_narrow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n", "utf-8")
    file.chmod(0o644)
    with pytest.raises(SecondReaderError, match="chmod 600"):
        make_settings("https://example.org/v1", "big", key_file=file)
    file.chmod(0o600)
    monkeypatch.setenv(KEY_FILE_VARIABLE, str(file))
    settings = make_settings("https://example.org/v1", "big")
    assert settings.key is not None
    assert settings.key.header() == f"Bearer {SECRET}"


@pytest.mark.parametrize("content", ["", "two words", "two\nlines", "é", "\x00"])
def test_proposals_key_that_is_none_is_told(content: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(content, "utf-8")
    file.chmod(0o600)
    with pytest.raises(SecondReaderError, match="is no key"):
        make_settings("https://example.org/v1", "big", key_file=file)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org", "begins with http"),
        ("example.org/v1", "begins with http"),
        ("https://", "names a host"),
        ("https://me:secret@example.org/v1", "passwords"),
        ("https://example.org/v1?key=secret", "passwords"),
        ("https://example.org:many/v1", "cannot be read"),
    ],
)
def test_proposals_addresses_that_cannot_be_used_are_told(url: str, why: str) -> None:
    with pytest.raises(SecondReaderError, match=why) as caught:
        make_settings(url, "tiny")
    assert "secret" not in str(caught.value)


def test_proposals_key_never_crosses_the_network_in_the_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, SECRET)
    with pytest.raises(SecondReaderError, match="in the clear"):
        make_settings("http://example.org/v1", "big")
    assert make_settings("http://localhost:8080/v1/", "big").url == "http://localhost:8080/v1"
    assert make_settings("http://[::1]:8080/v1", "big").key is not None


def test_proposals_wrong_words_are_told() -> None:
    with pytest.raises(SecondReaderError, match="--model NAME"):
        make_settings("https://example.org/v1", None)
    with pytest.raises(SecondReaderError, match="contest, first-wins"):
        make_settings("https://example.org/v1", "big", policy="whatever")
    with pytest.raises(SecondReaderError, match="at least one call"):
        make_settings("https://example.org/v1", "big", budget=Budget(calls=0))


def test_proposals_refused_key_says_what_to_do() -> None:
    with (
        serving(lambda _: Reply(status=401, content=b"no")) as endpoint,
        pytest.raises(SecondReaderError, match=KEY_VARIABLE),
    ):
        asker(endpoint.url).ask(DOCUMENT, numbered())


@pytest.mark.parametrize("most", [1, 30, 60, 100, 10_000])
def test_proposals_chunks_hold_every_sentence_and_overlap(most: int) -> None:
    text = " ".join(f"Sentence {number} stands here." for number in range(12))
    items = numbered(text)
    chunks = list(make_chunks(items, most))
    fresh = [item for chunk in chunks for item in chunk.sentences[chunk.repeated :]]
    assert fresh == list(items)
    for before, after in pairwise(chunks):
        assert after.sentences[: after.repeated] == before.sentences[-after.repeated or 99 :]
    if most == 100:
        assert all(chunk.repeated for chunk in chunks[1:])
    assert not list(make_chunks((), most))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('{"claims": [{"sentence": 1}], "figures": []}', [("claims", {"sentence": 1})]),
        ('```json\n{"claims": [{"sentence": 1}]}\n```', [("claims", {"sentence": 1})]),
        ('{"claims": [{"sentence": 1}, {"sentence": 2, "cu', [("claims", {"sentence": 1})]),
        ('Here: {"sentence": 3, "number": "9"}', [("figures", {"sentence": 3, "number": "9"})]),
        ('{"claims": 7}', [("malformed", 7)]),
        ("I cannot help with that.", [("malformed", "I cannot help with that.")]),
        ('{"a":' * 3_000, [("malformed", '{"a":' * 3_000)]),
    ],
)
def test_proposals_answers_give_what_is_whole_in_them(words: str, found: list[object]) -> None:
    assert list(parse_answer(words)) == found
