"""Output: a file appears whole, with the rights its owner's umask leaves; links and devices stay what they are."""

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from counterclaim.cli.reading import OutputError, write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and rights of POSIX")


@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_cli_output_follows_umask(tmp_path: Path, mask: int, rights: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a.txt", "words")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == rights


def test_cli_output_writes_what_a_link_points_to(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", "utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_whole(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text("utf-8") == "new"


def test_cli_output_never_replaces_a_device_or_a_pipe(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), "words")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text("utf-8")))
    reader.start()
    write_whole(pipe, "words")
    reader.join(timeout=10)
    assert found == ["words"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(OutputError):
        write_whole(tmp_path, "words")
