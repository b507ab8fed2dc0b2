"""Runs: the same bytes however many work and however often they are stopped; nothing lost, nothing twice."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterclaim.archive.errors import StoreError, WorkerError
from counterclaim.archive.pool import Here, Pool, Processes
from counterclaim.archive.run import code_archives
from counterclaim.archive.stages import ArchiveSettings
from counterclaim.archive.views import open_views, run_query
from tests.archive.workers import Deadly, Quick

SETTINGS = ArchiveSettings()
WAR = "Artillery shelled the town of {place} on Tuesday and {number} soldiers were killed, the army said in a statement. "
PLACES = ("Vardenis", "Kalbar", "Ost", "Merin", "Tchab", "Lethia", "Karsk", "Zarnud")
PEACE = (
    "The council of {place} approved a new library with {number} reading rooms. Building will begin in spring, and the mayor "
    "hopes to open it before the autumn. Residents had asked for a swimming pool instead."
)


def write_archive(path: Path, count: int = 40, extra: tuple[str, ...] = ()) -> Path:
    """Write an archive: a third tells of war, some of it twice."""
    chance = random.Random(count)
    texts = []
    for at in range(count):
        kind = WAR if at % 3 == 0 else PEACE
        filler = " ".join(
            chance.choices("garden river music witness paper apple road winter".split(), k=30)
        )
        texts.append(kind.format(place=chance.choice(PLACES), number=at + 2) + filler)
        if at % 9 == 0:
            texts.append(texts[-1])
    chance.shuffle(texts)
    texts[5:5] = extra
    with path.open("w", encoding="utf-8") as stream:
        for at, text in enumerate(texts):
            day = f"2020-10-{at % 3 + 10}" if at % 4 else None
            stream.write(
                json.dumps({"url": f"https://a.example/{at}", "text": text, "date": day}) + "\n"
            )
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "a.jsonl")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def code(archive: Path, out: Path, pool: Pool | None = None, **more: Any) -> dict[str, Any]:
    pool = pool or Here(SETTINGS, Quick)
    return code_archives([str(archive)], out, settings=SETTINGS, pool=pool, part_items=15, **more)


def test_run_every_document_has_a_row_that_says_what_became_of_it(
    archive: Path, tmp_path: Path
) -> None:
    manifest = code(archive, tmp_path / "out")
    assert manifest["items"] == 45 == sum(manifest["outcomes"].values())
    assert manifest["outcomes"] == {"copy": 5, "not of war": 26, "read": 14}
    with open_views(tmp_path / "out") as views:
        names = views.execute(
            "SELECT name FROM documents UNION ALL SELECT name FROM let_go"
        ).fetchall()
    assert sorted(names) == sorted((f"https://a.example/{at}",) for at in range(45))


def test_run_days_are_folders_and_a_missing_day_is_told(archive: Path, tmp_path: Path) -> None:
    code(archive, tmp_path / "out")
    days = {path.name for path in (tmp_path / "out" / "documents").iterdir()}
    assert days == {"day=2020-10-10", "day=2020-10-11", "day=2020-10-12", "day=unknown"}
    names, rows = run_query(
        tmp_path / "out", "SELECT DISTINCT day, day_basis FROM documents ORDER BY 1"
    )
    assert names == ["day", "day_basis"]
    assert rows[0] == ("2020-10-10", "published")
    assert rows[-1] == ("unknown", "unknown")


@pytest.mark.slow
def test_run_bytes_are_the_same_however_many_work(archive: Path, tmp_path: Path) -> None:
    code(archive, tmp_path / "one")
    for workers in (2, 3):
        out = tmp_path / str(workers)
        code(archive, out, Processes(workers, SETTINGS, perform=Quick))
        assert files_of(out) == files_of(tmp_path / "one")


def stop_after(count: int) -> Callable[[str, str], None]:
    left = iter(range(count))

    def told(name: str, outcome: str) -> None:
        del name, outcome
        if next(left, None) is None:
            raise KeyboardInterrupt

    return told


def test_run_stopped_fifty_times_loses_nothing_and_doubles_nothing(
    archive: Path, tmp_path: Path
) -> None:
    code(archive, tmp_path / "whole")
    stops = 0
    chance = random.Random(1)
    while stops < 50:
        try:
            code(archive, tmp_path / "parts", progress=stop_after(chance.randrange(2)))
            break
        except KeyboardInterrupt:
            stops += 1
            tear_journal(tmp_path / "parts", chance)
    code(archive, tmp_path / "parts")
    assert stops == 50 or stops > 20
    assert files_of(tmp_path / "parts") == files_of(tmp_path / "whole")


def tear_journal(out: Path, chance: random.Random) -> None:
    """Leave what a kill leaves: a line that broke off."""
    for path in (out / ".journal").glob("*.jsonl"):
        with path.open("ab") as stream:
            stream.write(
                chance.choice([b"", b"{", b'{"let_go": [', b"\xff\xfe", b'{"let_go": []}'])
            )


@pytest.mark.parametrize("leave", range(4))
def test_run_killed_while_a_part_is_put_in_place(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: int
) -> None:
    code(archive, tmp_path / "whole")
    moved = Path.replace
    left = iter(range(leave))

    def replace(path: Path, target: Path) -> Path:
        if path.suffix == ".new" and ".parquet" in path.name and next(left, None) is None:
            raise KeyboardInterrupt
        return moved(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        code(archive, tmp_path / "parts")
    with open_views(tmp_path / "parts") as views:
        found = views.execute("SELECT count(*) FROM documents").fetchone()
    assert found == (0,), "files of a part that does not count yet are not seen"
    monkeypatch.undo()
    code(archive, tmp_path / "parts")
    assert {
        name: data
        for name, data in files_of(tmp_path / "parts").items()
        if not name.endswith(".new")
    } == files_of(tmp_path / "whole")


def test_run_again_changes_nothing_and_what_comes_in_is_added(
    archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = code(archive, out)
    before = files_of(out)
    assert code(archive, out) == first
    assert files_of(out) == before
    more = write_archive(tmp_path / "b.jsonl", 20)
    both = code_archives(
        [str(archive), str(more)], out, settings=SETTINGS, pool=Here(SETTINGS, Quick), part_items=15
    )
    assert both["items"] == first["items"] + 23
    assert before.keys() - {"manifest.json"} <= files_of(out).keys()


def test_run_copies_are_told_across_runs(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = code(archive, out)
    again = tmp_path / "again.jsonl"
    again.write_bytes(archive.read_bytes() + b"\n")
    both = code(again, out)
    assert both["outcomes"]["read"] == first["outcomes"]["read"]
    assert both["outcomes"]["copy"] == 2 * first["outcomes"]["copy"] + first["outcomes"]["read"]


@pytest.mark.slow
@pytest.mark.parametrize("word", ["MURDER", "SLEEP", "FAULT"])
def test_run_poisoned_document_fails_alone(tmp_path: Path, word: str) -> None:
    poison = (
        WAR.format(place="Ost", number=99)
        + f"{word} in the hills and valleys of the north, they say."
    )
    archive = write_archive(tmp_path / "a.jsonl", extra=(poison,))
    pool = Processes(2, SETTINGS, perform=Quick, patience=6)
    manifest = code(archive, tmp_path / "out", pool)
    assert manifest["outcomes"] == {"copy": 5, "not of war": 26, "quarantined": 1, "read": 14}
    _, rows = run_query(
        tmp_path / "out", "SELECT name, detail FROM let_go WHERE reason = 'quarantined'"
    )
    assert rows[0][0] == "https://a.example/5"
    assert {"MURDER": "died", "SLEEP": "6 seconds", "FAULT": "ZeroDivisionError"}[word] in rows[0][
        1
    ]


@pytest.mark.slow
def test_run_document_that_kills_while_it_is_sifted_fails_alone(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "a.jsonl", extra=("SIFTDEATH " + WAR,))
    manifest = code(archive, tmp_path / "out", Processes(2, SETTINGS, perform=Deadly))
    assert manifest["outcomes"] == {"copy": 5, "not of war": 26, "quarantined": 1, "read": 14}


@pytest.mark.slow
def test_run_without_a_tool_ends_with_its_message(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "a.jsonl", extra=(WAR + " NOTOOL",))
    with pytest.raises(WorkerError, match=r"pip install 'counterclaim\[archive\]'"):
        code(archive, tmp_path / "out", Processes(1, SETTINGS, perform=Quick))


def test_run_archive_that_breaks_off_keeps_what_was_there(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "a.jsonl")
    archive.write_bytes(archive.read_bytes() + b"x" * (9 << 20))
    manifest = code(archive, tmp_path / "out")
    (source,) = manifest["sources"].values()
    assert "passes" in source["error"]
    assert manifest["items"] == 45
    _, rows = run_query(tmp_path / "out", "SELECT code FROM problems")
    assert rows == [("archive",)]


def test_run_folder_of_other_settings_is_refused(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code(archive, out)
    with pytest.raises(StoreError, match="another part_items; use another --out"):
        code_archives(
            [str(archive)], out, settings=SETTINGS, pool=Here(SETTINGS, Quick), part_items=7
        )


def test_run_folder_is_held_by_one_run(archive: Path, tmp_path: Path) -> None:
    refused: list[str] = []

    def told(name: str, outcome: str) -> None:
        if not refused:
            with pytest.raises(StoreError, match="another run is writing it"):
                code(archive, tmp_path / "out")
            refused.append(name)

    code(archive, tmp_path / "out", progress=told)
    assert refused


def test_run_out_that_is_a_file_is_refused(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        code(archive, tmp_path / "out")


def test_run_wrong_query_names_the_views(archive: Path, tmp_path: Path) -> None:
    code(archive, tmp_path / "out")
    with pytest.raises(StoreError, match="the views are documents, claims"):
        run_query(tmp_path / "out", "SELECT * FROM nothing")
    with pytest.raises(StoreError, match="counterclaim code"):
        run_query(tmp_path, "SELECT 1")
