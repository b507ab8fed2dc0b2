"""Reading in a process of its own: what costs too much ends it and is told, and the next report is read."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.export import write_reading
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.sources import Raw
from counterclaim.pipeline.limits import Limits
from counterclaim.pipeline.read import STEPS, read_document
from counterclaim.pipeline.reader_process import (
    FaultError,
    ReaderProcess,
    ReaderSetup,
    ReadingError,
    StartError,
    TooCostlyError,
    lent_reader,
    tell_failure,
)
from counterclaim.pipeline.resources import Tools

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's own"),
]

WORDS = (
    "Kestria denied on Monday that its forces had shelled the town of Ost, where officials of Ardenia said that "
    "at least 12 civilians were killed."
)
SLOW = "The army " + "of the army " * 1_500 + "said that 4 soldiers were killed."
LARGE = f"{WORDS}\n" + "\n".join("[" * 99_000 for _ in range(3))


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    made = ReaderProcess(ReaderSetup(limits=Limits(seconds=2, megabytes=600)))
    yield made
    made.close()


def reads_on(reader: ReaderProcess) -> None:
    opened = reader.open_text("next", WORDS)
    assert reader.read(opened).claims


def test_reader_reads_as_this_process_does(reader: ReaderProcess, tools: Tools) -> None:
    opened = reader.open_text("ost", WORDS, title="Ost")
    steps: list[str] = []
    reading = reader.read(opened, progress=steps.append)
    assert steps == list(STEPS)
    own = read_document(opened.document, tools=tools, problems=opened.problems)
    assert write_reading(reading, "notation") == write_reading(own, "notation")
    assert dict(reader.signature) == dict(tools.signature)


def test_reader_ends_what_takes_too_long(reader: ReaderProcess) -> None:
    opened = reader.open_text("slow", SLOW)
    begun = time.monotonic()
    with pytest.raises(TooCostlyError, match="slow: reading it took more than 2 s"):
        reader.read(opened)
    assert time.monotonic() - begun < reader.setup.limits.longest + 5
    reads_on(reader)


def test_reader_ends_what_takes_too_much_memory(reader: ReaderProcess) -> None:
    opened = reader.open_text("large", LARGE)
    with pytest.raises(ReadingError, match="large: reading it took more than") as told:
        reader.read(opened)
    assert isinstance(told.value, TooCostlyError)
    reads_on(reader)


def test_reader_goes_on_when_its_process_is_killed(reader: ReaderProcess) -> None:
    opened = reader.open_text("killed", WORDS)

    def kill(_: str) -> None:
        assert reader._process is not None
        os.kill(reader._process.pid, signal.SIGKILL)

    with pytest.raises(FaultError, match="ended with code -9"):
        reader.read(opened, progress=kill)
    reads_on(reader)


def test_reader_ends_what_its_caller_gives_up(reader: ReaderProcess) -> None:
    """An answer nobody waited for is never taken for the next one's."""
    opened = reader.open_text("given up", WORDS)

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reader.read(opened, progress=stop)
    reads_on(reader)


def test_reader_tells_what_cannot_be_taken_in(reader: ReaderProcess) -> None:
    with pytest.raises(ReadingError, match="x: it holds no text; give a file"):
        reader.open_text("x", "  ")
    with pytest.raises(ReadingError, match="it is neither RSS nor Atom"):
        reader.entries("https://ost.example/rss", Reply(200, "", {}, b"no feed"))
    assert "Ost" in reader.open_raw(Raw("a.txt", WORDS.encode()), "a.txt").document.text


def test_reader_goes_on_behind_a_row_that_ends_it(reader: ReaderProcess, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [{"id": number, "text": f"{WORDS} No {number}."} for number in range(1, 5)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = []
    for taken in reader.open_each(str(path)):
        found.append(taken.name)
        if len(found) == 2:
            assert reader._process is not None
            reader._process.kill()
            reader._process.wait()
    assert found == [f"rows.jsonl#{number}" for number in range(1, 5)]


def test_reader_tells_that_it_cannot_start() -> None:
    reader = ReaderProcess(ReaderSetup(pipeline="no_such_pipeline"))
    with pytest.raises(StartError, match="no spaCy pipeline 'no_such_pipeline'"):
        _ = reader.signature
    reader.close()
    with pytest.raises(StartError, match="closed"):
        reader.open_text("x", WORDS)


def test_reader_is_lent_again_and_ends_with_its_owner(reader: ReaderProcess) -> None:
    with lent_reader(ReaderSetup(rules_only=True)) as first:
        pass
    with lent_reader(ReaderSetup(rules_only=True)) as second:
        assert second is first
        with lent_reader(ReaderSetup(rules_only=True)) as third:
            assert third is not first
    assert reader._process is not None
    (parent,) = [
        int(line.split()[1])
        for line in Path(f"/proc/{reader._process.pid}/status").read_text().splitlines()
        if line.startswith("PPid:")
    ]
    assert parent == os.getpid()


def test_reader_runs_nothing_of_the_folder_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "counterclaim").mkdir()
    for name in ("counterclaim/__init__.py", "spacy.py", "sitecustomize.py"):
        (tmp_path / name).write_text("open('ran', 'w').close()\nraise SystemExit\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    reader = ReaderProcess(ReaderSetup(rules_only=True))
    assert reader.open_text("x", WORDS).document.text == WORDS
    reader.close()
    assert not (tmp_path / "ran").exists()


def test_failures_are_told_without_the_words_that_led_to_them() -> None:
    told = tell_failure("a.html", ValueError("the text's own \x1b[31m words"))
    assert told.startswith("a.html: a fault of ours ended its reading (ValueError)")
    assert "words" not in told
