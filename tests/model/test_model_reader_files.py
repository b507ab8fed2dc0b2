"""The reader's shipped files are whole; missing, altered or foreign ones are told, never run."""

import json
import shutil
from pathlib import Path

import pytest

from counterclaim.model import open_reader
from counterclaim.model.reader_files import CONFIG, ENCODER, FOLDER, HEADS
from counterclaim.records.text import Span


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "reader"))


def why(folder: Path) -> str:
    opened = open_reader(folder)
    assert opened.reader is None
    assert opened.problem is not None
    assert opened.problem.code == "no-model"
    return opened.problem.message


def test_reader_opens_from_the_package_and_reads() -> None:
    opened = open_reader()
    assert opened.problem is None
    assert opened.reader is not None
    readout = opened.reader.read(
        "Ardenia said 12 of its soldiers were killed.", publisher="Vale News"
    )
    outcomes = readout.choose("outcome", Span(13, 15))
    assert outcomes is not None
    assert int(outcomes.argmax()) == 1


@pytest.mark.parametrize("name", [CONFIG, ENCODER, HEADS])
def test_reader_missing_file_is_told(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert "cannot be read" in why(copy)


@pytest.mark.parametrize("name", [ENCODER, HEADS])
def test_reader_altered_file_is_named(copy: Path, name: str) -> None:
    with (copy / name).open("ab") as stream:
        stream.write(b"\0")
    assert f"{name} in" in why(copy)


def test_reader_of_another_layout_is_refused(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text("utf-8"))
    (copy / CONFIG).write_text(json.dumps(config | {"layout": 99}), "utf-8")
    assert "layout 99" in why(copy)


def test_reader_card_says_what_it_was_trained_on() -> None:
    words = (FOLDER / "CARD.md").read_text("utf-8")
    assert "PolNeAR" in words
    assert "development reports" in words
