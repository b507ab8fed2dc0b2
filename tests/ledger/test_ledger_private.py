"""Files with reports, accounts and the audit log are their owner's alone; one that cannot be written can be proved."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.ledger import engine, open_ledger
from counterclaim.ledger.backup import copy_file
from counterclaim.ledger.errors import ReadOnlyError, UnreadableCopyError
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")


@pytest.fixture
def loose() -> Iterator[None]:
    """Let new files be readable by all, as usual systems do."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_ledger_files_are_private(tmp_path: Path, first: Reading, loose: None) -> None:
    path = tmp_path / "kept.db"
    with open_ledger(str(path), create=True) as ledger:
        ledger.post(first)
        assert {rights(item) for item in tmp_path.iterdir()} == {0o600}
        assert len(list(tmp_path.iterdir())) > 1, "the log stands beside it"
        ledger.copy_to(str(tmp_path / "copy.db"))
    copy_file(path, tmp_path / "kept.db.before-1")
    assert {rights(item) for item in tmp_path.iterdir()} == {0o600}


def test_ledger_rights_that_somebody_chose_stay(tmp_path: Path, loose: None) -> None:
    path = tmp_path / "kept.db"
    open_ledger(str(path), create=True).close()
    path.chmod(0o640)
    open_ledger(str(path)).close()
    assert rights(path) == 0o640


def test_ledger_that_cannot_be_written_is_read_and_proved(
    tmp_path: Path, made_file: Path, first: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "disc.db"
    shutil.copy(made_file, path)
    with open_ledger(str(path)) as ledger:
        ledger.post(first)
    monkeypatch.setattr(engine, "can_write", lambda _: False)
    before = path.read_bytes()
    with open_ledger(str(path)) as ledger:
        assert ledger.verify() == ()
        assert ledger.documents().rows[0].id == first.document.id
        assert ledger.search("soldiers").rows
        with pytest.raises(ReadOnlyError, match="copy the file"):
            ledger.note_problem("x", Problem("source", "y"))
        monkeypatch.undo()
        ledger.copy_to(str(tmp_path / "copy.db"))
    assert path.read_bytes() == before
    assert {item.name for item in tmp_path.iterdir()} == {"disc.db", "copy.db"}


def test_ledger_whose_last_postings_cannot_be_seen_says_so(
    tmp_path: Path, made_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "disc.db"
    shutil.copy(made_file, path)
    path.with_name("disc.db-wal").write_bytes(b"x")
    monkeypatch.setattr(engine, "can_write", lambda _: False)
    with pytest.raises(UnreadableCopyError, match="copy both files"):
        open_ledger(str(path))


def test_ledger_backup_takes_away_what_a_killed_one_left(tmp_path: Path, made_file: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    left = f".copy.db.{int(gone.stdout)}.partial"
    for name in (
        left,
        f"{left}-wal",
        ".old.db.partial",
        f".other.db.{os.getpid()}.partial",
        ".env",
    ):
        (tmp_path / name).write_bytes(b"")
    with open_ledger(str(made_file)) as ledger:
        ledger.copy_to(str(tmp_path / "copy.db"))
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {"copy.db", f".other.db.{os.getpid()}.partial", ".env"}, (
        "what is being made stays"
    )
