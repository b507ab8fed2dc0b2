"""The shipped files are whole; missing, altered or foreign ones are told, never run."""

import json
import shutil
from pathlib import Path

import pytest

from counterclaim.model import open_model
from counterclaim.model.files import CONFIG, ENCODER, FOLDER, ROLES, TOKENIZER

MOST_BYTES = 60 * 2**20


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "model"))


def why(folder: Path) -> str:
    opened = open_model(folder)
    assert opened.tagger is None
    assert opened.problem is not None
    assert opened.problem.code == "no-model"
    assert opened.problem.message.startswith("read by rules alone, because ")
    return opened.problem.message


def test_model_files_ship_and_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.*")) <= MOST_BYTES
    assert "no licence" in (FOLDER / "CARD.md").read_text("utf-8")


def test_model_opens_from_the_package() -> None:
    opened = open_model()
    assert opened.problem is None
    assert opened.tagger is not None
    config = json.loads((FOLDER / CONFIG).read_text("utf-8"))
    assert opened.tagger.name == f"{config['name']} {config['sha256'][ENCODER][:12]}"


@pytest.mark.parametrize("name", [CONFIG, ENCODER, ROLES, TOKENIZER])
def test_model_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert name in why(copy)


@pytest.mark.parametrize("name", [ENCODER, ROLES, TOKENIZER])
def test_model_altered_file_is_named(copy: Path, name: str) -> None:
    with (copy / name).open("ab") as stream:
        stream.write(b"\0")
    assert f"{name} in" in why(copy)


def test_model_of_another_layout_is_refused(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text("utf-8"))
    (copy / CONFIG).write_text(json.dumps(config | {"layout": 99}), "utf-8")
    assert "layout 99" in why(copy)


def test_model_that_cannot_be_run_is_told(copy: Path) -> None:
    import hashlib

    (copy / ENCODER).write_bytes(b"no graph")
    config = json.loads((copy / CONFIG).read_text("utf-8"))
    config["sha256"][ENCODER] = hashlib.sha256(b"no graph").hexdigest()
    (copy / CONFIG).write_text(json.dumps(config), "utf-8")
    assert "cannot be run" in why(copy)
